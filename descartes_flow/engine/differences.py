"""Normalized differences, the commonest expression: one loop instead of three steps, with the same bits."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from .. import kernels
from ..geo.pixels import Pixels
from ..steps.arena import masks_joined
from ..steps.pointwise import Pointwise, Slot
from .plan import Plan

BOTH = (Slot(0), Slot(1))


@functools.lru_cache(maxsize=64)
def differences_of(plan: Plan) -> dict[int, tuple[int, int]]:
    """The steps of a plan that end ``(x - y) / (x + y)``, and the numbers of ``x`` and ``y``."""
    found = {}
    for number, step in enumerate(plan.steps):
        if _is_of_two(step, "div"):
            above, below = (plan.steps[source] for source in step.inputs)
            if _is_of_two(above, "sub") and _is_of_two(below, "add") and above.inputs == below.inputs:
                x, y = above.inputs
                found[number] = x, y
    return found


def _is_of_two(step: Any, op: str) -> bool:
    """Whether a step is an operation on two stacks of pixels of one size."""
    return (
        type(step) is Pointwise
        and step.op == op
        and step.imagery
        and step.arguments == BOTH
        and step.sizes == ((step.images, step.bands),) * 2
    )


def normalized_difference(x: Pixels, y: Pixels) -> Pixels | None:
    """What the three steps give; None where the loop is not there yet, or not made for such pixels."""
    loop = kernels.normalized_difference
    ordinary = x.data.dtype == y.data.dtype == np.float64 and x.data.shape == y.data.shape
    if loop.compiled is None or not ordinary:
        return None
    data, mask = np.empty(x.data.shape), masks_joined(x.mask, y.mask)
    hidden = np.zeros(data.shape, bool) if mask is None else np.array(np.broadcast_to(mask, data.shape))
    flat = (np.ascontiguousarray(stack).reshape(-1) for stack in (x.data, y.data))
    found = loop.run(*flat, data.reshape(-1), hidden.reshape(-1))
    return Pixels(data, hidden if found else None)
