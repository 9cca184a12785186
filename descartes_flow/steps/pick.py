"""A step that picks one pixel of the area: a scalar per image and band, masked where the pixel is."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from ..geo.grid import Grid
from ..geo.pixels import Pixels
from .arena import Need, Step, count
from .scalars import PixelScalars

Picked = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None
"""Values and mask of shape (images, bands); None from a block that does not hold the pixel."""


class PickPixel(PixelScalars):
    """The values of one pixel.

    Attributes
    ----------
    row, col : int
        Address in the *whole* grid, of which the area is a window.
    """

    __slots__ = ("col", "row")
    fields: ClassVar[tuple[str, ...]] = ("row", "col", "images", "bands")

    def __init__(self, source: int, images: int, bands: int, row: int, col: int) -> None:
        self.row = row
        self.col = col
        super().__init__((source,), images, bands)

    def demand(self, need: Need) -> list[Need]:
        """The same images and bands."""
        return [need]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The pixel of what is left."""
        (source,) = inputs
        assert source is not None
        return PickPixel(source, count(need.images), count(need.bands), self.row, self.col)

    def window(self, grid: Grid) -> Grid:
        """The pixel alone, as a window: all that need be computed."""
        return grid.window(self.row - grid.row_off, self.col - grid.col_off, 1, 1)

    def partial(self, pixels: Pixels, grid: Grid) -> Picked:
        """What one block knows of the pixel."""
        row, col = self.row - grid.row_off, self.col - grid.col_off
        if not (0 <= row < grid.rows and 0 <= col < grid.cols):
            return None
        shape = (self.images, self.bands, *grid.shape)
        mask = False if pixels.mask is None else pixels.mask
        values, hidden = (np.broadcast_to(array, shape)[:, :, row, col] for array in (pixels.data, mask))
        return values.astype(float), hidden

    def combined(self, partials: list[Picked]) -> Pixels:
        """The scalars, from the block that holds the pixel."""
        values, hidden = next(found for found in partials if found is not None)
        return Pixels(values[:, :, None, None], hidden[:, :, None, None] if hidden.any() else None)
