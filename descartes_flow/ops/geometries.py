"""What is made of geometries and measured on them; coordinates are lon, lat (WGS84)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any as AnyValue

import descartes_flow.geo as geo

from ..geo.features import FeatureResult, GeometryCollectionResult, vector
from ..types import Feature, Float, Geometry, GeometryCollection, Int, Same, Str, Tuple
from .registry import operation


@operation("buffer", on=Geometry, method="buffer", named=("crs",))
def buffer(self: Geometry, distance: Float | Int, crs: Str | None = None) -> Same:
    """What lies within a distance.

    Parameters
    ----------
    distance : float
        In decimal degrees; with `crs` in units of that CRS. Negative: what lies deeper inside than that.
    crs : str, optional
        ``"utm"`` for metres in the UTM zone of the middle of the geometry; or an EPSG code, a PROJ string or
        WKT.

    Returns
    -------
    Geometry
        A polygon, or several; a quarter of a circle has 16 pieces.

    Raises
    ------
    JobInvalid
        When computed, if it would reach over a pole, or beyond where the CRS is defined.

    Examples
    --------
    >>> from descartes_flow import Geometry
    >>> Geometry("Point", [0, 0]).buffer(1).bounds().compute()
    (-1.0, -1.0, 1.0, 1.0)
    >>> round(Geometry("Point", [15, 0]).buffer(100, crs="utm").area().compute())
    31391
    """
    ...


@operation("buffer", on=Feature, method="buffer", named=("crs",))
def buffer_feature(self: Feature, distance: Float | Int, crs: Str | None = None) -> Same:
    """The feature with what lies within a distance of its geometry; see `Geometry.buffer`.

    One without a geometry stays as it is.

    Examples
    --------
    >>> Feature({"type": "Point", "coordinates": [0, 0]}, {"foo": 1}).buffer(1).geometry.bounds().compute()
    (-1.0, -1.0, 1.0, 1.0)
    """
    ...


@operation("buffer", on=GeometryCollection, method="buffer", named=("crs",))
def buffer_collection(self: GeometryCollection, distance: Float | Int, crs: Str | None = None) -> Geometry:
    """What lies within a distance of the box around all geometries; see `Geometry.buffer`.

    Examples
    --------
    >>> corners = [Geometry("Point", [0, 0]), Geometry("Point", [2, 1])]
    >>> GeometryCollection(corners).buffer(1).bounds().compute()
    (-1.0, -1.0, 3.0, 2.0)
    """
    ...


@buffer.value
def _buffer(value: AnyValue, distance: float, crs: str | None = None) -> AnyValue:
    value = vector(value)
    if isinstance(value, FeatureResult):
        place = value.geometry
        return value if place is None else replace(value, geometry=_buffer(place, distance, crs))
    shape = geo.shapes.sound_shape(value)
    if isinstance(value, GeometryCollectionResult):
        shape = (shape if crs is None else geo.shapes.joined(shape)).envelope
    return geo.shapes.value_of(geo.shapes.buffered(shape, distance, crs))


@operation("area", on=Geometry)
def area(self: Geometry) -> Float:
    """Square metres of its polygons, on the ellipsoid of WGS84; 0 for points and lines.

    Edges are straight in lon, lat.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> round(Geometry.from_geo_interface(box(15, 0, 16, 1)).area().compute() / 1e6)
    12308
    """
    ...


@area.value
def _area(value: AnyValue) -> float:
    return geo.shapes.area(vector(value))


@operation("centroid", on=Geometry)
def centroid(self: Geometry) -> Geometry:
    """The centre of mass in degrees, as a Point.

    Examples
    --------
    >>> Geometry("LineString", [[0, 0], [2, 4]]).centroid().compute()
    GeometryResult(type=Point, coordinates=[1.0, 2.0])
    """
    ...


@centroid.value
def _centroid(value: AnyValue) -> AnyValue:
    return geo.shapes.value_of(geo.shapes.middle(vector(value)))


@operation("bounds", on=Geometry)
def bounds(self: Geometry) -> Tuple[Float, Float, Float, Float]:
    """``(min_lon, min_lat, max_lon, max_lat)``; NaN for an empty geometry.

    Examples
    --------
    >>> Geometry("LineString", [[0, 0], [2, 4]]).bounds().compute()
    (0.0, 0.0, 2.0, 4.0)
    """
    ...


@bounds.value
def _bounds(value: AnyValue) -> tuple[float, ...]:
    return tuple(map(float, vector(value).shapely.bounds))


@operation("intersection", on=Geometry)
def intersection(self: Geometry, other: Geometry) -> Geometry:
    """What lies in both, with straight edges in degrees.

    Parameters
    ----------
    other : Geometry

    Returns
    -------
    Geometry
        Without coordinates where they do not meet; computed to a GeometryCollectionResult where parts of
        several kinds are left.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> Geometry.from_geo_interface(box(0, 0, 2, 2)).intersection(box(1, 1, 3, 3)).bounds().compute()
    (1.0, 1.0, 2.0, 2.0)
    """
    ...


@intersection.value
def _intersection(value: AnyValue, other: AnyValue) -> AnyValue:
    mine, others = (geo.shapes.sound_shape(vector(shape)) for shape in (value, other))
    return geo.shapes.value_of(mine.intersection(others))


@operation("simplify", on=Geometry)
def simplify(self: Geometry, tolerance: Float | Int) -> Geometry:
    """The geometry with fewer points, none of them further off than a distance (Douglas-Peucker).

    Parameters
    ----------
    tolerance : float
        In decimal degrees.

    Examples
    --------
    >>> Geometry("LineString", [[0, 0], [1, 0.01], [2, 0]]).simplify(0.1).coordinates.compute()
    [[0.0, 0.0], [2.0, 0.0]]
    """
    ...


@simplify.value
def _simplify(value: AnyValue, tolerance: float) -> AnyValue:
    if not tolerance >= 0:
        raise ValueError(f"simplify(tolerance=): expected degrees, 0 or more, got {tolerance!r}")
    return geo.shapes.value_of(vector(value).shapely.simplify(tolerance))


for _declared in (area, centroid, bounds, intersection, simplify):
    operation(_declared.operation.name, on=GeometryCollection)(_declared.function)
