"""Real scenes: every file as rasterio reads it, and collars, terrain and odd CRSs as GDAL warps them."""

import os
from pathlib import Path

import numpy as np
import pytest
import rasterio

from descartes_flow.geo import Grid
from descartes_flow.io import BandSource, read_band
from tests.io import oracles
from tests.io.rasters import source_of

ALL = bool(os.environ.get("DESCARTES_FLOW_TEST_EXACT"))
EVERY = 1 if ALL else 10
"""Of so many files one is read whole."""

SCENES = {
    "Virginia": "core/s2_l1c_18S_virginia/S2A_L1C_T18S_virginia_B08_10m.tif",
    "Zagreb, where the swath ends": "core/s2_l2a_33T_202308/S2A_33TWM_20230815T095757_B04.tif",
    "Amazon, a turned collar": "core/l8_c2l2_001062_20201031/*SR_B5.tif",
    "Amazon, degrees Kelvin": "core/l8_c2l2_001062_20201031/*ST_B10.tif",
    "New York, a small turned collar": "core/l8_l1_newyork_2018/LC08_L1TP_013032_20180131_B8.tif",
    "Sao Tome, terrain in degrees": "core/dem/copdem30_sao_tome.tif",
    "Sinop, sinusoidal": "core/modis_ndvi_sinop_2013_2014/*20130914*.tif",
}
NAMES = pytest.mark.parametrize("name", SCENES)


def scene(imagery: Path, name: str) -> BandSource:
    (path,) = imagery.glob(SCENES[name])
    return source_of(path)


def grids(source: BandSource) -> list[Grid]:
    """Web-mercator pixels as large as the source's, or smaller, at its middle and towards its corners."""
    a, b, c, d, e, f = source.transform
    found = []
    for across, down in ((0.5, 0.5), (0.15, 0.2), (0.9, 0.85)):
        col, row = source.cols * across, source.rows * down
        to_mercator = oracles.transformer(source.crs, "EPSG:3857").transform
        x, y = to_mercator(a * col + b * row + c, d * col + e * row + f)
        right, _ = to_mercator(a * (col + 1) + b * row + c, d * (col + 1) + e * row + f)
        for part in (0.95, 0.41):
            edge = abs(right - x) * part
            found.append(Grid("EPSG:3857", x - 80 * edge, y + 80 * edge, edge, edge, 160, 160))
    return found


def stored(source: BandSource, values: np.ndarray) -> np.ndarray:
    return (values - source.offset) / source.scale


@NAMES
def test_the_mask_is_that_of_gdal_at_native_and_finer_resolution(imagery: Path, name: str) -> None:
    source, differs, pixels = scene(imagery, name), 0, 0
    for grid in grids(source):
        mask = oracles.mask_of(read_band(source, grid, "bilinear"), grid.shape)
        theirs = oracles.warped(source, grid, None, "bilinear")
        inside = oracles.exact_places(source, grid, (source.rows, source.cols))
        outside = (inside[0] < 0) | (inside[1] < 0) | (inside[0] > source.rows) | (inside[1] > source.cols)
        # Without nodata GDAL shows 0 outside of the image.
        wanted = theirs.mask | outside if source.nodata is None else theirs.mask
        differs, pixels = differs + (mask != wanted).sum(), pixels + mask.size

    assert differs <= 0.0002 * pixels


@NAMES
def test_values_are_those_of_gdal_but_for_the_error_of_coordinates(imagery: Path, name: str) -> None:
    source = scene(imagery, name)
    with rasterio.open(source.href) as file:
        pixels = file.read(1, masked=True).astype(float)
    steepest = max(float(np.abs(np.diff(pixels, axis=axis)).max()) for axis in (0, 1))
    shown = 0
    for grid in grids(source):
        found, theirs = read_band(source, grid, "bilinear"), oracles.warped(source, grid, None, "bilinear")
        both = ~oracles.mask_of(found, grid.shape) & ~theirs.mask
        wrong = np.abs(stored(source, found.data) - theirs.data)[both]
        shown += both.sum()

        assert wrong.max(initial=0.0) <= 2 * 0.005 * steepest
        assert not both.any() or np.median(wrong) < 1e-4 * pixels.max()
    assert shown > 20_000


@NAMES
def test_nearest_is_the_pixel_that_gdal_takes(imagery: Path, name: str) -> None:
    source, count = scene(imagery, name), 0
    for grid in grids(source):
        found, theirs = read_band(source, grid, "near"), oracles.warped(source, grid, None, "near")
        places = oracles.exact_places(source, grid, (source.rows, source.cols))
        both = ~oracles.mask_of(found, grid.shape) & ~theirs.mask & ~oracles.beside_an_edge(*places, 0.01)
        count += both.sum()

        assert np.abs(stored(source, found.data) - theirs.data)[both].max(initial=0.0) < 1e-6
    assert count > 20_000


def test_files_hold_what_rasterio_reads_from_them(imagery: Path) -> None:
    paths = sorted(path for path in imagery.rglob("*") if path.suffix in (".tif", ".TIF"))
    wrong = []
    for path in paths[::EVERY]:
        for index in (1, rasterio_count(path)):
            source = source_of(path, index, scale=1.0, offset=0.0)
            for level in (None, *range(len(source.overviews))):
                data, hidden = oracles.read_level(source, level)
                grid = Grid(source.crs, *own_pixels(source, data.shape), *data.shape)
                if oracles.expected_level(source, grid) != level:
                    continue  # an odd side: its pixels are not a whole number of times as wide
                found = read_band(source, grid, "near")
                if not np.array_equal(found.data, np.where(hidden, 0, data)):
                    wrong.append((path.name, index, level, "values"))
                if not np.array_equal(oracles.mask_of(found, grid.shape), hidden):
                    wrong.append((path.name, index, level, "mask"))

    assert len(paths) > 400
    assert wrong == []


def rasterio_count(path: Path) -> int:
    with rasterio.open(path) as file:
        return file.count


def own_pixels(source: BandSource, shape: tuple[int, int]) -> tuple[float, float, float, float]:
    """Left, top, width and height of the pixels of a level."""
    a, _, left, _, e, top = source.transform
    return left, top, a * source.cols / shape[1], -e * source.rows / shape[0]
