"""Composites by one loop over the files' pixels, from a `Recipe`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import io
from ..errors import ReadError
from ..geo import Grid
from ..geo.pixels import Pixels
from ..kernels import scenes
from ..kernels.arrays import Share
from ..kernels.composites import network
from .plan import Plan
from .recipes import Recipe

STRIP = 16_384
"""Pixels that a thread takes at once."""

NO_INDEX = np.zeros(0, np.int32)
NO_MASKS = np.zeros((0, 0), bool)
NO_CLASSES = np.zeros((0, 0), np.uint16)

RunPlan = Callable[[Plan, Grid, Callable[..., Pixels]], Pixels]
"""``(plan, grid, read_band)`` -> pixels of the plan's one output."""


def compose(recipe: Recipe, grid: Grid, share: Share, run: RunPlan) -> Pixels | None:
    """The composite on a grid; None where it has to be computed step by step.

    Parameters
    ----------
    recipe : Recipe
    grid : Grid
    share : callable
        Runs a function on each of several items, on several threads.
    run : callable
        Runs a plan with a reader of one's own.

    Returns
    -------
    Pixels or None
        ``(1, band, y, x)``. None if the loop is not loaded yet, if there are no such windows, or if one
        of the scenes cannot be read: step by step it is known which.
    """
    if scenes.compose[recipe.bundle.dtype].compiled is None:
        return None
    try:
        stack = io.read_stack(recipe.bundle, grid, recipe.resampling, share)
        classes = io.read_stack(recipe.classes, grid, "near", share, stack) if recipe.classes else None
    except ReadError:
        return None
    if stack is None or (recipe.classes and (classes is None or _beside(classes.places, stack.places))):
        return None
    return _composed(recipe, grid, share, stack, classes, _hiding(recipe, run) if classes else NO_MASKS)


def _beside(classes: Any, values: Any) -> bool:
    """Whether there are values where there are no classes; those that are beside both are hidden anyway."""
    if classes.outside is None:
        return False
    return bool((classes.outside if values.outside is None else classes.outside & ~values.outside).any())


def _hiding(recipe: Recipe, run: RunPlan) -> Any:
    """For each image and each number that a class can be, whether it hides; ``(image, class)``.

    It is found by running the steps that decide it on an image that holds each number once.
    """
    if recipe.table is not None:
        return recipe.table
    assert recipe.hides is not None and recipe.classes is not None, "asked only where classes hide"
    numbers = np.arange(np.iinfo(recipe.classes.sources[0].dtype).max + 1).reshape(16, -1)
    grid = Grid(
        "EPSG:3857", left=0.0, top=0.0, xres=1.0, yres=1.0, rows=numbers.shape[0], cols=numbers.shape[1]
    )

    def read(source: Any, grid: Grid, resampling: str, out: Pixels) -> Pixels:
        assert out.mask is not None, "part of a whole mask"
        out.mask[...] = numbers == source.nodata
        out.data[...] = np.where(out.mask, 0.0, numbers * source.scale + source.offset)
        return out

    data, mask = run(recipe.hides, grid, read)
    hides = data != 0 if mask is None else (data != 0) & ~mask
    shape = (recipe.images, 1, *numbers.shape)
    recipe.table = np.ascontiguousarray(np.broadcast_to(hides, shape).reshape(recipe.images, -1))
    return recipe.table


def _composed(
    recipe: Recipe, grid: Grid, share: Share, stack: io.Stack, classes: io.Stack | None, hides: Any
) -> Pixels:
    bundle = stack.bundle
    kernel = scenes.compose[bundle.dtype]
    bands = len(bundle.sources) // recipe.images
    size = grid.rows * grid.cols
    shape = (1 if recipe.difference else bands, size)
    out, hidden = np.empty(shape), np.empty(shape, bool)
    arguments = (
        *(stack.windows, stack.spotted, bundle.scales, bundle.offsets, stack.nodata, *stack.places.for_loops),
        *(
            (NO_CLASSES, NO_MASKS, NO_INDEX)
            if classes is None
            else (classes.windows, hides, classes.places.nearest)
        ),
        *(bands, recipe.difference, network(recipe.images), recipe.percentage),
    )

    def work(start: int) -> None:
        kernel.run(*arguments, start, min(start + STRIP, size), out, hidden)

    share(work, range(0, size, STRIP))
    cut = grid.cutline_mask()
    if cut is not None:
        out[:, cut.reshape(-1)] = 0.0
        hidden[:, cut.reshape(-1)] = True
    stacked = (1, shape[0], *grid.shape)
    return Pixels(out.reshape(stacked), hidden.reshape(stacked) if hidden.any() else None)
