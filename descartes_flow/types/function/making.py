"""How a Function is made of a Python function, of an operation, and what it shows of its arguments."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from typing import Any as AnyValue

from ...errors import ProxyTypeError
from ...graph import Node, apply, function
from ..promotion import advice, expectation
from ..proxify import proxify
from ..proxytype import Proxytype, describe
from .tracing import name_of, traced

if TYPE_CHECKING:
    from .function import Function

Kind = type[Proxytype]
DESCRIPTION = ("__doc__", "__module__", "__name__", "__qualname__")
"""What a Function takes over from the Python function that it was made of."""


def made(
    cls: type[Function],
    given: Callable[..., AnyValue],
    names: list[str],
    positional: tuple[Kind, ...],
    named: dict[str, Kind],
    expected: AnyValue,
) -> Function:
    """The Function that calling `given` once finds out; its result is promoted to `expected`."""
    node, result = traced(
        given, names, (*positional, *named.values()), lambda value: _returned(given, expected, value)
    )
    made_of = cls.of(*positional, named, result)._from_node(node)
    made_of.__dict__.update({name: getattr(given, name) for name in DESCRIPTION if hasattr(given, name)})
    made_of.__dict__.update(interface(type(made_of), names[: len(positional)]), __wrapped__=given)
    return made_of


def _returned(given: AnyValue, expected: AnyValue, result: object) -> Proxytype:
    """What a function gave back, as a proxy of the expected type; ``object``: of any."""
    if result is None:
        raise TypeError(
            f"the function {name_of(given)} returned None; a function of several lines needs a return, and "
            "wf.NoneType(None) says that None is meant"
        )
    try:
        return proxify(result) if expected is object else expected._promote(result)
    except NotImplementedError as error:
        raise TypeError(f"the function {name_of(given)} must return a proxy: {error}") from error
    except ProxyTypeError as error:
        raise TypeError(
            f"the function {name_of(given)} must return {expectation(expected)}, not {describe(result)}"
            + advice(str(error))
        ) from error


def of_operation(cls: type[Function], name: str) -> Function:
    """The operation called `name` as a Function of type `cls`."""
    count = len(cls.arg_types)
    names = [*(f"arg{i}" for i in range(count)), *cls.kwarg_types]

    def build(*nodes: Node) -> Node:
        return apply(name, *nodes[:count], **dict(zip(cls.kwarg_types, nodes[count:], strict=True)))

    return cls._from_node(function(names, build))


def interface(cls: type[Function], positional: Sequence[str] = ()) -> dict[str, AnyValue]:
    """Signature and annotations of a Function; its positional arguments are called so, else ``arg0``, ..."""
    if not cls.parameters:
        return {}
    shown = _signature(cls, tuple(positional or (f"arg{i}" for i in range(len(cls.arg_types)))))
    annotations = {name: parameter.annotation for name, parameter in shown.parameters.items()}
    return {"__signature__": shown, "__annotations__": {**annotations, "return": cls.return_type}}


@functools.lru_cache(maxsize=1024)  # most Functions are lambdas of a few types
def _signature(cls: type[Function], positional: tuple[str, ...]) -> inspect.Signature:
    by_position, by_name = inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD
    names = [name if name not in cls.kwarg_types else f"{name}_" for name in positional]
    parameters = [
        inspect.Parameter(name, by_position, annotation=kind)
        for name, kind in zip(names, cls.arg_types, strict=True)
    ]
    parameters += [
        inspect.Parameter(name, by_name, annotation=kind) for name, kind in cls.kwarg_types.items()
    ]
    return inspect.Signature(parameters, return_annotation=cls.return_type)


def checked(cls: type[Function], given: Function, kinds: tuple[Kind, ...], result: Kind | None) -> Function:
    """`given`, if it fits the types that were asked for."""
    kinds = kinds or given.all_arg_types
    count = len(given.arg_types)
    wanted = cls.of(*kinds, result or given.return_type)
    if len(kinds) == len(given.all_arg_types):
        named = dict(zip(given.kwarg_types, kinds[count:], strict=True))
        wanted = cls.of(*kinds[:count], named, result or given.return_type)
    if not issubclass(type(given), wanted):
        raise TypeError(incompatible(type(given), wanted))
    return given


def incompatible(given: type, wanted: type) -> str:
    """The text for a Function whose type does not fit."""
    return f"signatures are incompatible: {given.__name__} does not fit {wanted.__name__}"
