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
    found = np.empty((data.shape[0], lanes), np.uint8)
    for first in range(0, data.shape[1], lanes):
        width = min(lanes, data.shape[1] - first)
        gone = hidden[first : first + width]
        for row in range(mask.shape[0]):
            masked = mask[row, first : first + width]
            for lane in range(width):
                gone[lane] |= masked[lane]
        for band in range(data.shape[0]):
            values, level = data[band, first : first + width], found[band]
            low, high = scales[band]
            span = high - low
            for lane in range(width):
                value = values[lane]
                gone[lane] |= value != value
                share = np.divide(value - low, span)  # unlike "/", raises nothing
                if span == 0.0:
                    share = 1.0 if value >= low else 0.0
                share = share if share > 0.0 else 0.0
                shares[lane] = share if share < 1.0 else 1.0
            if bins == 0:
                for lane in range(width):
                    level[lane] = np.int32(np.rint(shares[lane] * 255))
            else:
                for lane in range(width):
                    level[lane] = min(np.int32(shares[lane] * bins), np.int32(bins - 1))
        if data.shape[0] == 3:  # written out, three bytes at a time take half as long
            red, green, blue = found[0], found[1], found[2]
            for lane in range(width):
                pixel = levels[first + lane]
                pixel[0], pixel[1], pixel[2] = red[lane], green[lane], blue[lane]
        else:
            for band in range(data.shape[0]):
                for lane in range(width):
                    levels[first + lane, band] = found[band, lane]
