"""Small files for the tests of reading."""

from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from descartes_flow.geo import Grid
from descartes_flow.io import BandSource, read_header

UTM = "EPSG:32633"
LEFT, TOP = 500000.0, 5000000.0


def write(path: Path, data: Any, **profile: Any) -> Path:
    """A GeoTIFF of 10 m pixels (or what ``profile`` says) whose upper left corner is (LEFT, TOP)."""
    data = np.asarray(data)
    data = data[None] if data.ndim == 2 else data
    settings = {
        "driver": "GTiff",
        "count": data.shape[0],
        "height": data.shape[1],
        "width": data.shape[2],
        "dtype": data.dtype,
        "crs": UTM,
        "transform": rasterio.Affine(10, 0, LEFT, 0, -10, TOP),
    }
    with rasterio.open(path, "w", **(settings | profile)) as file:
        file.write(data)
    return path


def write_cog(path: Path, data: Any, **profile: Any) -> Path:
    """A cloud-optimised GeoTIFF of blocks of 128 x 128, with overviews down to one block."""
    return write(path, data, driver="COG", blocksize=128, **profile)


def positions(path: Path, rows: int = 384, cols: int = 512, **profile: Any) -> Path:
    """A file whose two float64 bands hold x and y of the pixels' own centres; its overviews do so too."""
    x = LEFT + 10 * (np.arange(cols) + 0.5)
    y = TOP - 10 * (np.arange(rows) + 0.5)
    return write_cog(path, np.stack(np.meshgrid(x, y)), overview_resampling="average", **profile)


def source_of(path: Path | str, index: int = 1, **changes: Any) -> BandSource:
    """What a catalog would record about one band of a file."""
    header = read_header(path)
    band = header.bands[index - 1]
    known = {
        "item": "test:scene",
        "band": f"b{index}",
        "href": header.href,
        "index": index,
        "crs": header.crs,
        "transform": header.transform,
        "rows": header.rows,
        "cols": header.cols,
        "dtype": band.dtype,
        "nodata": band.nodata,
        "scale": band.scale,
        "offset": band.offset,
        "overviews": header.overviews,
        "block": header.block,
        "alpha": header.alpha,
        "internal_mask": header.internal_mask,
        "size": header.size,
        "modified": header.modified,
    }
    return BandSource(**(known | changes))


def native_grid(source: BandSource) -> Grid:
    """The grid of the source's own pixels (north-up)."""
    xres, _, left, _, yres, top = source.transform
    return Grid(source.crs, left, top, xres, -yres, source.rows, source.cols)


def utm_grid(left: float, top: float, res: float, rows: int, cols: int) -> Grid:
    """A grid beside (LEFT, TOP): ``left`` and ``top`` are metres east and south of it."""
    return Grid(UTM, LEFT + left, TOP - top, res, res, rows, cols)
