"""Cutlines: reading a user's geometry, and the pixels that it hides."""

import functools
import json
import math
import reprlib
import threading
from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import geometry_mask
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from descartes_flow.errors import ContextError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.crs import metres_per_unit, project
from descartes_flow.geo.earth import EARTH_RADIUS, LONLAT
from descartes_flow.geo.footprints import fold_longitudes
from descartes_flow.geo.grid import Grid

Shape = TypeVar("Shape", BaseGeometry, NDArray[np.object_])

BURNING = threading.Lock()
"""Held around rasterio.features: it silences a warning of its own for the whole process, which another thread
would undo."""

CHORD_ERROR = 0.02
"""Pixels by which a straight piece of a cutline may miss the curve it stands for, at middle latitudes."""


_UNREADABLE = (
    ShapelyError,
    *(AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError),
)
"""What reading something else than a geometry may raise."""


def read_geometry(value: object, where: str = "geometry=") -> BaseGeometry:
    """The geometry of a GeoJSON mapping, or of an object with ``__geo_interface__``.

    Features and collections of features give their geometries; coordinates are WGS84 longitude, latitude.
    Parts beyond 180 degrees come back on the other side of the antimeridian; polygons that cross themselves
    are repaired.

    Raises
    ------
    ContextError
        If this is no geometry, is empty, or lies outside latitudes -90 .. 90.

    Examples
    --------
    >>> read_geometry({"type": "Point", "coordinates": [15.9, 45.8]})
    <POINT (15.9 45.8)>
    """
    try:
        geometry = (
            value if isinstance(value, BaseGeometry) else _shaped(getattr(value, "__geo_interface__", value))
        )
    except _UNREADABLE as error:
        raise ContextError(
            f"{where}: expected a GeoJSON geometry or an object with __geo_interface__, "
            f"got {reprlib.repr(value)[:200]} ({error})"
        ) from error
    if geometry.is_empty:
        raise ContextError(
            f"{where}: expected a geometry with coordinates, got an empty {geometry.geom_type}"
        )
    coordinates = shapely.get_coordinates(geometry)
    if not np.isfinite(coordinates).all() or np.abs(coordinates[:, 1]).max() > 90:
        raise ContextError(
            f"{where}: expected longitudes and latitudes in degrees (WGS84), got bounds {geometry.bounds}; "
            "reproject it to EPSG:4326 first"
        )
    geometry = shapely.force_2d(_without_empty_parts(geometry))
    return fold_longitudes(geometry if geometry.is_valid else shapely.make_valid(geometry))


def _shaped(geojson: object) -> BaseGeometry:
    if not isinstance(geojson, Mapping):
        raise TypeError("not a mapping")
    if geojson["type"] == "FeatureCollection":
        return shapely.GeometryCollection([_shaped(feature) for feature in geojson["features"]])
    if geojson["type"] == "Feature":
        return _shaped(geojson["geometry"])
    return shape(dict(geojson))


def _without_empty_parts(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry without parts that are nowhere: GEOS 3.13 ends the process where it densifies such."""
    if not hasattr(geometry, "geoms"):
        return geometry
    kept = [_without_empty_parts(part) for part in geometry.geoms if not part.is_empty]
    return type(geometry)(kept)  # type: ignore[call-arg]  # all kinds with parts are made of a list of them


def geometry_text(geometry: BaseGeometry) -> str:
    """GeoJSON text of a geometry, equal for equal geometries and exact to the last bit."""
    return json.dumps(mapping(geometry), separators=(",", ":"))


def hidden(cutline: str, grid: Grid) -> NDArray[np.bool_] | None:
    """Pixels of `grid` outside `cutline` (True), shape ``(rows, cols)``; None where it hides none.

    See `Grid.cutline_mask`. Edges of the cutline are straight in longitude and latitude, as GeoJSON says, and
    so bend on the grid.
    """
    step = chord(min(grid.xres, grid.yres) * metres_per_unit(grid.crs))
    near = shapely.intersection(_densified(cutline, step), surroundings(grid, step))
    mask = np.ones(grid.shape, dtype=bool)
    if not near.is_empty:
        # the clip's own edges are new and long; pieces of the cutline are short already and stay as they are
        shown = bent(shapely.segmentize(near, step), LONLAT, grid.crs)
        with BURNING:
            mask = geometry_mask([shown], grid.shape, Affine(*grid.transform), all_touched=grid.all_touched)
    return mask if mask.any() else None


def chord(edge: float) -> float:
    """Longest piece of a line, in degrees, that may stay straight on pixels of `edge` metres.

    A chord of length L misses its arc of radius R by about L²/8R.
    """
    return math.degrees(math.sqrt(8 * CHORD_ERROR * edge / EARTH_RADIUS))


def bent(geometry: Shape, source: str, target: str) -> Shape:
    """A geometry, or an array of them, with its points projected from one CRS into another."""
    return shapely.transform(
        geometry, lambda points: np.column_stack(project(points[:, 0], points[:, 1], source, target))
    )


@functools.lru_cache(maxsize=32)
def _densified(cutline: str, step: float) -> BaseGeometry:
    """The whole cutline in short pieces; not cut per block, so that every block burns the same pieces."""
    return shapely.make_valid(shapely.segmentize(shape(json.loads(cutline)), step))


def surroundings(grid: Grid, step: float) -> BaseGeometry:
    """What lies near `grid`, in degrees: points far away may have no place in its CRS.

    Of a line in pieces of at most `step`, each piece that enters the grid lies inside whole, as it does for
    every block.
    """
    left, bottom, right, top = grid.padded(2, 2).lonlat_bounds()
    right += 360.0 * (left > right)
    around = Bounds(left, bottom, right, top).grown(2 * step, 2 * step)
    return fold_longitudes(shapely.box(*around))
