"""Decoded blocks of source files, kept for the whole process."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import CancelledError, Future
from typing import Any, NamedTuple

import cachetools
import numpy.typing as npt

from descartes_flow._settings import settings
from descartes_flow.errors import ReadError
from descartes_flow.io.datasets import FileKey

Block = npt.NDArray[Any]


class Address(NamedTuple):
    """Place of a block among the blocks of its plane."""

    row: int
    col: int


class Plane(NamedTuple):
    """One band of one level of one state of one file: what `Address` counts in."""

    file: FileKey
    band: int
    """From 1; 0 is the file's internal mask."""


class Rectangle(NamedTuple):
    """Blocks ``row .. row + rows - 1`` by ``col .. col + cols - 1``, read at once."""

    row: int
    col: int
    rows: int
    cols: int


Blocks = Mapping[Address, Block]
Decode = Callable[[Rectangle], Blocks]


class BlockCache:
    """Decoded blocks by plane and address: the longest unused go first, none is decoded twice at once.

    Its size follows ``settings.block_cache_bytes``.

    Attributes
    ----------
    hits : int
        Blocks that were there.
    waits : int
        Blocks that another thread was decoding.
    decodes : int
        Blocks decoded.
    reads : int
        Calls of a decoder; one call decodes a rectangle of blocks.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew, whatever other threads hold: after a fork they do not live on in the child."""
        self._lock = threading.Lock()
        self._kept = _lru(settings.block_cache_bytes)
        self._coming: dict[tuple[Plane, Address], Future[Block]] = {}
        self.hits = self.waits = self.decodes = self.reads = 0

    @property
    def nbytes(self) -> int:
        """Bytes of the blocks that are kept."""
        return int(self._kept.currsize)

    def clear(self) -> None:
        """Forget all blocks and set the counters to 0; threads that wait for a block still get it."""
        with self._lock:
            self._kept.clear()
            self.hits = self.waits = self.decodes = self.reads = 0

    def fetch(self, plane: Plane, wanted: Iterable[Address], decode: Decode) -> dict[Address, Block]:
        """Blocks of one plane.

        Parameters
        ----------
        plane : Plane
        wanted : iterable of Address
        decode : callable
            Called with a `Rectangle` of blocks that are neither kept nor being decoded; gives all its blocks.

        Returns
        -------
        dict of Address to array
            Shared with other callers, and not writeable.

        Raises
        ------
        ReadError
            What ``decode`` raised, here or in the thread that was decoding the block; it is not remembered.
        """
        found: dict[Address, Block] = {}
        missing = list(wanted)
        while missing:
            mine, others = self._claim(plane, missing, found)
            # First what others may wait for, then wait: no two threads can wait for each other.
            self._decode(plane, mine, decode, found)
            missing = _await(others, found)
        return found

    def kept(self, plane: Plane, wanted: Iterable[Address]) -> list[Block] | None:
        """The blocks, if all of them are kept."""
        with self._lock:
            found = [self._kept.get((plane, address)) for address in wanted]
            blocks = [block for block in found if block is not None]
            if len(blocks) < len(found):
                return None
            self.hits += len(blocks)
            return blocks

    def missing(self, plane: Plane, wanted: Iterable[Address]) -> list[Address]:
        """Those of the blocks that are not kept."""
        with self._lock:
            return [address for address in wanted if (plane, address) not in self._kept]

    def _claim(
        self, plane: Plane, missing: list[Address], found: dict[Address, Block]
    ) -> tuple[dict[Address, Future[Block]], dict[Address, Future[Block]]]:
        """Fill ``found`` with what is kept; the rest is ours to decode, or comes from another thread."""
        mine: dict[Address, Future[Block]] = {}
        others: dict[Address, Future[Block]] = {}
        with self._lock:
            for address in missing:
                key = (plane, address)
                block = self._kept.get(key)
                if block is not None:
                    found[address] = block
                elif key in self._coming:
                    others[address] = self._coming[key]
                else:
                    mine[address] = self._coming[key] = Future()
            self.hits += len(missing) - len(mine) - len(others)
            self.waits += len(others)
        return mine, others

    def _decode(
        self, plane: Plane, mine: dict[Address, Future[Block]], decode: Decode, found: dict[Address, Block]
    ) -> None:
        try:
            for rectangle in rectangles(mine):
                try:
                    blocks = decode(rectangle)
                except ReadError as error:
                    for address in addresses(rectangle):
                        mine[address].set_exception(error)
                    raise
                self._keep(plane, blocks)
                for address, block in blocks.items():
                    mine[address].set_result(block)
                found.update(blocks)
        finally:
            with self._lock:
                for address, future in mine.items():
                    future.cancel()  # only what was not reached: whoever waits for it decodes it himself
                    self._coming.pop((plane, address), None)

    def _keep(self, plane: Plane, blocks: Blocks) -> None:
        for block in blocks.values():
            block.flags.writeable = False
        with self._lock:
            self.reads += 1
            self.decodes += len(blocks)
            if self._kept.maxsize != settings.block_cache_bytes:
                self._kept = _lru(settings.block_cache_bytes)
            for address, block in blocks.items():
                if block.nbytes <= self._kept.maxsize:
                    self._kept[plane, address] = block


def rectangles(blocks: Iterable[Address]) -> list[Rectangle]:
    """Cover each block once: runs along the rows, and equal runs of rows that follow each other as one.

    Examples
    --------
    >>> rectangles([Address(0, 0), Address(0, 1), Address(1, 0), Address(1, 1), Address(1, 3)])
    [Rectangle(row=0, col=0, rows=2, cols=2), Rectangle(row=1, col=3, rows=1, cols=1)]
    """
    runs: list[Rectangle] = []
    for row, col in sorted(blocks):
        last = runs[-1] if runs else None
        if last and last.row == row and last.col + last.cols == col:
            runs[-1] = last._replace(cols=last.cols + 1)
        else:
            runs.append(Rectangle(row, col, 1, 1))
    grown: dict[tuple[int, int], Rectangle] = {}
    done: list[Rectangle] = []
    for run in runs:
        above = grown.get((run.col, run.cols))
        if above and above.row + above.rows == run.row:
            grown[run.col, run.cols] = above._replace(rows=above.rows + 1)
        else:
            if above:
                done.append(above)
            grown[run.col, run.cols] = run
    return sorted([*done, *grown.values()])


def addresses(rectangle: Rectangle) -> list[Address]:
    """All blocks of a rectangle, row by row."""
    row, col, rows, cols = rectangle
    return [Address(r, c) for r in range(row, row + rows) for c in range(col, col + cols)]


def _lru(nbytes: int) -> cachetools.LRUCache[tuple[Plane, Address], Block]:
    return cachetools.LRUCache(nbytes, getsizeof=lambda block: block.nbytes)


def _await(others: Mapping[Address, Future[Block]], found: dict[Address, Block]) -> list[Address]:
    """Wait for blocks that other threads decode; gives the addresses that they did not get to."""
    left: list[Address] = []
    for address, future in others.items():
        try:
            found[address] = future.result()
        except CancelledError:
            left.append(address)
    return left


BLOCKS = BlockCache()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=BLOCKS.reset)
