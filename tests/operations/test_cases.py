"""Every case computes to what was worked out by hand, also after its program went through text."""

import pytest

import descartes_flow as wf
from descartes_flow.graph import Node, postorder
from descartes_flow.ops.grafts import from_graft
from tests.operations.gathering import CASES, case_id
from tests.operations.world import HERE, difference

each_case = pytest.mark.parametrize("case", CASES, ids=case_id)


def operations_of(node: Node) -> set[str]:
    """The names of the operations that a program calls."""
    return {part.callee for part in postorder(node) if isinstance(part.callee, str)}


@each_case
def test_a_case_computes_to_what_was_worked_out_by_hand(world, case):
    proxy = world.proxy(case.expression)

    found = wf.compute(proxy, HERE, cache=False)
    assert not difference(found, case.expected)


@each_case
def test_a_case_calls_the_operation_that_it_shows(world, case):
    proxy = world.proxy(case.expression)

    assert case.operation in operations_of(proxy._node)


@each_case
def test_the_graft_of_a_case_is_read_as_the_same_program(world, case):
    proxy = world.proxy(case.expression)

    assert from_graft(proxy.graft, type(proxy))._node is proxy._node
