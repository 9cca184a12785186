import dataclasses
from pathlib import Path

import pytest

from descartes_flow.geo import Grid, Tile, tile_grid
from descartes_flow.io import BandSource
from descartes_flow.io.levels import choose_level, pixel_ratio

SOURCE = BandSource(
    item="demo:a",
    band="red",
    href="/images/a.tif",
    index=1,
    crs="EPSG:32633",
    transform=(10.0, 0.0, 450000.0, 0.0, -10.0, 5000000.0),
    rows=10000,
    cols=10000,
    dtype="uint16",
    nodata=0.0,
    overviews=(2, 4, 8),
)


def grid_of(res: float, crs: str = "EPSG:32633") -> Grid:
    return Grid(crs, 450000.0, 5000000.0, res, res, 256, 256)


@pytest.mark.parametrize(
    ("res", "level"),
    [(1, None), (10, None), (19.9, None), (20, 0), (39.9, 0), (40, 1), (79, 1), (80, 2), (500, 2)],
)
def test_the_coarsest_level_at_least_as_fine_as_the_target_is_read(res: float, level: int | None):
    assert choose_level(SOURCE, grid_of(res), "near") == level


@pytest.mark.parametrize("factor", [2, 4, 8])
def test_rounding_of_coordinates_does_not_decide(factor: int):
    res = 1 / 10800  # no float
    for left in (15 + 1 / 3, -179.7, 0.1):
        source = dataclasses.replace(SOURCE, crs="EPSG:4326", transform=(res, 0, left, 0, -res, 45 + 1 / 7))
        grid = Grid("EPSG:4326", left, 45 + 1 / 7, factor * res, factor * res, 10, 10)

        assert choose_level(source, grid, "near") == SOURCE.overviews.index(factor)


def test_levels_may_be_stored_in_any_order():
    source = dataclasses.replace(SOURCE, overviews=(8, 2, 4))

    assert choose_level(source, grid_of(45), "near") == 2


def test_the_finer_side_of_a_target_pixel_decides():
    grid = Grid("EPSG:32633", 450000.0, 5000000.0, xres=100.0, yres=25.0, rows=9, cols=9)

    assert choose_level(SOURCE, grid, "near") == 0


def test_a_source_without_overviews_is_read_as_it_is():
    assert choose_level(dataclasses.replace(SOURCE, overviews=()), grid_of(500), "near") is None


@pytest.mark.parametrize("resampling", ["min", "max", "mode", "med", "q1", "q3"])
def test_order_statistics_use_only_safe_overviews(resampling: str):
    unsafe = dataclasses.replace(SOURCE, safe_overviews=False)

    assert choose_level(SOURCE, grid_of(40), resampling) == 1
    assert choose_level(unsafe, grid_of(40), resampling) is None
    assert choose_level(unsafe, grid_of(40), "average") == 1


def test_classes_use_only_safe_overviews():
    classes = dataclasses.replace(SOURCE, categorical=True)

    assert choose_level(classes, grid_of(40), "near") == 1
    assert choose_level(dataclasses.replace(classes, safe_overviews=False), grid_of(40), "near") is None


def test_a_mercator_pixel_is_smaller_on_the_ground_than_it_says():
    # At 45 N a web-mercator pixel of 20 m spans 20 m * cos(45 degrees) = 14.1 m of ground.
    ratio = pixel_ratio(SOURCE, grid_of(20.0, "EPSG:3857"))

    assert ratio.x == pytest.approx(1.41, abs=0.02)
    assert ratio.y == pytest.approx(1.41, abs=0.02)
    assert choose_level(SOURCE, grid_of(20.0, "EPSG:3857"), "near") is None
    assert choose_level(SOURCE, grid_of(30.0, "EPSG:3857"), "near") == 0


def test_degrees_and_metres_are_compared_on_the_ground():
    # A degree of latitude is 111.2 km; one of longitude at 45 N is 78.6 km.
    ratio = pixel_ratio(SOURCE, Grid("EPSG:4326", 15.0, 45.0, xres=0.001, yres=0.001, rows=9, cols=9))

    assert (ratio.x, ratio.y) == pytest.approx((7.9, 11.1), abs=0.1)


def test_every_window_and_tile_of_one_resolution_reads_the_same_level():
    tile = tile_grid(Tile(x=8919, y=5824, z=14))

    assert pixel_ratio(SOURCE, tile.window(-5000, 9000, 3, 5)) == pixel_ratio(SOURCE, tile)


def test_a_rotated_image_has_the_ratio_of_its_pixels():
    turned = dataclasses.replace(SOURCE, transform=(8.0, 6.0, 450000.0, 6.0, -8.0, 5000000.0))  # still 10 m

    assert pixel_ratio(turned, grid_of(30.0)) == pytest.approx((3.0, 3.0))


def test_choosing_a_level_touches_no_file():
    assert not Path(SOURCE.href).exists()
    assert choose_level(SOURCE, grid_of(40), "bilinear") == 1
