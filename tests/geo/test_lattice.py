import concurrent.futures
import math

import mercantile
import numpy as np
import pyproj
import pytest

from descartes_flow.errors import ContextError
from descartes_flow.geo import Grid, Tile, lattice, tile_grid
from descartes_flow.geo.lattice import source_coordinates

UTM = "EPSG:32633"
SINUSOIDAL = "+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs"

PLACES = [(15.1, 45.8), (17.95, 45.8), (12.05, 45.8), (15.1, 0.0), (17.95, 70.0)]
"""Middle and edges of zone 33, and far north."""

TOLERANCE = 0.2
"""0.02 pixels of a 10 m image."""


@pytest.fixture(autouse=True)
def no_kept_lattices():
    lattice.clear_lattices()


def tile_at(lon, lat, z):
    found = mercantile.tile(lon, lat, z)
    return tile_grid(Tile(x=found.x, y=found.y, z=found.z))


def exact(grid, crs):
    transformer = pyproj.Transformer.from_crs(grid.crs, crs, always_xy=True)
    x, y = transformer.transform(*np.meshgrid(grid.centre_x(), grid.centre_y()))
    return np.where(np.isfinite(x), x, np.nan), np.where(np.isfinite(y), y, np.nan)


def error(grid, crs, tolerance):
    found, (x, y) = source_coordinates(grid, crs, tolerance), exact(grid, crs)
    return max(np.abs(found.x - x).max(), np.abs(found.y - y).max())


@pytest.mark.parametrize("z", range(8, 19))
@pytest.mark.parametrize(("lon", "lat"), PLACES)
def test_a_tile_is_within_a_twentieth_of_a_10_m_pixel_of_the_exact_transform(lon, lat, z):
    assert error(tile_at(lon, lat, z), UTM, TOLERANCE) < 0.05 * 10


@pytest.mark.parametrize("z", range(2, 8))
@pytest.mark.parametrize(("lon", "lat"), PLACES)
def test_a_coarse_tile_is_within_a_fiftieth_of_its_own_pixel(lon, lat, z):
    grid = tile_at(lon, lat, z)

    assert error(grid, UTM, 0.02 * grid.xres) < 0.02 * grid.xres


@pytest.mark.parametrize("source", ["EPSG:4326", "EPSG:3035", "EPSG:32632", SINUSOIDAL])
def test_other_sources_keep_the_tolerance_too(source):
    grid = Grid(UTM, 500000.0, 5100000.0, 30.0, 30.0, rows=300, cols=300)
    tolerance = 1e-6 if source == "EPSG:4326" else 0.5

    assert error(grid, source, tolerance) < tolerance


@pytest.mark.parametrize("size", [1000, 256, 100, 37])
def test_blocks_equal_the_whole_bit_for_bit(size):
    grid = Grid(UTM, 499980.0, 5100020.0, 60.0, 60.0, rows=300, cols=420).window(11, 7, 280, 400)
    whole = source_coordinates(grid, "EPSG:3857", 0.5)
    x, y = np.empty_like(whole.x), np.empty_like(whole.y)
    for block in grid.blocks(size):
        lattice.clear_lattices()  # nothing may come from the whole's nodes
        part = source_coordinates(block, "EPSG:3857", 0.5)
        row, col = block.row_off - grid.row_off, block.col_off - grid.col_off
        inside = np.s_[row : row + block.rows, col : col + block.cols]
        x[inside], y[inside] = part.x, part.y

    assert x.tobytes() == whole.x.tobytes()
    assert y.tobytes() == whole.y.tobytes()


def test_a_single_pixel_equals_the_whole_bit_for_bit():
    grid = tile_at(15.1, 45.8, 9)
    whole = source_coordinates(grid, UTM, TOLERANCE)
    pixel = source_coordinates(grid.window(200, 101, 1, 1), UTM, TOLERANCE)

    assert (pixel.x[0, 0], pixel.y[0, 0]) == (whole.x[200, 101], whole.y[200, 101])


def test_stitched_tiles_equal_an_area_with_its_own_corner():
    # The area is a grid of its own, aligned to the tiles' pixels but not a window of the world.
    nw = tile_at(15.1, 45.8, 12)
    edge, bounds = nw.xres, nw.bounds
    area = Grid("EPSG:3857", bounds.left, bounds.top, edge, edge, rows=512, cols=512)
    whole = source_coordinates(area, UTM, TOLERANCE)
    for row, col in ((0, 0), (0, 256), (256, 0), (256, 256)):
        tile = source_coordinates(nw.window(row, col, 256, 256), UTM, TOLERANCE)

        assert np.abs(whole.x[row : row + 256, col : col + 256] - tile.x).max() < 1e-5 * 10
        assert np.abs(whole.y[row : row + 256, col : col + 256] - tile.y).max() < 1e-5 * 10


