"""Properties and bandinfo of imagery, and the generic ``getattr`` and ``get`` that read them."""

from __future__ import annotations

import datetime
from typing import Any as AnyValue

from ..errors import JobInvalid, JobInvalidTyping
from ..geo.features import Vector, vector
from ..geo.gridded import Gridded
from ..graph import apply, literal
from ..steps.batch import CannotBatch, Column, is_deferred
from ..steps.deferral import gathered
from ..steps.metadata import Properties, no_property
from ..steps.raster import Raster
from ..types import (
    Any,
    BandInfoType,
    Dict,
    Image,
    ImageCollection,
    Imagery,
    KnownDict,
    List,
    PropertiesType,
    Str,
)
from ..types.proxytype import Proxytype
from .array_imagery import array_of
from .registry import operation


@operation("getattr", public=False)
def attribute(value: Any, name: Str) -> Any:
    """The attribute `name` of a value."""
    ...


@attribute.rule
def _getattr(bind: AnyValue, value: AnyValue, name: str) -> AnyValue:
    if isinstance(value, Raster):
        return array_of(bind, value) if name == "ndarray" else _of_raster(value, name)
    if isinstance(value, Column):
        return Column([plain_attribute(item, name) for item in value.values], value.axis)
    return plain_attribute(value, name)


def _of_raster(raster: Raster, name: str) -> AnyValue:
    if name == "properties":
        return ImageProperties(raster)
    if raster.some_empty:
        raise CannotBatch(raster.axis, "some of the collections are empty")
    if name == "bandinfo":
        return raster.bandinfo.get()
    raise JobInvalidTyping(f"imagery has no attribute {name!r}")


ATTRIBUTES: dict[type, tuple[str, ...]] = {
    datetime.datetime: ("year", "month", "day", "hour", "minute", "second", "microsecond"),
    datetime.timedelta: ("days", "seconds", "microseconds"),
    slice: ("start", "stop", "step"),
}
"""What a graft may read of plain values: never an attribute by any name."""


def plain_attribute(value: AnyValue, name: str) -> AnyValue:
    """Attribute of a plain value, or the field of a mapping."""
    for kind, names in ATTRIBUTES.items():
        if isinstance(value, kind) and name in names:
            return getattr(value, name)
    if isinstance(value, Vector):
        return value.field(name)
    if isinstance(value, Gridded):
        value = value.to_dict()
        if name == "geometry" and value[name] is not None:
            return vector(value[name])
    if isinstance(value, dict) and name in value:
        return value[name]
    raise JobInvalidTyping(f"a value of type {type(value).__name__} has no attribute {name!r}")


class ImageProperties:
    """Properties of a raster as a bound value: they become dicts only where a whole dict is asked for."""

    __slots__ = ("raster",)

    def __init__(self, raster: Raster) -> None:
        self.raster = raster

    @property
    def axis(self) -> AnyValue:
        """The axis of the raster."""
        return self.raster.axis

    @property
    def properties(self) -> Properties:
        """The lazy properties."""
        return self.raster.properties

    def field(self, name: str) -> AnyValue:
        """One property: a plain value for an image, a Column inside a batched lambda."""
        if self.raster.collection:
            raise JobInvalidTyping(
                f"the properties of a collection are a list; field {name!r} belongs to one image"
            )
        if self.raster.axis is None:
            row = self.plain()
            if name not in row:
                raise JobInvalid(no_property(row, row.get("id", "(empty)"), name))
            return row[name]
        return self.of_images(self.properties.column(name))

    def of_images(self, values: list[AnyValue]) -> AnyValue:
        """A value for each image of the axis, as one; where pixels alone know some, they stay deferred."""
        axis = self.raster.axis
        assert axis is not None, "values of several images have an axis"
        return gathered(self.raster.arena, values, axis) if is_deferred(values) else Column(values, axis)

    def each(self, axis: AnyValue) -> list[ImageProperties]:
        """The properties of each image of an axis."""
        return [ImageProperties(raster) for raster in self.raster.each(axis)]

    def plain(self) -> AnyValue:
        """The dict of an image, or the list of dicts of a collection."""
        if self.raster.collection:
            return self.properties.dicts()
        return self.properties.row(0) if self.properties.length else {}


def holds_imagery(value: AnyValue) -> bool:
    """Whether `value` is, or contains, imagery or its properties: more than a plain value for each image."""
    if isinstance(value, (list, tuple, dict)):
        return any(map(holds_imagery, value.values() if isinstance(value, dict) else value))
    return isinstance(value, (Raster, ImageProperties))


@operation("getattr", on=Image, method="properties", as_property=True)
def image_properties(self: Image) -> KnownDict:
    """Properties of the image, such as ``img.properties["date"]``; reading them computes no pixel.

    Returns
    -------
    KnownDict
        ``crs``, ``date``, ``geotrans``, ``id`` and ``product`` have known types, other fields are Any. Empty
        for an empty image.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> type(img.properties["date"]).__name__
    'Datetime'
    """
    return field_of(self, "properties", PropertiesType)


@operation("getattr", on=ImageCollection, method="properties", as_property=True)
def collection_properties(self: ImageCollection) -> List[KnownDict]:
    """Properties of each image, in the order of the collection; reading them computes no pixel.

    Returns
    -------
    List[KnownDict]

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> type(col.properties[0]["id"]).__name__
    'Str'
    """
    return field_of(self, "properties", List.of(PropertiesType))


@operation("getattr", on=Imagery, method="bandinfo", as_property=True)
def bandinfo(self: Imagery) -> Dict[Str, KnownDict]:
    """Info on each band, in the order of the bands; reading it computes no pixel.

    Returns
    -------
    Dict[Str, KnownDict]
        By band name. One for all images of a collection.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> type(img.bandinfo.keys()).__name__
    'List[Str]'
    >>> type(img.bandinfo["red"]["data_range"]).__name__
    'Tuple[Float, Float]'
    """
    return field_of(self, "bandinfo", Dict.of(Str, BandInfoType))


def field_of(proxy: Proxytype, name: str, kind: AnyValue) -> AnyValue:
    """The proxy of an attribute whose type is known."""
    return kind._from_node(apply("getattr", proxy._node, literal(name)))
