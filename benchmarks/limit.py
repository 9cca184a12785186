"""The limit of the machine: decode the blocks that are needed, on all cores, and encode the picture.

Shares nothing with the reader that it is compared with.
"""

import os
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import imagecodecs
import numpy as np
import numpy.typing as npt
import tifffile
from isal import isal_zlib
from rasterio.warp import transform

from benchmarks.looks import pixels_of
from descartes_flow.geo import Grid


class Block(NamedTuple):
    """Bytes of one block in a file."""

    file: int
    offset: int
    nbytes: int
    shape: tuple[int, int]
    dtype: str
    predictor: int


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count())


@cache
def _open(path: str) -> tuple[int, list[tifffile.TiffPage]]:
    with tifffile.TiffFile(path) as file:
        pages = [page.aspage() for page in file.pages]
        for page in pages:  # reads the offsets of its blocks
            assert page.dataoffsets
    return os.open(path, os.O_RDONLY), pages


def needed_blocks(path: Path | str, crs: str, place: tuple[float, ...], grid: Grid) -> list[Block]:
    """Blocks of the coarsest level still as fine as the grid that bilinear or nearest resampling touches.

    Parameters
    ----------
    path : Path or str
        A single-band file that is north up.
    crs : str
        Of the file.
    place : tuple of float
        Left, top and pixel size of the file at full resolution.
    grid : Grid
        The wanted pixels.
    """
    file, pages = _open(str(path))
    left, top, pixel = place
    x, y = _edge(grid, crs)
    span = np.hypot(x[1] - x[0], y[1] - y[0])  # of one pixel of the grid, in metres of the file
    factors = [pages[0].imagewidth / page.imagewidth for page in pages]
    factor, page = max(
        ((f, p) for f, p in zip(factors, pages, strict=True) if f == 1 or f * pixel <= span),
        key=lambda level: level[0],
    )
    cols, rows = (x - left) / (pixel * factor), (top - y) / (pixel * factor)
    first_col, last_col = _blocks(cols, page.tilewidth, page.imagewidth)
    first_row, last_row = _blocks(rows, page.tilelength, page.imagelength)
    across = -(-page.imagewidth // page.tilewidth)
    numbers = [r * across + c for r in range(first_row, last_row + 1) for c in range(first_col, last_col + 1)]
    shape = (page.tilelength, page.tilewidth)
    dtype = str(page.dtype)
    return [
        Block(file, page.dataoffsets[n], page.databytecounts[n], shape, dtype, page.predictor)
        for n in numbers
        if page.databytecounts[n]
    ]


def _edge(grid: Grid, crs: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Positions along the outer pixels of the grid, neighbours first, in the CRS of the file."""
    xs, ys = grid.centre_x(), grid.centre_y()
    across = np.concatenate([xs, np.full(len(ys), xs[-1]), xs, np.full(len(ys), xs[0])])
    down = np.concatenate([np.full(len(xs), ys[0]), ys, np.full(len(xs), ys[-1]), ys])
    if crs == grid.crs:
        return across, down
    x, y = transform(grid.crs, crs, across, down)
    return np.array(x), np.array(y)


def _blocks(positions: npt.NDArray[np.float64], size: int, length: int) -> tuple[int, int]:
    first = int(np.floor(positions.min() - 0.5)) // size
    last = int(np.floor(positions.max() + 0.5)) // size
    return max(first, 0), min(last, (length - 1) // size)


def decode(blocks: Iterable[Block]) -> list[npt.NDArray[Any]]:
    """The pixels of blocks, decoded on all cores, the predictor undone."""
    return list(_pool().map(_decoded, blocks))


def _decoded(block: Block) -> npt.NDArray[Any]:
    packed = os.pread(block.file, block.nbytes, block.offset)
    rows, cols = block.shape
    plain = imagecodecs.deflate_decode(packed, out=rows * cols * np.dtype(block.dtype).itemsize)
    pixels = np.frombuffer(plain, block.dtype).reshape(rows, cols)
    return imagecodecs.delta_decode(pixels, axis=-1) if block.predictor == 2 else pixels


def drawing(blocks: Sequence[Block], picture: bytes, palette: bool = False) -> Callable[[], None]:
    """Decode blocks and encode a picture like this PNG: palette numbers, or colours, with opacity if any."""
    colours = pixels_of(picture)
    if palette:
        colours = colours[..., 0]
    elif colours[..., 3].min() == 255:
        colours = colours[..., :3]

    def run() -> None:
        decode(blocks)
        encode(colours)

    return run


def encode(colours: npt.NDArray[np.uint8]) -> bytes:
    """A PNG of pixels (y, x) or (y, x, 3 or 4), as fast as known: rows less those above, ISA-L at level 1."""
    height, width = colours.shape[:2]
    depth = 1 if colours.ndim == 2 else colours.shape[2]
    rows = colours.reshape(height, width * depth)
    filtered = np.empty((height, width * depth + 1), np.uint8)
    filtered[:, 0] = 2
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    header = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 3: 2, 4: 6}[depth], 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", isal_zlib.compress(filtered, 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
