"""How long it takes to decide by metadata over 10,000 images: no pixel is read."""

import datetime
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

import descartes_flow as wf
from benchmarks.measuring import Contender, interleave
from benchmarks.row import Row
from benchmarks.work import Effort, Work
from descartes_flow.geo import AOI

IMAGES = 10_000
LEFT, TOP, PIXEL, SIDE = 500_000, 5_000_000, 10, 100


def works() -> Iterator[Work]:
    """One piece of work with a row per query."""
    yield Work(f"{IMAGES:,} images", _rows)


def _rows(effort: Effort) -> Iterator[Row]:
    """Filter, group, sort and count 10,000 images; and the first query, with nothing cached."""
    with tempfile.TemporaryDirectory() as folder:
        wf.catalog.add("many", _items(Path(folder)))
        try:
            yield from _measured(effort)
        finally:
            wf.catalog.remove("many")


def _measured(effort: Effort) -> Iterator[Row]:
    bounds = (LEFT, TOP - SIDE * PIXEL, LEFT + SIDE * PIXEL, TOP)
    here = AOI(bounds=bounds, bounds_crs="EPSG:32633", crs="EPSG:32633", resolution=PIXEL)
    col = wf.ImageCollection.from_id("many")
    clear = col.filter(lambda img: img.properties["cloud"] < 50)
    monthly = clear.groupby(dates=("year", "month"))
    programs: dict[str, wf.Proxytype] = {
        "length": col.length(),
        "filter by a property, count": clear.length(),
        "filter by date, count": col.filter(lambda img: img.properties["date"].month == 6).length(),
        "filter, group by month, count": monthly.map(lambda month, imgs: imgs.length()),
        "sort by a property, head": col.sorted(lambda img: img.properties["cloud"]).head(3).length(),
        "map to a list": col.map(lambda img: (img.properties["date"], img.properties["cloud"])).length(),
    }

    def contender(program: wf.Proxytype) -> Contender:
        return Contender("ours", lambda: program.compute(here))

    yield Row(f"{IMAGES:,} images: the first query", "cold", [contender(programs["length"]).seconds()])
    for name, program in programs.items():
        times = interleave(contender(program), (), effort.budget(2, most=15))
        yield Row(f"{IMAGES:,} images: {name}", "warm", times.ours)


def _items(folder: Path) -> list[dict[str, Any]]:
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
        for number in range(IMAGES)
    ]
