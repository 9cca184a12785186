"""Resamplers with wider kernels, and statistics of all the pixels under a target pixel: GDAL's."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.io import MemoryFile
from rasterio.vrt import WarpedVRT

from descartes_flow.geo.crs import is_geographic
from descartes_flow.geo.grid import Grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.io.centres import Centres
from descartes_flow.io.levels import Ratio
from descartes_flow.io.source import BandSource
from descartes_flow.io.windows import Region, Window

WARPED = {
    "cubic": Resampling.cubic,
    "cubicspline": Resampling.cubic_spline,
    "lanczos": Resampling.lanczos,
    "average": Resampling.average,
    "mode": Resampling.mode,
    "max": Resampling.max,
    "min": Resampling.min,
    "med": Resampling.med,
    "q1": Resampling.q1,
    "q3": Resampling.q3,
}
"""Names of resamplers and what rasterio calls them."""

RADIUS = 3
"""Source pixels on either side of a centre that the widest kernel, lanczos, reaches."""

EXACT = 1e-6
"""Error of coordinates in source pixels. GDAL's usual 0.125 would make a window differ from the whole."""


def kernel_region(centres: Centres, ratio: Ratio, rows: int, cols: int) -> Region | None:
    """Source pixels that the kernels of all target pixels reach; None if these all lie outside the image."""
    row, col = centres.row[np.isfinite(centres.row)], centres.col[np.isfinite(centres.col)]
    if not row.size or not col.size:
        return None
    # Kernels grow with the target pixel, whose diagonal may lie along either axis of the source.
    margin = RADIUS * max(1.0, math.hypot(*ratio)) + 1
    top, bottom = math.floor(row.min() - margin), math.ceil(row.max() + margin)
    left, right = math.floor(col.min() - margin), math.ceil(col.max() + margin)
    if top >= rows or left >= cols or bottom <= 0 or right <= 0:
        return None
    return Region(max(top, 0), max(left, 0), min(bottom, rows), min(right, cols))


def warp(
    source: BandSource, window: Window, level: tuple[int, int], grid: Grid, ratio: Ratio, resampling: str
) -> Pixels:
    """Resample a window onto ``grid``; pixels without a value do not count.

    Parameters
    ----------
    source : BandSource
    window : Window
        Pixels of one level that cover `kernel_region`.
    level : tuple of int
        Rows and columns of that level.
    grid : Grid
    ratio : Ratio
        Pixels of the level per target pixel.
    resampling : str
        A name of `WARPED`.
    """
    values = window.data.astype(float)
    if window.hidden is not None:
        values[window.hidden] = np.nan
    place = _transform(source, window.region, level, grid)
    rows, cols = values.shape
    kind = {"dtype": "float64", "nodata": np.nan, "crs": _crs(source.crs), "transform": place}
    target: dict[str, Any] = {
        "crs": _crs(grid.crs),
        "transform": Affine(*grid.transform),
        "width": grid.cols,
        "height": grid.rows,
        "dtype": "float64",
        "nodata": np.nan,
        "resampling": WARPED[resampling],
        "tolerance": EXACT,
        # The width of kernels; left to GDAL, it depends on the window and tiles would not meet.
        "XSCALE": 1 / ratio.x,
        "YSCALE": 1 / ratio.y,
    }
    with MemoryFile() as memory:
        with memory.open(driver="GTiff", width=cols, height=rows, count=1, **kind) as stored:
            stored.write(values, 1)
        with memory.open(driver="GTiff") as stored, WarpedVRT(stored, **target) as warped:
            data = warped.read(1)
    hidden = np.isnan(data)
    return Pixels(data, hidden if hidden.any() else None)


def _transform(source: BandSource, region: Region, level: tuple[int, int], grid: Grid) -> Affine:
    """Affine of a region's own pixels."""
    across, down = source.cols / level[1], source.rows / level[0]
    a, b, c, d, e, f = source.transform
    x, y = region.left * across, region.top * down
    c, f = c + a * x + b * y, f + d * x + e * y
    a, b, d, e = a * across, b * down, d * across, e * down
    if is_geographic(source.crs):
        # Longitudes repeat, but not for GDAL: it projects to -180 .. 180, or within a CRS not at all.
        middle = c + (a * region.shape[1] + b * region.shape[0]) / 2
        wanted = grid.bounds.centre[0] if is_geographic(grid.crs) else 0.0
        c -= 360 * round((middle - wanted) / 360)
    return Affine(a, b, c, d, e, f)


@lru_cache(maxsize=256)
def _crs(text: str) -> Any:
    return CRS.from_user_input(text)
