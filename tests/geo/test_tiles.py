import math

import mercantile
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from descartes_flow.errors import TileError
from descartes_flow.geo import Tile, tile_bounds, tile_grid, tiles_of_view
from descartes_flow.geo.earth import HALF_EQUATOR


@st.composite
def tiles(draw):
    z = draw(st.integers(0, 22))
    numbers = st.integers(0, 2**z - 1)
    return Tile(x=draw(numbers), y=draw(numbers), z=z)


@given(tiles())
def test_extents_are_those_of_mercantile(tile):
    expected = mercantile.xy_bounds(tile.x, tile.y, tile.z)

    assert tile_bounds(tile) == pytest.approx(tuple(expected), abs=1e-6)


@given(tiles())
def test_degrees_are_those_of_mercantile(tile):
    expected = mercantile.bounds(tile.x, tile.y, tile.z)

    assert tile_grid(tile).lonlat_bounds() == pytest.approx(tuple(expected), abs=1e-9)


def test_the_world_is_one_tile_and_a_pixel_means_its_centre():
    grid = tile_grid(Tile(x=0, y=0, z=0))

    assert grid.bounds == (-HALF_EQUATOR, -HALF_EQUATOR, HALF_EQUATOR, HALF_EQUATOR)
    assert grid.centre_x()[0] == -HALF_EQUATOR + HALF_EQUATOR / 256
    assert grid.centre_y()[0] == HALF_EQUATOR - HALF_EQUATOR / 256


def test_y_grows_southward():
    assert tile_bounds(Tile(x=0, y=1, z=1)).top == 0.0
    assert tile_bounds(Tile(x=0, y=0, z=1)).bottom == 0.0


@given(tiles())
def test_the_left_edge_is_exact(tile):
    grid = tile_grid(tile)

    assert grid.bounds.left == -HALF_EQUATOR + tile.x * 256 * grid.xres


def test_four_tiles_have_the_pixels_of_one_tile_of_twice_the_size():
    big = tile_grid(Tile(x=5, y=6, z=4), size=512)
    west, east = (tile_grid(Tile(x=x, y=12, z=5)) for x in (10, 11))

    assert big.centre_x().tobytes() == np.append(west.centre_x(), east.centre_x()).tobytes()


def test_resolution_halves_with_every_zoom():
    edges = [tile_grid(Tile(x=0, y=0, z=z)).xres for z in range(20)]

    assert edges == [2 * math.pi * 6378137 / 2**z / 256 for z in range(20)]


def test_the_world_goes_round():
    assert Tile(x=9, y=2, z=3) == Tile(x=1, y=2, z=3) == Tile(x=-7, y=2, z=3)


@pytest.mark.parametrize(
    ("x", "y", "z"), [(0, 8, 3), (0, -1, 3), (0, 0, -1), (0, 0, 31), (0.5, 0, 1), (0, True, 1)]
)
def test_addresses_outside_the_matrix_are_refused(x, y, z):
    with pytest.raises(TileError, match=r"Tile\([xyz]=\): expected a whole number"):
        Tile(x=x, y=y, z=z)


def test_addresses_are_keyword_only():
    with pytest.raises(TypeError):
        Tile(1, 2, 3)


def test_a_tile_has_at_least_one_pixel():
    assert tile_grid(Tile(x=0, y=0, z=0), size=1).shape == (1, 1)
    with pytest.raises(TileError, match=r"size=.*above 0, got 0"):
        tile_grid(Tile(x=0, y=0, z=0), size=0)


@pytest.mark.parametrize(
    ("view", "zoom", "expected"),
    [
        ((256, 256, 512, 512), 3, {(1, 1)}),  # exactly one tile
        ((255, 256, 512, 513), 3, {(0, 1), (1, 1), (0, 2), (1, 2)}),
        ((-1, 0, 1, 1), 2, {(3, 0), (0, 0)}),  # over the antimeridian
        ((2048, 100, 2049, 101), 3, {(0, 0)}),  # a turn to the east
        ((0, -500, 1, 5), 1, {(0, 0)}),  # beyond the pole
        ((0, 500, 1, 900), 1, {(0, 1)}),
        ((-5000, 0, 5000, 1), 1, {(0, 0), (1, 0)}),  # several worlds
        ((10, 10, 10, 20), 1, set()),
    ],
)
def test_a_view_needs_the_tiles_that_it_touches(view, zoom, expected):
    assert {(tile.x, tile.y) for tile in tiles_of_view(*view, zoom)} == expected
