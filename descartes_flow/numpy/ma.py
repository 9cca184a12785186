"""``wf.numpy.ma``: what numpy has for masked arrays alone; ``np.ma.f(proxy)`` does not work, these do.

Examples
--------
>>> from descartes_flow.numpy import ma
>>> ma.masked_greater([1, 5, 9], 4).compute()
masked_array(data=[1, --, --],
             mask=[False,  True,  True],
       fill_value=999999)
"""

from __future__ import annotations

from typing import Any as AnyValue

import numpy as np

from ..graph import literal
from ..types import MaskedArray, Scalar
from .function import NumpyFunction, Row
from .masks import by
from .results import ARRAY, Result

MASKED = Result("MaskedArray", lambda promoted: MaskedArray)
REDUCED = Result(
    "Scalar if axis is None, else MaskedArray",
    lambda promoted: Scalar if promoted["axis"]._node is literal(None) else MaskedArray,
)

ROWS = (
    Row("average", "a: array, axis: ints = None, weights: array = None", REDUCED, by()),
    Row("filled", "a: array, fill_value: numeric = None", ARRAY, by()),
    Row("fix_invalid", "a: array, fill_value: numeric = None", MASKED, by()),
    Row("masked_equal", "x: array, value: number", MASKED, by()),
    Row("masked_not_equal", "x: array, value: number", MASKED, by()),
    Row("masked_greater", "x: array, value: number", MASKED, by()),
    Row("masked_greater_equal", "x: array, value: number", MASKED, by()),
    Row("masked_less", "x: array, value: number", MASKED, by()),
    Row("masked_less_equal", "x: array, value: number", MASKED, by()),
    Row("masked_inside", "x: array, v1: number, v2: number", MASKED, by()),
    Row("masked_outside", "x: array, v1: number, v2: number", MASKED, by()),
    Row(
        "masked_values",
        "x: array, value: number, rtol: number = 1e-05, atol: number = 1e-08, shrink: flag = True",
        MASKED,
        by(),
    ),
    Row("masked_where", "condition: array, a: array", MASKED, by()),
    Row("masked_invalid", "a: array", MASKED, by()),
)

FUNCTIONS: dict[str, AnyValue] = {
    row.name: NumpyFunction(f"numpy.ma.{row.name}", row, getattr(np.ma, row.name)) for row in ROWS
}
FUNCTIONS["masked_array"] = MaskedArray

__all__ = sorted(FUNCTIONS)


def __getattr__(name: str) -> AnyValue:
    if name not in FUNCTIONS:
        raise AttributeError(f"wf.numpy.ma has no function {name!r}; it has {', '.join(__all__)}")
    return FUNCTIONS[name]


def __dir__() -> list[str]:
    return __all__
