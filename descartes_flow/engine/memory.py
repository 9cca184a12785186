"""What a run in one piece holds at once, known from its plan."""

from __future__ import annotations

import functools

from .. import kernels
from ..geo import Grid
from ..steps.arena import Step
from .blocks import FLOAT_BYTES, is_scalar
from .halos import pads_of
from .plan import Plan, steps_behind
from .recipes import recipes_of

MASK_BYTES = 1


def peak_bytes(plan: Plan, grid: Grid) -> int:
    """Bytes of all stacks on a grid that a run holds at the same time, at most; caches apart."""
    return _peak_pixels(plan, kernels.ready(), *grid.shape) * (FLOAT_BYTES + MASK_BYTES)


@functools.lru_cache(maxsize=64)
def _peak_pixels(plan: Plan, in_one_go: bool, rows: int, cols: int) -> int:
    """Pixels of all stacks held at once, halos among them; a stack goes after its last use."""
    pads = pads_of(plan)
    sizes = [
        _layers(step) * (rows + 2 * pad[0]) * (cols + 2 * pad[1])
        for step, pad in zip(plan.steps, pads, strict=True)
    ]
    recipes = recipes_of(plan) if in_one_go else {}
    used = sorted(steps_behind(plan.steps, plan.outputs, recipes))
    inputs = {number: () if number in recipes else plan.steps[number].inputs for number in used}
    last = {source: number for number in used for source in inputs[number]}
    held = peak = 0
    for number in used:
        held += sizes[number]
        peak = max(peak, held)
        gone = {source for source in inputs[number] if last[source] == number and source not in plan.outputs}
        held -= sum(sizes[source] for source in gone)
    return peak


def _layers(step: Step) -> int:
    return 0 if is_scalar(step) else step.images * step.bands
