"""Operations that call a function for each item, and those on the order of a collection."""

from __future__ import annotations

from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid
from ..graph import apply
from ..steps.batch import Axis, CannotBatch, Column, is_deferred, per_image
from ..steps.raster import Raster, concat_images
from ..types import Bool, Callback, Element, Function, Image, ImageCollection, Imagery, Int, List, Same
from ..types.proxytype import Proxytype
from .registry import BUILD, operation


def _mapped(self: Proxytype, func: Function) -> type[Proxytype]:
    """The same collection type where the function gives an element, else a List of what it gives."""
    given = func.result_type()
    if issubclass(given, type(self).element_type()):  # type: ignore[attr-defined]
        return type(self)
    return List.of(given)


@operation("map", on=List, method="map", returns=_mapped)
def map_list(self: List, func: Callback((Element,))) -> AnyValue:  # type: ignore[valid-type]
    """The results of a function for each item.

    Parameters
    ----------
    func : callable
        Takes the proxy of an item. It is called once, while the graph is built.

    Returns
    -------
    List
        Of what the function returns.
    """
    ...


@operation("map", on=ImageCollection, method="map", returns=_mapped)
def map_collection(self: ImageCollection, func: Callback((Image,))) -> AnyValue:  # type: ignore[valid-type]
    """The results of a function for each image.

    Parameters
    ----------
    func : callable
        Takes the proxy of an image. It is called once, while the graph is built.

    Returns
    -------
    ImageCollection
        If the function returns an Image; empties are dropped.
    List
        Of what it returns otherwise.
    """
    if issubclass(func.result_type(), Image):
        return ImageCollection._from_node(apply("map_imagery", self._node, func._node))
    return BUILD


@operation("map_imagery", on=ImageCollection, public=False)
def map_imagery(self: ImageCollection, func: Callback((Image,), Image)) -> ImageCollection:  # type: ignore[valid-type]
    """`ImageCollection.map` whose function gives an Image."""
    ...


@map_imagery.rule
def _map_imagery(bind: AnyValue, value: Raster, func: AnyValue) -> AnyValue:
    if value.is_empty:
        return value
    return bind.for_each(value, func, _joined, lambda results: concat_images(bind.arena, results))


@map_list.rule
def _map(bind: AnyValue, value: AnyValue, func: AnyValue) -> AnyValue:
    if not isinstance(value, Raster):
        return [bind.call(func, item) for item in bind.items(value)]
    return [] if value.is_empty else bind.for_each(value, func, _joined, list)


def _joined(axis: Axis, result: AnyValue) -> AnyValue:
    """What a batched body gave, as the result of the map."""
    if not isinstance(result, Raster):
        if is_deferred(result):
            raise CannotBatch(axis, "a list of values that only pixels know")
        return per_image(result, axis)
    if result.collection:
        return [result.item(i) for i in range(axis.length)] if result.axis is axis else [result] * axis.length
    if result.is_empty:
        return Raster.empty(result.arena, collection=True, axis=axis.parent)
    if result.axis is None:
        result = result.take_images(np.zeros(axis.length, np.int32), axis=axis)
    if result.axis is not axis:
        raise CannotBatch(result.axis, "the result belongs to another lambda")
    return _unbatched(result, axis)


def _unbatched(result: Raster, axis: Axis) -> Raster:
    """Images of an axis as a collection: of the enclosing lambda's images where there is one."""
    if axis.parent is None:
        return result.take_images(np.arange(axis.length), collection=True, axis=None)
    assert axis.rows is not None, "a nested axis knows its rows"
    segments = np.bincount(axis.rows, minlength=axis.parent.length).astype(np.int32)
    return result.take_images(np.arange(axis.length), collection=True, axis=axis.parent, segments=segments)


@operation("filter", on=List, method="filter")
def filter_list(self: List, func: Callback((Element,), Bool)) -> Same:  # type: ignore[valid-type]
    """The items for which a function is true.

    Parameters
    ----------
    func : callable
        Takes the proxy of an item, returns a Bool. It is called once, while the graph is built.
    """
    ...


@operation("filter", on=ImageCollection, method="filter")
def filter_collection(self: ImageCollection, func: Callback((Image,), Bool)) -> Same:  # type: ignore[valid-type]
    """The images for which a function is true; deciding by properties reads no pixel.

    Parameters
    ----------
    func : callable
        Takes the proxy of an image, returns a Bool. It is called once, while the graph is built.

    Returns
    -------
    ImageCollection
        Empty if the function is true for no image.
    """
    ...


@filter_list.rule
def _filter(bind: AnyValue, value: AnyValue, func: AnyValue) -> AnyValue:
    if not isinstance(value, Raster):
        return [item for item in bind.items(value) if bind.known(bind.call(func, item))]
    if value.is_empty:
        return value
    if value.axis is not None:
        raise CannotBatch(value.axis, "a filter inside a lambda")

    keep = bind.for_each(value, func, lambda axis, result: per_image(bind.known(result), axis), bind.known)
    return value.take_images(np.flatnonzero(np.asarray(keep, bool)))


@operation("ImageCollection.head", on=ImageCollection)
def head(self: ImageCollection, n: Int) -> Same:
    """The first `n` images; all if there are fewer."""
    ...


@head.rule
def _head(bind: AnyValue, raster: Raster, n: AnyValue) -> Raster:
    return _part(bind, raster, n, lambda number, images: slice(0, number))


@operation("ImageCollection.tail", on=ImageCollection)
def tail(self: ImageCollection, n: Int) -> Same:
    """The last `n` images; all if there are fewer."""
    ...


@tail.rule
def _tail(bind: AnyValue, raster: Raster, n: AnyValue) -> Raster:
    return _part(bind, raster, n, lambda number, images: slice(max(0, images - number), images))


def _part(bind: AnyValue, raster: Raster, n: AnyValue, chosen: AnyValue) -> Raster:
    number = bind.known(n)
    if isinstance(number, Column) or raster.axis is not None:
        raise CannotBatch(raster.axis or number.axis, "a part of a collection inside a lambda")
    if number < 0:
        raise JobInvalid(f"expected a number of images, got {number}")
    if raster.is_empty:
        return raster
    return raster.take_images(np.arange(raster.images)[chosen(number, raster.images)])


@operation("concat", on=Imagery, method="concat")
def concat_method(self: Imagery, *imgs: Image | ImageCollection) -> ImageCollection:
    """The image or images of the object, and more images or collections, in one collection.

    Parameters
    ----------
    *imgs : Image or ImageCollection
        At least one; empties are dropped. Bands are put in the order of the first that is not empty.

    Raises
    ------
    ValueError
        If none is given.
    JobInvalid
        When computed, if their bands differ.
    """
    if not imgs:
        raise ValueError("concat(): give at least one Image or ImageCollection")
    return BUILD


@operation("concat")
def concat(*imgs: Image | ImageCollection) -> ImageCollection:
    """Images and collections as one collection.

    Parameters
    ----------
    *imgs : Image or ImageCollection
        At least two; empties are dropped. Bands are put in the order of the first that is not empty.

    Raises
    ------
    ValueError
        If fewer than two are given.
    JobInvalid
        When computed, if their bands differ.
    """
    if len(imgs) < 2:
        raise ValueError(f"concat(): give at least two Images or ImageCollections, got {len(imgs)}")
    return BUILD


@concat.rule
def _concat(bind: AnyValue, *parts: Raster) -> Raster:
    for part in parts:
        if part.axis is not None:
            raise CannotBatch(part.axis, "collections are joined for every image")
    return concat_images(bind.arena, parts)
