"""`parameter`: a value that is given when something is computed or shown."""

from __future__ import annotations

import keyword
from typing import TypeVar

from ..errors import ProxyTypeError
from ..graph import Node
from ..graph import parameter as parameter_node
from .proxytype import PARAMETERS, WIDGETS, ProxyMeta, Proxytype, describe

P = TypeVar("P", bound=Proxytype)

RESERVED = frozenset(
    {
        "self",
        "obj",
        "geoctx",
        "on_error",
        "format",
        "destination",
        "file",
        "timeout",
        "block",
        "progress_bar",
        "cache",
        "client",
        "num_retries",
    }
    | {"name", "scales", "colormap", "checkerboard", "reduction", "log_level", "map", "returns", "parameters"}
)
"""Names that the keyword arguments of compute, visualize or a graft take."""


def parameter(name: str, type_: type[P]) -> P:
    """A proxy whose value is passed by name to compute, inspect or visualize.

    Parameters
    ----------
    name : str
        A Python identifier that is no keyword argument of those calls.
    type_ : type
        Proxy type of the value, with its type parameters.

    Returns
    -------
    Proxytype
        A proxy of `type_` that depends on the parameter.

    Raises
    ------
    ValueError
        If the name is no identifier or taken, or the type lacks its type parameters.

    Examples
    --------
    >>> from descartes_flow import Int
    >>> (parameter("x", Int) + 1).graft
    {'1': 1, '2': ['add', 'x', '1'], 'returns': '2'}
    """
    if not isinstance(type_, ProxyMeta):
        raise TypeError(f"parameter(type_=): expected a proxy type such as wf.Float, got {describe(type_)}")
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
        raise ValueError(f"parameter(name=): expected a Python identifier, got {describe(name)}")
    if name in RESERVED:
        raise ValueError(
            f"parameter(name=): {name!r} is an argument of compute or visualize; choose another name"
        )
    if type_.is_generic:
        raise ValueError(
            f"parameter(type_=): {type_.__name__} lacks its type parameters; write for example List[Int]"
        )
    proxy = type_._from_node(parameter_node(name, type_.__name__))
    PARAMETERS[name, type_.__name__] = proxy
    WIDGETS.pop((name, type_.__name__), None)
    return proxy


def argument_node(name: str, kind: type[Proxytype], value: object, call: str) -> Node:
    """The node of a value that is given for a parameter, or for an argument of a Function.

    Parameters
    ----------
    name, kind : str, type
        The parameter.
    value : object
        Promoted to `kind`.
    call : str
        What the user called, for errors.

    Raises
    ------
    ProxyTypeError
        If the value does not fit.
    ValueError
        If it depends on parameters itself.
    """
    try:
        node = kind._promote(value)._node
    except ProxyTypeError as error:
        raise ProxyTypeError(f"{call}({name}=): expected {kind.__name__}, got {describe(value)}") from error
    if node.free:
        others = ", ".join(param.value[0] for param in node.free)
        raise ValueError(
            f"{call}({name}=): expected a value, got one that depends on parameters ({others}); "
            "wf.Function.from_object makes a function of such an object, to be called"
        )
    return node
