"""From what a user asks to compute, with values for its parameters, to the program that runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any as AnyValue

from .._spelling import did_you_mean
from ..errors import GraftNameError
from ..graph import Node, is_bound, substitute
from .function.function import Function
from .names import article, type_by_name
from .parameter import argument_node
from .proxify import proxify
from .proxytype import ProxyMeta, Proxytype
from .widgets import value_now, widget_values


def program(obj: object, arguments: Mapping[str, AnyValue], call: str) -> Node:
    """The program that computes an object.

    Parameters
    ----------
    obj : proxy, or list or tuple of those, or Python value
        A Function whose arguments are all named is called with those of `arguments` that it takes.
    arguments : mapping
        A value for each parameter that `obj` depends on, by name.
    call : str
        What the user called, for errors.

    Raises
    ------
    TypeError
        If nothing computes `obj`, or a value is missing, unknown or of the wrong type.
    ValueError
        If a value depends on parameters itself.
    GraftNameError
        If an argument of a function is used outside of that function.
    """
    try:
        proxy = proxify(obj)
    except NotImplementedError as error:
        raise TypeError(f"{call}(): {error}") from error
    given = {name: value_now(value) for name, value in arguments.items()}
    taken: dict[str, Node] = {}
    if isinstance(proxy, Function) and not proxy.arg_types and proxy.kwarg_types.keys() <= given.keys():
        kinds = proxy.kwarg_types
        taken = {name: argument_node(name, kind, given.pop(name), call) for name, kind in kinds.items()}
        proxy = proxy(**{name: kinds[name]._from_node(node) for name, node in taken.items()})
    reason = uncomputable(type(proxy))
    if reason:
        raise TypeError(f"{call}(): {article(type(proxy).__name__)} cannot be computed; {reason}")
    _check_leaks(proxy._node, call)
    wanted = {param.value[0]: param for param in proxy._node.free}
    given = {**widget_values(wanted.values()), **given}
    _check_names(given, wanted, [*taken, *wanted], call)
    types = {param: type_by_name(param.value[1]) for param in wanted.values()}
    values = {param: argument_node(name, types[param], given[name], call) for name, param in wanted.items()}
    return substitute(proxy._node, values)


def uncomputable(kind: ProxyMeta) -> str:
    """Why nothing computes proxies of a type, or containers of them, and what to do; else ""."""
    if not issubclass(kind, Proxytype):
        return ""
    if kind.uncomputable:
        return kind.uncomputable
    if kind.is_generic:
        return f"its type parameters are not known; cast it to what it is, like {kind.__name__}[...]"
    inner = [part for part in kind.parameters if isinstance(part, ProxyMeta) and part is not NONE]
    return next((reason for part in inner if (reason := uncomputable(part))), "")


NONE = type_by_name("NoneType")
"""Not worth computing alone, but a part of lists and tuples."""


def _check_leaks(node: Node, call: str) -> None:
    """Refuse an argument of a function outside of it: it stands for every item, and so for none."""
    leaked = [param.value[0] for param in node.free if is_bound(param)]
    if leaked:
        raise GraftNameError(
            f"{call}(): {leaked[0]!r} is an argument of a function and has no value of its own; "
            f"let the function return what is needed, and {call} what the function is passed to"
        )


def _check_names(given: Collection[str], wanted: Collection[str], known: Collection[str], call: str) -> None:
    """Refuse values for what is no parameter, and parameters without a value."""
    unknown = [name for name in given if name not in wanted]
    if unknown and not known:
        raise TypeError(
            f"Expected no arguments, as nothing here is a parameter; {call}() got {', '.join(unknown)}"
        )
    if unknown:
        raise TypeError(
            f"{call}() got unknown arguments {', '.join(unknown)}; the parameters are {', '.join(known)}"
            + did_you_mean(unknown[0], known)
        )
    missing = [name for name in wanted if name not in given]
    if missing:
        raise TypeError(
            f"missing values for the parameters {', '.join(missing)}; pass them by name, like "
            f"{call}(..., {missing[0]}=...)"
        )
