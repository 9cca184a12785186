"""Composites: one value per pixel from those of several images.

In both loops `data` is flat: value `pixel` of a band of an image stands at
``image * strides[0] + band * strides[1] + pixel``, and in `mask`, by the other two strides, whether it is
hidden; an empty mask hides nothing. `rows` are the images to use. Of the pixels ``start .. stop - 1`` the
result is written to `out` and `hidden`, both ``(band, pixel)``; where no value is valid, `out` is 0.
"""

from __future__ import annotations

import functools

import numpy as np

from descartes_flow.kernels.arrays import Bools, Floats, Ints
from descartes_flow.kernels.kernel import kernel

Strides = tuple[int, int, int, int]

SORTED = ("median", "percentile")
"""What `ordered` computes."""

MOST_SORTED = 128
"""Images that a sorting network takes at most; for more, its steps outnumber those of a sort."""

STACK = "f8[::1], b1[::1], UniTuple(i8, 4), i8[::1], i8, i8"


@functools.lru_cache(maxsize=MOST_SORTED)
def network(count: int) -> Ints:
    """Comparisons ``(n, 2)`` that sort `count` values: Batcher's odd-even merge sort (1968)."""
    pairs = []
    top = 1 << max(count - 1, 0).bit_length() >> 1
    p = top
    while p > 0:
        q, r, d = top, 0, p
        while d > 0:
            pairs += [(i, i + d) for i in range(count - d) if i & p == r]
            d, q, r = q - p, q >> 1, p
        p >>= 1
    return np.array(pairs, np.int64).reshape(-1, 2)


def sort_lanes(values: Floats, pairs: Ints) -> None:
    """Sort each column of `values` by the comparisons of a `network`."""
    for n in range(pairs.shape[0]):
        lower, upper = values[pairs[n, 0]], values[pairs[n, 1]]
        for lane in range(lower.size):
            x, y = lower[lane], upper[lane]
            lower[lane] = x if x < y else y
            upper[lane] = y if x < y else x


def pick_lanes(values: Floats, valid: Ints, share: float, out: Floats, hidden: Bools) -> None:
    """What `ordered` says of each of the first columns of sorted `values`, of which so many are `valid`."""
    for lane in range(out.size):
        count = valid[lane]
        hidden[lane] = count == 0
        if count == 0:
            out[lane] = 0.0
        elif share < 0.0:
            low, high = values[(count - 1) // 2, lane], values[count // 2, lane]
            out[lane] = low if low == high else (low + high) / 2
        else:
            place = share / 100 * (count - 1)
            below = int(np.floor(place))
            low, high = values[below, lane], values[int(np.ceil(place)), lane]
            between = low * (below + 1 - place) + high * (place - below)
            out[lane] = low if low == high else between


@kernel(f"void({STACK}, i8[:,::1], f8, f8[:,::1], b1[:,::1])", reads=8)
def ordered(
    data: Floats,
    mask: Bools,
    strides: Strides,
    rows: Ints,
    start: int,
    stop: int,
    pairs: Ints,
    share: float,
    out: Floats,
    hidden: Bools,
) -> None:
    """The value at `share` percent of the way through the sorted valid values; below 0, the median.

    The median of an even number is the mean of the middle two; percentiles are interpolated linearly. `pairs`
    is the `network` of as many values as there are `rows`.
    """
    lanes = 64
    values = np.empty((rows.size, lanes))
    valid = np.empty(lanes, np.int64)
    for band in range(out.shape[0]):
        for first in range(start, stop, lanes):
            width = min(lanes, stop - first)
            valid[:] = rows.size if mask.size == 0 else 0
            for k in range(rows.size):
                place = rows[k] * strides[0] + band * strides[1] + first
                found, shown = data[place : place + width], values[k]
                if mask.size == 0:
                    for lane in range(width):
                        shown[lane] = found[lane]
                else:
                    place = rows[k] * strides[2] + band * strides[3] + first
                    gone = mask[place : place + width]
                    for lane in range(width):
                        shown[lane] = np.inf if gone[lane] else found[lane]
                        valid[lane] += 0 if gone[lane] else 1
            sort_lanes(values, pairs)
            last = first + width
            pick_lanes(values, valid, share, out[band, first:last], hidden[band, first:last])


@kernel(f"void({STACK}, i8, f8[:,::1], b1[:,::1])", reads=6)
def streamed(
    data: Floats,
    mask: Bools,
    strides: Strides,
    rows: Ints,
    start: int,
    stop: int,
    operation: int,
    out: Floats,
    hidden: Bools,
) -> None:
    """Statistics that look at the images one after the other: an index of `STATISTICS`."""
    lanes = 256
    values = np.empty(lanes)
    shown = np.empty(lanes, np.bool_)
    valid = np.empty(lanes, np.int64)
    middle = np.empty(lanes)
    for band in range(out.shape[0]):
        for first in range(start, stop, lanes):
            width = min(lanes, stop - first)
            passes = 2 if operation == 2 else 1
            for turn in range(passes):
                valid[:] = 0
                values[:] = np.inf if operation == 4 else -np.inf if operation == 5 else 0.0
                for k in range(rows.size):
                    place = rows[k] * strides[0] + band * strides[1] + first
                    x = data[place : place + width]
                    if mask.size == 0:
                        shown[:] = True
                    else:
                        place = rows[k] * strides[2] + band * strides[3] + first
                        gone = mask[place : place + width]
                        for lane in range(width):
                            shown[lane] = not gone[lane]
                    for lane in range(width):
                        valid[lane] += shown[lane]
                    if operation == 4:
                        for lane in range(width):
                            values[lane] = x[lane] if shown[lane] & (x[lane] < values[lane]) else values[lane]
                    elif operation == 5:
                        for lane in range(width):
                            values[lane] = x[lane] if shown[lane] & (x[lane] > values[lane]) else values[lane]
                    elif operation == 6:
                        for lane in range(width):
                            values[lane] = x[lane] if shown[lane] else values[lane]
                    elif turn == 1:
                        for lane in range(width):
                            away = x[lane] - middle[lane] if shown[lane] else 0.0
                            values[lane] += away * away
                    else:
                        for lane in range(width):
                            values[lane] += x[lane] if shown[lane] else 0.0
                if operation == 2 and turn == 0:
                    for lane in range(width):
                        middle[lane] = values[lane] / max(valid[lane], 1)
            for lane in range(width):
                count = valid[lane]
                value = values[lane]
                if operation == 3:
                    value = float(count)
                elif count == 0:
                    value = 0.0
                elif operation == 1:
                    value = value / count
                elif operation == 2:
                    value = np.sqrt(value / count)
                out[band, first + lane] = value
                hidden[band, first + lane] = count == 0 and operation != 3


STATISTICS = ("sum", "mean", "std", "count", "min", "max", "mosaic")
"""What `streamed` computes; its argument `operation` is the place in this list."""
