"""Real scenes against other readers: GDAL, rio-tiler, and a bilinear of our own with exact coordinates."""

import warnings
from pathlib import Path

import numpy as np
import pyproj
import pytest
import rasterio
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT

from descartes_flow.geo import Grid, Tile, tile_grid
from descartes_flow.io import BandSource, read_band
from descartes_flow.io.levels import choose_level
from descartes_flow.io.places import nearest_index
from tests.io.rasters import native_grid, source_of

VIRGINIA = "core/s2_l1c_18S_virginia/S2A_L1C_T18S_virginia_B04_10m.tif"
ZAGREB = "core/s2_l2a_33T_202308/S2A_33TWM_20230815T095757_B08.tif"  # with a collar: the swath ends in it
SCENES = pytest.mark.parametrize("name", [VIRGINIA, ZAGREB], ids=["virginia", "zagreb"])


def tile_in(source: BandSource, z: int, across: float = 0.5, down: float = 0.5) -> Grid:
    """The web-mercator tile at a place of an image, given as fractions of its width and height."""
    a, _, c, _, e, f = source.transform
    x, y = c + a * source.cols * across, f + e * source.rows * down
    x, y = pyproj.Transformer.from_crs(source.crs, 3857, always_xy=True).transform(x, y)
    half = 20037508.342789244
    return tile_grid(Tile(x=int((x + half) / (2 * half) * 2**z), y=int((half - y) / (2 * half) * 2**z), z=z))


def zooms(source: BandSource) -> tuple[int, int, int]:
    """A zoom that shows an overview, the one next to the native resolution, and a finer one."""
    lat = 45.9 if "33T" in source.href else 37.7
    native = round(np.log2(2 * 20037508.34 / 256 * np.cos(np.radians(lat)) / source.transform[0]))
    return native - 2, native, native + 2


