import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyproj
import pytest
import rasterio

from descartes_flow.geo import Grid, Tile, tile_grid
from descartes_flow.io import RESAMPLERS, read_band
from descartes_flow.io.blocks import BLOCKS
from descartes_flow.io.datasets import POOL
from tests.io.rasters import LEFT, TOP, native_grid, positions, source_of, utm_grid, write, write_cog

GATHERED = ("near", "bilinear")


@pytest.fixture
def x_and_y(positions: Path):
    return source_of(positions, 1), source_of(positions, 2)


def mercator_tile_over_the_positions() -> Grid:
    lon, lat = pyproj.Transformer.from_crs(32633, 4326, always_xy=True).transform(LEFT + 2560, TOP - 1920)
    x = int((lon + 180) / 360 * 2**14)
    y = int((1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * 2**14)
    return tile_grid(Tile(x=x, y=y, z=14))


@pytest.mark.parametrize("resampling", GATHERED)
def test_pixels_on_their_own_grid_are_those_of_the_file(x_and_y, resampling):
    x, y = (read_band(source, native_grid(source), resampling) for source in x_and_y)

    assert x.mask is None and y.mask is None
    assert x.data.dtype == np.float64
    assert (x.data[0, 0], y.data[0, 0]) == (500005.0, 4999995.0)
    assert (x.data[383, 511], y.data[383, 511]) == (505115.0, 4996165.0)


@pytest.mark.parametrize("resampling", GATHERED)
def test_a_window_begins_where_it_says(x_and_y, resampling):
    grid = native_grid(x_and_y[0]).window(row=100, col=200, rows=3, cols=2)
    x, y = (read_band(source, grid, resampling).data for source in x_and_y)

    assert x.tolist() == [[502005.0, 502015.0]] * 3
    assert y[:, 0].tolist() == [4998995.0, 4998985.0, 4998975.0]


def test_nearest_on_a_shifted_grid_is_the_pixel_that_holds_the_centre(x_and_y):
    grid = utm_grid(
        left=1003, top=1004, res=10, rows=2, cols=2
    )  # centres 8 m into pixel 100, 9 m into row 100
    x, y = (read_band(source, grid, "near").data for source in x_and_y)

    assert x[0].tolist() == [LEFT + 1005, LEFT + 1015]
    assert y[:, 0].tolist() == [TOP - 1005, TOP - 1015]


def test_bilinear_on_a_shifted_grid_is_the_position_itself(x_and_y):
    grid = utm_grid(left=1003, top=1004, res=10, rows=2, cols=2)
    x, y = (read_band(source, grid, "bilinear").data for source in x_and_y)

    assert x[0] == pytest.approx([LEFT + 1008, LEFT + 1018], abs=1e-6)
    assert y[:, 0] == pytest.approx([TOP - 1009, TOP - 1019], abs=1e-6)


def test_nearest_takes_the_upper_left_pixel_at_an_exact_tie(x_and_y):
    grid = utm_grid(left=1005, top=1005, res=10, rows=1, cols=1)  # the centre is the corner of four pixels
    x, y = (read_band(source, grid, "near").data for source in x_and_y)

    assert (x[0, 0], y[0, 0]) == (LEFT + 1005, TOP - 1005)


@pytest.mark.parametrize("res", [5, 2.5])
def test_finer_pixels_repeat_under_near_and_interpolate_under_bilinear(x_and_y, res):
    grid = utm_grid(left=1000, top=1000, res=res, rows=8, cols=8)
    near = read_band(x_and_y[0], grid, "near").data
    smooth = read_band(x_and_y[0], grid, "bilinear").data

    assert near[0, : int(10 / res)].tolist() == [LEFT + 1005] * int(10 / res)
    assert smooth[0] == pytest.approx(grid.centre_x(), abs=1e-6)


@pytest.mark.parametrize("res", [20, 40])
def test_coarser_pixels_come_from_the_overview_of_that_resolution(x_and_y, res):
    grid = utm_grid(left=0, top=0, res=res, rows=3840 // res, cols=5120 // res)
    for resampling in GATHERED:
        x, y = (read_band(source, grid, resampling) for source in x_and_y)

        assert x.mask is None
        assert x.data[0].tolist() == grid.centre_x().tolist()
        assert y.data[:, 0].tolist() == grid.centre_y().tolist()


def test_an_overview_of_an_odd_image_lies_where_its_pixels_come_from(tmp_path):
    source = source_of(positions(tmp_path / "odd.tif", rows=385, cols=513))
    grid = utm_grid(left=400, top=400, res=20, rows=40, cols=40)
    values = read_band(source, grid, "bilinear").data

    # 513 columns become 256 of 20.04 m; taken for 20 m they would be off by 10 m at the right edge.
    assert values[0] == pytest.approx(grid.centre_x(), abs=0.05)


@pytest.mark.parametrize("z_more", [-2, -1, 0, 1, 2])
def test_bilinear_in_another_crs_is_the_projected_position(x_and_y, z_more):
    tile = mercator_tile_over_the_positions()
    size = 2.0**z_more
    rows, cols = 64, 96
    grid = Grid(tile.crs, tile.bounds.left, tile.bounds.top, tile.xres / size, tile.yres / size, rows, cols)
    x, y = (read_band(source, grid, "bilinear") for source in x_and_y)
    to_utm = pyproj.Transformer.from_crs(3857, 32633, always_xy=True)
    expected = to_utm.transform(*np.meshgrid(grid.centre_x(), grid.centre_y()))
    shown = np.ones(grid.shape, bool) if x.mask is None else ~x.mask

    assert shown.mean() > 0.4
    assert np.abs(x.data - expected[0])[shown].max() < 0.02 * 10 * max(1, 1 / size)
    assert np.abs(y.data - expected[1])[shown].max() < 0.02 * 10 * max(1, 1 / size)


@pytest.mark.parametrize("resampling", GATHERED)
def test_north_is_up_and_east_is_right_in_another_crs(x_and_y, resampling):
    tile = mercator_tile_over_the_positions()
    x, y = (read_band(source, tile, resampling).data for source in x_and_y)

    assert x[128, 200] > x[128, 50] > 0
    assert y[50, 128] > y[200, 128] > 0


@pytest.mark.parametrize("resampling", GATHERED)
def test_outside_the_image_pixels_are_masked_and_hold_zero(x_and_y, resampling):
    grid = utm_grid(left=-20, top=-10, res=10, rows=3, cols=4)
    pixels = read_band(x_and_y[0], grid, resampling)

    assert pixels.mask.tolist() == [[True] * 4, [True, True, False, False], [True, True, False, False]]
    assert pixels.data[:, :2].max() == 0
    assert pixels.data[1, 2] == LEFT + 5


@pytest.mark.parametrize("resampling", [*GATHERED, "average", "lanczos"])
def test_a_grid_beside_the_image_is_masked_without_opening_the_file(x_and_y, resampling):
    gone = dataclasses.replace(x_and_y[0], href="/no/such/file.tif")
    pixels = read_band(gone, utm_grid(left=9000, top=0, res=10, rows=5, cols=7), resampling)

    assert pixels.mask.shape == (5, 7) and pixels.mask.all()
    assert not pixels.data.any()
    assert POOL.open_count == 0


@pytest.mark.parametrize("resampling", GATHERED)
@pytest.mark.parametrize("target", ["mercator", "utm", "fine"])
def test_a_window_has_the_very_bits_of_the_whole(x_and_y, resampling, target):
    grids = {
        "mercator": mercator_tile_over_the_positions(),
        "utm": utm_grid(left=-33.3, top=-71.7, res=23.4567, rows=200, cols=250),
        "fine": utm_grid(left=4321.1, top=3333.3, res=3.3, rows=220, cols=270),
    }
    grid = grids[target]
    whole = read_band(x_and_y[0], grid, resampling)
    for row, col, rows, cols in [(0, 0, 50, 60), (37, 101, 64, 64), (150, 190, 45, 55), (199, 249, 1, 1)]:
        part = read_band(x_and_y[0], grid.window(row, col, rows, cols), resampling)
        place = np.s_[row : row + rows, col : col + cols]
        hidden = np.zeros(grid.shape, bool) if whole.mask is None else whole.mask

        assert part.data.tobytes() == whole.data[place].tobytes()
        assert (np.zeros((rows, cols), bool) if part.mask is None else part.mask).tolist() == hidden[
            place
        ].tolist()


def test_a_window_without_gaps_has_the_very_bits_of_a_whole_with_gaps(tmp_path):
    data = np.random.default_rng(3).integers(1, 60000, (300, 300)).astype("uint16")
    data[:, 200:] = 0
    source = source_of(write(tmp_path / "a.tif", data, nodata=0))
    grid = utm_grid(left=3.7, top=2.9, res=9.1, rows=300, cols=300)
    whole = read_band(source, grid, "bilinear")
    part = read_band(source, grid.window(10, 10, 99, 99), "bilinear")

    assert whole.mask.any() and part.mask is None
    assert part.data.tobytes() == whole.data[10:109, 10:109].tobytes()


def test_neighbouring_tiles_make_the_area_that_they_tile(x_and_y):
    tile = mercator_tile_over_the_positions()
    area = tile.window(-128, -128, 512, 512)
    whole = read_band(x_and_y[1], area, "bilinear").data
    left, right = (read_band(x_and_y[1], area.window(0, col, 512, 256), "bilinear").data for col in (0, 256))

    assert np.hstack([left, right]).tobytes() == whole.tobytes()


@pytest.mark.parametrize(
    ("transform", "shape"),
    [
        (rasterio.Affine(10, 0, LEFT, 0, 10, TOP - 1000), (100, 120)),  # south-up
        (rasterio.Affine(-10, 0, LEFT + 1200, 0, -10, TOP), (100, 120)),  # east-left
        (rasterio.Affine(8, 6, LEFT, 6, -8, TOP - 700), (150, 160)),  # rotated by 36.9 degrees
        (rasterio.Affine(0, 10, LEFT, -10, 0, TOP), (120, 100)),  # rows run east
    ],
    ids=["south-up", "mirrored", "rotated", "transposed"],
)
@pytest.mark.parametrize("resampling", [*GATHERED, "cubic"])
def test_any_affine_orientation_is_read_where_it_lies(tmp_path, transform, shape, resampling):
    cols, rows = np.meshgrid(np.arange(shape[1]) + 0.5, np.arange(shape[0]) + 0.5)
    a, b, c, d, e, f, *_ = transform
    x, y = a * cols + b * rows + c, d * cols + e * rows + f
    path = write(tmp_path / "turned.tif", np.stack([x, y]), transform=transform)
    grid = utm_grid(left=403, top=505, res=5, rows=20, cols=30)
    found = [read_band(source_of(path, index), grid, resampling) for index in (1, 2)]
    # near is off by up to half a pixel, and by half a diagonal in a turned image
    allowed = 7.08 if resampling == "near" else 1e-5

    assert found[0].mask is None
    assert np.abs(found[0].data - grid.centre_x()).max() <= allowed
    assert np.abs(found[1].data - grid.centre_y()[:, None]).max() <= allowed


@pytest.mark.parametrize("resampling", ["near", "bilinear", "cubic", "average"])
@pytest.mark.parametrize("left", [-100.0, 260.0, 620.0])
def test_longitudes_from_0_to_360_are_found_from_the_west(tmp_path, resampling, left):
    data = np.arange(360.0)[None].repeat(180, axis=0)
    path = write(tmp_path / "world.tif", data, crs="EPSG:4326", transform=rasterio.Affine(1, 0, 0, 0, -1, 90))
    source = source_of(path)
    pixels = read_band(
        source, Grid("EPSG:4326", left, top=10.0, xres=1.0, yres=1.0, rows=1, cols=3), resampling
    )

    assert pixels.mask is None
    assert pixels.data == pytest.approx(np.array([[260.0, 261.0, 262.0]]))


@pytest.mark.parametrize("resampling", ["near", "bilinear", "cubic", "average"])
def test_longitudes_from_0_to_360_are_found_from_mercator(tmp_path, resampling):
    data = np.arange(360.0)[None].repeat(180, axis=0)
    path = write(tmp_path / "world.tif", data, crs="EPSG:4326", transform=rasterio.Affine(1, 0, 0, 0, -1, 90))
    degree = 20037508.342789244 / 180
    grid = Grid("EPSG:3857", -100 * degree, 10 * degree, degree, degree, rows=1, cols=3)
    pixels = read_band(source_of(path), grid, resampling)

    assert pixels.mask is None
    assert pixels.data == pytest.approx(np.array([[260.0, 261.0, 262.0]]), abs=0.02)


def test_scale_and_offset_make_physical_values(tmp_path):
    path = write(tmp_path / "a.tif", np.array([[0, 100, 200]], "uint16"), nodata=0)
    source = source_of(path, scale=0.5, offset=-10.0)
    pixels = read_band(source, native_grid(source))

    assert pixels.data.tolist() == [[0.0, 40.0, 90.0]]  # hidden: 0, whatever the offset
    assert pixels.mask.tolist() == [[True, False, False]]


def test_scale_and_offset_come_after_resampling(tmp_path):
    source = source_of(write(tmp_path / "a.tif", np.array([[100, 200]], "uint8")), scale=0.1, offset=5.0)
    pixels = read_band(source, utm_grid(left=5, top=0, res=10, rows=1, cols=1), "bilinear")

    assert pixels.data[0, 0] == pytest.approx(20.0)  # 150 * 0.1 + 5


def test_a_class_band_has_no_values_in_between(tmp_path):
    classes = np.array([[1, 9], [1, 9]], "uint8").repeat(2, axis=0).repeat(2, axis=1)
    source = source_of(write(tmp_path / "scl.tif", classes), categorical=True)
    grid = utm_grid(left=1, top=1, res=3, rows=10, cols=12)
    for resampling in RESAMPLERS:
        pixels = read_band(source, grid, resampling)

        assert np.unique(pixels.data).tolist() == [1.0, 9.0]


def test_an_unknown_resampler_is_named(x_and_y):
    with pytest.raises(ValueError, match=r"^Unknown resampler type: 'foo'"):
        read_band(x_and_y[0], native_grid(x_and_y[0]), "foo")


@pytest.mark.parametrize("res", [10, 20], ids=["full", "overview"])
def test_a_warm_read_touches_no_file(tmp_path, res):
    path = positions(tmp_path / "positions.tif")
    source, grid = source_of(path), utm_grid(left=0, top=0, res=res, rows=64, cols=64)
    first = read_band(source, grid, "bilinear")
    path.unlink()
    again = read_band(source, grid, "bilinear")

    assert again.data.tobytes() == first.data.tobytes()
    assert (BLOCKS.reads, BLOCKS.hits) == (1, 1)


def test_many_threads_read_what_one_reads(tmp_path):
    data = np.random.default_rng(1).integers(0, 4000, (3, 700, 600)).astype("uint16")
    path = write_cog(tmp_path / "many.tif", data, nodata=0)
    work = [
        (source_of(path, 1 + n % 3), utm_grid(60.0 * (n % 7), 50.0 * (n % 11), 10 + n % 31, 100, 100))
        for n in range(120)
    ]
    alone = [read_band(source, grid, "bilinear").data.tobytes() for source, grid in work]
    BLOCKS.clear()
    POOL.clear()
    with ThreadPoolExecutor(12) as threads:
        together = list(threads.map(lambda job: read_band(*job, "bilinear").data.tobytes(), work))

    assert together == alone
    assert POOL.open_count <= 12 * 4


def test_what_a_reader_gets_is_his_own(x_and_y):
    grid = utm_grid(left=-50, top=0, res=10, rows=8, cols=8)
    first = read_band(x_and_y[0], grid)
    first.data[:] = -1
    first.mask[:] = True
    second = read_band(x_and_y[0], grid)

    assert second.data[0, 7] == LEFT + 25
    assert not second.mask[0, 7]
