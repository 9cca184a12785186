"""Tracing: a Python function becomes a part of the graph by being called once with placeholder proxies."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any as AnyValue

from ...graph import Node, function
from ..names import TYPES
from ..proxytype import Proxytype

PLAIN = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def name_of(given: AnyValue) -> str:
    """A Python function as error texts call it."""
    return getattr(given, "__qualname__", repr(given))


def plain_parameters(given: Callable[..., AnyValue]) -> list[inspect.Parameter]:
    """The parameters of a function.

    Raises
    ------
    TypeError
        If one is starred, keyword-only or has a default, or Python does not know them.
    """
    try:
        parameters = list(inspect.signature(given).parameters.values())
    except ValueError as error:
        raise TypeError(f"{name_of(given)} cannot be delayed: {error}; wrap it in a function") from error
    for parameter in parameters:
        if parameter.kind not in PLAIN or parameter.default is not inspect.Parameter.empty:
            raise TypeError(
                f"the function {name_of(given)} cannot be delayed: its argument {parameter.name!r} is "
                "starred, keyword-only or has a default; give it plain arguments only, or wrap it: "
                f"lambda x: {name_of(given)}(x)"
            )
    return parameters


def argument_names(
    given: Callable[..., AnyValue], kinds: Sequence[type[Proxytype]], named: Mapping[str, type[Proxytype]]
) -> list[str]:
    """Names of the parameters of a function, which must be as many as `kinds`, then those of `named`.

    Raises
    ------
    TypeError
        If they are others.
    """
    names = [parameter.name for parameter in plain_parameters(given)]
    if len(names) == len(kinds) + len(named) and names[len(kinds) :] == list(named):
        return names
    wanted = [kind.__name__ for kind in kinds] + [f"{name}: {kind.__name__}" for name, kind in named.items()]
    raise TypeError(
        f"Your function takes the wrong parameters: {name_of(given)} has {len(names)} "
        f"({', '.join(names)}), expected {len(wanted)} ({', '.join(wanted)})"
        + ("; the one argument is a tuple, which can be unpacked: a, b = t" if _is_tuple(kinds) else "")
    )


def _is_tuple(kinds: Sequence[type[Proxytype]]) -> bool:
    return len(kinds) == 1 and issubclass(kinds[0], TYPES["Tuple"])


def traced(
    given: Callable[..., AnyValue],
    names: Sequence[str],
    kinds: Sequence[type[Proxytype]],
    returned: Callable[[object], Proxytype],
) -> tuple[Node, type[Proxytype]]:
    """The function as a node, and the type of what it returns.

    Parameters
    ----------
    given : callable
        Called once.
    names, kinds : sequences
        Names and types of the placeholders.
    returned : callable
        Makes a proxy of what `given` returns, or raises TypeError.

    Raises
    ------
    TypeError
        If `given` calls itself: no condition stops it, as conditions are known only after compute.
    """
    results: list[Proxytype] = []

    def build(*placeholders: Node) -> Node:
        proxies = [kind._from_node(node) for kind, node in zip(kinds, placeholders, strict=True)]
        results.append(returned(given(*proxies)))
        return results[0]._node

    try:
        node = function(names, build)
    except RecursionError:
        raise TypeError(
            f"the function {name_of(given)} calls itself without end: it runs once, with placeholders, so "
            "that no condition can stop it; use reduce or map over wf.range(...) for what is repeated"
        ) from None
    return node, type(results[0])
