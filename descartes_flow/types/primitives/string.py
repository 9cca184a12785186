"""Str."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

from ...graph import literal
from ..methods import StrMethods
from ..names import TYPES
from .primitive import Primitive, refusal


class Str(StrMethods, Primitive):
    """A text that will be known after compute.

    Parameters
    ----------
    value : str or Str
        Nothing is converted silently: ``Str(1)`` is refused.
    """

    __slots__ = ()

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if type(value) is cls:
            return value
        if isinstance(value, str):
            return cls._from_node(literal(str(value)))
        if isinstance(value, cls | TYPES["Any"]):
            return cls._from_node(value._node)
        raise refusal(value, cls)
