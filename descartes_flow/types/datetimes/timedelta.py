"""Timedelta: how much time lies between two moments."""

from __future__ import annotations

import datetime
from typing import Any as AnyValue
from typing import Self

import numpy as np

from ...errors import ProxyTypeError
from ...graph import apply
from ..methods import TimedeltaMethods
from ..names import TYPES
from ..primitives.number import Float, Int
from ..proxytype import Proxytype, describe
from .components import components

UNITS = ("days", "seconds", "microseconds")
"""What Python keeps of a timedelta."""

CALENDAR = ("Y", "M", "generic")
"""Units of numpy's timedelta64 that have no fixed length: years, months and none."""


class Timedelta(TimedeltaMethods, Proxytype):
    """A duration, to the microsecond; negative where it leads back.

    Parameters
    ----------
    days, seconds, microseconds, milliseconds, minutes, hours, weeks : int, float, Int or Float
        Added up; in the order of Python's ``datetime.timedelta``, which is also what `compute` gives. More
        than 999,999,999 days fail when they are computed.

    Examples
    --------
    >>> Timedelta(days=10, minutes=100).compute()
    datetime.timedelta(days=10, seconds=6000)
    >>> (Timedelta(hours=1) / Timedelta(minutes=5)).compute()
    12.0
    """

    __slots__ = ()
    __array_ufunc__ = None  # numpy's timedelta64 then leaves the operator to the proxy

    def __init__(
        self,
        days: object = 0,
        seconds: object = 0,
        microseconds: object = 0,
        milliseconds: object = 0,
        minutes: object = 0,
        hours: object = 0,
        weeks: object = 0,
    ) -> None:
        given = {
            "days": days,
            "seconds": seconds,
            "microseconds": microseconds,
            "milliseconds": milliseconds,
            "minutes": minutes,
            "hours": hours,
            "weeks": weeks,
        }
        self._node = apply("timedelta.from_components", *components("Timedelta", given, Int | Float))

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        if isinstance(value, np.timedelta64):
            value = _plain(value)
        if not _is_duration(value):
            raise ProxyTypeError(f"cannot promote {describe(value)} to Timedelta{_hint(value)}")
        parts = {unit: getattr(value, unit) for unit in UNITS}
        return cls._from_node(apply("timedelta.from_components", *components("Timedelta", parts, Int)))


def _plain(value: np.timedelta64) -> datetime.timedelta:
    """Python's timedelta of numpy's; what is shorter than a microsecond is cut off."""
    is_fixed = np.datetime_data(value.dtype)[0] not in CALENDAR
    plain = value.astype("timedelta64[us]").item() if is_fixed else None
    if not isinstance(plain, datetime.timedelta):
        raise ProxyTypeError(
            f"cannot promote {describe(value)} to Timedelta: it is no certain number of microseconds"
        )
    return plain


def _is_duration(value: object) -> bool:
    """Whether days, seconds and microseconds say all of a value; dateutil's have hours and months besides."""
    if isinstance(value, datetime.timedelta):
        return True
    is_moment = isinstance(value, datetime.date)  # as which pandas' NaT, that has all attributes, counts
    return all(hasattr(value, unit) for unit in UNITS) and not (is_moment or hasattr(value, "hours"))


def _hint(value: object) -> str:
    is_number = isinstance(value, (int, float, Int, Float))
    return "; a number has no unit: write for example Timedelta(days=x)" if is_number else ""
