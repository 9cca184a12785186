"""`Overload`: one declared way to call an operation, from the arguments that a user passes to the node."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any as AnyValue

from ..errors import ProxyTypeError
from ..graph import Node, apply
from ..types.mistakes import wrong_call
from ..types.promotion import (
    Callback,
    Element,
    Promoter,
    Same,
    alternatives,
    argument_error,
    is_python_function,
    promoter,
    resolve,
)
from ..types.proxytype import Proxytype
from .signatures import DOUBLE_STARRED, STARRED, signature

BUILD: AnyValue = None
"""What a declaration returns that only checked its arguments: the node is then built as declared."""


@dataclass(eq=False)
class Operation:
    """What is known of one op name: how it is called, and how it is computed.

    Attributes
    ----------
    name : str
        The name in grafts.
    overloads : list of Overload
        The ways to call it, in the order in which they were declared.
    family : object or None
        How rasters go through it (see `descartes_flow.steps.families`); None: it has a rule, or no rasters.
    kernel : callable or None
        The pixels: a plain function of arrays.
    rule : callable or None
        ``(bind, *values, **named)``: bound values in, bound value out; for what a family does not cover.
    value : callable or None
        The operation on plain Python values.
    by_need : bool
        Whether `rule` is a generator that asks for its arguments (see `engine.evaluation`).
    """

    name: str
    overloads: list[Overload] = field(default_factory=list)
    family: AnyValue = None
    kernel: Callable[..., AnyValue] | None = None
    rule: Callable[..., AnyValue] | None = None
    value: Callable[..., AnyValue] | None = None
    by_need: bool = False


POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)

Cases = Mapping[AnyValue, Mapping[AnyValue, type[Proxytype]]]
"""By class of the object the type of the result for literals of the last argument."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Options of `operation`, which describes them."""

    on: type | None = None
    constructs: type | None = None
    method: str | None = None
    named: frozenset[str] = frozenset()
    returns: AnyValue = None
    as_property: bool = False
    cases: Cases = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Argument:
    """One declared argument."""

    name: str
    annotation: AnyValue
    promote: Promoter
    default: AnyValue
    kind: AnyValue
    parameter: inspect.Parameter
    traces: bool
    """Whether it takes a Python function, which is then called once with placeholders."""


