"""What the makers of programs share: choosing, and knowing what the parts made so far are worth."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from tests.laws.kernels import REDUCTIONS
from tests.laws.nodes import Env, Node
from tests.laws.oracle import EMPTY, Col, Img, Refused, Undecided
from tests.laws.reductions import PERCENTILE

T = TypeVar("T")
BANDS = ("x", "y", "z")
OFTEN = 0.97
"""How often a part that is refused is thrown away; the rest are kept, and have to be refused."""


class Maker(ABC):
    """Makes parts of programs; the same seed makes the same ones.

    Parameters
    ----------
    seed : int
    sources : Env
        What the names of images and collections are worth.

    Attributes
    ----------
    variables, groups, numbers : list of str
        What lambdas around are called with: images, collections, keys of groups.
    bound : dict of str to list of str
        The same, of other values by their type.
    """

    def __init__(self, seed: int, sources: Env) -> None:
        self.random = random.Random(seed)
        self.images = [name for name, value in sources.items() if isinstance(value, Img)]
        self.collections = [name for name, value in sources.items() if isinstance(value, Col)]
        self.samples = dict(sources)
        self.variables: list[str] = []
        self.groups: list[str] = []
        self.numbers: list[str] = []
        self.bound: dict[str, list[str]] = {}

    @abstractmethod
    def image(self, depth: int) -> Node:
        """An Image."""

    @abstractmethod
    def collection(self, depth: int) -> Node:
        """An ImageCollection."""

    @abstractmethod
    def number(self, depth: int) -> Node:
        """A number."""

    @abstractmethod
    def flag(self, depth: int) -> Node:
        """A Bool."""

    @abstractmethod
    def plain(self, kind: str, depth: int) -> Node:
        """A plain value of a type."""

    def imagery(self, kind: str, depth: int) -> Node:
        """An Image or an ImageCollection."""
        return self.image(depth) if kind == "image" else self.collection(depth)

    def any_imagery(self, depth: int) -> Node:
        """Either."""
        return self.imagery(self.one_of(("image", "collection")), depth)

    def one_of(self, options: Sequence[T]) -> T:
        """A random option."""
        return self.random.choice(options)

    def maybe(self, chance: float = 0.5) -> bool:
        """True with this chance."""
        return self.random.random() < chance

    def reduction(self, axis: str) -> tuple[str, str]:
        """The name of a reduction over an axis, and how it may be called."""
        if self.maybe(0.15):
            q = self.one_of([0, 12.5, 50, 90, 100])
            return f"{PERCENTILE}{q}", f"percentile({q}, {axis})"
        op = self.one_of(REDUCTIONS)
        named = f'"{op}"' if self.maybe() else f'wf.Str("{op}")'
        return op, f"{op}({axis})" if self.maybe(0.7) else f"reduction({named}, {axis})"

    def source(self, kind: str) -> Node:
        """A scene, a product, or what a lambda around is called with."""
        bound = self.variables if kind == "image" else self.groups
        if bound and self.maybe(0.75):
            name = self.one_of(bound)
            return Node(kind, name, lambda env: env[name], free=frozenset([name]))
        name = self.one_of(self.images if kind == "image" else self.collections)
        if self.samples[name].empty and self.maybe():  # what is empty makes all that follows empty: rarely
            return self.source(kind)
        return Node(kind, name, lambda env: env[name])

    def valid(self, ways: Sequence[Callable[[], Node]], otherwise: Callable[[], Node]) -> Node:
        """A part made in one of several ways that nearly always is a valid one."""
        for _ in range(6):
            made = self.one_of(ways)()
            try:
                made.value(self.samples)
            except Undecided:
                continue
            except Refused:
                if self.maybe(OFTEN):
                    continue
            return made
        return otherwise()

    def sample(self, made: Node) -> Any:
        """What a part is worth, for one image of each lambda around."""
        try:
            return made.value(self.samples)
        except (Refused, Undecided):
            return EMPTY if made.kind == "image" else Col()

    def bands_of(self, made: Node) -> list[str]:
        """The bands that a part has; those that it might have where it is empty."""
        value = self.sample(made)
        image = value if isinstance(value, Img) else (value.images or [EMPTY])[0]
        return list(BANDS) if image.empty else image.bands

    @contextmanager
    def variable(self, over: Node) -> Iterator[str]:
        """The name of a variable that stands for the images of `over` while a lambda's body is made."""
        name = f"i{len(self.variables)}"
        images = self.sample(over).images
        self.samples[name] = self.one_of(images) if images else EMPTY
        self.variables.append(name)
        yield name
        self.variables.pop()
        del self.samples[name]
