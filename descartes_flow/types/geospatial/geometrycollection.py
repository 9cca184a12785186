"""GeometryCollection: several geometries as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import ClassVar, Self

from ...graph import apply
from ..methods import GeometryCollectionMethods
from .geometry import Geometry
from .vector import VectorCollection, embedded, required_interface


class GeometryCollection(GeometryCollectionMethods, VectorCollection):
    """Several geometries in lon, lat (WGS84).

    Parameters
    ----------
    geometries : iterable of Geometry, or List[Geometry]
        Each item may be whatever can be passed for a Geometry.
    type : str
        ``GeometryCollection``.

    Examples
    --------
    >>> from shapely.geometry import Point
    >>> GeometryCollection([Point(1, 2)]).compute()
    GeometryCollectionResult(type=GeometryCollection,
    geometries=(GeometryResult(type=Point, coordinates=[1.0, 2.0]),))
    """

    __slots__ = ()
    needed: ClassVar[tuple[str, ...]] = ("type", "geometries")
    own_type: ClassVar[str | None] = "GeometryCollection"

    def __init__(self, geometries: AnyValue, type: str = "GeometryCollection") -> None:
        if str(type).lower() != "geometrycollection":
            raise ValueError(f"GeometryCollection(type=): expected 'GeometryCollection', got {type!r}")
        self._node = apply("GeometryCollection.create", self._items(geometries, "geometries"))

    @classmethod
    def _embedded(cls, geojson: Mapping[str, AnyValue], where: str) -> Self:
        return cls._from_node(apply("GeometryCollection.create", embedded(geojson["geometries"], where)))

    @classmethod
    def from_geo_interface(cls, shape: AnyValue) -> Self:
        """The GeometryCollection of any object with a ``__geo_interface__`` of that type.

        Raises
        ------
        TypeError
            If it has none.
        ValueError
            If it is of another type.

        Examples
        --------
        >>> import shapely
        >>> points = shapely.GeometryCollection([shapely.Point(1, 2)])
        >>> GeometryCollection.from_geo_interface(points).length().compute()
        1
        """
        return cls.from_geojson(required_interface(shape))

    @classmethod
    def element_type(cls) -> type[Geometry]:
        """Type of the items: Geometry."""
        return Geometry
