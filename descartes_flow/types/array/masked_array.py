"""MaskedArray."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

import numpy as np

from ...errors import ProxyTypeError
from ...graph import apply
from ..methods import MaskedArrayMethods
from ..primitives.any_ import Any
from ..primitives.bool_ import Bool
from ..primitives.none import NoneType
from ..primitives.number import Float, Int
from ..proxytype import Proxytype, describe
from .array_ import Array
from .arraylike import Arraylike


class MaskedArray(MaskedArrayMethods, Arraylike):
    """An Array of which some items are masked: operations leave those out, and so do reductions.

    Arithmetic masks what has no value, as imagery does: a division by 0, the logarithm of 0, a result that
    is no number; inf is a value.

    Parameters
    ----------
    data : as for Array
    mask : bool, Bool or Array of bool
        True = masked; of the shape of `data`, or one for all.
    fill_value : number or Array, optional
        What `filled` puts in place of masked items; None: numpy's choice for the dtype.

    Examples
    --------
    >>> arr = MaskedArray([1, 2, 6], mask=[False, True, False])
    >>> arr.sum().compute()
    np.int64(7)
    >>> arr.filled(0).compute()
    array([1, 0, 6])
    """

    __slots__ = ()

    def __init__(self, data: AnyValue, mask: AnyValue = False, fill_value: AnyValue = None) -> None:
        promoted = Array._promote(data)
        hidden = _mask(mask)
        fill = _fill_value(fill_value)
        self._node = apply("maskedarray.create", promoted._node, hidden._node, fill._node)
        object.__setattr__(self, "_hint", promoted._hint)

    @classmethod
    def from_numpy(cls, value: AnyValue) -> Self:
        """The proxy of a masked array of numpy, with its mask and fill value; a plain array has no mask.

        Examples
        --------
        >>> MaskedArray.from_numpy(np.ma.masked_equal([1, 2, 3], 2)).count().compute()
        np.int64(2)
        """
        if not isinstance(value, np.ma.MaskedArray):
            return cls(value)
        fill = value.fill_value.item()
        mask = np.ma.getmask(value)
        return cls(np.ma.getdata(value), bool(mask) if mask.ndim == 0 and value.ndim else mask, fill)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, Any):
            return cls._from_node(value._node)
        return cls.from_numpy(value)


def _mask(value: AnyValue) -> Proxytype:
    try:
        return Bool._promote(value)
    except ProxyTypeError:
        mask = Array._promote(value)
    if mask._hint.kind not in (None, "b"):
        raise TypeError(f"MaskedArray(mask=): should be boolean, got {describe(value)}")
    return mask


def _fill_value(value: AnyValue) -> Proxytype:
    for kind in (NoneType, Bool, Int, Float):
        try:
            return kind._promote(value)
        except ProxyTypeError:
            continue
    return Array._promote(value)
