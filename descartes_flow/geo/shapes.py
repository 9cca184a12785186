"""Shapely shapes of geometries and features, and what is measured and made of them."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from descartes_flow.geo.crs import crs_name, normalise_crs, project, utm_crs
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

EQUAL_AREA = "ESRI:54034"
"""A cylindrical projection of WGS84 where all areas are true; meridians and parallels stay straight."""

LONGEST_EDGE = 0.25
"""Degrees of an edge that may stay straight in another CRS: areas are true to a millionth."""


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


def sound_shape(value: Vector) -> BaseGeometry:
    """The shape of a value as it can be measured: what crosses itself is repaired.

    Raises
    ------
    ValueError
        If the coordinates do not suit the type, or are no numbers.
    """
    geometry = shape_of(value)
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise ValueError(f"coordinates must be finite numbers, got {str(value)[:200]}")
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


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
    whole = joined(read_geometry(geometry, "buffer()"))
    middle = whole.centroid
    target = utm_crs(middle.x, middle.y) if crs == UTM else normalise_crs(crs, "buffer(crs=)")
    if whole.bounds[2] > 180 and _is_torn(target, middle.y):
        raise ValueError(
            f"buffer(crs=): the geometry lies across the antimeridian, where {crs_name(target)} is torn; "
            "choose crs='utm'"
        )
    grown = bent(shapely.segmentize(whole, LONGEST_EDGE), LONLAT, target).buffer(distance)
    x, y = shapely.get_coordinates(grown).T
    if np.isfinite(np.stack(project(x, y, target, LONLAT))).all():
        around = _beside(bent(grown, target, LONLAT), middle.x)
        if not _goes_round(around):
            return fold_longitudes(around)
    raise ValueError(
        f"buffer(distance={distance:g}) reaches over a pole, round the earth, or further than "
        f"{crs_name(target)} goes; choose a smaller distance"
    )


def joined(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry in -180 .. 180 degrees whose parts beside the antimeridian are one, up to 360 degrees east.

    A part across the meridian of Greenwich stays where it is, and so do all others then.
    """
    left, _, right, _ = geometry.bounds
    parts = shapely.bounds(shapely.get_parts(shapely.get_parts(geometry)))  # of collections their members'
    is_cut = right - left > 180 and not ((parts[:, 0] < 0) & (parts[:, 2] > 0)).any()
    return shapely.union_all(_beside(geometry, 180.0)) if is_cut else geometry


def _goes_round(polygons: BaseGeometry) -> bool:
    """Whether an outline jumps from one side of the earth to the other."""
    rings = shapely.get_exterior_ring(shapely.get_parts(polygons))
    points, owners = shapely.get_coordinates(rings, return_index=True)
    return bool((np.abs(np.diff(points[:, 0]))[np.diff(owners) == 0] > 180).any())


def _is_torn(crs: str, latitude: float) -> bool:
    """Whether the two sides of the antimeridian lie far apart in a CRS."""
    sides = np.column_stack(project([180 - 1e-9, 180 + 1e-9], [latitude] * 2, LONLAT, crs))
    return bool(np.abs(np.diff(sides, axis=0)).max() > 1)


def _beside(geometry: BaseGeometry, longitude: float) -> BaseGeometry:
    """A geometry with its longitudes less than half a turn from `longitude`, though beyond 180 degrees."""

    def turned(points: NDArray[np.float64]) -> NDArray[np.float64]:
        turns = np.round((points[:, 0] - longitude) / 360)  # whole ones, so that -180 becomes 180 exactly
        return np.column_stack([points[:, 0] - 360 * turns, points[:, 1]])

    return shapely.transform(geometry, turned)


def middle(value: Vector) -> BaseGeometry:
    """The centre of mass of a value in degrees; of parts beside the antimeridian that of the whole."""
    centre = joined(sound_shape(value)).centroid
    return centre if centre.is_empty else fold_longitudes(centre)


def area(value: Vector) -> float:
    """Square metres of the polygons of a value, on the ellipsoid of WGS84.

    Edges are straight in longitude and latitude, as GeoJSON says.

    Raises
    ------
    ContextError
        If the coordinates are not longitudes and latitudes.
    """
    geometry = shape_of(value)
    if geometry.is_empty:
        return 0.0
    pieces = shapely.segmentize(read_geometry(geometry, "area()"), LONGEST_EDGE)
    return float(bent(pieces, LONLAT, normalise_crs(EQUAL_AREA)).area)


def burnable(value: Vector, where: str) -> bytes | None:
    """A geometry as `burning.burnt` takes it; None if it is empty.

    Raises
    ------
    ContextError
        If the coordinates are not longitudes and latitudes.
    """
    geometry = shape_of(value)
    return None if geometry.is_empty else shapely.to_wkb(read_geometry(geometry, where))
