"""What each type accepts, what it refuses, and how the refusal reads."""

import datetime

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import ProxyTypeError

ACCEPTED = [
    (wf.Int, 1, 1),
    (wf.Int, True, 1),
    (wf.Int, np.int16(3), 3),
    (wf.Int, wf.Bool(True), 1),
    (wf.Int, wf.Any(7), 7),
    (wf.Float, 0.5, 0.5),
    (wf.Float, 1, 1.0),
    (wf.Float, np.float32(0.5), 0.5),
    (wf.Float, wf.Int(2), 2.0),
    (wf.Bool, True, True),
    (wf.Bool, np.bool_(False), False),
    (wf.Str, "a", "a"),
    (wf.List[wf.Float], [1, 2.5], [1.0, 2.5]),
    (wf.Tuple[wf.Int, wf.Str], (1, "a"), (1, "a")),
    (wf.Dict[wf.Str, wf.Int], {"a": 1}, {"a": 1}),
    (wf.Datetime, "2020-01-02", datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)),
    (wf.Datetime, datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)),
    (wf.Datetime, 86400, datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC)),
    (wf.Datetime, np.int64(86400), datetime.datetime(1970, 1, 2, tzinfo=datetime.UTC)),
    (wf.Datetime, np.datetime64("2020-01-02"), datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)),
    (wf.Datetime, np.datetime64(1, "ns"), datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)),
    (wf.Datetime, wf.Any("2020-01-02"), "2020-01-02"),
    (wf.Timedelta, datetime.timedelta(-1, 5, 6), datetime.timedelta(-1, 5, 6)),
    (wf.Timedelta, np.timedelta64(90, "m"), datetime.timedelta(minutes=90)),
    (wf.Timedelta, wf.Any(datetime.timedelta(1)), datetime.timedelta(1)),
    (wf.Float, True, 1.0),
    (wf.Float, np.int16(2), 2.0),
    (wf.Float, np.bool_(True), 1.0),
    (wf.Any, np.float32(0.5), 0.5),
    (wf.Any, datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)),
]

REFUSED = [
    (wf.Int, 1.0),
    (wf.Int, "1"),
    (wf.Int, wf.Float(1)),
    (wf.Float, "0.5"),
    (wf.Float, wf.Str("0.5")),
    (wf.Bool, 1),
    (wf.Bool, wf.Int(1)),
    (wf.Str, 1),
    (wf.Str, wf.Int(1)),
    (wf.NoneType, 0),
    (wf.List[wf.Int], [1, "a"]),
    (wf.List[wf.Int], "12"),
    (wf.Tuple[wf.Int], (1, 2)),
    (wf.Dict[wf.Str, wf.Int], {"a": "b"}),
    (wf.Datetime, wf.Str("2020-01-01")),
    (wf.Datetime, [2020]),
    (wf.Datetime, True),
    (wf.Datetime, wf.Int(1)),
    (wf.Datetime, np.datetime64("NaT", "s")),
    (wf.Datetime, np.timedelta64(1, "s")),
    (wf.Timedelta, 1),
    (wf.Timedelta, "1"),
    (wf.Timedelta, wf.Float(1)),
    (wf.Timedelta, wf.Datetime(2020)),
    (wf.Timedelta, np.timedelta64("NaT", "s")),
    (wf.Timedelta, np.timedelta64(1, "M")),
    (wf.Int, np.timedelta64(1, "s")),
    (wf.Float, np.timedelta64(1, "s")),
    (wf.Image, wf.ImageCollection.from_id("p")),
    (wf.ImageCollection, wf.Image.from_id("p:a")),
    (wf.Any, object()),
]


@pytest.mark.parametrize(("kind", "value", "computed"), ACCEPTED, ids=str)
def test_a_type_takes_what_can_stand_for_it(kind, value, computed):
    result = kind._promote(value).compute()

    assert result == computed
    assert type(result) is type(computed)


