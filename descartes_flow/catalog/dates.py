"""Moments in time: what a user may write, what a file name says, and how the store counts."""

import re
from datetime import UTC, date, datetime, time, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# A date, compact or with one separator throughout, and the time of day that may follow it.
_DATE_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-_.]?)(?P<month>\d\d)(?P=sep)(?P<day>\d\d)"
    r"(?:[T_-](?P<hour>\d\d)[-:]?(?P<minute>\d\d)[-:]?(?P<second>\d\d)(?!\d)|(?!\d))"
)
_PARTS = ("year", "month", "day", "hour", "minute", "second")


def utc(value: object, argument: str) -> datetime:
    """Aware moment, UTC; what has no time zone is taken as UTC, a date as its midnight.

    Parameters
    ----------
    value : datetime, date or str
        A string is ISO 8601, such as ``2019-05-04`` or ``2019-05-04T17:38:34Z``.
    argument : str
        How to call it in an error, for instance ``search(start=)``.

    Raises
    ------
    TypeError, ValueError
        If it is none of these; the message begins with `argument`.

    Examples
    --------
    >>> utc("2019-05-04T19:00:00+02:00", "start").isoformat()
    '2019-05-04T17:00:00+00:00'
    >>> utc("May 4th", "search(start=)")
    Traceback (most recent call last):
    ...
    ValueError: search(start=): expected an ISO date such as '2019-05-04', got 'May 4th'
    """
    moment = value
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment.strip())
        except ValueError as error:
            raise ValueError(
                f"{argument}: expected an ISO date such as '2019-05-04', got {value!r}"
            ) from error
    elif isinstance(moment, date) and not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if not isinstance(moment, datetime):
        kind = type(value).__name__
        raise TypeError(f"{argument}: expected a datetime, a date or an ISO string, got {kind} {value!r}")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def date_in_name(name: str) -> datetime | None:
    """First valid date in a file name, with its time of day if one follows; else None.

    Examples
    --------
    >>> date_in_name("S2A_33TWL_20230815T095811_B02.tif").isoformat()
    '2023-08-15T09:58:11+00:00'
    >>> date_in_name("ndvi-2013-09-14.tif").isoformat()
    '2013-09-14T00:00:00+00:00'
    >>> date_in_name("tile_20231399.tif") is None
    True
    """
    for found in _DATE_IN_NAME.finditer(name):
        year, month, day, hour, minute, second = (int(found[part] or 0) for part in _PARTS)
        try:
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            continue  # digits that are no date, such as a month 13
    return None


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970: exact, unlike a float of seconds."""
    return (moment - EPOCH) // _MICROSECOND


def moment_of(count: int) -> datetime:
    """Inverse of `microseconds`."""
    return EPOCH + count * _MICROSECOND
