"""Normalized difference of two stacks."""

from __future__ import annotations

import numpy as np

from descartes_flow.kernels.arrays import Bools, Floats
from descartes_flow.kernels.kernel import kernel


@kernel("b1(f8[::1], f8[::1], f8[::1], b1[::1])", reads=2)
def normalized_difference(x: Floats, y: Floats, out: Floats, hidden: Bools) -> bool:
    """Write ``(x - y) / (x + y)`` to `out`; `hidden` becomes True where it is no number, which it tells.

    What is written there is what numpy gives: infinity, or NaN.
    """
    found = 0
    for p in range(out.size):
        total = x[p] + y[p]
        value = np.divide(x[p] - y[p], total)  # unlike "/", raises nothing
        hidden[p] |= (total == 0.0) | (value != value)
        found += hidden[p]
        out[p] = value
    return found > 0
