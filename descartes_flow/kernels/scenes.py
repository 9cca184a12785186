"""Composites straight from windows of scenes: sampled, masked by classes, and sorted pixel by pixel.

Nothing is written in between, which for many scenes takes most of the time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow.kernels.arrays import Bools, Floats, Index, Ints
from descartes_flow.kernels.composites import pick_lanes, sort_lanes
from descartes_flow.kernels.kernel import by_type
from descartes_flow.kernels.sampling import LANES, any_gap, between, between_valid, is_gap

Whole = npt.NDArray[np.uint16]


def _compose(
    windows: npt.NDArray[Any],
    spotted: Bools,
    scales: Floats,
    offsets: Floats,
    nodata: float,
    nearest: Index,
    outside: Bools,
    width: int,
    upper_left: Index,
    down: Floats,
    across: Floats,
    classes: Whole,
    hides: Bools,
    class_nearest: Index,
    bands: int,
    difference: bool,
    pairs: Ints,
    share: float,
    start: int,
    stop: int,
    out: Floats,
    hidden: Bools,
) -> None:
    """Median (`share` below 0) or percentile over images of bands, or of their normalized difference.

    `windows` holds the bands of the first image, then those of the second, and so on; they and what follows
    are as in `gather`. `classes` holds a window for each image, and ``hides[image, class]`` whether a class
    hides; both may be empty. Of the pixels ``start .. stop - 1`` the result is written to `out` and `hidden`,
    ``(band, pixel)``.
    """
    images, layers = windows.shape[0] // bands, out.shape[0]
    values = np.empty((layers, images, LANES))
    valid = np.empty((layers, LANES), np.int64)
    parts = np.empty((2, LANES))
    four = np.empty((4, LANES), windows.dtype)
    covered, gone = np.empty(LANES, np.bool_), np.empty(LANES, np.bool_)
    gap = np.empty(LANES, np.bool_)
    none = np.empty(1, windows.dtype)  # as in `gather`
    none[0] = nodata
    one, step = np.uint64(1), np.uint64(width)
    for first in range(start, stop, LANES):
        count, base = min(LANES, stop - first), np.uint64(first)
        valid[:] = 0
        for k in range(images):
            if outside.size > 0:
                for lane in range(count):
                    covered[lane] = outside[base + np.uint64(lane)]
            else:
                covered[:] = False
            for lane in range(count if hides.size > 0 else 0):
                kind = classes[k, np.uint64(class_nearest[base + np.uint64(lane)])]
                covered[lane] |= hides[k, np.uint64(kind)]
            seen = 0
            for lane in range(count):
                seen += 0 if covered[lane] else 1
            if seen == 0:  # whole runs of pixels are cloudy, or beside the scene
                values[:, k, :] = np.inf
                continue
            for band in range(layers):
                for lane in range(count):
                    gone[lane] = covered[lane]
                for part in range(2 if difference else 1):
                    row = np.uint64(k * bands + band + part)
                    if upper_left.size == 0:
                        for lane in range(count):
                            near = np.uint64(nearest[base + np.uint64(lane)])
                            parts[part, lane] = windows[row, near]
                        for lane in range(count if spotted[row] else 0):
                            gone[lane] |= is_gap(parts[part, lane], nodata)
                    else:
                        for lane in range(count):
                            i = np.uint64(upper_left[base + np.uint64(lane)])
                            j = i + step
                            four[0, lane], four[1, lane] = windows[row, i], windows[row, i + one]
                            four[2, lane], four[3, lane] = windows[row, j], windows[row, j + one]
                        for lane in range(count):
                            p = base + np.uint64(lane)
                            a, b = np.float64(four[0, lane]), np.float64(four[1, lane])
                            c, d = np.float64(four[2, lane]), np.float64(four[3, lane])
                            parts[part, lane] = between(a, b, c, d, down[p], across[p])
                        gaps = 0
                        for lane in range(count if spotted[row] else 0):
                            gap[lane] = any_gap(
                                four[0, lane], four[1, lane], four[2, lane], four[3, lane], none[0]
                            )
                            gaps += gap[lane]
                        for lane in range(count if gaps > 0 else 0):
                            if gap[lane]:
                                p = base + np.uint64(lane)
                                a, b = np.float64(four[0, lane]), np.float64(four[1, lane])
                                c, d = np.float64(four[2, lane]), np.float64(four[3, lane])
                                gone[lane] |= is_gap(np.float64(windows[row, np.uint64(nearest[p])]), nodata)
                                parts[part, lane] = between_valid(a, b, c, d, nodata, down[p], across[p])
                    scale, offset = scales[row], offsets[row]
                    if scale != 1.0 or offset != 0.0:
                        for lane in range(count):
                            parts[part, lane] = parts[part, lane] * scale + offset
                if difference:
                    for lane in range(count):
                        x, y = parts[0, lane], parts[1, lane]
                        total = x + y
                        value = np.divide(x - y, total)  # unlike "/", raises nothing
                        gone[lane] |= (total == 0.0) | (value != value)
                        parts[0, lane] = value
                for lane in range(count):
                    values[band, k, lane] = np.inf if gone[lane] else parts[0, lane]
                    valid[band, lane] += 0 if gone[lane] else 1
        for band in range(layers):
            last = first + count
            sort_lanes(values[band], pairs)
            pick_lanes(values[band], valid[band], share, out[band, first:last], hidden[band, first:last])


_SIGNATURE = (
    "void({}[:,::1], b1[::1], f8[::1], f8[::1], f8, i4[::1], b1[::1], i8, i4[::1], f8[::1], "
    "f8[::1], u2[:,::1], b1[:,::1], i4[::1], i8, b1, i8[:,::1], f8, i8, i8, f8[:,::1], b1[:,::1])"
)

compose = by_type(_compose, _SIGNATURE, reads=20)
