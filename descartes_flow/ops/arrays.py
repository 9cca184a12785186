"""Arrays: how they are made, what is asked of them, and their reductions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalidTyping
from ..graph import apply, literal
from ..steps.arrays import NOTHING, holds_nothing, without_nan
from ..types import Array, Arraylike, Bool, DType, Float, Int, List, MaskedArray, Same, Scalar, Str
from ..types.array import literals
from ..types.proxytype import Proxytype
from .registry import Overload, operation

FillValue = Bool | Int | Float | Array | None


def array_value(declared: Overload) -> Callable[[Callable[..., AnyValue]], Callable[..., AnyValue]]:
    """Decorator: an operation on numpy's arrays, of which that of nothing is nothing."""

    def decorate(function: Callable[..., AnyValue]) -> Callable[..., AnyValue]:
        def value(*args: AnyValue) -> AnyValue:
            return NOTHING if holds_nothing(args) else function(*args)

        declared.rule(lambda bind, *args, **named: bind.elementwise(value, args, named))
        return function

    return decorate


@operation("array.create", public=False)
def create_array(value: object) -> Array:
    """The array of numbers, of nested lists of them, or of data in a program."""
    ...


@array_value(create_array)
def _array(value: AnyValue) -> AnyValue:
    if isinstance(value, np.ma.MaskedArray):
        return np.ma.filled(value.astype(float), np.nan)  # of a masked Scalar: an Array has no masked items
    return value if isinstance(value, np.ndarray) else literals.read(value)


@operation("maskedarray.create", public=False)
def create_masked_array(data: Array, mask: Bool | Array, fill_value: FillValue) -> MaskedArray:
    """Data, a mask of their shape or for all, and what `filled` puts in place of masked items."""
    ...


@array_value(create_masked_array)
def _masked_array(data: AnyValue, mask: AnyValue = False, fill_value: AnyValue = None) -> AnyValue:
    hidden = np.asarray(mask)
    if hidden.dtype.kind != "b":
        raise JobInvalidTyping(f"MaskedArray(mask=): should be boolean, got {hidden.dtype}")
    if hidden.ndim and hidden.shape != np.shape(data):
        raise ValueError(
            f"MaskedArray(mask=): its shape {hidden.shape} is not that of the data, {np.shape(data)}"
        )
    full = np.array(np.broadcast_to(hidden, np.shape(data)))
    return np.ma.MaskedArray(
        np.ma.getdata(data), full | np.ma.getmaskarray(data), fill_value=_single(fill_value)
    )


def _single(fill_value: AnyValue) -> AnyValue:
    """The one number that a fill value is."""
    if fill_value is None:
        return None
    if np.size(fill_value) != 1:
        raise ValueError(f"fill_value: expected one number, got an array of {np.size(fill_value)}")
    return np.asarray(fill_value).reshape(())[()]


@operation("scalar.create", public=False)
def create_scalar(value: Bool | Int | Float) -> Scalar:
    """A number as a scalar of numpy."""
    ...


@array_value(create_scalar)
def _scalar(value: AnyValue) -> AnyValue:
    found = literals.read(value)
    if found.ndim:
        raise JobInvalidTyping(f"expected a number, got an array of shape {found.shape}")
    return found[()]


@operation("dtype.create", public=False)
def create_dtype(name: Str) -> DType:
    """The dtype of a name."""
    ...


create_dtype.value(literals.checked_dtype)


@operation("array.dtype", on=Arraylike, as_property=True)
def dtype(self: Arraylike) -> DType:
    """The type of the items.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> Array([1.5]).dtype.compute()
    dtype('float64')
    """
    ...


@operation("array.ndim", on=Arraylike, as_property=True)
def ndim(self: Arraylike) -> Int:
    """Number of axes.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> Array([[1, 2], [3, 4]]).ndim.compute()
    2
    """
    ...


@operation("array.size", on=Arraylike, as_property=True)
def size(self: Arraylike) -> Int:
    """Number of items; 0 for the array of empty imagery.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> Array([[1, 2], [3, 4]]).size.compute()
    4
    """
    ...


@operation("array.shape", on=Arraylike, as_property=True)
def shape(self: Arraylike) -> List[Int]:
    """Lengths of the axes; ``[0]`` for the array of empty imagery.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> Array([[1, 2, 4], [8, 9, 10]]).shape.compute()
    [2, 3]
    """
    ...


def _asked(declared: Overload, question: Callable[[AnyValue], AnyValue]) -> None:
    """What a declaration asks of an array; that of empty imagery answers as an array without items."""

    def value(array: AnyValue) -> AnyValue:
        return question(np.empty(0) if array is NOTHING else np.ma.asanyarray(array))

    declared.value(value)


_asked(dtype, lambda array: array.dtype)
_asked(ndim, lambda array: array.ndim)
_asked(size, lambda array: array.size)
_asked(shape, lambda array: list(array.shape))


@operation("array.astype", on=Arraylike)
def astype(self: Arraylike, dtype: DType) -> Same:
    """The items converted to a dtype.

    Parameters
    ----------
    dtype : str, numpy.dtype, type or DType
        Such as ``"int"``, ``np.float32`` or ``float``; its kind must be bool, int or float.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> Array([1.9, -1.9]).astype("int").compute()
    array([ 1, -1])
    """
    ...


