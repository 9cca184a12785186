"""A program's nodes are evaluated in the order of their arguments, each once."""

from typing import Any

import pytest

from descartes_flow.engine.evaluation import Evaluator, Scope, Thunk
from descartes_flow.graph import Node, apply, literal


class Told:
    """Applies operations to values by writing down what was applied."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.evaluator = Evaluator(self.applied, frozenset({"either"}), {})

    def applied(self, node: Node, scope: Scope, values: list[Any]) -> Any:
        self.calls.append(str(node.callee))
        if node.callee == "either":
            return self.either(node, scope)
        return f"{node.callee}({', '.join(map(str, values))})"

    def either(self, node: Node, scope: Scope) -> Any:
        """By need: the second argument where the first is true, else the third."""
        chosen = node.args[1 if (yield Thunk(node.args[0], scope)) else 2]
        return (yield Thunk(chosen, scope))

    def value(self, node: Node) -> Any:
        return self.evaluator.value(node, Scope({}))


@pytest.fixture
def told() -> Told:
    return Told()


def test_arguments_are_evaluated_from_left_to_right(told):
    found = told.value(apply("f", apply("a"), apply("b"), c=apply("c")))

    assert found == "f(a(), b(), c())"
    assert told.calls == ["a", "b", "c", "f"]


def test_a_node_that_two_wait_for_is_evaluated_once(told):
    shared = apply("x")
    found = told.value(apply("f", apply("g", shared), shared))

    assert found == "f(g(x()), x())"
    assert told.calls == ["x", "g", "f"]


def test_an_operation_by_need_evaluates_what_it_asks_for_alone(told):
    found = told.value(apply("f", apply("either", literal(True), apply("yes"), apply("no"))))

    assert found == "f(yes())"
    assert told.calls == ["either", "yes", "f"]


def test_long_chains_and_wide_calls_need_no_deep_stack(told):
    chain = apply("x")
    for _ in range(5_000):
        chain = apply("f", chain)
    told.value(apply("g", *(apply(f"a{n}") for n in range(5_000)), chain))

    assert len(told.calls) == 10_002
