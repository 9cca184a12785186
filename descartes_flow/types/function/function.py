"""Function: a proxy of a function of proxies."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any as AnyValue
from typing import Self

from ...errors import ProxyTypeError
from ...graph import function
from ..generics import GenericProxy
from ..promotion import Callback, expectation, resolve
from ..proxify import proxify
from ..proxytype import Proxytype, describe


class Function(GenericProxy):
    """A function whose body is part of the graph: ``Function[A1, ..., {name: T}, R]``.

    Operations such as ``map`` make one from the Python function they are given, by calling it once with
    placeholder proxies. Python control flow on those proxies does not work: see `wf.ifelse`.
    """

    __slots__ = ()

    def __init__(self, *arguments: AnyValue) -> None:
        raise TypeError("a Function comes from passing a Python function to an operation such as map")

    @classmethod
    def result_type(cls) -> type[Proxytype]:
        """Type of what the function returns."""
        return cls.parameters[-1]  # type: ignore[no-any-return]

    @classmethod
    def trace(cls, callback: Callback, given: AnyValue, owner: AnyValue) -> Function:
        """`given` as a Function that takes the arguments of `callback`.

        Raises
        ------
        ProxyTypeError
            If `given` is no function.
        TypeError
            If it takes other arguments, or returns what the operation cannot use.
        """
        kinds = tuple(resolve(kind, owner) for kind in callback.arguments)
        if isinstance(given, Function):
            return given
        if not callable(given) or isinstance(given, Proxytype):
            raise ProxyTypeError(f"expected a function, got {describe(given)}")
        names = _argument_names(given, kinds)
        results: list[Proxytype] = []

        def build(*placeholders: AnyValue) -> AnyValue:
            proxies = [kind._from_node(node) for kind, node in zip(kinds, placeholders, strict=True)]
            results.append(_returned(given, callback, given(*proxies), owner))
            return results[0]._node

        node = function(names, build)
        return Function.of(*kinds, {}, type(results[0]))._from_node(node)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}")


def _argument_names(given: Callable[..., AnyValue], kinds: tuple[AnyValue, ...]) -> list[str]:
    """Names of the arguments of a function, which must be as many as `kinds`, plain and without defaults."""
    parameters = list(inspect.signature(given).parameters.values())
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    for parameter in parameters:
        if parameter.kind not in plain or parameter.default is not inspect.Parameter.empty:
            raise TypeError(
                f"the function {_name_of(given)} cannot be delayed: its argument {parameter.name!r} is "
                "starred, keyword-only or has a default; give it plain arguments only"
            )
    if len(parameters) != len(kinds):
        wanted = ", ".join(kind.__name__ for kind in kinds)
        raise TypeError(
            f"Your function takes the wrong parameters: {_name_of(given)} has {len(parameters)} "
            f"({', '.join(p.name for p in parameters)}), expected {len(kinds)} ({wanted})"
        )
    return [parameter.name for parameter in parameters]


def _returned(given: AnyValue, callback: Callback, result: object, owner: AnyValue) -> Proxytype:
    """What the function gave back, as a proxy of a type that the operation can use."""
    try:
        proxy = proxify(result)
    except NotImplementedError as error:
        raise TypeError(f"the function {_name_of(given)} must return a proxy: {error}") from error
    expected = resolve(callback.result, owner)
    if expected is object:
        return proxy
    try:
        return expected._promote(proxy)  # type: ignore[no-any-return]
    except ProxyTypeError as error:
        wanted = expectation(callback.result, owner)
        raise TypeError(
            f"the function {_name_of(given)} must return {wanted}, not {describe(proxy)}"
        ) from error


def _name_of(given: AnyValue) -> str:
    return getattr(given, "__qualname__", repr(given))
