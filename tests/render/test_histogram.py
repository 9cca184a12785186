import re

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.render.autoscale import autoscale
from descartes_flow.render.bars import bars
from descartes_flow.render.histogram import MOST_BINS, histograms, view_histogram
from descartes_flow.render.pixels import PIXELS
from tests.scenes import NAN, area
from tests.scenes import scenes as scenes


def of(*values, mask=None):
    """Edges and counts of one band with these values."""
    (found,) = histograms(np.array([[values]]), mask)
    return found.low, found.high, found.counts.tolist()


def test_whole_numbers_lie_in_the_middle_of_their_bins():
    assert of(1.0, 2.0, 2.0, 4.0) == (0.5, 4.5, [1, 2, 0, 1])


def test_many_whole_numbers_share_bins_evenly():
    # 0..255 is four numbers in each of 64 bins.
    assert of(*np.arange(256.0)) == (-0.5, 255.5, [4] * MOST_BINS)


def test_a_span_that_bins_do_not_divide_has_a_last_bin_that_reaches_further():
    # 100 numbers, two to a bin, are 50 bins; 101 are 51, the last of which holds one.
    assert of(*np.arange(101.0)) == (-0.5, 101.5, [2] * 50 + [1])


def test_truth_values_have_two_bins():
    assert of(True, True, False) == (-0.5, 1.5, [1, 2])
    assert of(True, True) == (-0.5, 1.5, [0, 2])


def test_other_numbers_are_counted_from_the_least_to_the_greatest():
    low, high, counts = of(0.0, 0.1, 0.1, 0.5, 1.0)

    assert (low, high) == (0.0, 1.0)
    assert {place: count for place, count in enumerate(counts) if count} == {0: 1, 6: 2, 32: 1, 63: 1}


def test_only_bins_around_whole_numbers_have_whole_ticks():
    truths, shares = histograms(np.array([[[0.0, 1.0]], [[0.25, 1.0]]]), None)

    assert (truths.whole, shares.whole) == (True, False)
    assert re.findall(r">(\d[^<]*)<", bars(truths, (-0.5, 1.5), None, "grey")) == ["0", "1"]


def test_one_value_has_one_bin_around_it():
    low, high, counts = of(0.25, 0.25, 0.25)

    assert low < 0.25 < high
    assert counts == [3]
    assert of(7.0, 7.0) == (6.5, 7.5, [2])


def test_huge_numbers_have_no_bins_of_their_own():
    low, high, counts = of(1e17, 1e17)

    assert low < 1e17 < high
    assert counts == [2]


def test_masked_pixels_and_those_that_are_not_finite_do_not_count():
    mask = np.array([[False, False, False, False, True]])

    assert of(1.0, 2.0, np.nan, np.inf, 5.0, mask=mask) == (0.5, 2.5, [1, 1])


def test_a_few_values_far_away_are_only_counted():
    # 99 % lie in 0..999 and within them half a spread beyond: 10^6 and -10^6 lie further away.
    values = np.concatenate([np.arange(1000.0) / 1000, [1e6, -1e6, -1e6]])
    (found,) = histograms(values.reshape(1, 1, -1), None)

    assert (found.low, found.high) == pytest.approx((-0.5, 1.5), abs=0.02)
    assert (found.below, found.above) == (2, 1)
    assert found.counts.sum() == 1000


def test_each_band_counts_its_own_pixels():
    data = np.array([[[1.0, 2.0]], [[5.0, 5.0]], [[1.0, 2.0]]])
    mask = np.array([[[False, True]], [[True, True]], [[False, False]]])
    first, second, third = histograms(data, mask)

    assert first.counts.tolist() == [1]
    assert second is None
    assert third.counts.tolist() == [1, 1]


def test_the_bands_of_a_view_are_counted(scenes):
    image = scenes.image("two", {"a": [[1.0, 2.0], [2.0, 3.0]], "b": [[NAN, NAN], [NAN, NAN]]})
    found = view_histogram(image._node, area())

    assert found.bands == ("a", "b")
    assert found.histograms[0].counts.tolist() == [1, 2, 1]
    assert found.histograms[1] is None
    assert not found.all_masked


def test_a_view_without_values_says_so(scenes):
    image = scenes.image("nothing", {"a": [[NAN]]})

    assert view_histogram(image._node, area(1, 1)).all_masked


def test_empty_imagery_has_no_bands(scenes):
    scenes.add("one", {"a": [[1.0]]})
    empty = wf.ImageCollection.from_id("test", "1990-01-01", "1991-01-01").mosaic()
    found = view_histogram(empty._node, area())

    assert found.bands == ()
    assert found.all_masked


def test_a_large_view_is_sampled(scenes):
    image = scenes.image("large", {"a": np.ones((1024, 512))})
    found = view_histogram(image._node, area(1024, 512))

    assert found.histograms[0].counts.sum() == 256 * 128


def test_pixels_of_a_view_are_computed_once(scenes):
    image = scenes.image("once", {"a": [[1.0, 2.0], [2.0, 3.0]]})
    PIXELS.clear()
    before = PIXELS.computed
    view_histogram(image._node, area())
    autoscale(image._node, area())

    assert PIXELS.computed == before + 1
