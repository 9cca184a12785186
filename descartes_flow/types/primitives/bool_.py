"""Bool."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

from ...graph import literal
from ..array.dispatch import NumpyOperand
from ..methods import BoolMethods
from ..names import TYPES
from .primitive import Primitive, refusal


class Bool(BoolMethods, NumpyOperand, Primitive):
    """A truth value that will be known after compute; combine with ``&``, ``|``, ``^`` and ``~``.

    Parameters
    ----------
    value : bool or Bool
        No number: compare it, like ``x != 0``.

    Examples
    --------
    >>> (Bool(True) & ~Bool(False)).compute()
    True
    """

    __slots__ = ()

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, bool) or (type(value).__name__ in ("bool_", "bool") and hasattr(value, "dtype")):
            return cls._from_node(literal(bool(value)))
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        raise refusal(value, cls, _hint(value))


def _hint(value: object) -> str:
    if isinstance(value, (int, float, TYPES["Number"])):
        return "compare it first, like `x != 0`"
    if isinstance(value, TYPES["Imagery"]):
        return "its pixels differ: wf.where chooses, and .mask hides, pixel by pixel"
    return ""
