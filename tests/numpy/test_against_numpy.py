"""Numpy is the oracle: every function of the table gives what numpy gives, plain and masked."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.numpy import FUNCTIONS, linalg, ma
from descartes_flow.numpy.function import NumpyFunction
from descartes_flow.types import List, Scalar, Tuple
from tests.operations.cases_arrays import LINALG, MA, TABLE

GRID = np.array([[1.5, -2.0, 0.0, 4.0], [8.0, 0.25, 10.0, -3.0], [2.0, 2.0, -7.5, 1.0]])
WHOLE = np.array([[3, 1, 0, 4], [7, 2, 5, 6]])
HIDDEN = np.ma.array(GRID, mask=[[0, 1, 0, 0], [0, 1, 0, 1], [0, 1, 0, 0]])

ONE = {name: f for name, f in FUNCTIONS.items() if isinstance(f, NumpyFunction)}
UFUNCS = sorted(name for name in ONE if isinstance(getattr(np, name), np.ufunc) and name != "matmul")
REDUCTIONS = ["all", "any", "max", "mean", "median", "min", "prod", "ptp", "std", "sum", "var"]
BITS = ("bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_not", "invert", "ldexp")


def same(found: Any, expected: Any) -> None:
    """Fails where a computed value differs from numpy's in shape, kind, mask or a valid item."""
    if isinstance(expected, (list, tuple)):
        assert len(found) == len(expected)
        for pair in zip(found, expected, strict=True):
            same(*pair)
        return
    assert np.shape(found) == np.shape(expected)
    assert np.asanyarray(found).dtype.kind == np.asanyarray(expected).dtype.kind
    np.testing.assert_array_equal(np.ma.getmaskarray(found), np.ma.getmaskarray(expected))
    np.testing.assert_allclose(np.ma.filled(found, 0), np.ma.filled(expected, 0), rtol=1e-12, equal_nan=True)


def quiet(function: Any, *args: Any, **named: Any) -> Any:
    with np.errstate(all="ignore"):
        return function(*args, **named)


def arguments(name: str) -> list[Any]:
    data = WHOLE if name in BITS else GRID
    return [data, data.T.copy().T][: getattr(np, name).nin]


@pytest.mark.parametrize("name", UFUNCS)
def test_a_ufunc_of_arrays_is_numpys(name):
    args = arguments(name)

    same(ONE[name](*args).compute(), quiet(getattr(np, name), *args))


@pytest.mark.parametrize("name", UFUNCS)
def test_numpy_called_on_proxies_calls_ours(name):
    args = [wf.Array(arg) for arg in arguments(name)]

    called = getattr(np, name)(*args)
    assert type(called) is wf.Array
    assert called._node is ONE[getattr(np, name).__name__](*args)._node


@pytest.mark.parametrize("name", [name for name in UFUNCS if name not in BITS])
def test_a_ufunc_of_a_masked_array_masks_what_has_no_value(name):
    function = getattr(np, name)
    args = [HIDDEN, np.abs(GRID)][: function.nin]

    found = ONE[name](*args).compute()
    plain = quiet(function, *[np.ma.getdata(arg) for arg in args])
    assert np.ma.getmaskarray(found)[HIDDEN.mask].all()
    assert not np.isnan(np.ma.compressed(found)).any()
    np.testing.assert_array_equal(np.ma.compressed(found), plain[~np.ma.getmaskarray(found)])


@pytest.mark.parametrize("axis", [None, 0, 1, (0, 1)])
@pytest.mark.parametrize("name", REDUCTIONS)
@pytest.mark.parametrize("data", [GRID, HIDDEN], ids=["plain", "masked"])
def test_a_reduction_is_numpys(name, axis, data):
    module = np.ma if data is HIDDEN else np

    found = ONE[name](data, axis=axis)
    assert isinstance(found, Scalar) == (axis is None)
    same(found.compute(), getattr(module, name)(data, axis=axis))


@pytest.mark.parametrize("name", [n for n in REDUCTIONS if hasattr(wf.Array, n)])
def test_a_method_is_the_function(name):
    same(getattr(wf.Array(GRID), name)(axis=0).compute(), getattr(np, name)(GRID, axis=0))


@pytest.mark.parametrize(
    "name", ["argmax", "argmin", "nanmax", "nanmin", "nanmean", "nansum", "nanstd", "nanvar"]
)
def test_a_function_that_leaves_out_nan_is_numpys(name):
    data = GRID.copy()
    if name.startswith("nan"):
        data[1, 1] = np.nan

    same(ONE[name](data, axis=1).compute(), getattr(np, name)(data, axis=1))


def written(name: str, args: str) -> tuple[Any, Any]:
    """A call of the table of cases, by us and by numpy: there proxies are what they compute to."""
    module = functools.reduce(getattr, name.split(".")[:-1], np)
    function = getattr(module, name.rpartition(".")[2])
    plain = {"np": np, "wf": _Plain}
    ours = eval(f"wf.numpy.{name}({args})", {"np": np, "wf": wf})
    numpys = eval(f"function({args})", {"function": function, **plain})
    return ours, numpys


class _Plain:
    """What ``wf.Array`` and the others are in numpy."""

    Array = staticmethod(np.array)
    MaskedArray = staticmethod(np.ma.array)
    Int, Float, Bool = int, float, bool
    e, pi, inf, nan = np.e, np.pi, np.inf, np.nan


OWN_NAMES = ("percentile", "nanpercentile", "split")
"""Functions whose options have other names in numpy, or that take no lists there."""

WITHOUT_MASKS = [(n, a) for n, a, _ in TABLE if "Masked" not in a and n not in OWN_NAMES]


