"""Slice: a lazy ``slice``."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

from ...errors import ProxyTypeError
from ...graph import apply
from ..names import TYPES
from ..primitives.none import NoneType
from ..primitives.number import Int
from ..primitives.primitive import Primitive
from ..proxytype import Proxytype, describe


class Slice(Proxytype):
    """Where a selection starts, stops and how it steps; each may be a proxy.

    Parameters
    ----------
    start, stop, step : int or Int, optional
    """

    __slots__ = ("start", "step", "stop")

    start: Int | NoneType
    stop: Int | NoneType
    step: Int | NoneType

    def __init__(self, start: object = None, stop: object = None, step: object = None) -> None:
        fields: dict[str, Int | NoneType] = {}
        for name, value in (("start", start), ("stop", stop), ("step", step)):
            try:
                fields[name] = NoneType._promote(value) if value is None else Int._promote(value)
            except ProxyTypeError as error:
                raise ProxyTypeError(
                    f"Slice({name}=): expected Int or None, got {describe(value)}"
                ) from error
            object.__setattr__(self, name, fields[name])
        self._node = apply("Slice.create", **{name: field._node for name, field in fields.items()})

    @classmethod
    def from_slice(cls, value: slice) -> Self:
        """The proxy of a Python slice, whose parts may be proxies."""
        return cls(value.start, value.stop, value.step)

    @property
    def literal_value(self) -> slice | None:
        """The Python slice, or None if a part is known only after compute."""
        parts: list[AnyValue] = []
        for part in (self.start, self.stop, self.step):
            if isinstance(part, Primitive) and part.literal_value is None and not isinstance(part, NoneType):
                return None
            parts.append(part.literal_value)
        return slice(*parts)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, slice):
            return cls.from_slice(value)
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        raise ProxyTypeError(f"cannot promote {describe(value)} to Slice")
