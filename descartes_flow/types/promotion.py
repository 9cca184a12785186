"""Turning what a user passes into the proxy that an operation expects, or into an error that teaches."""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias, Union, get_args, get_origin
from typing import Any as AnyValue

from ..errors import ProxyTypeError
from .names import TYPES
from .proxytype import ProxyMeta, Proxytype, describe, short_name

Promoter = Callable[[AnyValue, AnyValue], AnyValue]
"""``(value, self) -> promoted value``; raises ProxyTypeError where the value does not fit."""


if TYPE_CHECKING:  # each call gives it another meaning, which `methods.pyi` spells out
    Same: TypeAlias = AnyValue
    Element: TypeAlias = AnyValue
    Key: TypeAlias = AnyValue
else:

    class Same(Proxytype):
        """In a signature: the type of the object whose method is called."""

        __slots__ = ()

    class Element(Proxytype):
        """In a signature: the type of the items of the collection whose method is called."""

        __slots__ = ()

    class Key(Proxytype):
        """In a signature: the type of the keys of the groups whose method is called."""

        __slots__ = ()


class Callback:
    """In a signature: a Python function of proxies, such as ``Callback[[Element], Any]``.

    Attributes
    ----------
    arguments : tuple of types
        What the function is called with; ``Same`` and ``Element`` refer to the collection.
    result : type
        What it must return; ``object`` accepts every proxy.
    """

    def __init__(self, arguments: tuple[AnyValue, ...], result: AnyValue = object) -> None:
        self.arguments = arguments
        self.result = result

    def __or__(self, other: AnyValue) -> AnyValue:
        return Union[self, other]  # noqa: UP007  an instance has no | of its own

    def __call__(self) -> None:
        """Only so that typing accepts an instance inside a union."""


def resolve(annotation: AnyValue, owner: AnyValue) -> AnyValue:
    """`annotation` with ``Same``, ``Element`` and ``Key`` replaced by the types of `owner`, a proxy class."""
    if annotation is Same:
        return owner
    if annotation is Element:
        return owner.element_type()
    if annotation is Key:
        return owner.key_type
    return annotation


def alternatives(annotation: AnyValue) -> tuple[AnyValue, ...]:
    """The types of a union, in order; a single type alone."""
    if get_origin(annotation) in (Union, types.UnionType):
        return get_args(annotation)
    return (annotation,)


def expectation(annotation: AnyValue, owner: AnyValue = None) -> str:
    """The types of a signature's annotation as a user reads them."""
    written = ", ".join(_written(resolve(option, owner)) for option in alternatives(annotation))
    return ", ".join(dict.fromkeys(written.split(", "))) if "[" not in written else written


def _written(option: AnyValue) -> str:
    if get_origin(option) is Literal:
        return "one of " + ", ".join(map(repr, get_args(option)))
    if isinstance(option, Callback):
        return "a function"
    if option is None or option is type(None):
        return "None"
    own = vars(option).get("_written") if isinstance(option, ProxyMeta) else None
    return str(own or getattr(option, "__name__", option))


def promoter(annotation: AnyValue) -> Promoter:
    """The function that promotes to `annotation`, made once per declared argument."""
    options = alternatives(annotation)
    promoters = [_single(option) for option in options]
    if len(options) == 1:
        return promoters[0]
    first = _first_that_fits(promoters, options)
    callbacks = [
        made for made, option in zip(promoters, options, strict=True) if isinstance(option, Callback)
    ]
    if not callbacks:
        return first
    return lambda value, owner: (callbacks[0] if is_python_function(value) else first)(value, owner)


def is_python_function(value: object) -> bool:
    """Whether `value` is called once with placeholders where an operation takes a function."""
    return callable(value) and not isinstance(value, Proxytype)


