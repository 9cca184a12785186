"""Steps that choose and join: bands, images, constants."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, ClassVar

import numpy as np

from ..geo.pixels import Pixels
from .arena import Context, Need, Step, any_of, count, flagged, positions

Rows = np.ndarray[Any, np.dtype[np.int32]]


def as_rows(rows: Any) -> Rows:
    """Row numbers as steps hold them."""
    return np.asarray(rows, dtype=np.int32)


class _Take(Step):
    """Some rows of one axis of a stack, of `of` rows, in a given order."""

    __slots__ = ("of", "rows")
    fields: ClassVar[tuple[str, ...]] = ("rows", "of")
    rows: Rows
    of: int

    @property
    def changes_nothing(self) -> bool:
        """Whether all rows are taken in their order."""
        of = self.of
        return len(self.rows) == of and self.rows.tobytes() == np.arange(of, dtype=np.int32).tobytes()

    def taken(self, pixels: Pixels) -> Pixels:
        """The chosen part of a stack."""
        raise NotImplementedError

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The chosen part of the input."""
        return self.taken(inputs[0])


class TakeBands(_Take):
    """Some bands of a stack of `of` bands, in a given order."""

    __slots__ = ()

    def __init__(self, source: int, images: int, rows: Any, of: int) -> None:
        self.rows = as_rows(rows)
        self.of = of
        super().__init__((source,), images, len(self.rows))

    def demand(self, need: Need) -> list[Need]:
        """The bands that are taken."""
        return [Need(need.images, flagged(self.rows[need.bands], self.of))]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """Take from the bands that are left."""
        rows = self.rows[need.bands].tolist()
        kept = {row: place for place, row in enumerate(sorted({*rows}))}
        (source,) = inputs
        assert source is not None
        return TakeBands(source, count(need.images), [kept[row] for row in rows], len(kept))

    def taken(self, pixels: Pixels) -> Pixels:
        """The chosen bands; neighbours in order are a view."""
        data, mask = pixels
        index = as_slice(self.rows)
        hidden = mask if mask is None or mask.shape[1] == 1 else mask[:, index]
        return Pixels(data[:, index], hidden)


class TakeImages(_Take):
    """Some images of a stack of `of` images, in a given order, repeated where asked."""

    __slots__ = ()

    def __init__(self, source: int, rows: Any, of: int, bands: int) -> None:
        self.rows = as_rows(rows)
        self.of = of
        super().__init__((source,), len(self.rows), bands)

    def demand(self, need: Need) -> list[Need]:
        """The images that are taken."""
        return [Need(flagged(self.rows[need.images], self.of), need.bands)]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """Take from the images that are left."""
        kept = self.demand(need)[0].images
        (source,) = inputs
        assert source is not None
        return TakeImages(source, positions(kept)[self.rows[need.images]], count(kept), count(need.bands))

    def taken(self, pixels: Pixels) -> Pixels:
        """The chosen images; neighbours in order are a view."""
        data, mask = pixels
        index = as_slice(self.rows)
        hidden = mask if mask is None or mask.shape[0] == 1 else mask[index]
        return Pixels(data[index], hidden)


def as_slice(rows: Rows) -> Any:
    """Consecutive rows as a slice, so that taking them copies nothing."""
    if len(rows) and bool((np.diff(rows) == 1).all()):
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


