"""The public calls of the language, by the names that refusals use."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import descartes_flow as wf
from descartes_flow.ops.registry import METHODS, Overload
from descartes_flow.ops.rows import BINARY
from descartes_flow.types.names import TYPES
from descartes_flow.types.proxytype import ProxyMeta, Proxytype

NOT_OF_THE_LANGUAGE = {"wf.Map", "wf.clear_cache", "Function.trace"}
"""Calls of other chapters: the map, caches, how operations read a Python function."""


def public_calls() -> set[str]:
    """Functions, constructors, methods and operators that users call with arguments.

    A call without arguments cannot be wrong: properties, unary operators, ``x.length()``.
    """
    names = {name: getattr(wf, name) for name in wf.__all__}
    functions = {f"wf.{name}" for name, value in names.items() if _is_function(value)}
    classes = {name for name, value in names.items() if isinstance(value, ProxyMeta)}
    found = functions | classes | methods() | operators()
    return found - NOT_OF_THE_LANGUAGE


def _is_function(value: Any) -> bool:
    return isinstance(value, Overload) or inspect.isfunction(value)


def methods() -> set[str]:
    """Declared methods, and those that proxy classes define themselves."""
    declared = {
        f"{owner.__name__}.{method.public_name}"
        for method in METHODS
        if (owner := method.options.constructs or method.options.on)
        and _takes_arguments(method.function, own=method.options.on is not None)
    }
    written = {
        f"{name}.{attribute}"
        for name, cls in TYPES.items()
        for attribute, value in vars(cls).items()
        if not attribute.startswith("_") and _takes_arguments_of_class(value)
    }
    return declared | written


def _takes_arguments_of_class(value: Any) -> bool:
    if isinstance(value, (classmethod, staticmethod)):
        return _takes_arguments(value.__func__, own=isinstance(value, classmethod))
    return inspect.isfunction(value) and _takes_arguments(value, own=True)


def _takes_arguments(function: Callable[..., Any], *, own: bool) -> bool:
    """Whether there is an argument beside the object or class itself."""
    return len(inspect.signature(function).parameters) > own


def operators() -> set[str]:
    """Binary operators, by class."""
    return {
        f"{cls.__name__}.__{operator.method}__" for operator in BINARY.values() for cls in operator.classes
    }


def declared_name(call: str) -> str:
    """The call under the class that declares it: ``Imagery.mask`` for ``Image.mask``."""
    owner, _, name = call.rpartition(".")
    for cls in TYPES[owner].__mro__ if owner in TYPES else ():
        if issubclass(cls, Proxytype) and name in vars(cls):
            return f"{cls.__name__}.{name}"
    return call