def _single(option: AnyValue) -> Promoter:
    if get_origin(option) is Literal:
        return _choice(get_args(option))
    if option is object:
        return lambda value, owner: value
    if option in (Same, Element):
        return lambda value, owner: resolve(option, owner)._promote(value)
    if option is None or option is type(None):
        return lambda value, owner: TYPES["NoneType"]._promote(value)
    if isinstance(option, Callback):
        return lambda value, owner: TYPES["Function"].trace(option, value, owner)
    if isinstance(option, ProxyMeta):
        promote = option._promote  # type: ignore[attr-defined]
        return lambda value, owner: promote(value)
    return lambda value, owner: _instance(option, value)


def _first_that_fits(promoters: list[Promoter], options: Sequence[AnyValue]) -> Promoter:
    """The first of several promoters that takes a value."""
    plain = next((at for at, option in enumerate(options) if not _is_primitive(option)), len(options))
    known: dict[type, Promoter] = {}  # which one it is for proxies, where their type decides

    def promote(value: AnyValue, owner: AnyValue) -> AnyValue:
        kind = type(value)
        if kind in known:
            try:
                return known[kind](value, owner)
            except ProxyTypeError:
                pass  # it takes some of them only
        reasons = []
        for place, attempt in enumerate(promoters):
            try:
                promoted = attempt(value, owner)
            except ProxyTypeError as error:
                reasons.append(str(error))
                continue
            if place == 0 or (place <= plain and (kind is float or isinstance(value, Proxytype))):
                known[kind] = attempt  # those before it look at nothing but the type
            return promoted
        raise ProxyTypeError("\n\n".join(dict.fromkeys(reasons)))

    return promote


def _is_primitive(option: AnyValue) -> bool:
    return isinstance(option, ProxyMeta) and issubclass(option, TYPES["Primitive"])


def _instance(kind: AnyValue, value: object) -> object:
    """A plain Python value that an operation reads while the graph is built."""
    origin = get_origin(kind) or kind
    if not isinstance(value, origin) or (isinstance(value, bool) and origin is int):
        raise ProxyTypeError(f"cannot use {describe(value)} as {_written(kind)}")
    return value


def _choice(known: tuple[AnyValue, ...]) -> Promoter:
    """One of a few words: a wrong literal is refused now, a proxy is checked when it is computed."""

    def promote(value: AnyValue, owner: AnyValue) -> AnyValue:
        text = getattr(value, "literal_value", value)
        if isinstance(text, str) and text not in known:
            raise ValueError(f"{text!r} is not one of {', '.join(map(repr, known))}")
        return TYPES["Str"]._promote(value)

    return promote


def argument_error(
    function: str, argument: str, annotation: AnyValue, owner: AnyValue, value: object, why: str
) -> ProxyTypeError:
    """The error for an argument that cannot be promoted, in the wording of the specification."""
    call = f"Argument {argument!r} to function {function}()"
    if function == "__getitem__":
        call = f"{short_name(owner)}[{argument}]"
        why = _of_each(owner, value) or why
    return ProxyTypeError(
        f"{call}: expected {expectation(annotation, owner)} "
        f"or an object promotable to those, but got {describe(value)}"
        + "".join(f"\n\n{reason}" for reason in why.split("\n\n") if _says_more(reason, value))
    )


def _of_each(owner: AnyValue, key: object) -> str:
    """The way out where `key` is a key of the items of a collection rather than of the collection."""
    element = owner.element_type() if issubclass(owner, TYPES["List"]) else None
    if element is not None and isinstance(key, str) and issubclass(element, TYPES["Dict"]):
        return f"to take it of each item: x.map(lambda item: item[{key!r}])"
    return ""


def advice(reason: str) -> str:
    """The way out that the reason of a refusal ends with, with the semicolon before it; else ""."""
    return "".join(reason.partition("; ")[1:])


def _says_more(reason: str, value: object) -> bool:
    """Whether a reason has more to it than that the value is not of a type, which is said already."""
    for start in (f"cannot promote {describe(value)} to ", f"cannot use {describe(value)} as "):
        if reason.startswith(start):
            return any(sign in reason.removeprefix(start) for sign in ":;")
    return bool(reason)
