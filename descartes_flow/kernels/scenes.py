"""Composites straight from windows of scenes: sampled, masked by classes, and sorted pixel by pixel.

Nothing is written in between, which for many scenes takes most of the time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow.kernels.arrays import Bools, Floats, Index, Ints
from descartes_flow.kernels.kernel import Kernel

Whole = npt.NDArray[np.uint16]


def _any_gap(window: npt.NDArray[Any], nodata: float) -> bool:
    """Whether any pixel of a window has no value."""
    for first in range(0, window.size, 4096):
        found = 0
        for i in range(first, min(first + 4096, window.size)):
            found += (window[i] == nodata) | (window[i] != window[i])
        if found > 0:
            return True
    return False


def _find_gaps(windows: npt.NDArray[Any], spotted: Bools, nodata: float, width: int, gaps: Bools) -> None:
    """Say of each pixel of spotted windows whether it, or the next to the right or below, has no value."""
    for row in range(windows.shape[0] if gaps.size > 0 else 0):
        if spotted[row]:
            window, found = windows[row], gaps[row]
            for i in range(window.size - width - 1):
                a, b, c, d = window[i], window[i + 1], window[i + width], window[i + width + 1]
                none = (a == nodata) | (b == nodata) | (c == nodata) | (d == nodata)
                found[i] = none | (a != a) | (b != b) | (c != c) | (d != d)


def _compose(
    windows: npt.NDArray[Any],
    spotted: Bools,
    gaps: Bools,
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

    `windows` holds the bands of the first image, then those of the second, and so on; `gaps` comes from
    `find_gaps`; `upper_left` is empty for near. `classes` holds a window for each image, and
    ``hides[image, class]`` whether a class hides; both may be empty. Of the pixels ``start .. stop - 1`` the
    result is written to `out` and `hidden`, ``(band, pixel)``.
    """
    lanes, zero = 64, np.float64(0)
    images, layers = windows.shape[0] // bands, out.shape[0]
    values = np.empty((layers, images, lanes))
    valid = np.empty((layers, lanes), np.int64)
    # Numbers without a sign spare numba the question whether an index counts from the end.
    one, step = np.uint64(1), np.uint64(width)
    four = np.empty((4, lanes), windows.dtype)
    second = np.empty(lanes)
    covered, gone = np.empty(lanes, np.bool_), np.empty(lanes, np.bool_)
    for first in range(start, stop, lanes):
        count = min(lanes, stop - first)
        valid[:] = 0
        for k in range(images):
            if outside.size > 0:
                for lane in range(count):
                    covered[lane] = outside[first + lane]
            else:
                covered[:] = False
            if hides.size > 0:
                hiding, kinds = hides[k], classes[k]
                place = class_nearest[first : first + count]
                for lane in range(count):
                    covered[lane] |= hiding[np.uint64(kinds[np.uint64(place[lane])])]
            seen = 0
            for lane in range(count):
                seen += 0 if covered[lane] else 1
            if seen == 0:  # whole runs of pixels are cloudy, or beside the scene
                values[:, k, :] = np.inf
                continue
            for band in range(layers):
                shown = values[band, k]
                for lane in range(count):
                    gone[lane] = covered[lane]
                for part in range(2 if difference else 1):
                    row = k * bands + band + part
                    window, scale, offset = windows[row], scales[row], offsets[row]
                    scaled = scale != 1.0 or offset != 0.0
                    target = second if part == 1 else shown
                    if upper_left.size == 0:
                        near = nearest[first : first + count]
                        for lane in range(count):
                            target[lane] = window[np.uint64(near[lane])]
                        for lane in range(count if spotted[row] else 0):
                            gone[lane] |= target[lane] == nodata or target[lane] != target[lane]
                    else:
                        corner, right = upper_left[first : first + count], across[first : first + count]
                        drop = down[first : first + count]
                        for lane in range(count):
                            i = np.uint64(corner[lane])
                            j = i + step
                            four[0, lane], four[1, lane] = window[i], window[i + one]
                            four[2, lane], four[3, lane] = window[j], window[j + one]
                        for lane in range(count):
                            a, b = np.float64(four[0, lane]), np.float64(four[1, lane])
                            c, d = np.float64(four[2, lane]), np.float64(four[3, lane])
                            above = a + (b - a) * right[lane]
                            target[lane] = above + ((c + (d - c) * right[lane]) - above) * drop[lane]
                        for lane in range(count if spotted[row] else 0):
                            p = first + lane
                            i = upper_left[p]
                            if not gaps[row, i]:
                                continue
                            j = i + width
                            a, b = np.float64(window[i]), np.float64(window[i + 1])
                            c, d = np.float64(window[j]), np.float64(window[j + 1])
                            e = 1.0 if a == nodata or a != a else 0.0
                            f = 1.0 if b == nodata or b != b else 0.0
                            g = 1.0 if c == nodata or c != c else 0.0
                            h = 1.0 if d == nodata or d != d else 0.0
                            value = window[nearest[p]]
                            gone[lane] |= value == nodata or value != value
                            a, b = a if e == 0 else zero, b if f == 0 else zero
                            c, d = c if g == 0 else zero, d if h == 0 else zero
                            above = a + (b - a) * across[p]
                            between = above + ((c + (d - c) * across[p]) - above) * down[p]
                            above = e + (f - e) * across[p]
                            missing = above + ((g + (h - g) * across[p]) - above) * down[p]
                            target[lane] = between / (1.0 - missing) if missing < 1.0 else between
                    if scaled:
                        for lane in range(count):
                            target[lane] = target[lane] * scale + offset
                if difference:
                    for lane in range(count):
                        x, y = shown[lane], second[lane]
                        total = x + y
                        gone[lane] |= total == 0.0
                        shown[lane] = (x - y) / (total if total != 0.0 else 1.0)
                for lane in range(count):
                    shown[lane] = np.inf if gone[lane] else shown[lane]
                    valid[band, lane] += 0 if gone[lane] else 1
        for band in range(layers):
            for n in range(pairs.shape[0]):
                lower, upper = values[band, pairs[n, 0]], values[band, pairs[n, 1]]
                for lane in range(lanes):
                    x, y = lower[lane], upper[lane]
                    lower[lane] = x if x < y else y
                    upper[lane] = y if x < y else x
            for lane in range(count):
                number, pixel = valid[band, lane], first + lane
                hidden[band, pixel] = number == 0
                if number == 0:
                    out[band, pixel] = 0.0
                elif share < 0.0:
                    low, high = values[band, (number - 1) // 2, lane], values[band, number // 2, lane]
                    out[band, pixel] = low if low == high else (low + high) / 2
                else:
                    position = share / 100 * (number - 1)
                    below = int(np.floor(position))
                    low, high = values[band, below, lane], values[band, int(np.ceil(position)), lane]
                    mixed = low * (below + 1 - position) + high * (position - below)
                    out[band, pixel] = low if low == high else mixed


_SIGNATURE = (
    "void({}[:,::1], b1[::1], b1[:,::1], f8[::1], f8[::1], f8, i4[::1], b1[::1], i8, i4[::1], f8[::1], "
    "f8[::1], u2[:,::1], b1[:,::1], i4[::1], i8, b1, i8[:,::1], f8, i8, i8, f8[:,::1], b1[:,::1])"
)

_GAPS = "void({}[:,::1], b1[::1], f8, i8, b1[:,::1])"

any_gap_whole = Kernel(_any_gap, "b1(u2[::1], f8)", reads=1)
any_gap_real = Kernel(_any_gap, "b1(f4[::1], f8)", reads=1)
find_gaps_whole = Kernel(_find_gaps, _GAPS.format("u2"), reads=2)
find_gaps_real = Kernel(_find_gaps, _GAPS.format("f4"), reads=2)
compose_whole = Kernel(_compose, _SIGNATURE.format("u2"), reads=21)
"""For whole numbers from 0 to 65,535."""

compose_real = Kernel(_compose, _SIGNATURE.format("f4"), reads=21)
"""For float32."""
