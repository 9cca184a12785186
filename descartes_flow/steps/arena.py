"""Steps and the arena that holds them: equal steps are one step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol

import numpy as np

from ..geo.grid import Grid
from ..geo.pixels import Pixels

Flags = np.ndarray[Any, np.dtype[np.bool_]]


_ALL: dict[int, Flags] = {}


def all_of(number: int) -> Flags:
    """So many flags, all set; one array for each number, which tells at a glance that nothing is left out."""
    found = _ALL.get(number)
    if found is None:
        found = np.ones(number, bool)
        found.setflags(write=False)
        if 0 < number <= SHARED_FLAGS:
            _ALL[number] = found
    return found


SHARED_FLAGS = 1024


def count(flags: Flags) -> int:
    """How many are set."""
    return len(flags) if flags is _ALL.get(len(flags)) else int(np.count_nonzero(flags))


def any_of(flags: Flags) -> Flags:
    """One flag: whether any is set."""
    return all_of(1) if count(flags) else np.zeros(1, bool)


def flagged(rows: Any, number: int) -> Flags:
    """So many flags, those of some rows set."""
    flags = np.zeros(number, bool)
    flags[rows] = True
    return shared(flags)


def shared(flags: Flags) -> Flags:
    """The same flags: those of `all_of` where all are set."""
    return all_of(len(flags)) if count(flags) == len(flags) else flags


class Need(NamedTuple):
    """Which images and bands of a step are used."""

    images: Flags
    bands: Flags

    @property
    def nothing(self) -> bool:
        """Whether nothing is used."""
        return not (count(self.images) and count(self.bands))

    def joined(self, other: Need) -> Need:
        """What either needs."""
        if self is other:
            return self
        return Need(_joined(self.images, other.images), _joined(self.bands, other.bands))

    def same(self, other: Need) -> bool:
        """Whether both need the same."""
        return _same(self.images, other.images) and _same(self.bands, other.bands)

    @classmethod
    def everything(cls, step: Step) -> Need:
        """All images and bands of `step`."""
        return cls(all_of(step.images), all_of(step.bands))


def _joined(first: Flags, second: Flags) -> Flags:
    if first is second:
        return first
    return shared(first | second)


def _same(first: Flags, second: Flags) -> bool:
    return first is second or first.tobytes() == second.tobytes()  # quicker than any function of numpy


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

    def share(self, work: Callable[[Any], object], items: Sequence[Any], pixels: int | None = None) -> None:
        """Do `work` on every item, on several threads, unless so few `pixels` make that longer."""


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

    __slots__ = ("_said", "bands", "images", "inputs", "origin")

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
        self._said = ""

    @property
    def said(self) -> str:
        """Its kind and content as text: what tells it apart from other steps with the same inputs."""
        if not self._said:
            self._said = f"{type(self).__name__}{self.content()}"
        return self._said

    def content(self) -> tuple[Any, ...]:
        """What decides the result, inputs apart."""
        values = [getattr(self, name) for name in self.fields]
        return tuple([value.tobytes() if isinstance(value, np.ndarray) else value for value in values])

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
        self._said = ""
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
    values : dict of int to Pixels
        What was computed already, as it decided something: scalars by the number of their step.
    """

    __slots__ = ("_keys", "_known", "steps", "values")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.values: dict[int, Pixels] = {}
        self._keys: list[bytes] = []
        self._known: dict[str, int] = {}

    @property
    def keys(self) -> list[bytes]:
        """For each step the digest of what it computes, inputs included; equal in every process."""
        keys = self._keys
        for step in self.steps[len(keys) :]:
            inputs = b"".join([keys[number] for number in step.inputs])
            keys.append(hashlib.blake2b(step.said.encode() + inputs, digest_size=16).digest())
        return keys

    def add(self, step: Step, origin: str = "") -> int:
        """Number of `step`, which is entered unless an equal one is there."""
        found = self._known.setdefault(f"{step.inputs}{step.said}", len(self.steps))
        if found == len(self.steps):
            step.origin = step.origin or origin
            self.steps.append(step)
        return found

    def hold(self, number: int, step: Step) -> None:
        """Put another step in the place of one, whose pixels it holds: what was computed stays the same."""
        assert len(self.keys) > number, "the step is there"
        self.steps[number] = step


def positions(flags: Flags) -> np.ndarray[Any, np.dtype[np.int32]]:
    """For each kept row its new number; numbers of dropped rows mean nothing."""
    numbers = np.zeros(len(flags), np.int32)
    numbers[flags] = np.arange(count(flags))
    return numbers


def masks_joined(*masks: Any) -> Any:
    """Hidden where any is; None where nothing is hidden. Shapes broadcast."""
    joined = None
    for mask in masks:
        if mask is not None:
            joined = mask if joined is None else joined | mask
    return joined
