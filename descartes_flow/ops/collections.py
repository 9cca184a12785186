"""Parts of collections of images, and collections joined."""

from __future__ import annotations

from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid
from ..steps.batch import CannotBatch
from ..steps.raster import Raster, concat_images
from ..types import Image, ImageCollection, Imagery, Int, Same, Tuple
from .registry import BUILD, operation


@operation("ImageCollection.head", on=ImageCollection)
def head(self: ImageCollection, n: Int) -> Same:
    """The first `n` images; all if there are fewer.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> first = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR").head(3)
    """
    ...


@head.rule
def _head(bind: AnyValue, raster: Raster, n: AnyValue) -> Raster:
    number = _count(bind, n)
    return raster if raster.is_empty else raster.select(lambda length: np.arange(length)[:number])


@operation("ImageCollection.tail", on=ImageCollection)
def tail(self: ImageCollection, n: Int) -> Same:
    """The last `n` images; all if there are fewer.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> latest = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR").tail(3)
    """
    ...


@tail.rule
def _tail(bind: AnyValue, raster: Raster, n: AnyValue) -> Raster:
    number = _count(bind, n)
    if raster.is_empty:
        return raster
    return raster.select(lambda length: np.arange(max(0, length - number), length))


def _count(bind: AnyValue, n: AnyValue) -> int:
    number = bind.decided(n)
    if number < 0:
        raise JobInvalid(f"expected a number of images, got {number}")
    return number


@operation("ImageCollection.partition", on=ImageCollection)
def partition(self: ImageCollection, i: Int) -> Tuple[ImageCollection, ImageCollection]:
    """The images before a position, and those from it on.

    Parameters
    ----------
    i : int
        Negative: counted from the end, as in ``col[:i]``.

    Returns
    -------
    Tuple[ImageCollection, ImageCollection]
        A part without images is empty.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> before, after = ImageCollection.from_id("sentinel-2:L1C").partition(2)
    >>> after
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    """
    ...


@partition.rule
def _partition(bind: AnyValue, raster: Raster, i: AnyValue) -> tuple[Raster, Raster]:
    place = bind.decided(i)
    if raster.is_empty:
        return raster, raster
    return (
        raster.select(lambda length: np.arange(length)[:place]),
        raster.select(lambda length: np.arange(length)[place:]),
    )


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

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> both = col.head(1).concat(col.tail(1))
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

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> both = wf.concat(col.head(1), col.tail(1))
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
