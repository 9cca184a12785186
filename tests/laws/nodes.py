"""Parts of programs: their source text, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tests.laws import oracle
from tests.laws.oracle import Col, Img

Env = dict[str, Any]
"""What the names in a program are worth."""


@dataclass(frozen=True)
class Node:
    """A part of a program.

    Attributes
    ----------
    kind : str
        image, collection, number, flag, or what only a whole program is.
    text : str
        Python source.
    value : callable
        The oracle's value, where an `Env` gives the names.
    parts : tuple of Node
    free : frozenset of str
        Names of variables of lambdas around it.
    local : bool
        Whether a pixel depends on the same pixel of the sources only, not on what else the area holds, or
        whether it meets a scene.
    """

    kind: str
    text: str
    value: Callable[[Env], Any]
    parts: tuple[Node, ...] = ()
    free: frozenset[str] = frozenset()
    local: bool = True

    @property
    def composite(self) -> bool:
        """Whether it is made of a collection: then it is empty where an area meets no scene of it."""
        return self.kind == "collection" or any(part.composite for part in self.parts)

    def closed(self) -> Iterator[Node]:
        """Its parts that are programs themselves, inner ones first, and itself."""
        for part in self.parts:
            yield from part.closed()
        if not self.free:
            yield self


def call(kind: str, text: str, meaning: Callable[..., Any], *parts: Node, local: bool = True) -> Node:
    """A part made of others; ``{0}`` in the text is the first, whose value `meaning` gets first."""
    return Node(
        kind,
        text.format(*(part.text for part in parts)),
        lambda env: meaning(*(part.value(env) for part in parts)),
        parts,
        frozenset().union(*(part.free for part in parts)),
        local and all(part.local for part in parts),
    )


def placed(kind: str, text: str, meaning: Callable[..., Any], *parts: Node, local: bool = True) -> Node:
    """A part whose `meaning` gets the `Area` of the arrays, and then the values of the others."""
    made = call(kind, text, meaning, *parts, local=local)
    return replace(made, value=lambda env: meaning(env["area"], *(part.value(env) for part in parts)))


def of_area(kind: str, text: str, meaning: Callable[..., Any], part: Node) -> Node:
    """What imagery is over the area of the run, whatever lies around it."""
    return placed(kind, text, lambda area, obj: meaning(area.cropped(obj)), part, local=False)


def by_image(text: str, function: Callable[[Img], Img], part: Node, local: bool = True) -> Node:
    """Imagery from imagery, each image on its own."""
    return call(part.kind, text, lambda obj: oracle.each(obj, function), part, local=local)


def pixels(text: str, kernel: Callable[..., Any], part: Node, *numbers: Node) -> Node:
    """Imagery from imagery, each pixel on its own."""

    def meaning(obj: Img | Col, *values: Any) -> Any:
        return oracle.each(obj, lambda image: oracle.pixelwise(kernel, image, *values))

    return call(part.kind, text, meaning, part, *numbers)


def binding(
    kind: str, method: str, over: Node, name: str, body: Node, meaning: Callable[[list[Any], Col], Any]
) -> Node:
    """A method that takes a lambda; `meaning` gets what the body is worth for each image, and the images."""

    def value(env: Env) -> Any:
        col = over.value(env)
        return meaning([body.value({**env, name: image}) for image in col.images], col)

    text = f"{over.text}.{method}(lambda {name}: {body.text})"
    return Node(kind, text, value, (over, body), over.free | (body.free - {name}), over.local and body.local)
