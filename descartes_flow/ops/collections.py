"""Operations that call a function for each item, and those on the order of a collection."""

from __future__ import annotations

from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid
from ..steps.batch import Axis, CannotBatch, Column, is_deferred, per_image
from ..steps.raster import Raster, concat_images
from ..types import Any, Bool, Callback, Element, Function, Image, ImageCollection, Int, List, Same
from ..types.proxytype import Proxytype
from .registry import operation


def _mapped(self: Proxytype, func: Function) -> type[Proxytype]:
    """The same collection type where the function gives an element, else a List of what it gives."""
    given = func.result_type()
    if issubclass(given, type(self).element_type()):  # type: ignore[attr-defined]
        return type(self)
    return List[given]  # type: ignore[no-any-return]


@operation("map", on=List, method="map", returns=_mapped)
def map_list(self: List, func: Callback((Element,))) -> Any:  # type: ignore[valid-type]
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
def map_collection(self: ImageCollection, func: Callback((Image,))) -> Any:  # type: ignore[valid-type]
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
    ...


@map_list.rule
def _map(bind: AnyValue, value: AnyValue, func: AnyValue) -> AnyValue:
    if not isinstance(value, Raster):
        return [bind.call(func, item) for item in bind.items(value)]
    if value.axis is not None and value.collection is False:
        raise CannotBatch(value.axis, "an Image cannot be mapped over")
    if value.is_empty:
        return _of_nothing(bind, value, func)
    return bind.for_each(value, func, _joined, lambda results: _collected(bind, results))


def _of_nothing(bind: AnyValue, value: Raster, func: AnyValue) -> AnyValue:
    """Mapping over an empty collection: an empty of the type the function would give."""
    result = bind.call(func, value.emptied(collection=False))
    return value.emptied(collection=True) if isinstance(result, Raster) and not result.collection else []


def _joined(axis: Axis, result: AnyValue) -> AnyValue:
    """What a batched body gave, as the result of the map."""
    if not isinstance(result, Raster):
        if is_deferred(result):
            raise CannotBatch(axis, "a list of values that only pixels know")
        return per_image(result, axis)
    if result.collection:
        return [result.item(i) for i in range(axis.length)] if result.axis is axis else [result] * axis.length
    if result.is_empty:
        return result.emptied(collection=True)
    if result.axis is None:
        return result.take_images(np.zeros(axis.length, np.int32), collection=True)
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


def _collected(bind: AnyValue, results: list[AnyValue]) -> AnyValue:
    """What a body gave image by image, as the result of the map."""
    if all(isinstance(result, Raster) and not result.collection for result in results):
        return concat_images(bind.arena, results)
    return results


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
    return (
        raster
        if raster.is_empty
        else raster.take_images(np.arange(raster.images)[chosen(number, raster.images)])
    )


@operation("concat", on=ImageCollection, method="concat")
def concat_collection(self: ImageCollection, *imgs: Image | ImageCollection) -> ImageCollection:
    """This collection and more images or collections, one after the other.

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
    return None  # type: ignore[return-value]


@operation("concat", on=Image, method="concat")
def concat_image(self: Image, *imgs: Image | ImageCollection) -> ImageCollection:
    """This image and more images or collections as one collection; see `ImageCollection.concat`."""
    if not imgs:
        raise ValueError("concat(): give at least one Image or ImageCollection")
    return None  # type: ignore[return-value]


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
    return None  # type: ignore[return-value]


@concat.rule
def _concat(bind: AnyValue, *parts: Raster) -> Raster:
    for part in parts:
        if part.axis is not None:
            raise CannotBatch(part.axis, "collections are joined for every image")
    return concat_images(bind.arena, parts)
