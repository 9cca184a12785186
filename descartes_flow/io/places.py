"""Which source pixels the pixels of a grid are made of.

What is found is kept: the bands of a scene, and scenes on one grid, lie alike under a tile.
"""

import threading
from dataclasses import dataclass
from typing import Any

import cachetools
import numpy as np

from descartes_flow import kernels
from descartes_flow.geo.grid import Grid
from descartes_flow.io.centres import Centres, centres
from descartes_flow.io.datasets import Layout
from descartes_flow.io.source import BandSource
from descartes_flow.io.windows import Region
from descartes_flow.kernels.arrays import NO_MASK, Bools, Floats, Index

ROUNDING = 1e-7
"""Distance to an edge or a centre, in source pixels, that is taken for none: coordinates are rounded."""

KEPT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Corners:
    """The four source pixels around each target pixel's centre; arrays are flat, row by row."""

    upper_left: Index
    """Number of the first of them in the region, counted row by row."""

    down: Floats
    across: Floats
    """How far the centre lies from the centre of that pixel, in 0 .. 1."""

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return self.upper_left.nbytes + self.down.nbytes + self.across.nbytes


NO_CORNERS = Corners(np.zeros(0, np.int32), np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The source pixels of each target pixel; arrays are flat, row by row, and not to be changed."""

    region: Region
    """All these source pixels and one more on each side, which may lie outside the image."""

    used: Region
    """Those of them that have any weight."""

    nearest: Index
    """Number of the nearest pixel in the region, counted row by row; of any pixel if outside."""

    outside: Bools | None
    """True where the centre lies outside the image; None if none does."""

    corners: Corners | None
    """Only for bilinear."""

    @property
    def for_loops(self) -> tuple[Any, ...]:
        """What `kernels.gather` wants to know, with empty arrays for what there is not."""
        outside = NO_MASK if self.outside is None else self.outside
        corners = NO_CORNERS if self.corners is None else self.corners
        width = self.region.shape[1]
        return self.nearest, outside, width, corners.upper_left, corners.down, corners.across

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        nearest = self.nearest.nbytes + (0 if self.outside is None else self.outside.nbytes)
        return nearest + (0 if self.corners is None else self.corners.nbytes)


_located: cachetools.LRUCache[Any, Centres | None]
_located = cachetools.LRUCache(KEPT_BYTES, getsizeof=lambda kept: kept.nbytes if kept else 1)
_placed: cachetools.LRUCache[Any, Places | None]
_placed = cachetools.LRUCache(KEPT_BYTES, getsizeof=lambda kept: kept.nbytes if kept else 1)
_lock = threading.Lock()


def _image(source: BandSource) -> tuple[object, ...]:
    """What decides where the pixels of a file lie."""
    return source.crs, source.transform, source.rows, source.cols


@cachetools.cached(_located, lambda source, *rest: (_image(source), *rest), _lock)
def locate(source: BandSource, grid: Grid, decimation: float) -> Centres | None:
    """Pixel centres of ``grid`` in full resolution pixels; None if none lies in the image."""
    found = centres(source, grid, decimation)
    row, col = np.ascontiguousarray(found.row), np.ascontiguousarray(found.col)
    _, (inside, *_) = _found(row, col, source.rows, source.cols)
    return Centres(row, col) if inside else None


@cachetools.cached(_placed, lambda source, *rest: (_image(source), *rest), _lock)
def place(source: BandSource, grid: Grid, decimation: float, layout: Layout, bilinear: bool) -> Places | None:
    """Source pixels, in a level of this ``layout``, of each pixel of ``grid``; None if there are none."""
    found = locate(source, grid, decimation)
    if found is None:
        return None
    found = found.scaled(layout.rows / source.rows, layout.cols / source.cols)
    row, col = np.ascontiguousarray(found.row), np.ascontiguousarray(found.col)
    outside, (inside, *limits) = _found(row, col, layout.rows, layout.cols)
    if not inside:
        return None
    top, bottom, left, right = limits[:4]
    region = Region(top - 1, left - 1, bottom + 2, right + 2)
    top, bottom, left, right = limits[4:] if bilinear else limits[:4]
    nearest, corners = _numbered(row, col, outside, region, bilinear)
    used = Region(top, left, bottom + 1, right + 1)
    return Places(region, used, nearest, outside, corners)


def _found(row: Floats, col: Floats, rows: int, cols: int) -> tuple[Bools | None, tuple[int, ...]]:
    """Which target pixels lie outside, None for none; how many inside, and what else `find_nearest` tells."""
    first, last = np.array([row.min(), col.min()]), np.array([row.max(), col.max()])
    if (nearest_index(first) >= 0).all() and (nearest_index(last) < (rows, cols)).all():  # nor is any NaN
        return None, (row.shape[0] * col.shape[1], *_limits(first, last))
    outside = np.empty(row.shape[0] * col.shape[1], bool)
    compiled = kernels.find_nearest.compiled
    if compiled is not None:
        return outside, compiled(row, col, rows, cols, ROUNDING, outside)
    inside = _inside(Centres(row, col), rows, cols)
    np.logical_not(inside.reshape(-1), out=outside)
    count = int(inside.sum())
    if not count:
        return outside, (0,) * 9
    used = np.stack([np.broadcast_to(axis, inside.shape)[inside] for axis in (row, col)])
    return outside, (count, *_limits(used.min(axis=1), used.max(axis=1)))


def _limits(first: Floats, last: Floats) -> tuple[int, ...]:
    """What positions from `first` to `last`, ``(row, column)``, use: by near, then by bilinear."""
    (top, left), (bottom, right) = nearest_index(first), nearest_index(last)
    above, before = np.floor(first - 0.5 + ROUNDING)
    below, after = np.ceil(last - 0.5 - ROUNDING)
    return tuple(map(int, (top, bottom, left, right, above, below, before, after)))


def _numbered(
    row: Floats, col: Floats, outside: Bools | None, region: Region, bilinear: bool
) -> tuple[Index, Corners | None]:
    """The nearest pixels and, for bilinear, the four around; 0 for pixels outside."""
    rows, cols = region.shape
    size = row.shape[0] * col.shape[1]
    numbers = np.empty((2 if bilinear else 1, size), np.int32)
    ways = np.empty((2, size if bilinear else 0))
    compiled = kernels.number_pixels.compiled
    if compiled is not None:
        where = (region.top, region.left, rows, cols, ROUNDING, bilinear)
        hidden = NO_MASK if outside is None else outside
        compiled(row, col, hidden, *where, numbers[0], numbers[-1], ways[0], ways[1])
    else:
        shown = True if outside is None else ~outside
        numbers[0] = np.where(shown, _nearest(row, col, region), 0)
        if bilinear:
            (r, down), (c, across) = _lower(row, region.top, rows), _lower(col, region.left, cols)
            numbers[1] = np.where(shown, (r * cols + c).reshape(-1), 0)
            for way, found in zip(ways, (down, across), strict=True):
                way[...] = np.where(
                    shown, np.broadcast_to(found, (row.shape[0], col.shape[1])).reshape(-1), 0
                )
    return numbers[0], Corners(numbers[1], ways[0], ways[1]) if bilinear else None


def _nearest(row: Floats, col: Floats, region: Region) -> Any:
    r, c = (np.nan_to_num(nearest_index(axis)) for axis in (row, col))
    return ((r - region.top) * region.shape[1] + (c - region.left)).reshape(-1)


def nearest_index(position: Floats) -> Floats:
    """Pixel whose area holds a position on an axis; the upper left one on an edge.

    Examples
    --------
    >>> nearest_index(np.array([0.5, 1.0, 1.5]))
    array([0., 0., 1.])
    """
    return np.ceil(position - ROUNDING) - 1


def clear_places() -> None:
    """Forget what is kept between calls."""
    with _lock:
        _located.clear()
        _placed.clear()


def _inside(found: Centres, rows: int, cols: int) -> Bools:
    row, col = nearest_index(found.row), nearest_index(found.col)
    return (row >= 0) & (row < rows) & (col >= 0) & (col < cols)


def _lower(position: Floats, start: int, count: int) -> tuple[Any, Floats]:
    """Last of ``count`` pixels from ``start`` whose centre is not after a position; the way from there."""
    position = np.nan_to_num(position) - 0.5
    whole = np.round(position)
    position = np.where(np.abs(position - whole) < ROUNDING, whole, position)
    lower = np.floor(position)
    # The way is measured before the start is taken off, which may round: all windows get the same bits.
    return np.clip(lower - start, 0, count - 2), position - lower
