"""Choosing between two values, and what is said of the result."""

import numpy as np
import pytest

import descartes_flow as wf
from tests.scenes import NAN, area, pixels


@pytest.fixture
def img(scenes):
    return scenes.image("a", {"x": [[1, 2, NAN]], "y": [[4, NAN, 6]]}, sensor="s", cloud=1)


def test_truth_values_on_both_sides_stay_truth_values(img):
    x, y = img.pick_bands("x"), img.pick_bands("y")

    assert wf.where(x > 1, x > 0, y > 5).compute(area(1, 3)).ndarray.dtype == bool
    assert wf.where(x > 1, x > 0, 0).compute(area(1, 3)).ndarray.dtype == float


def test_a_number_that_is_none_hides_where_it_is_chosen(img):
    x = img.pick_bands("x")

    assert pixels(wf.where(x > 1, NAN, x).compute(area(1, 3))) == [[[1, None, None]]]


def test_a_masked_scalar_that_is_chosen_stays_masked(img):
    hidden = img.value_at(500_025, 4_999_995)["x"]

    assert wf.where(True, hidden, 0).compute(area(1, 3)) is np.ma.masked
    assert wf.where(False, hidden, 0).compute(area(1, 3)) == 0


def test_the_result_says_what_all_that_was_given_says(img, scenes):
    other = scenes.image("b", {"x": [[1, 2, 3]]}, sensor="s", cloud=2)

    found = wf.where(img.pick_bands("x") > 1, img.pick_bands("x"), other).compute(area(1, 3))
    assert found.properties["sensor"] == "s"
    assert not {"cloud", "id"} & set(found.properties)


def test_a_condition_on_numbers_alone_hands_on_what_it_says_of_its_band(img):
    x = img.pick_bands("x").with_bandinfo("x", unit="m")

    found = wf.where(x > 1, 1, 2).compute(area(1, 3))
    assert found.bandinfo["x_where_x"]["unit"] == "m"
    assert found.properties["sensor"] == "s"


def test_a_number_that_a_bool_chooses_ends_where_the_geometry_does(img):
    here, left = area(1, 3), area(1, 2).outline()

    found = wf.where(True, 7, img.pick_bands("x")).compute(here.assign(geometry=left))
    assert pixels(found) == [[[7, 7, None]]]


def test_bands_of_all_three_pair_by_name(img):
    turned = img.pick_bands("y x")

    found = wf.where(img < 3, turned * 10, turned).compute(area(1, 3))
    assert list(found.bandinfo) == ["x_where_x", "y_where_y"]
    assert pixels(found) == [[[10, 20, None]], [[4, None, 6]]]


def test_a_collection_on_any_side_makes_a_collection(img):
    col = wf.ImageCollection([img, img + 1]).pick_bands("x")
    x = img.pick_bands("x")

    for args in ((col > 2, x, x), (x > 2, col, 0), (x > 2, 0, col), (True, 0, col)):
        found = wf.where(*args)
        assert isinstance(found, wf.ImageCollection)
        assert len(found.compute(area(1, 3))) == 2
