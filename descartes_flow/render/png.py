"""Pictures as PNG files."""

import functools
import struct

import numpy as np
from isal import isal_zlib

from descartes_flow.render.picture import Bytes, Picture

SIGNATURE = b"\x89PNG\r\n\x1a\n"

COLOUR_TYPES = {3: 2, 4: 6}
"""What the header says of red, green, blue without and with opacity."""

PALETTE_TYPE = 3

PLAIN, UP = 0, 2
"""How a line is written: its bytes as they are, or how much they are above those of the line before."""

FASTEST = 1
"""Level of compression: 0 makes imagery a third larger, 2 and 3 hardly smaller."""


def encode_png(picture: Picture) -> bytes:
    """`picture` as the bytes of a PNG file; equal pictures give equal bytes.

    A palette stays one, with opacities only if a colour needs one; a pixel takes 1, 2 or 4 bits where that is
    enough to number the colours.

    Raises
    ------
    ValueError
        If the picture has no pixels: no PNG file can say so.

    References
    ----------
    W3C, Portable Network Graphics (PNG) Specification, third edition.
    """
    return _kept(picture) if picture.kept else _encoded(picture)


@functools.lru_cache(maxsize=8)
def _kept(picture: Picture) -> bytes:
    return _encoded(picture)


def _encoded(picture: Picture) -> bytes:
    height, width = picture.pixels.shape[:2]
    if height == 0 or width == 0:
        raise ValueError(f"encode_png(picture=): expected a pixel at least, got {height} x {width}")
    if picture.palette is None:
        depth, colour, palette = 8, COLOUR_TYPES[picture.pixels.shape[2]], b""
    else:
        depth, colour, palette = _depth(picture.palette), PALETTE_TYPE, _palette_chunks(picture.palette)
    # Zeros: the only methods of compression and filtering that there are, and no interlacing.
    header = struct.pack(">2I5B", width, height, depth, colour, 0, 0, 0)
    pixels = isal_zlib.compress(_lines(picture.pixels, depth), FASTEST)
    return SIGNATURE + _chunk(b"IHDR", header) + palette + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _depth(palette: Bytes) -> int:
    """Bits that number the colours."""
    return next(depth for depth in (1, 2, 4, 8) if len(palette) <= 1 << depth)


def _palette_chunks(palette: Bytes) -> bytes:
    chunks = _chunk(b"PLTE", palette[:, :3].tobytes())
    seen_through = np.flatnonzero(palette[:, 3] < 255)
    if len(seen_through):  # colours behind the last of them are opaque without a word
        chunks += _chunk(b"tRNS", palette[: seen_through[-1] + 1, 3].tobytes())
    return chunks


def _lines(pixels: Bytes, depth: int) -> Bytes:
    """Bytes of the lines, each behind its filter: that of the line above, which imagery resembles most.

    Lines of less than a byte per pixel stay as they are: few colours repeat better than their differences do.
    """
    rows = pixels.reshape(len(pixels), -1) if depth == 8 else _packed(pixels, depth)
    lines = np.empty((rows.shape[0], rows.shape[1] + 1), dtype=np.uint8)
    lines[:, 0] = UP if depth == 8 else PLAIN
    lines[:, 1:] = rows
    if depth == 8:
        np.subtract(rows[1:], rows[:-1], out=lines[1:, 1:])
    return lines


def _packed(pixels: Bytes, depth: int) -> Bytes:
    """Several pixels per byte, the leftmost in its highest bits."""
    height, width = pixels.shape
    share = 8 // depth
    packed = np.zeros((height, -(-width // share)), dtype=np.uint8)
    for place in range(share):
        found = pixels[:, place::share]
        packed[:, : found.shape[1]] |= found << (8 - depth * (place + 1))
    return packed


def _chunk(kind: bytes, content: bytes) -> bytes:
    """One piece of a file: its length, kind, content, and a checksum of the last two."""
    named = kind + content
    return struct.pack(">I", len(content)) + named + struct.pack(">I", isal_zlib.crc32(named))
