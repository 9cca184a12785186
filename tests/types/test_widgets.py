"""Parameters with a widget: values, defaults, what they refuse, and how programs take their values."""

import datetime
import enum
import pickle
import threading

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.types.proxytype import WIDGETS

UTC = datetime.UTC


@pytest.fixture(autouse=True)
def no_widgets_before_or_after():
    WIDGETS.clear()
    yield
    WIDGETS.clear()


@pytest.mark.parametrize(
    ("bounds", "kind", "step"),
    [
        ((0, 10), wf.Int, 1),
        ((0, 7), wf.Int, 1),
        ((0, 40), wf.Int, 4),
        ((0, 33), wf.Int, 3),
        ((0, 25), wf.Float, 2.5),
        ((0, 1), wf.Float, 0.1),
        ((0, 4), wf.Float, 0.4),
        ((0, 5), wf.Int, 1),
        ((-1, 1.0), wf.Float, 0.2),
    ],
)
def test_a_slider_goes_by_a_tenth_of_its_range(bounds, kind, step):
    slider = wf.widgets.slider("x", *bounds)

    assert type(slider) is kind
    assert WIDGETS["x", kind.__name__].form.step == pytest.approx(step)
    assert slider.value == bounds[0] == slider.default


def test_a_float_anywhere_makes_a_slider_of_floats():
    assert type(wf.widgets.slider("x", 0, 10, default=2.5)) is wf.Float
    assert type(wf.widgets.slider("x", 0, 10, step=0.5)) is wf.Float
    assert type(wf.widgets.slider("x", np.int64(0), np.int64(10))) is wf.Int
    assert (
        repr(wf.widgets.slider("x", np.int8(-100), np.int8(100)))
        == "<Slider 'x': -100 of -100 .. 100, step 20>"
    )


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"min": 1, "max": 1}, r"slider\(min=, max=\): expected min below max, got 1 and 1"),
        ({"min": 0, "max": float("nan")}, "expected min below max"),
        ({"min": 0, "max": 4, "step": 4}, r"slider\(step=\): expected a number above 0 and below 4, got 4"),
        ({"min": 0, "max": 4, "step": 0}, "above 0"),
        ({"min": 0, "max": float("inf")}, r"expected a range that is finite, got 0 \.\. inf"),
        ({"min": -1e308, "max": 1e308}, "finite"),
        ({"min": 0.0, "max": 10**400}, "expected a number that a float can be"),
        ({"min": 0, "max": 4, "default": 5}, r"slider\(default=\): expected 0.0 \.\. 4.0, got 5.0"),
    ],
)
def test_a_slider_that_cannot_be_is_refused(given, text):
    with pytest.raises(ValueError, match=text):
        wf.widgets.slider("x", **given)

    assert not WIDGETS


@pytest.mark.parametrize("given", [{"min": "0", "max": 1}, {"min": 0, "max": True}])
def test_a_slider_goes_over_numbers(given):
    with pytest.raises(TypeError, match=r"slider\((min|max)=\): expected a number, got"):
        wf.widgets.slider("x", **given)


@pytest.mark.parametrize(
    ("default", "kind"), [(1, wf.Int), (1.5, wf.Float), ("a", wf.Str), (np.float32(2), wf.Float)]
)
def test_the_type_of_an_input_is_that_of_its_default(default, kind):
    assert type(wf.widgets.input("x", default)) is kind


def test_a_bool_is_no_input():
    with pytest.raises(
        TypeError, match=r"input\(default=\): .* got bool True; wf.widgets.checkbox is for True"
    ):
        wf.widgets.input("x", True)


def test_a_select_has_one_of_its_options():
    x = wf.widgets.select("x", {"red": 1, "nir": 2}, format="radio", default="nir")
    assert (type(x), x.value) == (wf.Str, "nir")

    x.value = "red"
    assert x.value == "red"
    with pytest.raises(ValueError, match=r"x\.value: expected one of 'red', 'nir', got 'blue'"):
        x.value = "blue"
    assert x.value == "red"


@pytest.mark.parametrize(
    ("given", "error", "text"),
    [
        ({"options": []}, ValueError, "at least one option"),
        ({"options": [1, 2.0]}, TypeError, "options of one type, got float and int"),
        ({"options": [1, 1]}, ValueError, "different options"),
        ({"options": [float("nan"), 1.0]}, ValueError, "expected numbers, got nan"),
        ({"options": "red"}, TypeError, "a list of numbers or texts, got str 'red'"),
        ({"options": [None]}, TypeError, "expected an int, a float or a str, got None"),
        ({"options": [1, 2], "default": 3}, ValueError, r"select\(default=\): expected one of 1, 2, got 3"),
        ({"options": [1], "format": "list"}, ValueError, r"select\(format=\): expected one of dropdown"),
        ({"options": [1], "label": 1}, TypeError, r"select\(label=\): expected a str"),
    ],
)
def test_a_select_that_cannot_be_is_refused(given, error, text):
    with pytest.raises(error, match=text):
        wf.widgets.select("x", **given)


@pytest.mark.parametrize(
    ("default", "moment"),
    [
        ("2020-06-01", (2020, 6, 1)),
        ("2020-06-01T05:00+02:00", (2020, 6, 1, 3)),
        (datetime.date(2020, 6, 1), (2020, 6, 1)),
        (datetime.datetime(2020, 6, 1, 12, tzinfo=UTC), (2020, 6, 1, 12)),
    ],
)
def test_a_date_is_a_moment_in_utc(default, moment):
    x = wf.widgets.date("x", default)

    assert x.value == datetime.datetime(*moment, tzinfo=UTC)
    assert x.compute() == x.value


