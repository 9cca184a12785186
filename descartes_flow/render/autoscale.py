"""Scales from what a view shows: computed once, on a coarse sample, then fixed."""

from __future__ import annotations

from dataclasses import dataclass

from ..engine.compute import bind_program, default_runner, image_pixels
from ..geo import Grid
from ..geo.gridded import Gridded
from ..graph import Node
from .stretch import stretch

MOST_SAMPLES = 256


@dataclass(frozen=True, slots=True)
class Stretch:
    """What autoscaling found.

    Attributes
    ----------
    bands : tuple of str
        Empty for an empty image.
    scales : tuple
        For each band ``(min, max)``; None where no pixel of the view has a value.
    """

    bands: tuple[str, ...]
    scales: tuple[tuple[float, float] | None, ...]


def autoscale(node: Node, context: Gridded, percentiles: tuple[float, float] = (2, 98)) -> Stretch:
    """Percentiles of each band over the area of a context, from at most 256 x 256 pixels.

    Parameters
    ----------
    node : Node
        A program without parameters that gives an Image.
    context : Gridded
        The view.
    percentiles : tuple of float

    Raises
    ------
    JobComputeError, ReadError
        As compute does. It blocks: call it off the main thread.
    """
    grid = sampled(context.grid())
    runner = default_runner()
    runner.skip_errors = True
    raster, pixels = image_pixels(bind_program(node, grid, runner), grid, runner)
    if pixels is None:
        return Stretch((), ())
    return Stretch(raster.bands, tuple(stretch(pixels.data, pixels.mask, *percentiles)))


def sampled(grid: Grid) -> Grid:
    """The same area in pixels so coarse that neither side has more than 256."""
    step = max(1.0, max(grid.shape) / MOST_SAMPLES)
    bounds = grid.bounds
    return Grid(
        crs=grid.crs,
        left=bounds.left,
        top=bounds.top,
        xres=grid.xres * step,
        yres=grid.yres * step,
        rows=max(1, round(grid.rows / step)),
        cols=max(1, round(grid.cols / step)),
        cutline=grid.cutline,
        all_touched=grid.all_touched,
    )
