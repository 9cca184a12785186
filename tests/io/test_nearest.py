"""Nearest, by rasters whose pixels say which they are: a flip or a shift by half a pixel shows at once."""

import math
import os
from pathlib import Path

import mercantile
import numpy as np
import pytest
import rasterio
from rasterio import Affine
from rasterio.enums import Resampling

from descartes_flow.geo import Grid, Tile, tile_grid
from descartes_flow.io import BandSource, read_band
from tests.io import oracles
from tests.io.rasters import source_of, write

ROWS, COLS = 384, 640
ALL = bool(os.environ.get("DESCARTES_FLOW_TEST_EXACT"))

STORED = {"nodata": 4e9, "tiled": True, "blockxsize": 256, "blockysize": 256, "compress": "deflate"}
"""Nothing is nodata, but GDAL hides what lies outside only where there is one."""

ALLOWED = 0.05
"""Error of a coordinate, in pixels of the level: targets so close to an edge may fall on either side."""


def turned(pixel: float, degrees: float, left: float, top: float, down: int = -1) -> Affine:
    cos, sin = pixel * math.cos(math.radians(degrees)), pixel * math.sin(math.radians(degrees))
    return Affine(cos, -down * sin, left, sin, down * cos, top)


IMAGES: dict[str, tuple[str, Affine]] = {
    "UTM": ("EPSG:32633", turned(10, 0, 5e5, 5e6)),
    "edge of a zone": ("EPSG:32633", turned(10, 0, 7.3e5, 5e6)),
    "Svalbard": ("EPSG:32633", turned(20, 0, 5e5, 8.7e6)),
    "south": ("EPSG:32720", turned(30, 0, 3e5, 9.1e6)),
    "south up": ("EPSG:32633", turned(10, 0, 5e5, 5e6, down=1)),
    "mirrored": ("EPSG:32633", Affine(-10, 0, 506400, 0, -10, 5e6)),
    "rotated": ("EPSG:32633", turned(10, 33.3, 5e5, 5e6)),
    "rotated, south up": ("EPSG:32633", turned(10, -71.0, 5e5, 5e6, down=1)),
    "transposed": ("EPSG:32633", Affine(0, 10, 5e5, -10, 0, 5e6)),
    "sheared": ("EPSG:32633", Affine(10, 4, 5e5, 1, -9, 5e6)),
    "pixels not square": ("EPSG:32633", Affine(10, 0, 5e5, 0, -25, 5e6)),
    "degrees": ("EPSG:4326", turned(1e-4, 0, 15.0, 45.0)),
    "degrees across the antimeridian": ("EPSG:4326", turned(1e-4, 0, 179.97, 10.0)),
    "polar": ("EPSG:3413", turned(100, 0, 1e5, -5e5)),
    "Lambert": ("EPSG:2154", turned(10, 0, 7e5, 6.6e6)),
}


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BandSource]:
    """Each image: pixels that hold row * COLS + col, in two types, and overviews that hold some of them."""
    folder = tmp_path_factory.mktemp("numbered")
    numbers = np.arange(ROWS * COLS).reshape(ROWS, COLS)
    sources = {}
    for name, (crs, transform) in IMAGES.items():
        dtype = "uint32" if len(name) % 2 else "float64"
        path = write(folder / f"{name}.tif", numbers.astype(dtype), crs=crs, transform=transform, **STORED)
        with rasterio.open(path, "r+") as file:
            file.build_overviews([2, 4, 8, 16], Resampling.nearest)
        sources[name] = source_of(path)
    return sources


def middle(name: str) -> tuple[float, float]:
    """Longitude and latitude of an image's middle."""
    crs, (a, b, c, d, e, f, *_) = IMAGES[name]
    col, row = COLS / 2, ROWS / 2
    x, y = a * col + b * row + c, d * col + e * row + f
    lon, lat = oracles.transformer(crs, "EPSG:4326").transform(x, y)
    return (lon + 180) % 360 - 180, lat


def tile_of(name: str, z: int) -> Grid:
    """The part of a tile around an image's middle."""
    lon, lat = middle(name)
    found = mercantile.tile(lon, lat, z)
    grid = tile_grid(Tile(x=found.x, y=found.y, z=z))
    row, col = grid.coords_to_index(*oracles.transformer("EPSG:4326", grid.crs).transform(lon, lat))
    return grid.window(min(max(row - 64, 0), 128), min(max(col - 64, 0), 128), 128, 128)


def native_zoom(source: BandSource, name: str) -> int:
    _, lat = middle(name)
    metres = source.pixel_size[0] * (111320 if source.crs == "EPSG:4326" else 1)
    return round(math.log2(156543.03 * math.cos(math.radians(lat)) / metres))


