"""Fields of properties and bandinfo: added, overwritten and left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid, ProxyTypeError
from ..graph import Node, apply
from ..steps.batch import Axis, CannotBatch, Column, batch_axis, is_batched, joint_axis, per_image
from ..steps.deferral import with_deferred
from ..steps.families import Bind
from ..steps.metadata import BandInfo, Extended, Lazy, Reduced, Row, Statistic, without
from ..steps.raster import Raster
from ..types import BandInfoType, ImageCollection, Imagery, List, PropertiesType, Same, Str, proxify
from ..types.proxytype import Proxytype, describe
from .metadata import ImageProperties
from .registry import operation


def _field(call: str, name: str, value: object, kinds: Sequence[type[Proxytype]]) -> Node:
    """The node of a field's value; ValueError for what no proxy stands for, or not one of `kinds`."""
    if not kinds:
        try:
            return proxify(value)._node
        except (NotImplementedError, ProxyTypeError) as error:
            raise ValueError(f"{call}({name}=): {error}") from error
    for kind in kinds:
        try:
            return kind._promote(value)._node
        except ProxyTypeError:
            continue
    wanted = " or ".join(kind.__name__ for kind in kinds)
    raise ValueError(
        f"{call}({name}=): the field {name!r} is always {wanted}, got {describe(value)}; "
        "call the new field otherwise"
    )


@operation("with_properties", on=Imagery)
def with_properties(self: Imagery, /, **fields: object) -> Same:
    """The same imagery with further properties.

    Parameters
    ----------
    **fields : object
        Values by name, Python values or proxies; a field that is there gets the new value. The fields
        ``crs``, ``date``, ``geotrans``, ``id`` and ``product`` keep their types. For a collection a list
        holds one value for each image; anything else, a tuple too, is the value of all images.

    Returns
    -------
    Image or ImageCollection
        Pixels, bands and bandinfo unchanged; empty imagery stays as it is.

    Raises
    ------
    ValueError
        If no proxy stands for a value, or it does not have the type of the field.
    JobInvalid
        When computed, if a list has not one value for each image of a collection.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> col = ImageCollection.from_id("sentinel-2:L1C")
    >>> season = col.map(lambda img: img.with_properties(summer=img.properties["date"].month > 5))
    >>> hazy = season.with_properties(sensor="MSI", brightness=col.mean(axis=("bands", "pixels")))
    >>> hazy.filter(lambda img: img.properties["summer"])
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    """
    known = PropertiesType.known_types()
    nodes: dict[str, Node] = {}
    for name, value in fields.items():
        kinds = [known[name]] if name in known else []
        if kinds and isinstance(self, ImageCollection):
            kinds.append(List.of(known[name]))
        nodes[name] = _field("with_properties", name, value, kinds)
    return type(self)._from_node(apply("with_properties", self._node, **nodes))


@with_properties.rule
def _with_properties(bind: Bind, raster: Raster, /, **fields: AnyValue) -> Raster:
    if raster.is_empty:
        return raster
    values = {name: _plain_or_column(bind, value) for name, value in fields.items()}
    axis = joint_axis([raster, *values.values()])
    brought = _on_axis(raster, axis)
    columns = {name: _values_of_images(brought, name, value) for name, value in values.items()}
    return replace(brought, properties=Extended(brought.properties, columns))


def _plain_or_column(bind: Bind, value: AnyValue) -> AnyValue:
    """A value that is the same for all images, or a Column; scalars of pixels stay deferred."""

    def plain(item: AnyValue) -> AnyValue:
        if isinstance(item, ImageProperties):
            return item.plain()
        return with_deferred(item, lambda it: Statistic(it.step, it.axis, it.row, known=bind.known))

    axis = batch_axis(value)
    return plain(value) if axis is None else Column([plain(item) for item in per_image(value, axis)], axis)


def _on_axis(raster: Raster, axis: Axis | None) -> Raster:
    """`raster` with one image, or collection, for each image of an axis."""
    if raster.axis is not None or axis is None:
        return raster.on(axis)
    if raster.collection:
        raise CannotBatch(axis, "a collection gets other properties for every image")
    return raster.take_images(np.zeros(axis.length, np.int32), axis=axis)


