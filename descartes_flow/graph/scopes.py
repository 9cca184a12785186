"""What the keys of a parsed graft mean, and the order in which they can be worked out."""

from dataclasses import dataclass, field

from descartes_flow.errors import GraftRuntimeError
from descartes_flow.graph.leaves import bound
from descartes_flow.graph.names import plain_names
from descartes_flow.graph.node import Node


@dataclass(frozen=True, slots=True)
class Call:
    """An application, its arguments still keys."""

    callee: str
    args: tuple[str, ...]
    kwargs: dict[str, str]


@dataclass(slots=True, eq=False)
class Scope:
    """A function, or the whole graft."""

    parent: "Scope | None" = None
    depth: int = 0
    returns: str = ""
    names: tuple[str, ...] | None = None
    """Names of the function's parameters, as written; None if the graft is a value."""
    params: tuple[Node, ...] = ()
    """The same as nodes, once the function's level is known."""
    expressions: "dict[str, Call | Scope]" = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    """What is known: literals, then parameters, then the expressions."""
    levels: dict[str, int] = field(default_factory=dict)
    """`Node.level` of parameters and literals, then also of the expressions."""

    def owner(self, key: str) -> "Scope | None":
        """The innermost scope from here outwards that defines `key`."""
        scope: Scope | None = self
        while scope is not None and key not in scope.levels and key not in scope.expressions:
            scope = scope.parent
        return scope

    def names_in_sight(self) -> int:
        """How many parameters this function and those around it have."""
        around = 0 if self.parent is None else self.parent.names_in_sight()
        return around + len(self.names or ())

    def bind(self, level: int) -> None:
        """Make the function's parameters, now that its level is known."""
        names = self.names or ()
        self.params = tuple(bound(name, level) for name in plain_names(names))
        self.nodes.update(zip(names, self.params, strict=True))


def in_order(program: Scope, key: str) -> list[tuple[Scope, str]]:
    """Expressions that `key` needs and that expression itself, each after what it needs.

    Levels are found on the way, so that functions get their final parameters before anything is built: to
    rename parameters afterwards would take time in proportion to size times nesting.

    Raises
    ------
    GraftRuntimeError
        If an expression needs itself.
    """
    order = []
    entered: set[tuple[Scope, str]] = set()
    stack = [(program, key)]
    while stack:
        scope, key = stack[-1]
        if key in scope.levels:
            stack.pop()
            continue
        entered.add((scope, key))
        expression = scope.expressions[key]
        needed = _needed(expression, scope)
        waiting = [(owner, name) for owner, name in needed if name not in owner.levels]
        if not entered.isdisjoint(waiting):
            raise GraftRuntimeError(f"graft key {key!r} needs itself: its definition is a cycle")
        if waiting:
            stack.extend(reversed(waiting))
            continue
        level = max([owner.levels[name] for owner, name in needed], default=0)
        if isinstance(expression, Scope):
            level += 1
            expression.bind(level)
        scope.levels[key] = level
        order.append(stack.pop())
    return order


def _needed(expression: Call | Scope, scope: Scope) -> "list[tuple[Scope, str]]":
    """What the graft defines of the keys that an expression refers to."""
    if isinstance(expression, Scope):
        scope = expression
        keys: tuple[str, ...] = (expression.returns,)
    else:
        keys = (expression.callee, *expression.args, *expression.kwargs.values())
    return [(owner, key) for key in keys if (owner := scope.owner(key)) is not None]
