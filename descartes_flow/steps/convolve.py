"""The step that weighs the neighbours of each pixel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from ..geo.pixels import Pixels
from .arena import Context, Need, Step, count


class Convolve(Step):
    """Convolution of each band of each image with a kernel; hidden pixels count as 0 and stay hidden.

    Attributes
    ----------
    weights : numpy.ndarray
        The kernel, ``(row, col)``; its middle is the weight at ``(rows // 2, cols // 2)``.
    """

    __slots__ = ("weights",)
    fields: ClassVar[tuple[str, ...]] = ("weights",)

    def __init__(self, source: int, weights: np.ndarray[Any, Any], images: int, bands: int) -> None:
        self.weights = weights
        super().__init__((source,), images, bands)

    @property
    def halo(self) -> tuple[int, int]:
        """Half of the kernel."""
        rows, cols = self.weights.shape
        return rows // 2, cols // 2

    def content(self) -> tuple[Any, ...]:
        """The weights and how they are arranged."""
        return self.weights.tobytes(), self.weights.shape

    def demand(self, need: Need) -> list[Need]:
        """The same images and bands."""
        return [need]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The same of what is left."""
        (source,) = inputs
        assert source is not None
        return Convolve(source, self.weights, count(need.images), count(need.bands))

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The weighted sums, each in the order of the weights, so that any window gives the same."""
        (rows, cols), (height, width) = self.halo, context.grid.shape
        shape = (self.images, self.bands, height + 2 * rows, width + 2 * cols)
        values = np.broadcast_to(inputs[0].data, shape).astype(float, copy=False)
        hidden = inputs[0].mask
        if hidden is not None:
            hidden = np.broadcast_to(hidden, shape)
            values = np.where(hidden, 0.0, values)
        total = np.zeros((*shape[:2], height, width))

        def weigh(image: int) -> None:
            term = np.empty_like(total[image])
            with np.errstate(all="ignore"):
                for weight, row, col in self._terms():
                    window = values[image, :, row : row + height, col : col + width]
                    total[image] += np.multiply(window, weight, out=term)

        # Image by image, so that a run that nobody waits for ends before the last of many.
        context.share(weigh, range(self.images), total.size)
        own = None if hidden is None else hidden[:, :, rows : rows + height, cols : cols + width]
        return _hidden_where_no_number(total, own)

    def _terms(self) -> Iterator[tuple[float, int, int]]:
        """Each weight but 0, and the first row and column of the pixels that it weighs."""
        rows, cols = self.halo
        for (row, col), weight in np.ndenumerate(self.weights):
            if weight:
                yield float(weight), 2 * rows - row, 2 * cols - col


def _hidden_where_no_number(values: Any, hidden: Any) -> Pixels:
    """The values under their mask and, such as where inf meets -inf, hidden too."""
    without = np.isnan(values)
    if without.any():
        hidden = without if hidden is None else hidden | without
    return Pixels(values, hidden)
