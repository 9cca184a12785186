"""Where the pixels of a grid lie in a source's CRS: exact on a coarse lattice, bilinear between its nodes.

The exact transform of 256 x 256 points takes longer than everything else that a map tile needs; that of the
few nodes does not. The nodes lie on *absolute* pixels: pixel numbers counted from the origin of the CRS at
the grid's resolution. They never depend on where a window begins, so that any block gets bit for bit the
coordinates of the whole, and neighbouring tiles those of the area that they tile.
"""

import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import cachetools
import numpy as np
from numpy.typing import NDArray

from descartes_flow.geo.crs import normalise_crs, project
from descartes_flow.geo.grid import Grid

CELL = 256
"""Pixels along a side of a cell, the unit for which the spacing of the nodes is chosen and kept."""

COARSEST = 64
"""Widest spacing of nodes, in pixels; tried first and halved until the error is small enough."""

PHASE_STEPS = 2**20
"""Sub-pixel positions of a grid that are told apart: rounding noise must not make two lattices of one."""

CACHE_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Coordinates:
    """Pixel centres of a grid in a source's CRS, NaN where that CRS does not reach.

    Separable coordinates are two axes, `x` of shape ``(cols,)`` and `y` of shape ``(rows,)``; others are two
    arrays of shape ``(rows, cols)``.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    separable: bool

    def full(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """``(x, y)``, both of shape ``(rows, cols)``; read-only views where separable."""
        if not self.separable:
            return self.x, self.y
        shape = self.y.size, self.x.size
        return np.broadcast_to(self.x, shape), np.broadcast_to(self.y[:, None], shape)


def source_coordinates(grid: Grid, source_crs: str, tolerance: float) -> Coordinates:
    """Centres of the pixels of `grid` in `source_crs`.

    Parameters
    ----------
    grid : Grid
        The target pixels.
    source_crs : str
        CRS of the source.
    tolerance : float
        Largest error allowed, in units of `source_crs`; about 0.02 source pixels leaves values alone. It is
        checked half-way between the nodes, where a bilinear surface errs most, and nodes are then set twice
        as densely as the check asked for.

    Returns
    -------
    Coordinates
        Separable and exact if the CRSs are equal.

    Raises
    ------
    ValueError
        If `tolerance` is not above 0.
    ContextError
        If `source_crs` is no CRS.

    Examples
    --------
    >>> from descartes_flow.geo import Tile, tile_grid
    >>> tile = tile_grid(Tile(x=8919, y=5824, z=14))
    >>> there = source_coordinates(tile, "EPSG:32633", tolerance=0.2)
    >>> there.x.shape, round(float(there.x[0, 0])), round(float(there.y[0, 0]))
    ((256, 256), 575332, 5102642)
    """
    if not tolerance > 0:
        raise ValueError(f"source_coordinates(tolerance=): expected a number above 0, got {tolerance!r}")
    source_crs = normalise_crs(source_crs, "source_coordinates(source_crs=)")
    if source_crs == grid.crs:
        return Coordinates(grid.centre_x(), grid.centre_y(), separable=True)
    first_col, x_phase = counted_from_origin(grid.left, grid.xres)
    first_row, y_phase = counted_from_origin(-grid.top, grid.yres)
    lattice = _Lattice(grid.crs, source_crs, grid.xres, grid.yres, x_phase, y_phase, tolerance)
    return _assembled(lattice, first_row + grid.row_off, first_col + grid.col_off, grid.shape)


def clear_lattices() -> None:
    """Forget the nodes that are kept between calls."""
    with _lock:
        _kept.clear()


@dataclass(frozen=True, slots=True)
class _Lattice:
    """All pixels of a CRS at one resolution and sub-pixel position, and where they are to be projected."""

    crs: str
    source_crs: str
    xres: float
    yres: float
    x_phase: float
    y_phase: float
    tolerance: float

    def exact(self, cell: tuple[int, int], spacing: int) -> NDArray[np.float64]:
        """Centres of each `spacing`-th pixel of a cell and the first of the next, ``(2, n, n)``: x and y."""
        steps = np.arange(0, CELL + 1, spacing) + 0.5
        x, y = np.meshgrid(
            (cell[1] * CELL + steps + self.x_phase) * self.xres,
            -(cell[0] * CELL + steps + self.y_phase) * self.yres,
        )
        return np.stack(project(x, y, self.crs, self.source_crs))


_kept: cachetools.LRUCache[tuple[_Lattice, tuple[int, int]], NDArray[np.float64]] = cachetools.LRUCache(
    maxsize=CACHE_BYTES, getsizeof=lambda nodes: nodes.nbytes
)
_lock = threading.Lock()


def counted_from_origin(corner: float, edge: float) -> tuple[int, float]:
    """Number of the pixel that begins at `corner`, from the CRS's origin, and the fraction left over."""
    position = round(corner / edge * PHASE_STEPS) / PHASE_STEPS
    first = math.floor(position)
    return first, position - first