def _values_of_images(raster: Raster, name: str, value: AnyValue) -> list[AnyValue]:
    """The value of a field for each image of the stack."""
    if isinstance(value, Column):
        assert raster.axis is not None, "the imagery was brought to the axis of its values"
        each = value.each(raster.axis)
        if not raster.collection:
            return list(each)
        if any(isinstance(item, list) for item in each):
            raise CannotBatch(raster.axis, "a list of properties for each of several collections")
        return list(chain.from_iterable(map(repeat, each, raster.lengths.tolist())))
    if not (raster.collection and isinstance(value, list)):
        return [value] * raster.images
    if raster.axis is not None:
        raise CannotBatch(raster.axis, "a list of properties meets several collections")
    if len(value) != raster.images:
        raise JobInvalid(
            f"with_properties({name}=): expected one value for each of the {raster.images} images, got "
            f"{len(value)}; a tuple is one value for all of them"
        )
    return value


@operation("without_properties", on=Imagery)
def without_properties(self: Imagery, *names: Str) -> Same:
    """The same imagery without some of its properties.

    Parameters
    ----------
    *names : str
        Fields to leave out; those that are not there are ignored.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> Image.from_id("sentinel-2:L1C:a").without_properties("geotrans", "crs")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    ...


@without_properties.rule
def _without_properties(bind: Bind, raster: Raster, *names: str) -> Raster:
    if raster.is_empty:
        return raster
    return replace(raster, properties=Reduced(raster.properties, frozenset(bind.decided(names))))


@operation("with_bandinfo", on=Imagery)
def with_bandinfo(self: Imagery, band: Str, /, **fields: object) -> Same:
    """The same imagery with further fields in the info of one band.

    Parameters
    ----------
    band : str
        Name or alias of a band.
    **fields : object
        Values by name, Python values or proxies; a field that is there gets the new value. ``id`` and
        ``name`` are Str, ``data_range`` is a pair of Floats. All images of a collection share one bandinfo.

    Returns
    -------
    Image or ImageCollection
        Pixels and properties unchanged; empty imagery stays as it is.

    Raises
    ------
    ValueError
        If no proxy stands for a value, or it does not have the type of the field.
    JobInvalid
        When computed, if the band does not exist.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> Image.from_id("sentinel-2:L1C:a").with_bandinfo("red", data_range=(0, 0.4), note="surface")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    known = BandInfoType.known_types()
    nodes = {
        name: _field("with_bandinfo", name, value, [known[name]] if name in known else [])
        for name, value in fields.items()
    }
    return type(self)._from_node(apply("with_bandinfo", self._node, band._node, **nodes))


@with_bandinfo.rule
def _with_bandinfo(bind: Bind, raster: Raster, band: str, /, **fields: AnyValue) -> Raster:
    values = {name: _plain_or_column(bind, value) for name, value in fields.items()}
    if is_batched(values):
        raise CannotBatch(batch_axis(values), "the bandinfo differs by image")
    return _with_changed_info(bind, raster, band, lambda info: {**info, **values})


@operation("without_bandinfo", on=Imagery)
def without_bandinfo(self: Imagery, band: Str, /, *fields: Str) -> Same:
    """The same imagery without some fields in the info of one band.

    Parameters
    ----------
    band : str
        Name or alias of a band.
    *fields : str
        Fields to leave out; those that are not there are ignored.

    Raises
    ------
    JobInvalid
        When computed, if the band does not exist.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> Image.from_id("sentinel-2:L1C:a").without_bandinfo("red", "data_range")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    ...


@without_bandinfo.rule
def _without_bandinfo(bind: Bind, raster: Raster, band: str, *fields: str) -> Raster:
    left_out = frozenset(bind.decided(fields))
    return _with_changed_info(bind, raster, band, lambda info: without(info, left_out))


def _with_changed_info(bind: Bind, raster: Raster, band: str, changed: Callable[[Row], Row]) -> Raster:
    """`raster` whose info of one band is what a function makes of it."""
    if raster.is_empty:
        return raster
    name = raster.bands[raster.band_indices([bind.decided(band)])[0]]

    def bandinfo() -> BandInfo:
        info = raster.bandinfo.get()
        return {**info, name: changed(info.get(name, {}))}

    return replace(raster, bandinfo=Lazy(bandinfo, raster.bandinfo))
