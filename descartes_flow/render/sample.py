"""What a view shows, in few pixels: enough to find scales and to draw a histogram."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..engine.compute import bind_program, default_runner
from ..geo import Grid
from ..geo.gridded import Gridded
from ..geo.pixels import Pixels
from ..graph import Node
from .pixels import tile_pixels

MOST_SAMPLES = 256


@dataclass(frozen=True, slots=True)
class Sample:
    """Pixels of a view.

    Attributes
    ----------
    bands : tuple of str
        Empty for an empty image.
    pixels : Pixels or None
        ``(band, y, x)``; None for an empty image.
    """

    bands: tuple[str, ...]
    pixels: Pixels | None


def sample(node: Node, context: Gridded, cancelled: Callable[[], bool] | None = None) -> Sample:
    """At most 256 x 256 pixels over the area of a context; computed once while they are kept as tiles are.

    Parameters
    ----------
    node : Node
        A program without parameters that gives an Image.
    context : Gridded
        The view.
    cancelled : callable, optional
        Whether nobody waits for the pixels any more.

    Raises
    ------
    JobComputeError, ReadError
        As compute does. It blocks: call it off the main thread.
    """
    grid = sampled(context.grid())
    runner = default_runner()
    runner.skip_errors = True
    if cancelled is not None:
        runner.cancelled = cancelled
    raster, pixels = tile_pixels(bind_program(node, grid, runner), grid, runner)
    return Sample(() if pixels is None else raster.bands, pixels)


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
