"""Geometries and features as plain values: what a run works with, and what `compute` gives.

Coordinates are WGS84 longitude, latitude. The values are immutable and equal where their fields are; shapely
loads when a shape is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Self

import descartes_flow.geo as geo

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

GEOMETRY_TYPES = (
    *("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
    "LinearRing",
)
"""What a geometry may be, collections apart."""

_TYPES = {name.lower(): name for name in GEOMETRY_TYPES}


class Vector:
    """Base of the four kinds of value."""

    __slots__ = ()

    @property
    def parts(self) -> tuple[Any, ...]:
        """The fields, in order: values of pixels may hide in them while a program is bound."""
        return tuple(getattr(self, name) for name in self._names())

    def with_parts(self, parts: Iterable[Any]) -> Self:
        """The same kind of value with other fields."""
        return type(self)(*parts)

    def field(self, name: str) -> Any:
        """A field as a program reads it, which has lists where results have tuples.

        Raises
        ------
        ValueError
            If there is no such field.
        """
        if name not in self._names():
            raise ValueError(f"a {type(self).__name__} has no field {name!r}; it has {self._names()}")
        found = getattr(self, name)
        return list(found) if isinstance(found, tuple) else found

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The value as GeoJSON."""
        raise NotImplementedError

    @property
    def shapely(self) -> BaseGeometry:
        """The shape; of a feature that of its geometry."""
        return geo.shapes.shape_of(self)

    @classmethod
    def _names(cls) -> list[str]:
        return [item.name for item in fields(cls)]  # type: ignore[arg-type]  # every kind is a dataclass


@dataclass(frozen=True, slots=True, repr=False)
class GeometryResult(Vector):
    """A computed Geometry.

    Attributes
    ----------
    type : str
        Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon or LinearRing.
    coordinates : list
        Nested lists of longitude, latitude.
    crs : str or None
        None: WGS84.

    Raises
    ------
    ValueError
        If there is no such type.

    Examples
    --------
    >>> GeometryResult("Point", [1, 2])
    GeometryResult(type=Point, coordinates=[1, 2])
    """

    type: str
    coordinates: Any
    crs: str | None = None

    def __post_init__(self) -> None:
        known = _TYPES.get(str(self.type).lower())
        if known is None:
            raise ValueError(
                f"a geometry has one of the types {', '.join(GEOMETRY_TYPES)}; got {self.type!r}"
            )
        object.__setattr__(self, "type", known)
        if isinstance(self.coordinates, tuple):  # as shapely says them
            object.__setattr__(self, "coordinates", _lists(self.coordinates))

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The geometry as GeoJSON."""
        return {"type": self.type, "coordinates": self.coordinates}

    def __repr__(self) -> str:
        return f"GeometryResult(type={self.type}, coordinates={self.coordinates!r})"


@dataclass(frozen=True, slots=True, repr=False)
class GeometryCollectionResult(Vector):
    """A computed GeometryCollection: has a length, items, and can be iterated.

    Attributes
    ----------
    type : str
        ``GeometryCollection``.
    geometries : tuple of GeometryResult

    Examples
    --------
    >>> len(GeometryCollectionResult("GeometryCollection", [GeometryResult("Point", [1, 2])]))
    1
    """

    type: str
    geometries: tuple[Any, ...]

    def __post_init__(self) -> None:
        if str(self.type).lower() != "geometrycollection":
            raise ValueError(f"a GeometryCollection has the type 'GeometryCollection', got {self.type!r}")
        object.__setattr__(self, "type", "GeometryCollection")
        object.__setattr__(self, "geometries", tuple(map(vector, self.geometries)))

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The collection as GeoJSON."""
        return {"type": self.type, "geometries": [item.__geo_interface__ for item in self.geometries]}

    def __len__(self) -> int:
        return len(self.geometries)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.geometries)

    def __getitem__(self, index: Any) -> Any:
        found = self.geometries[index]
        return GeometryCollectionResult(self.type, found) if isinstance(index, slice) else found

    def __repr__(self) -> str:
        return f"GeometryCollectionResult(type={self.type}, geometries={self.geometries!r})"


