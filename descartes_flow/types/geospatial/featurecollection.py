"""FeatureCollection: any number of features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import ClassVar, Self

from ...graph import apply
from ..methods import FeatureCollectionMethods
from .feature import Feature
from .vector import VectorCollection, embedded


class FeatureCollection(FeatureCollectionMethods, VectorCollection):
    """Any number of features.

    Parameters
    ----------
    features : iterable of Feature, or List[Feature]
        Each item may be a GeoJSON mapping.

    Examples
    --------
    >>> from descartes_flow import Geometry
    >>> FeatureCollection([Feature(Geometry("Point", [1, 2]), {"foo": 1})]).length().compute()
    1
    """

    __slots__ = ()
    needed: ClassVar[tuple[str, ...]] = ("type", "features")
    own_type: ClassVar[str | None] = "FeatureCollection"

    def __init__(self, features: AnyValue) -> None:
        self._node = apply("FeatureCollection.create", self._items(features, "features"))

    @classmethod
    def _embedded(cls, geojson: Mapping[str, AnyValue], where: str) -> Self:
        return cls._from_node(apply("FeatureCollection.create", embedded(geojson["features"], where)))

    @classmethod
    def element_type(cls) -> type[Feature]:
        """Type of the items: Feature."""
        return Feature
