"""Halos: how far the steps of a run reach beyond its area, so that neighbourhoods are whole at its edges.

A step that looks at neighbours needs its inputs on a larger window than it is wanted on itself. A step that
is wanted on windows of several sizes is run once, on the largest, and cropped for the others.
"""

from __future__ import annotations

import functools
from typing import Any

from ..geo.pixels import Pixels
from ..steps.arena import Step
from ..steps.composite import SortedComposite
from ..steps.reduce import Reduction
from .plan import Plan

Pad = tuple[int, int]
"""Rows above and below the area of the run, and columns on its left and right."""

NONE: Pad = (0, 0)


@functools.lru_cache(maxsize=64)
def pads_of(plan: Plan) -> list[Pad]:
    """For each step how far beyond the area it must be known."""
    pads = [NONE] * len(plan.steps)
    if all(step.halo == NONE for step in plan.steps):
        return pads
    for number in range(len(plan.steps) - 1, -1, -1):
        step = plan.steps[number]
        if not step.pixelwise:  # a scalar is of the area of the run, whoever uses it
            pads[number] = NONE
        for source in step.inputs:
            pads[source] = _larger(pads[source], of_inputs(step, pads[number]))
    return pads


def of_inputs(step: Step, pad: Pad) -> Pad:
    """How far beyond the area a step, itself known as far as `pad`, needs its inputs."""
    if not step.pixelwise:
        return NONE
    rows, cols = step.halo
    return pad[0] + rows, pad[1] + cols


def border_of_composites(plan: Plan) -> Pad:
    """How far beyond the area composites must be known: scenes that lie only there count for them too."""
    border = NONE
    for step, pad in zip(plan.steps, pads_of(plan), strict=True):
        if isinstance(step, SortedComposite) or (isinstance(step, Reduction) and step.over_images):
            border = _larger(border, pad)
    return border


def cropped(pixels: Pixels, have: Pad, want: Pad) -> Pixels:
    """Pixels known as far as `have`, as far as `want` only; a single value for all pixels stays one."""
    if have == want:
        return pixels
    rows, cols = (max(0, h - w) for h, w in zip(have, want, strict=True))
    data, mask = pixels
    return Pixels(_inside(data, rows, cols), None if mask is None else _inside(mask, rows, cols))


def _inside(stack: Any, rows: int, cols: int) -> Any:
    """`stack` without that many rows and columns at each edge, along the axes that have more than one."""
    height, width = stack.shape[2:]
    down = slice(rows, height - rows) if height > 1 else slice(None)
    across = slice(cols, width - cols) if width > 1 else slice(None)
    return stack[:, :, down, across]


def _larger(first: Pad, second: Pad) -> Pad:
    return max(first[0], second[0]), max(first[1], second[1])
