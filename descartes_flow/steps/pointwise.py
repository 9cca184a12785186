"""Steps whose pixels depend on the same pixel of their inputs: arithmetic, masks, recolouring."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from ..errors import JobInvalidTyping
from ..geo.pixels import Pixels
from .arena import Context, Need, Step, all_of, any_of, count, masks_joined


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an input's pixels go among the arguments of a kernel."""

    input: int

    def __repr__(self) -> str:  # much quicker than that of a dataclass: steps are told apart by it
        return f"Slot({self.input})"


slot = functools.cache(Slot)
"""The slot of an input; one object for each number."""


class _Kernel(Step):
    """A step that calls the kernel of an operation on its inputs and on plain arguments."""

    __slots__ = ("arguments", "imagery", "op", "sizes")
    fields: ClassVar[tuple[str, ...]] = ("op", "arguments", "sizes", "imagery")

    def __init__(
        self,
        op: str,
        inputs: tuple[int, ...],
        arguments: tuple[Any, ...],
        sizes: tuple[tuple[int, int], ...],
        images: int,
        bands: int,
        imagery: bool = True,
    ) -> None:
        super().__init__(inputs, images, bands)
        self.op = op
        self.arguments = arguments
        self.sizes = sizes
        self.imagery = imagery

    def content(self) -> tuple[Any, ...]:
        """The operation and its arguments; the sizes of its operands are those of its inputs."""
        return self.op, self.arguments, self.imagery

    def _filled(self, inputs: list[Pixels]) -> list[Any]:
        """The kernel's arguments: data where a slot is, plain values elsewhere."""
        return [inputs[a.input].data if isinstance(a, Slot) else a for a in self.arguments]

    def _called(self, inputs: list[Pixels], context: Context) -> tuple[Any, list[Any]]:
        operation = context.operation(self.op)
        arguments = self._filled(inputs)
        try:
            return operation.kernel(*arguments), arguments
        except TypeError as error:
            kinds = ", ".join(str(getattr(a, "dtype", type(a).__name__)) for a in arguments)
            raise JobInvalidTyping(
                f"{self.op} does not work on values of {kinds}{_way_out(self.op)}"
            ) from error


def _way_out(op: str) -> str:
    """What to write instead of an operation on bits, which pixels of files, always floats, have not."""
    if op in ("and", "or", "xor", "invert"):
        return "; compare first, like (a > 0) & (b > 0); bit n of whole numbers is x // 2**n % 2 == 1"
    return "; for whole numbers x << n is x * 2**n, x >> n is x // 2**n" if op in ("lshift", "rshift") else ""


class Pointwise(_Kernel):
    """An operation on corresponding pixels; one image or one band pairs with all.

    With `imagery` a result that is no number hides its pixel, and so does what the operation's `invalid` rule
    says; without, the values are scalars and keep numpy's inf and nan.
    """

    __slots__ = ()

    def demand(self, need: Need) -> list[Need]:
        """The same images and bands, or the one that pairs with all."""
        whole = self.images, self.bands
        return [need if size == whole else self._of_input(need, *size) for size in self.sizes]

    def _of_input(self, need: Need, images: int, bands: int) -> Need:
        return Need(
            need.images if images == self.images else any_of(need.images),
            need.bands if bands == self.bands else any_of(need.bands),
        )

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The operation on what is left."""
        images, bands = count(need.images), count(need.bands)
        numbers = tuple([number for number in inputs if number is not None])
        if (images, bands) == (self.images, self.bands):
            made = type(self)(self.op, numbers, self.arguments, self.sizes, images, bands, self.imagery)
            made._said = self._said
            return made
        sizes = tuple(
            [(images if i == self.images else 1, bands if b == self.bands else 1) for i, b in self.sizes]
        )
        return type(self)(self.op, numbers, self.arguments, sizes, images, bands, self.imagery)

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The values, hidden where an operand is, or where the operation has no value."""
        values, arguments = self._called(inputs, context)
        values = np.asarray(values)
        mask = masks_joined(*(pixels.mask for pixels in inputs))
        if not self.imagery:
            return Pixels(values, mask)
        invalid = context.operation(self.op).family.invalid
        if invalid is not None:
            mask = masks_joined(mask, _if_any(invalid(*arguments)))
        if values.dtype.kind == "f" and _has_nan(values):
            mask = masks_joined(mask, _if_any(np.isnan(values)))
        return Pixels(values, mask)


def _has_nan(values: Any) -> bool:
    """Whether any value is NaN, in half the time of asking each: then the largest is NaN too."""
    largest = np.maximum.reduce(values, axis=None, initial=-np.inf)
    return bool(largest != largest)


def _if_any(flags: Any) -> Any:
    """`flags` as a mask that broadcasts to a stack; None if nothing is hidden."""
    flags = np.asarray(flags)
    if not flags.any():
        return None
    return flags if flags.ndim == 4 else flags.reshape(1, 1, 1, 1)


