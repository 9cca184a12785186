"""TIFF files put together by hand, for what GDAL reads but never writes."""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.io.rasters import LEFT, TOP

LETTERS = {2: "B", 3: "H", 4: "I", 12: "d", 16: "Q"}
"""Letters of `struct` for the types of tags: ASCII, SHORT, LONG, DOUBLE, LONG8."""

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, FILL_ORDER = 256, 257, 258, 259, 262, 266
OFFSETS, ORIENTATION, SAMPLES, ROWS_PER_STRIP, BYTE_COUNTS, PREDICTOR = 273, 274, 277, 278, 279, 317
SUBFILE, SAMPLE_FORMAT = 254, 339

Tags = dict[int, tuple[int, Sequence[float]]]


@dataclass
class Page:
    """One image of a file: strips as they are stored, and tags (number: type and values)."""

    strips: list[bytes]
    tags: Tags = field(default_factory=dict)
    without: tuple[int, ...] = ()
    """Tags that are left out."""

    shared: bool = False
    """Whether equal strips are stored once."""

    backwards: bool = False
    """Whether the last strip is stored first."""

    unplaced: bool = False
    unsized: bool = False
    """Whether the second strip has offset 0, or 0 bytes."""

    counts: int = 4
    """Type of the byte counts."""


def page(data: Any, rows: int, encode: Callable[[bytes], bytes] = bytes, **how: Any) -> Page:
    """An image of one band in strips of ``rows`` rows."""
    kind = {"u": 1, "i": 2, "f": 3}[data.dtype.kind]
    tags: Tags = {
        WIDTH: (4, [data.shape[1]]),
        HEIGHT: (4, [data.shape[0]]),
        BITS: (3, [8 * data.dtype.itemsize]),
        PHOTOMETRIC: (3, [1]),
        SAMPLES: (3, [1]),
        ROWS_PER_STRIP: (4, [rows]),
        SAMPLE_FORMAT: (3, [kind]),
        33550: (12, [10.0, 10.0, 0.0]),
        33922: (12, [0.0, 0.0, 0.0, LEFT, TOP, 0.0]),
        34735: (3, [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32633]),
    }
    strips = [encode(data[top : top + rows].tobytes()) for top in range(0, data.shape[0], rows)]
    return Page(strips, tags | how.pop("tags", {}), **how)


def write_tiff(path: Path, pages: Sequence[Page], order: str = "<") -> Path:
    """Strips and directories one after the other."""
    content = bytearray((b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 0))
    link = 4
    for image in pages:
        places, sizes = _append(content, image), [len(strip) for strip in image.strips]
        places[1:2] = [0] if image.unplaced else places[1:2]
        sizes[1:2] = [0] if image.unsized else sizes[1:2]
        tags = image.tags | {OFFSETS: (4, places), BYTE_COUNTS: (image.counts, sizes)}
        content += b"\0" * (len(content) % 2)
        content[link : link + 4] = struct.pack(f"{order}I", len(content))
        directory, link = _directory(
            {tag: tags[tag] for tag in tags if tag not in image.without}, order, len(content)
        )
        content += directory
    path.write_bytes(content)
    return path


def _append(content: bytearray, image: Page) -> list[int]:
    places: dict[int, int] = {}
    known: dict[bytes, int] = {}
    numbered = list(enumerate(image.strips))
    for number, strip in reversed(numbered) if image.backwards else numbered:
        if not (image.shared and strip in known):
            known[strip] = len(content)
            content += strip
        places[number] = known[strip]
    return [places[number] for number in range(len(places))]


def _directory(tags: Tags, order: str, start: int) -> tuple[bytes, int]:
    """Bytes of a directory that stands at ``start``, and the place of its link to the next."""
    entries, after = b"", b""
    end = start + 2 + 12 * len(tags) + 4
    for tag, (kind, values) in sorted(tags.items()):
        value = struct.pack(f"{order}{len(values)}{LETTERS[kind]}", *values)
        entries += struct.pack(f"{order}HHI", tag, kind, len(values))
        if len(value) <= 4:
            entries += value.ljust(4, b"\0")
        else:
            entries += struct.pack(f"{order}I", end + len(after))
            after += value
    head = struct.pack(f"{order}H", len(tags)) + entries
    return head + bytes(4) + after, start + len(head)


def reversed_bits(strip: bytes) -> bytes:
    """Each byte with its lowest bit first."""
    return np.packbits(np.unpackbits(np.frombuffer(strip, "uint8")), bitorder="little").tobytes()
