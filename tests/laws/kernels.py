"""Operators and functions of pixels: how they are written, what they give; NaN where there is no value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.laws.oracle import Undecided

Binary = dict[str, tuple[str, Callable[[Any, Any], Any]]]
"""By the name in grafts: the sign and the kernel."""


def _arithmetic(
    kernel: Callable[[Any, Any], Any], invalid: Callable[[Any, Any], Any] | None = None
) -> Callable[[Any, Any], Any]:
    """Truth values count as 0 and 1; what is invalid is no number."""

    def result(a: Any, b: Any) -> Any:
        a, b = np.asarray(a, float), np.asarray(b, float)
        values = kernel(a, b)
        return values if invalid is None else np.where(invalid(a, b), np.nan, values)

    return result


def _function(kernel: Callable[[Any], Any], above: float = -np.inf) -> Callable[[Any], Any]:
    def result(x: Any) -> Any:
        x = np.asarray(x, float)
        return kernel(x) if above == -np.inf else np.where(x > above, kernel(x), np.nan)

    return result


def _logical(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """For truth values alone; of numbers it is refused, which has tests of its own."""

    def result(*values: Any) -> Any:
        if any(np.asarray(value).dtype != bool for value in values):
            raise Undecided
        return kernel(*values)

    return result


def _by_zero(a: Any, b: Any) -> Any:
    return b == 0


ARITHMETIC: Binary = {
    "add": ("+", _arithmetic(np.add)),
    "sub": ("-", _arithmetic(np.subtract)),
    "mul": ("*", _arithmetic(np.multiply)),
    "div": ("/", _arithmetic(np.true_divide, _by_zero)),
    "floordiv": ("//", _arithmetic(np.floor_divide, _by_zero)),
    "mod": ("%", _arithmetic(np.mod, _by_zero)),
    "pow": ("**", _arithmetic(np.power, lambda a, b: (a == 0) & (b < 0))),
}
COMPARISONS: Binary = {
    "lt": ("<", np.less),
    "le": ("<=", np.less_equal),
    "eq": ("==", np.equal),
    "ne": ("!=", np.not_equal),
    "ge": (">=", np.greater_equal),
    "gt": (">", np.greater),
}
LOGIC: Binary = {
    "and": ("&", _logical(np.logical_and)),
    "or": ("|", _logical(np.logical_or)),
    "xor": ("^", _logical(np.logical_xor)),
}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "(~{0})": _logical(np.logical_not),
    "(-({0}))": _function(np.negative),
    "(+({0}))": _function(np.positive),
    "abs({0})": _function(np.abs),
    "wf.sqrt({0})": _function(np.sqrt),
    "wf.square({0})": _function(np.square),
    "wf.log({0})": _function(np.log, above=0),
    "wf.log1p({0})": _function(np.log1p, above=-1),
    "wf.exp({0})": _function(np.exp),
    "wf.arcsin({0})": _function(np.arcsin),
    "wf.arctan({0})": _function(np.arctan),
    "wf.cos({0})": _function(np.cos),
}
"""By the text of the call."""

REDUCTIONS = ("min", "max", "mean", "median", "sum", "std", "count")
