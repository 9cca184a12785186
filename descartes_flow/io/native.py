"""The pixels of a file under a grid, as a grid of their own."""

from typing import NamedTuple

from descartes_flow.errors import ReadError
from descartes_flow.geo.grid import Grid
from descartes_flow.io.reader import find_places
from descartes_flow.io.source import BandSource
from descartes_flow.kernels.arrays import Index


class NativePixels(NamedTuple):
    """Source pixels that a grid is made of, each once."""

    grid: Grid
    """They themselves, in the CRS of the file."""

    nearest: Index
    """For each pixel of the grid asked about, row by row, the number of its source pixel, row by row."""


def native_pixels(source: BandSource, grid: Grid) -> NativePixels | None:
    """The source pixels that nearest-neighbour sampling takes for ``grid``.

    Reading them and choosing from them by `nearest` gives what `read_band` gives by near, bit for bit.

    Returns
    -------
    NativePixels or None
        None if an overview is read, if a part of the grid lies outside the image, or if it is not north-up.
    """
    a, b, left, d, e, top = source.transform
    if b or d or a < 0 or e > 0 or grid.cutline is not None:
        return None
    try:
        found = find_places(source, grid, "near")
    except ReadError:
        return None  # reading the band says it
    if found is None or found[0].number is not None or found[1].outside is not None:
        return None
    region, nearest = found[1].region, found[1].nearest
    rows, cols = region.shape[0] - 2, region.shape[1] - 2  # without the pixel more on each side
    native = Grid(
        source.crs,
        left=left,
        top=top,
        xres=a,
        yres=-e,
        rows=rows,
        cols=cols,
        row_off=region.top + 1,
        col_off=region.left + 1,
        all_touched=grid.all_touched,
    )
    # Two pixels less in each row above, and one row and one pixel less before the first.
    return NativePixels(native, nearest - 2 * (nearest // region.shape[1]) - (cols + 1))


def lies_like(source: BandSource, other: BandSource) -> bool:
    """Whether the pixels of two bands lie at the same places, and the same levels are read of them."""
    return source is other or _place(source) == _place(other)


def _place(source: BandSource) -> tuple[object, ...]:
    levels = source.overviews if source.safe_overviews or not source.categorical else ()
    return source.crs, source.transform, source.rows, source.cols, levels
