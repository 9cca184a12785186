"""Runs of programs that take the nearest source pixels, on those pixels.

Zoomed in, many pixels of a tile show one pixel of a scene. Where all scenes lie on one grid and every step
works pixel by pixel, computing on their own pixels and choosing from the result afterwards gives the same
bits.
"""

from __future__ import annotations

import functools
from typing import Any

from .. import io
from ..geo import Grid
from ..geo.pixels import Pixels
from ..steps.composite import SortedComposite
from ..steps.pointwise import Bandwise, Hidden, Hide, Pointwise
from ..steps.read import ReadBands
from ..steps.reduce import Reduce
from ..steps.select import ConcatBands, ConcatImages, Constant, Fill, TakeBands, TakeImages
from .plan import Plan

IMAGE_BY_IMAGE = (Bandwise, ConcatBands, Constant, Fill, Hidden, Hide, Pointwise, ReadBands, TakeBands)
"""Those of the local steps that make each image of the images of its number alone."""

LOCAL = (*IMAGE_BY_IMAGE, ConcatImages, Reduce, SortedComposite, TakeImages)
"""Steps that see nothing but pixels at one place, and do not ask where it is."""

SAVING = 0.75
"""Share of source pixels per target pixel up to which it pays."""

FEWEST = 16
"""Pixels of a grid below which numpy may add the images in another order."""


def native_pixels(plan: Plan, grid: Grid) -> io.NativePixels | None:
    """The source pixels on which to run a plan instead of on `grid`; None if it cannot, or had better not."""
    source = _common_source(plan)
    if source is None:
        return None
    found = io.native_pixels(source, grid)
    if found is None or not FEWEST <= found.grid.rows * found.grid.cols <= SAVING * grid.rows * grid.cols:
        return None
    return found


@functools.lru_cache(maxsize=64)
def _common_source(plan: Plan) -> Any:
    """One of the bands of a plan that takes the nearest pixels of bands that lie alike; None for others."""
    sources = [source for read in plan.reads for row in read.sources for source in row if source is not None]
    if not sources or not all(isinstance(step, LOCAL) for step in plan.steps):
        return None
    near = all(read.resampling == "near" or _all_categorical(read) for read in plan.reads)
    return sources[0] if near and all(io.lies_like(source, sources[0]) for source in sources) else None


def _all_categorical(read: ReadBands) -> bool:
    return all(source is None or source.categorical for row in read.sources for source in row)


def spread(pixels: Pixels, native: io.NativePixels, grid: Grid) -> Pixels:
    """Pixels of a native grid as those of the grid that was asked for."""
    return Pixels(
        _chosen(pixels.data, native, grid),
        None if pixels.mask is None else _chosen(pixels.mask, native, grid),
    )


def _chosen(stack: Any, native: io.NativePixels, grid: Grid) -> Any:
    if stack.shape[2:] != native.grid.shape:
        return stack  # one number for all
    flat = stack.reshape(*stack.shape[:2], -1)
    return flat.take(native.nearest, axis=2).reshape(*stack.shape[:2], *grid.shape)
