"""Where the pixels of a scene lie."""

from dataclasses import dataclass

import numpy as np

from descartes_flow.catalog.invented.noise import Field, Mask, Points


@dataclass(frozen=True, slots=True)
class Frame:
    """A north-up lattice of square pixels in one UTM zone; metres throughout."""

    epsg: int
    left: float
    top: float
    pixel: float
    rows: int
    columns: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    @property
    def transform(self) -> tuple[float, float, float, float, float, float]:
        """The affine coefficients a, b, c, d, e, f of pixel to CRS."""
        return (self.pixel, 0.0, self.left, 0.0, -self.pixel, self.top)

    def split(self, factor: int) -> "Frame":
        """The same area in pixels `factor` times as fine."""
        return Frame(
            self.epsg, self.left, self.top, self.pixel / factor, self.rows * factor, self.columns * factor
        )

    def joined(self, factor: int) -> "Frame":
        """The same area in pixels `factor` times as large; rows and columns must be multiples of it."""
        rows, columns = self.rows // factor, self.columns // factor
        return Frame(self.epsg, self.left, self.top, self.pixel * factor, rows, columns)

    def window_in(self, outer: "Frame") -> tuple[float, float, float, float]:
        """Top, bottom, left and right of this frame in pixels of `outer`."""
        top = (outer.top - self.top) / outer.pixel
        left = (self.left - outer.left) / outer.pixel
        down, across = self.rows * self.pixel / outer.pixel, self.columns * self.pixel / outer.pixel
        return top, top + down, left, left + across

    def offsets(self, x: float, y: float) -> tuple[Field, Field]:
        """Kilometres east and north of (x, y) of all pixel centres, as a row and a column that broadcast."""
        east = self.left + (np.arange(self.columns) + 0.5) * self.pixel - x
        north = self.top - (np.arange(self.rows) + 0.5) * self.pixel - y
        return (east / 1000).astype(np.float32)[None, :], (north / 1000).astype(np.float32)[:, None]

    def footprint(self, turn: float) -> Points:
        """Corners of the largest rectangle, turned clockwise, that touches all four sides.

        Parameters
        ----------
        turn : float
            Degrees clockwise; negative: anticlockwise.

        Returns
        -------
        numpy.ndarray
            (corner, 2): column and row, in pixels from the upper left corner of the frame.
        """
        sine, cosine = np.sin(np.radians(abs(turn))), np.cos(np.radians(turn))
        wide, tall = np.linalg.solve([[cosine, sine], [sine, cosine]], [self.columns, self.rows])
        corners = np.array(
            [[tall * sine, 0], [self.columns, wide * sine], [wide * cosine, self.rows], [0, tall * cosine]]
        )
        if turn < 0:
            corners[:, 0] = self.columns - corners[:, 0]
        return np.asarray(corners)

    def inside(self, corners: Points) -> Mask:
        """True at pixels whose centre lies within the convex polygon of `corners`."""
        column, row = np.arange(self.columns)[None, :] + 0.5, np.arange(self.rows)[:, None] + 0.5
        within = np.ones(self.shape, dtype=bool)
        middle = corners.mean(axis=0)
        for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            side = (x1 - x0) * (row - y0) - (y1 - y0) * (column - x0)
            within &= side * ((x1 - x0) * (middle[1] - y0) - (y1 - y0) * (middle[0] - x0)) > 0
        return within
