"""Which level of a file is read for a target resolution."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from descartes_flow.geo.crs import project
from descartes_flow.geo.grid import Grid
from descartes_flow.io.source import BandSource

ORDER_STATISTICS = frozenset({"min", "max", "mode", "med", "q1", "q3"})
"""Resamplers whose results would change on an averaged overview."""

SLACK = 1e-6
"""How much coarser than the target an overview may be: rounding of coordinates must not decide."""

_SPREAD = (1 / 6, 1 / 2, 5 / 6)


class Ratio(NamedTuple):
    """Source pixels per target pixel along the target's rows (`x`) and columns (`y`)."""

    x: float
    y: float


def choose_level(source: BandSource, grid: Grid, resampling: str) -> int | None:
    """Index of the coarsest overview that is still at least as fine as the target; None = full resolution.

    One level serves a whole image at one target resolution, so blocks and tiles that meet show the same level
    on both sides.
    """
    if not source.safe_overviews and (source.categorical or resampling in ORDER_STATISTICS):
        return None
    finest = min(pixel_ratio(source, grid)) * (1 + SLACK)
    usable = [(factor, index) for index, factor in enumerate(source.overviews) if 1 < factor <= finest]
    return max(usable)[1] if usable else None


def pixel_ratio(source: BandSource, grid: Grid) -> Ratio:
    """How many full resolution pixels of ``source`` one pixel of ``grid`` spans: the finest of nine places.

    The places are spread over the image, not over the grid: a window has the ratio of the whole.
    """
    return _ratio(source.transform, source.rows, source.cols, source.crs, grid.crs, grid.xres, grid.yres)


@lru_cache(maxsize=4096)
def _ratio(
    transform: tuple[float, ...], rows: int, cols: int, crs: str, target: str, xres: float, yres: float
) -> Ratio:
    a, b, c, d, e, f = transform
    across, down = (steps.ravel() for steps in np.meshgrid(_SPREAD, _SPREAD))
    # Each place, its neighbour along the row and its neighbour down the column, one pixel away.
    col = cols * across + np.array([[0.0], [1.0], [0.0]])
    row = rows * down + np.array([[0.0], [0.0], [1.0]])
    x, y = a * col + b * row + c, d * col + e * row + f
    if crs != target:
        x, y = project(x, y, crs, target)
    # Target pixels per source pixel, as a matrix at each place ...
    steps = np.array([x[1:] - x[0], y[1:] - y[0]]) / np.array([xres, yres]).reshape(2, 1, 1)
    area = steps[0, 0] * steps[1, 1] - steps[0, 1] * steps[1, 0]
    usable = np.isfinite(area) & (area != 0)
    if not usable.any():
        return Ratio(1.0, 1.0)  # no part of the image has a place in the target's CRS
    # ... and its inverse: the two columns are the edges of a target pixel in source pixels.
    steps, area = steps[:, :, usable], np.abs(area[usable])
    along_rows = np.hypot(steps[1, 1], steps[1, 0]) / area
    down_columns = np.hypot(steps[0, 1], steps[0, 0]) / area
    return Ratio(float(along_rows.min()), float(down_columns.min()))
