"""What functions of arrays take: types that occur in signatures only."""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from typing import Any as AnyValue

import numpy as np

from ...errors import ProxyTypeError
from ..containers.list_ import List
from ..names import TYPES
from ..primitives.any_ import Any
from ..primitives.bool_ import Bool
from ..primitives.number import Number
from ..proxify import proxify
from ..proxytype import Proxytype, describe
from .array_ import Array
from .arraylike import Arraylike
from .masked_array import MaskedArray
from .scalar import Scalar


class AnyArray(Proxytype):
    """In a signature: an array, or what an Array can be made of."""

    __slots__ = ()
    _written = "Array, MaskedArray"

    @classmethod
    def _promote(cls, value: AnyValue) -> AnyValue:
        return (Arraylike if isinstance(value, (Arraylike, np.ndarray)) else Array)._promote(value)


class AnyNumber(Proxytype):
    """In a signature: a number, as the Scalar, Float, Int or Bool that it is."""

    __slots__ = ()
    _written = "Int, Float, Bool, Scalar"

    @classmethod
    def _promote(cls, value: AnyValue) -> AnyValue:
        if isinstance(value, (Scalar, Number, Bool)):
            return value
        if isinstance(value, (bool, np.bool_, numbers.Real)):
            return proxify(value)
        raise ProxyTypeError(f"cannot promote {describe(value)} to a number")


class ArrayOrNumber(Proxytype):
    """In a signature: an array or a number, which stays a number."""

    __slots__ = ()
    _written = "Array, MaskedArray, Int, Float, Bool, Scalar"

    @classmethod
    def _promote(cls, value: AnyValue) -> AnyValue:
        try:
            return AnyNumber._promote(value)
        except ProxyTypeError:
            return AnyArray._promote(value)


class ArrayList(Proxytype):
    """In a signature: several arrays, as a Python sequence or a List; or one, along its first axis."""

    __slots__ = ()
    _written = "a sequence of arrays"

    @classmethod
    def _promote(cls, value: AnyValue) -> AnyValue:
        if isinstance(value, (Proxytype, np.ndarray)):
            return value if isinstance(value, (List, Any)) else AnyArray._promote(value)
        if not isinstance(value, Iterable) or isinstance(value, (str, bytes)):
            raise ProxyTypeError(f"expected a sequence of arrays, got {describe(value)}")
        arrays = [AnyArray._promote(item) for item in value]
        kind = MaskedArray if any(isinstance(array, MaskedArray) for array in arrays) else Array
        made = TYPES["List"].of(Arraylike)(arrays)
        return TYPES["List"].of(kind)._from_node(made._node)
