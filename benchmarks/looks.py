"""How the pictures look: the same for us and for the peers."""

import io
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from descartes_flow.colour.tables import table

RGB = ("red", "green", "blue")
BRIGHTEST = 3000
"""Stored value that is drawn brightest: a reflectance of 0.3."""

COLORMAP = "viridis"
CLOUDY_FROM, SHADOW = 8, 3
"""Classes that hide the ground: shadow, and clouds of every kind."""

AS_MADE, FAST = 6, 1
"""Compression of PNG: what libraries take unless told, and what one takes who wants speed."""


def cloudy(classes: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Pixels of a class band that are hidden, those outside the swath among them."""
    return (classes == SHADOW) | (classes >= CLOUDY_FROM) | (classes == 0)


def colours() -> npt.NDArray[np.uint8]:
    """The colormap, (256, 3 or 4)."""
    return table(COLORMAP)


def draw_rgb(values: npt.NDArray[Any], hidden: npt.NDArray[np.bool_], level: int = AS_MADE) -> bytes:
    """Stored values (3, y, x) as a PNG of red, green, blue and opacity."""
    bright = np.clip(np.nan_to_num(values) * (255 / BRIGHTEST), 0, 255).astype(np.uint8)
    return _png(np.concatenate([bright, ~hidden[None] * np.uint8(255)]), level)


def draw_index(values: npt.NDArray[Any], hidden: npt.NDArray[np.bool_], level: int = AS_MADE) -> bytes:
    """Values of 0 to 1 (y, x) as a PNG in the colours of the map."""
    place = np.clip(np.nan_to_num(values) * 255, 0, 255).astype(np.uint8)
    picture = colours()[:, :3][place].transpose(2, 0, 1)
    return _png(np.concatenate([picture, ~hidden[None] * np.uint8(255)]), level)


def _png(rgba: npt.NDArray[np.uint8], level: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(rgba.transpose(1, 2, 0))).save(file, "PNG", compress_level=level)
    return file.getvalue()


def pixels_of(png: bytes) -> npt.NDArray[np.uint8]:
    """The colours of a PNG, (y, x, 4)."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))
