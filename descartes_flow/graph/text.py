"""Programs as text for people: one line per expression, literals where they are used."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from descartes_flow.graph.graft import write_graft
from descartes_flow.graph.names import RESERVED, is_number
from descartes_flow.graph.node import Node

LONGEST = 60
"""Characters of a literal that are shown."""

Names = dict[str, str]
"""How the keys of a graft are written."""


def write_text(node: Node) -> str:
    r"""A program as text that reads like Python.

    Examples
    --------
    >>> from descartes_flow.graph import apply, function, literal
    >>> double = function(["v"], lambda v: apply("mul", v, literal(2)))
    >>> print(write_text(apply("map", literal([1, 2]), double)))
    _4 = function(v):
        _3 = mul(v, 2)
        return _3
    _5 = map([1, 2], _4)
    return _5
    """
    return "\n".join(_lines(write_graft(node), {}))


def _lines(graft: Mapping[str, Any], outer: Names) -> Iterator[str]:
    """The lines of a graft, or of the body of a function in it."""
    names = {**outer}
    expressions = {key: expression for key, expression in graft.items() if key not in RESERVED}
    names.update(
        (key, _literal(expression)) for key, expression in expressions.items() if _is_literal(expression)
    )
    for key, expression in expressions.items():
        if isinstance(expression, Mapping):
            yield f"{_name(key, names)} = function({', '.join(expression.get('parameters', ()))}):"
            yield from (f"    {line}" for line in _lines(expression, names))
        elif not _is_literal(expression):
            yield f"{_name(key, names)} = {_call(expression, names)}"
    yield f"return {_name(graft['returns'], names)}"


def _is_literal(expression: Any) -> bool:
    quoted = isinstance(expression, list) and len(expression) == 1 and not isinstance(expression[0], str)
    return quoted or not isinstance(expression, (list, Mapping))


def _literal(expression: Any) -> str:
    value = expression[0] if isinstance(expression, list) else expression
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _name(key: str, names: Names) -> str:
    return names.get(key, f"_{key}" if is_number(key) else key)


def _call(expression: list[Any], names: Names) -> str:
    keys = [part for part in expression if not isinstance(part, Mapping)]
    named = expression[-1] if isinstance(expression[-1], Mapping) else {}
    arguments = [_name(key, names) for key in keys[1:]]
    arguments += [f"{name}={_name(key, names)}" for name, key in named.items()]
    return f"{_name(keys[0], names)}({', '.join(arguments)})"
