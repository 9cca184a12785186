"""Pixels of tiles apart from their colours: where a layer only looks different, nothing is computed."""

from __future__ import annotations

from .._settings import settings
from ..engine.caches import SingleFlightCache
from ..engine.compute import Bound, bound_image, image_pixels
from ..engine.run import Runner
from ..geo import Grid
from ..geo.pixels import Pixels
from ..steps.raster import Raster

PIXELS: SingleFlightCache[Pixels] = SingleFlightCache(
    lambda: settings.tile_cache_bytes, lambda pixels: pixels.nbytes
)
"""Pixels of tiles, by what is computed and where."""


class _Degraded(Exception):
    """Pixels that lack scenes: handed on, never kept."""

    def __init__(self, pixels: Pixels, runner: Runner) -> None:
        super().__init__("scenes were skipped")
        self.pixels = pixels
        self.runner = runner


def tile_pixels(bound: Bound, grid: Grid, runner: Runner) -> tuple[Raster, Pixels | None]:
    """As `image_pixels`, computed once for all styles."""
    raster = bound_image(bound)
    if not bound.plan.outputs:  # empty, or known from binding
        return image_pixels(bound, grid, runner)

    def make() -> Pixels:
        _, pixels = image_pixels(bound, grid, runner)
        assert pixels is not None, "a plan with an output gives an image that is not empty"
        if runner.issues:
            raise _Degraded(pixels, runner)
        return pixels

    try:
        return raster, PIXELS.get((bound.key, grid.key), make)
    except _Degraded as degraded:
        if degraded.runner is not runner:  # it was on its way for another style
            runner.issues.extend(degraded.runner.issues)
        return raster, degraded.pixels
