"""Values of target pixels out of a window of source pixels.

In both loops arrays are flat. `window` holds source pixels row by row, 0 where they are hidden; `hidden` says
where; `outside` says which target pixels have no source pixel. An empty array stands for "none". `data` and
`mask` are written, `mask` only where a pixel is hidden; the loops tell whether any is.
"""

from __future__ import annotations

import numpy as np

from descartes_flow.kernels.arrays import Bools, Floats, Index
from descartes_flow.kernels.kernel import kernel


@kernel("b1(f8[::1], b1[::1], i4[::1], b1[::1], f8, f8, f8[::1], b1[::1])", reads=4)
def gather_nearest(
    window: Floats,
    hidden: Bools,
    nearest: Index,
    outside: Bools,
    scale: float,
    offset: float,
    data: Floats,
    mask: Bools,
) -> bool:
    """``window[nearest] * scale + offset``."""
    scaled = scale != 1.0 or offset != 0.0
    found = False
    for p in range(data.size):
        i = np.uint64(nearest[p])  # without a sign, an index cannot count from the end: numba need not ask
        if (outside.size > 0 and outside[p]) or (hidden.size > 0 and hidden[i]):
            data[p] = 0.0
            mask[p] = True
            found = True
        elif scaled:
            data[p] = window[i] * scale + offset
        else:
            data[p] = window[i]
    return found


@kernel(
    "b1(f8[::1], b1[::1], i4[::1], b1[::1], i8, i4[::1], f8[::1], f8[::1], f8, f8, f8[::1], b1[::1])", reads=8
)
def gather_bilinear(
    window: Floats,
    hidden: Bools,
    nearest: Index,
    outside: Bools,
    width: int,
    upper_left: Index,
    down: Floats,
    across: Floats,
    scale: float,
    offset: float,
    data: Floats,
    mask: Bools,
) -> bool:
    """Between the centres of 2 x 2 source pixels, of which hidden ones do not count.

    `width` is the window's; `upper_left` numbers the first of the four, `down` and `across` say how far the
    target's centre lies from that pixel's.
    """
    scaled = scale != 1.0 or offset != 0.0
    found = False
    one, step = np.uint64(1), np.uint64(width)
    for p in range(data.size):
        if (outside.size > 0 and outside[p]) or (hidden.size > 0 and hidden[np.uint64(nearest[p])]):
            data[p] = 0.0
            mask[p] = True
            found = True
            continue
        i = np.uint64(upper_left[p])
        j = i + step
        above = window[i] + (window[i + one] - window[i]) * across[p]
        below = window[j] + (window[j + one] - window[j]) * across[p]
        value = above + (below - above) * down[p]
        if hidden.size > 0 and (hidden[i] or hidden[i + one] or hidden[j] or hidden[j + one]):
            a, b = 1.0 if hidden[i] else 0.0, 1.0 if hidden[i + one] else 0.0
            c, d = 1.0 if hidden[j] else 0.0, 1.0 if hidden[j + one] else 0.0
            first, second = a + (b - a) * across[p], c + (d - c) * across[p]
            missing = first + (second - first) * down[p]
            if missing < 1.0:
                value = value / (1.0 - missing)
        data[p] = value * scale + offset if scaled else value
    return found
