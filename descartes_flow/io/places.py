"""Which source pixels the pixels of a grid are made of.

What is found is kept: the bands of a scene, and scenes on one grid, lie alike under a tile.
"""

import threading
from dataclasses import dataclass
from typing import Any

import cachetools
import numpy as np
import numpy.typing as npt

from descartes_flow.geo.grid import Grid
from descartes_flow.io.centres import Centres, centres
from descartes_flow.io.datasets import Layout
from descartes_flow.io.source import BandSource
from descartes_flow.io.windows import Region

ROUNDING = 1e-7
"""Distance to an edge or a centre, in source pixels, that is taken for none: coordinates are rounded."""

KEPT_BYTES = 32 * 1024 * 1024

Index = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Corners:
    """The four source pixels around each target pixel's centre; arrays have the shape of the grid."""

    upper_left: Index
    """Number of the first of them in the region, counted row by row."""

    down: Floats
    across: Floats
    """How far the centre lies from the centre of that pixel, in 0 .. 1."""

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return self.upper_left.nbytes + self.down.nbytes + self.across.nbytes


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The source pixels of each target pixel; arrays have the shape of the grid and are not to be changed."""

    region: Region
    """All these source pixels and one more on each side, which may lie outside the image."""

    nearest: Index
    """Number of the nearest pixel in the region, counted row by row; of any pixel if outside."""

    outside: Bools | None
    """True where the centre lies outside the image; None if none does."""

    corners: Corners | None
    """Only for bilinear."""

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
    return found if _inside(found, source.rows, source.cols).any() else None


@cachetools.cached(_placed, lambda source, *rest: (_image(source), *rest), _lock)
def place(source: BandSource, grid: Grid, decimation: float, layout: Layout, bilinear: bool) -> Places | None:
    """Source pixels, in a level of this ``layout``, of each pixel of ``grid``; None if there are none."""
    found = locate(source, grid, decimation)
    if found is None:
        return None
    found = found.scaled(layout.rows / source.rows, layout.cols / source.cols)
    inside = _inside(found, layout.rows, layout.cols)
    if not inside.any():
        return None
    row, top, bottom = _limited(nearest_index(found.row), inside)
    col, left, right = _limited(nearest_index(found.col), inside)
    region = Region(top - 1, left - 1, bottom + 2, right + 2)
    nearest = (row - region.top) * region.shape[1] + (col - region.left)
    outside = None if inside.all() else ~inside
    return Places(region, nearest, outside, _corners(found, region, inside.shape) if bilinear else None)


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


def _limited(index: Floats, inside: Bools) -> tuple[Index, int, int]:
    """``index`` as integers within the range of those ``inside``, and that range."""
    used = np.broadcast_to(index, inside.shape)[inside]
    first, last = used.min(), used.max()
    return np.clip(np.nan_to_num(index), first, last).astype(np.intp), int(first), int(last)


def _corners(found: Centres, region: Region, shape: tuple[int, ...]) -> Corners:
    row, down = _lower(found.row, region.top, region.shape[0])
    col, across = _lower(found.col, region.left, region.shape[1])
    upper_left = row * region.shape[1] + col
    return Corners(upper_left, np.broadcast_to(down, shape), np.broadcast_to(across, shape))


def _lower(position: Floats, start: int, count: int) -> tuple[Index, Floats]:
    """Last of ``count`` pixels from ``start`` whose centre is not after a position; the way from there."""
    position = np.nan_to_num(position) - 0.5
    whole = np.round(position)
    position = np.where(np.abs(position - whole) < ROUNDING, whole, position)
    lower = np.floor(position)
    # The way is measured before the start is taken off, which may round: all windows get the same bits.
    return np.clip(lower - start, 0, count - 2).astype(np.intp), position - lower
