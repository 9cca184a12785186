"""Footprints as providers and users write them, brought into one form and boxed for the index.

Inside the catalog every footprint lies within -180..180. Where two neighbouring points of a ring are more
than 180 degrees apart, it goes the short way, through the antimeridian: so most providers write such scenes.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.footprints import fold_longitudes

_CLOSE = 1e-9  # degrees; 0.1 mm on the ground

Ring = npt.NDArray[np.float64]


def footprint_of(geometry: object, argument: str) -> BaseGeometry:
    """Shape of a GeoJSON geometry, feature or collection, or of what has a ``__geo_interface__``.

    Parameters
    ----------
    geometry : mapping or object
        Lon/lat, degrees.
    argument : str
        How to call it in an error, for instance ``search(geometry=)``.

    Returns
    -------
    BaseGeometry
        Within -180..180; in several parts where it crosses the antimeridian.

    Raises
    ------
    TypeError, ValueError
        If it is no geometry; the message begins with `argument`.
    """
    mapping = getattr(geometry, "__geo_interface__", geometry)
    if not isinstance(mapping, Mapping):
        raise TypeError(f"{argument}: expected GeoJSON or a geometry, got {type(geometry).__name__}")
    try:
        shape = shapely.union_all([_cut(shapely.geometry.shape(dict(part))) for part in _geometries(mapping)])
    except (
        AttributeError,
        IndexError,
        KeyError,
        TypeError,
        ValueError,
        shapely.errors.ShapelyError,
    ) as error:
        raise ValueError(
            f"{argument}: expected GeoJSON in lon/lat, got {str(mapping)[:200]} ({error})"
        ) from error
    if shape.is_empty:
        raise ValueError(f"{argument}: the geometry is empty, it covers no place")
    return shape


def shape_of_bounds(bounds: Iterable[float], argument: str) -> BaseGeometry:
    """Shape of (west, south, east, north) in degrees; ``west > east`` crosses the antimeridian.

    Raises
    ------
    ValueError
        If these are not four finite numbers with ``south <= north``.

    Examples
    --------
    >>> bounds_of(shape_of_bounds((170, -10, -170, 10), "bounds"))
    Bounds(left=170.0, bottom=-10.0, right=-170.0, top=10.0)
    """
    corners = tuple(bounds)
    if len(corners) != 4 or not all(isinstance(c, (int, float)) and math.isfinite(c) for c in corners):
        raise ValueError(f"{argument}: expected (west, south, east, north) in degrees, got {corners!r}")
    west, south, east, north = corners
    if south > north or max(abs(south), abs(north)) > 90:
        raise ValueError(f"{argument}: expected -90 <= south <= north <= 90, got {south} and {north}")
    if east - west >= 360:
        west, east = -180.0, 180.0
    return fold_longitudes(shapely.box(west, south, east if west <= east else east + 360, north))


def boxes_of(shape: BaseGeometry) -> list[Bounds]:
    """One box around the shape, or one on each side where it crosses the antimeridian."""
    bounds = Bounds(*shape.bounds)
    if bounds.left > -180 + _CLOSE or bounds.right < 180 - _CLOSE:
        return [bounds]
    parts = shapely.get_parts(shape)
    eastern = [part for part in parts if part.bounds[0] >= 0]
    western = [part for part in parts if part.bounds[2] <= 0]
    if not eastern or not western or len(eastern) + len(western) < len(parts):
        return [bounds]
    return [Bounds(*shapely.union_all(side).bounds) for side in (eastern, western)]


def bounds_of(shape: BaseGeometry) -> Bounds:
    """Degrees; ``left > right`` where the shape crosses the antimeridian."""
    boxes = boxes_of(shape)
    bottom, top = min(box.bottom for box in boxes), max(box.top for box in boxes)
    return Bounds(boxes[0].left, bottom, boxes[-1].right, top)


def geojson_of(shape: BaseGeometry) -> dict[str, Any]:
    """GeoJSON of the shape, coordinates as lists, as they come back from JSON."""
    geometry = shapely.geometry.mapping(shape)
    return {"type": geometry["type"], "coordinates": _lists(geometry["coordinates"])}


def _lists(coordinates: Any) -> Any:
    return [_lists(part) for part in coordinates] if isinstance(coordinates, tuple) else coordinates


def _geometries(mapping: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if mapping["type"] == "FeatureCollection":
        return [geometry for feature in mapping["features"] for geometry in _geometries(feature)]
    if mapping["type"] == "Feature":
        return _geometries(mapping["geometry"])
    if mapping["type"] == "GeometryCollection":
        return [geometry for part in mapping["geometries"] for geometry in _geometries(part)]
    return [mapping]


def _cut(shape: BaseGeometry) -> BaseGeometry:
    """The shape within the world; lines and points as they are."""
    if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return shape
    pieces = []
    for polygon in shapely.get_parts(shape):
        holes = [fold_longitudes(_unrolled(np.asarray(ring.coords)[:, :2])) for ring in polygon.interiors]
        whole = fold_longitudes(_unrolled(np.asarray(polygon.exterior.coords)[:, :2]))
        pieces.append(shapely.difference(whole, shapely.union_all(holes)) if holes else whole)
    return shapely.union_all(pieces)


def _unrolled(ring: Ring) -> BaseGeometry:
    """Polygon whose longitudes run on past 180 instead of jumping; closed over the pole if it rings one."""
    steps = np.diff(ring[:, 0])
    # Exactly 360 is no crossing: that is the edge of a layer that covers the whole world.
    crossing = (np.abs(steps) > 180) & (np.abs(steps) < 360 - _CLOSE)
    turns = np.concatenate([[0.0], np.cumsum(np.where(crossing, -360 * np.sign(steps), 0.0))])
    lon, lat = ring[:, 0] + turns, ring[:, 1]
    points = np.column_stack([lon, lat])
    if abs(turns[-1]) > 180:
        pole = math.copysign(90, lat.mean())
        points = np.vstack([points, [[lon[-1], pole], [lon[0], pole]]])
    polygon = shapely.Polygon(points)
    return polygon if polygon.is_valid else shapely.make_valid(polygon)
