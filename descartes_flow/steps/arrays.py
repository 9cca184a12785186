"""Arrays while a program is bound: numpy's own arrays, plain or masked, computed as soon as they are met.

A step of the arena has images, bands and a grid; an array may have any shape, which other values may depend
on. So an array is no step: where it comes from imagery, those pixels are computed while binding, and what
follows from it is computed as plain values are. `Held` brings the pixels of an array back among the steps.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import numpy as np

from .._settings import settings
from ..errors import JobInvalid, JobInvalidTyping, JobOOM
from ..geo.grid import Grid
from ..geo.pixels import Pixels
from .arena import Context, Need, Step, masks_joined
from .batch import Column

MaskedArray = np.ma.MaskedArray
Domain = Callable[..., Any]


class Nothing:
    """The array of empty imagery: whatever is made of it is nothing as well, and computes to None."""

    __slots__ = ()


NOTHING = Nothing()


def is_array(value: Any) -> bool:
    """Whether a bound value is an array, or one array per image."""
    if isinstance(value, Column):
        return any(map(is_array, value.values))
    return isinstance(value, (np.ndarray, Nothing))


def is_numpys(value: Any) -> bool:
    """Whether a bound value is an array, or a scalar that came from one."""
    return isinstance(value, (np.ndarray, np.generic, Nothing))


def is_masked(value: Any) -> bool:
    """Whether a bound value is a masked array, or a list with one."""
    if isinstance(value, (list, tuple)):
        return any(map(is_masked, value))
    return isinstance(value, MaskedArray)


def holds_nothing(value: Any) -> bool:
    """Whether a bound value is the array of empty imagery, or a list with one."""
    if isinstance(value, (list, tuple)):
        return any(map(holds_nothing, value))
    return value is NOTHING


def zero_divisor(x: Any, y: Any) -> Any:
    """Where a division has no value."""
    return np.equal(y, 0)


def zero_power(x: Any, y: Any) -> Any:
    """Where a power has no value."""
    return np.equal(x, 0) & np.less(y, 0)


def _not_above(limit: float) -> Domain:
    return lambda x: np.less_equal(x, limit)


POLES: dict[str, Domain] = {
    **dict.fromkeys(("divide", "floor_divide", "remainder", "fmod"), zero_divisor),
    **dict.fromkeys(("power", "float_power"), zero_power),
    **dict.fromkeys(("log", "log2", "log10"), _not_above(0)),
    "log1p": _not_above(-1),
    "reciprocal": lambda x: np.equal(x, 0),
    "arctanh": lambda x: np.greater_equal(np.abs(x), 1),
}
"""Where a ufunc has no value though numpy gives one: masked in a masked array, as pixels of imagery are."""


def pointwise(ufunc: np.ufunc, args: Sequence[Any]) -> Any:
    """A function of numpy on arrays and numbers, item by item, with numpy's broadcasting.

    With a masked array among `args` the result is masked where any of them is, and where there is no value;
    otherwise it has numpy's inf and nan.
    """
    if any(arg is NOTHING for arg in args):
        return NOTHING
    for arg in args:
        if not isinstance(arg, (bool, int, float, np.ndarray, np.generic)):
            raise JobInvalidTyping(
                f"{ufunc.__name__}: an array does not combine with a value of type {type(arg).__name__}"
            )
    shape = np.broadcast_shapes(*(np.shape(arg) for arg in args))
    refuse_above_budget(math.prod(shape), ufunc.__name__)
    plain = [np.ma.getdata(arg) if isinstance(arg, MaskedArray) else arg for arg in args]
    with np.errstate(all="ignore"), within_memory(ufunc.__name__):
        data = ufunc(*plain)
        if not any(isinstance(arg, MaskedArray) for arg in args):
            return data
        hidden = masks_joined(*(np.ma.getmaskarray(arg) for arg in args if isinstance(arg, MaskedArray)))
        if ufunc.__name__ in POLES:
            hidden = hidden | POLES[ufunc.__name__](*plain)
    return without_nan(data, hidden)


def without_nan(data: Any, hidden: Any = False) -> Any:
    """A masked array, or a scalar of one, in which what is no number is masked as well."""
    hidden = hidden | np.ma.getmaskarray(data)
    data = np.ma.getdata(data)
    if data.dtype.kind == "f":
        hidden = hidden | np.isnan(data)
    if data.ndim == 0:
        return np.ma.masked if hidden else data[()]
    return MaskedArray(data, np.broadcast_to(hidden, data.shape).copy())


def refuse_above_budget(items: float, what: str) -> None:
    """Refuse an array of so many items before numpy starts to make it.

    Raises
    ------
    JobOOM
        If it would take more than ``settings.memory_bytes``.
    """
    needed = items * 8
    if needed > settings.memory_bytes:
        raise JobOOM(
            f"{what}: the array would take {needed / 2**20:,.0f} MiB, more than settings.memory_bytes "
            f"({settings.memory_bytes / 2**20:,.0f} MiB)"
        )


@contextlib.contextmanager
def within_memory(what: str) -> Iterator[None]:
    """Whatever numpy finds too large for the memory is a JobOOM that names `what`."""
    try:
        yield
    except MemoryError as error:
        raise JobOOM(f"{what}: {error}") from error


def of_pixels(pixels: Pixels, size: tuple[int, ...]) -> Any:
    """Pixels as a masked array of the full size, which nobody else holds."""
    data = np.array(np.broadcast_to(pixels.data, size))
    mask = False if pixels.mask is None else pixels.mask
    return MaskedArray(data, np.array(np.broadcast_to(mask, size)))


class Held(Step):
    """Pixels that are there already: those of an array that became imagery.

    Attributes
    ----------
    data : numpy.ndarray
        Of shape (image, band, y, x), for the window of the whole grid that begins at `offset`.
    mask : numpy.ndarray or None
    offset : tuple of int
        Row and column.
    """

    __slots__ = ("data", "mask", "offset")
    fields: ClassVar[tuple[str, ...]] = ("data", "mask", "offset")

    def __init__(self, data: Any, mask: Any, offset: tuple[int, int]) -> None:
        self.data = data
        self.mask = mask
        self.offset = offset
        super().__init__((), data.shape[0], data.shape[1])

    @classmethod
    def of(cls, array: Any, grid: Grid) -> Held:
        """An array of shape (image, band, y, x), on the pixels of a grid; what is no number is masked."""
        data, mask = np.ma.getdata(array), np.ma.getmaskarray(array)
        if data.dtype.kind != "b":
            data = data.astype(float)
            mask = mask | np.isnan(data)
        return cls(data, mask if mask.any() else None, (grid.row_off, grid.col_off))

    def content(self) -> tuple[Any, ...]:
        """A digest of the pixels."""
        digest = hashlib.blake2b(np.ascontiguousarray(self.data).tobytes(), digest_size=16)
        if self.mask is not None:
            digest.update(np.ascontiguousarray(self.mask).tobytes())
        return digest.hexdigest(), self.data.shape, self.data.dtype.str, self.offset

    def demand(self, need: Need) -> list[Need]:
        """Nothing."""
        return []

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The images and bands that are left."""
        if need.images.all() and need.bands.all():
            return self
        mask = None if self.mask is None else self.mask[need.images][:, need.bands]
        return Held(self.data[need.images][:, need.bands], mask, self.offset)

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The pixels of the window."""
        grid = context.grid
        top, left = grid.row_off - self.offset[0], grid.col_off - self.offset[1]
        bottom, right = top + grid.rows, left + grid.cols
        if top < 0 or left < 0 or bottom > self.data.shape[2] or right > self.data.shape[3]:
            raise JobInvalid("imagery made of an array has pixels only where the array was computed")
        window = (..., slice(top, bottom), slice(left, right))
        return Pixels(self.data[window], None if self.mask is None else self.mask[window])
