"""Statistics of valid values along one axis: the kernels of the reductions, on plain arrays.

Each takes data, a mask of the same shape (True hides; None where nothing is hidden) and an axis, and gives
the statistic and where it has no value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyValue

import numpy as np

from ..steps.reduce import between

Array = np.ndarray[AnyValue, AnyValue]
Mask = Array | None
Result = tuple[AnyValue, AnyValue]


def _valid(mask: Array, axis: int) -> Array:
    """How many values are valid."""
    return (~mask).sum(axis=axis)


def smallest(data: Array, mask: Mask, axis: int) -> Result:
    """Smallest valid value."""
    if mask is None:
        return data.min(axis=axis), None
    return np.where(mask, np.inf, data).min(axis=axis), mask.all(axis=axis)


def largest(data: Array, mask: Mask, axis: int) -> Result:
    """Largest valid value."""
    if mask is None:
        return data.max(axis=axis), None
    return np.where(mask, -np.inf, data).max(axis=axis), mask.all(axis=axis)


def total(data: Array, mask: Mask, axis: int) -> Result:
    """Sum of the valid values."""
    if mask is None:
        return data.sum(axis=axis), None
    return np.where(mask, 0.0, data).sum(axis=axis), mask.all(axis=axis)


def mean(data: Array, mask: Mask, axis: int) -> Result:
    """Mean of the valid values."""
    if mask is None:
        return data.mean(axis=axis), None
    return np.where(mask, 0.0, data).sum(axis=axis) / _valid(mask, axis), mask.all(axis=axis)


def deviation(data: Array, mask: Mask, axis: int) -> Result:
    """Standard deviation of the valid values, ddof 0."""
    if mask is None:
        return data.std(axis=axis), None
    number = _valid(mask, axis)
    centre = np.where(mask, 0.0, data).sum(axis=axis) / number
    away = np.where(mask, 0.0, data - np.expand_dims(centre, axis))
    return np.sqrt(np.square(away).sum(axis=axis) / number), mask.all(axis=axis)


def count(data: Array, mask: Mask, axis: int) -> Result:
    """Number of valid values; nowhere hidden."""
    if mask is None:
        return np.full(np.delete(data.shape, axis), float(data.shape[axis])), None
    return _valid(mask, axis).astype(float), None


def median(data: Array, mask: Mask, axis: int) -> Result:
    """Median of the valid values; of an even number the mean of the middle two."""
    if mask is None:
        return np.median(data, axis=axis), None
    ordered = np.sort(np.where(mask, np.inf, data), axis=axis)
    number = _valid(mask, axis)
    low = np.take_along_axis(ordered, np.expand_dims(np.maximum(number - 1, 0) // 2, axis), axis)
    high = np.take_along_axis(
        ordered, np.expand_dims(np.minimum(number // 2, data.shape[axis] - 1), axis), axis
    )
    return np.squeeze(np.where(low == high, low, (low + high) / 2), axis), mask.all(axis=axis)


def percentile(data: Array, mask: Mask, axis: int, percentage: float) -> Result:
    """The value below which a percentage of the valid values lies, interpolated linearly."""
    shown = data if mask is None else np.where(mask, np.inf, data)
    ordered = np.moveaxis(np.sort(shown, axis=axis), axis, 0)
    if mask is None:
        return between(ordered, len(ordered), percentage), None
    return between(ordered, _valid(mask, axis), percentage), mask.all(axis=axis)


def topmost(data: Array, mask: Mask, axis: int) -> Result:
    """The last valid value."""
    if mask is None:
        return np.take(data, -1, axis=axis), None
    flipped = np.flip(mask, axis)
    top = data.shape[axis] - 1 - np.argmin(flipped, axis=axis)
    return np.squeeze(np.take_along_axis(data, np.expand_dims(top, axis), axis), axis), mask.all(axis=axis)


KERNELS: dict[str, Callable[..., Result]] = {
    "min": smallest,
    "max": largest,
    "mean": mean,
    "median": median,
    "sum": total,
    "std": deviation,
    "count": count,
    "mosaic": topmost,
    "percentile": percentile,
}
"""By name of the reduction."""
