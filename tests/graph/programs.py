"""Random programs, each with its value worked out beside the graph."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from descartes_flow.graph import Node, apply, function, literal, parameter

OPEN = {"x": 3, "y": 5}
"""Parameters that programs leave open, and their values."""

# Some hide an open parameter, an operation, a key or a reserved word; some look like a renamed one.
NAMES = ["x", "y", "v", "add", "total", "1", "returns", "x~1"]


class Pair(NamedTuple):
    """A node, and what it must evaluate to."""

    node: Node
    value: Any


def leaves() -> st.SearchStrategy[Any]:
    numbers = st.integers(-3, 3).map(lambda n: ("number", n))
    opened = st.sampled_from(sorted(OPEN)).map(lambda name: ("open", name))
    data = st.lists(st.integers(0, 9), max_size=3).map(lambda items: ("total", items))
    around = st.integers(0, 5).map(lambda n: ("bound", n))
    return numbers | opened | data | around


def larger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    binary = st.tuples(st.sampled_from(["add", "mul"]), inner, inner)
    branch = st.tuples(st.just("ifelse"), inner, inner, inner)
    names = st.lists(st.sampled_from(NAMES), unique=True, max_size=2)
    call = st.tuples(st.just("call"), names, inner, inner, st.booleans())
    return binary | branch | call


programs = st.recursive(leaves(), larger, max_leaves=12)
"""Descriptions of programs, for `build`."""


def build(program: Any, around: Sequence[Pair] = ()) -> Pair:
    """The program as a node and as a value; `around` holds the arguments of the functions around it."""
    match program:
        case ("number", n):
            return Pair(literal(n), n)
        case ("open", name):
            return Pair(parameter(name, "Int"), OPEN[name])
        case ("total", items):
            return Pair(apply("total", literal(items)), sum(items))
        case ("bound", n):
            return around[n % len(around)] if around else build(("number", n))
        case ("add" | "mul" as name, left, right):
            a, b = build(left, around), build(right, around)
            return Pair(
                apply(name, a.node, b.node), a.value + b.value if name == "add" else a.value * b.value
            )
        case ("ifelse", *parts):
            condition, yes, no = (build(part, around) for part in parts)
            branches = [function([], lambda node=chosen.node: node) for chosen in (yes, no)]
            value = yes.value if condition.value else no.value
            return Pair(apply("ifelse", condition.node, *branches), value)
        case ("call", names, body, argument, by_name):
            return call(names, body, build(argument, around), by_name, around)
    raise AssertionError(program)


def call(names: list[str], body: Any, argument: Pair, by_name: bool, around: Sequence[Pair]) -> Pair:
    """A function of `names`, called with the same argument for each."""
    values = []

    def inside(*params: Node) -> Node:
        pairs = [Pair(param, argument.value) for param in params]
        result = build(body, [*around, *pairs])
        values.append(result.value)
        return result.node

    made = function(names, inside)
    if by_name:
        node = apply(made, **dict.fromkeys(names, argument.node))
    else:
        node = apply(made, *[argument.node for _ in names])
    return Pair(node, values[0])
