"""Durations, and the arithmetic of moments with them: multiples of a duration count from 1970-01-01 UTC."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any as AnyValue

from ..errors import JobInvalid
from ..types import Datetime, Float, Int, Timedelta, Tuple
from .metadata import field_of
from .registry import operation
from .rows import Row

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

SUMS = (
    Row(Timedelta, Timedelta, Timedelta),
    Row(Datetime, Timedelta, Datetime),
    Row(Timedelta, Datetime, Datetime),
)
DIFFERENCES = (
    Row(Timedelta, Timedelta, Timedelta),
    Row(Datetime, Timedelta, Datetime),
    Row(Datetime, Datetime, Timedelta),
)
PRODUCTS = (Row(Timedelta, Int | Float, Timedelta), Row(Int | Float, Timedelta, Timedelta))
QUOTIENTS = (Row(Timedelta, Int | Float, Timedelta), Row(Timedelta, Timedelta, Float))
WHOLE_QUOTIENTS = (
    Row(Timedelta, Int, Timedelta),
    Row(Timedelta, Timedelta, Int),
    Row(Datetime, Timedelta, Datetime),
)
REMAINDERS = (Row(Timedelta, Timedelta, Timedelta), Row(Datetime, Timedelta, Timedelta))
DIVISIONS = (
    Row(Timedelta, Timedelta, Tuple[Int, Timedelta]),
    Row(Datetime, Timedelta, Tuple[Datetime, Timedelta]),
)
"""Rows of ``+``, ``-``, ``*``, ``/``, ``//``, ``%`` and ``divmod``."""


def of_moments(
    numbers: Callable[[AnyValue, AnyValue], AnyValue], moments: Callable[[AnyValue, AnyValue], AnyValue]
) -> Callable[[AnyValue, AnyValue], AnyValue]:
    """An operator of Python, and what it means for a moment and a duration, which Python does not say."""

    def value(x: AnyValue, y: AnyValue) -> AnyValue:
        if isinstance(x, datetime.datetime):
            return moments(x, y)
        return numbers(x, y)

    return value


def floored(moment: datetime.datetime, step: datetime.timedelta) -> datetime.datetime:
    """The last multiple of `step` that is not after `moment`."""
    return moment - since(moment, step)


def since(moment: datetime.datetime, step: datetime.timedelta) -> datetime.timedelta:
    """The time since the last multiple of `step`."""
    return (moment - EPOCH) % step


@operation("timedelta.from_components", public=False)
def from_components(*parts: Int | Float) -> Timedelta:
    """The duration of days, seconds, microseconds, milliseconds, minutes, hours and weeks, in this order."""
    ...


@from_components.value
def _from_components(*parts: float) -> datetime.timedelta:
    try:
        return datetime.timedelta(*parts)
    except OverflowError as error:
        raise JobInvalid("a duration has at most 999,999,999 days") from error


@operation("timedelta.total_seconds", on=Timedelta)
def total_seconds(self: Timedelta) -> Float:
    """The whole duration in seconds, with fractions.

    Examples
    --------
    >>> Timedelta(days=10, minutes=100).total_seconds().compute()
    870000.0
    """
    ...


total_seconds.value(datetime.timedelta.total_seconds)


def _part(name: str, summary: str) -> None:
    """Declare an attribute such as ``days``."""

    def declaration(self: Timedelta) -> Int:
        return field_of(self, name, Int)

    declaration.__name__ = name
    declaration.__doc__ = f"""{summary}

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Timedelta(hours=-1).{name}.compute()
    {getattr(datetime.timedelta(hours=-1), name)}
    """
    operation("getattr", on=Timedelta, method=name, as_property=True)(declaration)


_part(
    "days", "Whole days; they alone are negative, where the duration is: -1 hour is -1 day and 82800 seconds."
)
_part("seconds", "Seconds beyond whole days, 0 to 86399; `total_seconds` gives the whole duration.")
_part("microseconds", "Microseconds beyond whole seconds, 0 to 999999.")
