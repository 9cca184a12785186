"""Str."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

from ...graph import apply, literal
from ..methods import StrMethods
from ..names import TYPES
from .primitive import Primitive, refusal


class Str(StrMethods, Primitive):
    """A text that will be known after compute.

    Parameters
    ----------
    value : str, or a Str, Int, Float, Bool, Datetime or Timedelta
        The proxy of another type becomes what Python's ``str.format`` makes of its value. Nothing is
        converted silently: ``Str(1)`` is refused, and so is an Int where a Str is expected.

    Examples
    --------
    >>> ("page " + Str("7").zfill(3)).compute()
    'page 007'
    """

    __slots__ = ()

    def __init__(self, value: AnyValue) -> None:
        if _is_printed(value):
            self._node = apply("Str.format", literal("{}"), value._node)
            return
        super().__init__(value)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if type(value) is cls:
            return value
        if isinstance(value, str):
            return cls._from_node(literal(str(value)))
        if isinstance(value, cls | TYPES["Any"]):
            return cls._from_node(value._node)
        raise refusal(value, cls, _conversion(value))


PRINTED = ("Number", "Bool", "Datetime", "Timedelta")
"""Types whose values `Str` writes as a text."""


def _is_printed(value: object) -> bool:
    return isinstance(value, tuple(TYPES[name] for name in PRINTED))


def _conversion(value: object) -> str:
    if _is_printed(value):
        return "convert explicitly, like `Str(x)`"
    return "convert it first, like `str(x)`" if isinstance(value, (int, float)) else ""
