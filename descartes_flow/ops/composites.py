"""Composites whose pixels come from the image that another band chooses."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Literal

from ..errors import JobInvalid
from ..steps.batch import joint_axis
from ..steps.composite import OPERATIONS, SortedComposite
from ..steps.families import aligned
from ..steps.metadata import Common
from ..steps.raster import Raster
from ..types import Image, ImageCollection, Str
from .reductions import segments_of
from .registry import operation


@operation("ImageCollection.sortby_composite", on=ImageCollection, named=("operation",))
def sortby_composite(
    self: ImageCollection,
    band: Str | ImageCollection,
    operation: Literal["argmax", "argmin"] = "argmax",
) -> Image:
    """Per pixel all bands of the image in which one band is the largest, or the smallest.

    Parameters
    ----------
    band : str or ImageCollection
        Name of a band of this collection; or a collection with one band and as many images, which chooses
        among the images of this one.
    operation : "argmax" or "argmin"

    Returns
    -------
    Image
        The bands of this collection, and the properties that all images share. A pixel whose `band` is masked
        is not chosen; where it is masked in every image, the result is. Of equal values the earliest image is
        taken. Bands that are masked in the chosen image are masked. Empty if either collection is.

    Raises
    ------
    ValueError
        If the operation is another one.
    JobInvalid
        When computed, if there is no such band, or the other collection has several or another length.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> col = ImageCollection.from_id("my-product")
    >>> col.sortby_composite("ndvi")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    >>> col.sortby_composite(col.pick_bands("cloud") * 2, operation="argmin")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    ...


@sortby_composite.rule
def _sortby_composite(
    bind: AnyValue, raster: Raster, band: AnyValue, operation: AnyValue = "argmax"
) -> Raster:
    operation = bind.decided(operation)
    if operation not in OPERATIONS:
        raise JobInvalid(f"operation: {operation!r} is not one of {', '.join(map(repr, OPERATIONS))}")
    key = band if isinstance(band, Raster) else _band(bind, raster, band)
    axis = joint_axis([raster, key])
    if raster.is_empty or key.is_empty:
        return Raster.empty(bind.arena, False, axis)
    if len(key.bands) != 1:
        raise JobInvalid(f"one band decides, not {len(key.bands)} ({', '.join(key.bands)}); use pick_bands")
    source, key, _ = aligned(raster, key, axis)
    segments = segments_of(source)
    step = SortedComposite(operation, (source.step, key.step), segments, len(source.bands))
    properties = Common(source.properties, segments)
    return source.with_step(step, bind.origin, collection=False, segments=None, properties=properties)


def _band(bind: AnyValue, raster: Raster, name: AnyValue) -> Raster:
    name = bind.decided(name)
    return raster if raster.is_empty else raster.take_bands(raster.band_indices([name]))
