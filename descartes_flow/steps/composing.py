"""Composites over images by compiled loops, where these are loaded and fit the pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from ..kernels import ordered, streamed
from ..kernels.arrays import NO_MASK, Share
from ..kernels.composites import MOST_SORTED, SORTED, STATISTICS, network

PLAIN = ("sum", "mean", "min", "max", "count", "mosaic")
"""Reductions that numpy does as fast where nothing is hidden."""

FEWEST_PIXELS = 256
"""Below, numpy may add values in another order than one after the other."""

STRIP = 8192
"""Pixels that a thread takes at once."""


def serves(op: str, data: Any, mask: Any, images: int) -> bool:
    """Whether `composite` can do a reduction of at most so many images of a stack."""
    if data.dtype != np.float64 or data.shape[2] * data.shape[3] < FEWEST_PIXELS:
        return False
    if op in SORTED:
        return ordered.compiled is not None and images <= MOST_SORTED
    return op in STATISTICS and streamed.compiled is not None and not (mask is None and op in PLAIN)


def composite(
    op: str, data: Any, mask: Any, rows: Any, arguments: tuple[float, ...], share: Share
) -> tuple[Any, Any]:
    """Values ``(band, y, x)`` of some images of a stack, and where they have none.

    Parameters
    ----------
    op : str
    data, mask : numpy.ndarray
        ``(image, band, y, x)``; the mask may have one image or one band for all, or be None.
    rows : numpy.ndarray
        The images.
    arguments : tuple of float
        The percentage of a percentile.
    share : callable
        Runs a function on each of several strips of pixels, on several threads.
    """
    _, bands, height, width = data.shape
    values = np.empty((bands, height * width))
    hidden = np.empty((bands, height * width), bool)
    stack, strides = _flat(data)
    masks, mask_strides = (NO_MASK, (0, 0)) if mask is None else _flat(np.broadcast_to(mask, data.shape))
    of_all = (stack, masks, (*strides, *mask_strides), rows.astype(np.int64))

    def work(start: int) -> None:
        stop = min(start + STRIP, height * width)
        if op in SORTED:
            percentage = float(arguments[0]) if arguments else -1.0
            ordered.run(*of_all, start, stop, network(len(rows)), percentage, values, hidden)
        else:
            streamed.run(*of_all, start, stop, STATISTICS.index(op), values, hidden)

    share(work, range(0, height * width, STRIP))
    shape = (bands, height, width)
    return values.reshape(shape), hidden.reshape(shape) if hidden.any() else None


def _flat(stack: Any) -> tuple[Any, tuple[int, int]]:
    """The memory of a stack as one axis, and how far images and bands stand apart in it."""
    image, band, row, pixel = (step // stack.itemsize for step in stack.strides)
    if (row, pixel) != (stack.shape[3], 1) or min(image, band) < 0:
        return _flat(np.ascontiguousarray(stack))
    images, bands, height, width = stack.shape
    length = (images - 1) * image + (bands - 1) * band + height * width
    return as_strided(stack, (length,), (stack.itemsize,)), (image, band)
