"""Where imagery comes from: products and scenes of the catalog, and lists of images."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any as AnyValue

from ..errors import JobInvalid
from ..steps.batch import CannotBatch, joint_axis
from ..steps.metadata import Lazy, common_fields
from ..steps.raster import Raster, concat_images
from ..steps.read import Read
from ..steps.scenes import Selection
from ..types import Datetime, Image, ImageCollection, Int, List, Str
from .registry import BUILD, operation

MOST_IMAGES = 10_000
"""What a collection holds at most, unless its limit says so."""

RESAMPLERS = (
    *("near", "bilinear", "cubic", "cubicspline", "lanczos", "average"),
    *("mode", "max", "min", "med", "q1", "q3"),
)


def _build_with(resampler: AnyValue) -> AnyValue:
    """`BUILD`, or ValueError for a resampler that there is not."""
    known = resampler.literal_value
    if known is not None and known not in RESAMPLERS:
        raise ValueError(f"Unknown resampler type: {known!r}; known: {', '.join(RESAMPLERS)}")
    return BUILD


@operation("Image.load", constructs=Image, method="from_id", named=("resampler", "processing_level"))
def image_from_id(image_id: Str, resampler: Str | None = None, processing_level: Str | None = None) -> Image:
    """One scene of the catalog.

    Parameters
    ----------
    image_id : str
        ``<product>:<item>``, as `wf.catalog.search` shows it.
    resampler : str, optional
        How pixels are brought onto the grid of a run: near (default), bilinear, cubic, cubicspline, lanczos,
        average, mode, max, min, med, q1 or q3. Bands of classes are always taken by near.
    processing_level : str, optional
        Kept for compatibility; a scene that states another level gives an empty Image.

    Returns
    -------
    Image
        Pixels outside the scene are masked; a run whose area does not meet the scene is fully masked.

    Raises
    ------
    ValueError
        If the resampler is unknown.
    JobInvalid
        When computed, if no scene has this id.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1", resampler="bilinear")
    """
    return _build_with(resampler)


@image_from_id.rule
def _image_load(
    bind: AnyValue, image_id: str, resampler: str | None = None, processing_level: str | None = None
) -> Raster:
    image_id, resampler, processing_level = bind.decided((image_id, resampler, processing_level))
    items = bind.scene(image_id)
    if not items:
        raise JobInvalid(
            f"no image {image_id!r} in the catalog; wf.catalog.products() lists the products, "
            "wf.catalog.search(product) the images of one, and ImageCollection.from_id takes them all"
        )
    return _raster(bind, _of_level(items, processing_level), resampler, collection=False)


def _of_level(items: Selection, level: str | None) -> Selection:
    """Items of a processing level, or that state none; all for None."""
    if level is None:
        return items
    return Selection([item for item in items if item.properties.get("processing_level", level) == level])


@operation(
    "ImageCollection.from_id",
    constructs=ImageCollection,
    method="from_id",
    named=("start_datetime", "end_datetime", "limit", "resampler", "processing_level"),
)
def collection_from_id(
    product_id: Str,
    start_datetime: Datetime | None = None,
    end_datetime: Datetime | None = None,
    limit: Int | None = None,
    resampler: Str | None = None,
    processing_level: Str | None = None,
) -> ImageCollection:
    """The scenes of a product that meet the area of a run, by date.

    Parameters
    ----------
    product_id : str
    start_datetime, end_datetime : Datetime, datetime, date or ISO text, optional
        ``start <= date < end``; without an offset they are UTC.
    limit : int, optional
        Most images, the earliest ones; 10,000 if left out.
    resampler : str, optional
        As for `Image.from_id`.
    processing_level : str, optional

    Returns
    -------
    ImageCollection
        Sorted by date, then id; empty where nothing is found.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id(
    ...     "landsat:LC08:PRE:TOAR", start_datetime="2016-01-01", end_datetime="2016-07-01"
    ... )
    """
    return _build_with(resampler)


@collection_from_id.rule
def _collection_from_id(
    bind: AnyValue,
    product_id: str,
    start_datetime: datetime.datetime | None = None,
    end_datetime: datetime.datetime | None = None,
    limit: int | None = None,
    resampler: str | None = None,
    processing_level: str | None = None,
) -> Raster:
    product_id, start_datetime, end_datetime = bind.decided((product_id, start_datetime, end_datetime))
    limit, resampler, processing_level = bind.decided((limit, resampler, processing_level))
    if limit is not None and limit < 0:
        raise JobInvalid(f"limit: expected a number of images, got {limit}")
    items = bind.scenes(product_id, start_datetime, end_datetime)
    items = _of_level(items, processing_level)
    most = MOST_IMAGES if limit is None else limit
    if len(items) > most:
        items = Selection(items[:most])
    return _raster(bind, items, resampler, collection=True)


def _raster(bind: AnyValue, items: Selection, resampler: str | None, collection: bool) -> Raster:
    """The imagery of scenes, with all bands that any of them has, in the order in which they first occur."""
    if not items:
        return Raster.empty(bind.arena, collection)
    if resampler is not None and resampler not in RESAMPLERS:
        raise JobInvalid(f"Unknown resampler type: {resampler!r}")
    names = items.band_names
    if not names:
        return Raster.empty(bind.arena, collection)
    step = Read(items, names, resampler or "near")
    bandinfo = Lazy(lambda: _bandinfo(items, names))
    number = bind.arena.add(step, bind.origin)
    return Raster(
        bind.arena,
        number,
        len(items),
        names,
        items.properties,
        bandinfo,
        collection,
        aliases=_aliases(items, names),
    )


def _bandinfo(items: Sequence[AnyValue], names: Sequence[str]) -> dict[str, dict[str, AnyValue]]:
    """Per band the fields that every scene having the band agrees on."""
    found = {}
    for name in names:
        infos = [info for item in items if (info := item.band_info(name)) is not None]
        found[name] = infos[0] if all(info is infos[0] for info in infos) else common_fields(infos)
    return found


def _aliases(items: Sequence[AnyValue], names: Sequence[str]) -> dict[str, str]:
    """Other names of the bands, as the first scene that has each band gives them."""
    found: dict[str, str] = {}
    for item in items[:1]:
        for alias, name in item.aliases.items():
            if alias not in names:
                found[alias] = name
    return found


@operation("ImageCollection.from_images", constructs=ImageCollection, method="from_images")
def collection_from_images(images: List[Image]) -> ImageCollection:
    """Several images in one collection; the same as calling `ImageCollection`.

    Parameters
    ----------
    images : list of Image
        Empties are dropped; bands are put in the order of the first.

    Returns
    -------
    ImageCollection
        Empty if no image is left.

    Raises
    ------
    JobInvalid
        When computed, if their bands differ.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> type(wf.ImageCollection.from_images([img, img])).__name__
    'ImageCollection'
    """
    ...


@collection_from_images.rule
def _collection_from_images(bind: AnyValue, images: AnyValue) -> Raster:
    parts = bind.items(images)
    axis = joint_axis(parts)
    if axis is not None:
        raise CannotBatch(axis, "a collection is built for every image")
    return concat_images(bind.arena, parts)
