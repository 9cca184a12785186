import datetime

import ipywidgets
import pytest

import descartes_flow as wf
from descartes_flow.interactive.parameters import ParameterSet, check_parameters

DAY = datetime.date(2020, 1, 2)
KINDS = {"low": wf.Float, "count": wf.Int}


@pytest.fixture
def changes():
    return []


@pytest.fixture
def parameters(changes):
    parameters = ParameterSet(lambda: changes.append(parameters.to_dict()))
    parameters.update(KINDS, {"low": 0.5, "count": 3})
    changes.clear()
    yield parameters
    parameters.close()


def test_values_are_attributes(parameters):
    assert (parameters.low, parameters.count) == (0.5, 3)
    assert parameters.to_dict() == {"low": 0.5, "count": 3}
    assert repr(parameters) == "ParameterSet({'low': 0.5, 'count': 3})"
    assert {"low", "count"} <= set(dir(parameters))


def test_setting_one_tells_the_owner(parameters, changes):
    parameters.low = 0.7

    assert changes == [{"low": 0.7, "count": 3}]


def test_an_unknown_name_is_refused(parameters, changes):
    with pytest.raises(AttributeError, match="no parameter 'high'; they are low, count"):
        parameters.high = 1

    assert changes == []


def test_a_value_of_another_type_is_refused(parameters, changes):
    with pytest.raises(TypeError, match=r"parameters\(count=\): expected Int, got float 0.5"):
        parameters.count = 0.5

    assert parameters.count == 3
    assert changes == []


def test_the_values_are_nodes_for_a_program(parameters):
    assert parameters.nodes() == {"low": wf.Float(0.5)._node, "count": wf.Int(3)._node}


def test_while_one_is_none_there_is_no_program(parameters):
    parameters.low = None

    assert parameters.nodes() is None


def test_a_widget_gives_its_value_and_tells_of_changes(parameters, changes):
    slider = ipywidgets.FloatSlider(0.25)
    parameters.link("low", slider)
    changes.clear()
    slider.value = 0.75

    assert parameters.low == 0.75
    assert changes == [{"low": 0.75, "count": 3}]


def test_setting_a_linked_parameter_moves_the_widget(parameters, changes):
    slider = ipywidgets.FloatSlider(0.25)
    parameters.link("low", slider)
    changes.clear()
    parameters.low = 1.0

    assert slider.value == 1.0
    assert changes == [{"low": 1.0, "count": 3}]


def test_unlinking_keeps_the_value(parameters, changes):
    slider = ipywidgets.FloatSlider(0.25)
    parameters.link("low", slider)
    parameters.link("low", None)
    changes.clear()
    slider.value = 0.75

    assert parameters.low == 0.25
    assert changes == []


def test_one_widget_may_serve_two_parameters():
    slider = ipywidgets.IntSlider(4)
    parameters = ParameterSet(lambda: None)
    parameters.update(KINDS, {"low": slider, "count": slider})
    parameters.close()
    parameters.close()

    assert parameters.to_dict() == {"low": 4, "count": 4}


def test_after_close_the_widget_lives_on_alone(parameters, changes):
    slider = ipywidgets.FloatSlider(0.25)
    parameters.link("low", slider)
    parameters.close()
    changes.clear()
    slider.value = 0.75

    assert changes == []


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"low": 1.0}, ValueError, r"Missing required parameter: visualize\(\) needs count="),
        (
            {"low": 1.0, "count": 1, "x": 1},
            ValueError,
            r"Unknown parameter: visualize\(\) got x=.* low, count",
        ),
        ({"low": "a", "count": 1}, TypeError, r"visualize\(low=\): expected Float, got str 'a'"),
        (
            {"low": wf.parameter("y", wf.Float), "count": 1},
            ValueError,
            r"low=\): .*depends on parameters \(y\)",
        ),
        ({"low": ipywidgets.Text("a"), "count": 1}, TypeError, r"visualize\(low=\): expected Float"),
        ({"low": ipywidgets.Button(), "count": 1}, TypeError, "expected a widget with a value, got a Button"),
    ],
)
def test_unsuitable_arguments_are_named(given, error, message):
    with pytest.raises(error, match=message):
        check_parameters(KINDS, given, "visualize")


def test_proxies_and_dates_are_values():
    kinds = {"low": wf.Float, "day": wf.Datetime}
    nodes = check_parameters(kinds, {"low": wf.Float(1.0) + 1, "day": DAY}, "visualize")

    assert nodes == {"low": (wf.Float(1.0) + 1)._node, "day": wf.Datetime._promote(DAY)._node}
