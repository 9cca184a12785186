"""Functions of the table as users call them, and as a bound program runs them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalidTyping
from ..ops.overload import BUILD, Overload
from ..ops.registry import operation
from ..ops.signatures import STARRED
from ..steps.arrays import holds_nothing, is_masked, is_numpys, refuse_above_budget, within_memory
from ..types.array import literals
from ..types.array.dispatch import FUNCTIONS
from ..types.promotion import alternatives, expectation
from .bounds import Bound
from .masks import Way, refused
from .results import Result
from .signature import CONTENT, signature


@dataclass(frozen=True)
class Row:
    """A function of numpy: how it is called, and what it gives.

    Attributes
    ----------
    name : str
        Of the function.
    text : str
        The signature, see `signature`.
    result : Result
    masked : callable
        What it means for masked arrays, see `masks`.
    bound : callable or None
        How many items it makes, where that may be more than it is given.
    renamed : mapping
        Names of arguments that numpy calls otherwise.
    """

    name: str
    text: str
    result: Result
    masked: Way = refused
    bound: Bound | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)


SUCCESSORS = {"fix": np.trunc}
"""What computes functions that newer versions of numpy deprecate."""


class NumpyCall:
    """How a bound program runs a function: ``values -> value``, after what others wrote has been checked."""

    def __init__(self, row: Row, function: Callable[..., AnyValue]) -> None:
        self.name = row.name
        self.row = row
        self.function = SUCCESSORS.get(row.name, function)

    @functools.cached_property
    def signature(self) -> inspect.Signature:
        """How it is called."""
        return signature(self.row.text)

    @functools.cached_property
    def content(self) -> frozenset[str]:
        """Names of the arguments whose items go into the result."""
        return frozenset(p.name for p in self.signature.parameters.values() if _is_content(p))

    def value(self, *args: AnyValue, **named: AnyValue) -> AnyValue:
        """The function on plain values and arrays."""
        bound = self.signature.bind(*args, **named)
        bound.apply_defaults()
        arguments = {name: self._checked(name, value) for name, value in bound.arguments.items()}
        content = [arguments[name] for name in self.content]
        if holds_nothing(content):
            return self.row.result.of_nothing(self.name, arguments)
        if self.row.bound is not None:
            refuse_above_budget(self.row.bound(arguments), f"numpy.{self.name}")
        masked = is_masked(list(arguments.values()))
        with np.errstate(all="ignore"), within_memory(f"numpy.{self.name}"):
            found = self.row.masked(self, arguments) if masked else self(arguments)
        return self.row.result.finished(found, masked)

    def _checked(self, name: str, value: AnyValue) -> AnyValue:
        """An argument as numpy takes it: content is numbers, and several axes are a tuple."""
        if name in self.content:
            return self._numbers(value, self.signature.parameters[name])
        if name == "dtype":
            return None if value is None else literals.checked_dtype(value)
        if name in ("axis", "shift") and isinstance(value, list):
            return tuple(value)
        if not isinstance(value, (bool, int, float, str, list, tuple, slice, type(None))) and not is_numpys(
            value
        ):
            raise JobInvalidTyping(f"numpy.{self.name}({name}=): got a value of type {type(value).__name__}")
        return value

    def _numbers(self, value: AnyValue, parameter: inspect.Parameter) -> AnyValue:
        several = parameter.kind is STARRED or parameter.annotation is CONTENT[-1]
        if several and isinstance(value, (list, tuple)):
            return [
                self._numbers(item, parameter.replace(annotation=object, kind=parameter.KEYWORD_ONLY))
                for item in value
            ]
        if is_numpys(value) or isinstance(value, (bool, int, float)) or value is None:
            return value
        if not isinstance(value, (list, tuple)):
            raise JobInvalidTyping(
                f"numpy.{self.name}({parameter.name}=): expected an array, "
                f"got a value of type {type(value).__name__}"
            )
        return literals.plain_array(value)

    def __call__(
        self, arguments: Mapping[str, AnyValue], function: Callable[..., AnyValue] | None = None
    ) -> AnyValue:
        """Numpy's function, or another one, with these arguments; options that say nothing are left out."""
        positional: list[AnyValue] = []
        named: dict[str, AnyValue] = {}
        for name, parameter in self.signature.parameters.items():
            value = arguments[name]
            if parameter.kind is STARRED:
                positional.extend(value)
            elif parameter.default is inspect.Parameter.empty:
                positional.append(value)
            elif value is not parameter.default and not _equal(value, parameter.default):
                named[self.row.renamed.get(name, name)] = value
        try:
            return (function or self.function)(*positional, **named)
        except RuntimeError as error:  # how cov refuses weights of another length
            raise ValueError(str(error)) from error


