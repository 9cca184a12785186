import copy
import random

import pytest

from descartes_flow.errors import (
    GraftError,
    GraftNameError,
    GraftRuntimeError,
    GraftSyntaxError,
    GraftTypeError,
)
from descartes_flow.graph import apply, constant, function, literal, parameter, read_graft, write_graft

ONE = literal(1)


def test_a_literal_reads_as_itself():
    assert read_graft({"x": 1, "returns": "x"}) is ONE


def test_a_function_called_in_a_graft():
    graft = {
        "f": {"parameters": ["p"], "one": 1, "r": ["add", "p", "one"], "returns": "r"},
        "x": 1,
        "z": ["f", "x"],
        "returns": "z",
    }

    assert read_graft(graft) is apply(function(["p"], lambda p: apply("add", p, ONE)), ONE)


@pytest.mark.parametrize("data", [[1, 2], (1, 2), {"a": 1}, ["x"], [], {}])
def test_a_list_of_one_container_is_data(data):
    assert read_graft({"x": [data], "returns": "x"}) is literal(data)


def test_a_list_of_one_string_is_a_call():
    assert read_graft({"x": ["f"], "returns": "x"}) is apply("f")
    assert read_graft({"x": ["f", {}], "returns": "x"}) is apply("f")


def test_named_arguments_stand_in_a_last_mapping():
    graft = {"a": 1, "x": ["f", "a", {"k": "a"}], "returns": "x"}

    assert read_graft(graft) is apply("f", ONE, k=ONE)


def test_a_graft_with_parameters_is_a_function():
    assert read_graft({"parameters": ["v"], "returns": "v"}) is function(["v"], lambda v: v)


def test_a_nested_graft_without_parameters_is_a_function_without_parameters():
    nested = {"f": {"a": 1, "returns": "a"}, "returns": "f"}

    assert read_graft(nested) is function([], lambda: ONE)
    assert read_graft({"parameters": [], "a": 1, "returns": "a"}) is function([], lambda: ONE)


def test_names_that_nothing_defines_are_parameters_of_the_types_given():
    graft = {"r": ["add", "x", "y"], "returns": "r"}

    node = read_graft(graft, parameters={"x": "Int"})

    assert node is apply("add", parameter("x", "Int"), parameter("y", "Any"))


def test_names_of_constants_are_constants():
    assert read_graft({"returns": "constants.e"}) is constant("constants.e")
    assert read_graft({"returns": "Ellipsis"}) is constant("Ellipsis")


def test_the_innermost_definition_is_meant():
    graft = {
        "a": 1,
        "f": {"a": 2, "returns": "a"},
        "g": {"returns": "a"},
        "r": ["pair", "f", "g"],
        "returns": "r",
    }

    assert read_graft(graft) is apply("pair", function([], lambda: literal(2)), function([], lambda: ONE))


def test_a_definition_hides_an_operation():
    graft = {"add": {"parameters": ["v"], "returns": "v"}, "a": 1, "r": ["add", "a"], "returns": "r"}

    assert read_graft(graft) is apply(function(["v"], lambda v: v), ONE)


def test_operations_go_through_the_callback():
    graft = {"a": 1, "r": ["wf.neg", "a"], "returns": "r"}

    assert read_graft(graft, operation=lambda name: name.removeprefix("wf.")) is apply("neg", ONE)


def test_an_unknown_operation_is_what_the_callback_says():
    def known(name: str) -> str:
        raise GraftNameError(name)

    with pytest.raises(GraftNameError, match="nosuch"):
        read_graft({"r": ["nosuch"], "returns": "r"}, operation=known)


def test_a_parameter_is_called_if_its_type_is_a_function():
    graft = {"a": 1, "r": ["f", "a"], "returns": "r"}
    f = parameter("f", "Function[Int, Int]")

    assert read_graft(graft, parameters={"f": "Function[Int, Int]"}) is apply(f, ONE)


def test_an_operation_may_have_the_name_of_a_parameter():
    graft = {"r": ["min", "min"], "returns": "r"}
    node = apply("min", parameter("min", "Float"))

    assert write_graft(node) == {"1": ["min", "min"], "returns": "1"}
    assert read_graft(graft, parameters={"min": "Float"}) is node


def test_keys_that_nothing_uses_leave_no_trace():
    graft = {"a": 1, "unused": ["add", "nowhere", "7"], "loop": ["f", "loop"], "returns": "a"}

    assert read_graft(graft) is ONE


def test_a_hoisted_function_reads_as_the_one_written_inside():
    inside = {
        "f": {
            "parameters": ["a"],
            "g": {"parameters": ["b"], "r": ["neg", "b"], "returns": "r"},
            "m": ["map", "a", "g"],
            "returns": "m",
        },
        "returns": "f",
    }
    outside = {
        "g": {"parameters": ["b"], "r": ["neg", "b"], "returns": "r"},
        "f": {"parameters": ["a"], "m": ["map", "a", "g"], "returns": "m"},
        "returns": "f",
    }

    assert read_graft(inside) is read_graft(outside)


