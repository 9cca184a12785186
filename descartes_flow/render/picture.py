"""`Picture`: colours of pixels, before they are encoded."""

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from descartes_flow.render.checkerboard import GREYS, checkerboard

Bytes = npt.NDArray[np.uint8]

TRANSPARENT = np.zeros((1, 4), dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Colours of pixels, in the smallest of three forms."""

    pixels: Bytes
    """``(y, x)`` rows of the palette, or ``(y, x, 3)`` red, green, blue, or ``(y, x, 4)`` with opacity."""

    palette: Bytes | None = None
    """``(colour, 4)``, red, green, blue, opacity; None where the pixels are colours themselves."""

    kept: bool = False
    """Made once, never changed and drawn often: `encode_png` keeps its bytes."""

    def rgba(self) -> Bytes:
        """The colours as one array ``(y, x, 4)``, opacity 255 where nothing is said of it."""
        return opaque(self.pixels) if self.palette is None else self.palette[self.pixels]


@functools.lru_cache(maxsize=8)
def blank(height: int, width: int, *, checks: bool) -> Picture:
    """The picture of nothing but pixels without a value: the check pattern, or transparency."""
    if checks:
        return Picture(checkerboard(height, width), palette=opaque(GREYS), kept=True)
    nothing = np.broadcast_to(np.uint8(0), (height, width))
    return Picture(nothing, palette=TRANSPARENT, kept=True)


def opaque(colours: Bytes) -> Bytes:
    """Colours ``(..., 3)`` as ``(..., 4)`` with opacity 255; those that have an opacity keep it."""
    if colours.shape[-1] == 4:
        return colours
    full = np.full((*colours.shape[:-1], 4), 255, dtype=np.uint8)
    for channel in range(3):  # by itself it is copied several times faster
        full[..., channel] = colours[..., channel]
    return full
