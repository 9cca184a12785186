"""Evaluation of a program's graph: scopes, closures, and the loop that visits each node once.

Iterative, so that a chain of 50,000 operations needs no deep stack; only calls of functions nest.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from types import GeneratorType
from typing import Any

from ..errors import JobInvalid
from ..graph import Kind, Node

MISSING = object()
APPLICATION, LITERAL = Kind.APPLICATION, Kind.LITERAL


class Scope:
    """Values of parameters, and of the nodes that depend on them; the root has no parameters."""

    __slots__ = ("memo", "parent", "values")

    def __init__(self, values: Mapping[Node, Any], parent: Scope | None = None) -> None:
        self.values = values
        self.parent = parent
        self.memo: dict[Node, Any] = {}

    def home(self, node: Node) -> Scope:
        """The innermost scope whose parameters `node` depends on, else the root; computed once there."""
        scope = self
        while scope.parent is not None:
            if not scope.values.keys().isdisjoint(node.free):
                return scope
            scope = scope.parent
        return scope

    def lookup(self, parameter: Node) -> Any:
        """The value of a parameter."""
        scope: Scope | None = self
        while scope is not None:
            if parameter in scope.values:
                return scope.values[parameter]
            scope = scope.parent
        raise JobInvalid(
            f"the parameter {parameter.value[0]!r} has no value; pass it by name, like x.compute(..., x=1)"
        )


@dataclass(frozen=True, slots=True)
class Closure:
    """A function of the program with the scope in which it was met."""

    node: Node
    scope: Scope

    def body_in_scope(self) -> Thunk:
        """The body of a function without parameters, to be asked for."""
        assert self.node.body is not None, "a function has a body"
        return Thunk(self.node.body, self.scope)


@dataclass(frozen=True, slots=True)
class Thunk:
    """A node that is evaluated only if the operation asks for it."""

    node: Node
    scope: Scope


Apply = Callable[[Node, Scope, list[Any]], Any]
"""The value of an application of known values; for one by need a generator that yields thunks."""

Waiting = tuple[Generator[Any, Any, Any], Thunk]
"""An operation by need, and what it asked for."""

Stack = list[Any]
"""What is evaluated next, the last first: always a node, its scope, and what it waits for or None.

Flat, as a long chain would leave a tuple for each operation to the garbage collector.
"""


class Evaluator:
    """Evaluates nodes in scopes; what an application means is given as a function.

    Parameters
    ----------
    apply : callable
        ``(node, scope, values) -> value or generator``; the values are those of `needs_of` the node.
    by_need : frozenset of str
        Names of the operations that ask for their arguments themselves.
    constants : mapping
        Values of built-in names.
    """

    def __init__(self, apply: Apply, by_need: frozenset[str], constants: Mapping[str, Any]) -> None:
        self._apply = apply
        self._by_need = by_need
        self._constants = constants

    def known(self, node: Node, scope: Scope) -> Any:
        """The value of a node if it needs no work any more, else MISSING."""
        kind = node.kind
        if kind is APPLICATION:
            return scope.home(node).memo.get(node, MISSING)
        if kind is LITERAL:
            return node.value
        if kind is Kind.PARAMETER:
            return scope.lookup(node)
        if kind is Kind.LAMBDA:
            return Closure(node, scope)
        if node.value not in self._constants:
            raise JobInvalid(f"nothing is called {node.value!r}")
        return self._constants[node.value]

    def value(self, node: Node, scope: Scope) -> Any:
        """The value of `node`, after everything it needs."""
        found = self.known(node, scope)
        if found is not MISSING:
            return found
        stack: Stack = [node, scope, None]
        while stack:
            waiting, inner, current = stack.pop(), stack.pop(), stack.pop()
            self._advance(current, inner, waiting, stack)
        return self.known(node, scope)

    def _advance(self, node: Node, scope: Scope, waiting: Waiting | None, stack: Stack) -> None:
        """Evaluate a node; or put it back on the stack, and above it what has to be known before."""
        memo = scope.home(node).memo
        if waiting is not None:
            value = self._resumed(node, scope, *waiting, stack)
        elif node in memo:  # it was on the stack twice
            return
        else:
            values = self._values(node, scope, stack)
            if values is None:
                return
            value = self._apply(node, scope, values)
            if isinstance(value, GeneratorType):
                value = self._resumed(node, scope, value, None, stack)
        if value is not MISSING:
            memo[node] = value

    def _resumed(
        self, node: Node, scope: Scope, asks: Generator[Any, Any, Any], asked: Thunk | None, stack: Stack
    ) -> Any:
        """Run an operation by need to its value, or up to the next thunk that is not known yet."""
        answer = None if asked is None else self.known(asked.node, asked.scope)
        while answer is not MISSING:
            try:
                asked = asks.send(answer)
            except StopIteration as stop:
                return stop.value
            answer = self.known(asked.node, asked.scope)
        assert asked is not None, "only a thunk can be missing"
        stack += node, scope, (asks, asked)
        stack += asked.node, asked.scope, None
        return MISSING

    def _values(self, node: Node, scope: Scope, stack: Stack) -> list[Any] | None:
        """What a node is applied to; None if some of that is not known yet, and now on the stack."""
        needs = () if node.callee in self._by_need else needs_of(node)
        values: list[Any] = []
        missing: list[Node] = []
        for need in needs:
            value = need.value if need.kind is LITERAL else self.known(need, scope)
            if value is MISSING:
                missing.append(need)
            values.append(value)
        if not missing:
            return values
        for need in (node, *reversed(missing)):
            stack += need, scope, None
        return None


def needs_of(node: Node) -> tuple[Node, ...]:
    """What an application is applied to: a function that is called first, then the arguments in order."""
    needs = node.args
    if node.kwargs:
        needs += tuple([arg for _, arg in node.kwargs])
    return (node.callee, *needs) if isinstance(node.callee, Node) else needs
