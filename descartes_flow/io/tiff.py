"""Blocks of ordinary GeoTIFFs on this machine, read without GDAL: one read and one decoding each.

What tifffile finds in a file's header is kept. Whatever is out of the ordinary (other compressions, packed
bits, files that are not the ones that were added) is left to GDAL, which also says what is wrong with a
damaged file.
"""

import logging
import math
import os
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cachetools
import numpy as np
import numpy.typing as npt
import tifffile

from descartes_flow.io.datasets import Layout
from descartes_flow.io.hrefs import is_remote, refusal
from descartes_flow.io.source import BandSource

# What is odd about a file is ours to judge; unheard, tifffile's opinion of it goes to the user's screen.
logging.getLogger("tifffile").addHandler(logging.NullHandler())

LOSSLESS = frozenset({1, 5, 8, 32946, 50000})
"""Compressions that are decoded here: none, LZW, both kinds of deflate, Zstandard."""

AS_STORED = frozenset({1, 2, 3})
"""Meanings of pixels that GDAL does not convert: grey, red-green-blue, palette."""

REDUCED, MASK = 1, 4
"""Bits of TIFF's NewSubfileType."""

GDAL_NODATA = 42113
"""Number of GDAL's tag for nodata, a text."""

EXACT_WHOLE = 2**53
"""Whole numbers below are the same as float64."""

MOST_PAGES = 64
"""Images of a file that are looked at; real ones hold one, and a dozen overviews."""

KEPT_FILES = 8192

TIFF_ERRORS = (
    tifffile.TiffFileError,
    OSError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,  # errors of imagecodecs, too
    struct.error,
)
"""What tifffile raises when it meets something that is no TIFF, or a damaged one."""


@dataclass(frozen=True, slots=True, eq=False)
class TiffLevel:
    """One level of one file: where its blocks are, and how they are decoded."""

    layout: Layout
    chunky: int
    """Bands that lie together in each block, pixel by pixel; 1 where each band has blocks of its own."""

    dtype: str
    offsets: tuple[int, ...]
    sizes: tuple[int, ...]
    """Where each block begins in the file, and its bytes; 0 bytes for one that was never written."""

    empty: float | None
    """What blocks are full of that were never written; None if only GDAL knows."""

    decode: Callable[..., Any]

    across: int
    down: int
    """Blocks side by side, and one below the other."""

    bands: int

    def number(self, band: int, row: int, col: int) -> int:
        """Place of a block in `offsets`; `band` counts from 1 and matters only where bands lie apart."""
        plane = 0 if self.chunky > 1 else band - 1
        return (plane * self.down + row) * self.across + col


class TiffHeaders:
    """Headers of files, read once."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew, whatever other threads hold."""
        self._lock = threading.Lock()
        self._known: cachetools.LRUCache[Any, tuple[TiffLevel | None, ...]] = cachetools.LRUCache(KEPT_FILES)

    def clear(self) -> None:
        """Forget all headers."""
        with self._lock:
            self._known.clear()

    def level(self, source: BandSource, level: int | None) -> TiffLevel | None:
        """One level of the file of a band; None if GDAL has to read it."""
        if source.driver != "GTiff" or not (source.size or source.modified):
            return None  # a file without a fingerprint may have become another
        key = (source.href, source.size, source.modified)
        with self._lock:
            levels = self._known.get(key)
        if levels is None:
            levels = _levels(source)
            with self._lock:
                self._known[key] = levels
        number = 0 if level is None else level + 1
        found = levels[number] if number < len(levels) else None
        return found if found is not None and _suits(found, source) else None


def _levels(source: BandSource) -> tuple[TiffLevel | None, ...]:
    """Full resolution and the overviews, in the order of the file; None for what GDAL has to read."""
    if is_remote(source.href) or refusal(source.href):
        return ()
    try:
        with open_unchanged(source) as file, tifffile.TiffFile(file) as tiff:
            first = tiff.pages.first
            if first.subfiletype or (first.imagelength, first.imagewidth) != (source.rows, source.cols):
                return ()
            pages = [first, *_overviews(tiff)]
            return tuple(_level(page) for page in pages) if _are_alike(pages, source) else ()
    except TIFF_ERRORS:
        return ()


def _overviews(tiff: Any) -> list[Any]:
    found = []
    for number in range(1, MOST_PAGES):
        try:
            page = tiff.pages[number].aspage()
        except IndexError:
            break
        if page.subfiletype & REDUCED and not page.subfiletype & MASK:
            found.append(page)
    return found


