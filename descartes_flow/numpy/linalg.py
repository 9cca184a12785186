"""``wf.numpy.linalg``: linear algebra of lazy arrays; masked items have to be filled first.

Examples
--------
>>> from descartes_flow.numpy import linalg
>>> linalg.solve([[2, 0], [0, 4]], [1, 1]).compute()
array([0.5 , 0.25])
"""

from __future__ import annotations

from typing import Any as AnyValue

import numpy as np

from .function import NumpyFunction, Row
from .results import ARRAY, REDUCED, arrays

ROWS = (
    Row("cholesky", "a: array", ARRAY),
    Row("det", "a: array", ARRAY),
    Row("inv", "a: array", ARRAY),
    Row("lstsq", "a: array, b: array", arrays(4)),
    Row("norm", "x: array, ord: order = None, axis: ints = None", REDUCED),
    Row("qr", "a: array, mode: text = 'reduced'", arrays(2)),
    Row("solve", "a: array, b: array", ARRAY),
    Row("svd", "a: array", arrays(3)),
)

FUNCTIONS = {
    row.name: NumpyFunction(f"numpy.linalg.{row.name}", row, getattr(np.linalg, row.name)) for row in ROWS
}

__all__ = sorted(FUNCTIONS)


def __getattr__(name: str) -> AnyValue:
    if name not in FUNCTIONS:
        raise AttributeError(f"wf.numpy.linalg has no function {name!r}; it has {', '.join(__all__)}")
    return FUNCTIONS[name]


def __dir__() -> list[str]:
    return __all__
