"""Pixels of one band out of a window of source pixels, one loop per type of pixel."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow.kernels.arrays import Bools, Floats, Index
from descartes_flow.kernels.kernel import by_type
from descartes_flow.kernels.sampling import LANES, any_gap, between, between_valid, is_gap


def _gather(
    window: npt.NDArray[Any],
    spotted: bool,
    scale: float,
    offset: float,
    nodata: float,
    nearest: Index,
    outside: Bools,
    width: int,
    upper_left: Index,
    down: Floats,
    across: Floats,
    data: Floats,
    mask: Bools,
) -> bool:
    """Sample all pixels, by near or bilinear, times `scale` plus `offset`; whether any is hidden, and so 0.

    All arrays are flat. `window` holds source pixels row by row, `width` in each; where `spotted`, those that
    are `nodata`, or NaN, have no value. `nearest` numbers the nearest source pixels. For bilinear,
    `upper_left` numbers the first of the four around the target's centre, `down` and `across` say how far the
    centre lies from that pixel's; for near they are empty. `outside` says which target pixels have no source
    pixel; empty for none. `data` is written and, where a pixel is hidden, `mask`, which comes full of False.
    """
    four = np.empty((4, LANES), window.dtype)
    gap = np.empty(LANES, np.bool_)
    none = np.empty(1, window.dtype)  # nodata of the window's own type, of which more are compared at once
    none[0] = nodata
    # Numbers without a sign spare numba the question whether an index counts from the end.
    one, step = np.uint64(1), np.uint64(width)
    found = 0
    for first in range(0, data.size, LANES):
        count, start = min(LANES, data.size - first), np.uint64(first)
        if upper_left.size == 0:
            for lane in range(count):
                p = start + np.uint64(lane)
                data[p] = window[np.uint64(nearest[p])]
            for lane in range(count if spotted else 0):
                p = start + np.uint64(lane)
                mask[p] = is_gap(data[p], nodata)
        else:
            for lane in range(count):
                i = np.uint64(upper_left[start + np.uint64(lane)])
                j = i + step
                four[0, lane], four[1, lane] = window[i], window[i + one]
                four[2, lane], four[3, lane] = window[j], window[j + one]
            for lane in range(count):
                p = start + np.uint64(lane)
                a, b = np.float64(four[0, lane]), np.float64(four[1, lane])
                c, d = np.float64(four[2, lane]), np.float64(four[3, lane])
                data[p] = between(a, b, c, d, down[p], across[p])
            gaps = 0
            for lane in range(count if spotted else 0):
                gap[lane] = any_gap(four[0, lane], four[1, lane], four[2, lane], four[3, lane], none[0])
                gaps += gap[lane]
            for lane in range(count if gaps > 0 else 0):
                if gap[lane]:
                    p = start + np.uint64(lane)
                    a, b = np.float64(four[0, lane]), np.float64(four[1, lane])
                    c, d = np.float64(four[2, lane]), np.float64(four[3, lane])
                    mask[p] = is_gap(np.float64(window[np.uint64(nearest[p])]), nodata)
                    data[p] = between_valid(a, b, c, d, nodata, down[p], across[p])
        if scale != 1.0 or offset != 0.0:
            for lane in range(count):
                p = start + np.uint64(lane)
                data[p] = data[p] * scale + offset
        for lane in range(count if outside.size > 0 else 0):
            p = start + np.uint64(lane)
            mask[p] |= outside[p]
        for lane in range(count if spotted or outside.size > 0 else 0):
            p = start + np.uint64(lane)
            data[p] = 0.0 if mask[p] else data[p]
            found += mask[p]
    return found > 0


gather = by_type(
    _gather,
    "b1({}[::1], b1, f8, f8, f8, i4[::1], b1[::1], i8, i4[::1], f8[::1], f8[::1], f8[::1], b1[::1])",
    reads=11,
)
