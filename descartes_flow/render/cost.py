"""What a map tile would cost, known before any of it is read."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from .._settings import settings
from ..engine.halos import pads_of
from ..engine.memory import peak_bytes
from ..engine.plan import Plan
from ..errors import TileTooCostly
from ..geo import Grid
from ..io import BandSource, decoded_pixels, most_decoded_pixels
from ..steps.read import ReadBands

SHARE_OF_MEMORY = 4
"""A tile may hold this part of the memory of a run: several are made at once."""

WAY_OUT = "zoom in, choose fewer scenes with dates, filter or limit, or raise the setting"


def refuse_costly(plan: Plan, grid: Grid) -> None:
    """Raise TileTooCostly if a tile would read too many scenes or pixels, or hold too much memory.

    The limits are ``settings.max_scenes_per_tile``, ``max_tile_pixels``, ``max_read_pixels`` for each band,
    and a quarter of ``memory_bytes``.
    """
    _refuse_scenes(plan)
    _refuse_memory(plan, grid)
    if _most_pixels(plan, grid.crs, grid.xres, grid.yres, *grid.shape) > _least_limit():
        _refuse_pixels(plan, grid)


def _refuse_scenes(plan: Plan) -> None:
    scenes = max((read.images for read in plan.reads), default=0)
    if scenes > settings.max_scenes_per_tile:
        raise _refusal(
            "Zoom in",
            f"this tile would read {scenes} scenes",
            f"settings.max_scenes_per_tile is {settings.max_scenes_per_tile:g}; {WAY_OUT}",
        )


def _refuse_memory(plan: Plan, grid: Grid) -> None:
    needed, limit = peak_bytes(plan, grid), settings.memory_bytes // SHARE_OF_MEMORY
    if needed > limit:
        raise _refusal(
            "Out of memory",
            f"this tile would hold {_mebibytes(needed)} at once",
            f"a tile may hold {_mebibytes(limit)}, a quarter of settings.memory_bytes; choose fewer images "
            "or bands, or raise the setting",
        )


def _refuse_pixels(plan: Plan, grid: Grid) -> None:
    total = 0
    for source, resampling, window in _sources(plan, grid):
        pixels = decoded_pixels(source, window, resampling)
        total += pixels
        if pixels > settings.max_read_pixels:
            raise _refusal(
                "Zoom in",
                f"band {source.band!r} of {source.item!r} has no overview that is coarse enough: "
                f"{_millions(pixels)} source pixels would be read",
                f"settings.max_read_pixels is {_millions(settings.max_read_pixels)}; zoom in, add overviews "
                "to the file, or raise the setting",
            )
    if total > settings.max_tile_pixels:
        raise _refusal(
            "Zoom in",
            f"this tile would read {_millions(total)} source pixels",
            f"settings.max_tile_pixels is {_millions(settings.max_tile_pixels)}; {WAY_OUT}; overviews in the "
            "files help, too",
        )


def _refusal(kind: str, needed: str, limit: str) -> TileTooCostly:
    return TileTooCostly(f"{needed}; {limit}", kind=kind, limit=limit)


def _least_limit() -> float:
    return min(settings.max_tile_pixels, settings.max_read_pixels)


@functools.lru_cache(maxsize=64)
def _most_pixels(plan: Plan, crs: str, xres: float, yres: float, rows: int, cols: int) -> float:
    """About the most that is read of all bands, wherever a grid lies; the same for all tiles of a zoom."""
    grid = Grid(crs, left=0.0, top=0.0, xres=xres, yres=yres, rows=rows, cols=cols)
    return sum(most_decoded_pixels(source, window, how) for source, how, window in _sources(plan, grid))


def _sources(plan: Plan, grid: Grid) -> Iterator[tuple[BandSource, str, Grid]]:
    """The bands that are read, by which resampler, and on which window: halos lie around the grid."""
    for step, pad in zip(plan.steps, pads_of(plan), strict=True):
        if isinstance(step, ReadBands):
            window = grid.padded(*pad)
            for source in (source for row in step.sources for source in row if source is not None):
                yield source, step.resampling, window


def _millions(pixels: float) -> str:
    return f"{pixels / 1e6:,.0f} million" if pixels >= 1e7 else f"{pixels:,.0f}"


def _mebibytes(size: float) -> str:
    return f"{size / 2**20:,.0f} MiB"
