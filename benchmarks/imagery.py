"""The generated scenes: made once, kept in a folder, and described as STAC items."""

import datetime
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.shutil
from rasterio.enums import Resampling
from rasterio.warp import transform_bounds

from benchmarks.place import CRS, LEFT, PIXEL, SCENES, SIDE, TOP
from benchmarks.terrain import BANDS, Country, Scene

PRODUCT = "benchmark"
CLASSES = "scl"
SCALE = 0.0001
EDITION = "1"
"""Part of the folder's name: count up when the imagery changes."""

LAYOUT = {
    "driver": "GTiff",
    "copy_src_overviews": True,
    "tiled": True,
    "blockxsize": 512,
    "blockysize": 512,
    "compress": "deflate",
    "zlevel": 6,
}
OVERVIEWS = [2, 4, 8, 16]


def folder() -> Path:
    """Where the files are: ``DESCARTES_FLOW_BENCH_DATA``, or a folder among the temporary files."""
    given = os.environ.get("DESCARTES_FLOW_BENCH_DATA")
    return (Path(given) if given else Path(tempfile.gettempdir()) / "descartes-flow-bench") / EDITION


def make(where: Path, scenes: int = SCENES, side: int = SIDE) -> list[dict[str, Any]]:
    """Generate the scenes that are not there yet; all their STAC items.

    Parameters
    ----------
    where : Path
        A folder, made if it is not there. A file is there whole or not at all.
    scenes, side : int
        How many, and pixels on a side.
    """
    where.mkdir(parents=True, exist_ok=True)
    missing = [number for number in range(scenes) if not _paths(where, number)[-1].exists()]
    if missing:
        print(f"generating {len(missing)} scenes in {where} ...", file=sys.stderr, flush=True)
        # Spawned: GDAL and forks do not go together.
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as processes:
            list(processes.map(write_scene, missing, [where] * len(missing), [side] * len(missing)))
    return [item(where, number, side) for number in range(scenes)]


def _paths(where: Path, number: int) -> list[Path]:
    """Files of a scene in the order in which they are written."""
    return [where / f"scene-{number:02}-{band}.tif" for band in (*BANDS, CLASSES)]


_country = lru_cache(maxsize=1)(Country)


def write_scene(number: int, where: Path, side: int) -> None:
    """Generate the files of one scene; the same every time."""
    scene = Scene(_country(side), number)
    for path, band in zip(_paths(where, number), BANDS, strict=False):
        _write(path, scene.band(band), Resampling.average)
    _write(_paths(where, number)[-1], scene.classes(), Resampling.nearest)


def _write(path: Path, pixels: npt.NDArray[Any], resampling: Resampling) -> None:
    rows, cols = pixels.shape
    place = {"crs": CRS, "transform": rasterio.Affine(PIXEL, 0, LEFT, 0, -PIXEL, TOP), "nodata": 0}
    draft = path.with_suffix(".draft")
    with rasterio.open(
        "", "w+", driver="MEM", count=1, height=rows, width=cols, dtype=pixels.dtype, **place
    ) as image:
        image.write(pixels, 1)
        image.build_overviews(OVERVIEWS, resampling)
        image.update_tags(OVERVIEW_RESAMPLING=resampling.name.upper())
        predictor = 1 if pixels.dtype == np.uint8 else 2
        rasterio.shutil.copy(image, draft, predictor=predictor, **LAYOUT)
    draft.replace(path)


def item(where: Path, number: int, side: int = SIDE) -> dict[str, Any]:
    """The STAC item of a scene, with what each of the packages wants to know of the files."""
    right, bottom = LEFT + side * PIXEL, TOP - side * PIXEL
    west, south, east, north = transform_bounds(CRS, "EPSG:4326", LEFT, bottom, right, TOP)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    moment = datetime.datetime(2024, 3, 1, 10, 5) + datetime.timedelta(days=5 * number)
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "stac_extensions": [
            "https://stac-extensions.github.io/projection/v1.1.0/schema.json",
            "https://stac-extensions.github.io/raster/v1.1.0/schema.json",
            "https://stac-extensions.github.io/eo/v1.1.0/schema.json",
        ],
        "id": f"scene-{number:02}",
        "collection": PRODUCT,
        "bbox": [west, south, east, north],
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "datetime": f"{moment.isoformat()}Z",
            "proj:epsg": int(CRS.partition(":")[2]),
            "proj:shape": [side, side],
            "proj:transform": [PIXEL, 0, LEFT, 0, -PIXEL, TOP],
        },
        "links": [],
        "assets": {
            name: _asset(path, name)
            for path, name in zip(_paths(where, number), (*BANDS, CLASSES), strict=True)
        },
    }


def _asset(path: Path, name: str) -> dict[str, Any]:
    band: dict[str, Any] = {"nodata": 0, "data_type": "uint8"}
    asset: dict[str, Any] = {
        "href": str(path),
        "type": "image/tiff; application=geotiff; profile=cloud-optimized",
        "roles": ["data"],
    }
    if name != CLASSES:
        band |= {"data_type": "uint16", "scale": SCALE, "offset": 0}
        asset["eo:bands"] = [{"name": name, "common_name": name}]
    return asset | {"raster:bands": [band]}
