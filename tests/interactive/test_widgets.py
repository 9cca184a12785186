"""ipywidgets and the values that they show."""

import datetime
import math
import threading

import ipywidgets
import pytest
from ipywidgets.widgets import widget as all_widgets

import descartes_flow as wf
from descartes_flow.interactive.parameters import ParameterSet
from descartes_flow.interactive.widgets import end
from descartes_flow.types.proxytype import WIDGETS

UTC = datetime.UTC


@pytest.fixture(autouse=True)
def no_widgets_before_or_after():
    WIDGETS.clear()
    yield
    for widget in WIDGETS.values():
        end(widget)
    WIDGETS.clear()


MADE = {
    "whole": (lambda: wf.widgets.slider("x", 0, 10), ipywidgets.IntSlider, 3, 3),
    "slider": (lambda: wf.widgets.slider("x", 0, 1), ipywidgets.FloatSlider, 0.3, 0.3),
    "text": (lambda: wf.widgets.input("x", "a"), ipywidgets.Text, "b", "b"),
    "number": (lambda: wf.widgets.input("x", 1), ipywidgets.IntText, 2, 2),
    "real": (lambda: wf.widgets.input("x", 1.0), ipywidgets.FloatText, 2.5, 2.5),
    "dropdown": (lambda: wf.widgets.select("x", [1, 2]), ipywidgets.Dropdown, 2, 2),
    "radio": (lambda: wf.widgets.select("x", [1, 2], format="radio"), ipywidgets.RadioButtons, 2, 2),
    "steps": (
        lambda: wf.widgets.select("x", ["ab"], format="slider"),
        ipywidgets.SelectionSlider,
        "ab",
        "ab",
    ),
    "box": (lambda: wf.widgets.checkbox("x"), ipywidgets.Checkbox, True, True),
    "date": (
        lambda: wf.widgets.date("x", "2020-01-01"),
        ipywidgets.NaiveDatetimePicker,
        datetime.datetime(2020, 2, 3, tzinfo=UTC),
        datetime.datetime(2020, 2, 3),
    ),
}


@pytest.mark.parametrize("kind", MADE)
def test_each_form_has_its_ipywidget_and_both_follow_each_other(kind):
    make, made, value, shown = MADE[kind]
    x = make()
    first = x.widget.value
    assert type(x.widget) is made
    assert x.widget is x.widget
    assert x.widget.description == "x"

    x.value = value
    assert x.widget.value == shown

    x.widget.value = first
    assert x.value == x.default


def test_a_label_stands_beside_it():
    assert wf.widgets.checkbox("x", label="Cloud mask").widget.description == "Cloud mask"


def test_an_emptied_calendar_shows_the_value_again():
    x = wf.widgets.date("x", "2020-01-01")
    x.widget.value = None

    assert x.widget.value == datetime.datetime(2020, 1, 1)
    assert x.value == datetime.datetime(2020, 1, 1, tzinfo=UTC)


def test_a_parameter_in_a_cell_is_shown_by_its_widget():
    x = wf.widgets.slider("x", 0, 10)

    assert "application/vnd.jupyter.widget-view+json" in x._repr_mimebundle_()
    assert not hasattr(x + 1, "_repr_mimebundle_")


@pytest.fixture
def heard():
    return []


@pytest.fixture
def parameters(heard):
    parameters = ParameterSet(lambda: heard.append(parameters.to_dict()), lambda: "NDVI <1>")
    yield parameters
    parameters.close()


def test_a_layer_takes_the_widget_of_its_parameter(parameters, heard):
    x = wf.widgets.slider("x", 0, 10)
    parameters.update({"x": wf.Int}, {})
    x.widget.value = 4
    parameters.x = 5

    assert heard == [{"x": 0}, {"x": 4}, {"x": 5}]
    assert (x.value, x.widget.value) == (5, 5)
    with pytest.raises(ValueError, match=r"expected 0 \.\. 10, got 11"):
        parameters.x = 11


