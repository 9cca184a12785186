"""Windows have the very bits of the whole, wherever blocks, edges and masks of a file lie."""

import contextlib
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.enums import Resampling

from descartes_flow import io, kernels
from descartes_flow.geo import Grid
from descartes_flow.io import BandSource, read_band
from tests.io import oracles
from tests.io.rasters import LEFT, TOP, source_of, write

ALL = bool(os.environ.get("DESCARTES_FLOW_TEST_EXACT"))
WINDOWS = 60 if ALL else 6
GATHERED = pytest.mark.parametrize("resampling", ["near", "bilinear"])

SHAPE = (700, 900)
FILES: dict[str, dict[str, Any]] = {
    "blocks of 256": {
        "blockxsize": 256,
        "blockysize": 256,
        "tiled": True,
        "compress": "deflate",
        "predictor": 2,
    },
    "blocks of 512": {"blockxsize": 512, "blockysize": 512, "tiled": True, "compress": "zstd"},
    "strips": {"blockysize": 7, "compress": "lzw"},
    "3 bands by pixel": {
        "blockxsize": 256,
        "blockysize": 256,
        "tiled": True,
        "count": 3,
        "interleave": "pixel",
    },
    "big-endian": {"blockxsize": 256, "blockysize": 128, "tiled": True, "endianness": "big", "predictor": 2},
    "alpha": {"blockxsize": 256, "blockysize": 256, "tiled": True, "count": 2, "alpha": "yes"},
    "a mask": {"blockxsize": 256, "blockysize": 256, "tiled": True, "masked": True},
    "floats": {"blockxsize": 256, "blockysize": 256, "tiled": True, "dtype": "float32", "nodata": np.nan},
    "infinite": {"blockxsize": 128, "blockysize": 128, "tiled": True, "dtype": "float64", "infinite": True},
    "turned": {"blockxsize": 256, "blockysize": 256, "tiled": True, "turned": True},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stitching")


def image(folder: Path, name: str) -> BandSource:
    """A file of noise with a hidden stripe, of which some blocks hold nothing hidden, and two overviews."""
    how = dict(FILES[name])
    count, dtype = how.pop("count", 1), how.pop("dtype", "uint16")
    nodata, masked, infinite, turned = (
        how.pop(key, None) for key in ("nodata", "masked", "infinite", "turned")
    )
    nodata = None if masked or how.get("alpha") or infinite else 0 if nodata is None else nodata
    noise = np.random.default_rng(len(name))
    data = noise.uniform(1, 60_000, (count, *SHAPE)).astype(dtype)
    stripe = np.abs(np.add.outer(np.arange(SHAPE[0]), -np.arange(SHAPE[1])) - 60) < 40
    if infinite:
        data[0, noise.random(SHAPE) < 0.01] = np.inf
        data[0, noise.random(SHAPE) < 0.01] = -np.inf
    elif nodata is not None:
        data[:, stripe] = nodata
    if how.get("alpha"):
        data[-1] = np.where(stripe, 0, 65535)
    if turned:
        how["transform"] = rasterio.Affine(8, 6, LEFT, 6, -8, TOP - 4000)
    path = folder / f"{name}.tif"
    if not path.exists():
        with warnings.catch_warnings(), rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
            warnings.simplefilter("ignore")
            write(path, data, nodata=nodata, **how)
            with rasterio.open(path, "r+") as file:
                if masked:
                    file.write_mask(~stripe)
                file.build_overviews([2, 4], Resampling.nearest)
    return source_of(path)


def grids() -> Iterator[Grid]:
    """Grids that show an image's blocks, borders and surroundings."""
    x, y = oracles.transformer("EPSG:32633", "EPSG:3857").transform(LEFT, TOP)
    yield Grid("EPSG:32633", LEFT - 105.0, TOP + 95.0, 10.0, 10.0, 730, 930)  # its own, across edges
    yield Grid("EPSG:32633", LEFT + 2003.0, TOP - 2001.0, 3.7, 3.7, 400, 500)
    yield Grid("EPSG:32633", LEFT - 55.0, TOP + 81.0, 23.3, 23.3, 310, 400)
    yield Grid("EPSG:3857", x - 400.0, y + 300.0, 14.2, 14.2, 700, 950)
    yield Grid("EPSG:3857", x + 3000.0, y - 3000.0, 5.1, 4.3, 500, 600)
    yield Grid("EPSG:3857", x - 300.0, y + 300.0, 61.0, 61.0, 170, 230)


def windows(grid: Grid, noise: np.random.Generator) -> Iterator[tuple[int, int, int, int]]:
    """Row, column, height and width: single pixels, lines, and rectangles of all sizes."""
    yield from ((0, 0, 1, grid.cols), (grid.rows // 2, 0, 1, grid.cols), (0, grid.cols // 2, grid.rows, 1))
    for size in np.geomspace(1, min(grid.shape), WINDOWS).astype(int):
        row, col = noise.integers(0, grid.rows - size + 1), noise.integers(0, grid.cols - size + 1)
        yield int(row), int(col), int(size), int(noise.integers(1, min(2 * size, grid.cols - col) + 1))


@contextlib.contextmanager
def uncompiled() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for kernel in kernels.KERNELS:
            patch.setattr(kernel, "compiled", None)
        io.clear()
        yield


@GATHERED
@pytest.mark.parametrize("name", FILES)
def test_a_window_has_the_very_bits_of_the_whole(folder: Path, name: str, resampling: str) -> None:
    """Also one that is read before the loops are compiled, as on a map that has just been opened."""
    source, noise = image(folder, name), np.random.default_rng(2)
    first = 0 if ALL else list(FILES).index(name) % 3
    for grid in list(grids())[first :: 1 if ALL else 3]:
        io.clear()
        whole = read_band(source, grid, resampling)
        hidden = oracles.mask_of(whole, grid.shape)

        assert 0.005 < hidden.mean() < 0.9 or name == "infinite"
        for number, (row, col, rows, cols) in enumerate(windows(grid, noise)):
            if number % 3 == 0:
                io.clear()  # and without anything kept from the whole
            with uncompiled() if number % 2 else contextlib.nullcontext():
                part = read_band(source, grid.window(row, col, rows, cols), resampling)
            place = np.s_[row : row + rows, col : col + cols]

            assert part.data.tobytes() == whole.data[place].tobytes()
            assert np.array_equal(oracles.mask_of(part, (rows, cols)), hidden[place])
            assert (part.mask is None) == (not hidden[place].any())


@GATHERED
@pytest.mark.parametrize("name", ["blocks of 256", "3 bands by pixel", "turned"])
def test_tiles_make_the_area_that_begins_at_their_corner(folder: Path, name: str, resampling: str) -> None:
    """The area is a grid of its own: its numbers are counted from its own corner, not from the world's."""
    source = image(folder, name)
    x, y = oracles.transformer("EPSG:32633", "EPSG:3857").transform(LEFT, TOP)
    edge = 2 * 20037508.342789244 / 2**21  # a pixel of zoom 13
    world = Grid("EPSG:3857", -20037508.342789244, 20037508.342789244, edge, edge, 2**21, 2**21)
    row, col = (n // 256 * 256 for n in world.coords_to_index(x, y))
    tiles = world.window(row, col, 768, 768)
    area = Grid("EPSG:3857", tiles.bounds.left, tiles.bounds.top, edge, edge, 768, 768)
    whole = read_band(source, area, resampling)
    data, hidden = np.empty(area.shape), np.empty(area.shape, bool)
    for tile in tiles.blocks(256):
        place = np.s_[
            tile.row_off - row : tile.row_off - row + 256, tile.col_off - col : tile.col_off - col + 256
        ]
        found = read_band(source, tile, resampling)
        data[place], hidden[place] = found.data, oracles.mask_of(found, tile.shape)
    level = oracles.expected_level(source, area)
    shape = oracles.read_level(source, level)[0].shape
    sure = ~oracles.beside_an_edge(*oracles.exact_places(source, area, shape), 0.005)
    both = sure & ~hidden & ~oracles.mask_of(whole, area.shape)

    assert both.mean() > 0.3
    assert np.array_equal(hidden[sure], oracles.mask_of(whole, area.shape)[sure])
    assert np.abs(data - whole.data)[both].max() <= 1e-6 * 60_000


@GATHERED
@pytest.mark.parametrize("name", ["blocks of 256", "a mask", "turned"])
def test_neighbouring_tiles_share_no_pixel_and_leave_no_gap(folder: Path, name: str, resampling: str) -> None:
    source = image(folder, name)
    grid = next(grid for grid in grids() if grid.crs == "EPSG:3857")
    whole = read_band(source, grid, resampling)
    counted, kept = np.zeros(grid.shape, int), np.zeros(grid.shape)
    for size in (256, 100, 77):
        for block in grid.blocks(size):
            place = np.s_[
                block.row_off : block.row_off + block.rows, block.col_off : block.col_off + block.cols
            ]
            counted[place] += 1
            kept[place] = read_band(source, block, resampling).data

        assert kept.tobytes() == whole.data.tobytes()
    assert (counted == 3).all()
