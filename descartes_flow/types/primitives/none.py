"""NoneType."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import ClassVar, Self

from ...graph import literal
from .primitive import Primitive, refusal


class NoneType(Primitive):
    """The absence of a value: None in tuples, lists and optional arguments.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Tuple[wf.Int, wf.NoneType]((1, None)).compute()
    (1, None)
    """

    __slots__ = ()
    uncomputable: ClassVar[str] = "there is nothing to compute in None"

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if value is None:
            return cls._from_node(literal(None))
        raise refusal(value, cls)
