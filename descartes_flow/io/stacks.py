"""Windows of several bands that lie alike, one beside the other, in the files' own numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow._settings import settings
from descartes_flow.geo.grid import Grid
from descartes_flow.io.decoding import Level
from descartes_flow.io.native import lies_like
from descartes_flow.io.places import Places
from descartes_flow.io.reader import find_places
from descartes_flow.io.source import BandSource
from descartes_flow.io.windows import fetch_pieces, fetch_stored, stored_nodata
from descartes_flow.kernels.arrays import Share
from descartes_flow.kernels.scenes import any_gap

HELD_AS = {"uint8": "uint16", "uint16": "uint16", "int8": "float32", "int16": "float32", "float32": "float32"}
"""Types of files, and those that hold their numbers exactly here."""

FEW = 8
"""Bands per thread below which blocks are decoded ahead, so that no thread is left with a whole band."""


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Source pixels of several bands on one region, and where target pixels lie among them."""

    windows: npt.NDArray[Any]
    """``(band, pixel)``, uint16 or float32, row by row, before scale and offset."""

    spotted: npt.NDArray[np.bool_]
    """For each band whether any of its pixels has no value."""

    nodata: float
    """What pixels without a value hold, apart from NaN; NaN if there is no such number."""

    level: Level
    """Of the first band; those of the others are alike."""

    places: Places
    scales: npt.NDArray[np.float64]
    offsets: npt.NDArray[np.float64]


def read_stack(
    sources: Sequence[BandSource], grid: Grid, resampling: str, share: Share, beside: Stack | None = None
) -> Stack | None:
    """The pixels of all bands that near or bilinear needs for ``grid``.

    Parameters
    ----------
    sources : sequence of BandSource
        At least one.
    grid : Grid
    resampling : str
        near or bilinear; classes are read by near.
    share : callable
        Runs a function on each of several numbers, on several threads.
    beside : Stack, optional
        Another on the same grid; where its bands lie like these, what is known of their places serves both.

    Returns
    -------
    Stack or None
        None if the bands do not lie alike, hold other kinds of numbers or masks of their own, lie beside the
        grid, or take too much memory together: then each is to be read by itself.

    Raises
    ------
    ReadError
        As `read_band`.
    """
    first = sources[0]
    if not all(_is_like(source, first) for source in sources):
        return None
    if beside is not None and lies_like(first, beside.level.source):
        level, places = Level.of(first, beside.level.number), beside.places
    else:
        found = find_places(first, grid, resampling)
        if found is None:
            return None
        level, places = found
    nodata = stored_nodata(first)
    levels = [Level.of(source, level.number) for source in sources]
    region, used = places.region, places.used
    inside = used.within(level.layout)
    if any(other.layout != level.layout for other in levels):
        return None
    if inside != used and nodata is None and resampling == "bilinear" and not first.categorical:
        return None  # nothing says that what lies outside does not count
    shape, dtype = (len(sources), *region.shape), HELD_AS[first.dtype]
    if math.prod(shape) * np.dtype(dtype).itemsize > settings.memory_bytes // 8:
        return None
    windows = np.empty(shape, dtype)
    # The pixel more on each side has no weight unless it is read: it must not look like one without a value.
    edge = nodata if inside != used else 1 if nodata == 0 else 0
    windows[:, [0, -1]] = windows[:, :, [0, -1]] = edge
    part = windows[:, inside.top - region.top : inside.bottom - region.top]
    part = part[:, :, inside.left - region.left : inside.right - region.left]
    spotted = np.zeros(len(sources), bool)

    def read(number: int) -> None:
        fetch_stored(levels[number], inside, part[number])
        spotted[number] = inside != used or _has_gaps(windows[number], nodata)

    if len(sources) < FEW * settings.threads:
        missing = [piece for level in levels for piece in fetch_pieces(level, used)]
        share(lambda piece: piece(), missing)
    share(read, range(len(sources)), windows.size)
    if dtype == "float32" and np.isinf(windows).any():
        return None
    scales, offsets = (np.array([getattr(s, name) for s in sources]) for name in ("scale", "offset"))
    return Stack(
        windows.reshape(len(sources), -1),
        spotted,
        np.nan if nodata is None else float(nodata),
        level,
        places,
        scales,
        offsets,
    )


def _is_like(source: BandSource, first: BandSource) -> bool:
    return (
        HELD_AS.get(source.dtype) is not None
        and HELD_AS.get(source.dtype) == HELD_AS.get(first.dtype)
        and str(source.nodata) == str(first.nodata)  # NaN is like NaN
        and source.categorical == first.categorical
        and source.alpha is None
        and not source.internal_mask
        and (source.dtype == first.dtype or source.nodata is None)
        and lies_like(source, first)
    )


def _has_gaps(window: npt.NDArray[Any], nodata: Any) -> bool:
    """Whether any pixel has no value."""
    loop = any_gap[window.dtype.name]
    if loop.compiled is None:
        return bool(((window == nodata) | (window != window)).any())
    return bool(loop.run(window.reshape(-1), np.nan if nodata is None else float(nodata)))