class Choose(Pointwise):
    """Values of the second argument where the first is true (or not 0), else of the third.

    Hidden where the first is, or the value that is chosen, and where the context's geometry excludes pixels.
    """

    __slots__ = ()

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The chosen values; those of imagery are truth values only if both sides are."""
        condition, yes, no = self._filled(inputs)
        if self.imagery and not (holds_truths(yes) and holds_truths(no)):
            yes, no = np.asarray(yes, float), np.asarray(no, float)
        flags = np.asarray(condition) != 0
        values = np.where(flags, yes, no)
        unknown, *masks = (inputs[a.input].mask if isinstance(a, Slot) else None for a in self.arguments)
        hidden = None
        if any(mask is not None for mask in masks):
            hidden = np.where(flags, *(False if mask is None else mask for mask in masks))
        without = np.isnan(values) if self.imagery and values.dtype.kind == "f" else False
        if self.imagery and context.cut is not None:  # a number that a Bool chooses has no mask that says so
            unknown = masks_joined(unknown, context.cut[None, None])
        return Pixels(values, masks_joined(unknown, hidden, _if_any(without)))


def holds_truths(x: Any) -> bool:
    """Whether `x` is an array, or a scalar of numpy, of truth values."""
    return getattr(getattr(x, "dtype", None), "kind", "") == "b"


class Bandwise(_Kernel):
    """An operation that makes new bands from all bands of its first input, image by image."""

    __slots__ = ()

    def makes(self, need: Need) -> Need:
        """All bands, of the images that are wanted."""
        return Need(need.images, all_of(self.bands))

    def demand(self, need: Need) -> list[Need]:
        """All bands of the images that are needed."""
        return [
            Need(need.images if images == self.images else any_of(need.images), all_of(bands))
            for images, bands in self.sizes
        ]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The operation on fewer images; it makes all its bands."""
        images = count(need.images)
        sizes = tuple((images if i == self.images else 1, bands) for i, bands in self.sizes)
        numbers = tuple(number for number in inputs if number is not None)
        return Bandwise(self.op, numbers, self.arguments, sizes, images, self.bands)

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The new bands, hidden where any band of an input is."""
        values, _ = self._called(inputs, context)
        mask = masks_joined(*(_any_band(pixels.mask) for pixels in inputs))
        if values.dtype.kind == "f":
            mask = masks_joined(mask, _if_any(np.isnan(values).any(axis=1, keepdims=True)))
        return Pixels(values, mask)


def _any_band(mask: Any) -> Any:
    return None if mask is None else mask.any(axis=1, keepdims=True)


class Hide(Step):
    """Pixels of the first input hidden where the second, one band, is true.

    With `replace` the first input's own mask is forgotten, but for what the context's geometry excludes, and
    hidden pixels of the second hide; without, they count as false.
    """

    __slots__ = ("replace", "sizes")
    fields: ClassVar[tuple[str, ...]] = ("replace", "sizes")

    def __init__(
        self, inputs: tuple[int, int], sizes: tuple[int, int], replace: bool, images: int, bands: int
    ) -> None:
        self.sizes = sizes
        self.replace = replace
        super().__init__(inputs, images, bands)

    def demand(self, need: Need) -> list[Need]:
        """The same pixels, and the one band of the mask."""
        one = any_of(need.images)
        images = [need.images if size == self.images else one for size in self.sizes]
        return [Need(images[0], need.bands), Need(images[1], any_of(need.bands))]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The same on what is left."""
        images = count(need.images)
        first, second = (images if size == self.images else 1 for size in self.sizes)
        source, mask = inputs
        assert source is not None and mask is not None
        return Hide((source, mask), (first, second), self.replace, images, count(need.bands))

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The first input's data under the joined mask."""
        source, chosen = inputs
        hides = chosen.data if chosen.data.dtype == bool else chosen.data != 0
        if self.replace:
            hidden = masks_joined(hides, chosen.mask)
            own = _if_any(np.isnan(source.data)) if source.mask is not None else None  # no value, no pixel
            own = masks_joined(own, None if context.cut is None else context.cut[None, None])
        else:
            hidden = hides if chosen.mask is None else hides & ~chosen.mask
            own = source.mask
        data = source.data
        if data.shape[0] < self.images:
            data = np.broadcast_to(data, (self.images, *data.shape[1:]))
        return Pixels(data, masks_joined(own, hidden))


class Hidden(Step):
    """One band, true where any band of the input is hidden; itself nowhere hidden."""

    __slots__ = ("of",)
    fields: ClassVar[tuple[str, ...]] = ("of",)

    def __init__(self, source: int, images: int, of: int) -> None:
        self.of = of
        super().__init__((source,), images, 1)

    def demand(self, need: Need) -> list[Need]:
        """All bands."""
        return [Need(need.images, all_of(self.of))]

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The same for fewer images."""
        (source,) = inputs
        assert source is not None
        return Hidden(source, count(need.images), self.of)

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The mask as data."""
        data, mask = inputs[0]
        shape = (self.images, 1, *data.shape[2:])
        if mask is None:
            return Pixels(np.zeros(shape, bool), None)
        return Pixels(np.broadcast_to(mask.any(axis=1, keepdims=True), shape), None)