def _are_alike(pages: list[Any], source: BandSource) -> bool:
    """Whether a file's images are those that GDAL has counted as full resolution and overviews."""
    factors = (1, *source.overviews)
    return len(pages) == len(factors) and all(
        abs(page.imagelength - source.rows / factor) <= 1 and abs(page.imagewidth - source.cols / factor) <= 1
        for page, factor in zip(pages, factors, strict=True)
    )


def _level(page: Any) -> TiffLevel | None:
    dtype = page.dtype
    ordinary = (
        page.compression in LOSSLESS
        and dtype is not None
        and dtype.kind in "iuf"
        and page.bitspersample == dtype.itemsize * 8
        and page.imagedepth == 1
        and page.fillorder == 1
        and page.photometric in AS_STORED
        and (page.compression > 1 or page.predictor == 1)  # which libtiff ignores where nothing is compressed
    )
    if not ordinary:
        return None
    chunky = page.samplesperpixel if page.planarconfig == 1 else 1
    apart = 1 if chunky > 1 else page.samplesperpixel
    block = (page.tilelength, page.tilewidth) if page.is_tiled else (page.rowsperstrip, page.imagewidth)
    block = (min(block[0], page.imagelength) if not page.is_tiled else block[0], block[1])
    if min(block) < 1:
        return None
    layout = Layout(page.imagelength, page.imagewidth, block)
    down, across = math.ceil(layout.rows / block[0]), math.ceil(layout.cols / block[1])
    level = TiffLevel(
        layout=layout,
        chunky=chunky,
        dtype=np.dtype(dtype).newbyteorder("=").name,
        offsets=tuple(page.dataoffsets),
        sizes=tuple(page.databytecounts),
        empty=_empty(page),
        decode=page.decode,
        across=across,
        down=down,
        bands=page.samplesperpixel,
    )
    complete = len(level.offsets) == len(level.sizes) == apart * across * down
    return level if complete else None


def _empty(page: Any) -> float | None:
    """The file's own nodata, whatever a catalog says, or 0; None if the type cannot hold it as it is."""
    tag = page.tags.get(GDAL_NODATA)
    if tag is None:
        return 0.0
    nodata = float(tag.value)
    if page.dtype.kind == "f":
        fits = not math.isfinite(nodata) or abs(nodata) <= np.finfo(page.dtype).max
    else:
        limits = np.iinfo(page.dtype)
        plain = page.dtype.itemsize < 8 or "e" not in str(tag.value).lower()  # there GDAL takes 1e3 for 1
        fits = plain and nodata.is_integer() and limits.min <= nodata <= limits.max
        fits = fits and abs(nodata) < EXACT_WHOLE
    return nodata if fits else None


def _suits(level: TiffLevel, source: BandSource) -> bool:
    """Whether a level holds what the catalog says of a band."""
    return level.dtype == source.dtype and max(source.index, source.alpha or 1) <= level.bands


def open_unchanged(source: BandSource) -> Any:
    """The file of a band, opened for reading bytes.

    Raises
    ------
    OSError
        If it cannot be opened, or is not the file that was added.
    """
    file = open(source.href, "rb", buffering=0)  # noqa: SIM115 (the caller closes it)
    found = os.fstat(file.fileno())
    if (found.st_size, found.st_mtime_ns) != (source.size, source.modified):
        file.close()
        raise OSError(f"{source.href} has changed since it was added")
    return file


def read_block(file: Any, level: TiffLevel, number: int) -> npt.NDArray[Any]:
    """One block, decoded: ``(rows, cols, chunky)`` in the file's own type.

    Parameters
    ----------
    file : file
        From `open_unchanged`.
    level : TiffLevel
    number : int
        From `TiffLevel.number`.

    Raises
    ------
    One of TIFF_ERRORS
        If the file is damaged.
    """
    size = level.sizes[number]
    shape = (*level.layout.block, level.chunky)
    if not size:
        if level.empty is None:
            raise ValueError("a block that was never written, of a nodata that GDAL has to round")
        return np.full(shape, level.empty, level.dtype)
    pixels = math.prod(shape) * np.dtype(level.dtype).itemsize
    if size > 2 * pixels + 65536:
        raise ValueError(f"a block of {size} bytes, although its pixels take {pixels}")
    file.seek(level.offsets[number])
    content = file.read(size)
    if len(content) < size:
        raise ValueError("the file ends within a block")
    block: npt.NDArray[Any] = level.decode(content, number)[0][0]
    return block


HEADERS = TiffHeaders()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=HEADERS.reset)
