"""DType."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

from ...errors import ProxyTypeError
from ...graph import apply, literal
from ..primitives.any_ import Any
from ..primitives.bool_ import Bool
from ..primitives.number import Float, Int
from ..primitives.string import Str
from ..proxytype import Promoted
from . import literals

PROXIES: dict[AnyValue, type] = {Int: int, Float: float, Bool: bool}


class DType(Promoted):
    """The type of the items of an array; computes to a ``numpy.dtype``.

    Parameters
    ----------
    value : str, numpy.dtype or type
        A name such as ``"float32"``, a type of numpy or Python, or Int, Float or Bool. Its kind must be
        bool, int or float.

    Examples
    --------
    >>> DType("float32").compute()
    dtype('float32')
    >>> DType(Int).compute()
    dtype('int64')
    """

    __slots__ = ()

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, Any):
            return cls._from_node(value._node)
        if isinstance(value, Str):
            return cls._from_node(apply("dtype.create", value._node))
        try:
            dtype = literals.checked_dtype(PROXIES.get(value, value) if isinstance(value, type) else value)
        except TypeError as error:
            raise ProxyTypeError(f"cannot promote to DType: {error}") from error
        return cls._from_node(apply("dtype.create", literal(dtype.name)))
