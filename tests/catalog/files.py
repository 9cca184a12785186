"""Small GeoTIFFs and STAC items whose every number is known."""

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.transform import Affine


def write_tiff(
    path: Path,
    *,
    bands: int = 1,
    descriptions: tuple[str, ...] = (),
    dtype: str = "uint16",
    nodata: float | None = 0,
    crs: str | None = "EPSG:32633",
    left: float = 500_000,
    top: float = 5_000_000,
    pixel: float = 10,
    scale: float | None = None,
    offset: float | None = None,
    tags: dict[str, str] | None = None,
    **options: Any,
) -> Path:
    """A GeoTIFF of 20 rows and 30 columns; by default 300 m x 200 m at 15 degrees east, 45 north."""
    path.parent.mkdir(parents=True, exist_ok=True)
    profile = {"driver": "GTiff", "width": 30, "height": 20, "count": bands, "dtype": dtype, "nodata": nodata}
    transform = Affine(pixel, 0, left, 0, -pixel, top)
    with rasterio.open(path, "w", **profile, crs=crs, transform=transform, **options) as file:
        file.write(np.ones((bands, 20, 30), dtype))
        if descriptions:
            file.descriptions = descriptions
        if scale is not None:
            file.scales = (scale,) * bands
        if offset is not None:
            file.offsets = (offset,) * bands
        file.update_tags(**(tags or {}))
    return path


def write_cog(path: Path, resampling: str) -> Path:
    """A COG of 300 x 300 classes with one overview, which its tag says was made by `resampling`."""
    profile = {"driver": "COG", "width": 300, "height": 300, "count": 1, "dtype": "uint8", "blocksize": 256}
    transform = Affine(10, 0, 500_000, 0, -10, 5_000_000)
    options = {"crs": "EPSG:32633", "transform": transform, "overview_resampling": resampling}
    with rasterio.open(path, "w", **profile, **options) as file:
        file.write(np.ones((1, 300, 300), "uint8"))
        file.update_tags(OVERVIEW_RESAMPLING=resampling)
    return path


def remote_asset(band: str = "red", **more: Any) -> dict[str, Any]:
    """An asset of which STAC says all that must be known: 100 x 200 pixels of 10 m."""
    return {
        "href": f"https://example.com/{band}.tif",
        "type": "image/tiff; application=geotiff",
        "roles": ["data"],
        "raster:bands": [{"data_type": "uint16", "nodata": 0, "scale": 0.0001, "offset": -0.1}],
        "proj:shape": [100, 200],
        "proj:transform": [10, 0, 500_000, 0, -10, 5_000_000],
        **more,
    }


def square(west: float, south: float, side: float = 1) -> dict[str, Any]:
    """GeoJSON of a square in degrees."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def stac_item(
    name: str = "scene",
    date: str | None = "2020-06-01T10:00:00Z",
    geometry: dict[str, Any] | None = None,
    assets: dict[str, Any] | None = None,
    **properties: Any,
) -> dict[str, Any]:
    """A STAC item of one degree at 15 east, 45 north, with one remote band unless `assets` says else."""
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": name,
        "collection": "somewhere",
        "geometry": geometry or square(15, 45),
        "properties": {"datetime": date, "proj:epsg": 32633, **properties},
        "links": [],
        "assets": assets or {"red": remote_asset()},
    }
