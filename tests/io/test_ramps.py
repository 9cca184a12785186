"""Images that hold the number of their row, or column: bilinear gives back where it looked."""

import math
import os
from collections.abc import Callable

import numpy as np
import pytest
import rasterio
from rasterio import Affine
from rasterio.enums import Resampling

from descartes_flow.geo import Grid, Tile, tile_grid
from descartes_flow.io import BandSource, read_band
from tests.io import oracles
from tests.io.rasters import source_of, write

SIDE = 512
FACTORS = (2, 4, 8, 16, 32, 64, 128)
ALLOWED = 0.05
"""Error of a coordinate, in pixels of the level that is read."""

ALL = bool(os.environ.get("DESCARTES_FLOW_TEST_EXACT"))
STEP, ZOOMS = (1, 1) if ALL else (7, 3)
"""Each how manieth pixel, and zoom, is measured."""

PLACES: dict[str, tuple[str, float, float, float]] = {
    "middle of a zone": ("EPSG:32633", 15.1, 45.8, 10),
    "zone 33 beyond zone 34": ("EPSG:32633", 25.0, 60.0, 10),
    "zone 33 in zone 32": ("EPSG:32633", 8.0, 50.0, 10),
    "Svalbard": ("EPSG:32633", 15.6, 78.2, 10),
    "84 N": ("EPSG:32633", 20.0, 84.0, 10),
    "south": ("EPSG:32733", 17.9, -33.9, 10),
    "antimeridian": ("EPSG:32701", 180.0, -17.0, 10),
    "degrees": ("EPSG:4326", 15.1, 45.8, 1e-4),
    "degrees across the antimeridian": ("EPSG:4326", 180.0, 10.0, 1e-4),
    "polar": ("EPSG:3413", 135.0, 80.0, 10),
    "south polar": ("EPSG:3031", 179.9, -70.0, 10),
    "Lambert": ("EPSG:3035", 10.0, 52.0, 10),
    "a continent in UTM": ("EPSG:32633", 18.0, 50.0, 5000),
    "a hemisphere in degrees": ("EPSG:4326", 100.0, 0.0, 0.3),
    "all of the Arctic": ("EPSG:3413", 0.0, 89.9, 16_000),
    "a continent in equal areas": ("EPSG:3035", 10.0, 52.0, 8000),
    "half the earth, from above": ("+proj=ortho +lat_0=45 +lon_0=10", 10.0, 45.0, 25_000),
}
"""CRS, the middle of the image, and its pixels, in units of the CRS."""

TILED = {"tiled": True, "blockxsize": 256, "blockysize": 256, "compress": "deflate"}
Ramps = tuple[BandSource, BandSource]


@pytest.fixture(scope="module")
def ramps(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Ramps]:
    folder = tmp_path_factory.mktemp("ramps")

    def make(name: str) -> Ramps:
        crs, lon, lat, pixel = PLACES[name]
        x, y = oracles.transformer("EPSG:4326", crs).transform(lon, lat)
        corner = Affine(pixel, 0, x - pixel * SIDE / 2, 0, -pixel, y + pixel * SIDE / 2)
        path = folder / f"{name}.tif"
        numbers = np.arange(SIDE) + 0.5
        write(
            path,
            np.stack(np.meshgrid(numbers, numbers)),
            crs=crs,
            transform=corner,
            interleave="band",
            **TILED,
        )
        with rasterio.open(path, "r+") as file:
            file.build_overviews(FACTORS, Resampling.average)  # of a ramp: the ramp
        return source_of(path, 2), source_of(path, 1)

    return make


def tiles_over(name: str) -> list[Grid]:
    """The tile over an image's middle at each zoom that shows more than a few pixels of it."""
    crs, lon, lat, pixel = PLACES[name]
    metres = pixel * (111_320 if crs == "EPSG:4326" else 1)
    x, y = oracles.transformer("EPSG:4326", "EPSG:3857").transform(lon, max(-84.9, min(lat, 84.9)))
    half = 20037508.342789244
    across, down = (x + half) / (2 * half) % 1, (half - y) / (2 * half)
    coarsest = max(0, math.ceil(math.log2(156_543 / metres / 100)))
    return [
        tile_grid(Tile(x=int(across * 2**z) % 2**z, y=int(down * 2**z), z=z))
        for z in range(coarsest, 23, ZOOMS)
    ]


def error(ramps: Ramps, grid: Grid) -> tuple[float, int]:
    """Largest error of a coordinate, in pixels of the level, and how many pixels were measured."""
    level = oracles.expected_level(ramps[0], grid)
    factor = 1 if level is None else FACTORS[level]
    thin = np.s_[::STEP, ::STEP]
    exact = oracles.exact_places(ramps[0], grid, (SIDE, SIDE), STEP)
    # Closer to the image's edge than half a pixel there is nothing to interpolate with.
    inside = np.logical_and(*(np.abs(places - SIDE / 2) < SIDE / 2 - factor for places in exact))
    found = [read_band(source, grid, "bilinear") for source in ramps]
    hidden = np.logical_or(*(oracles.mask_of(pixels, grid.shape)[thin] for pixels in found))
    away = [np.abs(pixels.data[thin] - places)[inside] for pixels, places in zip(found, exact, strict=True)]
    if hidden[inside].any():
        return math.inf, inside.sum()
    return max(a.max(initial=0.0) for a in away) / factor, inside.sum()


@pytest.mark.parametrize("name", PLACES)
def test_a_tile_of_any_zoom_looks_where_it_should(ramps: Callable[[str], Ramps], name: str) -> None:
    images = ramps(name)
    measured = {grid.xres: error(images, grid) for grid in tiles_over(name)}

    assert sum(count > 0 for _, count in measured.values()) >= 10 // ZOOMS
    assert {resolution: away for resolution, (away, _) in measured.items() if away > ALLOWED} == {}


TARGETS = {
    "UTM": ("EPSG:32634", 9.0),
    "degrees": ("EPSG:4326", 1.1e-4),
    "equal areas": ("EPSG:6933", 14.0),
    "polar": ("EPSG:3413", 11.0),
    "Lambert, coarser": ("EPSG:3035", 43.0),
    "degrees, finer": ("EPSG:4326", 2e-5),
    "the same, shifted": ("EPSG:32633", 7.7),
}


@pytest.mark.parametrize("target", TARGETS)
def test_a_grid_of_any_crs_looks_where_it_should(ramps: Callable[[str], Ramps], target: str) -> None:
    name = "zone 33 beyond zone 34"
    images, (crs, resolution) = ramps(name), TARGETS[target]
    x, y = oracles.transformer("EPSG:4326", crs).transform(*PLACES[name][1:3])
    grid = Grid(crs, x - 100.3 * resolution, y + 90.1 * resolution, resolution, resolution, 200, 200)
    away, count = error(images, grid)

    assert count * STEP**2 > 2000
    assert away <= ALLOWED


@pytest.mark.parametrize("name", ["south polar", "all of the Arctic"])
def test_a_grid_around_a_pole_looks_where_it_should(ramps: Callable[[str], Ramps], name: str) -> None:
    images = ramps(name)
    pole = 1 if name == "all of the Arctic" else -1
    crs, resolution = ("EPSG:3995", 20_000.0) if pole == 1 else ("EPSG:3976", 12.0)
    x, y = oracles.transformer("EPSG:4326", crs).transform(*PLACES[name][1:3])
    grid = Grid(crs, x - 100 * resolution, y + 100 * resolution, resolution, resolution, 200, 200)
    away, count = error(images, grid)

    assert count * STEP**2 > 2000
    assert away <= ALLOWED
