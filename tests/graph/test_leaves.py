import math
from collections import OrderedDict
from enum import IntEnum

import numpy as np
import pytest

from descartes_flow.graph import Kind, apply, constant, literal, parameter, write_graft


@pytest.mark.parametrize("value", ["", "\ud800", 0, -(10**30), 0.1, -0.0, 1e308, True, False, None])
def test_a_scalar_is_kept_as_it_is(value):
    kept = literal(value).value

    assert type(kept) is type(value)
    assert repr(kept) == repr(value)


def test_scalars_that_compare_equal_are_different_literals():
    nodes = [literal(value) for value in (1, 1.0, True, "1", [1], [1.0], [True], "1.0")]

    assert len(set(nodes)) == 8


def test_zero_keeps_its_sign():
    assert literal(0.0) is not literal(-0.0)
    assert literal([0.0]) is not literal([-0.0])
    assert math.copysign(1, literal(-0.0).value) == -1


def test_neighbouring_floats_are_different_literals():
    assert literal(0.1) is not literal(math.nextafter(0.1, 1))


def test_what_json_has_no_number_for_becomes_a_constant():
    infinity = constant("constants.inf")

    assert literal(math.nan) is constant("constants.nan")
    assert literal(math.inf) is infinity
    assert literal(-math.inf) is apply("neg", infinity)
    assert write_graft(literal(-math.inf)) == {"1": ["neg", "constants.inf"], "returns": "1"}


class Level(IntEnum):
    LOW = 1


@pytest.mark.parametrize(
    "value", [np.float64(1), np.int64(1), np.bool_(True), np.str_("a"), Level.LOW, {1}, b""]
)
def test_other_types_are_refused(value):
    with pytest.raises(TypeError, match=r"literal\(value\): expected str, int, .* got .*numpy scalars have"):
        literal(value)


@pytest.mark.parametrize("value", [[np.float64(1)], {"a": [np.int64(1)]}, ({1},)])
def test_other_types_are_refused_inside_data(value):
    with pytest.raises(TypeError, match="JSON data cannot hold"):
        literal(value)


def test_keys_of_data_are_strings():
    with pytest.raises(TypeError, match="keys of JSON data are str, got 1"):
        literal({"a": {1: 2}})


@pytest.mark.parametrize("value", [[math.nan], {"a": [math.inf]}])
def test_data_without_a_json_form_are_refused_with_a_way_out(value):
    with pytest.raises(ValueError, match="write None where a number is missing"):
        literal(value)


def test_data_that_hold_themselves_are_refused():
    data: list[object] = []
    data.append(data)

    with pytest.raises(ValueError, match="nested deeper than 100"):
        literal(data)


def test_data_are_copied():
    data = {"rows": [[1, 2]]}
    node = literal(data)
    data["rows"][0].append(3)

    assert node.value == {"rows": [[1, 2]]}


def test_tuples_in_data_are_lists():
    assert literal((1, (2, 3))) is literal([1, [2, 3]])
    assert literal((1, (2, 3))).value == [1, [2, 3]]


def test_the_order_of_keys_is_part_of_the_data():
    assert literal({"a": 1, "b": 2}) is not literal({"b": 2, "a": 1})
    assert literal(OrderedDict(a=1)) is literal({"a": 1})


def test_a_parameter_is_its_name_and_type():
    assert parameter("x", "Int") is parameter("x", "Int")
    assert parameter("x", "Int") is not parameter("x", "Float")
    assert parameter("x", "Int").value == ("x", "Int")


def test_a_parameter_depends_on_itself():
    x = parameter("x", "Int")

    assert x.free == (x,)


@pytest.mark.parametrize("name", ["", "12", "returns", "parameters", "constants.e", "Ellipsis"])
def test_a_parameter_cannot_have_a_name_that_means_something_else(name):
    with pytest.raises(ValueError, match=r"parameter\(name=\): .*choose another name"):
        parameter(name, "Int")


def test_names_and_types_of_parameters_are_strings():
    with pytest.raises(TypeError, match=r"parameter\(type_name=\): expected str, got type"):
        parameter("x", int)


def test_a_constant_is_written_as_its_bare_name():
    node = constant("constants.e")

    assert (node.kind, node.value) == (Kind.CONSTANT, "constants.e")
    assert write_graft(node) == {"returns": "constants.e"}


def test_a_constant_that_would_read_as_a_parameter_is_refused():
    with pytest.raises(ValueError, match=r"expected 'Ellipsis' or 'constants.<name>', got 'e'"):
        constant("e")