def _equal(value: AnyValue, default: AnyValue) -> bool:
    return type(value) is type(default) and not isinstance(value, np.ndarray) and bool(value == default)


def _is_content(parameter: inspect.Parameter) -> bool:
    options = getattr(parameter.annotation, "__args__", (parameter.annotation,))
    return any(option in CONTENT for option in options)


class NumpyFunction:
    """A function of numpy that takes and gives proxies.

    Attributes
    ----------
    op : str
        Its name in grafts, such as ``numpy.mean``.
    row : Row
    """

    def __init__(self, op: str, row: Row, function: Callable[..., AnyValue]) -> None:
        self.op = op
        self.row = row
        self.overload = overload_of(row, op)
        self.overload.operation.rule = _rule(NumpyCall(row, function).value)
        self.__name__ = self.__qualname__ = row.name
        self.__module__ = f"descartes_flow.{op.rpartition('.')[0]}"
        if FUNCTIONS.setdefault(function, self) is not self and function.__name__ == row.name:
            FUNCTIONS[function] = self  # np.conj is np.conjugate: the function's own name counts

    @property
    def __signature__(self) -> inspect.Signature:
        return self.overload.signature

    @property
    def __doc__(self) -> str:  # type: ignore[override]
        return (
            f"``{self.op}`` of proxies, arrays and numbers, computed as numpy does it.\n\n"
            f"    {self.shown}\n\n"
            f"See numpy's documentation of ``{self.op}``; arguments that are not listed do not work."
        )

    @property
    def shown(self) -> str:
        """The signature, as errors and the reference write it."""
        arguments = ", ".join(map(_written, self.overload.signature.parameters.values()))
        return f"{self.row.name}({arguments}) -> {self.row.result.name}"

    def __call__(self, *args: AnyValue, **kwargs: AnyValue) -> AnyValue:
        """The proxy of the result."""
        try:
            return self.overload(*args, **kwargs)
        except TypeError as error:
            raise type(error)(f"{str(error).strip()}\n\n{self.op} is called as\n  {self.shown}") from error

    def __repr__(self) -> str:
        return f"<function {self.op} of descartes_flow>"


def _written(parameter: inspect.Parameter) -> str:
    star = "*" if parameter.kind is STARRED else ""
    default = "" if parameter.default is inspect.Parameter.empty else f" = {parameter.default!r}"
    accepted = " | ".join(expectation(option) for option in alternatives(parameter.annotation))
    return f"{star}{parameter.name}: {accepted}{default}"


class _Declared:
    """The declaration that a row stands for; its signature is made when it is asked for."""

    def __init__(self, row: Row, op: str, on: type | None) -> None:
        self._row = row
        self._on = on
        self.__name__ = self.__qualname__ = row.name
        self.__doc__ = f"``{op}`` of the array, as numpy computes it: see ``wf.{op}``."

    def __call__(self, *args: AnyValue, **kwargs: AnyValue) -> AnyValue:
        return BUILD

    @property
    def __signature__(self) -> inspect.Signature:
        declared = signature(self._row.text)
        if self._on is None:
            return declared
        first, *others = declared.parameters.values()
        return declared.replace(parameters=[first.replace(name="self"), *others])


def overload_of(row: Row, op: str, on: type | None = None) -> Overload:
    """The declaration of a row: of a function, or of a method whose object is the first argument."""

    def result(*promoted: AnyValue) -> AnyValue:
        return row.result.kind(dict(zip(overload.signature.parameters, promoted, strict=True)))

    overload = operation(op, on=on, public=on is not None, returns=result)(_Declared(row, op, on))
    return overload


def _rule(value: Callable[..., AnyValue]) -> Callable[..., AnyValue]:
    return lambda bind, *args, **named: bind.elementwise(value, args, named)
