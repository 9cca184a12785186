"""A function for each image of a collection and its neighbours in time: `ImageCollection.map_window`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid
from ..graph import apply
from ..steps.batch import Axis, CannotBatch, per_image
from ..steps.raster import Raster
from ..types import Callback, Image, ImageCollection, Imagery, Int, List, Proxytype
from .mapping import imagery_of_each
from .registry import operation

WINDOW = Callback((ImageCollection, Image, ImageCollection))


@operation("ImageCollection.map_window", on=ImageCollection)
def map_window(
    self: ImageCollection,
    func: WINDOW,  # type: ignore[valid-type]
    back: Int = 0,  # type: ignore[assignment]
    fwd: Int = 0,  # type: ignore[assignment]
) -> AnyValue:
    """The results of a function for each image that has enough neighbours.

    Parameters
    ----------
    func : callable
        Takes the `back` images before an image, the image, and the `fwd` images after it, in the order of
        the collection. It is called once, while the graph is built.
    back, fwd : int
        How many images there must be before and after.

    Returns
    -------
    ImageCollection
        If the function returns an Image or an ImageCollection: all of them, in order; empties are dropped.
    List
        Of what it returns otherwise. There are ``length - back - fwd`` results: none for the first `back`
        images and the last `fwd`.

    Raises
    ------
    JobInvalid
        When computed, if the window is longer than a collection that is not empty.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> col = ImageCollection.from_id("sentinel-2:L1C")
    >>> col.map_window(lambda back, img, fwd: img - back.mean(axis="images"), back=2)
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    """
    result = func.return_type  # type: ignore[attr-defined]
    imagery = issubclass(result, Imagery)
    kind: type[Proxytype] = ImageCollection if imagery else List.of(result)
    name = "ImageCollection.map_window_ic" if imagery else "ImageCollection.map_window"
    return kind._from_node(apply(name, self._node, func._node, back=back._node, fwd=fwd._node))  # type: ignore[attr-defined]


@map_window.rule
def _map_window(
    bind: AnyValue, raster: Raster, func: AnyValue, back: AnyValue = 0, fwd: AnyValue = 0
) -> list[AnyValue]:
    axis, arguments = _windows(bind, raster, back, fwd)
    if not axis.length:
        return []
    return bind.for_each(axis, arguments, func, lambda result: per_image(result, axis), list)


@operation("ImageCollection.map_window_ic", on=ImageCollection, public=False)
def map_window_imagery(self: ImageCollection, func: WINDOW, back: Int, fwd: Int) -> ImageCollection:  # type: ignore[valid-type]
    """`ImageCollection.map_window` whose function gives imagery."""
    ...


@map_window_imagery.rule
def _map_window_imagery(
    bind: AnyValue, raster: Raster, func: AnyValue, back: AnyValue = 0, fwd: AnyValue = 0
) -> Raster:
    axis, arguments = _windows(bind, raster, back, fwd)
    if not axis.length:
        return raster.emptied(collection=True)
    return imagery_of_each(bind, axis, arguments, func)


def _windows(bind: AnyValue, raster: Raster, back: AnyValue, fwd: AnyValue) -> tuple[Axis, list[Raster]]:
    """The axis of a lambda over windows, and what stands for the images before, at and after each place."""
    before, after = bind.decided((back, fwd))
    if before < 0 or after < 0:
        raise JobInvalid(f"back and fwd are numbers of images, got {before} and {after}")
    if raster.axis is not None:
        raise CannotBatch(raster.axis, "windows for every image")
    if raster.is_empty:
        return Axis(0), []
    number = raster.images - before - after
    if number < 1:
        raise JobInvalid(
            f"a window of {before + 1 + after} images (back={before}, fwd={after}) is longer than the "
            f"collection, which has {raster.images}"
        )
    axis = Axis(number)
    places = np.arange(number)[:, None]
    image = raster.take_images(places[:, 0] + before, collection=False, axis=axis)
    return axis, [
        _neighbours(raster, places + np.arange(before), axis),
        image,
        _neighbours(raster, places + np.arange(before + 1, before + 1 + after), axis),
    ]


def _neighbours(raster: Raster, rows: np.ndarray[AnyValue, AnyValue], axis: Axis) -> Raster:
    """A collection for each place: the images of one row of `rows`."""
    if not rows.size:
        return replace(raster.emptied(), axis=axis, segments=np.zeros(axis.length, np.int32))
    segments = np.full(axis.length, rows.shape[1], np.int32)
    return raster.take_images(rows.ravel(), axis=axis, segments=segments)
