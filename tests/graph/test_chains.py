"""Programs far deeper than Python recurses."""

import copy
import gc
import pickle
import weakref

import pytest

from descartes_flow.graph import (
    apply,
    function,
    literal,
    parameter,
    postorder,
    read_graft,
    substitute,
    write_graft,
)

LENGTH = 50_000


def chain(start, name):
    node = start
    for _ in range(LENGTH):
        node = apply(name, node, literal(1))
    return node


@pytest.fixture(scope="module")
def long():
    return chain(parameter("x", "Int"), "add")


def test_a_long_chain_is_walked(long):
    assert sum(1 for _ in postorder(long)) == LENGTH + 2


def test_a_long_chain_built_twice_is_one_object(long):
    assert chain(parameter("x", "Int"), "add") is long


def test_a_long_chain_is_written_and_read_back(long):
    graft = write_graft(long)

    assert len(graft) == 2 * LENGTH + 1
    assert graft["2"] == ["add", "x", "1"]
    assert graft["100000"] == ["add", "99998", "99999"]
    assert read_graft(graft, parameters={"x": "Int"}, limits=False) is long


def test_a_long_chain_survives_pickle_and_copy(long):
    assert pickle.loads(pickle.dumps(long)) is long
    assert copy.deepcopy(long) is long


def test_a_parameter_at_the_far_end_is_replaced(long):
    replaced = substitute(long, {parameter("x", "Int"): literal(0)})

    assert replaced is chain(literal(0), "add")


def test_a_long_chain_may_be_the_body_of_a_function():
    f = function(["v"], lambda v: chain(v, "mul"))
    graft = write_graft(f)

    assert len(graft) == 2 * LENGTH + 2
    assert read_graft(graft, limits=False) is f


def test_a_long_chain_is_freed():
    node = chain(literal("to be freed"), "free")
    first = node
    while first.args[0].args:
        first = first.args[0]
    reference = weakref.ref(first)
    del node, first
    gc.collect()

    assert reference() is None
