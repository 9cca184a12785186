"""From a bound value to the result that a user gets: which steps it needs, and how their pixels fill it."""

from __future__ import annotations

from typing import Any

from ..errors import JobInvalidTyping
from ..geo import Grid
from ..geo.features import Vector
from ..geo.gridded import Gridded
from ..geo.pixels import Pixels
from ..ops.metadata import ImageProperties
from ..steps.arrays import NOTHING, of_pixels
from ..steps.batch import Deferred
from ..steps.raster import Raster
from .evaluation import Closure
from .results import ImageCollectionResult, ImageResult, scalar

Geocontext = dict[str, Any] | None


def wanted_steps(value: Any, metadata: bool) -> list[int]:
    """The steps whose pixels a bound value needs, each once; with `metadata` also those of properties."""
    found: dict[int, None] = {}
    _gather(value, found, metadata)
    return list(found)


def _gather(value: Any, found: dict[int, None], metadata: bool) -> None:
    if isinstance(value, Raster):
        if not value.is_empty:
            found[value.step] = None
        if metadata:
            _gather(ImageProperties(value).plain(), found, metadata)
            _gather(value.bandinfo.get(), found, metadata)
    elif isinstance(value, Deferred):
        found[value.step] = None
    elif isinstance(value, ImageProperties):
        _gather(value.plain(), found, metadata)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _gather(item, found, metadata)
    elif isinstance(value, dict):
        for item in value.values():
            _gather(item, found, metadata)
    elif isinstance(value, Vector):
        _gather(value.parts, found, metadata)


def outcome(value: Any, pixels: dict[int, Pixels], grid: Grid | None, geocontext: Geocontext) -> Any:
    """The result: plain Python values, and holders of arrays for imagery."""
    if isinstance(value, Raster):
        return _imagery(value, pixels, grid, geocontext)
    if isinstance(value, Deferred):
        return scalar(pixels[value.step], value.row)
    if isinstance(value, ImageProperties):
        return outcome(_sorted(value.plain()), pixels, grid, geocontext)
    if isinstance(value, Vector):
        return value.with_parts(outcome(value.parts, pixels, grid, geocontext))
    if isinstance(value, Gridded):
        return value.to_dict()
    if isinstance(value, Closure):
        raise JobInvalidTyping("a function is no result; call it and compute what it gives")
    if value is NOTHING:
        return None
    if isinstance(value, (list, tuple)):
        return type(value)(outcome(item, pixels, grid, geocontext) for item in value)
    if isinstance(value, dict):
        return {key: outcome(item, pixels, grid, geocontext) for key, item in value.items()}
    return value


def _imagery(
    raster: Raster, pixels: dict[int, Pixels], grid: Grid | None, geocontext: Geocontext
) -> ImageResult | ImageCollectionResult:
    properties = outcome(_sorted(ImageProperties(raster).plain()), pixels, grid, geocontext)
    if raster.is_empty:
        return (ImageCollectionResult if raster.collection else ImageResult)(None, properties, {}, geocontext)
    assert grid is not None, "imagery that is not empty was bound to a grid"
    size = (raster.images, len(raster.bands), *grid.shape)
    array = of_pixels(pixels[raster.step], size)
    info = outcome(raster.bandinfo.get(), pixels, grid, geocontext)
    bandinfo = {band: dict(info.get(band, {})) for band in raster.bands}
    if raster.collection:
        return ImageCollectionResult(array, properties, bandinfo, geocontext)
    return ImageResult(array[0], properties, bandinfo, geocontext)


def _sorted(properties: Any) -> Any:
    """Properties with their keys in order, as results show them; copies, so that users may change them."""
    if isinstance(properties, list):
        return [_sorted(row) for row in properties]
    return {key: properties[key] for key in sorted(properties)}
