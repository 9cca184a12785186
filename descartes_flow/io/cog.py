"""Cloud-optimized GeoTIFFs."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import rasterio
import rasterio.shutil
from numpy.typing import NDArray
from rasterio.enums import ColorInterp, Resampling

from descartes_flow.io.drafts import draft

BLOCK = 256
LAYOUT = {
    "driver": "GTiff",
    "copy_src_overviews": True,  # which also puts all headers first
    "tiled": True,
    "blockxsize": BLOCK,
    "blockysize": BLOCK,
    "compress": "deflate",
    "zlevel": 1,  # level 6 saves 3 to 6 % of the bytes and takes twice as long
    "interleave": "band",
}
COLOURS = {"red": ColorInterp.red, "green": ColorInterp.green, "blue": ColorInterp.blue}


def write_cog(
    path: Path,
    pixels: NDArray[np.generic],
    names: Sequence[str],
    crs: str,
    transform: tuple[float, float, float, float, float, float],
    *,
    nodata: float | None,
    scale: float = 1.0,
    resampling: Resampling,
) -> None:
    """Write a file that is there whole or not at all.

    Blocks of 256 pixels, band after band so that a reader of one band fetches no other, deflate. Overviews
    down to one block; all headers stand first.

    Parameters
    ----------
    path : Path
        Replaced if it is there.
    pixels : numpy.ndarray
        (band, y, x).
    names : sequence of str
        Descriptions of the bands; red, green and blue become their colours too.
    crs : str
        EPSG code or WKT.
    transform : tuple of float
        Affine coefficients a, b, c, d, e, f.
    nodata : float or None
        Value of pixels without one; None where there are none.
    scale : float
        Physical value of one stored step.
    resampling : Resampling
        How overviews are made: average, or nearest for classes, which have none.
    """
    count, rows, columns = pixels.shape
    factors = _overview_factors(max(rows, columns))
    predictor = 3 if pixels.dtype.kind == "f" else 2  # differences of floats, of whole numbers
    with (
        draft(path) as written,
        rasterio.open(
            "",
            "w+",
            driver="MEM",
            count=count,
            height=rows,
            width=columns,
            dtype=pixels.dtype,
            crs=rasterio.CRS.from_user_input(crs),
            transform=rasterio.Affine(*transform),
            nodata=nodata,
        ) as image,
    ):
        image.write(pixels)
        image.scales = [scale] * count
        image.descriptions = tuple(names)
        image.colorinterp = [COLOURS.get(name, ColorInterp.undefined) for name in names]
        image.build_overviews(factors, resampling)
        # GDAL keeps no trace of how overviews were made; readers ask this tag.
        image.update_tags(OVERVIEW_RESAMPLING=resampling.name.upper())
        rasterio.shutil.copy(image, written, predictor=predictor, **LAYOUT)


def _overview_factors(side: int) -> list[int]:
    """Powers of two, until an overview fits into one block; always one."""
    factors = [2]
    while side / factors[-1] > BLOCK:
        factors.append(2 * factors[-1])
    return factors
