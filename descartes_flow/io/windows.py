"""Rectangles of source pixels, put together from blocks."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow._settings import settings
from descartes_flow.errors import ReadError
from descartes_flow.io.blocks import BLOCKS, Address, Block, Blocks, Plane, Rectangle, addresses
from descartes_flow.io.datasets import FileKey, Layout
from descartes_flow.io.decoding import (
    ALL_BANDS,
    INTERNAL_MASK,
    decode,
    group_blocks,
    is_chunky,
    layout_of,
)
from descartes_flow.io.source import BandSource


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


def read_window(source: BandSource, level: int | None, region: Region) -> Window:
    """Pixels of one band on a region of one level.

    Raises
    ------
    ReadError
        If the file cannot be read, or if more than ``settings.max_read_pixels`` would have to be decoded.
    """
    inside = region.within(layout_of(source, level))
    data = _plane(source, level, source.index, inside)
    hidden = _without_value(data, source.nodata)
    for band in _masking(source):
        opaque = _plane(source, level, band, inside) != 0
        hidden = ~opaque if hidden is None else hidden | ~opaque
    if hidden is not None and not hidden.any():
        hidden = None
    values = data.astype(float, order="C")
    if hidden is not None:
        values[hidden] = 0.0
    infinite = data.dtype.kind == "f" and bool(np.isinf(values).any())
    if inside != region:
        margins = (
            (inside.top - region.top, region.bottom - inside.bottom),
            (inside.left - region.left, region.right - inside.right),
        )
        hidden = np.zeros(data.shape, bool) if hidden is None else hidden
        values, hidden = np.pad(values, margins), np.pad(hidden, margins, constant_values=True)
    return Window(region, values, hidden, infinite)


def fetch_pieces(source: BandSource, level: int | None, region: Region) -> list[Callable[[], object]]:
    """Calls that decode and keep the blocks which `read_window` needs and that are not kept."""
    layout = layout_of(source, level)
    wanted = addresses(_covered(source, layout, region.within(layout)))
    return [
        functools.partial(_fetch, source, level, band, [address])
        for band in (source.index, *_masking(source))
        for address in BLOCKS.missing(_plane_of(source, level, band), wanted)
    ]


def _masking(source: BandSource) -> list[int]:
    """The other bands that decide what is hidden."""
    masks = [] if source.alpha is None else [source.alpha]
    return [*masks, INTERNAL_MASK] if source.internal_mask else masks


def _plane(source: BandSource, level: int | None, band: int, inside: Region) -> npt.NDArray[Any]:
    """Pixels of a region inside the image, as stored; not to be written to."""
    layout = layout_of(source, level)
    height, width = group_blocks(layout)
    covered = _covered(source, layout, inside)
    blocks = _fetch(source, level, band, addresses(covered))
    if len(blocks) == 1:
        (block,) = blocks.values()
        top, left = covered.row * height, covered.col * width
        return _of_band(block, band)[
            inside.top - top : inside.bottom - top, inside.left - left : inside.right - left
        ]
    return _assembled(blocks, band, (height, width), inside)


def _covered(source: BandSource, layout: Layout, inside: Region) -> Rectangle:
    """The blocks under a region inside the image."""
    height, width = group_blocks(layout)
    rows = range(inside.top // height, -(-inside.bottom // height))
    cols = range(inside.left // width, -(-inside.right // width))
    count = len(rows) * len(cols) * height * width
    if count > settings.max_read_pixels:
        reason = (
            f"{count:,} source pixels would have to be decoded for one read, and settings.max_read_pixels is "
            f"{settings.max_read_pixels:,}; zoom in, use a finer resolution, or add overviews to the file"
        )
        raise ReadError(source.item, source.band, reason)
    return Rectangle(rows.start, cols.start, len(rows), len(cols))


def _fetch(source: BandSource, level: int | None, band: int, wanted: list[Address]) -> Blocks:
    """Blocks of a band, from the cache or decoded now."""
    plane = _plane_of(source, level, band)
    return BLOCKS.fetch(plane, wanted, functools.partial(decode, source, level, plane.band))


def _plane_of(source: BandSource, level: int | None, band: int) -> Plane:
    """What the blocks that hold a band are kept under."""
    chunky = band != INTERNAL_MASK and is_chunky(source, level)
    return Plane(FileKey.of(source, level), ALL_BANDS if chunky else band)


def _of_band(block: Block, band: int) -> Block:
    """What a block holds of one band."""
    return block if block.ndim == 2 else block[..., band - 1]


def _assembled(blocks: Blocks, band: int, block: tuple[int, int], inside: Region) -> npt.NDArray[Any]:
    pixels = np.empty(inside.shape, next(iter(blocks.values())).dtype)
    for address, found in blocks.items():
        values = _of_band(found, band)
        top, left = address.row * block[0] - inside.top, address.col * block[1] - inside.left
        skip_rows, skip_cols = max(0, -top), max(0, -left)
        part = values[skip_rows : inside.shape[0] - top, skip_cols : inside.shape[1] - left]
        top, left = top + skip_rows, left + skip_cols
        pixels[top : top + part.shape[0], left : left + part.shape[1]] = part
    return pixels


def _without_value(data: npt.NDArray[Any], nodata: float | None) -> npt.NDArray[np.bool_] | None:
    """True where ``data`` is nodata or NaN; None if it cannot be either."""
    if data.dtype.kind == "f":
        hidden: npt.NDArray[np.bool_] = np.isnan(data)
        if nodata is not None:
            # The file names nodata as a float64, but its pixels hold it rounded to their own precision.
            with np.errstate(over="ignore"):
                hidden |= data == data.dtype.type(nodata)
        return hidden
    if nodata is None or not float(nodata).is_integer():
        return None
    limits = np.iinfo(data.dtype)
    if not limits.min <= int(nodata) <= limits.max:
        return None
    equal: npt.NDArray[np.bool_] = data == data.dtype.type(int(nodata))
    return equal
