import copy
import json
import pickle
import subprocess
import sys

import pytest
from hypothesis import given

from descartes_flow.graph import (
    apply,
    constant,
    function,
    literal,
    parameter,
    postorder,
    read_graft,
    write_graft,
)
from tests.graph.interpreter import evaluate
from tests.graph.programs import OPEN, build, programs

TYPES = dict.fromkeys(OPEN, "Int")


@given(programs)
def test_a_graft_read_back_is_the_same_program(program):
    node = build(program).node
    graft = json.loads(json.dumps(write_graft(node)))
    key = node.key
    del node  # or reading would only have to find it

    again = read_graft(graft, parameters=TYPES)

    assert again.key == key
    assert write_graft(again) == graft


@given(programs)
def test_a_graft_means_what_the_program_means(program):
    pair = build(program)

    assert evaluate(write_graft(pair.node), **OPEN) == pair.value


@given(programs)
def test_a_program_survives_pickle(program):
    node = build(program).node

    assert pickle.loads(pickle.dumps(node)) is node


@given(programs)
def test_no_parameter_of_a_function_is_open_outside_of_it(program):
    node = build(program).node

    assert {param.value for param in node.free} <= set(TYPES.items())


@given(programs)
def test_levels_and_open_parameters_follow_from_the_content(program):
    for node in postorder(build(program).node):
        parts = [node.body] if node.body else [*node.args, *dict(node.kwargs).values()]
        parts += [] if isinstance(node.callee, str) or node.callee is None else [node.callee]

        assert node.level == max((part.level for part in parts), default=0) + (node.body is not None)
        if parts:
            assert set(node.free) == {param for part in parts for param in part.free} - set(node.params)


@given(programs)
def test_keys_of_a_graft_are_distinct_and_ascend_in_every_scope(program):
    graft = write_graft(build(program).node)
    numbers, scopes = [], [graft]
    for scope in scopes:
        names = [name for name in scope if name not in ("parameters", "returns")]
        numbers += names
        scopes += [value for value in scope.values() if isinstance(value, dict)]

        assert names == sorted(names, key=int)
        assert list(scope)[-1] == "returns"

    assert sorted(map(int, numbers)) == list(range(1, len(numbers) + 1))


EVERYTHING = apply(
    "f",
    parameter("x", "Image"),
    constant("constants.pi"),
    literal(-0.0),
    literal("\ud800"),
    literal({"b": [1, None], "a": "é"}),
    literal(float("-inf")),
    key=function(["x"], lambda x: function([], lambda: apply("g", x, parameter("x", "Image")))),
)


@pytest.mark.parametrize("node", [EVERYTHING, EVERYTHING.kwargs[0][1], literal(1), constant("Ellipsis")])
@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
def test_pickle_gives_the_same_object(node, protocol):
    assert pickle.loads(pickle.dumps(node, protocol)) is node


def test_copies_are_the_same_object():
    assert copy.copy(EVERYTHING) is EVERYTHING
    assert copy.deepcopy([EVERYTHING])[0] is EVERYTHING


def test_another_process_unpickles_the_same_key():
    command = "import pickle, sys; sys.stdout.buffer.write(pickle.load(sys.stdin.buffer).key)"
    environment = {"PYTHONPATH": ":".join(sys.path)}
    result = subprocess.run(
        [sys.executable, "-c", command],
        input=pickle.dumps(EVERYTHING),
        capture_output=True,
        check=True,
        env=environment,
    )

    assert result.stdout == EVERYTHING.key


def test_unpickling_does_not_change_where_a_node_was_made():
    node = apply("made here", parameter("x", "Int"))
    made_at = node.origin
    restored = pickle.loads(pickle.dumps(node))

    assert restored.origin == made_at
