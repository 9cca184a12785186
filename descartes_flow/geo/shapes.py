"""Shapely shapes of geometries and features, and what is measured and made of them."""

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, polygon, shape
from shapely.geometry.base import BaseGeometry

from descartes_flow.geo.crs import geodesic_area, normalise_crs, utm_crs
from descartes_flow.geo.cutlines import bent, read_geometry
from descartes_flow.geo.earth import LONLAT
from descartes_flow.geo.features import (
    FeatureCollectionResult,
    FeatureResult,
    GeometryCollectionResult,
    GeometryResult,
    Vector,
)
from descartes_flow.geo.footprints import fold_longitudes

UTM = "utm"
"""As a crs: the UTM zone of the middle of the geometry."""


def shape_of(value: Vector) -> BaseGeometry:
    """The shape of a value; of features those of their geometries, without what has no place.

    Raises
    ------
    ValueError
        If the coordinates do not suit the type.
    """
    if isinstance(value, FeatureResult):
        return shapely.GeometryCollection() if value.geometry is None else shape_of(value.geometry)
    if isinstance(value, FeatureCollectionResult):
        return shapely.GeometryCollection([shape_of(feature) for feature in value])
    if isinstance(value, GeometryCollectionResult):
        return shapely.GeometryCollection([shape_of(item) for item in value])
    try:
        return shape(value.__geo_interface__)
    except (TypeError, ValueError, IndexError, shapely.errors.ShapelyError) as error:
        raise ValueError(f"these are no coordinates of a geometry: {str(value)[:200]} ({error})") from error


def value_of(geometry: BaseGeometry) -> GeometryResult | GeometryCollectionResult:
    """The plain value of a shape."""
    if isinstance(geometry, shapely.GeometryCollection):
        return GeometryCollectionResult("GeometryCollection", tuple(map(value_of, geometry.geoms)))
    found = mapping(geometry)
    return GeometryResult(found["type"], found["coordinates"])


def buffered(geometry: BaseGeometry, distance: float, crs: str | None) -> BaseGeometry:
    """What lies within `distance` of a geometry in degrees; see `Geometry.buffer`.

    Parameters
    ----------
    crs : str or None
        None: the distance is in degrees. Else in units of this CRS, ``"utm"`` being that of the middle.
    """
    if crs is None or geometry.is_empty:
        return geometry.buffer(distance)
    left, _, right, _ = geometry.bounds
    middle = _beside(geometry, 180.0 if right - left > 180 else (left + right) / 2).centroid
    target = utm_crs(middle.x, middle.y) if crs == UTM else normalise_crs(crs, "buffer(crs=)")
    grown = bent(bent(geometry, LONLAT, target).buffer(distance), target, LONLAT)
    return fold_longitudes(_beside(grown, middle.x))


def _beside(geometry: BaseGeometry, longitude: float) -> BaseGeometry:
    """A geometry with its longitudes less than half a turn from `longitude`, though beyond 180 degrees."""

    def turned(points: NDArray[np.float64]) -> NDArray[np.float64]:
        around = longitude + (points[:, 0] - longitude + 180) % 360 - 180
        return np.column_stack([around, points[:, 1]])

    return shapely.transform(geometry, turned)


def area(geometry: BaseGeometry) -> float:
    """Square metres of the polygons of a geometry in degrees, on the ellipsoid of WGS84."""
    return sum((abs(geodesic_area(polygon.orient(piece))) for piece in _polygons(geometry)), 0.0)


def _polygons(geometry: BaseGeometry) -> Iterator[shapely.Polygon]:
    if isinstance(geometry, shapely.Polygon):
        yield geometry
    for part in getattr(geometry, "geoms", ()):
        yield from _polygons(part)


def burnable(value: Vector, where: str) -> bytes | None:
    """A geometry as `burning.burnt` takes it; None if it is empty.

    Raises
    ------
    ContextError
        If the coordinates are not longitudes and latitudes.
    """
    geometry = shape_of(value)
    return None if geometry.is_empty else shapely.to_wkb(read_geometry(geometry, where))