class Overload:
    """One way to call an operation: a signature, and a rule for the type of the result."""

    def __init__(self, operation: Operation, function: Callable[..., AnyValue], options: Declaration) -> None:
        self.operation = operation
        self.function = function
        self.options = options
        self.public_name = options.method or function.__name__
        functools.update_wrapper(
            self, function
        )  # help(), inspect.signature() and doctest see the declaration
        self.__name__ = self.public_name

    # What follows is made with the first call: hundreds of operations are declared when the package is
    # imported, and a session uses a few.

    @functools.cached_property
    def signature(self) -> inspect.Signature:
        """The declared arguments."""
        return inspect.signature(self.function, eval_str=True)

    @functools.cached_property
    def arguments(self) -> list[Argument]:
        """The declared arguments, and how each is promoted."""
        made = [_argument(parameter) for parameter in self.signature.parameters.values()]
        if self.options.on is not None:  # the object whose method is called is what it is
            made[0] = replace(made[0], promote=lambda value, owner: value)
        return made

    @functools.cached_property
    def result(self) -> AnyValue:
        """Type of the result, or the rule that finds it."""
        if self.options.returns is not None:
            return self.options.returns
        return self.signature.return_annotation

    @functools.cached_property
    def __signature__(self) -> inspect.Signature:
        """What ``help`` shows: the types that a user may pass."""
        return signature(self)

    def __repr__(self) -> str:
        return f"<function {self.public_name} of descartes_flow>"

    def __call__(self, /, *args: AnyValue, **kwargs: AnyValue) -> AnyValue:
        """The proxy that the call gives."""
        owner = type(args[0]) if self.options.on is not None and args else self.options.constructs
        given = self._bound(args, kwargs)
        promoted = [
            self._promoted(argument, value, owner)
            for argument, value in zip(self.arguments, given, strict=True)
        ]
        made = self._body(promoted)
        if made is not None:
            return made
        return self.build(owner, promoted)

    def _bound(self, args: tuple[AnyValue, ...], kwargs: dict[str, AnyValue]) -> list[AnyValue]:
        """The given arguments in the order of the declaration; Python's own errors for a wrong call."""
        if not kwargs and len(args) in self._plain_counts:
            return [*args, *(argument.default for argument in self.arguments[len(args) :])]
        try:
            bound = self.signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(wrong_call(self.public_name, self.signature, error, kwargs)) from None
        bound.apply_defaults()
        return list(bound.arguments.values())

    @functools.cached_property
    def _plain_counts(self) -> frozenset[int]:
        """How many arguments without names are enough; none, where some are starred or must be named."""
        if any(argument.kind not in POSITIONAL for argument in self.arguments):
            return frozenset()
        needed = sum(argument.default is inspect.Parameter.empty for argument in self.arguments)
        return frozenset(range(needed, len(self.arguments) + 1))

    def _promoted(self, argument: Argument, value: AnyValue, owner: AnyValue) -> AnyValue:
        if argument.kind is STARRED:
            return tuple(self._promoted_item(argument, item, owner) for item in value)
        if argument.kind is DOUBLE_STARRED:
            return {name: self._promoted_item(argument, item, owner) for name, item in value.items()}
        return self._promoted_item(argument, value, owner)

    def _promoted_item(self, argument: Argument, value: AnyValue, owner: AnyValue) -> AnyValue:
        if argument.traces and is_python_function(value):
            return argument.promote(value, owner)  # what fails inside the user's function says so itself
        try:
            return argument.promote(value, owner)
        except ProxyTypeError as error:
            raise argument_error(
                self.public_name, argument.name, argument.annotation, owner, value, str(error)
            ) from None
        except ValueError as error:
            raise ValueError(f"{self.public_name}({argument.name}=): {error}") from None

    def _body(self, promoted: list[AnyValue]) -> AnyValue:
        positional: list[AnyValue] = []
        named: dict[str, AnyValue] = {}
        for argument, value in zip(self.arguments, promoted, strict=True):
            if argument.kind is STARRED:
                positional.extend(value)
            elif argument.kind is DOUBLE_STARRED:
                named.update(value)
            else:
                positional.append(value)
        return self.function(*positional, **named)

    def build(self, owner: AnyValue, promoted: list[AnyValue]) -> Proxytype:
        """The proxy of the result: one application of the operation."""
        positional: list[Node] = []
        named: dict[str, Node] = {}
        for argument, value in zip(self.arguments, promoted, strict=True):
            if argument.kind is STARRED:
                positional.extend(item._node for item in value)
            elif argument.kind is DOUBLE_STARRED:
                named.update((name, item._node) for name, item in value.items())
            elif self.is_named(argument):
                named[argument.name] = value._node
            else:
                positional.append(value._node)
        kind = self.result_type(owner, promoted)
        return kind._from_node(apply(self.operation.name, *positional, **named))

    def is_named(self, argument: Argument) -> bool:
        """Whether a graft passes the argument by name; what a call must name it does."""
        return argument.kind is inspect.Parameter.KEYWORD_ONLY or argument.name in self.options.named

    def result_type(self, owner: AnyValue, promoted: list[AnyValue]) -> type[Proxytype]:
        """Type of the result for these arguments: declared, or found by the declaration's rule."""
        if isinstance(self.result, type) or self.result in (Same, Element):
            return resolve(self.result, owner)
        return self.result(*promoted)

    def kernel(self, function: Callable[..., AnyValue]) -> Callable[..., AnyValue]:
        """Decorator: the pixels of the operation."""
        self.operation.kernel = function
        return function

    def rule(self, function: Callable[..., AnyValue]) -> Callable[..., AnyValue]:
        """Decorator: how bound values go through the operation."""
        self.operation.rule = function
        self.operation.by_need = inspect.isgeneratorfunction(function)
        return function

    def value(self, function: Callable[..., AnyValue]) -> Callable[..., AnyValue]:
        """Decorator: the operation on plain Python values."""
        self.operation.value = function
        return function


def _argument(parameter: inspect.Parameter) -> Argument:
    return Argument(
        parameter.name,
        parameter.annotation,
        promoter(parameter.annotation),
        parameter.default,
        parameter.kind,
        parameter,
        any(isinstance(option, Callback) for option in alternatives(parameter.annotation)),
    )
