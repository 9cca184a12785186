"""Ticks of an axis of time: whole days, months or years."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import NamedTuple

Moment = datetime.datetime
Next = Callable[[Moment], Moment]

MOST_TICKS = 6
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class DateTick(NamedTuple):
    """A moment with a name."""

    moment: Moment
    text: str
    year: str
    """Written below; "" where it is that of the tick before, or the text itself."""


def date_ticks(first: Moment, last: Moment) -> list[DateTick]:
    """Ticks between two moments, ends included: the finest that are no more than six.

    Parameters
    ----------
    first, last : datetime
        With time zones, in order.

    Returns
    -------
    list of DateTick
        In order; empty where not even midnight lies between the moments.

    Examples
    --------
    >>> def day(year, month, day):
    ...     return datetime.datetime(year, month, day, tzinfo=datetime.UTC)
    >>> [(tick.text, tick.year) for tick in date_ticks(day(2018, 11, 20), day(2019, 4, 3))]
    [('Dec', '2018'), ('Jan', '2019'), ('Feb', ''), ('Mar', ''), ('Apr', '')]
    >>> [tick.text for tick in date_ticks(day(2018, 6, 5), day(2018, 6, 8))]
    ['5 Jun', '6 Jun', '7 Jun', '8 Jun']
    """
    ticks: list[DateTick] = []
    shown = ""
    for moment, text in _finest(first, last):
        year = str(moment.year)
        ticks.append(DateTick(moment, text, "" if year in (shown, text) else year))
        shown = year
    return ticks


def _finest(first: Moment, last: Moment) -> list[tuple[Moment, str]]:
    for begins, step, write in _scales():
        found = list(_between(begins(first), step, first, last))
        if len(found) <= MOST_TICKS:
            return [(moment, write(moment)) for moment in found]
    return []


def _scales() -> Iterator[tuple[Next, Next, Callable[[Moment], str]]]:
    """From the finest to the coarsest: the last tick before a moment, the one after a tick, and its name."""
    for days in (1, 2, 5, 10):
        yield midnight, _days_later(days), lambda moment: f"{moment.day} {MONTHS[moment.month - 1]}"
    for months in (1, 2, 3, 6):
        yield _new_year, _months_later(months), lambda moment: MONTHS[moment.month - 1]
    for power in range(5):
        for years in (10**power, 2 * 10**power, 5 * 10**power):
            yield _round_year(years), _months_later(12 * years), lambda moment: str(moment.year)


def _between(moment: Moment, step: Next, first: Moment, last: Moment) -> Iterator[Moment]:
    for _ in range(400):  # more than the days of a year are too many anyway
        if moment > last:
            return
        if moment >= first:
            yield moment
        try:
            moment = step(moment)
        except (OverflowError, ValueError):  # the year 10000
            return


def midnight(moment: Moment) -> Moment:
    """The beginning of the day of a moment."""
    return Moment.combine(moment, datetime.time.min, moment.tzinfo)


def _new_year(moment: Moment) -> Moment:
    return midnight(moment).replace(month=1, day=1)


def _round_year(years: int) -> Next:
    return lambda moment: _new_year(moment).replace(year=moment.year // years * years or years)


def _days_later(days: int) -> Next:
    return lambda moment: moment + datetime.timedelta(days)


def _months_later(months: int) -> Next:
    def later(moment: Moment) -> Moment:
        count = 12 * moment.year + moment.month - 1 + months
        return moment.replace(year=count // 12, month=count % 12 + 1)

    return later
