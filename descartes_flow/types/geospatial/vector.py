"""What Geometry, GeometryCollection, Feature and FeatureCollection share, and GeoJSON in a graph."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any as AnyValue
from typing import ClassVar, Protocol, Self

import numpy as np

from ...errors import ProxyTypeError
from ...graph import Node, apply, literal
from ..names import TYPES
from ..proxytype import Proxytype, describe

LARGEST = 10 * 2**20
"""Most bytes of JSON that a program may hold in one piece."""


class HasGeoInterface(Protocol):
    """A shapely shape, a GeoDataFrame, or another object that says what it is as GeoJSON."""

    @property
    def __geo_interface__(self) -> AnyValue: ...


class Vector(Proxytype):
    """Base of the proxies of geometries and features. Abstract."""

    __slots__ = ()

    needed: ClassVar[tuple[str, ...]] = ()
    """Fields that a GeoJSON mapping must have."""

    own_type: ClassVar[str | None] = None
    """The ``type`` of a GeoJSON mapping; None if there are several."""

    @classmethod
    def from_geojson(cls, geojson: Mapping[str, AnyValue]) -> Self:
        """The proxy of a GeoJSON mapping, which becomes part of the program as it is.

        Parameters
        ----------
        geojson : mapping
            Without proxies; less than 10 MiB as text. Only the needed fields are kept.

        Raises
        ------
        TypeError
            If it is no mapping, or holds something that JSON cannot say.
        ValueError
            If a needed field is missing, the type is another one, or it is too large.

        Examples
        --------
        >>> from descartes_flow import Geometry
        >>> Geometry.from_geojson({"type": "Point", "coordinates": [1, 2]}).compute()
        GeometryResult(type=Point, coordinates=[1, 2])
        """
        name = f"{cls.__name__}.from_geojson()"
        if not isinstance(geojson, Mapping):
            raise TypeError(f"{name}: expected a GeoJSON mapping, got {describe(geojson)}")
        missing = [field for field in cls.needed if field not in geojson]
        if missing:
            raise ValueError(
                f"{name}: a {cls.__name__} needs the fields {', '.join(map(repr, cls.needed))}; "
                f"missing: {', '.join(map(repr, missing))}"
            )
        if cls.own_type is not None and str(geojson["type"]).lower() != cls.own_type.lower():
            raise ValueError(f"{name}: expected the type {cls.own_type!r}, got {geojson['type']!r}")
        return cls._embedded(geojson, name)

    @classmethod
    def _embedded(cls, geojson: Mapping[str, AnyValue], where: str) -> Self:
        """The proxy of a mapping that has all fields."""
        raise NotImplementedError

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        geojson = None if isinstance(value, Proxytype) else geo_interface(value)
        if geojson is None or cls is Vector:
            raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}")
        try:
            return cls.from_geojson(geojson)
        except (TypeError, ValueError) as error:
            raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}: {error}") from error


class VectorCollection(Vector):
    """Base of GeometryCollection and FeatureCollection. Abstract."""

    __slots__ = ()

    @classmethod
    def element_type(cls) -> AnyValue:
        """Type of the items."""
        raise NotImplementedError

    @classmethod
    def _items(cls, items: AnyValue, argument: str) -> Node:
        """The list that a collection is created from."""
        element = cls.element_type()
        if isinstance(items, Proxytype):
            if isinstance(items, cls):
                return apply("getattr", items._node, literal(argument))
            if isinstance(items, (TYPES["List"].of(element), TYPES["Any"])):
                return items._node  # type: ignore[no-any-return]
        elif geo_interface(items) is not None:
            return cls._promote(items)._node.args[0]
        if isinstance(items, (Proxytype, str)) or not isinstance(items, Iterable):
            raise ProxyTypeError(
                f"{cls.__name__}({argument}=): expected {element.__name__} items, got {describe(items)}"
            )
        nodes = []
        for number, item in enumerate(items):
            try:
                nodes.append(element._promote(item)._node)
            except ProxyTypeError as error:
                raise ProxyTypeError(f"{cls.__name__}({argument}=): item {number}: {error}") from error
        return apply("list", *nodes)


def geo_interface(value: AnyValue) -> Mapping[str, AnyValue] | None:
    """The GeoJSON of a mapping or of an object with ``__geo_interface__``; None for anything else."""
    found = value if isinstance(value, Mapping) else getattr(value, "__geo_interface__", None)
    return found if isinstance(found, Mapping) else None


def required_interface(shape: AnyValue) -> AnyValue:
    """What an object says it is; TypeError where it says nothing."""
    if not hasattr(shape, "__geo_interface__"):
        raise TypeError(
            f"from_geo_interface(): expected an object with __geo_interface__, got {describe(shape)}; "
            "a GeoJSON mapping goes through from_geojson"
        )
    return shape.__geo_interface__


def embedded(value: AnyValue, where: str) -> Node:
    """Literal of JSON data; of numpy's numbers and of dates as JSON says them.

    Raises
    ------
    TypeError
        If something in it cannot be said in JSON.
    ValueError
        If it is too large, or holds nan or infinity.
    """
    data = _as_json(value)
    try:
        size = len(json.dumps(data))
        made = literal(data)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{where}: {error}") from error
    if size > LARGEST:
        raise ValueError(
            f"{where}: {size / 2**20:.1f} MiB of JSON, and a program holds at most {LARGEST // 2**20} MiB; "
            "keep it in a file and use FeatureCollection.from_vector_id, or simplify it"
        )
    return made


def data_node(value: AnyValue, where: str) -> Node:
    """Node of JSON data in which proxies may stand."""
    if isinstance(value, Proxytype):
        return value._node
    if not any(isinstance(item, Proxytype) for item in _leaves(value)):
        return embedded(value, where)
    if isinstance(value, Mapping):
        flat = [node for key, item in value.items() for node in (literal(key), data_node(item, where))]
        return apply("dict.create", *flat)
    return apply("list", *(data_node(item, where) for item in value))


def _leaves(value: AnyValue) -> Iterator[AnyValue]:
    if isinstance(value, (list, tuple, Mapping)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _leaves(item)
    else:
        yield value


def _as_json(value: AnyValue) -> AnyValue:
    if isinstance(value, Mapping):
        return {name: _as_json(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(item) for item in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind == "M":
        moments = np.asarray(value)
        value = np.where(np.isnat(moments), np.array(None), np.datetime_as_string(moments).astype(object))
    return _as_json(value.tolist()) if hasattr(value, "tolist") else value  # of numpy: a number, or an array
