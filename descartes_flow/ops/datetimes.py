"""Operations on moments."""

from __future__ import annotations

import datetime

from ..errors import JobInvalid
from ..graph import apply, literal
from ..types import Bool, Datetime, Float, Int, Str
from .registry import operation


@operation("datetime.from_components", public=False)
def from_components(*parts: Int) -> Datetime:
    """The moment of a year, month, day, ... in UTC."""
    ...


@from_components.value
def _from_components(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[arg-type, misc]


@operation("datetime.from_timestamp", public=False)
def from_timestamp(seconds: Int | Float) -> Datetime:
    """The moment so many seconds after 1970-01-01 UTC."""
    ...


@from_timestamp.value
def _from_timestamp(seconds: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


@operation("datetime.from_string", public=False)
def from_string(text: Str) -> Datetime:
    """The moment that an ISO 8601 text names."""
    ...


@from_string.value
def _from_string(text: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise JobInvalid(f"{text!r} is no ISO 8601 date") from error
    return moment.replace(tzinfo=datetime.UTC) if moment.tzinfo is None else moment.astimezone(datetime.UTC)


@operation("datetime.is_between", on=Datetime, method="is_between")
def is_between(self: Datetime, start: Datetime, end: Datetime, inclusive: Bool = True) -> Bool:  # type: ignore[assignment]
    """Whether the moment lies between two others.

    Parameters
    ----------
    start, end : Datetime, datetime, date, ISO text or epoch seconds
    inclusive : bool
        True: ``start <= x <= end``; False: strictly between.
    """
    ...


@is_between.value
def _is_between(
    moment: datetime.datetime, start: datetime.datetime, end: datetime.datetime, inclusive: bool = True
) -> bool:
    return start <= moment <= end if inclusive else start < moment < end


def _part(name: str) -> None:
    """Declare an attribute such as ``year``."""

    def declaration(self: Datetime) -> Int:
        return Int._from_node(apply("getattr", self._node, literal(name)))

    declaration.__name__ = name
    declaration.__doc__ = f"The {name}, in UTC."
    operation("getattr", on=Datetime, method=name, as_property=True)(declaration)


for _name in ("year", "month", "day", "hour", "minute", "second", "microsecond"):
    _part(_name)
