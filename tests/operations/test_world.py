"""The comparison of results with what a case expects sees every difference."""

import numpy as np
import pytest

import descartes_flow as wf
from tests.operations.case import NIR, RED, SCENES
from tests.operations.world import HERE, difference

DIFFERENT = [
    (1, 2),
    (1, True),
    (True, 1.0),
    (1.0, 1.0 + 1e-10),
    (float("nan"), 0.0),
    ("a", "b"),
    (None, 0),
    ([1, 2], [1]),
    ({"a": 1}, {"b": 1}),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    (np.array([1, 2]), np.array([1.0, 2.0])),
    (np.array([1, 2]), [1, 2]),
    (np.array([1, 2]), np.ma.array([1, 2])),
    (np.ma.array([1, 2], mask=[True, False]), np.ma.array([1, 2])),
]
ALIKE = [(1.0, 1), (float("nan"), float("nan")), ([1.0], (1,)), (np.array([0.1 + 0.2]), np.array([0.3]))]


@pytest.mark.parametrize(("found", "expected"), DIFFERENT)
def test_different_values_differ(found, expected):
    assert difference(found, expected)


@pytest.mark.parametrize(("found", "expected"), ALIKE)
def test_floats_are_compared_to_twelve_digits(found, expected):
    assert not difference(found, expected)


@pytest.mark.parametrize(
    "expected",
    [
        None,
        {"red": RED},
        {"nir": NIR, "red": RED},
        {"red": RED, "nir": RED},
        {"red": [[1, 2, 3], [4, 5, 6]], "nir": NIR},
    ],
)
def test_an_image_differs_in_bands_values_and_masks(world, expected):
    found = world.proxy("img").compute(HERE)

    assert difference(found, expected)
    assert not difference(found, {"red": RED, "nir": NIR})


def test_a_collection_differs_in_its_images(world):
    found = wf.compute(world.proxy("col"), HERE)

    assert difference(found, list(SCENES[:2]))
    assert difference(found, [])
    assert not difference(found, list(SCENES))


def test_truth_values_are_no_numbers(world):
    found = world.proxy("img.pick_bands('red') > 2").compute(HERE)

    assert difference(found, {"red": [[0, 0, 1], [1, None, 1]]})
