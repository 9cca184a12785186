"""Where the pixels of a grid lie in a source image."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from descartes_flow.geo.crs import is_geographic
from descartes_flow.geo.grid import Grid
from descartes_flow.geo.lattice import source_coordinates
from descartes_flow.io.source import BandSource

TOLERANCE = 0.02
"""Largest error of a coordinate between CRSs, in pixels of the level that is read."""


@dataclass(frozen=True, slots=True)
class Centres:
    """Centres of target pixels as fractional rows and columns of a source level.

    Both arrays broadcast to the shape of the grid; (0, 0) is the outer corner of the first source pixel, so
    its own centre is (0.5, 0.5). NaN where the source's CRS has no such place.
    """

    row: npt.NDArray[np.float64]
    col: npt.NDArray[np.float64]

    @property
    def nbytes(self) -> int:
        """Memory of both."""
        return self.row.nbytes + self.col.nbytes

    def scaled(self, rows: float, cols: float) -> "Centres":
        """The same places in a level that has ``rows`` and ``cols`` times as many pixels."""
        return self if rows == cols == 1 else Centres(self.row * rows, self.col * cols)


def centres(source: BandSource, grid: Grid, decimation: float) -> Centres:
    """Centres of the pixels of ``grid`` in full resolution pixels of ``source``.

    ``decimation`` is that of the level that will be read: coordinates may be off by so much more.
    """
    tolerance = TOLERANCE * decimation * min(source.pixel_size)
    # Rounded down to a power of two, so that scenes whose pixels differ a little share what `geo` keeps.
    found = source_coordinates(grid, source.crs, 2.0 ** math.floor(math.log2(tolerance)))
    x, y = (found.x[None, :], found.y[:, None]) if found.separable else (found.x, found.y)
    a, b, c, d, e, f = source.transform
    if is_geographic(source.crs):
        # Longitudes repeat: an image may count from 0 to 360, or on beyond 180.
        middle = c + (a * source.cols + b * source.rows) / 2
        x = np.where(np.abs(x - middle) > 180, x - 360 * np.round((x - middle) / 360), x)
    # What is known for each pixel was made for this call: a new array would cost more than the numbers in it.
    x, y = (x - c, y - f) if found.separable else (np.subtract(x, c, out=x), np.subtract(y, f, out=y))
    if b == 0 == d:  # no products: whole pixels come out whole
        return Centres(np.divide(y, e, out=y), np.divide(x, a, out=x))
    area = a * e - b * d
    return Centres((a * y - d * x) / area, (e * x - b * y) / area)
