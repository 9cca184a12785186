"""Datetime: a moment, always UTC."""

from __future__ import annotations

import datetime
import numbers
from typing import Any as AnyValue
from typing import Self

import numpy as np

from ...errors import ProxyTypeError
from ...graph import apply, literal
from ..methods import DatetimeMethods
from ..names import TYPES
from ..primitives.number import Float, Int
from ..proxytype import Proxytype, describe
from .components import components

PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")


class Datetime(DatetimeMethods, Proxytype):
    """A moment in UTC, to the microsecond; `compute` gives a ``datetime.datetime`` with ``tzinfo=utc``.

    Where a Datetime is expected, a datetime or date (of Python, numpy or pandas; UTC unless it says
    otherwise), an ISO 8601 text, or a number of seconds since 1970-01-01 will do.

    Parameters
    ----------
    year, month, day, hour, minute, second, microsecond : int or Int
        From `month` on they may be left out. A part out of its range fails when it is computed.

    Examples
    --------
    >>> Datetime.from_string("2016-04-15T18:16:37Z").year
    <descartes_flow.types.primitives.number.Int at 0x...>
    >>> import datetime
    >>> (Datetime(2016, 4, 15, 18, 16, 37) // datetime.timedelta(minutes=1)).isoformat().compute()
    '2016-04-15T18:16:00+00:00'
    """

    __slots__ = ()
    __array_ufunc__ = None  # numpy's datetime64 then leaves the operator to the proxy

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
        if isinstance(year, (str, datetime.date, np.datetime64)):
            raise ProxyTypeError(
                f"Datetime(year=): expected Int, got {describe(year)}; "
                "Datetime.from_string reads a date, and calls that take a Datetime take it as it is"
            )
        given = dict(zip(PARTS, (year, month, day, hour, minute, second, microsecond), strict=True))
        self._node = apply("datetime.from_components", *components("Datetime", given, Int))

    @classmethod
    def from_string(cls, text: object) -> Self:
        """The moment that an ISO 8601 text names, UTC unless it says so; a bad text fails when computed.

        Parameters
        ----------
        text : str or Str
            A date alone means its midnight; fractions of a second are cut after microseconds.

        Examples
        --------
        >>> Datetime.from_string("2020-02-03T04:05:06+02:00").compute()
        datetime.datetime(2020, 2, 3, 2, 5, 6, tzinfo=datetime.timezone.utc)
        """
        node = components("Datetime.from_string", {"text": text}, TYPES["Str"])[0]
        return cls._from_node(apply("datetime.from_string", node))

    @classmethod
    def from_timestamp(cls, seconds: object) -> Self:
        """The moment so many seconds after 1970-01-01 UTC.

        Parameters
        ----------
        seconds : int, float, Int or Float
            Negative for what came before.

        Examples
        --------
        >>> Datetime.from_timestamp(86400).compute()
        datetime.datetime(1970, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)
        """
        node = components("Datetime.from_timestamp", {"seconds": seconds}, Int | Float)[0]
        return cls._from_node(apply("datetime.from_timestamp", node))

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        if isinstance(value, str):
            _check(value)
            return cls._from_node(apply("datetime.from_string", literal(str(value))))
        if isinstance(value, (datetime.date, np.datetime64)):
            return cls._from_node(apply("datetime.from_string", literal(iso(value))))
        if isinstance(value, numbers.Real) and not isinstance(value, (bool, np.timedelta64)):
            number = int(value) if isinstance(value, numbers.Integral) else float(value)
            return cls._from_node(apply("datetime.from_timestamp", literal(number)))
        raise ProxyTypeError(f"cannot promote {describe(value)} to Datetime{_hint(value)}")


def _check(text: str) -> None:
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise ProxyTypeError(
            f"cannot promote {describe(text)} to Datetime: no ISO 8601 date, such as '2017-06-01' or "
            "'2017-06-01T12:00:00Z'"
        ) from error


def iso(value: datetime.date | np.datetime64) -> str:
    """A date or moment as ISO text, converted to UTC where it has an offset."""
    plain = value.astype("datetime64[us]").item() if isinstance(value, np.datetime64) else value
    if not isinstance(plain, datetime.date) or plain != plain:  # numpy's and pandas' NaT
        raise ProxyTypeError(f"cannot promote {describe(value)} to Datetime: no such moment")
    if not isinstance(plain, datetime.datetime):
        return plain.isoformat()
    moment = plain if plain.tzinfo is None else plain.astimezone(datetime.UTC)
    return datetime.datetime.isoformat(moment)  # pandas' own would add nanoseconds


def _hint(value: object) -> str:
    if isinstance(value, TYPES["Str"]):
        return "; convert explicitly, like `Datetime.from_string(x)`"
    if isinstance(value, (Int, Float)):
        return "; convert explicitly, like `Datetime.from_timestamp(x)`"
    return ""
