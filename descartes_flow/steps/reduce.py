"""Reductions: what they share, and those pixel by pixel over the images, the bands, or both together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from ..geo.pixels import Pixels
from . import composing
from .arena import Context, Need, Step, masks_joined, positions
from .select import as_rows, as_slice

CHOOSING = ("max", "min", "mosaic")
"""Reductions whose result is one of the values: truth values stay truth values."""


class Reduction(Step):
    """One value from several: of images, of bands or of both. Base of the reductions.

    Attributes
    ----------
    op : str
        The reduction, such as ``median``.
    over_images, over_bands : bool
    segments : numpy.ndarray
        Numbers of consecutive images that are reduced together. Only with `over_images`.
    of : tuple of int
        Images and bands of the input.
    arguments : tuple of float
        What the kernel takes besides the values, such as the percentage of a percentile.
    """

    __slots__ = ("arguments", "of", "op", "over_bands", "over_images", "segments")
    fields: ClassVar[tuple[str, ...]] = ("op", "over_images", "over_bands", "segments", "of", "arguments")

    def __init__(
        self,
        op: str,
        source: int,
        of: tuple[int, int],
        over_images: bool,
        over_bands: bool,
        segments: Any,
        arguments: tuple[float, ...] = (),
    ) -> None:
        self.op = op
        self.of = of
        self.arguments = arguments
        self.over_images = over_images
        self.over_bands = over_bands
        self.segments = as_rows(segments)
        super().__init__((source,), len(self.segments) if over_images else of[0], 1 if over_bands else of[1])

    def demand(self, need: Need) -> list[Need]:
        """All images of the segments that are needed, all bands if those are reduced."""
        images = np.repeat(need.images, self.segments) if self.over_images else need.images
        bands = np.ones(self.of[1], bool) if self.over_bands else need.bands
        return [Need(images, bands)]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The same over what is left."""
        wanted = self.demand(need)[0]
        (source,) = inputs
        assert source is not None
        of = (int(wanted.images.sum()), int(wanted.bands.sum()))
        segments = self.segments[need.images] if self.over_images else self.segments
        return type(self)(
            self.op, source, of, self.over_images, self.over_bands, segments, arguments=self.arguments
        )


class Reduce(Reduction):
    """One value per pixel from its images, its bands or both; each segment gives one composite.

    Attributes
    ----------
    rows : numpy.ndarray or None
        The images of all segments, one after the other, as numbers of the input's; an image may be in several
        segments. None: the input's images in their order.
    """

    __slots__ = ("rows",)
    fields: ClassVar[tuple[str, ...]] = (*Reduction.fields, "rows")

    def __init__(
        self,
        op: str,
        source: int,
        of: tuple[int, int],
        over_images: bool,
        over_bands: bool,
        segments: Any,
        rows: Any = None,
        arguments: tuple[float, ...] = (),
    ) -> None:
        super().__init__(op, source, of, over_images, over_bands, segments, arguments)
        self.rows = None if rows is None else as_rows(rows)

    def demand(self, need: Need) -> list[Need]:
        """The images that are in a segment which is needed."""
        (wanted,) = super().demand(need)
        if self.rows is None:
            return [wanted]
        images = np.zeros(self.of[0], bool)
        images[self.rows[wanted.images]] = True
        return [Need(images, wanted.bands)]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The same over what is left."""
        narrowed = super().narrow(need, inputs)
        if self.rows is not None:
            assert isinstance(narrowed, Reduce), "narrowing keeps the kind"
            kept = positions(self.demand(need)[0].images)
            narrowed.rows = kept[self.rows[np.repeat(need.images, self.segments)]]
        return narrowed

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The reduced stack, hidden where no value was valid."""
        found = context.operation(self.op).kernel

        def kernel(data: Any, mask: Any, axis: int) -> Any:
            return found(data, mask, axis, *self.arguments)

        data, mask = inputs[0]
        if data.dtype == bool:
            numbers = self.run([Pixels(data.astype(float), mask)], context)
            return Pixels(numbers.data.astype(bool), numbers.mask) if self.op in CHOOSING else numbers
        if not self.over_images:
            return _reduced(kernel, data, mask, axis=1)
        if composed := self._composed(data, mask, context):
            return composed
        parts = [_reduced(kernel, *self._segment(data, mask, chosen), axis=0) for chosen in self._chosen()]
        return parts[0] if len(parts) == 1 else _stacked(parts)

    def _composed(self, data: Any, mask: Any, context: Context) -> Pixels | None:
        """The composites by a compiled loop; None if there is none for them."""
        if self.over_bands or not composing.serves(self.op, data, mask, int(self.segments.max(initial=0))):
            return None
        parts = []
        for chosen in self._chosen():
            rows = np.arange(data.shape[0])[chosen]
            values, hidden = composing.composite(self.op, data, mask, rows, self.arguments, context.share)
            if hidden is not None:
                hidden = hidden[None]
            parts.append(_with_valid_numbers(values[None], hidden))
        return parts[0] if len(parts) == 1 else _stacked(parts)

    def _chosen(self) -> Iterator[Any]:
        """The images of each segment."""
        stops = np.cumsum(self.segments)
        for start, stop in zip(stops - self.segments, stops, strict=True):
            yield slice(start, stop) if self.rows is None else as_slice(self.rows[start:stop])

    def _segment(self, data: Any, mask: Any, chosen: Any) -> tuple[Any, Any]:
        data, mask = data[chosen], mask if mask is None or mask.shape[0] == 1 else mask[chosen]
        return _bands_as_images(data, mask) if self.over_bands else (data, mask)


