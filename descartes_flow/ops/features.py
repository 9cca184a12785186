"""What geometries and features are built with, and their fields."""

from __future__ import annotations

from typing import Any as AnyValue

from ..geo.features import (
    FeatureCollectionResult,
    FeatureResult,
    GeometryCollectionResult,
    GeometryResult,
)
from ..steps.batch import CannotBatch, batch_axis
from ..types import (
    Any,
    Dict,
    Feature,
    FeatureCollection,
    Geometry,
    GeometryCollection,
    List,
    Str,
)
from .metadata import ImageProperties, field_of
from .registry import operation


def plain_parts(bind: AnyValue, *parts: AnyValue) -> list[AnyValue]:
    """What a geometry or feature is built from: values of pixels stay deferred, values per image give up."""
    found = [
        part.plain() if isinstance(part, ImageProperties) and part.axis is None else part for part in parts
    ]
    axis = next((axis for axis in map(batch_axis, found) if axis is not None), None)
    if axis is not None:
        raise CannotBatch(axis, "a geometry or feature is built for every image")
    return found


@operation("Geometry.create", public=False)
def geometry_create(type: Str, coordinates: Any) -> Geometry:
    """The Geometry of a type and coordinates."""
    ...


@geometry_create.rule
def _geometry_create(bind: AnyValue, type: AnyValue, coordinates: AnyValue) -> GeometryResult:
    return GeometryResult(*bind.decided(plain_parts(bind, type, coordinates)))


@operation("GeometryCollection.create", public=False)
def geometry_collection_create(geometries: List[Geometry]) -> GeometryCollection:
    """The GeometryCollection of some geometries."""
    ...


@geometry_collection_create.rule
def _geometry_collection_create(bind: AnyValue, geometries: AnyValue) -> GeometryCollectionResult:
    (found,) = plain_parts(bind, geometries)
    return GeometryCollectionResult("GeometryCollection", found)


@operation("Feature.create", public=False)
def feature_create(geometry: Geometry, properties: Dict[Str, Any]) -> Feature:
    """The Feature of a geometry and properties."""
    ...


@feature_create.rule
def _feature_create(bind: AnyValue, geometry: AnyValue, properties: AnyValue) -> FeatureResult:
    return FeatureResult(*plain_parts(bind, geometry, properties))


@operation("FeatureCollection.create", public=False)
def feature_collection_create(features: List[Feature]) -> FeatureCollection:
    """The FeatureCollection of some features."""
    ...


@feature_collection_create.rule
def _feature_collection_create(bind: AnyValue, features: AnyValue) -> FeatureCollectionResult:
    (found,) = plain_parts(bind, features)
    return FeatureCollectionResult(found)


@operation("FeatureCollection.from_vector", constructs=FeatureCollection, method="from_vector_id")
def from_vector_id(vector_id: Str) -> FeatureCollection:
    """The features of a file that meet the area of a run.

    Parameters
    ----------
    vector_id : str
        A name given to `wf.catalog.add_vectors`; or the absolute path, or the URL (https, s3, gs, az), of a
        GeoJSON, GeoPackage, FlatGeobuf or GeoParquet file. GeoParquet needs ``descartes_flow[parquet]`` and a
        local path. Of a file with several layers the first is read.

    Returns
    -------
    FeatureCollection
        Whole features in lon, lat, in the order of the file. Another CRS of the layer is converted. Missing
        values are None.

    Raises
    ------
    NeedsContext
        When computed without a GeoContext.
    ReadError
        When computed, if the file is missing, may not be opened, or is of another format.

    Examples
    --------
    >>> from descartes_flow import FeatureCollection
    >>> FeatureCollection.from_vector_id("/data/fields.gpkg").rasterize("crop")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    ...


@from_vector_id.rule
def _from_vector(bind: AnyValue, vector_id: AnyValue) -> FeatureCollectionResult:
    return bind.world.features(bind.decided(vector_id))


@operation("getattr", on=Geometry, method="type", as_property=True)
def geometry_type(self: Geometry) -> Str:
    """What it is: ``Point``, ``Polygon``, ...

    Examples
    --------
    >>> Geometry("Point", [1, 2]).type.compute()
    'Point'
    """
    return field_of(self, "type", Str)


operation("getattr", on=GeometryCollection, method="type", as_property=True)(geometry_type.function)


@operation("getattr", on=Geometry, method="coordinates", as_property=True)
def coordinates(self: Geometry) -> List[Any]:
    """Nested lists of longitude, latitude.

    Examples
    --------
    >>> Geometry("Point", [1, 2]).coordinates.compute()
    [1, 2]
    """
    return field_of(self, "coordinates", List.of(Any))


@operation("getattr", on=GeometryCollection, method="geometries", as_property=True)
def geometries(self: GeometryCollection) -> List[Geometry]:
    """The members.

    Examples
    --------
    >>> GeometryCollection([Geometry("Point", [1, 2])]).geometries.compute()
    [GeometryResult(type=Point, coordinates=[1, 2])]
    """
    return field_of(self, "geometries", List.of(Geometry))


@operation("getattr", on=Feature, method="geometry", as_property=True)
def geometry(self: Feature) -> Geometry:
    """Where it lies.

    Examples
    --------
    >>> Feature(Geometry("Point", [1, 2]), {}).geometry.compute()
    GeometryResult(type=Point, coordinates=[1, 2])
    """
    return field_of(self, "geometry", Geometry)


@operation("getattr", on=Feature, method="properties", as_property=True)
def properties(self: Feature) -> Dict[Str, Any]:
    """What is known about it, by name.

    Examples
    --------
    >>> Feature(Geometry("Point", [1, 2]), {"foo": 1}).properties["foo"].compute()
    1
    """
    return field_of(self, "properties", Dict.of(Str, Any))


@operation("getattr", on=FeatureCollection, method="features", as_property=True)
def features(self: FeatureCollection) -> List[Feature]:
    """The features as a List.

    Examples
    --------
    >>> FeatureCollection([]).features.compute()
    []
    """
    return field_of(self, "features", List.of(Feature))
