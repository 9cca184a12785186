"""Nodes without arguments: literals, parameters and constants."""

import itertools
import json
import math
import reprlib
from typing import Any

from descartes_flow.graph.application import application
from descartes_flow.graph.names import RESERVED, is_constant, is_number
from descartes_flow.graph.node import Kind, Node, digest, intern, interned

MAX_DEPTH = 100
"""How deep quoted data may be nested."""

_LETTERS: dict[type, str] = {str: "s", int: "i", float: "f", bool: "b", type(None): "n"}
_fresh = itertools.count(1)


def literal(value: object) -> Node:
    """Node of a plain Python value.

    Parameters
    ----------
    value : str, int, float, bool, None, list, tuple or dict
        A scalar, or data as JSON has it (a tuple becomes a list), which is copied. ``1``, ``1.0`` and
        ``True`` are three different literals, and so are ``0.0`` and ``-0.0``.

    Returns
    -------
    Node
        A literal. JSON has no number for nan and infinity, so these three become what a graft can say:
        ``constants.nan``, ``constants.inf``, and ``neg`` of ``constants.inf``.

    Raises
    ------
    TypeError
        If the value, or something in the data, is of another type; also for numpy's scalars.
    ValueError
        If data hold nan or infinity, or are nested deeper than 100.

    Examples
    --------
    >>> literal(1) is literal(1), literal(1) is literal(1.0)
    (True, False)
    >>> literal((1, 2)).value
    [1, 2]
    >>> literal(float("nan")) is constant("constants.nan")
    True
    """
    kind = type(value)
    if isinstance(value, (list, tuple, dict)):
        data = quoted(value)
        # the order of a dict's keys is part of the data
        text = json.dumps(data, separators=(",", ":"))
        return _leaf(Kind.LITERAL, f"Lj{text}", data)
    letter = _LETTERS.get(kind)
    if letter is None:
        raise TypeError(
            f"literal(value): expected str, int, float, bool, None, list, tuple or dict, "
            f"got {kind.__module__}.{kind.__qualname__} {reprlib.repr(value)}; numpy scalars have .item()"
        )
    if isinstance(value, float) and not math.isfinite(value):
        return _not_finite(value)
    return _leaf(Kind.LITERAL, f"L{letter}{value if letter == 's' else repr(value)}", value)


def quoted(value: object, depth: int = 0) -> Any:
    """Copy of JSON data, checked; tuples become lists."""
    kind = type(value)
    if kind in _LETTERS:
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(
                f"literal(value): JSON data cannot hold {value!r}; write None where a number is missing, "
                "or build a list from single literals"
            )
        return value
    if depth == MAX_DEPTH:
        raise ValueError(f"literal(value): data nested deeper than {MAX_DEPTH}")
    if isinstance(value, dict):
        for name in value:
            if type(name) is not str:
                raise TypeError(f"literal(value): keys of JSON data are str, got {name!r}")
        return {name: quoted(item, depth + 1) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [quoted(item, depth + 1) for item in value]
    raise TypeError(
        f"literal(value): JSON data cannot hold {kind.__module__}.{kind.__qualname__} {reprlib.repr(value)}; "
        "convert it to str, int, float, bool, None, list or dict first"
    )


def parameter(name: str, type_name: str) -> Node:
    """Node of a value that the user gives when the program runs.

    Parameters
    ----------
    name : str
        What the value is given as; also its key in a graft.
    type_name : str
        Part of the identity. Only what has a type named ``Function...`` may be called.

    Raises
    ------
    ValueError
        If a graft could not use the name as a key of a parameter.

    Examples
    --------
    >>> parameter("threshold", "Float").value
    ('threshold', 'Float')
    """
    for argument, given in (("name", name), ("type_name", type_name)):
        if type(given) is not str:
            raise TypeError(f"parameter({argument}=): expected str, got {type(given).__name__} {given!r}")
    if not name or name in RESERVED or is_number(name) or is_constant(name):
        raise ValueError(
            f"parameter(name=): {name!r} means something else in a graft, as numbers, 'returns', "
            "'parameters' and constants do; choose another name"
        )
    return _leaf(Kind.PARAMETER, f"P{len(name)}:{name}{type_name}", (name, type_name))


def bound(name: str, level: int) -> Node:
    """Parameter of a function of this level."""
    return _leaf(Kind.PARAMETER, f"B{level}:{name}", (name, level))


def placeholder(name: str) -> Node:
    """A bound parameter like no other: what a function is built with, before its level is known."""
    return bound(name, -next(_fresh))  # counting is atomic, so threads and nested functions never share one


def constant(name: str) -> Node:
    """Node of something built in, for instance ``constants.e``; a graft refers to it by its bare name.

    Raises
    ------
    ValueError
        If the name is neither ``Ellipsis`` nor begins with ``constants.``: a graft could not tell it from
        a parameter.
    """
    if not is_constant(name):
        raise ValueError(f"constant(name=): expected 'Ellipsis' or 'constants.<name>', got {name!r}")
    return _leaf(Kind.CONSTANT, f"K{name}", name)


def _not_finite(value: float) -> Node:
    if math.isnan(value):
        return constant("constants.nan")
    infinity = constant("constants.inf")
    return infinity if value > 0 else application("neg", (infinity,), ())


def _leaf(kind: Kind, content: str, value: object) -> Node:
    key = digest(content.encode("utf-8", "surrogatepass"))
    return interned(key) or intern(key, kind, value=value)
