"""Many images that all show one small file: what is decided by metadata alone."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

import descartes_flow as wf
from descartes_flow.geo import AOI

LEFT, TOP, PIXEL, SIDE = 500_000, 5_000_000, 10, 100


@contextmanager
def in_catalog(folder: Path, images: int) -> Iterator[tuple[str, AOI]]:
    """The product of that many images, and an area that all show; gone from the catalog afterwards."""
    product = f"many-{images}"
    wf.catalog.add(product, _items(folder, images))
    bounds = (LEFT, TOP - SIDE * PIXEL, LEFT + SIDE * PIXEL, TOP)
    try:
        yield product, AOI(bounds=bounds, bounds_crs="EPSG:32633", crs="EPSG:32633", resolution=PIXEL)
    finally:
        wf.catalog.remove(product)


def _items(folder: Path, images: int) -> list[dict[str, Any]]:
    """STAC items that all show one small file."""
    path = folder / "pixels.tif"
    profile = {"driver": "GTiff", "count": 1, "height": SIDE, "width": SIDE, "dtype": "uint8"}
    transform = rasterio.Affine(PIXEL, 0, LEFT, 0, -PIXEL, TOP)
    with rasterio.open(path, "w", crs="EPSG:32633", transform=transform, **profile) as file:
        file.write(np.ones((SIDE, SIDE), "uint8"), 1)
    asset = {"href": str(path), "type": "image/tiff", "roles": ["data"], "eo:bands": [{"name": "b"}]}
    start = datetime.datetime(2000, 1, 1)
    return [
        {
            "type": "Feature",
            "stac_version": "1.0.0",
            "id": f"s{number:05}",
            "geometry": None,
            "properties": {
                "datetime": f"{(start + datetime.timedelta(hours=12 * number)).isoformat()}Z",
                "cloud": number * 37 % 100,
            },
            "links": [],
            "assets": {"b": asset},
        }
        for number in range(images)
    ]
