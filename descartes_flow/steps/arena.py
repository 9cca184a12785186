"""Steps and the arena that holds them: equal steps are one step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol

import numpy as np

from ..geo.grid import Grid
from ..geo.pixels import Pixels

Flags = np.ndarray[Any, np.dtype[np.bool_]]


class Need(NamedTuple):
    """Which images and bands of a step are used."""

    images: Flags
    bands: Flags

    @property
    def nothing(self) -> bool:
        """Whether nothing is used."""
        return not (self.images.any() and self.bands.any())

    def joined(self, other: Need) -> Need:
        """What either needs."""
        return Need(self.images | other.images, self.bands | other.bands)

    def same(self, other: Need) -> bool:
        """Whether both need the same."""
        return bool((self.images == other.images).all() and (self.bands == other.bands).all())

    @classmethod
    def everything(cls, step: Step) -> Need:
        """All images and bands of `step`."""
        return cls(np.ones(step.images, bool), np.ones(step.bands, bool))


class Context(Protocol):
    """What a step may use while it runs."""

    grid: Grid

    @property
    def cut(self) -> Flags | None:
        """Pixels of the grid that the context's geometry excludes, shape ``(rows, cols)``; None: none."""

    def operation(self, name: str) -> Any:
        """The operation whose kernel a step runs."""

    def read(self, step: Any) -> Pixels:
        """The pixels of a read step."""

    def share(self, work: Callable[[Any], object], items: Sequence[Any]) -> None:
        """Do `work` on every item, on several threads."""


class Step:
    """One typed step of a plan: stacks ``(image, band, y, x)`` in, one stack out.

    A step is plain data: it holds the numbers of its inputs, never the inputs, and no function.

    Attributes
    ----------
    inputs : tuple of int
        Numbers of the steps that it uses.
    images, bands : int
        Size of its stack.
    origin : str
        The operation and the user's line, for errors; no part of the step's identity.
    """

    __slots__ = ("bands", "images", "inputs", "origin")

    fields: ClassVar[tuple[str, ...]] = ()
    """Names of the further attributes that decide what the step computes."""

    pixelwise: ClassVar[bool] = True
    """Whether an output pixel depends on the same pixels of the inputs only, or on those in its halo."""

    @property
    def halo(self) -> tuple[int, int]:
        """By how many rows and columns around a pixel the inputs must be known for its value."""
        return 0, 0

    def __init__(self, inputs: tuple[int, ...], images: int, bands: int) -> None:
        self.inputs = inputs
        self.images = images
        self.bands = bands
        self.origin = ""

    def content(self) -> tuple[Any, ...]:
        """What decides the result, inputs apart."""
        values = (getattr(self, name) for name in self.fields)
        return tuple(value.tobytes() if isinstance(value, np.ndarray) else value for value in values)

    def makes(self, need: Need) -> Need:
        """What the step makes where `need` is wanted: that, or more where it cannot leave out the rest."""
        return need

    def demand(self, need: Need) -> list[Need]:
        """What is needed of each input, for `need` of this step."""
        raise NotImplementedError

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The step that makes only `need`, from inputs narrowed to what it demanded (None: not needed)."""
        raise NotImplementedError

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The stack."""
        raise NotImplementedError

    def __getstate__(self) -> dict[str, Any]:
        names = ("inputs", "images", "bands", "origin", *self.fields)
        return {name: getattr(self, name) for name in names}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.fields)
        return f"{type(self).__name__}({list(self.inputs)}, {said}) -> {self.images} x {self.bands}"


class Arena:
    """Steps in topological order, each once.

    Attributes
    ----------
    steps : list of Step
    keys : list of bytes
        For each step the digest of what it computes, inputs included; equal in every process.
    values : dict of int to Pixels
        What was computed already, as it decided something: scalars by the number of their step.
    """

    __slots__ = ("_known", "keys", "steps", "values")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.keys: list[bytes] = []
        self.values: dict[int, Pixels] = {}
        self._known: dict[bytes, int] = {}

    def add(self, step: Step, origin: str = "") -> int:
        """Number of `step`, which is entered unless an equal one is there."""
        digest = hashlib.blake2b(repr((type(step).__name__, step.content())).encode(), digest_size=16)
        for number in step.inputs:
            digest.update(self.keys[number])
        key = digest.digest()
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.steps)
            step.origin = step.origin or origin
            self.steps.append(step)
            self.keys.append(key)
        return found


def positions(flags: Flags) -> np.ndarray[Any, np.dtype[np.int32]]:
    """For each kept row its new number; numbers of dropped rows mean nothing."""
    return (np.cumsum(flags) - 1).astype(np.int32)


def masks_joined(*masks: Any) -> Any:
    """Hidden where any is; None where nothing is hidden. Shapes broadcast."""
    joined = None
    for mask in masks:
        if mask is not None:
            joined = mask if joined is None else joined | mask
    return joined