def test_tiles_and_an_area_of_their_pixels_share_nodes():
    tile = tile_at(15.1, 45.8, 12)
    area = Grid("EPSG:3857", tile.bounds.left, tile.bounds.top, tile.xres, tile.yres, rows=256, cols=256)
    source_coordinates(tile, UTM, TOLERANCE)
    kept = len(lattice._kept)
    source_coordinates(area, UTM, TOLERANCE)

    assert kept == len(lattice._kept) == 1


def test_nodes_are_made_once(monkeypatch):
    projected = []
    project = lattice.project
    monkeypatch.setattr(lattice, "project", lambda x, *rest: projected.append(x.size) or project(x, *rest))
    for _ in range(3):
        source_coordinates(tile_at(15.1, 45.8, 14), UTM, TOLERANCE)

    assert projected == [25, 81]  # 64 pixels apart, and the check half-way: far from 65,536


def test_a_strict_tolerance_ends_at_the_exact_transform():
    grid = tile_at(15.1, 45.8, 6)
    found, (x, y) = source_coordinates(grid, UTM, 1e-7), exact(grid, UTM)

    # 2**-20 of a pixel: the precision to which a grid's sub-pixel position is told apart
    assert np.abs(found.x - x).max() < grid.xres / 2**20
    assert np.abs(found.y - y).max() < grid.xres / 2**20


def test_equal_crs_are_two_exact_axes():
    grid = Grid(UTM, 500003.0, 5100001.0, 10.0, 20.0, rows=3, cols=4)
    found = source_coordinates(grid, "+proj=utm +zone=33 +datum=WGS84", TOLERANCE)

    assert found.separable
    assert list(found.x) == [500008.0, 500018.0, 500028.0, 500038.0]
    assert list(found.y) == [5099991.0, 5099971.0, 5099951.0]


def test_axes_spread_to_full_arrays():
    grid = Grid(UTM, 0.0, 60.0, 10.0, 20.0, rows=3, cols=4)
    x, y = source_coordinates(grid, UTM, TOLERANCE).full()

    assert x.tolist() == [[5, 15, 25, 35]] * 3
    assert y.tolist() == [[50] * 4, [30] * 4, [10] * 4]


def test_what_the_source_does_not_reach_is_nan_and_the_rest_is_exact():
    # The orthographic view from above the equator ends at 90 E, within the tile.
    seen = "+proj=ortho +lat_0=0 +lon_0=0"
    grid = Grid("EPSG:4326", 80.0, 10.0, 0.1, 0.1, rows=200, cols=200)
    found, (x, y) = source_coordinates(grid, seen, 1.0), exact(grid, seen)

    assert np.array_equal(np.isnan(found.x), np.isnan(x))
    assert 0 < np.isnan(x).sum() < x.size
    assert np.nanmax(np.abs(found.x - x)) < 0.1
    assert np.nanmax(np.abs(found.y - y)) < 0.1


def test_nothing_but_nan_far_outside():
    grid = Grid("EPSG:4326", 120.0, 10.0, 0.1, 0.1, rows=100, cols=100)
    found = source_coordinates(grid, "+proj=ortho +lat_0=0 +lon_0=0", 1.0)

    assert np.isnan(found.x).all() and np.isnan(found.y).all()


def test_longitudes_jump_at_the_antimeridian_and_nowhere_else():
    # Zone 1 begins at 180 W: easting 166,021 at the equator.
    grid = Grid("EPSG:32601", 150000.0, 100000.0, 100.0, 100.0, rows=100, cols=400)
    found, (lon, _) = source_coordinates(grid, "EPSG:4326", 1e-6), exact(grid, "EPSG:4326")

    assert (lon.min(), lon.max()) == (pytest.approx(-180, abs=0.01), pytest.approx(180, abs=0.01))
    assert np.abs(found.x - lon).max() < 1e-6


def test_threads_agree_bit_for_bit():
    grid = tile_at(15.1, 45.8, 8)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: source_coordinates(grid, UTM, TOLERANCE).x.tobytes(), range(32)))

    assert len(set(found)) == 1


def test_the_kept_nodes_are_bounded():
    for z in range(2, 9):  # each of these needs a node per pixel: a megabyte
        for x in range(4):
            source_coordinates(tile_grid(Tile(x=x, y=1, z=z)).window(0, 0, 1, 1), UTM, 1e-9)

    assert lattice._kept.currsize <= lattice.CACHE_BYTES


@pytest.mark.parametrize("tolerance", [0.0, -1.0, math.nan])
def test_a_tolerance_is_a_positive_number(tolerance):
    with pytest.raises(ValueError, match=r"source_coordinates\(tolerance=\): expected a number above 0"):
        source_coordinates(tile_at(15.1, 45.8, 8), UTM, tolerance)


def test_rubbish_as_source_crs_is_named():
    with pytest.raises(ContextError, match=r"source_crs=\): expected .* got 'rubbish'"):
        source_coordinates(tile_at(15.1, 45.8, 8), "rubbish", TOLERANCE)
