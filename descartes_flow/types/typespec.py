"""Types of proxies as JSON, as they are stored beside a graft."""

from __future__ import annotations

from typing import Any as AnyValue

from .names import TYPES
from .proxytype import ProxyMeta, Proxytype, describe

Typespec = str | list[AnyValue] | dict[str, AnyValue] | int | float | bool


def typespec(kind: AnyValue) -> Typespec:
    """A proxy type as JSON: its name, or ``[name, *type parameters]``; named parameters are a mapping.

    Raises
    ------
    TypeError
        If `kind` is no proxy type, or one that lacks its type parameters.

    Examples
    --------
    >>> from descartes_flow import Dict, Float, Function, Int, List, Str
    >>> typespec(Dict[Str, List[Int]])
    ['Dict', 'Str', ['List', 'Int']]
    >>> typespec(Function[{"x": Float}, Int])
    ['Function', {'x': 'Float'}, 'Int']
    """
    if not isinstance(kind, ProxyMeta):
        raise TypeError(f"typespec(): expected a proxy type such as wf.Int, got {describe(kind)}")
    if kind.is_generic:  # type: ignore[attr-defined]
        raise TypeError(f"typespec(): {kind.__name__} lacks its type parameters; write for example List[Int]")
    if kind.origin is None:
        return kind.__name__
    return [kind.origin.__name__, *map(_parameter, kind.parameters)]


def _parameter(parameter: AnyValue) -> Typespec:
    if isinstance(parameter, dict):
        return {name: _parameter(inner) for name, inner in parameter.items()}
    if isinstance(parameter, str):
        return ["str", parameter]  # a plain text is the name of a type
    return typespec(parameter) if isinstance(parameter, ProxyMeta) else parameter


def type_of_typespec(spec: AnyValue) -> type[Proxytype]:
    """The proxy type that `typespec` has written.

    Raises
    ------
    ValueError
        If a name is not that of a proxy type, or the form is another.

    Examples
    --------
    >>> type_of_typespec(["List", ["Tuple", "Int", "Str"]]).__name__
    'List[Tuple[Int, Str]]'
    """
    name, *parameters = spec if isinstance(spec, list) and spec else [spec]
    if not isinstance(name, str) or name not in TYPES:
        raise ValueError(f"typespec: no proxy type is called {name!r}")
    kind: AnyValue = TYPES[name]
    if not isinstance(spec, list):
        return kind  # type: ignore[no-any-return]
    try:
        return kind.of(*map(_read, parameters))  # type: ignore[no-any-return]
    except (AttributeError, TypeError) as error:
        raise ValueError(f"typespec: {spec!r} is no type: {error}") from error


def _read(spec: AnyValue) -> AnyValue:
    if isinstance(spec, dict):
        return {name: _read(inner) for name, inner in spec.items()}
    if isinstance(spec, list) and spec[:1] == ["str"]:
        return spec[1]
    return type_of_typespec(spec) if isinstance(spec, (str, list)) else spec
