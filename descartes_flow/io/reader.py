"""`read_band`: pixels of one band of one file on a grid."""

import numpy as np

from descartes_flow.errors import ReadError
from descartes_flow.geo.grid import Grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.io.centres import centres
from descartes_flow.io.datasets import GDAL_ERRORS, POOL
from descartes_flow.io.gather import gather_bilinear, gather_nearest
from descartes_flow.io.levels import Ratio, choose_level, pixel_ratio
from descartes_flow.io.places import locate, place
from descartes_flow.io.source import BandSource
from descartes_flow.io.warp import WARPED, kernel_region, warp
from descartes_flow.io.windows import read_window

RESAMPLERS = ("near", "bilinear", *WARPED)
"""Names of all resamplers."""


def read_band(source: BandSource, grid: Grid, resampling: str = "near") -> Pixels:
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
    if resampling not in RESAMPLERS:
        raise ValueError(f"Unknown resampler type: {resampling!r}; known: {', '.join(RESAMPLERS)}")
    if np.dtype(source.dtype).kind not in "iuf":
        raise ReadError(
            source.item, source.band, f"expected pixels that are real numbers, got {source.dtype}"
        )
    read = _warped if resampling in WARPED and not source.categorical else _gathered
    pixels = read(source, grid, resampling)
    if pixels is None:
        return Pixels(np.zeros(grid.shape), np.ones(grid.shape, bool))
    data = pixels.data.astype(float, copy=False)
    if (source.scale, source.offset) != (1.0, 0.0):
        data = data * source.scale + source.offset
    if pixels.mask is not None:
        data[pixels.mask] = 0.0
    return Pixels(data, pixels.mask)


def _gathered(source: BandSource, grid: Grid, resampling: str) -> Pixels | None:
    """Pixels in stored units by near or bilinear; None if none lies in the image."""
    level, decimation = _level(source, grid, resampling)
    if locate(source, grid, decimation) is None:
        return None
    layout = POOL.layout(source, level)
    places = place(source, grid, decimation, layout, resampling == "bilinear" and not source.categorical)
    if places is None:
        return None
    window = read_window(source, level, places.region)
    if places.corners is None:
        return gather_nearest(window, places)
    return gather_bilinear(window, places, places.corners)


def _warped(source: BandSource, grid: Grid, resampling: str) -> Pixels | None:
    """Pixels in stored units by one of GDAL's resamplers; None if no kernel reaches the image."""
    level, decimation = _level(source, grid, resampling)
    ratio = pixel_ratio(source, grid)
    found = centres(source, grid, decimation)
    if kernel_region(found, ratio, source.rows, source.cols) is None:
        return None
    layout = POOL.layout(source, level)
    rows, cols = layout.rows / source.rows, layout.cols / source.cols
    ratio = Ratio(ratio.x * cols, ratio.y * rows)
    region = kernel_region(found.scaled(rows, cols), ratio, layout.rows, layout.cols)
    if region is None:
        return None
    window = read_window(source, level, region)
    try:
        return warp(source, window, (layout.rows, layout.cols), grid, ratio, resampling)
    except GDAL_ERRORS as error:
        raise ReadError(source.item, source.band, f"resampling by {resampling} failed: {error}") from error


def _level(source: BandSource, grid: Grid, resampling: str) -> tuple[int | None, int]:
    """Level to read, and its decimation factor."""
    level = choose_level(source, grid, resampling)
    return level, 1 if level is None else source.overviews[level]