@pytest.mark.filterwarnings("ignore:numpy.fix is deprecated")  # ours is trunc, the same
@pytest.mark.parametrize(("name", "args"), WITHOUT_MASKS)
def test_the_value_of_a_case_is_numpys(name, args):
    ours, numpys = written(name, args)

    found = ours.compute()
    if isinstance(numpys, (list, tuple)) or isinstance(found, (list, tuple)):
        numpys = [numpys] if isinstance(numpys, np.ndarray) else numpys
        assert [np.asarray(part).tolist() for part in found] == [np.asarray(part).tolist() for part in numpys]
        return
    expected = np.ma.asanyarray(numpys)
    if (
        name in ("hypot", "reciprocal", "sqrt", "ldexp") or np.ndim(numpys) == 0
    ):  # numbers: a Float is a Float
        expected = expected.astype(np.asanyarray(found).dtype) if name != "reciprocal" else np.asarray(0.25)
    same(found, expected)


def test_every_function_of_the_table_has_a_case():
    names = {f"numpy.{name}" for name, *_ in TABLE}
    functions = [*ONE.values(), *linalg.FUNCTIONS.values(), *ma.FUNCTIONS.values()]

    assert {function.op for function in functions if isinstance(function, NumpyFunction)} == names
    assert len(LINALG) + len(MA) == len(linalg.FUNCTIONS) + len(ma.FUNCTIONS) - 1


MOVED = {
    "squeeze": lambda f, a: f(a[:1]),
    "take": lambda f, a: f(a, [2, 0], 1),
    "repeat": lambda f, a: f(a, 2, 0),
    "reshape": lambda f, a: f(a, (4, 3)),
    "ravel": lambda f, a: f(a),
    "transpose": lambda f, a: f(a),
    "swapaxes": lambda f, a: f(a, 0, 1),
    "moveaxis": lambda f, a: f(a, 0, 1),
    "roll": lambda f, a: f(a, (1, 2), (0, 1)),
    "flip": lambda f, a: f(a, 1),
    "rot90": lambda f, a: f(a),
    "tile": lambda f, a: f(a, (2, 1)),
    "expand_dims": lambda f, a: f(a, 1),
    "concatenate": lambda f, a: f([a, a], 1),
    "stack": lambda f, a: f([a, a]),
    "pad": lambda f, a: f(a, ((0, 1), (1, 0)), "edge"),
    "diagonal": lambda f, a: f(a),
    "compress": lambda f, a: f([True, False, True], a, 0),
    "atleast_3d": lambda f, a: f(a),
    "broadcast_to": lambda f, a: f(a, (2, 3, 4)),
    "split": lambda f, a: f(a, 3),
}


@pytest.mark.parametrize("name", MOVED)
def test_masks_go_where_the_items_go(name):
    call = MOVED[name]

    found = call(ONE[name], HIDDEN).compute()
    data, mask = (call(getattr(np, name), part) for part in (HIDDEN.data, HIDDEN.mask))
    pairs = zip(data, mask, strict=True) if isinstance(data, list) else None
    same(
        found,
        [np.ma.array(part, mask=hidden) for part, hidden in pairs] if pairs else np.ma.array(data, mask=mask),
    )


def test_sums_of_products_leave_out_masked_items_as_numpy_ma_does():
    other = np.arange(8.0).reshape(4, 2)

    expected = np.ma.dot(HIDDEN, other)
    for name in ("dot", "matmul"):
        same(ONE[name](HIDDEN, other).compute(), expected)
    same(ONE["tensordot"](HIDDEN, other, 1).compute(), expected)


def test_statistics_leave_out_masked_items():
    same(ONE["percentile"](HIDDEN, 40).compute(), np.percentile(HIDDEN.compressed(), 40))
    same(ONE["quantile"](HIDDEN, 0.5, axis=0).compute(), np.ma.median(HIDDEN, axis=0))
    same(ONE["histogram"](HIDDEN, 3).compute(), np.histogram(HIDDEN.compressed(), 3))
    same(ONE["unique"](HIDDEN).compute(), np.unique(HIDDEN.compressed()))
    same(ONE["cov"](HIDDEN).compute(), np.ma.cov(HIDDEN))
    same(ONE["average"](HIDDEN, 1, [1, 2, 3, 4]).compute(), np.ma.average(HIDDEN, 1, [1, 2, 3, 4]))


@pytest.mark.parametrize(
    ("proxy", "kind"),
    [
        (wf.numpy.add(wf.Int(1), 2), wf.Int),
        (wf.numpy.add(wf.Int(1), 2.0), wf.Float),
        (wf.numpy.divide(1, 2), wf.Float),
        (wf.numpy.less(1, 2), wf.Bool),
        (wf.numpy.add(1, wf.Array([1]).sum()), Scalar),
        (wf.numpy.sqrt(wf.Array([1]).sum()), wf.Float),
        (np.add(wf.Float(1), np.ones(2)), wf.Array),
        (np.maximum(wf.Array([1]), np.ma.array([1])), wf.MaskedArray),
        (wf.numpy.split([1, 2], 2), List[wf.Array]),
        (wf.numpy.linalg.svd([[1.0]]), Tuple[wf.Array, wf.Array, wf.Array]),
        (wf.numpy.atleast_1d(1), wf.Array),
        (wf.numpy.atleast_1d(1, 2), List[wf.Array]),
        (wf.numpy.round(2.5), Scalar),
    ],
    ids=str,
)
def test_types_of_results_are_known_before_they_are_computed(proxy, kind):
    assert type(proxy) is kind


def test_every_function_says_how_it_is_called():
    for function in ONE.values():
        assert function.shown in (function.__doc__ or "")
