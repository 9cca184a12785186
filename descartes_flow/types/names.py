"""Proxy classes by name: what parameters, pickles and stored objects say of a type."""

from __future__ import annotations

import ast
from typing import Any

TYPES: dict[str, Any] = {}
"""Proxy classes without type parameters, by name; each class enters itself when it is made."""


def type_by_name(name: str) -> Any:
    """The proxy class called `name`, such as ``Int`` or ``Dict[Str, List[Int]]``.

    Raises
    ------
    ValueError
        If `name` is not the name of a proxy class.
    """
    if name in TYPES:
        return TYPES[name]
    try:
        return _read(ast.parse(name, mode="eval").body)
    except (SyntaxError, TypeError, KeyError) as error:
        raise ValueError(f"no proxy type is called {name!r}") from error


def article(name: str) -> str:
    """The name of a type with its article: ``an Image``, ``a List[Int]``."""
    return f"{'an' if name[:1] in 'AEIO' else 'a'} {name}"


def _read(expression: ast.expr) -> Any:
    """The class, dict of classes or constant that a piece of a type's name stands for."""
    if isinstance(expression, ast.Name):
        return TYPES[expression.id]
    if isinstance(expression, ast.Subscript):
        inner = expression.slice
        items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        return _read(expression.value)[tuple(_read(item) for item in items)]
    if isinstance(expression, ast.Dict):
        names = [key.value for key in expression.keys if isinstance(key, ast.Constant)]
        return dict(zip(names, map(_read, expression.values), strict=True))
    raise KeyError(ast.unparse(expression))
