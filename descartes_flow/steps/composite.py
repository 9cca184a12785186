"""The step that takes each pixel from the image that another band chooses."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from ..geo.pixels import Pixels
from .arena import Context, Need, Step, any_of, count
from .select import as_rows

OPERATIONS = ("argmax", "argmin")


class SortedComposite(Step):
    """Per pixel all bands of the image whose key is the largest (or smallest); the earliest of equal ones.

    Hidden pixels of the key never choose; where all are hidden, so is the result.

    Attributes
    ----------
    operation : str
        argmax or argmin.
    segments : numpy.ndarray
        Numbers of consecutive images, of the source and of the key, of which one composite each is made.
    """

    __slots__ = ("operation", "segments")
    fields: ClassVar[tuple[str, ...]] = ("operation", "segments")

    def __init__(self, operation: str, inputs: tuple[int, int], segments: Any, bands: int) -> None:
        self.operation = operation
        self.segments = as_rows(segments)
        super().__init__(inputs, len(self.segments), bands)

    def demand(self, need: Need) -> list[Need]:
        """All images of the segments that are needed, and the one band that chooses."""
        images = np.repeat(need.images, self.segments)
        return [Need(images, need.bands), Need(images, any_of(need.bands))]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The composites that are left."""
        source, key = inputs
        assert source is not None and key is not None
        segments = self.segments[need.images]
        return SortedComposite(self.operation, (source, key), segments, count(need.bands))

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The composites, one after the other."""
        images, shape = int(self.segments.sum()), context.grid.shape
        data, mask = _spread(inputs[0], (images, self.bands, *shape))
        keys, without = _spread(inputs[1], (images, 1, *shape))
        keys = keys.astype(float) if self.operation == "argmax" else -keys.astype(float)
        pixels = np.empty((self.images, *data.shape[1:]), data.dtype)
        hidden = np.empty(pixels.shape, bool)
        start = 0
        for composite, length in enumerate(self.segments):
            part = slice(start, start + int(length))
            index, none = _chosen(keys[part], without[part])
            index = np.broadcast_to(index, (1, *data.shape[1:]))
            pixels[composite] = np.take_along_axis(data[part], index, axis=0)[0]
            hidden[composite] = np.take_along_axis(mask[part], index, axis=0)[0] | none
            start = part.stop
        return Pixels(pixels, hidden)


def _chosen(keys: Any, hidden: Any) -> tuple[Any, Any]:
    """By pixel the number of the earliest image with the largest key, and where no image has one."""
    largest = np.where(hidden, -np.inf, keys).max(axis=0)
    candidates = ~hidden & (keys == largest)  # never a hidden one, should -inf be the largest
    return candidates.argmax(axis=0), ~candidates.any(axis=0)


def _spread(pixels: Pixels, shape: tuple[int, ...]) -> tuple[Any, Any]:
    """Data and mask at their full size, as views."""
    mask = False if pixels.mask is None else pixels.mask
    return np.broadcast_to(pixels.data, shape), np.broadcast_to(mask, shape)