@pytest.mark.parametrize("name", IMAGES)
@pytest.mark.parametrize("more", range(-6, 5) if ALL else (-4, -1, 0, 2))
def test_it_is_the_pixel_that_holds_the_exact_place(
    numbered: dict[str, BandSource], name: str, more: int
) -> None:
    source = numbered[name]
    grid = tile_of(name, native_zoom(source, name) + more)
    data, hidden = oracles.read_level(source, oracles.expected_level(source, grid))
    row, col = oracles.exact_places(source, grid, data.shape)
    expected = oracles.nearest(row, col, data, hidden)
    found = read_band(source, grid, "near")
    sure = ~oracles.beside_an_edge(row, col, ALLOWED)
    mask = oracles.mask_of(found, grid.shape)

    assert (~expected.mask).sum() > 100 * 4.0 ** min(more + 2, 0)
    assert np.array_equal(mask[sure], expected.mask[sure])
    assert np.array_equal(found.data[sure & ~mask], expected.data[sure & ~mask])
    # Beside an edge it is one of the pixels there, and few fall on the other side than they should.
    assert (found.data != np.where(expected.mask, 0, expected.data)).mean() < 0.01


@pytest.mark.parametrize("name", [name for name in IMAGES if "antimeridian" not in name])
@pytest.mark.parametrize("more", (-5, -4, -3, -2, -1, 0, 1, 2, 3, 4) if ALL else (-2, 1))
def test_it_is_what_gdal_warps_from_the_same_level(
    numbered: dict[str, BandSource], name: str, more: int
) -> None:
    source = numbered[name]
    grid = tile_of(name, native_zoom(source, name) + more)
    level = oracles.expected_level(source, grid)
    data, _ = oracles.read_level(source, level)
    theirs = oracles.warped(source, grid, level, "near")
    found = read_band(source, grid, "near")
    mask = oracles.mask_of(found, grid.shape)
    sure = ~oracles.beside_an_edge(*oracles.exact_places(source, grid, data.shape), ALLOWED)

    assert (~theirs.mask).sum() > 50
    assert np.array_equal(mask[sure], theirs.mask[sure])
    assert np.array_equal(found.data[sure & ~mask], theirs.data[sure & ~mask])


TARGETS = {
    "UTM": ("EPSG:32633", 7.7, 7.7, 200, 300),
    "the next zone": ("EPSG:32634", 9.0, 9.0, 300, 300),
    "degrees": ("EPSG:4326", 1e-4, 1e-4, 200, 300),
    "equal areas": ("EPSG:6933", 8.0, 13.0, 300, 300),
    "Lambert": ("EPSG:3035", 26.0, 26.0, 300, 300),
    "pixels not square": ("EPSG:32633", 3.3, 21.0, 150, 500),
}
"""CRS, width and height of a pixel, rows and columns; the grid lies around the image's middle."""


@pytest.mark.parametrize("image", ["UTM", "rotated", "south up"])
@pytest.mark.parametrize("target", TARGETS)
def test_it_is_that_pixel_on_grids_of_other_crs(
    numbered: dict[str, BandSource], image: str, target: str
) -> None:
    crs, xres, yres, rows, cols = TARGETS[target]
    x, y = oracles.transformer("EPSG:4326", crs).transform(*middle(image))
    source = numbered[image]
    grid = Grid(crs, x - xres * cols / 2, y + yres * rows / 2, xres, yres, rows, cols)
    data, hidden = oracles.read_level(source, oracles.expected_level(source, grid))
    row, col = oracles.exact_places(source, grid, data.shape)
    expected, found = oracles.nearest(row, col, data, hidden), read_band(source, grid, "near")
    sure = ~oracles.beside_an_edge(row, col, ALLOWED)
    mask = oracles.mask_of(found, grid.shape)

    assert (~expected.mask).mean() > 0.4
    assert np.array_equal(mask[sure], expected.mask[sure])
    assert np.array_equal(found.data[sure & ~mask], expected.data[sure & ~mask])


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "float32"])
@pytest.mark.parametrize("resampling", ["near", "bilinear"])
def test_a_pixel_of_its_own_is_seen_in_its_place_in_every_type(
    tmp_path: Path, dtype: str, resampling: str
) -> None:
    data = np.full((40, 60), 3, dtype)
    data[7, 41] = 99
    source = source_of(write(tmp_path / "one.tif", data, nodata=3))
    grid = Grid(source.crs, *source.transform[2:6:3], 2.5, 2.5, 160, 240)
    found = read_band(source, grid, resampling)

    assert np.argwhere(~found.mask).min(axis=0).tolist() == [28, 164]
    assert np.argwhere(~found.mask).max(axis=0).tolist() == [31, 167]
    assert found.data[~found.mask].tolist() == [99.0] * 16
