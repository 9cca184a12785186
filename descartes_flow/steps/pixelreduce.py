"""Reductions over all pixels of the area, exact for any way the area is cut into blocks.

Each block gives partial results per image and band on fixed cells of 256 x 256 pixels of the whole grid; they
are joined in the order of the cells with `math.fsum`, so that the same area gives the same number however it
was cut.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..geo.grid import Grid
from ..geo.pixels import Pixels
from .reduce import Reduction, between
from .scalars import PixelScalars

CELL = 256
ORDERED = ("median", "percentile")
"""Reductions that need all values at once."""

Partial = dict[tuple[int, int], tuple[Any, ...]]
"""By cell (row, col): what `_cell` found, arrays of shape (images, bands)."""


class ReducePixels(PixelScalars, Reduction):
    """Scalars from all pixels: per image and band, or over the images or bands as well.

    NaN where no pixel was valid (count: 0).
    """

    __slots__ = ()

    def partial(self, pixels: Pixels, grid: Grid) -> Partial:
        """What one block contributes."""
        data = np.broadcast_to(pixels.data, (*self.of, grid.rows, grid.cols))
        mask = None if pixels.mask is None else np.broadcast_to(pixels.mask, data.shape)
        found: Partial = {}
        for key, rows, cols in cells(grid):
            values = data[:, :, rows, cols].reshape(*self.of, -1)
            hidden = None if mask is None else mask[:, :, rows, cols].reshape(*self.of, -1)
            with np.errstate(all="ignore"):  # inf stays, and what has no value is NaN
                found[key] = _cell(self.op, values.astype(float, copy=False), hidden)
        return found

    def combined(self, partials: list[Partial]) -> Pixels:
        """The scalars of the whole area, from the contributions of all its blocks."""
        joined: Partial = {}
        for partial in partials:
            joined.update(partial)
        ordered = [joined[key] for key in sorted(joined)]
        result = np.empty((self.images, self.bands))
        for image, image_rows in enumerate(self._groups(self.of[0], self.over_images)):
            for band, band_rows in enumerate(self._groups(self.of[1], self.over_bands, whole=True)):
                chosen = [
                    tuple(part[i, b] for part in cell)
                    for cell in ordered
                    for i in image_rows
                    for b in band_rows
                ]
                with np.errstate(all="ignore"):
                    result[image, band] = _joined(self.op, chosen, *self.arguments)
        return Pixels(result[:, :, None, None], None)

    def _groups(self, size: int, joint: bool, whole: bool = False) -> list[range]:
        """The positions that go into each scalar along one axis."""
        if not joint:
            return [range(i, i + 1) for i in range(size)]
        if whole:
            return [range(size)]
        stops = np.cumsum(self.segments)
        return [
            range(int(stop - length), int(stop)) for stop, length in zip(stops, self.segments, strict=True)
        ]


def cells(grid: Grid) -> Iterator[tuple[tuple[int, int], slice, slice]]:
    """The cells of the whole grid that a window meets: address, and the window's rows and columns in it."""
    for cell_row, rows in _runs(grid.row_off, grid.rows):
        for cell_col, cols in _runs(grid.col_off, grid.cols):
            yield (cell_row, cell_col), rows, cols


def _runs(start: int, length: int) -> Iterator[tuple[int, slice]]:
    position = 0
    while position < length:
        cell = (start + position) // CELL
        stop = min(length, (cell + 1) * CELL - start)
        yield cell, slice(position, stop)
        position = stop


def _cell(op: str, values: Any, hidden: Any) -> tuple[Any, ...]:
    """Partial results of one cell per image and band, of arrays of shape (images, bands, pixels)."""
    count = np.full(values.shape[:2], values.shape[2]) if hidden is None else (~hidden).sum(axis=2)
    if op == "count":
        return (count,)
    if op in ORDERED:
        return (_lists(values, hidden),)
    if op in ("min", "max"):
        worst = math.inf if op == "min" else -math.inf
        shown = values if hidden is None else np.where(hidden, worst, values)
        return count, getattr(np, op)(shown, axis=2)
    shown = values if hidden is None else np.where(hidden, 0.0, values)
    total = shown.sum(axis=2)
    if op != "std":
        return count, total
    away = shown - (total / count)[:, :, None]
    squares = np.square(away if hidden is None else np.where(hidden, 0.0, away)).sum(axis=2)
    return count, total, squares


def _lists(values: Any, hidden: Any) -> Any:
    """The valid values of each image and band, as an object array of 1-d arrays."""
    found = np.empty(values.shape[:2], object)
    for index in np.ndindex(found.shape):
        found[index] = values[index] if hidden is None else values[index][~hidden[index]]
    return found


def _joined(op: str, parts: list[tuple[Any, ...]], *arguments: float) -> float:
    """One scalar from the partial results of its cells, images and bands."""
    if op in ORDERED:
        values = np.concatenate([part[0] for part in parts])
        if not len(values):
            return math.nan
        return float(
            np.median(values) if op == "median" else between(np.sort(values), len(values), *arguments)
        )
    count = sum(int(part[0]) for part in parts)
    if op == "count":
        return float(count)
    if not count:
        return math.nan
    if op in ("min", "max"):
        chosen = [float(part[1]) for part in parts if part[0]]
        return min(chosen) if op == "min" else max(chosen)
    total = _sum(float(part[1]) for part in parts)
    if op == "sum":
        return total
    mean = total / count
    if op == "mean":
        return mean
    spread = _sum(float(s) + int(n) * (float(t) / int(n) - mean) ** 2 for n, t, s in parts if n)
    return math.sqrt(spread / count)


def _sum(numbers: Iterator[float]) -> float:
    """An exact sum; inf and -inf together are nan, as numpy has it."""
    values = list(numbers)
    if all(map(math.isfinite, values)):
        return math.fsum(values)
    return float(np.sum(values))
