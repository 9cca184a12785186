"""Steps that make scalars of the pixels of the whole area."""

from __future__ import annotations

from typing import Any

from ..geo.grid import Grid
from ..geo.pixels import Pixels
from .arena import Context, Step


class PixelScalars(Step):
    """A stack of one pixel, from what the blocks of the area contribute, however it was cut into blocks."""

    __slots__ = ()
    pixelwise = False

    def partial(self, pixels: Pixels, grid: Grid) -> Any:
        """What one block contributes."""
        raise NotImplementedError

    def combined(self, partials: list[Any]) -> Pixels:
        """The scalars of the whole area, from the contributions of all its blocks."""
        raise NotImplementedError

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The scalars, of an area that is in one piece."""
        return self.combined([self.partial(inputs[0], context.grid)])