def test_a_renamed_parameter_gets_its_name_back():
    x = parameter("x", "Int")
    node = apply(function(["x"], lambda v: apply("add", v, x)), x=ONE)

    assert read_graft(write_graft(node), parameters={"x": "Int"}) is node


def test_arguments_find_the_renamed_parameters_that_they_are_for():
    x = parameter("x", "Int")
    node = apply(function(["x~1", "x"], lambda a, b: apply("f", a, b, x)), **{"x": ONE, "x~1": literal(2)})

    graft = write_graft(node)

    assert graft["2"]["parameters"] == ["x~1~1", "x~1"]
    assert graft["5"] == ["2", {"x~1": "3", "x~1~1": "4"}]
    assert read_graft(graft, parameters={"x": "Int"}) is node


def test_parameters_that_only_look_renamed_keep_their_names_apart():
    node = read_graft({"parameters": ["x~1", "x~2"], "r": ["sub", "x~1", "x~2"], "returns": "r"})

    assert node is function(["x~1", "x~2"], lambda a, b: apply("sub", a, b))
    assert read_graft(write_graft(node)) is node


def test_reading_leaves_the_graft_alone():
    graft = {"f": {"parameters": ["p"], "returns": "p"}, "d": [{"a": [1]}], "r": ["f", "d"], "returns": "r"}
    before = copy.deepcopy(graft)
    read_graft(graft)

    assert graft == before


@pytest.mark.parametrize(
    "expression",
    [
        [1, 2],
        [],
        {},
        {"y": 1},
        ["f", {"k": "a"}, "a"],
        ["f", True],
        [1],
        [None],
        ["returns"],
        ["f", "parameters"],
        ["f", {"k": "returns"}],
        ["f", {"k": 1}],
        ["f", {1: "a"}],
        ["f", ["a"]],
        [["x"], "a"],
        [{"k": "a"}, "f"],
        ("f", "a"),
        [[{1}]],
        [[float("nan")]],
        {1},
        pytest.param(10**5000, id="more digits than Python writes"),
    ],
)
def test_anything_else_is_not_a_valid_expression_even_if_unused(expression):
    with pytest.raises(GraftSyntaxError, match=r"graft\['bad'\].*not a valid expression"):
        read_graft({"a": 1, "bad": expression, "returns": "a"})


@pytest.mark.parametrize(
    ("graft", "message"),
    [
        ([], "expected a mapping"),
        ({"a": 1}, "not a valid expression"),
        ({"a": 1, "returns": 1}, "expected a key"),
        ({"a": 1, "returns": "returns"}, "expected a key"),
        ({1: 1, "returns": "a"}, "keys are str"),
        ({"parameters": "ab", "returns": "a"}, "expected a list of keys"),
        ({"parameters": ["a", "a"], "returns": "a"}, "expected distinct keys"),
        ({"parameters": ["a"], "a": 1, "returns": "a"}, "expected distinct keys"),
        ({"parameters": [1], "returns": "a"}, "expected a key"),
        ({"parameters": ["returns"], "returns": "a"}, "expected a key"),
    ],
)
def test_a_graft_that_is_not_well_formed_is_refused(graft, message):
    with pytest.raises(GraftSyntaxError, match=message):
        read_graft(graft)


def test_an_error_says_where():
    graft = {"f": {"parameters": ["p"], "bad": [1, 2], "returns": "p"}, "returns": "f"}

    with pytest.raises(GraftSyntaxError, match=r"graft\['f'\]\['bad'\]: .*expected a key.* got 1"):
        read_graft(graft)


@pytest.mark.parametrize(
    "graft",
    [{"returns": "7"}, {"r": ["7"], "returns": "r"}, {"r": ["f", "7"], "returns": "r"}, {"returns": ""}],
)
def test_a_number_that_is_not_defined_is_a_name_error(graft):
    with pytest.raises(GraftNameError, match="is not defined"):
        read_graft(graft)


def test_keys_inside_a_function_are_not_seen_outside():
    graft = {"f": {"1": 1, "returns": "1"}, "r": ["add", "1"], "returns": "r"}

    with pytest.raises(GraftNameError, match="'1' is not defined"):
        read_graft(graft)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (["f"], "Missing required argument 'p'"),
        (["f", "a", "a"], "Too many positional arguments: expected 1, got 2"),
        (["f", "a", {"q": "a"}], "Unexpected named argument 'q'"),
        (["h", {"q": "a", "q~1": "a"}], "Unexpected named argument 'q'"),
        (["a"], "expected the name of an operation or a function"),
    ],
)
def test_a_call_that_does_not_fit_is_a_type_error(expression, message):
    with pytest.raises(GraftTypeError, match=message):
        read_graft(
            {
                "a": 1,
                "f": {"parameters": ["p"], "returns": "p"},
                "h": {"parameters": ["q~1"], "returns": "q~1"},
                "r": expression,
                "returns": "r",
            }
        )


