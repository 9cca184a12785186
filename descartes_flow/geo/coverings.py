"""Which squares of the UTM zones a geometry meets."""

import math
from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from descartes_flow.geo.cutlines import bent, chord
from descartes_flow.geo.earth import LONLAT


def utm_strips(geometry: BaseGeometry, edge: float) -> Iterator[tuple[int, BaseGeometry]]:
    """Zone by zone eastward, the part of a WGS84 geometry in its 6 degrees, in metres of the northern CRS.

    What lies on the border of two zones belongs to the eastern one. `edge` is the edge of a pixel in metres,
    by which curves are drawn finely enough.
    """
    geometry = shapely.segmentize(geometry, chord(edge))
    for zone in range(1, 61):
        west = -180 + 6 * (zone - 1)
        part = geometry.intersection(shapely.box(west, -90, west + 6, 90))
        if shapely.get_dimensions(part) < shapely.get_dimensions(geometry) or part.is_empty:
            continue
        if part.bounds[0] < west + 6 or zone == 60:
            yield zone, bent(part, LONLAT, f"EPSG:{32600 + zone}")


def squares_met(
    geometry: BaseGeometry, origin: float, side: float, margin: float
) -> Iterator[tuple[int, int]]:
    """``(row, column)`` of the squares that a geometry meets, rows from the north, columns from the west.

    Parameters
    ----------
    geometry : shapely geometry
        In metres.
    origin : float
        Where column 0 begins; row 0 begins at y = 0 and rows are numbered northward.
    side : float
        Side of a square.
    margin : float
        Depth to which a polygon must reach into a square, as rounding makes it reach a little into every
        neighbour of its own; less where the polygon is too small for that.
    """
    left, bottom, right, top = geometry.bounds
    margin = min(margin, (right - left) / 4, (top - bottom) / 4)
    columns = np.arange(math.floor((left - origin) / side), math.floor((right - origin) / side) + 1)
    west, east = origin + columns * side + margin, origin + (columns + 1) * side - margin
    shapely.prepare(geometry)
    for row in range(math.floor(top / side), math.floor(bottom / side) - 1, -1):
        south, north = row * side + margin, (row + 1) * side - margin
        squares = shapely.box(west, np.full_like(west, south), east, np.full_like(west, north))
        for column in columns[shapely.intersects(geometry, squares)]:
            yield row, int(column)
