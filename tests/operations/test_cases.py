"""Every case computes to what was worked out by hand, also after its program went through text."""

import datetime
from typing import Any

import pytest

import descartes_flow as wf
from descartes_flow.graph import Node, postorder
from descartes_flow.ops.grafts import from_graft
from descartes_flow.result_types import ImageCollectionResult, ImageResult
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


PLAIN: dict[type, type] = {
    wf.Bool: bool,
    wf.Int: int,
    wf.Float: float,
    wf.Str: str,
    wf.Datetime: datetime.datetime,
    wf.Dict: dict,
    wf.Image: ImageResult,
    wf.ImageCollection: ImageCollectionResult,
}
"""What the value of a proxy of each type is."""


def keeps_promise(kind: Any, value: Any) -> bool:
    """Whether a value is of the type that a proxy class stands for, item by item."""
    if issubclass(kind, wf.List):
        return type(value) is list and all(keeps_promise(kind.element_type(), item) for item in value)
    if issubclass(kind, wf.Tuple):
        pairs = zip(kind.parameters, value, strict=True) if type(value) is tuple else [(wf.Int, None)]
        return all(keeps_promise(*pair) for pair in pairs)
    return all(type(value) is plain for promised, plain in PLAIN.items() if issubclass(kind, promised))


@each_case
def test_a_case_gives_a_value_of_the_type_that_its_proxy_promises(world, case):
    proxy = world.proxy(case.expression)

    assert keeps_promise(type(proxy), wf.compute(proxy, HERE))
