"""Feature: a geometry with properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import ClassVar, Self

from ...errors import ProxyTypeError
from ...graph import Node, apply
from ..containers.dict_ import Dict
from ..methods import FeatureMethods
from ..primitives.any_ import Any
from ..primitives.string import Str
from ..proxytype import Proxytype, describe
from .geometry import Geometry
from .geometrycollection import GeometryCollection
from .vector import Vector, data_node, embedded


class Feature(FeatureMethods, Vector):
    """A geometry in lon, lat (WGS84) with properties.

    Parameters
    ----------
    geometry : Geometry
        Or whatever can be passed for one.
    properties : dict
        By name; values are plain, or proxies: what an image says about the geometry, for instance.

    Examples
    --------
    >>> Feature(Geometry("Point", [1, 2]), {"foo": "bar"}).compute()
    FeatureResult(geometry=GeometryResult(type=Point, coordinates=[1, 2]), properties={'foo': 'bar'})
    """

    __slots__ = ()
    needed: ClassVar[tuple[str, ...]] = ("type", "geometry", "properties")
    own_type: ClassVar[str | None] = "Feature"

    def __init__(self, geometry: AnyValue, properties: AnyValue) -> None:
        self._node = apply("Feature.create", _place(geometry), _properties(properties))

    @classmethod
    def _embedded(cls, geojson: Mapping[str, AnyValue], where: str) -> Self:
        parts = (embedded(geojson["geometry"], where), embedded(geojson["properties"] or {}, where))
        return cls._from_node(apply("Feature.create", *parts))


def _place(geometry: AnyValue) -> Node:
    reasons = []
    for kind in (Geometry, GeometryCollection):
        try:
            return kind._promote(geometry)._node
        except ProxyTypeError as error:
            reasons.append(str(error))
    raise ProxyTypeError(f"Feature(geometry=): expected Geometry, got {describe(geometry)}; {reasons[0]}")


def _properties(properties: AnyValue) -> Node:
    if isinstance(properties, Proxytype):
        has_names = isinstance(properties, Dict) and issubclass(properties.key_type, (Str, Any))
        fits = has_names or isinstance(properties, Any)
    else:
        fits = isinstance(properties, Mapping) and all(isinstance(name, str) for name in properties)
    if not fits:
        raise ProxyTypeError(f"Feature(properties=): expected Dict[Str, Any], got {describe(properties)}")
    return data_node(properties, "Feature(properties=)")