def test_what_is_given_comes_before_the_widget_of_the_name(parameters, heard):
    x, other = wf.widgets.slider("x", 0, 10), wf.widgets.input("other", 7)
    parameters.update({"x": wf.Int}, {"x": 3})
    x.value = 4
    assert parameters.x == 3

    parameters.update({"x": wf.Int}, {"x": other})
    other.value = 8
    assert parameters.x == 8


def test_a_layer_keeps_its_widget_until_it_is_visualized_again(parameters):
    old = wf.widgets.slider("x", 0, 10)
    parameters.update({"x": wf.Int}, {})
    kept = WIDGETS["x", "Int"]
    wf.widgets.slider("x", 0, 10, default=6)
    assert old.value == 6
    kept.value = 2
    assert parameters.x == 2

    parameters.update({"x": wf.Int}, {})
    assert parameters.x == 6


def texts(panel):
    return [part.description or part.value for part in panel.children]


def test_the_widgets_of_all_parameters_stand_below_each_other(parameters, heard):
    wf.widgets.slider("x", 0, 10)
    mine = ipywidgets.IntText(description="mine")
    kinds = {"x": wf.Int, "n": wf.Int, "own": wf.Int, "t": wf.Timedelta}
    parameters.update(kinds, {"n": 2, "own": mine, "t": datetime.timedelta(1)})
    panel = parameters.widget

    assert texts(panel) == ["<b>NDVI &lt;1&gt;</b>", "x", "n", "mine", "t: no widget"]
    panel.children[2].value = 5
    assert heard[-1]["n"] == parameters.n == 5

    parameters.update({"x": wf.Int}, {})
    assert parameters.widget is panel
    assert texts(panel) == ["<b>NDVI &lt;1&gt;</b>", "x"]
    mine.close()


def test_closing_leaves_only_the_widgets_of_others(parameters):
    x = wf.widgets.slider("x", 0, 10)
    parameters.update({"x": wf.Int, "n": wf.Int, "t": wf.Timedelta}, {"n": 2, "t": datetime.timedelta(1)})
    panel = parameters.widget
    owned = [part for part in panel.children if part is not x.widget]
    parameters.close()

    assert panel.comm is None
    assert [part.comm for part in owned] == [None] * 3
    assert x.widget.comm is not None
    assert (parameters.x, parameters.n) == (0, 2)


def test_an_observer_may_set_another_value():
    x = wf.widgets.slider("x", 1, 20, step=1)
    x.observe(lambda change: setattr(x, "value", change.new | 1))
    x.widget.value = 4
    assert (x.value, x.widget.value) == (5, 5)

    x.value = 8
    assert (x.value, x.widget.value) == (9, 9)


def test_an_observer_that_fails_stops_no_other():
    x, heard = wf.widgets.slider("x", 0, 10), []
    x.observe(lambda change: 1 / 0)
    x.observe(lambda change: heard.append(change.new))
    shown = x.widget
    with pytest.raises(ZeroDivisionError):
        x.value = 3

    assert (heard, shown.value, x.value) == ([3], 3, 3)


def test_a_slow_observer_does_not_bring_an_old_value_back():
    x = wf.widgets.slider("x", 0, 10)
    began, go_on = threading.Event(), threading.Event()

    def wait(change):
        if change.new == 1:
            began.set()
            go_on.wait(10)

    x.observe(wait)
    shown = x.widget
    slow = threading.Thread(target=setattr, args=(x, "value", 1))
    slow.start()
    began.wait(10)
    shown.value = 8
    go_on.set()
    slow.join()

    assert (x.value, shown.value) == (8, 8)


def test_nan_is_a_value_like_others():
    x = wf.widgets.input("x", 1.0)
    x.widget.value = float("nan")
    assert math.isnan(x.value)

    x.value = 2.0
    assert x.widget.value == 2.0


