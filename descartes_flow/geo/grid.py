"""`Grid`: where the pixels of a run lie."""

import hashlib
import math
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

import descartes_flow.geo as geo
from descartes_flow.errors import ContextError
from descartes_flow.geo.bounds import Bounds

if TYPE_CHECKING:
    from odc.geo.geobox import GeoBox

EDGE_TOLERANCE = 1e-6
"""Distance in pixels at which a position counts as lying on a pixel's edge, whatever rounding did to it."""


_NUMBERS: dict[str, Callable[[Any], float]] = {
    "left": float,
    "top": float,
    "xres": float,
    "yres": float,
    "rows": operator.index,
    "cols": operator.index,
    "row_off": operator.index,
    "col_off": operator.index,
}


def floor_index(position: float) -> int:
    """Index of the pixel that holds a position given in pixels; an edge belongs to the pixel after it.

    Examples
    --------
    >>> floor_index(2.9), floor_index(0.3 / 0.1), floor_index(-0.5)
    (2, 3, -1)
    """
    nearest = round(position)
    return nearest if abs(position - nearest) <= EDGE_TOLERANCE else math.floor(position)


@dataclass(frozen=True, slots=True)
class Grid:
    """A window of north-up pixels in a CRS.

    `left` and `top` are the outer corner of the *whole* grid and `row_off`, `col_off` say where in it this
    window begins. Coordinates follow from these whole numbers alone, so that a block computes bit for bit
    what the whole does.

    Raises
    ------
    ContextError
        If a number is not finite, a pixel size is not above 0, or there is no pixel.

    Examples
    --------
    >>> grid = Grid("EPSG:32636", left=167200.0, top=1111040.0, xres=10.0, yres=10.0, rows=512, cols=512)
    >>> grid.bounds
    Bounds(left=167200.0, bottom=1105920.0, right=172320.0, top=1111040.0)
    >>> grid.window(4, 2, rows=100, cols=100).centre_x()[0]
    np.float64(167225.0)
    """

    crs: str
    """In the form of `normalise_crs`: ``EPSG:n`` where one exists, else WKT."""
    left: float
    top: float
    xres: float
    """Width of a pixel, above 0, in units of the CRS."""
    yres: float
    """Height of a pixel, above 0: y falls by it from row to row."""
    rows: int
    cols: int
    row_off: int = 0
    col_off: int = 0
    cutline: str | None = None
    """GeoJSON geometry (WGS84, as text) outside of which pixels are hidden."""
    all_touched: bool = False
    """Whether pixels that the cutline, or a burnt feature, merely touches count too."""

    def __post_init__(self) -> None:
        for name, kind in _NUMBERS.items():  # a numpy scalar would be equal and yet make another key
            object.__setattr__(self, name, kind(getattr(self, name)))
        if not all(math.isfinite(number) for number in (self.left, self.top, self.xres, self.yres)):
            raise ContextError(f"Grid(left=, top=, xres=, yres=): expected finite numbers, got {self}")
        if not (self.xres > 0 and self.yres > 0):
            raise ContextError(
                f"Grid(xres=, yres=): expected pixel edges above 0, got {(self.xres, self.yres)}"
            )
        if self.rows < 1 or self.cols < 1:
            raise ContextError(f"Grid(rows=, cols=): expected at least one pixel, got {self.shape}")

    @property
    def shape(self) -> tuple[int, int]:
        """``(rows, cols)`` of this window."""
        return self.rows, self.cols

    @property
    def bounds(self) -> Bounds:
        """Outer edges of this window, in the CRS; neighbouring windows share theirs exactly."""
        return Bounds(
            left=self.left + self.col_off * self.xres,
            bottom=self.top - (self.row_off + self.rows) * self.yres,
            right=self.left + (self.col_off + self.cols) * self.xres,
            top=self.top - self.row_off * self.yres,
        )

    @property
    def transform(self) -> tuple[float, float, float, float, float, float]:
        """Affine ``(a, b, c, d, e, f)`` to pixel corners: x = a·col + b·row + c, y = d·col + e·row + f."""
        bounds = self.bounds
        return self.xres, 0.0, bounds.left, 0.0, -self.yres, bounds.top

    @property
    def geobox(self) -> "GeoBox":
        """The window for odc-geo."""
        return geo.geoboxes.to_geobox(self)

    @property
    def key(self) -> bytes:
        """Digest of everything that decides where pixels lie and which of them are cut off."""
        return hashlib.blake2b(repr(self).encode(), digest_size=16).digest()

    def window(self, row: int, col: int, rows: int, cols: int) -> "Grid":
        """`rows` x `cols` pixels from pixel (`row`, `col`) of this window; they may reach beyond it.

        Examples
        --------
        >>> grid = Grid("EPSG:4326", left=0.0, top=1.0, xres=0.5, yres=0.5, rows=2, cols=2)
        >>> grid.window(1, 1, 1, 1).bounds
        Bounds(left=0.5, bottom=0.0, right=1.0, top=0.5)
        """
        return replace(self, row_off=self.row_off + row, col_off=self.col_off + col, rows=rows, cols=cols)

    def padded(self, rows: int, cols: int) -> "Grid":
        """The window with `rows` more above and below, and `cols` more on the left and on the right."""
        return self.window(-rows, -cols, self.rows + 2 * rows, self.cols + 2 * cols)

    def blocks(self, size: int) -> Iterator["Grid"]:
        """Windows of at most `size` x `size` pixels that cover this one exactly, row by row.

        Cuts lie at multiples of `size` of the *whole* grid, wherever this window begins: windows that overlap
        share their inner blocks, and what is summed by block is summed alike in both.

        Examples
        --------
        >>> grid = Grid("EPSG:4326", left=0.0, top=1.0, xres=0.1, yres=0.1, rows=3, cols=5)
        >>> [block.shape for block in grid.blocks(4)]
        [(3, 4), (3, 1)]
        >>> [block.shape for block in grid.window(0, 3, 3, 2).blocks(4)]
        [(3, 1), (3, 1)]
        """
        if size < 1:
            raise ValueError(f"Grid.blocks(size=): expected a whole number above 0, got {size!r}")
        for row, rows in _cuts(self.row_off, self.rows, size):
            for col, cols in _cuts(self.col_off, self.cols, size):
                yield self.window(row, col, rows, cols)

    def centre_x(self) -> NDArray[np.float64]:
        """X of the pixel centres, west to east, shape ``(cols,)``."""
        return self.left + (self.col_off + np.arange(self.cols, dtype=np.float64) + 0.5) * self.xres

    def centre_y(self) -> NDArray[np.float64]:
        """Y of the pixel centres, north to south, shape ``(rows,)``."""
        return self.top - (self.row_off + np.arange(self.rows, dtype=np.float64) + 0.5) * self.yres

    def index_to_coords(self, row: int, col: int) -> tuple[float, float]:
        """``(x, y)`` of the upper left corner of a pixel.

        Examples
        --------
        >>> grid = Grid("EPSG:32636", left=167200.0, top=1111040.0, xres=10.0, yres=10.0, rows=512, cols=512)
        >>> grid.index_to_coords(4, 2)
        (167220.0, 1111000.0)
        """
        return self.left + (self.col_off + col) * self.xres, self.top - (self.row_off + row) * self.yres

    def coords_to_index(self, x: float, y: float) -> tuple[int, int]:
        """``(row, col)`` of the pixel that holds a point, inside or not; edges belong to the pixel after.

        Examples
        --------
        >>> grid = Grid("EPSG:32636", left=167200.0, top=1111040.0, xres=10.0, yres=10.0, rows=512, cols=512)
        >>> grid.coords_to_index(167220.0, 1111000.0)
        (4, 2)
        """
        row = floor_index((self.top - y) / self.yres) - self.row_off
        return row, floor_index((x - self.left) / self.xres) - self.col_off

    def footprint(self) -> dict[str, Any]:
        """Outline in WGS84 as GeoJSON: a Polygon, or a MultiPolygon if it crosses the antimeridian.

        Raises
        ------
        ContextError
            If no part of the grid lies on the earth.
        """
        return dict(geo.footprints.footprint(self.bounds, self.crs).__geo_interface__)

    def lonlat_bounds(self) -> Bounds:
        """Extent of the footprint in degrees; ``left > right`` where it crosses the antimeridian."""
        return geo.footprints.lonlat_bounds(self.bounds, self.crs)

    def cutline_mask(self) -> NDArray[np.bool_] | None:
        """Pixels that the cutline hides (True), shape ``(rows, cols)``; None where it hides none.

        A pixel is kept if its centre lies inside, or with `all_touched` if the cutline touches it at all.
        """
        return None if self.cutline is None else geo.cutlines.hidden(self.cutline, self)


def _cuts(start: int, length: int, size: int) -> Iterator[tuple[int, int]]:
    """``(offset, length)`` of the pieces of ``start .. start + length`` between multiples of `size`."""
    position = start
    while position < start + length:
        end = min((position // size + 1) * size, start + length)
        yield position - start, end - position
        position = end
