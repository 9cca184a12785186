import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from descartes_flow.errors import ContextError
from descartes_flow.geo import Bounds, Grid
from descartes_flow.geo.grid import floor_index

# The tile of the specification: 512 x 512 pixels of 10 m.
NILE = Grid("EPSG:32636", left=167200.0, top=1111040.0, xres=10.0, yres=10.0, rows=512, cols=512)

sizes = st.integers(min_value=1, max_value=40)
offsets = st.integers(min_value=-50, max_value=50)


def any_grid(rows, cols, row_off=0, col_off=0):
    return Grid("EPSG:4326", 10.1, 46.7, 0.1, 0.3, rows, cols, row_off, col_off)


def test_bounds_are_the_outer_edges():
    assert NILE.bounds == Bounds(left=167200.0, bottom=1105920.0, right=172320.0, top=1111040.0)


def test_transform_maps_column_and_row_to_the_upper_left_corner():
    a, b, c, d, e, f = NILE.transform

    assert (a * 2 + b * 4 + c, d * 2 + e * 4 + f) == (167220.0, 1111000.0)


def test_centres_lie_half_a_pixel_inside_and_y_falls():
    assert list(NILE.centre_x()[:2]) == [167205.0, 167215.0]
    assert list(NILE.centre_y()[:2]) == [1111035.0, 1111025.0]


def test_pixels_need_not_be_square():
    grid = Grid("EPSG:4326", left=10.0, top=46.0, xres=0.5, yres=0.25, rows=4, cols=2)

    assert grid.bounds == (10.0, 45.0, 11.0, 46.0)


def test_a_window_counts_from_the_window_that_it_is_taken_of():
    window = NILE.window(10, 20, 100, 100).window(1, 2, 3, 4)

    assert (window.row_off, window.col_off, window.shape) == (11, 22, (3, 4))
    assert window.index_to_coords(0, 0) == (167420.0, 1110930.0)


def test_padding_grows_every_side():
    padded = NILE.padded(2, 2)

    assert padded.shape == (516, 516)
    assert padded.bounds == (167180.0, 1105900.0, 172340.0, 1111060.0)


def test_corner_and_index_of_the_specification():
    assert NILE.index_to_coords(4, 2) == (167220.0, 1111000.0)
    assert NILE.coords_to_index(167220.0, 1111000.0) == (4, 2)


@pytest.mark.parametrize(
    ("x", "y", "index"),
    [
        (167200.0, 1111040.0, (0, 0)),
        (167209.99, 1111030.01, (0, 0)),
        (167210.0, 1111030.0, (1, 1)),
        (167199.99, 1111040.01, (-1, -1)),
    ],
)
def test_a_point_belongs_to_the_pixel_right_of_and_below_an_edge(x, y, index):
    assert NILE.coords_to_index(x, y) == index


@given(row=st.integers(-5000, 5000), col=st.integers(-5000, 5000))
def test_the_corner_of_a_pixel_is_in_that_pixel(row, col):
    grid = any_grid(100, 100, row_off=7, col_off=-3)  # 0.1 and 0.3 have no exact binary form

    assert grid.coords_to_index(*grid.index_to_coords(row, col)) == (row, col)


@given(rows=sizes, cols=sizes, row_off=offsets, col_off=offsets, size=st.integers(1, 50))
def test_blocks_cover_every_pixel_once(rows, cols, row_off, col_off, size):
    grid = any_grid(rows, cols, row_off, col_off)
    times = np.zeros(grid.shape, dtype=int)
    for block in grid.blocks(size):
        row, col = block.row_off - row_off, block.col_off - col_off
        times[row : row + block.rows, col : col + block.cols] += 1
        assert row >= 0 and col >= 0 and max(block.shape) <= size

    assert (times == 1).all()


