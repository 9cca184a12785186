"""A tile that says why there is no picture."""

import functools
import unicodedata

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from descartes_flow.render.picture import Picture
from descartes_flow.render.png import encode_png

MARGIN = 10
PADDING = 12
TITLE_SIZE = 17
TEXT_SIZE = 13
LEADING = 1.3
"""Distance of lines, in heights of the letters."""

Colour = tuple[int, int, int, int]

PAPER = (250, 246, 240, 235)
EDGE = (176, 58, 46, 255)
INK = (38, 38, 38, 255)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@functools.lru_cache(maxsize=64)  # a layer that fails says the same on every tile
def message_tile(title: str, text: str = "", size: int = 256) -> bytes:
    """A readable tile: a short title over a wrapped text, on a light card that shows on any background.

    Parameters
    ----------
    title : str
        What happened, in a few words: ``"Zoom in"``.
    text : str
        Why, and the way out. What does not fit is cut and ends in an ellipsis.
    size : int
        Side of the tile, in pixels; at least 128.

    Returns
    -------
    bytes
        A PNG file, transparent around the card.

    Raises
    ------
    ValueError
        If `size` is below 128.
    """
    if size < 128:
        raise ValueError(f"message_tile(size=): expected at least 128 pixels, got {size!r}")
    image = Image.new("RGBA", (size, size))
    draw = ImageDraw.Draw(image)
    card = (MARGIN, MARGIN, size - 1 - MARGIN, size - 1 - MARGIN)
    draw.rounded_rectangle(card, radius=8, fill=PAPER, outline=EDGE, width=2)
    left = MARGIN + PADDING
    width, bottom = size - 2 * left, size - left
    below = _write(draw, title, TITLE_SIZE, EDGE, (left, left, width, bottom))
    _write(draw, text, TEXT_SIZE, INK, (left, below + PADDING // 2, width, bottom))
    return encode_png(Picture(np.asarray(image)))


def _write(
    draw: ImageDraw.ImageDraw, text: str, size: int, ink: Colour, box: tuple[int, int, int, int]
) -> int:
    """Write `text` into `box` (left, top, width, bottom); return where the next line would begin."""
    left, top, width, bottom = box
    font = ImageFont.load_default(size)
    height = round(size * LEADING)
    fitting = max((bottom - top) // height, 0)
    lines = wrapped(text, font, width)
    if len(lines) > fitting:
        lines = [*lines[: fitting - 1], _cut(lines[fitting - 1], font, width)] if fitting else []
    for place, line in enumerate(lines):
        draw.text((left, top + place * height), line, font=font, fill=ink)
    return top + len(lines) * height


def wrapped(text: str, font: Font, width: int) -> list[str]:
    """`text` in lines no wider than `width` pixels, broken at spaces, and inside words that are wider."""
    lines: list[str] = []
    for paragraph in _drawable(text).splitlines():
        line = ""
        for word in paragraph.split():
            joined = f"{line} {word}".strip()
            if font.getlength(joined) <= width:
                line = joined
                continue
            lines += [line] if line else []
            *full, line = _pieces(word, font, width)
            lines += full
        lines.append(line)
    return lines


def _drawable(text: str) -> str:
    """`text` in the letters that the font has: ASCII, accents dropped, ``?`` for the rest."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return "".join(letters).encode("ascii", "replace").decode()


def _pieces(word: str, font: Font, width: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and font.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, font: Font, width: int) -> str:
    while font.getlength(f"{line} …") > width:
        line = line[:-1]
    return f"{line} …"