def test_a_datetime_without_a_zone_is_local_time():
    local = datetime.datetime(2020, 6, 1, 12)

    assert wf.widgets.date("x", local).value == local.astimezone(UTC)


@pytest.mark.parametrize(
    "later", [datetime.datetime(2020, 6, 1, 12), np.datetime64("2020-06-01T12:00"), "2020-06-01T12"]
)
def test_later_moments_without_a_zone_are_utc(later):
    x = wf.widgets.date("x", np.datetime64("2020-01-01"))
    x.value = later

    assert x.value == datetime.datetime(2020, 6, 1, 12, tzinfo=UTC)
    assert (x + wf.Timedelta(days=0)).compute(x=later) == x.value


def test_what_is_no_date_is_refused():
    with pytest.raises(ValueError, match=r"date\(default=\): expected an ISO 8601 date such as '2020-06-01'"):
        wf.widgets.date("x", "June")
    with pytest.raises(TypeError, match="got int 2020"):
        wf.widgets.date("x", 2020)
    with pytest.raises(ValueError, match=r"date\(default=\): expected an ISO 8601 date"):
        wf.widgets.date("x", "9999-12-31T23:59:59-05:00")
    with pytest.raises(TypeError, match="no such moment"):
        wf.widgets.date("x", np.datetime64("NaT"))


def test_a_checkbox_is_true_or_false():
    x = wf.widgets.checkbox("x", default=np.True_)
    assert x.value is True

    with pytest.raises(TypeError, match=r"x\.value: expected True or False, got int 1"):
        x.value = 1


def test_compute_takes_the_present_value_unless_one_is_given():
    x = wf.widgets.slider("x", 0, 10)
    y = wf.parameter("y", wf.Int)
    x.value = 4

    assert (x * 2 + y).compute(y=1) == 9
    assert (x * 2 + y).compute(x=1, y=1) == 3
    with pytest.raises(TypeError, match="missing values for the parameters y"):
        (x + y).compute()


def test_what_is_made_of_it_is_a_plain_proxy():
    x = wf.widgets.slider("x", 0, 10)
    more = x + 1

    assert type(more) is wf.Int
    assert repr(more).startswith("<descartes_flow.types.primitives.number.Int at")
    with pytest.raises(AttributeError, match="value"):
        print(more.value)
    with pytest.raises(AttributeError, match="immutable"):
        more.value = 3
    assert more.params == (x,)


def test_it_says_what_it_is():
    assert repr(wf.widgets.slider("x", 0, 10, label="Size")) == "<Slider 'x', 'Size': 0 of 0 .. 10, step 1>"
    assert repr(wf.widgets.select("b", ["r", "g"])) == "<Select 'b': 'r' of 'r', 'g' (dropdown)>"
    assert {"value", "widget", "observe"} <= set(dir(wf.widgets.checkbox("c")))


def test_the_latest_widget_of_a_name_wins():
    old = wf.widgets.slider("x", 0, 10)
    new = wf.widgets.slider("x", 0, 20, default=15)
    assert old.value == new.value == 15
    assert (old + 0).compute() == 15

    wf.parameter("x", wf.Int)
    with pytest.raises(TypeError, match="missing values"):
        (old + 0).compute()


def test_a_widget_that_cannot_be_leaves_the_one_of_its_name():
    x = wf.widgets.slider("x", 0, 10, default=4)
    with pytest.raises(ValueError, match="got 40"):
        wf.widgets.slider("x", 0, 10, default=40)

    assert (x.value, (x + 1).compute()) == (4, 5)


def test_it_can_be_the_value_of_another_parameter():
    x = wf.widgets.slider("x", 0, 10, default=4)

    assert (wf.parameter("y", wf.Int) + 1).compute(y=x) == 5


def test_options_may_be_an_enumeration_of_texts():
    class Band(enum.StrEnum):
        RED = "red"

    assert wf.widgets.select("x", list(Band)).value == "red"


def test_a_function_has_it_as_an_argument():
    x = wf.widgets.slider("x", 0, 10)
    function = wf.Function.from_object(x + 1)

    assert function.kwarg_types == {"x": wf.Int}
    assert function(x=3).compute() == 4


def test_it_goes_through_pickle_as_the_parameter():
    x = wf.widgets.slider("x", 0, 10, default=3)

    assert (pickle.loads(pickle.dumps(x)) + 0).compute() == 3


def test_observers_hear_of_changes_until_they_are_let_go():
    x = wf.widgets.slider("x", 0, 10)
    heard = []

    def listen(change):
        heard.append((change.old, change["new"], change.owner.name))

    x.observe(listen)
    x.observe(listen, names="value")
    x.value = 3
    x.value = 3
    x.unobserve(listen)
    x.value = 4

    assert heard == [(0, 3, "x")]


def test_threads_that_set_it_leave_one_of_their_values():
    x = wf.widgets.slider("x", 0, 1000)
    heard = []
    x.observe(lambda change: heard.append(change.new))
    threads = [threading.Thread(target=setattr, args=(x, "value", number)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert x.value in range(1, 9)
    assert sorted(heard) == list(range(1, 9))


@pytest.mark.parametrize("make", [wf.widgets.slider, wf.widgets.input, wf.widgets.select, wf.widgets.date])
def test_the_name_is_that_of_a_parameter(make):
    given = {"slider": (0, 1), "input_": (1,), "select": ([1],), "date": ("2020-01-01",)}[make.__name__]
    with pytest.raises(ValueError, match="Python identifier"):
        make("no name", *given)
    with pytest.raises(ValueError, match="'scales' is an argument of compute or visualize"):
        make("scales", *given)
