"""Geometry: a shape in lon, lat (WGS84)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import Self

from ...errors import ProxyTypeError
from ...graph import apply, literal
from ..names import TYPES
from ..proxytype import Proxytype, describe


class Geometry(Proxytype):
    """A shape in lon, lat (WGS84), as GeoJSON describes it.

    Parameters
    ----------
    type : str
        Point, MultiPoint, LineString, MultiLineString, Polygon or MultiPolygon.
    coordinates : list
        Nested lists of ``[lon, lat]``.
    """

    __slots__ = ()

    def __init__(self, type: str, coordinates: AnyValue) -> None:
        self._node = apply("Geometry.create", literal(type), literal(_as_lists(coordinates)))

    @classmethod
    def from_geojson(cls, geojson: Mapping[str, AnyValue]) -> Self:
        """The Geometry of a GeoJSON mapping.

        Raises
        ------
        ValueError
            If the mapping lacks ``type`` or ``coordinates``.
        """
        missing = [field for field in ("type", "coordinates") if field not in geojson]
        if missing:
            raise ValueError(
                f"from_geojson(): a geometry needs the fields 'type' and 'coordinates'; missing: {missing}"
            )
        return cls(geojson["type"], geojson["coordinates"])

    @classmethod
    def from_geo_interface(cls, shape: AnyValue) -> Self:
        """The Geometry of any object with a ``__geo_interface__``, such as a shapely shape."""
        interface = getattr(shape, "__geo_interface__", None)
        if interface is None:
            raise TypeError(
                f"from_geo_interface(): expected an object with __geo_interface__, got {describe(shape)}"
            )
        return cls.from_geojson(interface)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        interface = value if isinstance(value, Mapping) else getattr(value, "__geo_interface__", None)
        if not isinstance(interface, Mapping):
            raise ProxyTypeError(f"cannot promote {describe(value)} to Geometry")
        if interface.get("type") == "Feature":
            interface = interface["geometry"]
        try:
            return cls.from_geojson(interface)
        except ValueError as error:
            raise ProxyTypeError(f"cannot promote {describe(value)} to Geometry: {error}") from error


def _as_lists(coordinates: AnyValue) -> AnyValue:
    """Nested tuples (as shapely gives them) as JSON lists."""
    if isinstance(coordinates, (list, tuple)):
        return [_as_lists(item) for item in coordinates]
    return coordinates
