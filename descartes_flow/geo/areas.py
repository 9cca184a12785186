"""Areas of interest: polygons in longitude and latitude, as plain GeoJSON."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from descartes_flow.errors import ContextError
from descartes_flow.geo.cutlines import geometry_text, read_geometry


def read_area(value: object, where: str = "aoi=") -> dict[str, Any]:
    """A polygon or several as a GeoJSON geometry.

    Parameters
    ----------
    value : mapping or object with ``__geo_interface__``
        A Polygon or MultiPolygon, a Feature with one, or a FeatureCollection of such, which are made one.
        Coordinates are longitudes and latitudes, degrees (WGS84).
    where : str
        Call and argument, for the error.

    Returns
    -------
    dict
        Of type Polygon or MultiPolygon. What crosses itself is repaired; what lies beyond 180 degrees is on
        the other side of the antimeridian.

    Raises
    ------
    ContextError
        If this is no such geometry, a ring is not closed, or it has no area.

    Examples
    --------
    >>> ring = [[15, 45], [16, 45], [16, 46], [15, 45]]
    >>> read_area({"type": "Polygon", "coordinates": [ring]})["coordinates"][0][0]
    [15.0, 45.0]
    """
    geometry = read_geometry(value, where)
    geojson = getattr(value, "__geo_interface__", value)
    if isinstance(geojson, Mapping):
        for ring in _rings(geojson):
            if list(ring[0]) != list(ring[-1]):
                raise ContextError(
                    f"{where}: expected closed rings, whose last point is the first, got one from "
                    f"{list(ring[0])} to {list(ring[-1])}"
                )
    if isinstance(geometry, shapely.GeometryCollection):
        geometry = shapely.union_all([part for part in geometry.geoms if not part.is_empty])
    if not isinstance(geometry, (shapely.Polygon, shapely.MultiPolygon)) or geometry.area == 0:
        raise ContextError(
            f"{where}: expected a Polygon or MultiPolygon with an area, got {_told(geojson, geometry)}; "
            "make a line or a point an area with shapely's buffer"
        )
    area: dict[str, Any] = json.loads(geometry_text(geometry))
    return area


def _rings(geojson: Mapping[str, Any]) -> Iterator[Any]:
    """The rings of a GeoJSON mapping that `read_geometry` can read."""
    parts = (*(geojson.get("features") or ()), *(geojson.get("geometries") or ()), geojson.get("geometry"))
    for part in parts:
        if isinstance(part, Mapping):
            yield from _rings(part)
    polygons = {"Polygon": lambda found: [found], "MultiPolygon": list}.get(str(geojson.get("type")))
    for polygon in polygons(geojson.get("coordinates") or ()) if polygons else ():
        yield from (ring for ring in polygon if len(ring))


def _told(geojson: object, geometry: BaseGeometry) -> str:
    kind = geojson.get("type") if isinstance(geojson, Mapping) else geometry.geom_type
    return f"a {kind} within {geometry.bounds}"