@pytest.mark.parametrize(
    "graft",
    [
        {"a": ["f", "a"], "returns": "a"},
        {"a": ["f", "b"], "b": ["f", "c"], "c": ["f", {"k": "a"}], "returns": "a"},
        {"f": {"parameters": ["p"], "r": ["f", "p"], "returns": "r"}, "returns": "f"},
        {"f": {"returns": "f"}, "returns": "f"},
        {"a": ["g", "f"], "f": {"returns": "a"}, "returns": "f"},
    ],
)
def test_a_cycle_is_a_runtime_error(graft):
    with pytest.raises(GraftRuntimeError, match="needs itself"):
        read_graft(graft)


def long_graft(length):
    keys = map(str, range(1, length + 1))
    return {**dict.fromkeys(keys, 1), "returns": "1"}


def nested_graft(depth):
    graft = {"a": 1, "returns": "a"}
    for _ in range(depth):
        graft = {"f": graft, "returns": "f"}
    return graft


BEYOND_LIMITS = {
    "20000 expressions": (long_graft(20_000), long_graft(20_001)),
    "1048576 bytes of text": ({"k" * 1_000_000: 1, "returns": "k"}, {"k" * 1_100_000: 1, "returns": "k"}),
    "10485760 bytes of literals": (
        {"1": "v" * 10_000_000, "returns": "1"},
        {"1": "v" * 5_000_000, "2": [["v" * 6_000_000]], "returns": "1"},
    ),
    "32 functions nested": (nested_graft(32), nested_graft(33)),
    "100 parameters in sight": (
        {"parameters": [f"p{n}" for n in range(100)], "returns": "p0"},
        {
            "parameters": [f"p{n}" for n in range(60)],
            "f": {"parameters": [f"q{n}" for n in range(60)], "returns": "q0"},
            "returns": "f",
        },
    ),
    "leave open at most 100 parameters": (
        {"r": ["add", *[f"p{n}" for n in range(100)]], "returns": "r"},
        {"r": ["add", *[f"p{n}" for n in range(101)]], "returns": "r"},
    ),
}


@pytest.mark.parametrize("limit", BEYOND_LIMITS)
def test_a_graft_from_outside_has_limits(limit):
    allowed, beyond = BEYOND_LIMITS[limit]
    read_graft(allowed)

    with pytest.raises(GraftSyntaxError, match=limit):
        read_graft(beyond)


@pytest.mark.parametrize("limit", [limit for limit in BEYOND_LIMITS if limit != "10485760 bytes of literals"])
def test_our_own_grafts_have_no_limits(limit):
    _, large = BEYOND_LIMITS[limit]

    assert read_graft(large, limits=False).key


SEED_GRAFT = {
    "1": [[1, {"a": None}]],
    "2": {
        "parameters": ["v", "w"],
        "3": 1.5,
        "4": {"parameters": ["u"], "5": ["add", "u", "v", {"k": "3"}], "returns": "5"},
        "6": ["4", "w"],
        "returns": "6",
    },
    "7": ["2", "1", {"w": "x"}],
    "8": {"parameters": [], "returns": "7"},
    "9": ["ifelse", "x", "8", "8"],
    "returns": "9",
}


def mutated(graft, chance):
    """A copy with one random place of its JSON text exchanged for something else that JSON may hold."""
    places = []

    def visit(value):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            places.append((value, key))
            if isinstance(value[key], (dict, list)):
                visit(value[key])

    changed = copy.deepcopy(graft)
    visit(changed)
    others = [None, 1, 0.5, True, "", "1", "9", "x", "returns", "f", [], {}, ["1"], [["1"]], {"returns": "1"}]
    for _ in range(chance.randint(1, 3)):
        container, key = chance.choice(places)
        if isinstance(container, dict) and chance.random() < 0.3:
            container[chance.choice(["1", "5", "v", "parameters", "returns", ""])] = container.pop(key, None)
        elif isinstance(container, list) or key in container:
            container[key] = copy.deepcopy(chance.choice([*others, graft["2"], container]))
    return changed


def test_a_mutated_graft_is_read_or_refused_with_a_graft_error():
    chance = random.Random(20261122)
    read, refused = 0, 0
    for _ in range(3000):
        try:
            node = read_graft(mutated(SEED_GRAFT, chance))
        except GraftError:
            refused += 1
            continue
        read += 1
        types = dict(param.value for param in node.free)
        assert read_graft(write_graft(node), parameters=types) is node

    assert read > 100
    assert refused > 1000
