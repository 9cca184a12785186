"""What functions of numpy give: the type of the proxy, and what becomes of numpy's own result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any as AnyValue

import numpy as np

from ..graph import literal
from ..ops.arrays import OF_NOTHING
from ..steps.arrays import NOTHING, without_nan
from ..types import Array, Arraylike, Bool, List, MaskedArray, Scalar, Tuple
from ..types.proxytype import Proxytype

Promoted = Mapping[str, AnyValue]
"""Promoted arguments by name; one that takes any number of them is a tuple."""


@dataclass(frozen=True)
class Result:
    """A rule for results.

    Attributes
    ----------
    name : str
        For the reference.
    kind : callable
        ``(promoted) -> type`` of the proxy.
    container : type or None
        list or tuple where numpy gives several arrays; None where it gives one.
    single : callable
        What becomes of one value of numpy.
    has_mask : bool
        False: plain arrays, whatever the arguments are.
    of_nothing : callable
        ``(name, arguments) -> value`` where an argument is the array of empty imagery.
    """

    name: str
    kind: Callable[[Promoted], type[Proxytype]]
    container: type | None = None
    of_nothing: Callable[[str, Mapping[str, AnyValue]], AnyValue] = lambda name, arguments: NOTHING
    single: Callable[[AnyValue], AnyValue] = lambda value: value
    has_mask: bool = True

    def finished(self, value: AnyValue, masked: bool) -> AnyValue:
        """Numpy's result as a bound value; with `masked` arguments it is masked, also where it is NaN."""
        masked = masked and self.has_mask
        if isinstance(value, (list, tuple)):
            return (self.container or list)(_masked(item) if masked else item for item in value)
        return self.single(_masked(value) if masked else value)


def _masked(value: AnyValue) -> AnyValue:
    """A result of masked arrays, in which NaN is masked as well."""
    if isinstance(value, np.ndarray) and value.dtype.kind != "f":
        return np.ma.asanyarray(value) if value.ndim else value
    return without_nan(value) if isinstance(value, (np.ndarray, np.floating)) else value


def _as_scalar(value: AnyValue) -> AnyValue:
    """A Python number as a scalar of numpy."""
    return np.asarray(value)[()] if isinstance(value, (bool, int, float)) else value


def _as_truth(value: AnyValue) -> AnyValue:
    """A truth value of numpy as Python's."""
    return bool(value) if isinstance(value, np.bool_) else value


def is_masked(value: AnyValue) -> bool:
    """Whether a promoted argument is a masked array, or holds some."""
    if isinstance(value, tuple):
        return any(map(is_masked, value))
    kind = type(value)
    return issubclass(kind.element_type() if issubclass(kind, List) else kind, MaskedArray)


def like(promoted: Promoted) -> type[Proxytype]:
    """MaskedArray if an argument is one, else Array."""
    return MaskedArray if any(map(is_masked, promoted.values())) else Array


def _has_array(promoted: Promoted) -> bool:
    return any(isinstance(value, (Arraylike, List)) for value in promoted.values())


def _reduced(promoted: Promoted) -> type[Proxytype]:
    axis = promoted.get("axis")
    return Scalar if axis is None or axis._node is literal(None) else like(promoted)


def _nothing_reduced(name: str, arguments: Mapping[str, AnyValue]) -> AnyValue:
    if arguments.get("axis") is not None:
        return NOTHING
    return np.asarray(OF_NOTHING.get(name, np.nan))[()]


def _first(promoted: Promoted) -> type[Proxytype]:
    first = next(iter(promoted.values()))
    return like({"": first}) if isinstance(first, (Arraylike, List)) else Scalar


ARRAY = Result("Array", lambda promoted: Array, has_mask=False)
ARRAY_OR_SCALAR = Result(
    "Array, or Scalar for a number",
    lambda promoted: Array if _has_array(promoted) else Scalar,
    single=_as_scalar,
    has_mask=False,
)
LIKE = Result("Array or MaskedArray", like)
LIKE_OR_SCALAR = Result(
    "Array, MaskedArray, or Scalar for numbers",
    lambda promoted: like(promoted) if _has_array(promoted) else Scalar,
    single=_as_scalar,
)
LIKE_FIRST = Result("Array, MaskedArray, or Scalar for a number", _first, single=_as_scalar)
TRUTH = Result(
    "Array, MaskedArray, or Bool for a number",
    lambda promoted: like(promoted) if _has_array(promoted) else Bool,
    single=_as_truth,
)
REDUCED = Result(
    "Scalar if axis is None, else Array or MaskedArray",
    _reduced,
    of_nothing=_nothing_reduced,
    single=_as_scalar,
)
SCALAR = Result("Scalar", lambda promoted: Scalar, of_nothing=_nothing_reduced, single=_as_scalar)
LIST = Result(
    "List of Array or MaskedArray",
    lambda promoted: List.of(like(promoted)),
    list,
    of_nothing=lambda name, arguments: [],
    single=lambda value: [value],
)
ONE_OR_LIST = Result(
    "Array or MaskedArray; a List of those for several arguments",
    lambda promoted: like(promoted) if len(promoted["arys"]) == 1 else List.of(like(promoted)),
    list,
)


def arrays(number: int) -> Result:
    """The rule of functions that give a tuple of so many Arrays."""
    return Result(
        f"Tuple of {number} Arrays",
        lambda promoted: Tuple.of(*[Array] * number),
        tuple,
        of_nothing=lambda name, arguments: (NOTHING,) * number,
        has_mask=False,
    )
