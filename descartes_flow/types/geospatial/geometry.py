"""Geometry: a shape in lon, lat (WGS84)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import ClassVar, Self

from ...errors import ProxyTypeError
from ...graph import apply
from ..methods import GeometryMethods
from ..primitives.string import Str
from ..proxytype import describe
from .vector import Vector, data_node, embedded, geo_interface, required_interface


class Geometry(GeometryMethods, Vector):
    """A shape in lon, lat (WGS84), as GeoJSON describes it.

    Shapes of shapely, GeoJSON mappings and whatever has a ``__geo_interface__`` may be passed for one.

    Parameters
    ----------
    type : str
        Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon or LinearRing. Another one fails
        when something is computed.
    coordinates : list
        Nested lists of ``[lon, lat]``; proxies may stand among them.

    Examples
    --------
    >>> from descartes_flow import Float, parameter
    >>> Geometry("Point", [15.9, 45.8]).compute()
    GeometryResult(type=Point, coordinates=[15.9, 45.8])
    >>> Geometry("Point", [parameter("lon", Float), 45.8]).compute(lon=16.0).coordinates
    [16.0, 45.8]
    """

    __slots__ = ()
    needed: ClassVar[tuple[str, ...]] = ("type", "coordinates")

    def __init__(self, type: AnyValue, coordinates: AnyValue) -> None:
        try:
            kind = Str._promote(type)
        except ProxyTypeError as error:
            raise ProxyTypeError(f"Geometry(type=): expected Str, got {describe(type)}") from error
        self._node = apply("Geometry.create", kind._node, data_node(coordinates, "Geometry(coordinates=)"))

    @classmethod
    def _embedded(cls, geojson: Mapping[str, AnyValue], where: str) -> Self:
        kind = Str._promote(geojson["type"])
        return cls._from_node(apply("Geometry.create", kind._node, embedded(geojson["coordinates"], where)))

    @classmethod
    def from_geo_interface(cls, shape: AnyValue) -> Self:
        """The Geometry of any object with a ``__geo_interface__``, such as a shape of shapely.

        Raises
        ------
        TypeError
            If it has none.
        ValueError
            If what it is has no coordinates, as a collection has none.

        Examples
        --------
        >>> from shapely.geometry import Point
        >>> Geometry.from_geo_interface(Point(1, 2)).compute()
        GeometryResult(type=Point, coordinates=[1.0, 2.0])
        """
        return cls.from_geojson(required_interface(shape))

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        geojson = geo_interface(value)
        if geojson is not None and str(geojson.get("type")).lower() == "feature":
            return super()._promote(geojson.get("geometry"))
        return super()._promote(value)
