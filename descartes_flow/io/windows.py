"""Rectangles of source pixels, put together from blocks."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow._settings import settings
from descartes_flow.errors import ReadError, StaleSourceError
from descartes_flow.io.blocks import BLOCKS, Address, Block, Blocks, Plane, Rectangle, addresses
from descartes_flow.io.datasets import POOL, FileKey, Layout
from descartes_flow.io.hrefs import is_remote
from descartes_flow.io.source import BandSource

INTERNAL_MASK = 0
"""Number that stands for the file's own mask where a band is asked for."""

SMALL_BLOCK = 256
"""Blocks with a shorter side are read in groups: strips of one row, or tiles of 16 x 16."""


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
    """Source pixels of a region, in the file's own type, before scale and offset."""

    region: Region
    data: npt.NDArray[Any]
    """0 where hidden."""

    hidden: npt.NDArray[np.bool_] | None
    """True where there is no value: nodata, NaN, alpha 0, internal mask, outside the image."""


def read_window(source: BandSource, level: int | None, region: Region) -> Window:
    """Pixels of one band on a region of one level.

    Raises
    ------
    ReadError
        If the file cannot be read, or if more than ``settings.max_read_pixels`` would have to be decoded.
    """
    layout = POOL.layout(source, level)
    inside = region.within(layout)
    data = _plane(source, level, source.index, inside)
    hidden = _without_value(data, source.nodata)
    for band in (source.alpha, INTERNAL_MASK if source.internal_mask else None):
        if band is not None:
            opaque = _plane(source, level, band, inside) != 0
            hidden = ~opaque if hidden is None else hidden | ~opaque
    if hidden is not None and not hidden.any():
        hidden = None
    if inside != region:
        margins = (
            (inside.top - region.top, region.bottom - inside.bottom),
            (inside.left - region.left, region.right - inside.right),
        )
        hidden = np.zeros(data.shape, bool) if hidden is None else hidden
        data, hidden = np.pad(data, margins), np.pad(hidden, margins, constant_values=True)
    if hidden is not None:
        data = np.where(hidden, data.dtype.type(0), data)
    return Window(region, data, hidden)


def group_blocks(layout: Layout) -> tuple[int, int]:
    """Rows and columns of the blocks that are read and kept: those of the file, small ones in groups.

    Examples
    --------
    >>> group_blocks(Layout(1000, 1000, (512, 512)))
    (512, 512)
    >>> group_blocks(Layout(1000, 1000, (3, 1000)))  # strips of three rows
    (255, 1000)
    """
    rows, cols = (side * max(1, SMALL_BLOCK // side) for side in layout.block)
    return rows, cols


def _plane(source: BandSource, level: int | None, band: int, inside: Region) -> npt.NDArray[Any]:
    """Pixels of a region inside the image, as stored; not to be written to."""
    layout = POOL.layout(source, level)
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

    def decode(rectangle: Rectangle) -> Blocks:
        return _decode(source, level, band, rectangle)

    wanted = addresses(Rectangle(rows.start, cols.start, len(rows), len(cols)))
    blocks = BLOCKS.fetch(Plane(FileKey.of(source, level), band), wanted, decode)
    if len(blocks) == 1:
        (block,) = blocks.values()
        top, left = rows.start * height, cols.start * width
        return block[inside.top - top : inside.bottom - top, inside.left - left : inside.right - left]
    return _assembled(blocks, (height, width), inside)


def _assembled(blocks: Blocks, block: tuple[int, int], inside: Region) -> npt.NDArray[Any]:
    pixels = np.empty(inside.shape, next(iter(blocks.values())).dtype)
    for address, values in blocks.items():
        top, left = address.row * block[0] - inside.top, address.col * block[1] - inside.left
        skip_rows, skip_cols = max(0, -top), max(0, -left)
        part = values[skip_rows : inside.shape[0] - top, skip_cols : inside.shape[1] - left]
        top, left = top + skip_rows, left + skip_cols
        pixels[top : top + part.shape[0], left : left + part.shape[1]] = part
    return pixels


def _decode(source: BandSource, level: int | None, band: int, rectangle: Rectangle) -> Blocks:
    try:
        return _read(source, level, band, rectangle)
    except StaleSourceError:
        raise
    except ReadError:
        if not is_remote(source.href):
            raise
    # GDAL repeats a request answered by 429 or 5xx, but not one that was cut; the failed handle is closed.
    return _read(source, level, band, rectangle)


def _read(source: BandSource, level: int | None, band: int, rectangle: Rectangle) -> Blocks:
    """Decode a rectangle of blocks in one call."""
    layout = POOL.layout(source, level)
    height, width = group_blocks(layout)
    top, left = rectangle.row * height, rectangle.col * width
    bottom = min(top + rectangle.rows * height, layout.rows)
    right = min(left + rectangle.cols * width, layout.cols)
    window = ((top, bottom), (left, right))
    with POOL.dataset(source, level) as dataset:
        if band == INTERNAL_MASK:
            pixels = dataset.read_masks(source.index, window=window)
        else:
            _check_band(source, band, dataset)
            pixels = dataset.read(band, window=window)
    places = addresses(rectangle)
    blocks: dict[Address, Block] = {}
    for address in places:
        row, col = address.row * height - top, address.col * width - left
        block = pixels[row : row + height, col : col + width]
        blocks[address] = block if len(places) == 1 else block.copy()  # a view would keep all of them alive
    return blocks


def _check_band(source: BandSource, band: int, dataset: Any) -> None:
    stored = dataset.dtypes[band - 1] if band <= dataset.count else None
    if stored is None or (band == source.index and stored != source.dtype):
        reason = f"band {band} is {stored}, expected {source.dtype} as when it was added; add the file again"
        raise StaleSourceError(source.item, source.band, reason)


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
