"""`read_band`: pixels of one band of one file on a grid."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from descartes_flow.errors import ReadError
from descartes_flow.geo.grid import Grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.io.centres import centres
from descartes_flow.io.datasets import GDAL_ERRORS
from descartes_flow.io.decoding import Level
from descartes_flow.io.gather import gather_bilinear, gather_nearest
from descartes_flow.io.levels import Ratio, choose_level, pixel_ratio
from descartes_flow.io.places import Places, locate, place
from descartes_flow.io.source import BandSource
from descartes_flow.io.warp import WARPED, kernel_region, warp
from descartes_flow.io.windows import fetch_pieces, read_window

RESAMPLERS = ("near", "bilinear", *WARPED)
"""Names of all resamplers."""

NUMBERS = frozenset(
    f"{kind}{bits}"
    for kind in ("int", "uint", "float")
    for bits in (8, 16, 32, 64)
    if (kind, bits) != ("float", 8)
)
"""Types of pixels that can be read: real numbers."""


def read_band(source: BandSource, grid: Grid, resampling: str = "near", out: Pixels | None = None) -> Pixels:
    """Pixels of one band on a grid, in physical units.

    The coarsest overview that is still at least as fine as the target is read, and of it only the blocks that
    are needed. Blocks are kept, decoded, for the whole process. May be called by many threads at once.

    Parameters
    ----------
    source : BandSource
        The band. One that is categorical is always read by nearest.
    grid : Grid
        The target pixels. A window of a grid gets the pixels of the whole; by near and bilinear bit for bit.
    resampling : str
        near: the source pixel whose area holds the target's centre, the upper left one on an edge.
        bilinear: between the four centres around; neighbours without a value do not count, and there is no
        value where the nearest source pixel has none. It does not average when the target is coarser.
        cubic, cubicspline, lanczos, average, mode, max, min, med, q1, q3: GDAL's; slower.
    out : Pixels, optional
        Where to write them: float64 data and a mask of False, both C-contiguous and of the grid's shape.

    Returns
    -------
    Pixels
        float64, shape ``(rows, cols)``, after ``* scale + offset``; 0 where masked. The mask is True where
        the file has no value (nodata, NaN, alpha 0, its own mask) and outside the image; None if there is no
        such pixel. A grid beside the image is wholly masked, and the file is not opened. The grid's cutline
        is not applied.

    Raises
    ------
    ValueError
        If the resampler is unknown.
    ReadError
        If the file is missing, damaged, refused, or needs more than ``settings.max_read_pixels``.
    StaleSourceError
        If the file has changed since ``source`` was made.
    """
    _check(source, resampling)
    if out is None:
        out = Pixels(np.empty(grid.shape), np.zeros(grid.shape, bool))
    assert out.mask is not None, "written where pixels are hidden"
    read = _warped if _is_warped(source, resampling) else _gathered
    hidden = read(source, grid, resampling, out)
    if hidden is None:
        out.data[...] = 0.0
        out.mask[...] = True
    return Pixels(out.data, None if hidden is False else out.mask)


def pieces_of(source: BandSource, grid: Grid, resampling: str = "near") -> list[Callable[[], object]]:
    """Calls that decode what `read_band` will need, one block each; none if it is to be read in one piece.

    Raises as `read_band`.
    """
    _check(source, resampling)
    if _is_warped(source, resampling):
        return []
    found = find_places(source, grid, resampling)
    return [] if found is None else fetch_pieces(found[0], found[1].used)


def decoded_pixels(source: BandSource, grid: Grid, resampling: str = "near") -> int:
    """How many source pixels `read_band` decodes, about: those under the grid, at the level that it reads.

    The file is not opened, and blocks that are kept count, too.
    """
    _, decimation = _level(source, grid, resampling)
    found = locate(source, grid, decimation)
    if found is None:
        return 0
    high, wide = _extent(found.row, source.rows), _extent(found.col, source.cols)
    return math.ceil(high * wide / decimation**2)


def most_decoded_pixels(source: BandSource, grid: Grid, resampling: str = "near") -> float:
    """About as many at most, wherever a grid of this size and resolution lies."""
    _, decimation = _level(source, grid, resampling)
    ratio = pixel_ratio(source, grid)
    high, wide = min(source.rows, ratio.y * grid.rows), min(source.cols, ratio.x * grid.cols)
    return high * wide / decimation**2


def _extent(places: np.ndarray[Any, Any], size: int) -> float:
    """How many rows or columns of an image of some size lie between the first and the last of these."""
    first, last = np.nanmin(places), np.nanmax(places)
    return float(max(min(last + 1, size) - max(first, 0), 0))


def _check(source: BandSource, resampling: str) -> None:
    if resampling not in RESAMPLERS:
        raise ValueError(f"Unknown resampler type: {resampling!r}; known: {', '.join(RESAMPLERS)}")
    if source.dtype not in NUMBERS:
        raise ReadError(
            source.item, source.band, f"expected pixels that are real numbers, got {source.dtype}"
        )


def _is_warped(source: BandSource, resampling: str) -> bool:
    return resampling in WARPED and not source.categorical


def find_places(source: BandSource, grid: Grid, resampling: str) -> tuple[Level, Places] | None:
    """The level that is read, and its pixels under the grid; None if none lies in the image."""
    number, decimation = _level(source, grid, resampling)
    if locate(source, grid, decimation) is None:
        return None
    level = Level.of(source, number)
    bilinear = resampling == "bilinear" and not source.categorical
    places = place(source, grid, decimation, level.layout, bilinear)
    return None if places is None else (level, places)


def _gathered(source: BandSource, grid: Grid, resampling: str, out: Pixels) -> bool | None:
    """Write pixels by near or bilinear; whether any is hidden, None if none lies in the image."""
    found = find_places(source, grid, resampling)
    if found is None:
        return None
    level, places = found
    window = read_window(level, places.region, places.used)
    if places.corners is None:
        return gather_nearest(window, places, source.scale, source.offset, out)
    return gather_bilinear(window, places, places.corners, source.scale, source.offset, out)


def _warped(source: BandSource, grid: Grid, resampling: str, out: Pixels) -> bool | None:
    """Write pixels by one of GDAL's resamplers; None if no kernel reaches the image."""
    number, decimation = _level(source, grid, resampling)
    ratio = pixel_ratio(source, grid)
    found = centres(source, grid, decimation)
    if kernel_region(found, ratio, source.rows, source.cols) is None:
        return None
    level = Level.of(source, number)
    layout = level.layout
    rows, cols = layout.rows / source.rows, layout.cols / source.cols
    ratio = Ratio(ratio.x * cols, ratio.y * rows)
    region = kernel_region(found.scaled(rows, cols), ratio, layout.rows, layout.cols)
    if region is None:
        return None
    window = read_window(level, region)
    try:
        data, mask = warp(source, window, (layout.rows, layout.cols), grid, ratio, resampling)
    except GDAL_ERRORS as error:
        raise ReadError(source.item, source.band, f"resampling by {resampling} failed: {error}") from error
    out.data[...] = data * source.scale + source.offset
    if mask is None:
        return False
    assert out.mask is not None, "written where pixels are hidden"
    out.mask[...] = mask
    out.data[mask] = 0.0
    return True


def _level(source: BandSource, grid: Grid, resampling: str) -> tuple[int | None, int]:
    """Level to read, and its decimation factor."""
    level = choose_level(source, grid, resampling)
    return level, 1 if level is None else source.overviews[level]
