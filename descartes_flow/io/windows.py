"""Rectangles of source pixels, put together from blocks."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from descartes_flow._settings import settings
from descartes_flow.errors import ReadError
from descartes_flow.io.blocks import BLOCKS, Address, Block, Blocks, Rectangle, addresses
from descartes_flow.io.datasets import Layout
from descartes_flow.io.decoding import (
    INTERNAL_MASK,
    Level,
    decode,
    group_blocks,
)
from descartes_flow.io.source import BandSource

LARGE = frozenset({"int64", "uint64"})
"""Types with numbers that a float64 has to round."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows ``top .. bottom - 1``, columns ``left .. right - 1`` of one level; may reach beyond the image."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top, self.right - self.left

    def within(self, layout: Layout) -> "Region":
        """The part inside the image."""
        bottom, right = min(self.bottom, layout.rows), min(self.right, layout.cols)
        return Region(max(self.top, 0), max(self.left, 0), bottom, right)


@dataclass(frozen=True, slots=True)
class Window:
    """Source pixels of a region as numbers, before scale and offset."""

    region: Region
    data: npt.NDArray[np.float64]
    """Rows and columns; 0 where hidden. Not shared with anybody."""

    hidden: npt.NDArray[np.bool_] | None
    """True where there is no value: nodata, NaN, alpha 0, internal mask, outside the image."""

    infinite: bool
    """Whether any value is infinite."""


class Part(NamedTuple):
    """Where a block and a region overlap: rows and columns of the block, and those of the region."""

    address: Address
    there: tuple[slice, slice]
    here: tuple[slice, slice]


def read_window(level: Level, region: Region, used: Region | None = None) -> Window:
    """Pixels of one band on a region of one level.

    Parameters
    ----------
    level : Level
    region : Region
    used : Region, optional
        The part that is needed; the rest is 0, and hidden where it lies outside the image.

    Raises
    ------
    ReadError
        If the file cannot be read, or if more than ``settings.max_read_pixels`` would have to be decoded.
    """
    source = level.source
    inside = (region if used is None else used).within(level.layout)
    values, hidden = _values(level, inside)
    for band in _masking(source):
        opaque = _assembled(level, band, inside, np.dtype(source.dtype)) != 0
        hidden = ~opaque if hidden is None else hidden | ~opaque
    if hidden is not None and not hidden.any():
        hidden = None
    if hidden is not None:
        values[hidden] = 0.0
    infinite = source.dtype.startswith("f") and bool(np.isinf(values).any())
    if inside != region:
        values = _within(region, inside, values)
        hidden = None if hidden is None else _within(region, inside, hidden)
        if region.within(level.layout) != region:
            shown = np.ones(region.within(level.layout).shape, bool)
            outside = ~_within(region, region.within(level.layout), shown)
            hidden = outside if hidden is None else hidden | outside
    return Window(region, values, hidden, infinite)


def _within(region: Region, inside: Region, part: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """An array of the shape of a region that holds a part of it; 0 elsewhere."""
    whole = np.zeros(region.shape, part.dtype)
    top, left = inside.top - region.top, inside.left - region.left
    whole[top : top + part.shape[0], left : left + part.shape[1]] = part
    return whole


def fetch_pieces(level: Level, region: Region) -> list[Callable[[], object]]:
    """Calls that decode and keep the blocks which `read_window` needs and that are not kept."""
    wanted = addresses(_covered(level, region.within(level.layout)))
    return [
        functools.partial(_fetch, level, band, [address])
        for band in (level.source.index, *_masking(level.source))
        for address in BLOCKS.missing(level.plane(band), wanted)
    ]


def _masking(source: BandSource) -> list[int]:
    """The other bands that decide what is hidden."""
    masks = [] if source.alpha is None else [source.alpha]
    return [*masks, INTERNAL_MASK] if source.internal_mask else masks


def _values(level: Level, inside: Region) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_] | None]:
    """Pixels of a region inside the image as numbers, and which of them are nodata or NaN."""
    source = level.source
    nodata = stored_nodata(source)
    if source.dtype in LARGE:  # such numbers must be compared before they are rounded
        stored = _assembled(level, source.index, inside, np.dtype(source.dtype))
        return stored.astype(float), None if nodata is None else stored == nodata
    values = _assembled(level, source.index, inside, np.dtype(np.float64))
    hidden = None if nodata is None else values == nodata
    if source.dtype.startswith("f"):
        hidden = np.isnan(values) if hidden is None else hidden | np.isnan(values)
    return values, hidden


