"""Array."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

import numpy as np

from ...errors import ProxyTypeError
from ...graph import Node, apply, literal
from ..containers.list_ import List
from ..names import TYPES
from ..primitives.any_ import Any
from ..primitives.bool_ import Bool
from ..primitives.number import Float, Int, Number
from ..proxify import proxify
from ..proxytype import Proxytype, describe
from . import literals
from .arraylike import UNKNOWN, Arraylike, Hint


class Array(Arraylike):
    """Numbers along any number of axes that will be known after compute; numpy's functions work on it.

    Parameters
    ----------
    value : number, nested list, numpy.ndarray, Int, Float, Bool, Scalar or List
        Of truth values, integers or real numbers. Data at hand become part of the program, which is meant
        for less than 10 MiB; their dtype is kept.

    Raises
    ------
    TypeError
        If the items are no numbers, or some are masked.
    ValueError
        If nested lists are ragged, or the data take 10 MiB or more.

    Examples
    --------
    >>> arr = Array([[1, 2, 4], [8, 9, 10]])
    >>> arr[arr > 3].compute()
    array([ 4,  8,  9, 10])
    >>> arr[0, 0]
    <descartes_flow.types.primitives.number.Int at 0x...>
    """

    __slots__ = ()

    def __init__(self, value: AnyValue) -> None:
        node, hint = _built(value)
        self._node = node
        object.__setattr__(self, "_hint", hint)

    @classmethod
    def from_numpy(cls, value: AnyValue) -> Self:
        """The proxy of a numpy array; the same as ``Array(value)``.

        Examples
        --------
        >>> Array.from_numpy(np.array([[1.1, 2.2, 4.4], [8.8, 9.9, 10.0]]))
        <descartes_flow.types.array.array_.Array at 0x...>
        """
        return cls(value)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        return cls._from_node(value._node) if isinstance(value, Any) else cls(value)


def _built(value: AnyValue) -> tuple[Node, Hint]:
    """The program of an array, and what is known of it."""
    if isinstance(value, Array):
        return value._node, value._hint
    if isinstance(value, (Arraylike, np.ma.MaskedArray)):
        raise ProxyTypeError("a MaskedArray is no Array; use .filled(value) or .getdata()")
    if _holds_proxies(value):
        return apply("array.create", _numbers(value)._node), _hint_of(value)
    if isinstance(value, (str, bytes, dict, set)) or value is None:
        raise ProxyTypeError(f"cannot promote {describe(value)} to Array")
    data = literals.plain_array(value)
    node = apply("array.create", literal(literals.written(data)))
    return node, Hint(data.ndim, data.dtype.kind)


def _holds_proxies(value: AnyValue) -> bool:
    if isinstance(value, (list, tuple)):
        return any(_holds_proxies(item) for item in value)
    return isinstance(value, Proxytype)


def _numbers(value: AnyValue) -> Proxytype:
    """A proxy of numbers, or of nested lists of them."""
    if isinstance(value, (list, tuple)):
        value = [_numbers(item) for item in value]
        return proxify(value)
    proxy = proxify(value)
    kind = type(proxy)
    while issubclass(kind, List):
        kind = kind.element_type()
    if not issubclass(kind, (Number, Bool, Any, TYPES["Scalar"])):
        raise ProxyTypeError(f"cannot promote {describe(value)} to Array: expected numbers or lists of them")
    return proxy


def _hint_of(value: AnyValue) -> Hint:
    """Rank and kind of a number."""
    for proxy, kind in ((Bool, "b"), (Int, "i"), (Float, "f")):
        if isinstance(value, proxy):
            return Hint(0, kind)
    return UNKNOWN
