"""Between imagery and arrays: ``img.ndarray`` and ``arr.to_imagery()``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any as AnyValue

import numpy as np

from .._settings import settings
from ..errors import JobInvalid
from ..geo.pixels import Pixels
from ..graph import apply, literal
from ..steps.arrays import NOTHING, Held, of_pixels, refuse_above_budget
from ..steps.batch import CannotBatch, Column
from ..steps.metadata import Lazy, Listed
from ..steps.raster import Raster, concat_images
from ..types import Arraylike, Image, ImageCollection, MaskedArray, NoneType, proxify
from ..types.array.arraylike import Hint
from ..types.proxytype import Proxytype, describe
from .registry import operation

BYTES_A_PIXEL = 9
"""A float64 and its mask."""


@operation("getattr", on=Image, method="ndarray", as_property=True)
def image_ndarray(self: Image) -> MaskedArray:
    """The pixels as an array of shape (band, y, x), north up; masked where pixels are.

    The whole area is computed in one piece. The array of an empty Image computes to None, and so does what
    is made of it; its full reductions are NaN, count and sum 0.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> img = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> img.pick_bands("red green").ndarray.mean(axis=0)
    <descartes_flow.types.array.masked_array.MaskedArray at 0x...>
    """
    return MaskedArray._from_node(apply("getattr", self._node, literal("ndarray")), Hint(3))


@operation("getattr", on=ImageCollection, method="ndarray", as_property=True)
def collection_ndarray(self: ImageCollection) -> MaskedArray:
    """The pixels as an array of shape (image, band, y, x), north up; see `Image.ndarray`.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> ImageCollection.from_id("sentinel-2:L1C").ndarray
    <descartes_flow.types.array.masked_array.MaskedArray at 0x...>
    """
    return MaskedArray._from_node(apply("getattr", self._node, literal("ndarray")), Hint(4))


def array_of(bind: AnyValue, raster: Raster) -> AnyValue:
    """The pixels of imagery, computed now; inside a batched lambda one array per image."""
    if raster.is_empty:
        return NOTHING if raster.axis is None else Column([NOTHING] * raster.axis.length, raster.axis)
    size = (raster.images, len(raster.bands), *bind.grid.shape)
    needed = float(np.prod(size, dtype=float)) * BYTES_A_PIXEL
    if raster.axis is not None and needed > settings.memory_bytes / 4:
        raise CannotBatch(raster.axis, "the pixels of all images at once would take too much memory")
    refuse_above_budget(needed / 8, "ndarray")
    stack = of_pixels(_computed(bind, raster.step, size), size)
    if raster.axis is None:
        return stack if raster.collection else stack[0]
    if not raster.collection:
        return Column(list(stack), raster.axis)
    stops = np.cumsum(raster.lengths)
    parts = [stack[stop - n : stop] if n else NOTHING for stop, n in zip(stops, raster.lengths, strict=True)]
    return Column(parts, raster.axis)


def _computed(bind: AnyValue, step: int, size: tuple[int, ...]) -> Pixels:
    """The pixels of a step, which from now on holds them: what else uses it computes nothing again."""
    (pixels,) = bind.pixels([step])
    data, mask = (None if part is None else np.broadcast_to(part, size) for part in pixels)
    bind.arena.hold(step, Held(data, mask, (bind.grid.row_off, bind.grid.col_off)))
    return pixels


@operation("to_imagery", on=Arraylike)
def to_imagery(self: Arraylike, properties: object = None, bandinfo: object = None) -> ImageCollection:
    """The array as imagery of the area that is computed.

    Parameters
    ----------
    properties : dict or list of dict, optional
        Of every image; a list has one dict per image. Default: none.
    bandinfo : dict, optional
        One entry for each band, whose key is the band's name. Default: ``band_1`` to ``band_N``, without
        info.

    Returns
    -------
    ImageCollection
        Also for an array of shape (band, y, x), which gives one image: take ``[0]``. What is no number is
        masked; a plain Array is not masked otherwise.

    Raises
    ------
    TypeError
        If `properties` or `bandinfo` are of another type.
    JobInvalid
        When computed, if the array has neither 3 nor 4 axes, y and x are not those of the GeoContext, or the
        number of properties or bands does not fit.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> Array([[[1, 2], [3, 4]]]).to_imagery({"foo": "bar"}, {"red": {}})
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    """
    nodes = [
        _said("properties", properties, (dict, list, tuple)),
        _said("bandinfo", bandinfo, (dict,)),
    ]
    return ImageCollection._from_node(apply("to_imagery", self._node, *(said._node for said in nodes)))


def _said(name: str, value: object, kinds: tuple[type, ...]) -> Proxytype:
    if value is None:
        return NoneType(None)
    if isinstance(value, kinds):
        return proxify(value)
    if isinstance(value, Proxytype) and not isinstance(value, Arraylike | Image | ImageCollection):
        return value
    wanted = " or a ".join(kind.__name__ for kind in kinds[:2])
    raise TypeError(f"to_imagery({name}=): expected a {wanted}, got {describe(value)}")


@to_imagery.rule
def _to_imagery(
    bind: AnyValue, array: AnyValue, properties: AnyValue = None, bandinfo: AnyValue = None
) -> Raster:
    found = bind.elementwise(lambda *values: values, (array, properties, bandinfo))
    if isinstance(found, Column):
        return _joined(bind, [_imagery(bind, *row) for row in found.values], found.axis)
    return _imagery(bind, *found)


def _imagery(bind: AnyValue, array: AnyValue, properties: AnyValue, bandinfo: AnyValue) -> Raster:
    """One array as a collection."""
    if array is NOTHING:
        return Raster.empty(bind.arena, collection=True)
    pixels = _stack(array, bind.grid.shape)
    images, bands = pixels.shape[:2]
    names = _named_bands(bandinfo, bands)
    rows = _rows(properties, images, listed=array.ndim == 4)
    if not images or not bands:
        return Raster.empty(bind.arena, collection=True)
    number = bind.arena.add(Held.of(pixels, bind.grid), bind.origin)
    return Raster(bind.arena, number, images, tuple(names), Listed(rows), Lazy(lambda: names), True)


def _stack(array: AnyValue, shape: tuple[int, int]) -> AnyValue:
    """The pixels as (image, band, y, x)."""
    if np.ndim(array) not in (3, 4):
        raise JobInvalid(
            "to_imagery: expected an array of shape (band, y, x) or (image, band, y, x), "
            f"got one of shape {np.shape(array)}"
        )
    if array.shape[-2:] != shape:
        raise JobInvalid(
            f"to_imagery: the array has {array.shape[-2]} x {array.shape[-1]} pixels (y, x), "
            f"the GeoContext {shape[0]} x {shape[1]}"
        )
    return array if array.ndim == 4 else array[np.newaxis]


def _named_bands(bandinfo: AnyValue, bands: int) -> dict[str, dict[str, AnyValue]]:
    if bandinfo is None:
        return {f"band_{i + 1}": {} for i in range(bands)}
    if not isinstance(bandinfo, dict) or not all(isinstance(info, dict) for info in bandinfo.values()):
        raise JobInvalid(f"to_imagery(bandinfo=): expected a dict for each band, got {bandinfo!r}")
    if len(bandinfo) != bands:
        raise JobInvalid(f"to_imagery(bandinfo=): {len(bandinfo)} bands for an array of {bands}")
    return bandinfo


def _rows(properties: AnyValue, images: int, listed: bool) -> list[dict[str, AnyValue]]:
    """One dict of properties for each image."""
    if properties is None or isinstance(properties, dict):
        return [dict(properties or {}) for _ in range(images)]
    rows = list(properties)
    if not listed or len(rows) != images or not all(isinstance(row, dict) for row in rows):
        raise JobInvalid(
            f"to_imagery(properties=): expected a dict{f', or a list of {images} dicts' if listed else ''}, "
            f"got {properties!r}"
        )
    return [dict(row) for row in rows]


def _joined(bind: AnyValue, parts: list[Raster], axis: AnyValue) -> Raster:
    """The collection of each image of a batched lambda as one value; they need the same bands."""
    full = [part for part in parts if not part.is_empty]
    if not full:
        return Raster.empty(bind.arena, True, axis)
    infos = [part.bandinfo.get() for part in full]
    if any(list(info.items()) != list(infos[0].items()) for info in infos):
        raise CannotBatch(axis, "the arrays have different bands")
    joined = concat_images(bind.arena, full)
    segments = np.asarray([part.images for part in parts], np.int32)
    return replace(joined, collection=True, axis=axis, segments=segments)
