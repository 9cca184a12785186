"""Pixels of tiles apart from their colours: where a layer only looks different, nothing is computed."""

from __future__ import annotations

from collections.abc import Callable

from .._settings import settings
from ..engine.caches import SingleFlightCache
from ..engine.compute import Bound, bound_image, image_pixels, plan_pixels
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


def kept_pixels(key: bytes, grid: Grid, runner: Runner, compute: Callable[[], Pixels]) -> Pixels:
    """Pixels of a grid that `runner` computes, now or before, for whatever style.

    Parameters
    ----------
    key : bytes
        Digest of what is computed.
    grid : Grid
    runner : Runner
        Hears of skipped scenes.
    compute : callable
        ``() -> Pixels``.
    """

    def whole() -> Pixels:
        pixels = compute()
        if runner.issues:
            raise _Degraded(pixels, runner)
        return pixels

    try:
        return PIXELS.get((key, grid.key), whole)
    except _Degraded as degraded:
        if degraded.runner is not runner:  # it was on its way for another style
            runner.issues.extend(degraded.runner.issues)
        return degraded.pixels


def tile_pixels(bound: Bound, grid: Grid, runner: Runner) -> tuple[Raster, Pixels | None]:
    """As `image_pixels`, computed once for all styles."""
    raster = bound_image(bound)
    if not bound.plan.outputs:  # empty, or known from binding
        return image_pixels(bound, grid, runner)
    bands = len(raster.bands)
    return raster, kept_pixels(bound.key, grid, runner, lambda: plan_pixels(bound.plan, bands, grid, runner))
