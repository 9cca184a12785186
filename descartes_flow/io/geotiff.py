"""Computed pixels as a GeoTIFF."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling

from ..geo import Grid
from ..geo.pixels import Pixels
from .cog import write_cog

Values = NDArray[Any]

NARROWEST = {np.dtype(np.bool_): np.uint8, np.dtype(np.float16): np.float32}
"""Types that a GeoTIFF lacks, and those that hold their values."""


def write_geotiff(path: Path, pixels: Pixels, bands: tuple[str, ...], grid: Grid) -> None:
    """Write the pixels of an image as a cloud-optimized GeoTIFF, whole or not at all.

    Parameters
    ----------
    path : Path
        Replaced if it is there.
    pixels : Pixels
        ``(band, y, x)``. Floats, whole numbers and bool keep their values; bool becomes 0 and 1. Hidden
        pixels have the file's nodata value: NaN among floats, else a number that no pixel has. Whole numbers
        that use up their type become floats.
    bands : tuple of str
        Names of the bands.
    grid : Grid
        Where the pixels lie.
    """
    values, nodata = stored(*pixels)
    is_float = values.dtype.kind == "f"
    write_cog(
        path,
        values,
        bands,
        grid.crs,
        grid.transform,
        nodata=nodata,
        resampling=Resampling.average if is_float else Resampling.nearest,
    )


def stored(data: Values, mask: NDArray[np.bool_] | None) -> tuple[Values, float | None]:
    """Values as a GeoTIFF can hold them, and the value of its hidden pixels; None where none is hidden.

    Examples
    --------
    >>> hidden = np.array([[[False, True]]])
    >>> stored(np.array([[[3, 4]]], dtype=np.uint8), hidden)
    (array([[[  3, 255]]], dtype=uint8), 255.0)
    >>> stored(np.array([[[3.0, 4.0]]]), hidden)
    (array([[[ 3., nan]]]), nan)
    """
    values = data.astype(NARROWEST.get(data.dtype, data.dtype))
    if values.dtype.kind == "f":
        nodata: float | None = np.nan
    elif mask is None or not mask.any():
        return values, None
    else:
        nodata = _unused(values[~np.broadcast_to(mask, values.shape)], values.dtype)
    if nodata is None:
        values, nodata = values.astype(np.result_type(values.dtype, np.float32)), np.nan
    if mask is not None:
        values[np.broadcast_to(mask, values.shape)] = nodata
    return values, nodata


def _unused(values: Values, dtype: np.dtype[Any]) -> float | None:
    """A whole number of a type that is not among the values, and that a float can tell exactly."""
    info = np.iinfo(dtype)
    exact = [number for number in (info.max, info.min) if int(float(number)) == number]
    return next((float(number) for number in exact if not (values == number).any()), None)