def _assembled(lattice: _Lattice, row: int, col: int, shape: tuple[int, int]) -> Coordinates:
    """Coordinates of the pixels from (`row`, `col`) of the lattice on, cell by cell."""
    xy = np.empty((2, *shape))
    for cell_row, rows in cell_pieces(row, shape[0]):
        for cell_col, cols in cell_pieces(col, shape[1]):
            top, left = cell_row * CELL + rows.start - row, cell_col * CELL + cols.start - col
            piece = xy[:, top : top + len(rows), left : left + len(cols)]
            nodes = _nodes(lattice, (cell_row, cell_col))
            _spread(nodes, CELL // (nodes.shape[1] - 1), rows, cols, piece)
    return Coordinates(xy[0], xy[1], separable=False)


def cell_pieces(start: int, length: int) -> Iterator[tuple[int, range]]:
    """Cells that ``start .. start + length`` meets, and the pixels of each that it needs."""
    for cell in range(start // CELL, (start + length - 1) // CELL + 1):
        origin = cell * CELL
        yield cell, range(max(start - origin, 0), min(start + length - origin, CELL))


def _nodes(lattice: _Lattice, cell: tuple[int, int]) -> NDArray[np.float64]:
    """Nodes of a cell, kept from call to call; two threads may make the same ones, which does no harm."""
    with _lock:
        nodes = _kept.get((lattice, cell))
    if nodes is None:
        nodes = _dense_enough(lattice, cell)
        with _lock:
            _kept[lattice, cell] = nodes
    return nodes


def _dense_enough(lattice: _Lattice, cell: tuple[int, int]) -> NDArray[np.float64]:
    spacing = COARSEST
    nodes = lattice.exact(cell, spacing)
    while spacing > 1:
        spacing //= 2
        coarse, nodes = nodes, lattice.exact(cell, spacing)
        if _agrees(coarse, nodes, lattice.tolerance):
            break
    return nodes


def _agrees(coarse: NDArray[np.float64], fine: NDArray[np.float64], tolerance: float) -> bool:
    """Whether `coarse` foretells `fine`; where a CRS ends within a cell, every pixel needs its own node."""
    finite = np.isfinite(fine)
    if not finite.all():
        return not finite.any()
    pixels = range(fine.shape[1] - 1)
    foretold = np.empty((2, len(pixels), len(pixels)))
    _spread(coarse, 2, pixels, pixels, foretold)
    return bool(np.abs(foretold - fine[:, :-1, :-1]).max() <= tolerance)


def _spread(
    nodes: NDArray[np.float64], spacing: int, rows: range, cols: range, out: NDArray[np.float64]
) -> None:
    """Write to `out` pixels `rows` x `cols` of the bilinear surface through nodes `spacing` pixels apart.

    Each pixel is computed from its four nodes by the same operations, whatever else is asked for. A strip of
    pixels between two rows of nodes at a time, so that what is computed stays in the processor's caches.
    """
    if spacing == 1:
        out[...] = nodes[:, rows.start : rows.stop, cols.start : cols.stop]
        return
    there = np.arange(spacing) / spacing
    across = nodes[:, :, :-1, None] + np.diff(nodes, axis=2)[..., None] * there
    across = across.reshape(2, nodes.shape[1], -1)[:, :, cols.start : cols.stop]
    down = np.diff(across, axis=1)
    for above in range(rows.start // spacing, (rows.stop - 1) // spacing + 1):
        top = above * spacing
        first, last = max(rows.start, top), min(rows.stop, top + spacing)
        strip = out[:, first - rows.start : last - rows.start]
        np.multiply(down[:, above, None], there[first - top : last - top, None], out=strip)
        strip += across[:, above, None]