@array_value(astype)
def _astype(array: AnyValue, dtype: AnyValue) -> AnyValue:
    with np.errstate(all="ignore"):
        return array.astype(literals.checked_dtype(dtype))


@operation("array.flatten", on=Arraylike)
def flatten(self: Arraylike) -> Same:
    """All items along one axis, the last axis running fastest.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> Array([[1, 2], [3, 4]]).flatten().compute()
    array([1, 2, 3, 4])
    """
    ...


array_value(flatten)(lambda array: array.flatten())


@operation("maskedarray.getdata", on=MaskedArray)
def getdata(self: MaskedArray) -> Array:
    """The data, also those under the mask.

    Examples
    --------
    >>> from descartes_flow import MaskedArray
    >>> MaskedArray([1, 2], [True, False]).getdata().compute()
    array([1, 2])
    """
    ...


array_value(getdata)(lambda array: np.ma.getdata(array))


@operation("maskedarray.getmaskarray", on=MaskedArray)
def getmaskarray(self: MaskedArray) -> Array:
    """The mask at its full shape: True = masked.

    Examples
    --------
    >>> from descartes_flow import MaskedArray
    >>> MaskedArray([1, 2], [True, False]).getmaskarray().compute()
    array([ True, False])
    """
    ...


array_value(getmaskarray)(lambda array: np.ma.getmaskarray(array))


@operation("maskedarray.filled", on=MaskedArray)
def filled(self: MaskedArray, fill_value: FillValue = None) -> Array:
    """The data with `fill_value` in place of masked items.

    Parameters
    ----------
    fill_value : number or Array of one, optional
        None: the fill value of the array itself, numpy's choice unless it was given one.

    Examples
    --------
    >>> from descartes_flow import MaskedArray
    >>> MaskedArray([1, 2], [True, False]).filled(9).compute()
    array([9, 2])
    """
    ...


@array_value(filled)
def _filled(array: AnyValue, fill_value: AnyValue = None) -> AnyValue:
    return np.ma.filled(array, _single(fill_value))


@operation("maskedarray.compressed", on=MaskedArray)
def compressed(self: MaskedArray) -> Array:
    """The items that are not masked, along one axis.

    Examples
    --------
    >>> from descartes_flow import MaskedArray
    >>> MaskedArray([1, 2], [True, False]).compressed().compute()
    array([2])
    """
    ...


array_value(compressed)(lambda array: np.ma.compressed(array))

OF_NOTHING = {"sum": 0.0, "nansum": 0.0, "count": 0, "count_nonzero": 0, "any": False, "all": True}
"""What full reductions give for the array of empty imagery; the others give NaN."""


def reduced(name: str, array: AnyValue, axis: AnyValue = None) -> AnyValue:
    """A reduction of an array by its name in numpy; a scalar where `axis` is None."""
    if array is NOTHING:
        return np.asarray(OF_NOTHING.get(name, np.nan))[()] if axis is None else NOTHING
    along = tuple(axis) if isinstance(axis, list) else axis
    with np.errstate(all="ignore"):
        if isinstance(array, np.ma.MaskedArray):
            found = getattr(np.ma, name)(array, axis=along)
            found = np.ma.asanyarray(found) if isinstance(found, np.ndarray) else found  # a count has no mask
            return without_nan(found) if isinstance(found, np.ma.MaskedArray | np.floating) else found
        return getattr(np, name)(array, axis=along)


__test__: dict[str, str] = {}
"""The documentation of the declared reductions, whose examples doctest runs."""


def _reduction(name: str, summary: str, on: type = Arraylike) -> None:
    """Declare a reduction of arrays; that of imagery of the same name has the rule of both."""

    def declaration(self: Arraylike, axis: Int | List[Int] | None = None) -> AnyValue:
        result: type[Proxytype] = Scalar if axis._node is literal(None) else type(self)  # type: ignore[union-attr]
        return result._from_node(apply(name, self._node, axis._node))  # type: ignore[union-attr]

    declaration.__name__ = declaration.__qualname__ = name
    declaration.__doc__ = f"""{summary}

    Parameters
    ----------
    axis : int or sequence of int, optional
        What is reduced, by position; None: everything.

    Returns
    -------
    Scalar
        If `axis` is None.
    Array or MaskedArray
        As the array is, with those axes left out. Masked items are ignored; where there is none left the
        result is masked.

    Examples
    --------
    >>> from descartes_flow import MaskedArray
    >>> MaskedArray([[1, 2], [3, 4]]).{name}(axis=0).compute()
    masked_array(data=...
    """
    __test__[name] = declaration.__doc__
    operation(name, on=on)(declaration)


_reduction("min", "Smallest item.")
_reduction("max", "Largest item.")
_reduction("mean", "Mean of the items.")
_reduction("median", "Median of the items; of an even number the mean of the middle two.")
_reduction("sum", "Sum of the items.")
_reduction("std", "Standard deviation of the items (of the population, ddof 0).")
_reduction("count", "Number of items that are not masked.", MaskedArray)
