import datetime

import pytest

from descartes_flow.render.dateticks import MOST_TICKS, date_ticks


def moment(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def texts(first, last):
    return [f"{tick.text} {tick.year}".strip() for tick in date_ticks(moment(first), moment(last))]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2018-06-05", "2018-06-05", ["5 Jun 2018"]),
        ("2018-06-05T10:00", "2018-06-05T11:00", []),
        ("2018-06-05T10:00", "2018-06-08T11:00", ["6 Jun 2018", "7 Jun", "8 Jun"]),
        ("2018-12-30", "2019-01-02", ["30 Dec 2018", "31 Dec", "1 Jan 2019", "2 Jan"]),
        ("2018-01-09", "2018-12-30", ["Mar 2018", "May", "Jul", "Sep", "Nov"]),
        ("2018-01-01", "2018-04-30", ["Jan 2018", "Feb", "Mar", "Apr"]),
        ("2016-02-01", "2019-08-01", ["2017", "2018", "2019"]),
        ("1984-01-01", "2024-01-01", ["1990", "2000", "2010", "2020"]),
        ("0001-01-01", "9999-12-31", ["2000", "4000", "6000", "8000"]),
    ],
)
def test_ticks_are_round(first, last, expected):
    assert texts(first, last) == expected


def test_there_are_never_too_many_and_for_months_always_some():
    first = moment("2015-03-17T05:06")
    counts = [len(date_ticks(first, first + datetime.timedelta(days))) for days in range(2, 20_000, 13)]

    assert max(counts) <= MOST_TICKS
    assert min(counts) >= 2
