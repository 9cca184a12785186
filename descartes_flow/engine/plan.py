"""Plan: the steps that a run needs, narrowed to the images and bands that are used. Plain data."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..geo.pixels import Pixels
from ..steps.arena import Arena, Need, Step
from ..steps.read import ReadBands
from ..steps.select import Constant, TakeBands, TakeImages


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Steps in the order of the run; needs no catalog and no graph, and goes through bytes.

    Attributes
    ----------
    steps : tuple of Step
        Inputs are numbers of earlier steps.
    keys : tuple of bytes
        For each step the digest of what it computes.
    outputs : tuple of int
        Numbers of the steps whose pixels are wanted.
    """

    steps: tuple[Step, ...]
    keys: tuple[bytes, ...]
    outputs: tuple[int, ...]

    @property
    def key(self) -> bytes:
        """Digest of the plan: equal plans compute equal pixels on one grid."""
        content = b"".join(self.keys[number] for number in self.outputs)
        return hashlib.blake2b(content, digest_size=16).digest()

    @property
    def reads(self) -> tuple[ReadBands, ...]:
        """The steps that read files."""
        return tuple(step for step in self.steps if isinstance(step, ReadBands))

    def to_bytes(self) -> bytes:
        """The plan for another process of the same user."""
        return pickle.dumps(self)

    @classmethod
    def from_bytes(cls, content: bytes) -> Plan:
        """The plan that `to_bytes` wrote; only from a process that is trusted, as it is a pickle."""
        plan = pickle.loads(content)
        assert isinstance(plan, cls), "the bytes hold a plan"
        return plan


def make_plan(arena: Arena, outputs: Sequence[int]) -> Plan:
    """The steps behind `outputs`, without images and bands that nothing uses."""
    needs, demands = _demanded(arena, outputs)
    made = Arena()
    numbers: dict[int, int] = {}
    for number in sorted(needs):
        step, need = arena.steps[number], needs[number]
        wants = demands.get(number) or [need] * len(step.inputs)
        inputs = tuple(
            [
                None if want is None else _selected(made, numbers[source], needs[source], want)
                for source, want in zip(step.inputs, wants, strict=True)
            ]
        )
        numbers[number] = _entered(made, step.narrow(need, inputs), step.origin)
    return _without_dead_steps(made, [numbers[number] for number in outputs])


def _demanded(arena: Arena, outputs: Sequence[int]) -> tuple[dict[int, Need], dict[int, list[Need | None]]]:
    """What is used of each step that is used, and what each uses of its inputs, if that is another need."""
    needs = {number: Need.everything(arena.steps[number]) for number in outputs}
    demands: dict[int, list[Need | None]] = {}
    for number in range(max(outputs, default=-1), -1, -1):
        need = needs.get(number)
        if need is None:
            continue
        step = arena.steps[number]
        need = needs[number] = step.makes(need)
        wants = [want if want is need or not want.nothing else None for want in step.demand(need)]
        if any([want is not need for want in wants]):
            demands[number] = wants
        for source, want in zip(step.inputs, wants, strict=True):
            if want is not None:
                needs[source] = needs[source].joined(want) if source in needs else want
    return needs, demands


def _entered(arena: Arena, step: Step, origin: str) -> int:
    if isinstance(step, (TakeBands, TakeImages)) and step.changes_nothing:
        return step.inputs[0]
    return arena.add(step, origin)


def _selected(arena: Arena, number: int, have: Need, want: Need) -> int:
    """The part of a narrowed step that one of its users wants, where others want more of it."""
    if have is want or have.same(want):
        return number
    step = arena.steps[number]
    images = want.images[have.images].nonzero()[0]
    if len(images) < step.images:
        number = arena.add(TakeImages(number, images, step.images, step.bands))
    bands = want.bands[have.bands].nonzero()[0]
    if len(bands) < step.bands:
        number = arena.add(TakeBands(number, len(images), bands, step.bands))
    return number


def _without_dead_steps(arena: Arena, outputs: Sequence[int]) -> Plan:
    """The steps that the outputs still use, numbered anew."""
    steps, keys = arena.steps, arena.keys
    if len({*outputs}.union(*[step.inputs for step in steps])) == len(steps):
        return Plan(tuple(steps), tuple(keys), tuple(outputs))
    order = sorted(steps_behind(steps, outputs))
    renumbered = {number: position for position, number in enumerate(order)}
    for number in order:
        steps[number].inputs = tuple([renumbered[source] for source in steps[number].inputs])
    return Plan(
        tuple([steps[number] for number in order]),
        tuple([keys[number] for number in order]),
        tuple([renumbered[number] for number in outputs]),
    )


def steps_behind(steps: Sequence[Step], wanted: Iterable[int], ready: Container[int] = ()) -> set[int]:
    """The wanted steps and all that they need; what is ready needs nothing."""
    found = set(wanted)
    for number in range(max(found, default=-1), -1, -1):
        if number in found and number not in ready:
            found.update(steps[number].inputs)
    return found


def part_of(plan: Plan, outputs: Sequence[int], known: Mapping[int, Pixels] | None = None) -> Plan:
    """The part of a plan behind some of its steps, with what is known as constants.

    Steps behind a constant get keys that tell its numbers: what they compute holds for its area only.
    """
    known = known or {}
    used = steps_behind(plan.steps, outputs, known)
    made = Arena()
    numbers: dict[int, int] = {}
    for number in sorted(used):
        step = Constant.of(known[number]) if number in known else plan.steps[number]
        numbers[number] = made.add(_renumbered(step, numbers))
    return Plan(tuple(made.steps), tuple(made.keys), tuple(numbers[number] for number in outputs))


def _renumbered(step: Step, numbers: Mapping[int, int]) -> Step:
    copy = object.__new__(type(step))
    copy.__setstate__(step.__getstate__())
    copy.inputs = tuple(numbers[source] for source in step.inputs)
    return copy
