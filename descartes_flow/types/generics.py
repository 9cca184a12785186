"""Proxies with type parameters, such as ``List[Int]``."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import ClassVar, Self, TypeVar

from ..errors import ProxyTypeError
from .proxytype import ProxyMeta, Proxytype

T = TypeVar("T", bound=Proxytype, covariant=True)
"""A type parameter, as type checkers see it; at run time `GenericProxy` keeps the parameters."""


class GenericProxy(Proxytype):
    """Base of the proxies that take type parameters; equal parameters give the same class."""

    __slots__ = ()

    is_generic: ClassVar[bool] = True
    arity: ClassVar[int | None] = None
    """How many type parameters the class takes; None: any number."""

    concrete: ClassVar[dict[AnyValue, AnyValue]] = {}

    def __class_getitem__(cls, parameters: AnyValue) -> AnyValue:
        return cls.of(*(parameters if isinstance(parameters, tuple) else (parameters,)))

    @classmethod
    def of(cls, *parameters: AnyValue) -> type[Self]:
        """The class with these type parameters: ``List.of(kind)`` is ``List[kind]`` for types in variables.

        Raises
        ------
        TypeError
            If the class has its parameters already, takes another number of them, or one is unsuitable.

        Examples
        --------
        >>> from descartes_flow import Int, List
        >>> List.of(Int) is List[Int]
        True
        """
        if cls.parameters or cls.origin is not None or not cls.is_generic:
            raise TypeError(f"{cls.__name__} is not subscriptable: it has its type parameters already")
        given = cls._normalise_parameters(parameters)
        for parameter in given:
            _check_parameter(cls, parameter)
        key = (cls, tuple(_frozen(parameter) for parameter in given))
        found: type[Self] | None = GenericProxy.concrete.get(key)
        if found is None:
            found = GenericProxy.concrete.setdefault(key, _concrete_class(cls, given))
        return found

    @classmethod
    def _normalise_parameters(cls, given: tuple[AnyValue, ...]) -> tuple[AnyValue, ...]:
        if cls.arity is not None and len(given) != cls.arity:
            raise TypeError(f"{cls.__name__} takes {cls.arity} type parameters, got {len(given)}: {given!r}")
        return given

    @classmethod
    def _require_concrete(cls, example: str) -> None:
        """Refuse to build a value of a generic that lacks its parameters."""
        if cls.is_generic and cls.origin is None:
            raise ProxyTypeError(f"Cannot instantiate a generic {cls.__name__}; {example}")


def _concrete_class(cls: AnyValue, parameters: tuple[AnyValue, ...]) -> AnyValue:
    name = f"{cls.__name__}[{', '.join(_written(parameter) for parameter in parameters)}]"
    body = {
        "__slots__": (),
        "__module__": cls.__module__,
        "__qualname__": name,
        "__doc__": cls.__doc__,
        "origin": cls,
        "parameters": parameters,
        "is_generic": any(_is_generic(parameter) for parameter in parameters),
    }
    return ProxyMeta(name, (cls,), body)


def _is_generic(parameter: AnyValue) -> bool:
    if isinstance(parameter, dict):
        return any(_is_generic(inner) for inner in parameter.values())
    return isinstance(parameter, ProxyMeta) and bool(parameter.is_generic)  # type: ignore[attr-defined]


def _check_parameter(cls: type, parameter: AnyValue) -> None:
    if isinstance(parameter, dict):
        for inner in parameter.values():
            _check_parameter(cls, inner)
    elif not isinstance(parameter, (ProxyMeta, int, float, bool, str)):
        raise TypeError(
            "Type parameters must be Proxytypes, plain values or dicts of those; "
            f"{cls.__name__} got {parameter!r}" + _instead(parameter)
        )


PLAIN: dict[type, str] = {bool: "wf.Bool", int: "wf.Int", float: "wf.Float", str: "wf.Str"}
"""What users mean by Python's own types."""


def _instead(parameter: object) -> str:
    return f"; did you mean {PLAIN[parameter]}?" if isinstance(parameter, type) and parameter in PLAIN else ""


def _frozen(parameter: AnyValue) -> AnyValue:
    if isinstance(parameter, dict):
        return tuple((name, _frozen(inner)) for name, inner in parameter.items())
    return (type(parameter), parameter)


def _written(parameter: AnyValue) -> str:
    if isinstance(parameter, dict):
        return "{" + ", ".join(f"{name!r}: {_written(inner)}" for name, inner in parameter.items()) + "}"
    return parameter.__name__ if isinstance(parameter, type) else repr(parameter)
