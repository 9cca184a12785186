"""``wf.numpy``: numpy's functions for lazy arrays.

They take proxies, arrays of numpy, lists and numbers, and give proxies; ``np.f(proxy)`` is the same as
``wf.numpy.f(proxy)``. They compute as numpy does, on masked arrays as `numpy.ma` does, with one rule of
imagery: what has no value is masked, such as a division by 0 or NaN.

Examples
--------
>>> import numpy as np
>>> import descartes_flow as wf
>>> arr = wf.Array.from_numpy(np.arange(4))
>>> wf.numpy.square(arr).compute()
array([0, 1, 4, 9])
>>> np.square(arr)
<descartes_flow.types.array.array_.Array at 0x...>
"""

from __future__ import annotations

from typing import Any as AnyValue

import numpy as np

from .._spelling import did_you_mean
from ..types import Array
from . import linalg as linalg
from . import ma as ma
from . import methods
from .function import NumpyFunction
from .table import ROWS
from .ufuncs import UFUNCS

FUNCTIONS: dict[str, AnyValue] = {
    **{row.name: NumpyFunction(f"numpy.{row.name}", row, getattr(np, row.name)) for row in ROWS},
    **UFUNCS,
    "array": Array,
}

methods.attach(ROWS)

__all__ = sorted([*FUNCTIONS, "linalg", "ma"])


def __getattr__(name: str) -> AnyValue:
    if name not in FUNCTIONS:
        raise AttributeError(f"wf.numpy has no function {name!r}{did_you_mean(name, __all__)}")
    return FUNCTIONS[name]


def __dir__() -> list[str]:
    return __all__
