"""Operations that call a function for each item of a collection: ``map`` and ``filter``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any as AnyValue

import numpy as np

from ..geo.features import same_collection
from ..graph import apply
from ..steps.batch import Axis, CannotBatch, Column, is_deferred, per_image
from ..steps.raster import Raster, concat_images, require_imagery
from ..types import Bool, Callback, Element, Function, Image, ImageCollection, List, Same
from ..types.proxytype import Proxytype
from .metadata import holds_imagery
from .registry import BUILD, operation


def _mapped(self: Proxytype, func: Function) -> type[Proxytype]:
    """The same collection type where the function gives an element, else a List of what it gives."""
    given = func.return_type
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

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.List[wf.Int]([1, 2]).map(lambda x: x / 2).compute()
    [0.5, 1.0]
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

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> type(col.map(lambda img: img.pick_bands("red") * 2)).__name__
    'ImageCollection'
    >>> type(col.map(lambda img: img.properties["date"].month)).__name__
    'List[Int]'
    """
    if issubclass(func.return_type, Image):
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
    axis, image = value.by_image()
    return imagery_of_each(bind, axis, [image], func)


def imagery_of_each(bind: AnyValue, axis: Axis, arguments: AnyValue, func: AnyValue) -> Raster:
    """What a function that gives imagery gives for each image of an axis, as one collection."""
    return bind.for_each(
        axis,
        arguments,
        func,
        lambda result: _joined(axis, result),
        lambda results: concat_images(bind.arena, results),
    )


@map_list.rule
def _map(bind: AnyValue, value: AnyValue, func: AnyValue) -> AnyValue:
    if not isinstance(value, Raster):
        return same_collection(value, [bind.call(func, item) for item in bind.items(value)])
    if value.is_empty:
        return []
    axis, image = value.by_image()
    return bind.for_each(axis, [image], func, lambda result: _listed(axis, result), list)


def _joined(axis: Axis, result: Raster) -> Raster:
    """What a batched body gave as one collection, or as one for each image of the enclosing lambda."""
    require_imagery([result])
    if result.is_empty:
        return Raster.empty(result.arena, collection=True, axis=axis.parent)
    if result.axis is None:
        result = _repeated(result, axis)
    if result.axis is not axis:
        raise CannotBatch(result.axis, "the result belongs to another lambda")
    if axis.parent is None:
        return replace(result, collection=True, axis=None, segments=None)
    assert axis.rows is not None, "a nested axis knows its rows"
    each = result.lengths if result.collection else np.ones(axis.length)
    segments = np.bincount(axis.rows, each, minlength=axis.parent.length).astype(np.int32)
    return replace(result, collection=True, axis=axis.parent, segments=segments)


def _repeated(raster: Raster, axis: Axis) -> Raster:
    """Imagery that is the same for each image of an axis, once for each."""
    if not raster.collection:
        return raster.take_images(np.zeros(axis.length, np.int32), axis=axis)
    rows = np.tile(np.arange(raster.images), axis.length)
    return raster.take_images(rows, axis=axis, segments=np.full(axis.length, raster.images, np.int32))


def _listed(axis: Axis, result: AnyValue) -> AnyValue:
    """What a batched body gave for each image, as a list; one list per image of the enclosing lambda."""
    values = per_image(result, axis)
    if axis.parent is None:
        return values
    if is_deferred(values) or holds_imagery(values):
        raise CannotBatch(axis.parent, "lists of what only pixels know, one for each image")
    assert axis.rows is not None, "a nested axis knows its rows"
    lists: list[list[AnyValue]] = [[] for _ in range(axis.parent.length)]
    for row, value in zip(axis.rows, values, strict=True):
        lists[row].append(value)
    return Column(lists, axis.parent)


@operation("filter", on=List, method="filter")
def filter_list(self: List, func: Callback((Element,), Bool)) -> Same:  # type: ignore[valid-type]
    """The items for which a function is true.

    Parameters
    ----------
    func : callable
        Takes the proxy of an item, returns a Bool. It is called once, while the graph is built.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.List[wf.Int]([3, 1, 2]).filter(lambda x: x > 1).compute()
    [3, 2]
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

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> winter = col.filter(lambda img: img.properties["date"].month <= 2)
    """
    ...


@filter_list.rule
def _filter(bind: AnyValue, value: AnyValue, func: AnyValue) -> AnyValue:
    if not isinstance(value, Raster):
        chosen = [item for item in bind.items(value) if bind.known(bind.call(func, item))]
        return same_collection(value, chosen)
    if value.is_empty:
        return value
    axis, image = value.by_image()
    keep = np.asarray([bool(flag) for flag in for_each_known(bind, axis, [image], func)], bool)
    if axis.rows is None:
        return value.take_images(np.flatnonzero(keep))
    segments = np.bincount(axis.rows[keep], minlength=len(value.lengths)).astype(np.int32)
    return value.take_images(np.flatnonzero(keep), segments=segments)


def for_each_known(bind: AnyValue, axis: Axis, arguments: AnyValue, func: AnyValue) -> list[AnyValue]:
    """What a function gives for each image, with what only pixels know computed together."""
    return bind.for_each(
        axis, arguments, func, lambda result: per_image(bind.known(result), axis), bind.known
    )
