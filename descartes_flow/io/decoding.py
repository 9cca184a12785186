"""Blocks of files, decoded: by ourselves where a file is an ordinary GeoTIFF, else by GDAL."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from descartes_flow.errors import ReadError, StaleSourceError
from descartes_flow.io.blocks import Address, Block, Blocks, Plane, Rectangle, addresses
from descartes_flow.io.datasets import POOL, FileKey, Layout
from descartes_flow.io.hrefs import is_remote
from descartes_flow.io.source import BandSource
from descartes_flow.io.tiff import HEADERS, TIFF_ERRORS, TiffLevel, open_unchanged, read_block

INTERNAL_MASK = 0
"""Number that stands for the file's own mask where a band is asked for."""

ALL_BANDS = -1
"""Number that stands for all bands where the file holds them pixel by pixel: they are decoded together."""

SMALL_BLOCK = 256
"""Blocks with a shorter side are read in groups: strips of one row, or tiles of 16 x 16."""


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One level of the file of a band: its shape, and who decodes its blocks."""

    source: BandSource
    number: int | None
    """Index of an overview; None for full resolution."""

    tiff: TiffLevel | None
    """None where GDAL decodes."""

    layout: Layout
    _planes: dict[int, Plane] = field(default_factory=dict)

    @classmethod
    def of(cls, source: BandSource, number: int | None) -> "Level":
        """Look at the header of a file; for an overview that only GDAL can read, open it the first time.

        Raises
        ------
        ReadError
            If the file cannot be opened, or is not what it was when it was added.
        """
        tiff = HEADERS.level(source, number)
        return cls(source, number, tiff, POOL.layout(source, number) if tiff is None else tiff.layout)

    def plane(self, band: int) -> Plane:
        """What the blocks that hold a band of the file, or `INTERNAL_MASK`, are kept under."""
        found = self._planes.get(band)
        if found is None:
            chunky = self.tiff is not None and self.tiff.chunky > 1 and band != INTERNAL_MASK
            found = Plane(FileKey.of(self.source, self.number), ALL_BANDS if chunky else band)
            self._planes[band] = found
        return found


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


def decode(level: Level, band: int, rectangle: Rectangle) -> Blocks:
    """Decode a rectangle of blocks of one band, of `ALL_BANDS`, or of the file's `INTERNAL_MASK`.

    Raises
    ------
    ReadError
        If the file cannot be read, or is not what it was when it was added.
    """
    if level.tiff is not None and band != INTERNAL_MASK:
        try:
            return _decode_tiff(level.source, level.tiff, band, rectangle)
        except TIFF_ERRORS:
            pass  # GDAL may know better, and else says what is wrong
    try:
        return _decode_gdal(level, band, rectangle)
    except StaleSourceError:
        raise
    except ReadError:
        if not is_remote(level.source.href):
            raise
    # GDAL repeats a request answered by 429 or 5xx, but not one that was cut; the failed handle is closed.
    return _decode_gdal(level, band, rectangle)


def _decode_tiff(source: BandSource, tiff: TiffLevel, band: int, rectangle: Rectangle) -> Blocks:
    """Decode blocks one by one, without GDAL."""
    height, width = group_blocks(tiff.layout)
    rows, cols = height // tiff.layout.block[0], width // tiff.layout.block[1]
    blocks: dict[Address, Block] = {}
    with open_unchanged(source) as file:
        for address in addresses(rectangle):
            parts = [
                [
                    read_block(file, tiff, tiff.number(band, row, col))
                    for col in range(address.col * cols, min((address.col + 1) * cols, tiff.across))
                ]
                for row in range(address.row * rows, min((address.row + 1) * rows, tiff.down))
            ]
            block = (
                np.concatenate([np.concatenate(line, axis=1) for line in parts])
                if rows * cols > 1
                else parts[0][0]
            )
            block = block[: tiff.layout.rows - address.row * height, : tiff.layout.cols - address.col * width]
            blocks[address] = np.ascontiguousarray(block if tiff.chunky > 1 else block[..., 0])
    return blocks


def _decode_gdal(level: Level, band: int, rectangle: Rectangle) -> Blocks:
    """Decode a rectangle of blocks in one call."""
    source, layout = level.source, level.layout
    height, width = group_blocks(layout)
    top, left = rectangle.row * height, rectangle.col * width
    bottom = min(top + rectangle.rows * height, layout.rows)
    right = min(left + rectangle.cols * width, layout.cols)
    window = ((top, bottom), (left, right))
    with POOL.dataset(source, level.number) as dataset:
        if band == INTERNAL_MASK:
            pixels = dataset.read_masks(source.index, window=window)
        elif band == ALL_BANDS:
            _check_band(source, source.index, dataset)
            pixels = np.moveaxis(dataset.read(window=window), 0, -1)
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
