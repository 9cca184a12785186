"""Collections of images in another order, and folded into one value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyValue

from ..steps.batch import CannotBatch
from ..steps.raster import Raster
from ..types import Bool, Callback, Image, ImageCollection, Same
from .lists import MISSING, REDUCERS, SORTERS, folded, in_order, require_order
from .mapping import for_each_known
from .registry import BUILD, operation


@operation("sorted", on=ImageCollection, method="sorted", named=("reverse",))
def sorted_collection(
    self: ImageCollection,
    key: Callback((Image,)),  # type: ignore[valid-type]
    reverse: Bool = False,  # type: ignore[assignment]
) -> Same:
    """The images in the order of something said of them; sorting by properties reads no pixel.

    Parameters
    ----------
    key : callable
        Takes the proxy of an image, returns what is compared. It is called once, while the graph is built.
    reverse : bool
        Largest first. Images with equal keys keep their order, NaN comes last in both directions.

    Raises
    ------
    TypeError
        If what `key` returns has no order.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> ImageCollection.from_id("sentinel-2:L1C").sorted(lambda img: img.properties["cloud_fraction"])
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    """
    require_order(key.return_type, key)
    return BUILD


def _sorted_raster(bind: AnyValue, raster: Raster, key: AnyValue, reverse: AnyValue) -> Raster:
    if raster.is_empty:
        return raster
    axis, image = raster.by_image()
    keys = iter(for_each_known(bind, axis, [image], key))
    descending = bind.decided(reverse)
    return raster.select(lambda length: in_order([next(keys) for _ in range(length)], descending))


SORTERS[Raster] = _sorted_raster


@operation("reduce", on=ImageCollection, method="reduce")
def reduce_collection(self: ImageCollection, func: Callable[..., object], initial: object = None) -> AnyValue:
    """One value from all images: ``func(func(func(initial, a), b), c)``.

    Parameters
    ----------
    func : callable
        Takes what it gave last and the proxy of the next image, returns a value of the type of the former.
        It is called once, while the graph is built.
    initial : proxy, optional
        What it starts with; it decides the type of the result. Left out: the first image.

    Returns
    -------
    proxy
        Of the type of `initial`, else an Image. An empty collection gives `initial`, else an empty Image.

    Raises
    ------
    ProxyTypeError
        If `initial` is no proxy.
    TypeError
        If the function takes other arguments or returns another type.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> ImageCollection.from_id("sentinel-2:L1C").reduce(lambda total, img: total + img)
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    return folded(self, func, initial)


def _reduced_raster(bind: AnyValue, raster: Raster, func: AnyValue, initial: AnyValue = MISSING) -> AnyValue:
    if raster.axis is not None:
        raise CannotBatch(raster.axis, "a fold for every image")
    images = [raster.take_images([row], collection=False) for row in range(raster.images)]
    if initial is MISSING:
        if not images:
            return raster.emptied(collection=False)
        initial = images.pop(0)
    result = initial
    for image in images:
        result = bind.call(func, result, image)
    return result


REDUCERS[Raster] = _reduced_raster
