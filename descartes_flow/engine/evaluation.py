"""Evaluation of a program's graph: scopes, closures, and the loop that visits each node once.

Iterative, so that a chain of 50,000 operations needs no deep stack; only calls of functions nest.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import JobInvalid
from ..graph import Kind, Node

MISSING = object()


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
            if any(parameter in scope.values for parameter in node.free):
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


@dataclass(slots=True)
class _Visit:
    """A node on the stack: which of its arguments are done, or the generator that asks for more."""

    node: Node
    scope: Scope
    needs: Sequence[Node]
    done: int = 0
    generator: Generator[Any, Any, Any] | None = None
    asked: Thunk | None = field(default=None)


Apply = Callable[[Node, Scope], Any]
"""The value of an application whose arguments are known; for one by need a generator that yields thunks."""


class Evaluator:
    """Evaluates nodes in scopes; what an application means is given as a function.

    Parameters
    ----------
    apply : callable
        ``(node, scope) -> value or generator``.
    by_need : callable
        ``(node) -> bool``: whether an application asks for its arguments itself.
    constants : mapping
        Values of built-in names.
    """

    def __init__(self, apply: Apply, by_need: Callable[[Node], bool], constants: Mapping[str, Any]) -> None:
        self._apply = apply
        self._by_need = by_need
        self._constants = constants

    def known(self, node: Node, scope: Scope) -> Any:
        """The value of a node if it needs no work any more, else MISSING."""
        kind = node.kind
        if kind is Kind.APPLICATION:
            return scope.home(node).memo.get(node, MISSING)
        if kind is Kind.LITERAL:
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
        stack = [self._visit(node, scope)]
        while stack:
            visit = stack[-1]
            wanted = self._next(visit)
            if wanted is None:
                stack.pop()
            else:
                stack.append(self._visit(*wanted))
        return self.known(node, scope)

    def _visit(self, node: Node, scope: Scope) -> _Visit:
        needs: list[Node] = []
        if not self._by_need(node):
            needs = [*node.args, *(arg for _, arg in node.kwargs)]
            if isinstance(node.callee, Node):
                needs.insert(0, node.callee)
        return _Visit(node, scope, needs)

    def _next(self, visit: _Visit) -> tuple[Node, Scope] | None:
        """The next node that `visit` waits for; None when its value is known and stored."""
        while visit.done < len(visit.needs):
            node = visit.needs[visit.done]
            if self.known(node, visit.scope) is MISSING:
                return node, visit.scope
            visit.done += 1
        if visit.generator is None:
            value = self._apply(visit.node, visit.scope)
            if not isinstance(value, Generator):
                visit.scope.home(visit.node).memo[visit.node] = value
                return None
            visit.generator = value
        return self._resumed(visit, visit.generator)

    def _resumed(self, visit: _Visit, generator: Generator[Any, Any, Any]) -> tuple[Node, Scope] | None:
        """Run an operation by need up to the next thunk that is not known yet."""
        answer = None
        while True:
            if visit.asked is not None:
                answer = self.known(visit.asked.node, visit.asked.scope)
                if answer is MISSING:
                    return visit.asked.node, visit.asked.scope
            try:
                visit.asked = generator.send(answer)
            except StopIteration as stop:
                visit.scope.home(visit.node).memo[visit.node] = stop.value
                return None
