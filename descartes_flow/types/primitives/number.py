"""Int and Float."""

from __future__ import annotations

import numbers
from typing import Any as AnyValue
from typing import NoReturn, Self

from ...graph import apply, literal
from ..methods import FloatMethods, IntMethods
from ..names import TYPES
from .primitive import Primitive, refusal


class Number(Primitive):
    """Int or Float. Abstract."""

    __slots__ = ()
    __array_ufunc__ = None  # numpy scalars then leave `scalar + proxy` to the proxy

    def __init__(self, value: object) -> None:
        if type(self) is Number:
            raise TypeError("a Number cannot be built; use Int or Float")
        super().__init__(value)

    def _not_yet(self, what: str) -> NoReturn:
        raise TypeError(
            f"{what} does not work on a {type(self).__name__} proxy: its value is known only after .compute()"
        )

    def __int__(self) -> NoReturn:
        self._not_yet("int(), which wf.Int(x) does lazily,")

    def __float__(self) -> NoReturn:
        self._not_yet("float(), which wf.Float(x) does lazily,")

    def __index__(self) -> NoReturn:
        self._not_yet("use as a Python index, hex() or range()")

    def __round__(self, ndigits: int | None = None) -> NoReturn:
        self._not_yet("round()")


class Int(IntMethods, Number):
    """A whole number that will be known after compute.

    Parameters
    ----------
    value : int, bool, Int, Float, Bool or Str
        A Python number stands for itself; a proxy of another primitive is converted as Python's ``int`` does
        when it is computed.

    Examples
    --------
    >>> (Int(1) + 1).graft
    {'1': 1, '2': 1, '3': ['add', '1', '2'], 'returns': '3'}
    """

    __slots__ = ()

    def __init__(self, value: object) -> None:
        if isinstance(value, (TYPES["Float"], TYPES["Str"])):
            self._node = apply("Int.cast", value._node)
            return
        super().__init__(value)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        kind = type(value)
        if kind is cls:
            return value  # type: ignore[no-any-return]
        if kind is int:
            return cls._from_node(literal(value))
        if isinstance(value, (bool, numbers.Integral)):
            return cls._from_node(literal(int(value)))
        if isinstance(value, TYPES["Bool"]):
            return cls._from_node(apply("Int.cast", value._node))
        if isinstance(value, cls | TYPES["Any"]):
            return cls._from_node(value._node)
        hint = f"convert explicitly, like `{cls.__name__}(x)`" if isinstance(value, Primitive) else ""
        raise refusal(value, cls, hint)


class Float(FloatMethods, Number):
    """A real number that will be known after compute.

    Parameters
    ----------
    value : float, int, Float, Int, Bool or Str
        A Python number stands for itself; a proxy of another primitive is converted as Python's ``float``
        does when it is computed.
    """

    __slots__ = ()

    def __init__(self, value: object) -> None:
        if isinstance(value, TYPES["Str"]):
            self._node = apply("Float.cast", value._node)
            return
        super().__init__(value)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        kind = type(value)
        if kind is cls:
            return value  # type: ignore[no-any-return]
        if kind is float:
            return cls._from_node(literal(value))
        if isinstance(value, numbers.Real):
            try:
                return cls._from_node(literal(float(value)))
            except OverflowError as error:
                raise refusal(value, cls, "it is too large for a float") from error
        if isinstance(value, (Int, TYPES["Bool"])):
            return cls._from_node(apply("Float.cast", value._node))
        if isinstance(value, cls | TYPES["Any"]):
            return cls._from_node(value._node)
        raise refusal(
            value, cls, "convert explicitly, like `Float(x)`" if isinstance(value, Primitive) else ""
        )
