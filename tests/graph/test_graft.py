import pytest

from descartes_flow.errors import GraftNameError
from descartes_flow.graph import apply, constant, function, literal, parameter, write_graft
from tests.graph.interpreter import evaluate

ONE, TWO = literal(1), literal(2)
X = parameter("x", "Int")


def add(*args):
    return apply("add", *args)


def test_the_graft_of_the_guide():
    assert write_graft(add(ONE, ONE)) == {"1": 1, "2": 1, "3": ["add", "1", "2"], "returns": "3"}


def test_a_graft_is_the_same_each_time_and_a_new_one():
    node = add(ONE, literal([1]))
    first = write_graft(node)
    first["2"][0].append("changed by the user")
    first.clear()

    assert write_graft(node) == {"1": 1, "2": [[1]], "3": ["add", "1", "2"], "returns": "3"}


def test_keys_ascend_and_returns_stands_last():
    node = ONE
    for _ in range(10):
        node = add(node, apply("f"))

    assert list(write_graft(node)) == [*map(str, range(1, 13)), "returns"]


def test_parameters_stand_first():
    f = function(["b", "a"], lambda b, a: add(b, a))

    assert list(write_graft(f)) == ["parameters", "1", "returns"]


@pytest.mark.parametrize("value", [1, 0.5, "add", True, None])
def test_a_scalar_is_written_as_itself(value):
    assert write_graft(literal(value)) == {"1": value, "returns": "1"}


def test_a_parameter_is_written_as_its_name():
    assert write_graft(X) == {"returns": "x"}
    assert write_graft(add(X, ONE)) == {"1": 1, "2": ["add", "x", "1"], "returns": "2"}


def test_a_call_is_written_once_and_shared():
    shared = apply("f", ONE)

    graft = write_graft(add(shared, shared))

    assert graft == {"1": 1, "2": ["f", "1"], "3": ["add", "2", "2"], "returns": "3"}


def test_data_are_written_once_and_shared():
    data = literal([1, 2])

    graft = write_graft(add(data, ONE, data))

    assert graft == {"1": [[1, 2]], "2": 1, "3": ["add", "1", "2", "1"], "returns": "3"}


def test_positional_arguments_come_before_named_ones():
    graft = write_graft(apply("Image.load", literal("a"), resampler=literal(None), level=X))

    assert graft == {
        "1": "a",
        "2": None,
        "3": ["Image.load", "1", {"resampler": "2", "level": "x"}],
        "returns": "3",
    }


def test_a_call_without_arguments_is_a_list_of_one():
    assert write_graft(apply("f")) == {"1": ["f"], "returns": "1"}


def test_chained_attributes_are_chained_calls():
    properties = apply("getattr", X, literal("properties"))
    date = apply("get", properties, literal("date"))

    assert write_graft(apply("getattr", date, literal("year"))) == {
        "1": "properties",
        "2": ["getattr", "x", "1"],
        "3": "date",
        "4": ["get", "2", "3"],
        "5": "year",
        "6": ["getattr", "4", "5"],
        "returns": "6",
    }


def test_a_slice_is_a_call_with_named_nulls():
    part = apply("Slice.create", start=literal(None), stop=TWO, step=literal(None))

    assert write_graft(apply("get", X, part)) == {
        "1": None,
        "2": 2,
        "3": None,
        "4": ["Slice.create", {"start": "1", "stop": "2", "step": "3"}],
        "5": ["get", "x", "4"],
        "returns": "5",
    }


def test_constants_are_bare_names():
    e = constant("constants.e")

    assert write_graft(add(e, e)) == {"1": ["add", "constants.e", "constants.e"], "returns": "1"}


def test_a_function_made_of_a_program_gets_parameters():
    f = function(["x"], lambda x: add(x, ONE))

    assert write_graft(f) == {"parameters": ["x"], "1": 1, "2": ["add", "x", "1"], "returns": "2"}


def test_a_function_without_parameters_says_so():
    assert write_graft(function([], lambda: ONE)) == {"parameters": [], "1": 1, "returns": "1"}


