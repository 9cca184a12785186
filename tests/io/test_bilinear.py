"""Bilinear: GDAL's rule of nodata at collars and holes; the plain definition where GDAL widens its kernel."""

import dataclasses
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.enums import Resampling

from descartes_flow.geo import Grid
from descartes_flow.io import BandSource, read_band
from tests.io import oracles
from tests.io.rasters import LEFT, TOP, source_of, write

SIDE = 400
SEEDS = range(40 if os.environ.get("DESCARTES_FLOW_TEST_EXACT") else 2)

KINDS: dict[str, tuple[str, float]] = {
    "uint8": ("uint8", 0),
    "uint16": ("uint16", 0),
    "uint16, the highest": ("uint16", 65535),
    "int16": ("int16", -9999),
    "float32, NaN": ("float32", np.nan),
    "float32, a number": ("float32", -9999.0),
    "float64, NaN": ("float64", np.nan),
}

COORDINATE = 1e-3
"""How far the coordinates of the two are apart at most, in source pixels, in the middle of a zone."""


def collared(dtype: str, nodata: float, noise: np.random.Generator) -> Any:
    """Noise inside of a turned rectangle, with holes of all sizes."""
    down, right = np.mgrid[:SIDE, :SIDE] - SIDE / 2
    angle = noise.uniform(0, np.pi)
    along, across = (
        down * np.cos(angle) + right * np.sin(angle),
        right * np.cos(angle) - down * np.sin(angle),
    )
    valid = (np.abs(along) < noise.uniform(0.3, 0.5) * SIDE) & (
        np.abs(across) < noise.uniform(0.3, 0.5) * SIDE
    )
    for top, left, size in zip(*noise.integers(0, SIDE, (2, 40)), noise.integers(1, 12, 40), strict=True):
        valid[top : top + size, left : left + size] = False
    valid &= noise.random(valid.shape) > 0.005
    limit = 250 if dtype == "uint8" else 10_000
    data = noise.uniform(1, limit, valid.shape).astype(dtype)
    data[~valid] = nodata
    return data


def image(path: Path, kind: str, noise: np.random.Generator, **profile: Any) -> BandSource:
    dtype, nodata = KINDS[kind]
    tiles = {"tiled": True, "blockxsize": 128, "blockysize": 128}
    write(path, collared(dtype, nodata, noise), nodata=nodata, **tiles, **profile)
    with rasterio.open(path, "r+") as file:
        file.build_overviews([2, 4], Resampling.average)
    return source_of(path)


def grid_over_it(noise: np.random.Generator, crs: str, resolution: float, size: int = 256) -> Grid:
    """A grid around some place near the image's middle."""
    east, south = noise.uniform(0.4, 0.6, 2) * SIDE * 10
    x, y = oracles.transformer("EPSG:32633", crs).transform(LEFT + east, TOP - south)
    return Grid(crs, x - size / 2 * resolution, y + size / 2 * resolution, resolution, resolution, size, size)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_mask_is_that_of_gdal_at_collars_and_holes(tmp_path: Path, kind: str, seed: int) -> None:
    noise = np.random.default_rng([seed, len(kind)])
    source = image(tmp_path / "a.tif", kind, noise)
    differs, pixels, hidden = 0, 0, 0
    for crs, resolution in (
        # Native and finer, the overviews' own, and between them; 14.2 m of web-mercator are 10 m here.
        *(("EPSG:3857", 14.1), ("EPSG:3857", 9.3), ("EPSG:3857", 3.1)),
        *(("EPSG:32633", 10.0), ("EPSG:32633", 4.0), ("EPSG:32634", 8.0), ("EPSG:4326", 7e-5)),
        *(("EPSG:3857", 28.3), ("EPSG:32633", 20.0), ("EPSG:32634", 40.0)),
        *(("EPSG:3857", 23.0), ("EPSG:32634", 17.0)),
    ):
        grid = grid_over_it(noise, crs, resolution, 200)
        mask = oracles.mask_of(read_band(source, grid, "bilinear"), grid.shape)
        theirs = oracles.warped(source, grid, oracles.expected_level(source, grid), "bilinear").mask
        differs, pixels, hidden = differs + (mask != theirs).sum(), pixels + mask.size, hidden + mask.sum()

    assert 0.02 * pixels < hidden < 0.9 * pixels
    assert differs <= 0.0002 * pixels


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_those_of_gdal_within_a_thousandth_of_a_step_in_the_same_crs(
    tmp_path: Path, kind: str
) -> None:
    noise = np.random.default_rng(len(kind))
    source = image(tmp_path / "a.tif", kind, noise)
    for resolution in (10.0, 7.3, 2.9, 20.0, 40.0):
        grid = grid_over_it(noise, "EPSG:32633", resolution)
        found = read_band(source, grid, "bilinear")
        theirs = oracles.warped(source, grid, oracles.expected_level(source, grid), "bilinear")
        both = ~oracles.mask_of(found, grid.shape) & ~theirs.mask

        assert both.mean() > 0.02
        # GDAL holds float32 as such, and leaves out weights below 1e-10.
        assert np.abs(found.data - theirs.data)[both].max() < 1e-3


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32634", "EPSG:3035"])
def test_values_are_those_of_gdal_but_for_the_error_of_coordinates(
    tmp_path: Path, kind: str, crs: str
) -> None:
    noise = np.random.default_rng(len(kind))
    source = image(tmp_path / "a.tif", kind, noise)
    grid = grid_over_it(noise, crs, 6.1)
    found, theirs = read_band(source, grid, "bilinear"), oracles.warped(source, grid, None, "bilinear")
    both = ~oracles.mask_of(found, grid.shape) & ~theirs.mask
    # Noise: neighbours differ by up to the whole range, which a pixel's way crosses twice, down and across.
    steepest = 2 * (249 if kind == "uint8" else 9999)

    assert both.mean() > 0.02
    assert np.abs(found.data - theirs.data)[both].max() < COORDINATE * steepest


