from pathlib import Path

import numpy as np
import pytest
import rasterio

from descartes_flow.geo import Grid
from descartes_flow.io import read_band
from tests.io.rasters import source_of, utm_grid, write

# 0 is nodata; pixels are 10 m, so a grid of one pixel at (left, top) has its centre 5 m further.
NUMBERS = np.array([[10, 20, 30], [40, 0, 60], [70, 80, 90]], "uint16")


def value_at(path: Path, x: float, y: float, resampling: str = "bilinear") -> float | None:
    """Value at x metres east and y metres south of the upper left corner; None if masked."""
    pixels = read_band(source_of(path), utm_grid(x - 0.5, y - 0.5, 1, 1, 1), resampling)
    return None if pixels.mask is not None else float(pixels.data[0, 0])


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    return write(tmp_path / "numbers.tif", NUMBERS, nodata=0)


@pytest.mark.parametrize(
    ("x", "y", "value"),
    [
        (5, 5, 10.0),  # a centre
        (25, 25, 90.0),
        (10, 5, 15.0),  # half-way between 10 and 20
        (7.5, 5, 12.5),  # a quarter of the way
        (5, 12.5, 32.5),  # three quarters of the way from 10 to 40
        (10, 9, (15 * 0.6 + 40 * 0.5 * 0.4) / 0.8),  # 10, 20, 40 count; the fourth, with 0.5 * 0.4, does not
        (9, 9, (0.36 * 10 + 0.24 * 20 + 0.24 * 40) / 0.84),
        (3, 3, 10.0),  # nearer to the image's corner than any centre: neighbours outside do not count
        (5, 0.01, 10.0),
        (29.99, 29.99, 90.0),
        (15, 15, None),  # the pixel without a value
        (11, 11, None),  # others are near, but the nearest has no value
        (19.9, 10.1, None),
        (10, 10, (10 + 20 + 40) / 3),  # a tie: the nearest is the upper left, which has a value
        (20, 20, None),  # a tie: the upper left has none
        (-0.01, 5, None),
        (30.01, 5, None),
        (5, 30.01, None),
    ],
)
def test_bilinear_counts_only_neighbours_with_a_value(numbers: Path, x: float, y: float, value: float | None):
    found = value_at(numbers, x, y)

    assert found == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("x", "y", "value"),
    [
        (1, 1, 10.0),
        (9.9, 9.9, 10.0),
        (10.1, 9.9, 20.0),
        (9.9, 10.1, 40.0),
        (12, 12, None),
        (10, 10, 10.0),  # the corner of four pixels belongs to the upper left one
        (20, 5, 20.0),
        (30, 30, 90.0),  # so the lower right corner of the image belongs to it ...
        (0, 5, None),  # ... and its left edge to the pixel before
        (29.9, 0.1, 30.0),
        (-0.1, 5, None),
    ],
)
def test_nearest_is_the_pixel_that_holds_the_place(numbers: Path, x: float, y: float, value: float | None):
    assert value_at(numbers, x, y, "near") == value


def test_ties_survive_rounding_of_coordinates(tmp_path: Path):
    third = 1 / 3  # no pixel edge of this image is a number that a float can hold
    path = write(
        tmp_path / "thirds.tif",
        np.arange(900.0)[None],
        crs="EPSG:4326",
        transform=rasterio.Affine(third / 3600, 0, 15 + third, 0, -third / 3600, 45.0),
    )
    grid = Grid("EPSG:4326", 15 + third, 45.0, 2 * third / 3600, third / 3600, 1, 450)
    found = read_band(source_of(path), grid, "near").data[0]

    assert found.tolist() == np.arange(0.0, 900.0, 2).tolist()


INFINITE = [(5, 1.0), (10, np.inf), (15, np.inf), (20, None), (25, -np.inf), (30, -np.inf), (35, 2.0)]


@pytest.mark.parametrize(("x", "value"), INFINITE)
def test_infinity_wins_over_numbers_where_it_has_weight(tmp_path: Path, x: float, value: float | None):
    path = write(tmp_path / "inf.tif", np.array([[1.0, np.inf, -np.inf, 2.0]]))

    assert value_at(path, x, 5) == value


def test_a_hidden_neighbour_is_not_mistaken_for_its_stored_number(tmp_path: Path):
    path = write(tmp_path / "low.tif", np.array([[100, -9999]], "int16"), nodata=-9999)

    assert value_at(path, 9, 5) == 100.0
    assert value_at(path, 11, 5) is None
