"""Windows of several bands that lie alike, one beside the other, in the files' own numbers."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow._settings import settings
from descartes_flow.geo.grid import Grid
from descartes_flow.io.bundles import Bundle
from descartes_flow.io.native import lies_like
from descartes_flow.io.places import Places
from descartes_flow.io.reader import find_places
from descartes_flow.io.windows import fetch_pieces, fetch_stored, parts_of, paste_kept
from descartes_flow.kernels.arrays import Share

FEW = 8
"""Bands per thread below which blocks are decoded ahead, so that no thread is left with a whole band."""


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Source pixels of several bands on one region, and where target pixels lie among them."""

    windows: npt.NDArray[Any]
    """``(band, pixel)``, of the bundle's type, row by row, before scale and offset."""

    spotted: npt.NDArray[np.bool_]
    """For each band whether any of its pixels may have no value."""

    nodata: float
    """What pixels without a value hold, apart from NaN; NaN if there is no such number."""

    bundle: Bundle
    number: int | None
    """Of the overview that was read; None for full resolution."""

    places: Places


def read_stack(
    bundle: Bundle, grid: Grid, resampling: str, share: Share, beside: Stack | None = None
) -> Stack | None:
    """The pixels of all bands that near or bilinear needs for ``grid``.

    Parameters
    ----------
    bundle : Bundle
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
        None if the bands lie beside the grid, or take too much memory together, or for reasons that only
        their files tell: then each is to be read by itself.

    Raises
    ------
    ReadError
        As `read_band`.
    """
    first = bundle.sources[0]
    if beside is not None and lies_like(first, beside.bundle.sources[0]):
        number, places = beside.number, beside.places
    else:
        found = find_places(first, grid, resampling)
        if found is None:
            return None
        number, places = found[0].number, found[1]
    levels = bundle.levels(number)
    if levels is None:
        return None
    region, used = places.region, places.used
    inside = used.within(levels[0].layout)
    if inside != used and bundle.nodata is None and resampling == "bilinear" and not first.categorical:
        return None  # nothing says that what lies outside does not count
    shape = (len(levels), *region.shape)
    if math.prod(shape) * np.dtype(bundle.dtype).itemsize > settings.memory_bytes // 8:
        return None
    windows: npt.NDArray[Any] = np.empty(shape, bundle.dtype)
    # The pixel more on each side has no weight unless it is read: it must not look like one without a value.
    outside = 0 if bundle.nodata is None else bundle.nodata  # by near none of it has any weight
    edge = outside if inside != used else 1 if bundle.nodata == 0 else 0
    for side in (windows[:, 0], windows[:, -1], windows[:, :, 0], windows[:, :, -1]):
        side[...] = edge
    part = windows[:, inside.top - region.top : inside.bottom - region.top]
    part = part[:, :, inside.left - region.left : inside.right - region.left]
    parts = parts_of(levels[0], inside)
    spotted = np.ones(len(levels), bool)

    def look(rows: slice) -> None:
        spotted[rows] = inside != used or _may_have_gaps(windows[rows], bundle.nodata)

    def fetch(row: int) -> None:
        fetch_stored(levels[row], parts, part[row])
        look(slice(row, row + 1))

    left = paste_kept(levels, parts, part)
    if len(left) < len(levels):
        look(slice(None))
    if 0 < len(left) < FEW * settings.threads:
        share(lambda piece: piece(), [piece for row in left for piece in fetch_pieces(levels[row], used)])
    share(fetch, left)
    if bundle.has_infinity and np.isinf(windows).any():
        return None
    nodata = np.nan if bundle.nodata is None else float(bundle.nodata)
    return Stack(windows.reshape(len(levels), -1), spotted, nodata, bundle, number, places)


def _may_have_gaps(windows: npt.NDArray[Any], nodata: Any) -> npt.NDArray[np.bool_]:
    """For each window False where no pixel is nodata, or NaN: the smallest and the largest tell."""
    flat = windows.reshape(len(windows), -1)
    least = flat.min(axis=1)
    found: npt.NDArray[np.bool_]
    if nodata is None or nodata != nodata:
        found = np.isnan(least)
    else:
        found = ~(least > nodata)  # NaN is not above
        if found.any():
            found &= ~(flat.max(axis=1) < nodata)
    return found
