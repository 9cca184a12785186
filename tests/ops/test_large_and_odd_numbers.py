"""Numbers that are too large, not real, or truth values."""

import math

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.scenes import NAN, area, pixels

HUGE = {
    "power": lambda: wf.Int(9) ** wf.Int(9) ** 9,
    "shift": lambda: wf.Int(1) << 10**12,
    "text": lambda: wf.Str("ab") * 10**12,
    "list": lambda: wf.List[wf.Int]([1]) * 10**12,
}


@pytest.mark.parametrize("program", HUGE.values(), ids=HUGE)
def test_a_value_that_would_fill_the_memory_is_refused_before_it_is_made(program):
    with pytest.raises(
        JobInvalid, match="the result would have more than 1,000,000 bits, characters or items"
    ):
        program().compute()


@pytest.mark.parametrize("start", [wf.Str("a"), wf.Int(3), wf.List[wf.Int]([1])])
def test_doubling_again_and_again_ends_in_an_error(start):
    value = start
    for _ in range(64):
        value = value * value if isinstance(start, wf.Int) else value + value

    with pytest.raises(JobInvalid, match="more than 1,000,000"):
        value.compute()


def test_large_integers_stay_exact():
    assert (wf.Int(10**30) * 10**30).compute() == 10**60
    assert (wf.Int(-2) ** 999).compute() == -(2**999)
    assert (wf.Int(1) ** 10**12).compute() == 1


def test_numbers_are_real_and_overflow_to_infinity():
    assert math.isnan((wf.Int(-1) ** 0.5).compute())
    assert (wf.Float(10.0) ** 400).compute() == math.inf


def test_an_integer_beyond_floats_is_no_float():
    with pytest.raises(TypeError, match="too large for a float"):
        wf.Float(10**400)


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (lambda x: -x, [0, -1]),
        (lambda x: +x, [0, 1]),
        (abs, [0, 1]),
        (wf.exp, [1, math.e]),
        (wf.square, [0, 1]),
        (wf.log, [None, 0]),
        (lambda x: wf.arctan2(x, x), [0, math.pi / 4]),
    ],
)
def test_functions_of_truth_values_count_them_as_0_and_1(scenes, operation, expected):
    truth = scenes.image("a", {"x": [[1, 2]]}) > 1

    found = operation(truth).compute(area(1, 2))
    assert found.ndarray.dtype == float
    assert pixels(found) == [[expected]]


def test_a_pixel_without_a_value_stays_hidden_when_its_mask_is_replaced(scenes):
    img = scenes.image("a", {"x": [[1, 2]], "hides": [[0, NAN]]})
    beyond = wf.arcsin(img.pick_bands("x"))

    shown = beyond.mask(img.pick_bands("x") > 5, replace=True)
    assert pixels(shown.compute(area(1, 2))) == [[[math.pi / 2, None]]]