@dataclass(frozen=True, slots=True)
class FeatureResult(Vector):
    """A computed Feature.

    Attributes
    ----------
    geometry : GeometryResult, GeometryCollectionResult or None
        None: a feature without a place, as GeoJSON allows.
    properties : dict

    Examples
    --------
    >>> FeatureResult(GeometryResult("Point", [1, 2]), {"foo": "bar"}).__geo_interface__["properties"]
    {'foo': 'bar'}
    """

    geometry: Any
    properties: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.geometry is not None:
            object.__setattr__(self, "geometry", vector(self.geometry))
        if not isinstance(self.properties, dict):
            raise ValueError(
                f"the properties of a Feature are a dict, got {type(self.properties).__name__} "
                f"{self.properties!r}"
            )

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The feature as GeoJSON."""
        place = None if self.geometry is None else self.geometry.__geo_interface__
        return {"type": "Feature", "geometry": place, "properties": self.properties}


@dataclass(frozen=True, slots=True)
class FeatureCollectionResult(Vector):
    """A computed FeatureCollection: has a length, items, and can be iterated.

    Attributes
    ----------
    features : tuple of FeatureResult

    Examples
    --------
    >>> FeatureCollectionResult([FeatureResult(GeometryResult("Point", [1, 2]), {"foo": "bar"})])
    FeatureCollectionResult(features=(FeatureResult(geometry=GeometryResult(type=Point, coordinates=[1, 2]),
    properties={'foo': 'bar'}),))
    """

    features: tuple[Any, ...]

    def __post_init__(self) -> None:
        found = tuple(map(vector, self.features))
        for item in found:
            if not isinstance(item, FeatureResult):
                raise ValueError(f"a FeatureCollection holds Features, got a {type(item).__name__}")
        object.__setattr__(self, "features", found)

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The collection as GeoJSON."""
        return {
            "type": "FeatureCollection",
            "features": [feature.__geo_interface__ for feature in self.features],
        }

    def to_geodataframe(self) -> GeoDataFrame:
        """The features as a table: one row each, a column for each property and one for the geometry.

        Raises
        ------
        ImportError
            If geopandas is not installed.
        """
        import geopandas

        names = dict.fromkeys(name for feature in self.features for name in feature.properties)
        rows = [[feature.properties.get(name) for name in names] for feature in self.features]
        shapes = [None if feature.geometry is None else feature.shapely for feature in self.features]
        return geopandas.GeoDataFrame(rows, columns=list(names), geometry=shapes, crs="EPSG:4326")

    def __len__(self) -> int:
        return len(self.features)

    def __iter__(self) -> Iterator[FeatureResult]:
        return iter(self.features)

    def __getitem__(self, index: Any) -> Any:
        found = self.features[index]
        return FeatureCollectionResult(found) if isinstance(index, slice) else found


def _lists(coordinates: Any) -> Any:
    return [_lists(item) for item in coordinates] if isinstance(coordinates, tuple) else coordinates


COLLECTIONS = (GeometryCollectionResult, FeatureCollectionResult)
"""The values that hold others of their kind."""


def vector(value: Any) -> Any:
    """The value that a GeoJSON mapping describes; any other value of this module is itself.

    Raises
    ------
    ValueError
        If it is no GeoJSON object, or lacks a field.

    Examples
    --------
    >>> vector({"type": "point", "coordinates": [1, 2]})
    GeometryResult(type=Point, coordinates=[1, 2])
    """
    if isinstance(value, Vector):
        return value
    if not isinstance(value, Mapping) or "type" not in value:
        raise ValueError(f"expected a GeoJSON object, got {type(value).__name__} {str(value)[:80]}")
    make = _MAKERS.get(str(value["type"]).lower(), _geometry)
    try:
        return make(value)
    except KeyError as missing:
        raise ValueError(f"a GeoJSON {value['type']} needs the field {missing}") from None


def _geometry(value: Mapping[str, Any]) -> GeometryResult:
    is_known = str(value["type"]).lower() in _TYPES
    return GeometryResult(value["type"], value["coordinates"] if is_known else None)


def _members(value: Mapping[str, Any], field: str) -> Any:
    found = value[field]
    if not isinstance(found, (list, tuple)):
        raise ValueError(f"the {field} of a GeoJSON {value['type']} are a list, got {str(found)[:80]}")
    return found


_MAKERS: dict[str, Callable[[Mapping[str, Any]], Vector]] = {
    "geometrycollection": lambda value: GeometryCollectionResult(
        value["type"], _members(value, "geometries")
    ),
    "feature": lambda value: FeatureResult(value["geometry"], value["properties"] or {}),
    "featurecollection": lambda value: FeatureCollectionResult(_members(value, "features")),
}


def same_collection(collection: Any, items: list[Any]) -> Any:
    """`items` as a collection of the kind of `collection`, if it is one and they fit; else the list."""
    if isinstance(collection, FeatureCollectionResult):
        return FeatureCollectionResult(tuple(items)) if _all(items, FeatureResult) else items
    if isinstance(collection, GeometryCollectionResult):
        kinds = (GeometryResult, GeometryCollectionResult)
        return GeometryCollectionResult(collection.type, tuple(items)) if _all(items, kinds) else items
    return items


def _all(items: list[Any], kinds: Any) -> bool:
    return all(isinstance(item, kinds) for item in items)