@functools.lru_cache(maxsize=1024)
def _as_stored(nodata: float, dtype: str) -> Any:
    """Nodata as pixels of a type hold it; None if they cannot."""
    if np.dtype(dtype).kind == "f":
        # The file names nodata as a float64, but its pixels hold it rounded to their own precision.
        with np.errstate(over="ignore"):
            return np.dtype(dtype).type(nodata)
    if not float(nodata).is_integer():
        return None
    limits = np.iinfo(dtype)
    return np.dtype(dtype).type(int(nodata)) if limits.min <= int(nodata) <= limits.max else None


def stored_nodata(source: BandSource) -> Any:
    """What pixels of a band without a value hold; None if there is no such number."""
    return None if source.nodata is None else _as_stored(source.nodata, source.dtype)


def _covered(level: Level, inside: Region) -> Rectangle:
    """The blocks under a region inside the image."""
    height, width = group_blocks(level.layout)
    row, col = inside.top // height, inside.left // width
    rows, cols = -(-inside.bottom // height) - row, -(-inside.right // width) - col
    count = rows * cols * height * width
    if count > settings.max_read_pixels:
        reason = (
            f"{count:,} source pixels would have to be decoded for one read, and settings.max_read_pixels is "
            f"{settings.max_read_pixels:,}; zoom in, use a finer resolution, or add overviews to the file"
        )
        raise ReadError(level.source.item, level.source.band, reason)
    return Rectangle(row, col, rows, cols)


def _fetch(level: Level, band: int, wanted: list[Address]) -> Blocks:
    """Blocks of a band, from the cache or decoded now."""
    plane = level.plane(band)
    return BLOCKS.fetch(plane, wanted, functools.partial(decode, level, plane.band))


def _assembled(level: Level, band: int, inside: Region, dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    """Pixels of a band on a region inside the image; a new array."""
    pixels = np.empty(inside.shape, dtype)
    _fill(level, band, parts_of(level, inside), pixels)
    return pixels


def fetch_stored(level: Level, parts: Sequence[Part], out: npt.NDArray[Any]) -> None:
    """Write the pixels of a band on the region of `parts`, as they are stored, to `out`."""
    _fill(level, level.source.index, parts, out)


def paste_kept(levels: Sequence[Level], parts: Sequence[Part], out: npt.NDArray[Any]) -> list[int]:
    """Do the same for several bands of one layout as far as their blocks are kept; the numbers of the others.

    `out` is ``(band, rows, cols)``.
    """
    wanted = [part.address for part in parts]
    left = []
    for row, level in enumerate(levels):
        blocks = BLOCKS.kept(level.plane(level.source.index), wanted)
        if blocks is None:
            left.append(row)
        else:
            _paste(blocks, parts, level.source.index, out[row])
    return left


def _fill(level: Level, band: int, parts: Sequence[Part], out: npt.NDArray[Any]) -> None:
    blocks = _fetch(level, band, [part.address for part in parts])
    _paste([blocks[part.address] for part in parts], parts, band, out)


def parts_of(level: Level, inside: Region) -> list[Part]:
    """The blocks of a region inside the image."""
    height, width = group_blocks(level.layout)
    found = []
    for address in addresses(_covered(level, inside)):
        top, left = max(inside.top, address.row * height), max(inside.left, address.col * width)
        bottom = min(inside.bottom, (address.row + 1) * height)
        right = min(inside.right, (address.col + 1) * width)
        y, x = address.row * height, address.col * width
        there = slice(top - y, bottom - y), slice(left - x, right - x)
        here = slice(top - inside.top, bottom - inside.top), slice(left - inside.left, right - inside.left)
        found.append(Part(address, there, here))
    return found


def _paste(blocks: Sequence[Block], parts: Sequence[Part], band: int, out: npt.NDArray[Any]) -> None:
    for block, part in zip(blocks, parts, strict=True):
        values = block if block.ndim == 2 else block[..., band - 1]
        out[part.here] = values[part.there]