def test_calling_a_function_by_name():
    f = function(["x"], lambda x: add(x, ONE))

    assert write_graft(apply(f, x=literal(3))) == {
        "3": {"parameters": ["x"], "1": 1, "2": ["add", "x", "1"], "returns": "2"},
        "4": 3,
        "5": ["3", {"x": "4"}],
        "returns": "5",
    }


def test_mapping_a_function_over_a_list():
    f = function(["v"], lambda v: add(v, ONE))

    assert write_graft(apply("map", X, f)) == {
        "3": {"parameters": ["v"], "1": 1, "2": ["add", "v", "1"], "returns": "2"},
        "4": ["map", "x", "3"],
        "returns": "4",
    }


def test_a_closure_refers_to_what_is_outside():
    y = apply("f", TWO)
    f = function(["v"], lambda v: add(v, y))

    assert write_graft(apply("map", y, f)) == {
        "1": 2,
        "2": ["f", "1"],
        "4": {"parameters": ["v"], "3": ["add", "v", "2"], "returns": "3"},
        "5": ["map", "2", "4"],
        "returns": "5",
    }


def test_work_that_does_not_depend_on_the_parameter_stands_outside():
    f = function(["v"], lambda v: add(v, apply("sqrt", TWO)))

    assert write_graft(apply("map", X, f)) == {
        "1": 2,
        "2": ["sqrt", "1"],
        "4": {"parameters": ["v"], "3": ["add", "v", "2"], "returns": "3"},
        "5": ["map", "x", "4"],
        "returns": "5",
    }


def test_work_stands_as_far_out_as_its_inputs_allow():
    def outer(a):
        return apply("map", a, function(["b"], lambda b: add(b, apply("neg", a), apply("neg", ONE))))

    assert write_graft(apply("map", X, function(["a"], outer))) == {
        "3": ["neg", "2"],
        "2": 1,
        "7": {
            "parameters": ["a"],
            "1": ["neg", "a"],
            "5": {"parameters": ["b"], "4": ["add", "b", "1", "3"], "returns": "4"},
            "6": ["map", "a", "5"],
            "returns": "6",
        },
        "8": ["map", "x", "7"],
        "returns": "8",
    }


def test_a_function_that_does_not_need_the_one_around_it_stands_outside():
    inner = function(["b"], lambda b: add(b, ONE))
    outer = function(["a"], lambda a: apply("map", a, inner))

    assert write_graft(apply("map", X, outer)) == {
        "3": {"parameters": ["b"], "1": 1, "2": ["add", "b", "1"], "returns": "2"},
        "5": {"parameters": ["a"], "4": ["map", "a", "3"], "returns": "4"},
        "6": ["map", "x", "5"],
        "returns": "6",
    }


def test_branches_of_ifelse_refer_to_what_is_outside():
    yes, no = apply("f", ONE), apply("f", TWO)
    node = apply("ifelse", X, function([], lambda: yes), function([], lambda: no))

    assert write_graft(node) == {
        "1": 1,
        "2": ["f", "1"],
        "3": {"parameters": [], "returns": "2"},
        "4": 2,
        "5": ["f", "4"],
        "6": {"parameters": [], "returns": "5"},
        "7": ["ifelse", "x", "3", "6"],
        "returns": "7",
    }


def test_scalars_stand_where_they_are_used():
    f = function(["v"], lambda v: add(v, ONE))

    assert write_graft(add(apply(f, ONE), ONE)) == {
        "3": {"parameters": ["v"], "1": 1, "2": ["add", "v", "1"], "returns": "2"},
        "4": 1,
        "5": ["3", "4"],
        "6": 1,
        "7": ["add", "5", "6"],
        "returns": "7",
    }


def test_data_stand_in_the_innermost_function_around_all_their_uses():
    data, other = literal([1]), literal([2])
    f = function(["v"], lambda v: add(v, data, other))
    g = function(["w"], lambda w: add(w, data))

    assert write_graft(add(f, g)) == {
        "1": [[1]],
        "4": {"parameters": ["v"], "2": [[2]], "3": ["add", "v", "1", "2"], "returns": "3"},
        "6": {"parameters": ["w"], "5": ["add", "w", "1"], "returns": "5"},
        "7": ["add", "4", "6"],
        "returns": "7",
    }


