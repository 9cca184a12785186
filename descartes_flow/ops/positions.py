"""Where pixels lie: values at a point, and between coordinates and indices."""

from __future__ import annotations

import math
from typing import Any as AnyValue

from ..errors import JobInvalid
from ..geo import Grid
from ..steps.batch import CannotBatch, Deferred
from ..steps.pick import PickPixel
from ..steps.raster import Raster
from ..steps.select import TakeBands
from ..types import Dict, Float, Image, ImageCollection, Imagery, Int, List, Str, Tuple
from .registry import operation


@operation("value_at", on=Image, method="value_at")
def value_at_of_image(self: Image, x: Float | Int, y: Float | Int) -> Dict[Str, Float]:
    """The values of the pixel that holds a point.

    Parameters
    ----------
    x, y : float
        In the CRS of the GeoContext; metres of EPSG:3857 on the map.

    Returns
    -------
    Dict[Str, Float]
        By band; `numpy.ma.masked` where the pixel is masked. ``{}`` for an empty image. Only this pixel is
        computed. What is calculated of a masked value is masked; where it decides, it is NaN and not true.

    Raises
    ------
    JobInvalid
        When computed, if the point lies outside the area of the run.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> Image.from_id("sentinel-2:L1C:a").value_at(500_005, 4_999_995)["red"]
    <descartes_flow.types.primitives.number.Float at 0x...>
    """
    ...


@operation("value_at", on=ImageCollection, method="value_at")
def value_at_of_collection(self: ImageCollection, x: Float | Int, y: Float | Int) -> List[Dict[Str, Float]]:
    """The values of the pixel that holds a point, image by image; see `Image.value_at`.

    Returns
    -------
    List[Dict[Str, Float]]
        For each image by band; ``[]`` for an empty collection.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> ImageCollection.from_id("sentinel-2:L1C").value_at(500_005, 4_999_995)
    <descartes_flow.types.containers.list_.List[Dict[Str, Float]] at 0x...>
    """
    ...


@value_at_of_image.rule
def _value_at(bind: AnyValue, raster: Raster, x: AnyValue, y: AnyValue) -> AnyValue:
    if raster.is_empty:
        return [] if raster.collection else {}
    if raster.collection and raster.axis is not None:
        raise CannotBatch(raster.axis, "a list of values for every image")
    row, col = _pixel(bind.grid, *bind.decided((x, y)))
    step = PickPixel(raster.step, raster.images, len(raster.bands), row, col)
    picked = bind.arena.add(step, bind.origin)
    bands = {
        name: bind.arena.add(TakeBands(picked, raster.images, [band], len(raster.bands)))
        for band, name in enumerate(raster.bands)
    }
    if len(bands) == 1:
        bands = dict.fromkeys(bands, picked)
    if not raster.collection:
        return {name: Deferred(number, raster.axis) for name, number in bands.items()}
    return [
        {name: Deferred(number, None, image) for name, number in bands.items()}
        for image in range(raster.images)
    ]


def _pixel(grid: Grid, x: float, y: float) -> tuple[int, int]:
    """Row and column in the whole grid of the pixel that holds a point of the area; JobInvalid for others."""
    if math.isfinite(x) and math.isfinite(y):
        row, col = grid.coords_to_index(x, y)
        if 0 <= row < grid.rows and 0 <= col < grid.cols:
            return grid.row_off + row, grid.col_off + col
    raise JobInvalid(
        f"value_at: the point ({x}, {y}) lies outside the area of the run, {tuple(grid.bounds)} in "
        f"{grid.crs}; x and y are coordinates of this CRS"
    )


@operation("index_to_coords", on=Imagery, method="index_to_coords")
def index_to_coords(self: Imagery, row: Int, col: Int) -> Tuple[Float, Float]:
    """``(x, y)`` of the upper left corner of a pixel of the run, in the CRS of the GeoContext.

    Parameters
    ----------
    row, col : int
        Position in the arrays of the result; positions outside are continued.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> x, y = Image.from_id("sentinel-2:L1C:a").index_to_coords(0, 0)
    """
    ...


@index_to_coords.rule
def _index_to_coords(bind: AnyValue, raster: Raster, row: AnyValue, col: AnyValue) -> AnyValue:
    return bind.elementwise(bind.grid.index_to_coords, (row, col))


@operation("coords_to_index", on=Imagery, method="coords_to_index")
def coords_to_index(self: Imagery, x: Float | Int, y: Float | Int) -> Tuple[Int, Int]:
    """``(row, col)`` of the pixel of the run that holds a point, in the area or not.

    Parameters
    ----------
    x, y : float
        In the CRS of the GeoContext; a point on an edge belongs to the pixel after it.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> row, col = Image.from_id("sentinel-2:L1C:a").coords_to_index(500_005, 4_999_995)
    """
    ...


@coords_to_index.rule
def _coords_to_index(bind: AnyValue, raster: Raster, x: AnyValue, y: AnyValue) -> AnyValue:
    return bind.elementwise(bind.grid.coords_to_index, (x, y))
