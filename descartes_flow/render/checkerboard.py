"""The check pattern that marks pixels without a value."""

import functools

import numpy as np
import numpy.typing as npt

CHECK = 8
"""Side of one check, in pixels. A tile of 256 or 512 pixels holds whole periods of 16, so the pattern of one
tile runs on in the next: it lies on the pixel grid of the world without asking where the tile lies."""

GREYS = np.array([[168, 168, 168], [208, 208, 208]], dtype=np.uint8)
"""The two colours: both stand out from white and from the dark background of a dark theme."""


@functools.lru_cache(maxsize=8)
def checkerboard(height: int, width: int) -> npt.NDArray[np.uint8]:
    """Which of the two `GREYS` each pixel shows, ``(y, x)``, read-only; the upper left check has the first.

    Examples
    --------
    >>> checkerboard(16, 16)[7:9, 7:9]
    array([[0, 1],
           [1, 0]], dtype=uint8)
    """
    row, column = np.ogrid[:height, :width]
    checks: npt.NDArray[np.uint8] = ((row // CHECK + column // CHECK) % 2).astype(np.uint8)
    checks.flags.writeable = False
    return checks
