"""Burning: the pixels that geometries cover.

Coordinates are counted in pixels from the origin of the CRS and rounded to a millionth of a pixel, and GDAL
burns in cells of 256 x 256 pixels that begin at multiples of 256 there. Neither depends on where a window
begins: blocks get bit for bit what the whole gets, and map tiles what the area that they tile gets.
"""

import functools
import math

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import rasterize

from descartes_flow.errors import ContextError
from descartes_flow.geo.crs import crs_name, metres_per_unit, project
from descartes_flow.geo.cutlines import BURNING, chord, surroundings
from descartes_flow.geo.earth import LONLAT
from descartes_flow.geo.grid import Grid
from descartes_flow.geo.lattice import CELL, PHASE_STEPS, cell_pieces, counted_from_origin
from descartes_flow.geo.pixels import Pixels

FRAME = Affine.translation(CELL, CELL)
"""Where a cell lies for GDAL: rasterio warns of pixels at the origin, as if they had no place."""

Shapes = NDArray[np.object_]


def burnt(shapes: tuple[bytes, ...], values: tuple[float, ...], add: bool, grid: Grid) -> Pixels:
    """The values of geometries in the pixels that they cover.

    A polygon covers the pixels whose centre lies inside, a line those that it runs through, a point the one
    that holds it; with ``grid.all_touched`` all of them whatever pixel they touch. A geometry counts once in
    a pixel, however often it covers it.

    Parameters
    ----------
    shapes : tuple of bytes
        Valid geometries in WGS84 as WKB, within -180 .. 180 degrees east.
    values : tuple of float
        One for each.
    add : bool
        True: values are added up where geometries overlap. False: the last one counts.
    grid : Grid

    Returns
    -------
    Pixels
        Float64 and mask of shape ``(rows, cols)``; 0 and hidden where nothing lies, and hidden where the
        value is no number.
    """
    data, hidden = np.zeros(grid.shape), np.ones(grid.shape, bool)
    placed, owners = _placed(shapes, grid)
    if len(placed):
        numbers = np.asarray(values, float)[owners]
        row, col = _first_pixel(grid)
        for cell_row, rows in cell_pieces(row, grid.rows):
            for cell_col, cols in cell_pieces(col, grid.cols):
                top, left = cell_row * CELL + rows.start - row, cell_col * CELL + cols.start - col
                window = np.s_[top : top + len(rows), left : left + len(cols)]
                part = np.s_[rows.start : rows.stop, cols.start : cols.stop]
                found, covered = _cell(placed, numbers, (cell_col, cell_row), add, grid.all_touched)
                data[window], hidden[window] = found[part], ~covered[part]
    return Pixels(data, hidden | np.isnan(data))


def _first_pixel(grid: Grid) -> tuple[int, int]:
    """Row and column of the window's first pixel, counted from the origin of the CRS."""
    row, _ = counted_from_origin(-grid.top, grid.yres)
    col, _ = counted_from_origin(grid.left, grid.xres)
    return row + grid.row_off, col + grid.col_off


