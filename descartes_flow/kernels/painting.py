"""Levels of pixels, as a picture has them, out of values of bands."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from descartes_flow.kernels.arrays import Bools, Floats
from descartes_flow.kernels.kernel import kernel

Bytes = npt.NDArray[np.uint8]


@kernel("void(f8[:,::1], b1[:,::1], f8[:,::1], i8, u1[:,::1], b1[::1])", reads=3)
def find_levels(data: Floats, mask: Bools, scales: Floats, bins: int, levels: Bytes, hidden: Bools) -> None:
    """Write where values lie between the `scales` ``(band, 2)`` of their bands, and which pixels are hidden.

    `data` is ``(band, pixel)``; `mask` has a row per band, one for all, or none. `levels`, ``(pixel, band)``,
    become 0..255, rounded, or with `bins` above 0 the number of one of so many equally wide bins. `hidden`
    comes full of False and becomes True where a pixel is hidden, or NaN, in any band.
    """
    # A few pixels at a time: the loops over them are simple enough to become vector instructions, and what
    # one leaves to the next stays in the nearest cache.
    lanes = 256
    shares = np.empty(lanes)
    found = np.empty(lanes, np.uint8)
    for first in range(0, data.shape[1], lanes):
        width = min(lanes, data.shape[1] - first)
        gone = hidden[first : first + width]
        for row in range(mask.shape[0]):
            masked = mask[row, first : first + width]
            for lane in range(width):
                gone[lane] |= masked[lane]
        for band in range(data.shape[0]):
            values = data[band, first : first + width]
            low, high = scales[band]
            for lane in range(width):
                gone[lane] |= np.isnan(values[lane])
            if low == high:
                for lane in range(width):
                    shares[lane] = 1.0 if values[lane] >= low else 0.0
            else:
                for lane in range(width):
                    share = np.divide(values[lane] - low, high - low)  # unlike "/", raises nothing
                    share = share if share > 0.0 else 0.0
                    shares[lane] = share if share < 1.0 else 1.0
            if bins == 0:
                for lane in range(width):
                    found[lane] = np.int32(np.rint(shares[lane] * 255))
            else:
                for lane in range(width):
                    found[lane] = min(np.int32(shares[lane] * bins), np.int32(bins - 1))
            for lane in range(width):
                levels[first + lane, band] = found[lane]