def test_what_is_refused_does_not_stay_on_the_page():
    x = wf.widgets.slider("x", 0, 10, default=4)
    x.widget.max = 100
    with pytest.raises(ValueError, match=r"x\.value: expected 0 \.\. 10, got 50"):
        x.widget.value = 50

    assert (x.value, x.widget.value) == (4, 4)


def test_a_closed_widget_is_made_anew():
    x = wf.widgets.slider("x", 0, 10)
    closed = x.widget
    closed.close()
    x.value = 3

    assert x.widget is not closed
    assert x.widget.value == 3
    x.widget.value = 4
    assert (x.value, closed.value) == (4, 3)


def test_a_panel_names_widgets_that_were_closed(parameters):
    mine = ipywidgets.IntText(description="mine")
    parameters.update({"x": wf.Int}, {"x": mine})
    mine.close()

    assert texts(parameters.widget)[1:] == ["x: no widget"]
    parameters.widget.close()
    assert parameters.widget.comm is not None


def test_a_panel_names_widgets_without_a_description(parameters):
    bare = ipywidgets.FloatSlider()
    parameters.update({"x": wf.Float}, {"x": bare})
    label, widget = parameters.widget.children[1].children
    parameters.close()

    assert (label.value, widget) == ("x", bare)
    assert (label.comm, bare.comm is None) == (None, False)
    bare.close()


def test_a_panel_changes_nothing_of_its_parameters(parameters, heard):
    kinds = {"p": wf.Float, "d": wf.Datetime, "n": wf.Int}
    moment = datetime.datetime(2020, 1, 1, 3)
    parameters.update(kinds, {"p": 0.5, "d": moment, "n": None})
    before, nodes = parameters.to_dict(), len(heard)
    panel = parameters.widget
    assert texts(panel)[1:] == ["p", "d", "n: no widget"]
    assert panel.children[2].value == moment
    assert (parameters.to_dict(), len(heard)) == (before, nodes)

    parameters.d = datetime.datetime(2020, 1, 1, 4)
    assert parameters.d == datetime.datetime(2020, 1, 1, 4)
    assert panel.children[2].value.hour == 4
    assert len(heard) == nodes + 1

    parameters.p = wf.Float(0.2) * 2
    parameters.n = 3
    assert texts(panel)[1:] == ["p: no widget", "d", "n"]
    parameters.p = float("nan")
    parameters.p = None
    parameters.p = 0.7
    assert panel.children[1].value == 0.7

    panel.children[3].value = 9
    assert (parameters.n, heard[-1]["n"]) == (9, 9)


def test_links_come_and_go_without_a_trace(parameters):
    level = wf.widgets.slider("level", 0.0, 1.0)
    parameters.update({"level": wf.Float, "n": wf.Int, "m": wf.Int}, {"n": 1, "m": 2})
    assert len(parameters.widget.children) == 4
    parameters.link("level", None)
    parameters.link("level", level)
    before = len(all_widgets._instances)
    for _ in range(10):
        parameters.link("level", None)
        parameters.link("level", level)

    assert len(all_widgets._instances) == before
    with pytest.raises(TypeError, match=r"link\(widget=\): expected a widget, got float 0.1"):
        parameters.link("level", 0.1)


def test_an_older_widget_ends_once_nobody_needs_it(parameters):
    wf.widgets.slider("x", 0, 10)
    parameters.update({"x": wf.Int}, {})
    old = WIDGETS["x", "Int"]
    shown = old.widget
    wf.widgets.slider("x", 0, 20)
    assert shown.comm is not None

    parameters.update({"x": wf.Int}, {})
    assert shown.comm is None


def test_a_fine_slider_shows_enough_digits():
    assert wf.widgets.slider("x", 0, 0.01).widget.readout_format == ".3f"
    assert wf.widgets.slider("x", 0, 1).widget.readout_format == ".2f"