def exact_pixels(source: BandSource, grid: Grid, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of every pixel centre in a level of this shape, projected one by one."""
    project = pyproj.Transformer.from_crs(grid.crs, source.crs, always_xy=True)
    x, y = project.transform(*np.meshgrid(grid.centre_x(), grid.centre_y()))
    a, _, c, _, e, f = source.transform
    return (y - f) / e * shape[0] / source.rows, (x - c) / a * shape[1] / source.cols


def plain_bilinear(values: np.ndarray, row: np.ndarray, col: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """2 x 2 bilinear, pixel by pixel from its definition; 0 is nodata. Gives values and what is hidden."""
    padded = np.pad(values, 1).astype(float)
    total, weights = np.zeros(row.shape), np.zeros(row.shape)
    first_row, first_col = np.floor(row - 0.5).astype(int), np.floor(col - 0.5).astype(int)
    for r in (first_row, first_row + 1):
        for c in (first_col, first_col + 1):
            value = padded[np.clip(r, -1, values.shape[0]) + 1, np.clip(c, -1, values.shape[1]) + 1]
            weight = (1 - abs(row - 0.5 - r)) * (1 - abs(col - 0.5 - c)) * (value != 0)
            total, weights = total + weight * value, weights + weight
    nearest = padded[
        np.clip(nearest_index(row), -1, values.shape[0]).astype(int) + 1,
        np.clip(nearest_index(col), -1, values.shape[1]).astype(int) + 1,
    ]
    return total / np.where(weights > 0, weights, 1), nearest == 0


def level_values(source: BandSource, grid: Grid, resampling: str) -> tuple[np.ndarray, dict[str, int]]:
    level = choose_level(source, grid, resampling)
    how = {} if level is None else {"overview_level": level}
    with rasterio.open(source.href, **how) as file:
        return file.read(source.index), how


@SCENES
@pytest.mark.parametrize("step", [0, 1, 2])
def test_nearest_is_what_gdal_warps_from_the_same_level(imagery: Path, name: str, step: int) -> None:
    source = source_of(imagery / name)
    z = zooms(source)[step]
    for across in (0.1, 0.5, 0.9):
        grid = tile_in(source, z, across, across)
        ours = read_band(source, grid, "near")
        values, how = level_values(source, grid, "near")
        with (
            rasterio.open(source.href, **how) as file,
            WarpedVRT(
                file,
                crs=grid.crs,
                transform=rasterio.Affine(*grid.transform),
                width=256,
                height=256,
                resampling=Resampling.nearest,
                tolerance=1e-4,
            ) as warped,
        ):
            theirs = warped.read(1, masked=True)
        row, col = exact_pixels(source, grid, values.shape)
        beside_an_edge = np.minimum(abs(row - np.round(row)), abs(col - np.round(col))) < 0.02
        hidden = np.zeros(grid.shape, bool) if ours.mask is None else ours.mask
        stored = np.where(hidden, 0, np.round((ours.data - source.offset) / source.scale))
        differs = stored != theirs.filled(0)

        assert np.count_nonzero(theirs.filled(0)) > 1000
        assert not (differs & ~beside_an_edge).any()
        assert differs.mean() < 0.01


@SCENES
@pytest.mark.parametrize("step", [0, 1, 2])
def test_bilinear_is_the_plain_one_with_exact_coordinates(imagery: Path, name: str, step: int) -> None:
    source = source_of(imagery / name)
    grid = tile_in(source, zooms(source)[step])
    ours = read_band(source, grid, "bilinear")
    values, _ = level_values(source, grid, "bilinear")
    row, col = exact_pixels(source, grid, values.shape)
    expected, hidden = plain_bilinear(values, row, col)
    steepest = max(np.abs(np.diff(values.astype(float), axis=axis)).max() for axis in (0, 1))
    shown = ~hidden if ours.mask is None else ~hidden & ~ours.mask
    wrong = np.abs((ours.data - source.offset) / source.scale - expected)[shown]

    # No coordinate is off by more than 0.02 pixels along either axis.
    assert shown.mean() > 0.05
    assert wrong.max() <= 2 * 0.02 * steepest
    assert np.median(wrong) < 1e-3 * values.max()
    assert (np.zeros(grid.shape, bool) if ours.mask is None else ours.mask) == pytest.approx(
        hidden, abs=0.002
    )


@SCENES
@pytest.mark.parametrize("step", [1, 2])
def test_bilinear_is_that_of_rio_tiler_at_native_and_finer_resolution(
    imagery: Path, name: str, step: int
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = pytest.importorskip("rio_tiler.io")
    source = source_of(imagery / name)
    z = zooms(source)[step] + (step == 1)  # one zoom finer than native: GDAL does not widen its kernel there
    grid = tile_in(source, z)
    tile = Tile(x=grid.col_off // 256, y=grid.row_off // 256, z=z)
    ours = read_band(source, grid, "bilinear")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with reader.Reader(source.href) as file:
            methods = {"resampling_method": "bilinear", "reproject_method": "bilinear"}
            # Its usual tolerance allows coordinates to be off by an eighth of a pixel.
            theirs = file.tile(tile.x, tile.y, z, **methods, vrt_options={"tolerance": 1e-3}).array[0]
    hidden = np.zeros(grid.shape, bool) if ours.mask is None else ours.mask
    both = ~hidden & ~np.ma.getmaskarray(theirs)
    stored = (ours.data - source.offset) / source.scale
    span = float(theirs[both].max() - theirs[both].min())

    assert both.mean() > 0.3
    assert (hidden != np.ma.getmaskarray(theirs)).mean() < 0.002
    assert np.abs(stored - theirs.data)[both].max() <= span / 255 + 1  # theirs is rounded to whole numbers


def test_the_collar_is_masked_and_nothing_leaks_from_it(imagery: Path) -> None:
    source = source_of(imagery / ZAGREB)
    with rasterio.open(source.href) as file:
        stored = file.read(1)
    on_its_grid = read_band(source, native_grid(source), "bilinear")
    left, top = source.transform[2], source.transform[5]
    finer = read_band(source, Grid(source.crs, left, top, 40.0, 40.0, 960, 1536), "bilinear")

    assert 0.04 < (stored == 0).mean() < 0.05
    assert on_its_grid.mask.tolist() == (stored == 0).tolist()
    assert finer.mask.tolist() == (stored == 0).repeat(3, axis=0).repeat(3, axis=1).tolist()
    assert finer.data[~finer.mask].min() >= stored[stored > 0].min() * source.scale


def test_classes_are_read_at_full_resolution_unless_their_overviews_are_safe(imagery: Path) -> None:
    path = imagery / "core/s2_l2a_33T_202308/S2A_33TWM_20230818T100754_SCL.tif"
    unsafe = source_of(path, categorical=True, safe_overviews=False)
    safe = source_of(path, categorical=True)
    grid = tile_in(unsafe, zooms(unsafe)[0])

    assert choose_level(unsafe, grid, "near") is None
    assert choose_level(safe, grid, "near") == 0
    with rasterio.open(path) as file:
        known = set(np.unique(file.read(1)).tolist()) | {0}
    for source in (safe, unsafe):
        assert set(np.unique(read_band(source, grid, "bilinear").data).tolist()) <= known


def test_a_sinusoidal_image_without_an_epsg_code_is_read_on_a_mercator_tile(imagery: Path) -> None:
    path = sorted((imagery / "core/modis_ndvi_sinop_2013_2014").glob("*.tif"))[0]
    source = source_of(path)
    grid = tile_in(source, 10)
    ours = read_band(source, grid, "near")
    values, _ = level_values(source, grid, "near")
    row, col = exact_pixels(source, grid, values.shape)
    well_inside = (abs(row - np.round(row)) > 0.02) & (abs(col - np.round(col)) > 0.02)
    inside = well_inside & (row > 0) & (row < source.rows) & (col > 0) & (col < source.cols)
    expected = values[nearest_index(row[inside]).astype(int), nearest_index(col[inside]).astype(int)]
    shown = expected != source.nodata

    assert not source.crs.startswith("EPSG:")
    assert inside.mean() > 0.2
    assert ours.data[inside][shown] / source.scale == pytest.approx(expected[shown])
