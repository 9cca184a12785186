"""Reductions over pixels: any cut of the area into windows gives the same number, and it is numpy's."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descartes_flow.geo import Grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.steps.pixelreduce import CELL, ReducePixels, cells

ROWS, COLS = 300, 530
GRID = Grid("EPSG:32633", 0.0, 0.0, 1.0, 1.0, ROWS, COLS)
NAMES = ("min", "max", "mean", "median", "sum", "std", "count")
DATA = np.random.default_rng(3).normal(1000, 1, size=(3, 2, ROWS, COLS))
MASK = np.random.default_rng(4).random(DATA.shape) < 0.3
NUMPY = {name: getattr(np, f"nan{name}") for name in NAMES if name != "count"}


def window_of(grid: Grid) -> Pixels:
    """The part of DATA and MASK under a window."""
    rows = slice(grid.row_off, grid.row_off + grid.rows)
    cols = slice(grid.col_off, grid.col_off + grid.cols)
    return Pixels(DATA[:, :, rows, cols], MASK[:, :, rows, cols])


def step(
    name: str, images: bool = False, bands: bool = False, segments: tuple[int, ...] = (3,)
) -> ReducePixels:
    return ReducePixels(name, 0, (3, 2), images, bands, segments if images else [])


def numpys(name: str, values: np.ndarray, axis: tuple[int, ...]) -> np.ndarray:
    if name == "count":
        return np.isfinite(values).sum(axis=axis)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return NUMPY[name](values, axis=axis)


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_are_numpys(name):
    shown = np.where(MASK, np.nan, DATA)

    for images, bands, axis in (
        (False, False, (2, 3)),
        (False, True, (1, 2, 3)),
        (True, False, (0, 2, 3)),
        (True, True, (0, 1, 2, 3)),
    ):
        made = step(name, images, bands)
        found = made.combined([made.partial(window_of(GRID), GRID)]).data
        expected = numpys(name, shown, axis)
        np.testing.assert_allclose(found.reshape(np.shape(expected)), expected, rtol=1e-12)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(name=st.sampled_from(NAMES), side=st.sampled_from([CELL, 2 * CELL, 4 * CELL]), seed=st.integers(0, 99))
def test_blocks_in_any_order_give_the_same_bits_as_the_whole(name, side, seed):
    made = step(name, images=True)
    whole = made.combined([made.partial(window_of(GRID), GRID)])

    partials = [made.partial(window_of(block), block) for block in GRID.blocks(side)]
    np.random.default_rng(seed).shuffle(partials)
    assert made.combined(partials).data.tolist() == whole.data.tolist()


def test_segments_are_reduced_apart():
    made = step("sum", images=True, segments=(1, 2))
    shown = np.where(MASK, 0, DATA).sum(axis=(2, 3))

    found = made.combined([made.partial(window_of(GRID), GRID)]).data[:, :, 0, 0]
    np.testing.assert_allclose(found, [shown[0], shown[1] + shown[2]], rtol=1e-12)


@given(
    row=st.integers(-600, 600), col=st.integers(-600, 600), rows=st.integers(1, 700), cols=st.integers(1, 700)
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_cells_cover_a_window_once_and_end_at_multiples_of_their_size(row, col, rows, cols):
    window = GRID.window(row, col, rows, cols)
    covered = np.zeros((rows, cols), int)

    for (cell_row, cell_col), part_rows, part_cols in cells(window):
        covered[part_rows, part_cols] += 1
        assert (row + part_rows.start) // CELL == (row + part_rows.stop - 1) // CELL == cell_row
        assert (col + part_cols.start) // CELL == (col + part_cols.stop - 1) // CELL == cell_col
    assert (covered == 1).all()


def test_sums_lose_nothing_between_cells_however_far_apart_they_are():
    values = np.zeros((1, 1, 1, 3 * CELL))
    values[..., 0], values[..., CELL], values[..., 2 * CELL] = 1e16, 1.0, -1e16  # 1e16 + 1 is 1e16 in float64
    grid = Grid("EPSG:32633", 0.0, 0.0, 1.0, 1.0, 1, 3 * CELL)
    made = ReducePixels("sum", 0, (1, 1), False, False, [])

    assert made.combined([made.partial(Pixels(values, None), grid)]).data.item() == 1.0


def test_nothing_valid_is_nan_and_counts_zero():
    hidden = Pixels(np.ones((1, 1, 4, 4)), np.ones((1, 1, 4, 4), bool))
    grid = Grid("EPSG:32633", 0.0, 0.0, 1.0, 1.0, 4, 4)

    for name in NAMES:
        made = ReducePixels(name, 0, (1, 1), False, False, [])
        found = made.combined([made.partial(hidden, grid)]).data.item()
        assert found == 0 if name == "count" else math.isnan(found)
