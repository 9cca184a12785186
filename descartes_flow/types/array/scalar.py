"""Scalar."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

from ...errors import ProxyTypeError
from ...graph import apply
from ..methods import ScalarMethods
from ..primitives.any_ import Any
from ..primitives.bool_ import Bool
from ..primitives.number import Float, Int
from ..proxytype import Promoted, describe
from .dispatch import NumpyOperand


class Scalar(ScalarMethods, NumpyOperand, Promoted):
    """One number of an array, such as its sum; whether it is an int or a float shows after compute.

    It combines with numbers and arrays and may be used wherever a Float is expected, also with imagery. It
    computes to a scalar of numpy, or to ``np.ma.masked``.

    Parameters
    ----------
    value : number, Int, Float or Bool

    Examples
    --------
    >>> from descartes_flow import Array
    >>> total = Array([1, 2, 3]).sum()
    >>> total
    <descartes_flow.types.array.scalar.Scalar at 0x...>
    >>> (total / 4).compute()
    np.float64(1.5)
    """

    __slots__ = ()

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, Any):
            return cls._from_node(value._node)
        for kind in (Bool, Int, Float):
            try:
                return cls._from_node(apply("scalar.create", kind._promote(value)._node))
            except ProxyTypeError:
                continue
        raise ProxyTypeError(f"cannot promote {describe(value)} to Scalar: expected a number")
