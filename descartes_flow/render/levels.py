"""Values of bands -> levels of pixels: one of 256 steps, or one of some bins."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow import kernels
from descartes_flow.colour.tables import positions
from descartes_flow.render.picture import Bytes

Values = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]
Scales = Sequence[tuple[float, float]]


def find_levels(
    data: Values, mask: Mask | None, scales: Scales, bins: int = 0, channels: int = 1
) -> tuple[Bytes, Mask]:
    """Where values lie between the scales of their bands, and which pixels are hidden.

    Parameters
    ----------
    data : numpy.ndarray
        ``(band, y, x)``, numbers or bool.
    mask : numpy.ndarray or None
        Bool, broadcast to `data`, True = hidden.
    scales : sequence of (float, float)
        Values of the first and the last level of each band; what lies beyond is clipped. Where the two are
        equal, what lies below is on the first level and the rest on the last.
    bins : int
        How many levels there are, equally wide; 0 for the levels 0..255, of which the nearest is taken.
    channels : int
        How many the result has; those beyond the bands are 0.

    Returns
    -------
    levels : numpy.ndarray
        ``(y, x, channel)``, uint8. NaN is on the first level.
    hidden : numpy.ndarray
        ``(y, x)``, bool: masked or NaN in any band.
    """
    levels = np.zeros((*data.shape[1:], channels), dtype=np.uint8)
    hidden = np.zeros(data.shape[1:], dtype=bool)
    compiled = kernels.find_levels.compiled
    # Longer and shorter floats keep their precision where they meet a scale: those are left to numpy.
    if compiled is not None and np.result_type(data.dtype, 0.0) == np.float64:
        compiled(
            _rows(data.astype(np.float64, copy=False)),
            np.zeros((0, hidden.size), dtype=bool) if mask is None else _rows(_full(mask, data)),
            np.array(scales, dtype=np.float64),
            bins,
            levels.reshape(hidden.size, channels),
            hidden.reshape(hidden.size),
        )
        return levels, hidden
    for place, (values, (low, high)) in enumerate(zip(data, scales, strict=True)):
        share = _share(values, low, high)
        level = positions(share, bins) if bins else np.rint(share * 255)
        levels[..., place] = level.astype(np.uint8)
    return levels, np.logical_or(hidden, find_hidden(data, mask), out=hidden)


def find_hidden(data: Values, mask: Mask | None) -> Mask:
    """Pixels without a colour, ``(y, x)``: masked or NaN in any band."""
    hidden = np.zeros(data.shape[1:], dtype=bool)
    if mask is not None:
        hidden |= _full(mask, data).any(axis=0)
    if data.dtype.kind == "f":
        hidden |= np.isnan(data).any(axis=0)
    return hidden


def _full(mask: Mask, data: Values) -> Mask:
    """`mask` with a row for each band, or one for all."""
    bands = len(data) if mask.ndim == 3 and len(mask) > 1 else 1
    return np.broadcast_to(mask, (bands, *data.shape[1:]))


def _rows(stack: Values) -> Values:
    """``(band, y, x)`` as ``(band, pixel)``, each row in one piece."""
    bands, height, width = stack.shape
    return np.ascontiguousarray(stack).reshape(bands, height * width)


def _share(values: Values, low: float, high: float) -> npt.NDArray[np.float64]:
    """Values on the way from `low` (0) to `high` (1), clipped; a NaN is 0."""
    if low == high:
        return (values >= low).astype(np.float64)
    with np.errstate(over="ignore"):
        shares = (values.astype(np.float64) - low) / (high - low)
    return np.clip(np.nan_to_num(shares, copy=False), 0.0, 1.0, out=shares)
