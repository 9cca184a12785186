import numpy as np
import pytest

from descartes_flow.colour import validate_scales
from descartes_flow.errors import ProxyTypeError, StyleError


@pytest.mark.parametrize("nothing", [None, [], ()])
def test_no_scales_are_an_empty_list(nothing):
    assert validate_scales(nothing) == []


def test_one_bare_pair_is_a_list_of_one_pair():
    assert validate_scales([0, 1]) == [[0.0, 1.0]]
    assert type(validate_scales([0, 1])[0][0]) is float


def test_up_to_three_pairs_are_kept_in_order():
    assert validate_scales([[0, 1], (2, 3), [4.5, 5]]) == [[0.0, 1.0], [2.0, 3.0], [4.5, 5.0]]


def test_arrays_of_numpy_are_sequences_like_others():
    assert validate_scales(np.array([[0, 1], [2, 3]])) == [[0.0, 1.0], [2.0, 3.0]]


def test_pairs_without_numbers_stay_without():
    assert validate_scales([None, None]) == [[None, None]]
    assert validate_scales([[0, 1], [None, None]]) == [[0.0, 1.0], [None, None]]


def test_a_pair_may_run_downwards():
    assert validate_scales([1, 0]) == [[1.0, 0.0]]


@pytest.mark.parametrize(
    "wrong",
    [
        [[0, 1]] * 4,  # four bands
        [[0, 1, 2]],  # no pair
        [[0]],
        [0, None],  # half a pair
        [[None, 1.0]],
        [0, float("nan")],
        [[0, float("inf")]],
        [-1.7e308, 1.7e308],  # their difference is infinite
    ],
)
def test_scales_of_a_wrong_shape_or_value_are_value_errors(wrong):
    with pytest.raises(StyleError, match=r"^tile_layer\(scales=\): expected "):
        validate_scales(wrong, "tile_layer")


@pytest.mark.parametrize(
    "wrong", ["01", 3, {0: 1}, {0, 1}, [0, "1"], [[0, 1], 2], ["ab", "cd"], [False, True]]
)
def test_scales_of_other_kinds_are_type_errors(wrong):
    with pytest.raises(ProxyTypeError, match=r"^visualize\(scales=\): expected ") as raised:
        validate_scales(wrong)

    assert isinstance(raised.value, TypeError)
