"""Int and Float."""

from __future__ import annotations

import numbers
from typing import Any as AnyValue
from typing import NoReturn, Self

import numpy as np

from ...graph import apply, literal
from ..array.dispatch import NumpyOperand
from ..methods import FloatMethods, IntMethods
from ..names import TYPES, article
from .primitive import Primitive, refusal


class Number(NumpyOperand, Primitive):
    """Int or Float. Abstract."""

    __slots__ = ()

    def __init__(self, value: object) -> None:
        if type(self) is Number:
            raise TypeError("a Number cannot be built; use Int or Float")
        super().__init__(value)

    def _not_yet(self, what: str, instead: str) -> NoReturn:
        raise TypeError(
            f"{what} needs a value now, and that of {article(type(self).__name__)} proxy is known only after "
            f".compute(); {instead}"
        )

    def __int__(self) -> NoReturn:
        self._not_yet("int()", "wf.Int(x) converts it lazily")

    def __float__(self) -> NoReturn:
        self._not_yet("float()", "wf.Float(x) converts it lazily")

    def __index__(self) -> NoReturn:
        self._not_yet(
            "use as a Python index, in range() or hex()",
            "items of a List or Tuple proxy, like wf.List[wf.Int]([1, 2])[x], are found lazily",
        )

    def __round__(self, ndigits: int | None = None) -> NoReturn:
        self._not_yet("round()", "(x + 0.5) // 1 rounds it lazily")


class Int(IntMethods, Number):
    """A whole number that will be known after compute.

    Parameters
    ----------
    value : int, bool, Int, Float, Bool or Str
        A Python number stands for itself; a proxy of another primitive is converted as Python's ``int`` does
        when it is computed: towards 0; a text that is no number fails then.

    Examples
    --------
    >>> (Int(1) + 1).graft
    {'1': 1, '2': 1, '3': ['add', '1', '2'], 'returns': '3'}
    >>> Int(Float(-1.9)).compute()
    -1
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
        if isinstance(value, (bool, np.bool_, numbers.Integral)) and not isinstance(value, np.timedelta64):
            return cls._from_node(literal(int(value)))
        if isinstance(value, TYPES["Bool"]):
            return cls._from_node(apply("Int.cast", value._node))
        if isinstance(value, cls | TYPES["Any"]):
            return cls._from_node(value._node)
        raise refusal(value, cls, _conversion(value, cls))


class Float(FloatMethods, Number):
    """A real number that will be known after compute.

    Parameters
    ----------
    value : float, int, bool, Float, Int, Bool or Str
        A Python number stands for itself; a proxy of another primitive is converted as Python's ``float``
        does when it is computed; a text that is no number fails then.

    Examples
    --------
    >>> (Float(1) / 0).compute()
    inf
    >>> from descartes_flow import Str
    >>> Float(Str("2.5")).compute()
    2.5
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
        if isinstance(value, (np.bool_, numbers.Real)) and not isinstance(value, np.timedelta64):
            try:
                return cls._from_node(literal(float(value)))
            except OverflowError as error:
                raise refusal(value, cls, "it is too large for a float") from error
        if isinstance(value, (Int, TYPES["Bool"], TYPES["Scalar"])):
            return cls._from_node(apply("Float.cast", value._node))
        if isinstance(value, cls | TYPES["Any"]):
            return cls._from_node(value._node)
        raise refusal(value, cls, _conversion(value, cls))


def _conversion(value: object, cls: type) -> str:
    """How a number is made of what another type holds."""
    if isinstance(value, Primitive):
        return f"convert explicitly, like `{cls.__name__}(x)`"
    if isinstance(value, (float, str)):
        return f"convert it first, like `{'int' if cls is Int else 'float'}(x)`"
    return ""