@pytest.mark.parametrize("resolution", [13.0, 27.0, 61.0, 145.0, 600.0])
@pytest.mark.parametrize("kind", ["uint16", "float32, NaN"])
@pytest.mark.parametrize("overviews", [True, False])
def test_coarser_than_the_level_it_is_between_the_four_pixels_around(
    tmp_path: Path, resolution: float, kind: str, overviews: bool
) -> None:
    noise = np.random.default_rng(7)
    source = image(tmp_path / "a.tif", kind, noise)
    source = source if overviews else dataclasses.replace(source, overviews=())
    for crs in ("EPSG:32633", "EPSG:3857"):
        grid = grid_over_it(noise, crs, resolution, 150)
        data, hidden = oracles.read_level(source, oracles.expected_level(source, grid))
        row, col = oracles.exact_places(source, grid, data.shape)
        expected, found = oracles.bilinear(row, col, data, hidden), read_band(source, grid, "bilinear")
        mask, sure = oracles.mask_of(found, grid.shape), ~oracles.beside_an_edge(row, col, 0.01)
        both = ~mask & ~expected.mask
        allowed = 1e-6 if crs == "EPSG:32633" else 2 * 0.005 * 9999

        assert both.sum() > 20
        assert np.array_equal(mask[sure], expected.mask[sure])
        assert np.abs(found.data - expected.data)[both].max() < allowed
        assert np.median(np.abs(found.data - expected.data)[both]) < allowed / 10


def test_scale_and_offset_change_neither_mask_nor_the_place_of_values(tmp_path: Path) -> None:
    noise = np.random.default_rng(3)
    source = image(tmp_path / "a.tif", "int16", noise)
    grid = grid_over_it(noise, "EPSG:3857", 9.0)
    plain = read_band(source, grid, "bilinear")
    scaled = read_band(dataclasses.replace(source, scale=0.0001, offset=-0.1), grid, "bilinear")

    assert np.array_equal(scaled.mask, plain.mask)
    assert 0.01 < plain.mask.mean() < 0.99
    expected = np.where(plain.mask, 0, plain.data * 0.0001 - 0.1)
    assert np.abs(scaled.data - expected).max() < 1e-12


def test_a_neighbour_without_a_value_has_no_part_in_any_type(tmp_path: Path) -> None:
    for number, (dtype, nodata) in enumerate(KINDS.values()):
        data = np.full((60, 60), 77, dtype)
        data[20:40, 20:40] = nodata
        source = source_of(write(tmp_path / f"{number}.tif", data, nodata=nodata))
        found = read_band(source, Grid(source.crs, LEFT + 1, TOP - 2, 3.7, 3.7, 150, 150), "bilinear")

        assert 0.05 < found.mask.mean() < 0.2
        assert np.abs(found.data[~found.mask] - 77).max() < 1e-9
