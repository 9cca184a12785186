"""Annotations of Python functions as types of proxies: ``int`` for Int, ``list[int]`` for List[Int]."""

from __future__ import annotations

import collections.abc
import datetime
import inspect
import typing
from collections.abc import Callable, Sequence
from typing import Any as AnyValue

from ...errors import ProxyTypeError
from ..names import TYPES
from ..proxytype import ProxyMeta, Proxytype
from .tracing import name_of

SCALARS: dict[AnyValue, str] = {
    bool: "Bool",
    int: "Int",
    float: "Float",
    str: "Str",
    None: "NoneType",
    type(None): "NoneType",
    datetime.datetime: "Datetime",
    datetime.date: "Datetime",
    datetime.timedelta: "Timedelta",
    typing.Any: "Any",
}
"""Proxy classes by the Python types that stand for them."""


def argument_types(
    given: Callable[..., AnyValue], names: Sequence[str], signature: inspect.Signature | None
) -> tuple[type[Proxytype], ...]:
    """Types of the arguments of a function, from their annotations.

    Raises
    ------
    TypeError
        If one has none, or one that stands for no proxy type.
    """
    if signature is None:
        raise TypeError(
            f"the annotations of {name_of(given)} name what is not defined; "
            "pass the types, like Function.from_callable(f, wf.Int)"
        )
    annotations = [signature.parameters[name].annotation for name in names]
    for name, annotation in zip(names, annotations, strict=True):
        if annotation is inspect.Parameter.empty:
            raise TypeError(
                f"the argument {name!r} of {name_of(given)} has no annotation; annotate it with a proxy "
                "type, like wf.Int, or pass the types, like Function.from_callable(f, wf.Int)"
            )
    return tuple(
        _of_part(f"the argument {name!r} of {name_of(given)}", annotation)
        for name, annotation in zip(names, annotations, strict=True)
    )


def result_type(
    given: Callable[..., AnyValue], signature: inspect.Signature | None
) -> type[Proxytype] | None:
    """Type of the result of a function, from its annotation; None without one."""
    if signature is None or signature.return_annotation is inspect.Signature.empty:
        return None
    return _of_part(f"the result of {name_of(given)}", signature.return_annotation)


def _of_part(part: str, annotation: AnyValue) -> type[Proxytype]:
    try:
        return proxytype_of(annotation)
    except ProxyTypeError as error:
        raise TypeError(f"{part}: {error}") from error


def annotated(function: Callable[..., AnyValue]) -> inspect.Signature | None:
    """The signature of a function with its annotations evaluated; None where they name what is not there."""
    try:
        return inspect.signature(function, eval_str=True)
    except (NameError, AttributeError, SyntaxError):
        return None


def proxytype_of(annotation: AnyValue) -> type[Proxytype]:
    """The proxy class that an annotation stands for.

    Raises
    ------
    ProxyTypeError
        If none does, or it lacks its type parameters.

    Examples
    --------
    >>> proxytype_of(dict[str, list[float]]).__name__
    'Dict[Str, List[Float]]'
    """
    kind = _known(annotation)
    if kind is None:
        raise ProxyTypeError(f"{_written(annotation)} stands for no proxy type")
    if kind.is_generic:
        raise ProxyTypeError(f"{kind.__name__} lacks its type parameters; write for example List[Int]")
    return kind


def _known(annotation: AnyValue) -> type[Proxytype] | None:
    if isinstance(annotation, ProxyMeta):
        return typing.cast(type[Proxytype], annotation)
    origin = typing.get_origin(annotation)
    if origin is not None:
        return _container(origin, typing.get_args(annotation))
    name = SCALARS.get(annotation) if isinstance(annotation, collections.abc.Hashable) else None
    return TYPES.get(name or "")


def _container(origin: AnyValue, inner: tuple[AnyValue, ...]) -> type[Proxytype] | None:
    if origin is collections.abc.Callable and isinstance(inner[0], list):
        return _of("Function", (*inner[0], inner[1]))
    if origin is list or (origin is tuple and inner[-1:] == (...,)):
        return _of("List", inner[:1])
    if origin is tuple:
        return _of("Tuple", inner)
    return _of("Dict", inner) if origin is dict else None


def _of(name: str, inner: tuple[AnyValue, ...]) -> type[Proxytype]:
    return TYPES[name].of(*map(proxytype_of, inner))  # type: ignore[no-any-return]


def _written(annotation: AnyValue) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)