@given(rows=sizes, cols=sizes, row_off=offsets, col_off=offsets, size=st.integers(1, 50))
def test_centres_of_blocks_equal_those_of_the_whole_bit_for_bit(rows, cols, row_off, col_off, size):
    grid = any_grid(rows, cols, row_off, col_off)
    for block in grid.blocks(size):
        row, col = block.row_off - row_off, block.col_off - col_off

        assert block.centre_x().tobytes() == grid.centre_x()[col : col + block.cols].tobytes()
        assert block.centre_y().tobytes() == grid.centre_y()[row : row + block.rows].tobytes()


def test_blocks_run_row_by_row():
    assert [(b.row_off, b.col_off) for b in any_grid(3, 5).blocks(2)] == [
        (0, 0), (0, 2), (0, 4), (2, 0), (2, 2), (2, 4),
    ]  # fmt: skip


def test_overlapping_windows_share_their_inner_blocks():
    whole = any_grid(100, 100)
    one, other = set(whole.window(0, 0, 60, 60).blocks(20)), set(whole.window(15, 15, 60, 60).blocks(20))

    assert one & other == {whole.window(row, col, 20, 20) for row in (20, 40) for col in (20, 40)}


def test_neighbours_share_an_edge_bit_for_bit():
    west, east = any_grid(10, 10).window(0, 0, 10, 3), any_grid(10, 10).window(0, 3, 10, 7)

    assert west.bounds.right == east.bounds.left


def test_one_pixel_is_a_grid():
    pixel = Grid("EPSG:32633", 500000.0, 10.0, 10.0, 10.0, rows=1, cols=1)

    assert pixel.bounds == (500000.0, 0.0, 500010.0, 10.0)
    assert list(pixel.blocks(256)) == [pixel]


def test_a_grid_is_a_value():
    copy = pickle.loads(pickle.dumps(NILE))

    assert (copy, hash(copy), copy.key) == (NILE, hash(NILE), NILE.key)


@pytest.mark.parametrize(
    "other",
    [
        NILE.window(0, 0, 512, 511),
        NILE.window(0, 1, 512, 512),
        Grid("EPSG:32637", 167200.0, 1111040.0, 10.0, 10.0, 512, 512),
        Grid("EPSG:32636", 167200.0, 1111040.0, 10.0, 10.0, 512, 512, all_touched=True),
        Grid("EPSG:32636", 167200.0, 1111040.0, 10.0, 10.0, 512, 512, cutline='{"type":"Point"}'),
    ],
)
def test_the_key_tells_grids_apart(other):
    assert other.key != NILE.key


def test_numpy_numbers_make_the_same_key():
    numbers = [np.float64(n) for n in (167200, 1111040, 10, 10)]

    assert Grid("EPSG:32636", *numbers, np.int64(512), np.int32(512)).key == NILE.key


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rows", 0),
        ("cols", -1),
        ("xres", 0.0),
        ("yres", -10.0),
        ("left", float("nan")),
        ("top", float("inf")),
    ],
)
def test_a_grid_without_pixels_or_place_is_refused(field, value):
    good = {"left": 0.0, "top": 0.0, "xres": 1.0, "yres": 1.0, "rows": 1, "cols": 1}

    with pytest.raises(ContextError, match=f"Grid.*{field}="):
        Grid("EPSG:32633", **(good | {field: value}))


def test_blocks_of_no_size_are_refused():
    with pytest.raises(ValueError, match=r"size=.*above 0, got 0"):
        list(NILE.blocks(0))


def test_the_geobox_of_a_window_is_that_window():
    geobox = NILE.window(4, 2, 10, 20).geobox

    assert tuple(geobox.shape) == (10, 20)
    assert geobox.crs.epsg == 32636
    assert geobox.extent.boundingbox.bbox == (167220.0, 1110900.0, 167420.0, 1111000.0)


@pytest.mark.parametrize(
    ("position", "index"), [(2.0, 2), (1.9999999, 2), (2.9, 2), (-0.1, -1), (1.99999, 1)]
)
def test_a_position_within_rounding_of_an_edge_is_on_it(position, index):
    assert floor_index(position) == index
