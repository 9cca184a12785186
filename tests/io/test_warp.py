from pathlib import Path

import numpy as np
import pyproj
import pytest
import rasterio
from rasterio.vrt import WarpedVRT

from descartes_flow.geo import Grid
from descartes_flow.io import read_band
from descartes_flow.io.levels import choose_level, pixel_ratio
from descartes_flow.io.warp import WARPED
from tests.io.rasters import LEFT, TOP, source_of, utm_grid, write

NINE = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]], "uint8")


@pytest.mark.parametrize(
    ("resampling", "value"),
    [("average", 5.0), ("min", 1.0), ("max", 9.0), ("med", 5.0), ("q1", 3.0), ("q3", 7.0)],
)
def test_statistics_are_of_the_pixels_under_a_target_pixel(tmp_path: Path, resampling: str, value: float):
    source = source_of(write(tmp_path / "nine.tif", NINE))

    assert read_band(source, utm_grid(0, 0, 30, 1, 1), resampling).data.tolist() == [[value]]


def test_mode_is_the_most_frequent_value(tmp_path: Path):
    data = np.array([[3, 8, 8], [3, 8, 1], [2, 1, 4]], "uint8")
    source = source_of(write(tmp_path / "mode.tif", data))

    assert read_band(source, utm_grid(0, 0, 30, 1, 1), "mode").data.tolist() == [[8.0]]


@pytest.mark.parametrize(("resampling", "value"), [("average", 5.625), ("min", 2.0), ("max", 9.0)])
def test_pixels_without_a_value_do_not_count(tmp_path: Path, resampling: str, value: float):
    data = np.where(NINE == 1, 1, NINE)
    data[0, 2] = 4  # 1 is hidden: 2 + 4 + 4 + 5 + 6 + 7 + 8 + 9 = 45, over 8 pixels
    source = source_of(write(tmp_path / "nine.tif", data, nodata=1))
    pixels = read_band(source, utm_grid(0, 0, 30, 1, 1), resampling)

    assert pixels.mask is None
    assert pixels.data.tolist() == [[value]]


@pytest.mark.parametrize("resampling", sorted(WARPED))
def test_where_nothing_has_a_value_the_result_is_masked(tmp_path: Path, resampling: str):
    data = np.full((60, 60), 7, "uint8")
    data[:, 30:] = 0
    source = source_of(write(tmp_path / "half.tif", data, nodata=0))
    pixels = read_band(source, utm_grid(0, 0, 20, 30, 40), resampling)

    assert not pixels.mask[:, :13].any()
    assert pixels.mask[:, 17:].all()  # the image ends at column 30
    assert pixels.data[:, :13] == pytest.approx(7.0)
    assert not pixels.data[:, 17:].any()


@pytest.mark.parametrize("resampling", sorted(WARPED))
@pytest.mark.parametrize("res", [7.0, 33.0])
def test_it_is_what_gdal_makes_of_the_same_level(positions: Path, resampling: str, res: float):
    source = source_of(positions)
    to_mercator = pyproj.Transformer.from_crs(32633, 3857, always_xy=True)
    left, top = to_mercator.transform(LEFT + 1003, TOP - 1004)
    grid = Grid("EPSG:3857", left, top, res, res, 40, 50)
    ours = read_band(source, grid, resampling)
    level = choose_level(source, grid, resampling)
    how = {} if level is None else {"overview_level": level}
    ratio, factor = pixel_ratio(source, grid), 1 if level is None else source.overviews[level]
    with (
        rasterio.open(positions, **how) as file,
        WarpedVRT(
            file,
            crs="EPSG:3857",
            transform=rasterio.Affine(*grid.transform),
            width=50,
            height=40,
            resampling=WARPED[resampling],
            tolerance=1e-6,
            XSCALE=factor / ratio.x,  # else GDAL takes the width of kernels from the window
            YSCALE=factor / ratio.y,
        ) as warped,
    ):
        theirs = warped.read(1)

    assert level == (None if res < 20 else 0)
    assert ours.mask is None
    assert np.abs(ours.data - theirs).max() < 1e-6


@pytest.mark.parametrize("resampling", ["cubic", "cubicspline", "lanczos"])
def test_kernels_keep_positions(positions: Path, resampling: str):
    grid = utm_grid(left=1003, top=1004, res=4, rows=20, cols=20)
    x, y = (read_band(source_of(positions, index), grid, resampling).data for index in (1, 2))

    assert np.abs(x - grid.centre_x()).max() < 0.3  # lanczos does not keep a slope exactly
    assert np.abs(y - grid.centre_y()[:, None]).max() < 0.3


@pytest.mark.parametrize("resampling", sorted(WARPED))
def test_a_window_has_the_values_of_the_whole(tmp_path: Path, resampling: str):
    data = np.random.default_rng(5).integers(1, 255, (300, 300)).astype("uint8")
    data[100:150, 100:130] = 0
    source = source_of(write(tmp_path / "noise.tif", data, nodata=0))
    to_mercator = pyproj.Transformer.from_crs(32633, 3857, always_xy=True)
    left, top = to_mercator.transform(LEFT + 100, TOP - 100)
    grid = Grid("EPSG:3857", left, top, 31.0, 31.0, 120, 120)
    whole = read_band(source, grid, resampling)
    part = read_band(source, grid.window(17, 23, 60, 70), resampling)
    hidden = np.zeros(grid.shape, bool) if whole.mask is None else whole.mask

    assert (part.mask if part.mask is not None else np.zeros((60, 70), bool)).tolist() == (
        hidden[17:77, 23:93].tolist()
    )
    assert np.abs(part.data - whole.data[17:77, 23:93]).max() < 1e-6


@pytest.mark.parametrize("resampling", ["average", "lanczos"])
def test_scale_and_offset_are_applied(tmp_path: Path, resampling: str):
    source = source_of(write(tmp_path / "a.tif", np.full((9, 9), 200, "uint8")), scale=0.5, offset=1.0)

    assert read_band(source, utm_grid(0, 0, 30, 3, 3), resampling).data == pytest.approx(101.0)