def _placed(shapes: tuple[bytes, ...], grid: Grid) -> tuple[Shapes, NDArray[np.intp]]:
    """What of the geometries lies near the grid, in pixels from the origin; and the number of each."""
    step = chord(min(grid.xres, grid.yres) * metres_per_unit(grid.crs))
    pieces = _densified(shapes, step)
    around = surroundings(grid, step)
    shapely.prepare(around)  # not the pieces: blocks on other threads ask them too, which GEOS does not stand
    owners = np.flatnonzero(shapely.intersects(around, pieces))
    # the clip's own edges are new and long; pieces of the geometry are short already and stay as they are
    near = shapely.segmentize(shapely.intersection(pieces[owners], around), step)
    _, x_phase = counted_from_origin(grid.left, grid.xres)
    _, y_phase = counted_from_origin(-grid.top, grid.yres)

    def in_pixels(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = project(points[:, 0], points[:, 1], LONLAT, grid.crs)
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            raise ContextError(
                f"a geometry reaches beyond the area where the crs {crs_name(grid.crs)} is defined; "
                "choose another crs or a smaller area"
            )
        pixels = np.column_stack([x / grid.xres - x_phase, -y / grid.yres - y_phase])
        return np.round(pixels * PHASE_STEPS) / PHASE_STEPS

    return shapely.transform(near, in_pixels), owners


@functools.lru_cache(maxsize=32)
def _densified(shapes: tuple[bytes, ...], step: float) -> Shapes:
    """The whole geometries in short pieces; not cut per block, so that every block burns the same pieces."""
    pieces: Shapes = shapely.segmentize(shapely.from_wkb(np.asarray(shapes, object)), step)
    return pieces


def _cell(
    shapes: Shapes, values: NDArray[np.float64], cell: tuple[int, int], add: bool, all_touched: bool
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Values of one cell, 0 where nothing lies, and whether something does; `cell` is (column, row)."""
    total, covered = np.zeros((CELL, CELL)), np.zeros((CELL, CELL), bool)
    bounds = shapely.bounds(shapes) - CELL * np.tile(cell, 2)
    meets = np.flatnonzero((bounds[:, :2] <= CELL).all(axis=1) & (bounds[:, 2:] >= 0).all(axis=1))
    if not len(meets):
        return total, covered
    if add:  # many points of a map far out lie in one pixel: they need no layer each
        alone = _in_one_pixel(shapes[meets], bounds[meets], all_touched)
        col, row = np.floor(bounds[meets[alone], :2]).astype(int).T
        here = (col >= 0) & (col < CELL) & (row >= 0) & (row < CELL)
        np.add.at(total, (row[here], col[here]), values[meets[alone][here]])
        covered[row[here], col[here]] = True
        meets = meets[~alone]
    inside = shapely.transform(shapes[meets], lambda points: points - CELL * (np.asarray(cell) - 1))
    layers = _layers(bounds[meets]) if add else np.zeros(len(meets), int)
    for layer in range(layers.max(initial=-1) + 1):
        chosen = np.flatnonzero(layers == layer)
        burning = [(inside[number], int(number) + 1) for number in chosen]
        with BURNING:
            index = rasterize(burning, (CELL, CELL), transform=FRAME, all_touched=all_touched, dtype="int32")
        hit = index > 0
        covered |= hit
        total[hit] += values[meets[index[hit] - 1]]
    return total, covered


def _in_one_pixel(shapes: Shapes, bounds: NDArray[np.float64], all_touched: bool) -> NDArray[np.bool_]:
    """Which geometries cover the pixel that holds them, and no other.

    Not those of several parts: what is near a block can be less than what is near the whole, and the order in
    which values are added must be the same.
    """
    first = np.floor(bounds[:, :2])
    is_held = (first == np.floor(bounds[:, 2:])).all(axis=1)
    # on the edge of two pixels the way in which a line runs could decide; a polygon may miss the centre
    is_within = (bounds[:, :2] > first).all(axis=1)
    kinds = shapely.get_type_id(shapes)
    is_simple = kinds == shapely.GeometryType.LINESTRING
    if all_touched:
        is_simple |= kinds == shapely.GeometryType.POLYGON
    found: NDArray[np.bool_] = is_held & ((kinds == shapely.GeometryType.POINT) | (is_simple & is_within))
    return found


def _layers(bounds: NDArray[np.float64]) -> NDArray[np.intp]:
    """For each geometry a layer above those of all before it that it may overlap.

    What lies in one layer does not overlap and is burnt at once, and values are added in their order.
    """
    depth = np.zeros((CELL, CELL), int)
    layers = np.zeros(len(bounds), int)
    for number, (left, top, right, bottom) in enumerate(bounds):
        window = np.s_[_pixels(top, bottom), _pixels(left, right)]
        layers[number] = depth[window].max(initial=0)
        depth[window] = layers[number] + 1
    return layers


def _pixels(start: float, stop: float) -> slice:
    """Pixels of a cell from `start` to `stop`, and one more on either side."""
    return slice(max(0, math.floor(start) - 1), max(0, math.floor(stop) + 2))