@pytest.mark.parametrize(("kind", "value"), REFUSED, ids=str)
def test_a_type_refuses_what_cannot_stand_for_it(kind, value):
    with pytest.raises(ProxyTypeError):
        kind._promote(value)


def test_a_refused_argument_is_named_with_the_call_the_expectation_and_what_came():
    img = wf.Image.from_id("p:a")

    with pytest.raises(TypeError) as refusal:
        img.clip_values(min="low")

    said = str(refusal.value)
    assert said.startswith(
        "Argument 'min' to function clip_values(): expected Float, Int, List[Float], None "
        "or an object promotable to those, but got str 'low'"
    )
    assert "\n\ncannot promote str 'low' to Float" in said


def test_a_float_where_an_int_is_wanted_says_how_to_convert():
    with pytest.raises(TypeError, match=r"convert explicitly, like `Int\(x\)`"):
        wf.ImageCollection.from_id("p").head(wf.Float(2.5))


def test_a_wrong_operand_on_the_right_is_named():
    with pytest.raises(TypeError, match=r"Argument 'other' to function Int.__add__\(\).*but got str 'a'"):
        wf.Int(1) + "a"


def test_a_wrong_operand_on_the_left_gives_pythons_own_error():
    with pytest.raises(TypeError, match="unsupported operand type"):
        [1] - wf.Int(1)


def test_wrong_arity_is_an_ordinary_type_error():
    with pytest.raises(TypeError, match=r"head\(\): missing a required argument: 'n'"):
        wf.ImageCollection.from_id("p").head()
    with pytest.raises(TypeError, match=r"head\(\): too many positional arguments"):
        wf.ImageCollection.from_id("p").head(1, 2)
    with pytest.raises(TypeError, match=r"head\(\): got an unexpected keyword argument 'number'"):
        wf.ImageCollection.from_id("p").head(1, number=1)


def test_any_passes_where_another_type_is_expected():
    n = wf.Any(2)

    assert isinstance(wf.ImageCollection.from_id("p").head(n), wf.ImageCollection)
    assert isinstance(wf.Int(1) + n, wf.Int)
    assert isinstance(n + wf.Int(1), wf.Any)


def test_numpy_arrays_and_imagery_do_not_combine():
    img = wf.Image.from_id("p:a")

    with pytest.raises(TypeError, match="numpy arrays and imagery do not combine"):
        img + np.ones((2, 2))
    with pytest.raises(TypeError):
        np.ones((2, 2)) + img


def test_moments_and_durations_of_pandas_are_those_of_python():
    pandas = pytest.importorskip("pandas")
    berlin = pandas.Timestamp("2020-01-01T12:00:00.123456789", tz="Europe/Berlin")

    assert wf.Datetime._promote(berlin).isoformat().compute() == "2020-01-01T11:00:00.123456+00:00"
    assert (wf.Datetime(2020) + pandas.Timedelta("1D")).day.compute() == 2
    assert (pandas.Timestamp("2020-01-03") - wf.Datetime(2020)).days.compute() == 2
    for kind in (wf.Datetime, wf.Timedelta):
        with pytest.raises(ProxyTypeError):
            kind._promote(pandas.NaT)


def test_a_duration_of_months_is_none():
    class CalendarSpan:
        days, seconds, microseconds, hours, months = 0, 0, 0, 1, 1

    with pytest.raises(ProxyTypeError):
        wf.Timedelta._promote(CalendarSpan())


def test_anything_with_days_seconds_and_microseconds_is_a_duration():
    class Span:
        days, seconds, microseconds = 1, 2, 3

    assert wf.Timedelta._promote(Span()).compute() == datetime.timedelta(1, 2, 3)


def test_proxies_of_moments_and_durations_come_from_pythons_and_numpys():
    assert type(wf.proxify(datetime.timedelta(1))) is wf.Timedelta
    assert type(wf.proxify(np.timedelta64(1, "D"))) is wf.Timedelta
    assert type(wf.proxify(np.datetime64("2020"))) is wf.Datetime
