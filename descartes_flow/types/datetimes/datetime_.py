"""Datetime: a moment, always UTC."""

from __future__ import annotations

import datetime
from typing import Any as AnyValue
from typing import Self

from ...errors import ProxyTypeError
from ...graph import apply, literal
from ..methods import DatetimeMethods
from ..names import TYPES
from ..primitives.number import Int
from ..proxytype import Proxytype, describe

PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")


class Datetime(DatetimeMethods, Proxytype):
    """A moment in UTC.

    Parameters
    ----------
    year, month, day, hour, minute, second, microsecond : int or Int
        From `month` on they may be left out.

    Examples
    --------
    >>> Datetime.from_string("2016-04-15T18:16:37Z").year
    <descartes_flow.types.primitives.number.Int at 0x...>
    """

    __slots__ = ()

    def __init__(
        self,
        year: object,
        month: object = 1,
        day: object = 1,
        hour: object = 0,
        minute: object = 0,
        second: object = 0,
        microsecond: object = 0,
    ) -> None:
        nodes = []
        for name, value in zip(PARTS, (year, month, day, hour, minute, second, microsecond), strict=True):
            try:
                nodes.append(Int._promote(value)._node)
            except ProxyTypeError as error:
                raise ProxyTypeError(f"Datetime({name}=): expected Int, got {describe(value)}") from error
        self._node = apply("datetime.from_components", *nodes)

    @classmethod
    def from_string(cls, text: object) -> Self:
        """The moment that an ISO 8601 text names, UTC unless it says so; a bad text fails when computed."""
        return cls._from_node(apply("datetime.from_string", TYPES["Str"]._promote(text)._node))

    @classmethod
    def from_timestamp(cls, seconds: object) -> Self:
        """The moment so many seconds after 1970-01-01 UTC."""
        kind = TYPES["Int"] if isinstance(seconds, (int, Int)) else TYPES["Float"]
        return cls._from_node(apply("datetime.from_timestamp", kind._promote(seconds)._node))

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, datetime.datetime) and value.tzinfo is not None:
            value = value.astimezone(datetime.UTC)
        if isinstance(value, datetime.date):
            value = value.isoformat()
        if isinstance(value, str):
            return cls._from_node(apply("datetime.from_string", literal(value)))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return cls._from_node(apply("datetime.from_timestamp", literal(value)))
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        raise ProxyTypeError(f"cannot promote {describe(value)} to Datetime")
