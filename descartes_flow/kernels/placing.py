"""Which source pixels lie under target pixels.

`row` and `col` are positions in a source level, ``(y, x)``, or with one column or row where all are alike;
NaN where there is no such place. (0, 0) is the outer corner of the first source pixel.
"""

from __future__ import annotations

import numpy as np

from descartes_flow.kernels.arrays import Bools, Floats, Index
from descartes_flow.kernels.kernel import kernel


@kernel("UniTuple(i8, 9)(f8[:,::1], f8[:,::1], i8, i8, f8, b1[::1])", reads=2)
def find_nearest(
    row: Floats, col: Floats, rows: int, cols: int, rounding: float, outside: Bools
) -> tuple[int, int, int, int, int, int, int, int, int]:
    """Say which target pixels lie `outside` of ``rows x cols`` source pixels.

    Returns how many lie inside; the first and last row and column of their nearest source pixels; and the
    same of the pixels between whose centres they lie.
    """
    height, width = row.shape[0], col.shape[1]
    top, bottom, left, right, found = rows, -1, cols, -1, 0
    above, below, before, after = rows, -1, cols, -1
    for y in range(height):
        for x in range(width):
            i, j = row[y, min(x, row.shape[1] - 1)], col[min(y, col.shape[0] - 1), x]
            r, c = np.ceil(i - rounding) - 1, np.ceil(j - rounding) - 1
            inside = 0 <= r < rows and 0 <= c < cols
            outside[y * width + x] = not inside
            if inside:
                found += 1
                top, bottom = min(top, int(r)), max(bottom, int(r))
                left, right = min(left, int(c)), max(right, int(c))
                above = min(above, int(np.floor(i - 0.5 + rounding)))
                below = max(below, int(np.ceil(i - 0.5 - rounding)))
                before = min(before, int(np.floor(j - 0.5 + rounding)))
                after = max(after, int(np.ceil(j - 0.5 - rounding)))
    return found, top, bottom, left, right, above, below, before, after


@kernel(
    "void(f8[:,::1], f8[:,::1], b1[::1], i8, i8, i8, i8, f8, b1, i4[::1], i4[::1], f8[::1], f8[::1])",
    reads=3,
)
def number_pixels(
    row: Floats,
    col: Floats,
    outside: Bools,
    top: int,
    left: int,
    rows: int,
    cols: int,
    rounding: float,
    corners: bool,
    nearest: Index,
    upper_left: Index,
    down: Floats,
    across: Floats,
) -> None:
    """Number the nearest source pixel in a region of ``rows x cols`` from (`top`, `left`) on, row by row.

    With `corners` also the first of the four pixels around the position, and how far it lies from its centre.
    Target pixels that lie outside get the number 0.
    """
    height, width = row.shape[0], col.shape[1]
    for y in range(height):
        for x in range(width):
            p = y * width + x
            if outside.size > 0 and outside[p]:
                nearest[p] = 0
                if corners:
                    upper_left[p], down[p], across[p] = 0, 0.0, 0.0
                continue
            i, j = row[y, min(x, row.shape[1] - 1)], col[min(y, col.shape[0] - 1), x]
            nearest[p] = (int(np.ceil(i - rounding)) - 1 - top) * cols + (
                int(np.ceil(j - rounding)) - 1 - left
            )
            if corners:
                i, j = i - 0.5, j - 0.5
                if abs(i - np.rint(i)) < rounding:
                    i = np.rint(i)
                if abs(j - np.rint(j)) < rounding:
                    j = np.rint(j)
                r, c = np.floor(i), np.floor(j)
                upper_left[p] = min(max(int(r) - top, 0), rows - 2) * cols + min(
                    max(int(c) - left, 0), cols - 2
                )
                down[p], across[p] = i - r, j - c
