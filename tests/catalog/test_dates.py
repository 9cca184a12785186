from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from descartes_flow.catalog.dates import date_in_name, microseconds, moment_of, utc

NOON = datetime(2019, 5, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2019-05-04T12:00:00Z",
        "2019-05-04 12:00",
        "2019-05-04T14:00:00+02:00",
        datetime(2019, 5, 4, 12),
        datetime(2019, 5, 4, 7, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_every_way_to_write_a_moment_means_the_same(written):
    moment = utc(written, "start")

    assert moment == NOON
    assert moment.tzinfo is UTC


def test_a_date_is_its_midnight():
    assert utc(date(2019, 5, 4), "start") == NOON - timedelta(hours=12)


def test_what_is_no_date_is_refused_with_the_name_of_the_argument():
    with pytest.raises(ValueError, match=r"search\(end=\): expected an ISO date .* got 'soon'"):
        utc("soon", "search(end=)")
    with pytest.raises(TypeError, match=r"search\(end=\): .* got int 5"):
        utc(5, "search(end=)")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("S2A_33TWL_20230815T095811_B02.tif", datetime(2023, 8, 15, 9, 58, 11, tzinfo=UTC)),
        ("LC08_L2SP_001062_20201031_20201106_02_T2.tif", datetime(2020, 10, 31, tzinfo=UTC)),
        ("2016-07-06.tif", datetime(2016, 7, 6, tzinfo=UTC)),
        ("a_2016.07.06_12-30-59_b.tif", datetime(2016, 7, 6, 12, 30, 59, tzinfo=UTC)),
        ("99999999_20200229.tif", datetime(2020, 2, 29, tzinfo=UTC)),
        ("orbit_1201913150.tif", None),
        ("scene_20190230.tif", None),
        ("2016-07_06.tif", None),
    ],
)
def test_the_first_valid_date_in_a_name_counts(name, expected):
    assert date_in_name(name) == expected


def test_microseconds_are_exact_both_ways():
    moment = datetime(2016, 1, 22, 17, 38, 34, 696493, tzinfo=UTC)

    assert microseconds(datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC)) == 1_000_005
    assert moment_of(microseconds(moment)) == moment
    assert moment_of(-1) == datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
