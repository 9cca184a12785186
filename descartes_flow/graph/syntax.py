"""Syntax of grafts: from untrusted plain data to scopes, calls and literals, with nothing looked up yet."""

import json
import reprlib
from collections.abc import Mapping
from typing import NoReturn

from descartes_flow.errors import GraftSyntaxError
from descartes_flow.graph.leaves import literal
from descartes_flow.graph.names import RESERVED
from descartes_flow.graph.node import Node
from descartes_flow.graph.scopes import Call, Scope

MAX_TEXT = 2**20
"""Bytes of JSON text of a graft from outside, its literals left out."""

MAX_LITERALS = 10 * 2**20
"""Bytes of JSON text of its literals."""

MAX_EXPRESSIONS = 20_000

MAX_NESTING = 32
"""How deep its functions may be nested."""

MAX_PARAMETERS = 100
"""Parameters that may be in sight at one place; also how many a program may leave open."""


def parse(graft: object, *, limits: bool = True) -> Scope:
    """The outermost scope of a graft, every expression checked, also those that nothing uses.

    Raises
    ------
    GraftSyntaxError
        Saying which key holds what, and what is expected there.
    """
    budget = _Budget() if limits else None
    outermost = Scope()
    waiting: list[tuple[object, Scope, str]] = [(graft, outermost, "graft")]
    while waiting:
        mapping, scope, where = waiting.pop()
        expressions = _header(mapping, scope, where)
        if budget is not None:
            budget.spend_function(scope, where)
        for key, expression in expressions.items():
            place = f"{where}[{key!r}]"
            if isinstance(expression, Mapping):
                inside = Scope(parent=scope, depth=scope.depth + 1, names=())
                scope.expressions[key] = inside
                waiting.append((expression, inside, place))
            elif isinstance(expression, list) and not _is_quoted(expression):
                scope.expressions[key] = _call(expression, place)
            else:
                scope.nodes[key], scope.levels[key] = _literal(expression, place), 0
            if budget is not None:
                budget.spend_expression(key, expression, place)
    return outermost


def _header(mapping: object, scope: Scope, where: str) -> dict[str, object]:
    """Read ``returns`` and ``parameters`` into the scope; the other items."""
    if not isinstance(mapping, Mapping):
        raise GraftSyntaxError(f"{where}: expected a mapping, got {reprlib.repr(mapping)}")
    for key in mapping:
        if type(key) is not str:
            raise GraftSyntaxError(f"{where}: keys are str, got {key!r}")
    expressions = dict(mapping)
    if "returns" not in expressions:
        _refuse(where, mapping)
    scope.returns = _key(expressions.pop("returns"), f"{where}['returns']")
    if "parameters" in expressions:
        names = expressions.pop("parameters")
        place = f"{where}['parameters']"
        if not isinstance(names, (list, tuple)):
            raise GraftSyntaxError(f"{place}: expected a list of keys, got {reprlib.repr(names)}")
        scope.names = tuple(_key(name, place) for name in names)
        scope.levels.update(dict.fromkeys(scope.names, 0))
        if len(scope.levels) < len(scope.names) or not expressions.keys().isdisjoint(scope.names):
            raise GraftSyntaxError(f"{place}: expected distinct keys that nothing else has, got {names!r}")
    return expressions


def _call(expression: list[object], where: str) -> Call:
    *keys, last = expression if expression else _refuse(where, expression)
    kwargs: dict[str, str] = {}
    if keys and isinstance(last, Mapping):
        for name, key in last.items():
            if type(name) is not str:
                _refuse(where, expression)
            kwargs[name] = _key(key, where)
    else:
        keys.append(last)
    callee, *args = (_key(key, where) for key in keys)
    return Call(callee, tuple(args), kwargs)


def _literal(value: object, where: str) -> Node:
    if isinstance(value, tuple):
        _refuse(where, value)
    try:
        return literal(value[0] if isinstance(value, list) else value)
    except (TypeError, ValueError) as error:
        raise GraftSyntaxError(f"{where}: not a valid expression: {error}") from error


def _is_quoted(expression: list[object]) -> bool:
    return len(expression) == 1 and isinstance(expression[0], (list, tuple, dict))


def _key(value: object, where: str) -> str:
    if type(value) is not str or value in RESERVED:
        raise GraftSyntaxError(
            f"{where}: not a valid expression: expected a key (str, but not 'returns' or 'parameters'), "
            f"got {reprlib.repr(value)}"
        )
    return value


def _refuse(where: str, expression: object) -> NoReturn:
    raise GraftSyntaxError(
        f"{where}: {reprlib.repr(expression)} is not a valid expression; expected a literal, "
        "quoted data [[...]], a call ['name', 'key', {'name': 'key'}], or a function {'returns': 'key'}"
    )


class _Budget:
    """What a graft from outside has used of its limits so far."""

    def __init__(self) -> None:
        self._expressions = 0
        self._text = 0
        self._literals = 0

    def spend_function(self, scope: Scope, where: str) -> None:
        self._text += sum(map(_size, scope.levels)) + _size(scope.returns)
        self._check(where, "functions nested", scope.depth, MAX_NESTING)
        self._check(where, "parameters in sight", scope.names_in_sight(), MAX_PARAMETERS)

    def spend_expression(self, key: str, expression: object, where: str) -> None:
        self._expressions += 1
        self._text += _size(key)
        if isinstance(expression, list) and not _is_quoted(expression):
            *keys, last = expression
            self._text += sum(map(_size, keys))
            self._text += (
                sum(map(_size, [*last, *last.values()])) if isinstance(last, Mapping) else _size(last)
            )
        elif not isinstance(expression, Mapping):
            self._literals += _size(expression)
        self._check(where, "expressions", self._expressions, MAX_EXPRESSIONS)
        self._check(where, "bytes of text", self._text, MAX_TEXT)
        self._check(where, "bytes of literals", self._literals, MAX_LITERALS)

    @staticmethod
    def _check(where: str, what: str, used: int, limit: int) -> None:
        if used > limit:
            raise GraftSyntaxError(
                f"{where}: a graft from outside may have at most {limit} {what}, got {used}"
            )


def _size(value: object) -> int:
    """Bytes of `value` in JSON, with the comma or colon after it."""
    return len(json.dumps(value)) + 1