def _bands_as_images(data: Any, mask: Any) -> tuple[Any, Any]:
    """Images and bands along one axis, image by image."""
    images, bands, height, width = data.shape
    flat = data.reshape(images * bands, 1, height, width)
    if mask is None:
        return flat, None
    full = np.broadcast_to(mask, (images, bands, *mask.shape[2:]))
    return flat, full.reshape(images * bands, 1, *mask.shape[2:])


def _reduced(kernel: Any, data: Any, mask: Any, axis: int) -> Pixels:
    if mask is not None:
        mask = np.broadcast_to(mask, data.shape)
        if not mask.any():
            mask = None
    with np.errstate(all="ignore"):
        values, hidden = kernel(data, mask, axis)
    hidden = None if hidden is None else np.expand_dims(hidden, axis)
    return _with_valid_numbers(np.expand_dims(values, axis), hidden)


def _with_valid_numbers(values: Any, hidden: Any) -> Pixels:
    """Hidden also where there is no number, such as the mean of inf and -inf."""
    if values.dtype.kind == "f":
        without = np.isnan(values)
        hidden = masks_joined(hidden, without if without.any() else None)
    return Pixels(values, hidden)


def _stacked(parts: list[Pixels]) -> Pixels:
    data = np.concatenate([part.data for part in parts])
    if all(part.mask is None for part in parts):
        return Pixels(data, None)
    masks = [np.broadcast_to(False if p.mask is None else p.mask, p.data.shape) for p in parts]
    return Pixels(data, np.concatenate(masks))


def between(ordered: Any, number: Any, percentage: float) -> Any:
    """The value at a percentage of the way from the first to the last of values in order.

    Parameters
    ----------
    ordered : numpy.ndarray
        In order along the first axis.
    number : int or numpy.ndarray
        How many of the values count, the first ones; by position along the other axes.
    percentage : float
        0 to 100. Between two values it is interpolated linearly (numpy's method "linear").
    """
    position = percentage / 100 * (np.maximum(number, 1) - 1)
    first = np.floor(position).astype(int)
    low = _taken(ordered, first)
    high = _taken(ordered, np.ceil(position).astype(int))
    # equal values stay as they are, and an infinite one never meets its own difference
    return np.where(low == high, low, low * (first + 1 - position) + high * (position - first))


def _taken(ordered: Any, index: Any) -> Any:
    """By position along the other axes the value at its index of the first axis."""
    whole = np.broadcast_to(index, ordered.shape[1:])[None]
    return np.take_along_axis(ordered, whole, axis=0)[0]