class _Concat(Step):
    """Stacks joined along one axis; along the other they agree, or are one and pair with all."""

    __slots__ = ("sizes",)
    fields: ClassVar[tuple[str, ...]] = ("sizes",)
    axis: ClassVar[int]
    sizes: tuple[int, ...]

    def _pieces(self, flags: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
        return [flags[end - size : end] for size, end in zip(self.sizes, accumulate(self.sizes), strict=True)]

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The joined stack."""
        height = max(p.data.shape[2] for p in inputs)
        width = max(p.data.shape[3] for p in inputs)
        other = self.bands if self.axis == 0 else self.images  # the inputs left may all be ones that pair
        shapes = [self._shape(p.data.shape[self.axis], other, height, width) for p in inputs]
        data = np.concatenate(
            [np.broadcast_to(p.data, shape) for p, shape in zip(inputs, shapes, strict=True)], axis=self.axis
        )
        if all(p.mask is None for p in inputs):
            return Pixels(data, None)
        masks = [
            np.broadcast_to(False if p.mask is None else p.mask, shape)
            for p, shape in zip(inputs, shapes, strict=True)
        ]
        return Pixels(data, np.concatenate(masks, axis=self.axis))

    def _shape(self, own: int, other: int, height: int, width: int) -> tuple[int, int, int, int]:
        return (own, other, height, width) if self.axis == 0 else (other, own, height, width)


class ConcatBands(_Concat):
    """Bands of several stacks one after the other."""

    __slots__ = ("inner",)
    fields: ClassVar[tuple[str, ...]] = ("sizes", "inner")
    axis = 1

    def __init__(
        self, inputs: tuple[int, ...], sizes: tuple[int, ...], inner: tuple[int, ...], images: int
    ) -> None:
        self.sizes = sizes
        self.inner = inner
        super().__init__(inputs, images, sum(sizes))

    def demand(self, need: Need) -> list[Need]:
        """Of each input its own bands."""
        one = any_of(need.images)
        return [
            Need(need.images if images == self.images else one, bands)
            for images, bands in zip(self.inner, self._pieces(need.bands), strict=True)
        ]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """Join the inputs that are left."""
        images = count(need.images)
        kept = [
            (number, int(piece.sum()), images if inner == self.images else 1)
            for number, piece, inner in zip(inputs, self._pieces(need.bands), self.inner, strict=True)
            if number is not None
        ]
        numbers, sizes, inner_sizes = zip(*kept, strict=True)
        return ConcatBands(numbers, sizes, inner_sizes, images)


class ConcatImages(_Concat):
    """Images of several stacks with the same bands, one after the other."""

    __slots__ = ()
    axis = 0

    def __init__(self, inputs: tuple[int, ...], sizes: tuple[int, ...], bands: int) -> None:
        self.sizes = sizes
        super().__init__(inputs, sum(sizes), bands)

    def demand(self, need: Need) -> list[Need]:
        """Of each input its own images."""
        return [Need(images, need.bands) for images in self._pieces(need.images)]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """Join the inputs that are left."""
        kept = [
            (number, int(piece.sum()))
            for number, piece in zip(inputs, self._pieces(need.images), strict=True)
            if number is not None
        ]
        numbers, sizes = zip(*kept, strict=True)
        return ConcatImages(numbers, sizes, count(need.bands))


class Constant(Step):
    """Numbers, one per image and band, the same for every pixel: a stack of shape (images, bands, 1, 1).

    Attributes
    ----------
    values : numpy.ndarray
        Shape (images, bands).
    hidden : numpy.ndarray or None
        Of that shape: which of them are masked.
    """

    __slots__ = ("hidden", "values")
    fields: ClassVar[tuple[str, ...]] = ("values", "hidden")

    def __init__(self, values: Any, hidden: Any = None) -> None:
        self.values = np.atleast_2d(np.asarray(values))
        self.hidden = hidden
        super().__init__((), *self.values.shape)

    @classmethod
    def of(cls, pixels: Pixels) -> Constant:
        """Scalars that were computed: a stack of one pixel."""
        hidden = None if pixels.mask is None else np.broadcast_to(pixels.mask, pixels.data.shape)[:, :, 0, 0]
        return cls(pixels.data[:, :, 0, 0], hidden)

    def content(self) -> tuple[Any, ...]:
        """The numbers, their kind and their mask."""
        hidden = None if self.hidden is None else self.hidden.tobytes()
        return self.values.tobytes(), self.values.shape, self.values.dtype.str, hidden

    def demand(self, need: Need) -> list[Need]:
        """Nothing."""
        return []

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The numbers that are left."""
        hidden = None if self.hidden is None else self.hidden[need.images][:, need.bands]
        return Constant(self.values[need.images][:, need.bands], hidden)

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The numbers."""
        hidden = None if self.hidden is None else self.hidden[:, :, None, None]
        return Pixels(self.values[:, :, None, None], hidden)


class Fill(Step):
    """The same number in every pixel; all hidden, or only those that the context's geometry excludes."""

    __slots__ = ("hidden", "value")
    fields: ClassVar[tuple[str, ...]] = ("value", "hidden")

    def __init__(self, value: float, hidden: bool, images: int, bands: int) -> None:
        self.value = value
        self.hidden = hidden
        super().__init__((), images, bands)

    def content(self) -> tuple[Any, ...]:
        """The number and the size."""
        return self.value, self.hidden, self.images, self.bands

    def demand(self, need: Need) -> list[Need]:
        """Nothing."""
        return []

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """A smaller stack."""
        return Fill(self.value, self.hidden, count(need.images), count(need.bands))

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The filled stack."""
        shape = (self.images, self.bands, context.grid.rows, context.grid.cols)
        data = np.full(shape, float(self.value))
        if self.hidden or np.isnan(self.value):  # what is no number has no pixel
            return Pixels(data, np.ones((1, 1, *shape[2:]), bool))
        return Pixels(data, None if context.cut is None else context.cut[None, None])
