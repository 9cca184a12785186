"""What a run in one piece holds at once, known from its plan."""

from __future__ import annotations

import functools

from .. import kernels
from ..geo import Grid
from .blocks import FLOAT_BYTES, is_scalar
from .plan import Plan, steps_behind
from .recipes import recipes_of

MASK_BYTES = 1


def peak_bytes(plan: Plan, grid: Grid) -> int:
    """Bytes of all stacks on a grid that a run holds at the same time, at most; caches apart."""
    return _peak_layers(plan, kernels.ready()) * grid.rows * grid.cols * (FLOAT_BYTES + MASK_BYTES)


@functools.lru_cache(maxsize=64)
def _peak_layers(plan: Plan, in_one_go: bool) -> int:
    """Bands of all images held at once; a stack goes after its last use."""
    recipes = recipes_of(plan) if in_one_go else {}
    used = sorted(steps_behind(plan.steps, plan.outputs, recipes))
    inputs = {number: () if number in recipes else plan.steps[number].inputs for number in used}
    last = {source: number for number in used for source in inputs[number]}
    held = peak = 0
    for number in used:
        held += _layers(plan, number)
        peak = max(peak, held)
        gone = {source for source in inputs[number] if last[source] == number and source not in plan.outputs}
        held -= sum(_layers(plan, source) for source in gone)
    return peak


def _layers(plan: Plan, number: int) -> int:
    step = plan.steps[number]
    return 0 if is_scalar(step) else step.images * step.bands
