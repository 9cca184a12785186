"""Slice: a lazy ``slice``."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

from ...errors import ProxyTypeError
from ...graph import Kind, Node, apply
from ..names import TYPES
from ..primitives.none import NoneType
from ..primitives.number import Int
from ..proxytype import Proxytype, describe


class Slice(Proxytype):
    """Where a selection starts, stops and how it steps; each may be a proxy.

    Parameters
    ----------
    start, stop, step : int or Int, optional

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Str("reflectance")[wf.Slice(2, 6)].compute()
    'flec'
    """

    __slots__ = ()

    def __init__(self, start: object = None, stop: object = None, step: object = None) -> None:
        fields: dict[str, Node] = {}
        for name, value in (("start", start), ("stop", stop), ("step", step)):
            try:
                fields[name] = (NoneType if value is None else Int)._promote(value)._node
            except ProxyTypeError as error:
                raise ProxyTypeError(
                    f"Slice({name}=): expected Int or None, got {describe(value)}"
                ) from error
        self._node = apply("Slice.create", **fields)

    @classmethod
    def from_slice(cls, value: slice) -> Self:
        """The proxy of a Python slice, whose parts may be proxies.

        Examples
        --------
        >>> Slice.from_slice(slice(1, None)).compute()
        slice(1, None, None)
        """
        return cls(value.start, value.stop, value.step)

    @property
    def literal_value(self) -> slice | None:
        """The Python slice, or None if a part is known only after compute."""
        known = [node.value for _, node in self._node.kwargs if node.kind is Kind.LITERAL]
        return slice(*known) if len(known) == 3 else None

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, slice):
            return cls.from_slice(value)
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        raise ProxyTypeError(f"cannot promote {describe(value)} to Slice")