def test_work_on_a_parameter_that_two_functions_share_as_nodes_is_written_in_both():
    def work(v):
        return apply("big", v)

    f = function(["v"], lambda v: add(work(v), ONE))
    g = function(["v"], lambda v: add(work(v), TWO))

    assert f.body.args[0] is g.body.args[0]
    assert write_graft(add(f, g)) == {
        "4": {"parameters": ["v"], "1": ["big", "v"], "2": 1, "3": ["add", "1", "2"], "returns": "3"},
        "8": {"parameters": ["v"], "5": ["big", "v"], "6": 2, "7": ["add", "5", "6"], "returns": "7"},
        "9": ["add", "4", "8"],
        "returns": "9",
    }


def test_a_function_that_returns_a_function_nests_it():
    f = function(["a"], lambda a: function(["b"], lambda b: apply("sub", a, b)))

    assert write_graft(f) == {
        "parameters": ["a"],
        "2": {"parameters": ["b"], "1": ["sub", "a", "b"], "returns": "1"},
        "returns": "2",
    }


def test_the_callee_is_numbered_before_the_arguments():
    node = apply(apply("make", ONE), TWO)

    assert write_graft(node) == {"1": 1, "2": ["make", "1"], "3": 2, "4": ["2", "3"], "returns": "4"}


def test_a_bound_name_that_would_capture_an_open_parameter_is_renamed():
    f = function(["x"], lambda x: add(x, X))

    graft = write_graft(apply(f, TWO))

    assert graft["2"] == {"parameters": ["x~1"], "1": ["add", "x~1", "x"], "returns": "1"}
    assert evaluate(graft, x=40) == 42


def test_a_bound_name_that_would_capture_an_outer_one_is_renamed():
    f = function(["v"], lambda outer: function(["v"], lambda inner: add(outer, inner)))

    graft = write_graft(apply(apply(f, ONE), TWO))

    assert graft["3"] == {
        "parameters": ["v"],
        "2": {"parameters": ["v~1"], "1": ["add", "v", "v~1"], "returns": "1"},
        "returns": "2",
    }
    assert evaluate(graft) == 3


def test_a_bound_name_that_hides_an_outer_one_which_is_not_used_is_kept():
    f = function(["v"], lambda outer: apply("map", outer, function(["v"], lambda v: add(v, ONE))))

    graft = write_graft(f)

    assert [graft["parameters"], graft["3"]["parameters"]] == [["v"], ["v"]]


def test_a_bound_name_that_would_capture_an_operation_is_renamed():
    f = function(["add"], lambda v: add(v, ONE))

    graft = write_graft(apply(f, TWO))

    assert graft["3"] == {"parameters": ["add~1"], "1": 1, "2": ["add", "add~1", "1"], "returns": "2"}
    assert evaluate(graft) == 3


def test_a_bound_name_that_would_capture_a_constant_is_renamed():
    f = function(["constants.e"], lambda v: add(v, constant("constants.e")))

    assert write_graft(f)["parameters"] == ["constants.e~1"]


@pytest.mark.parametrize("name", ["1", "returns", "parameters", "x~1"])
def test_a_bound_name_that_means_something_else_is_renamed(name):
    f = function([name], lambda v: add(v, ONE))

    assert write_graft(f)["parameters"] == [f"{name}~1"]


def test_a_renamed_parameter_is_called_by_its_new_name():
    f = function(["x"], lambda x: add(x, X))

    graft = write_graft(apply(f, x=TWO))

    assert graft["4"] == ["2", {"x~1": "3"}]
    assert evaluate(graft, x=40) == 42


def test_a_parameter_of_a_function_used_outside_of_it_is_an_error():
    kept = []
    function(["v"], lambda v: kept.append(v) or v)

    with pytest.raises(GraftNameError, match="'v' of a function is used outside of that function"):
        write_graft(add(kept[0], ONE))


def test_a_called_parameter_cannot_be_confused_with_an_operation():
    f = parameter("add", "Function[Int, Int]")

    assert write_graft(apply(f, ONE)) == {"1": 1, "2": ["add", "1"], "returns": "2"}
    with pytest.raises(ValueError, match=r"'add' .* name of an operation that the program uses"):
        write_graft(add(apply(f, ONE), ONE))
