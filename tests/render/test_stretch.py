import numpy as np
import pytest

from descartes_flow.render import stretch
from descartes_flow.render.stretch import Deviations, Percentiles


def test_ends_are_the_percentiles_of_each_band():
    values = np.arange(101.0).reshape(1, 101)

    assert stretch(np.stack([values, values * 10]), None) == [(2.0, 98.0), (20.0, 980.0)]


def test_percentiles_are_interpolated_between_values():
    data = np.array([[[0.0, 10.0]]])

    ((low, high),) = stretch(data, None)

    assert low == pytest.approx(0.2)
    assert high == pytest.approx(9.8)


def test_other_percentiles_can_be_asked_for():
    assert stretch(np.arange(101.0).reshape(1, 1, 101), None, Percentiles(0, 100)) == [(0.0, 100.0)]


def test_masked_pixels_do_not_count():
    data = np.array([[[0.0, 1.0, 1000.0]]])
    mask = np.array([[False, False, True]])

    assert stretch(data, mask, Percentiles(0, 100)) == [(0.0, 1.0)]


def test_values_that_are_not_finite_do_not_count():
    data = np.array([[[-np.inf, 0.0, np.nan, 1.0, np.inf]]])

    assert stretch(data, None, Percentiles(0, 100)) == [(0.0, 1.0)]


def test_each_band_counts_its_own_pixels():
    data = np.array([[[0.0, 1.0, 5.0]], [[0.0, 1.0, 5.0]]])
    mask = np.array([[[False, False, True]], [[True, True, True]]])

    assert stretch(data, mask, Percentiles(0, 100)) == [(0.0, 1.0), None]


@pytest.mark.parametrize("data", [np.full((1, 2, 2), np.nan), np.empty((1, 0, 0))])
def test_nothing_that_counts_gives_none(data):
    assert stretch(data, None) == [None]


def test_an_image_without_bands_gives_no_scales():
    assert stretch(np.empty((0, 4, 4)), None) == []


@pytest.mark.parametrize("value", [0.0, 0.25, -3.0, 1e9])
def test_one_value_everywhere_gets_a_narrow_scale_around_it(value):
    ((low, high),) = stretch(np.full((1, 4, 4), value), None)

    assert low < value < high
    assert high - low <= 2.1e-6 * max(abs(value), 1)


def test_bool_is_stretched_from_0_to_1():
    assert stretch(np.array([[[True, True]]]), None) == [(0.0, 1.0)]


@pytest.mark.parametrize(("low", "high"), [(98, 2), (50, 50), (-1, 98), (2, 101), (float("nan"), 98)])
def test_percentiles_out_of_order_or_range_are_refused(low, high):
    with pytest.raises(ValueError, match=r"Percentiles\(low=, high=\): expected 0 <= low < high <= 100"):
        Percentiles(low, high)


def test_deviations_reach_so_far_from_the_mean():
    # Mean 5; the squares of the distances are 25, 1, 1, 25, 0: their mean is 10.4.
    data = np.array([[[0.0, 4.0, 6.0, 10.0, 5.0]]])

    ((low, high),) = stretch(data, None, Deviations(1))

    assert low == pytest.approx(5 - 10.4**0.5)
    assert high == pytest.approx(5 + 10.4**0.5)


def test_deviations_do_not_reach_beyond_the_values():
    assert stretch(np.array([[[0.0, 4.0, 6.0, 10.0]]]), None, Deviations(2)) == [(0.0, 10.0)]


@pytest.mark.parametrize("count", [0, -1, float("nan")])
def test_deviations_that_reach_nowhere_are_refused(count):
    with pytest.raises(ValueError, match=r"Deviations\(count=\): expected a number above 0"):
        Deviations(count)
