"""Operations on moments; their arithmetic is in `timedeltas`."""

from __future__ import annotations

import datetime

from ..errors import JobInvalid
from ..types import Bool, Datetime, Float, Int, Str
from ..types.datetimes.datetime_ import PARTS
from .metadata import field_of
from .registry import operation
from .timedeltas import EPOCH


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
    try:
        return EPOCH + datetime.timedelta(seconds=seconds)
    except OverflowError as error:
        raise JobInvalid(f"{seconds!r} seconds from 1970 lie beyond the years 1 to 9999") from error


@operation("datetime.from_string", public=False)
def from_string(text: Str) -> Datetime:
    """The moment that an ISO 8601 text names."""
    ...


@from_string.value
def _from_string(text: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise JobInvalid(
            f"{text!r} is no ISO 8601 date, such as '2017-06-01' or '2017-06-01T12:00:00Z'"
        ) from error
    return moment.replace(tzinfo=datetime.UTC) if moment.tzinfo is None else moment.astimezone(datetime.UTC)


@operation("datetime.is_between", on=Datetime, method="is_between")
def is_between(self: Datetime, start: Datetime, end: Datetime, inclusive: Bool = True) -> Bool:  # type: ignore[assignment]
    """Whether the moment lies between two others.

    Parameters
    ----------
    start, end : Datetime, datetime, date, ISO text or epoch seconds
    inclusive : bool
        True: ``start <= x <= end``; False: strictly between.

    Examples
    --------
    >>> Datetime(2020, 3, 1).is_between("2020-03-01", "2020-06-01").compute()
    True
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
        return field_of(self, name, Int)

    declaration.__name__ = name
    declaration.__doc__ = f"""The {name}, in UTC.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Datetime.from_string("2016-04-15T18:09:37.684181").{name}.compute()
    {getattr(datetime.datetime(2016, 4, 15, 18, 9, 37, 684181), name)}
    """
    operation("getattr", on=Datetime, method=name, as_property=True)(declaration)


for _name in PARTS:
    _part(_name)


@operation("datetime.dayofyear", on=Datetime, as_property=True)
def dayofyear(self: Datetime) -> Int:
    """The number of the day in its year, in UTC: 1 to 366.

    Examples
    --------
    >>> Datetime(2020, 3, 1).dayofyear.compute()
    61
    """
    ...


@dayofyear.value
def _dayofyear(moment: datetime.datetime) -> int:
    return moment.timetuple().tm_yday


@operation("datetime.weekday", on=Datetime)
def weekday(self: Datetime) -> Int:
    """The day of the week, in UTC: 0 for Monday to 6 for Sunday.

    Examples
    --------
    >>> Datetime(2020, 3, 1).weekday().compute()
    6
    """
    ...


weekday.value(datetime.datetime.weekday)


@operation("datetime.date", on=Datetime)
def date(self: Datetime) -> Datetime:
    """The midnight, in UTC, that the day began with; ``x.date() == "2020-03-01"`` asks for the day alone.

    Examples
    --------
    >>> Datetime(2020, 3, 1, 17, 30).date().compute()
    datetime.datetime(2020, 3, 1, 0, 0, tzinfo=datetime.timezone.utc)
    """
    ...


@date.value
def _date(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


@operation("datetime.timestamp", on=Datetime)
def timestamp(self: Datetime) -> Float:
    """Seconds since 1970-01-01 UTC, negative before.

    Examples
    --------
    >>> Datetime(1970, 1, 2).timestamp().compute()
    86400.0
    """
    ...


timestamp.value(datetime.datetime.timestamp)


@operation("datetime.isoformat", on=Datetime)
def isoformat(self: Datetime) -> Str:
    """The moment as an ISO 8601 text, with microseconds only where there are any.

    Examples
    --------
    >>> Datetime(2020, 3, 1, 17, 30).isoformat().compute()
    '2020-03-01T17:30:00+00:00'
    """
    ...


isoformat.value(datetime.datetime.isoformat)


@operation("datetime.strftime", on=Datetime)
def strftime(self: Datetime, format: Str) -> Str:
    """The moment as a text of a format of one's own.

    Parameters
    ----------
    format : str or Str
        With the codes of Python's ``datetime.strftime``, such as ``%Y-%m``.

    Examples
    --------
    >>> Datetime(2020, 3, 1).strftime("%Y-%m").compute()
    '2020-03'
    """
    ...


strftime.value(datetime.datetime.strftime)
