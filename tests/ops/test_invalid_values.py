"""What has no value: masked in imagery, inf or nan in numbers; inf itself is a value."""

import math

import numpy as np
import pytest

import descartes_flow as wf
from tests.scenes import NAN, area, pixels

INF = math.inf
ROW = [[-2, -1, 0, 1, 2, INF, -INF, NAN]]

TABLE = [
    ("x / 0", lambda x: x / 0, [None] * 8),
    ("1 / x", lambda x: 1 / x, [-0.5, -1, None, 1, 0.5, 0, 0, None]),
    ("x // 0", lambda x: x // 0, [None] * 8),
    ("x % 0", lambda x: x % 0, [None] * 8),
    ("log", wf.log, [None, None, None, 0, math.log(2), INF, None, None]),
    ("log2", wf.log2, [None, None, None, 0, 1, INF, None, None]),
    ("log10", wf.log10, [None, None, None, 0, math.log10(2), INF, None, None]),
    ("log1p", wf.log1p, [None, None, 0, math.log(2), math.log(3), INF, None, None]),
    ("sqrt", wf.sqrt, [None, None, 0, 1, math.sqrt(2), INF, None, None]),
    ("arcsin", wf.arcsin, [None, -math.pi / 2, 0, math.pi / 2, None, None, None, None]),
    ("arccos", wf.arccos, [None, math.pi, math.pi / 2, 0, None, None, None, None]),
    ("sin", wf.sin, [-math.sin(2), -math.sin(1), 0, math.sin(1), math.sin(2), None, None, None]),
    ("x ** -1", lambda x: x**-1, [-0.5, -1, None, 1, 0.5, 0, 0, None]),
    ("x ** 1.5", lambda x: x**1.5, [None, None, 0, 1, 2**1.5, INF, INF, None]),
    ("x - x", lambda x: x - x, [0, 0, 0, 0, 0, None, None, None]),
    ("exp(1000 x)", lambda x: wf.exp(1000 * x), [0, 0, 1, INF, INF, INF, 0, None]),
    ("square", wf.square, [4, 1, 0, 1, 4, INF, INF, None]),
    (
        "arctan2(x, 0)",
        lambda x: wf.arctan2(x, 0),
        [-math.pi / 2] * 2 + [0] + [math.pi / 2] * 3 + [-math.pi / 2, None],
    ),
    ("normalized_difference(x, -x)", lambda x: wf.normalized_difference(x, -x), [None] * 8),
    ("1 / (x == 1)", lambda x: 1 / (x == 1), [None, None, None, 1, None, None, None, None]),
]


@pytest.mark.parametrize(("operation", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_pixel_without_a_value_is_masked_and_inf_is_a_value(scenes, operation, expected):
    img = scenes.image("a", {"x": ROW})

    (values,) = pixels(operation(img).compute(area(1, 8)))[0]
    assert [value is None for value in values] == [value is None for value in expected]
    found, wanted = ([v for v in row if v is not None] for row in (values, expected))
    np.testing.assert_allclose(found, wanted, rtol=1e-15, atol=1e-15)


def test_a_method_and_the_function_of_the_module_are_the_same_program(scenes):
    img = scenes.image("a", {"x": [[4]]})

    for name in ("log", "log2", "log10", "log1p", "sqrt", "cos", "sin", "tan", "arctan", "exp", "square"):
        assert getattr(img, name)()._node is getattr(wf, name)(img)._node
    assert pixels(img.sqrt().compute(area(1, 1))) == [[[2]]]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (wf.Int(1) / 0, INF),
        (wf.Int(-1) / 0, -INF),
        (wf.Float(0.0) / 0, math.nan),
        (wf.Int(1) // 0, INF),
        (wf.Int(1) % 0, math.nan),
        (wf.log(0), -INF),
        (wf.log(-1.0), math.nan),
        (wf.sqrt(wf.Float(-1.0)), math.nan),
        (wf.arccos(2), math.nan),
        (wf.exp(1000), INF),
        (wf.inf - wf.inf, math.nan),
    ],
    ids=range(11),
)
def test_numbers_are_inf_or_nan_without_an_exception(number, expected):
    value = number.compute()

    assert value == expected or (math.isnan(value) and math.isnan(expected))


def test_functions_of_numbers_by_hand():
    assert wf.square(3).compute() == 9.0
    assert wf.arctan2(1, 1).compute() == math.pi / 4
    assert (wf.e.compute(), wf.pi.compute()) == (math.e, math.pi)
    assert wf.normalized_difference(3.0, 1.0) == 0.5


def test_pixels_that_reductions_give_without_a_value_are_masked(scenes):
    col = scenes.collection({"x": [[INF, 1]]}, {"x": [[-INF, 3]]})

    for name in ("mean", "sum", "std"):
        assert pixels(col.reduction(name, axis="images").compute(area(1, 2)))[0][0][0] is None
    assert pixels(col.max(axis="images").compute(area(1, 2))) == [[[INF, 3]]]
    assert pixels(col.mean(axis="images").compute(area(1, 2))) == [[[None, 2]]]


def test_scalars_of_infinite_pixels_follow_numpy(scenes):
    col = scenes.collection({"x": [[INF, 1]]}, {"x": [[-INF, 3]]})

    assert math.isnan(col.sum(axis=None).compute(area(1, 2)))
    assert math.isnan(col.std(axis=None).compute(area(1, 2)))
    assert col.max(axis=None).compute(area(1, 2)) == INF
    assert col.median(axis="pixels").compute(area(1, 2)) == [{"x": INF}, {"x": -INF}]
    assert math.isnan(col.median(axis=("images", "pixels")).compute(area(1, 1))["x"])


def test_a_nodata_value_of_a_file_is_masked_and_zero_is_not(scenes):
    img = scenes.image("a", {"x": [[0, NAN]]})

    assert pixels(img.compute(area(1, 2))) == [[[0, None]]]
