"""How an operation is declared: once, with everything that the rest of the package derives from it.

::

    @operation("clip_values", on=Imagery, family=Pointwise())
    def clip_values(self: Imagery, min: Limit = None, max: Limit = None) -> Same:
        '''Limit pixel values to [min, max]; masked pixels stay masked.'''
        ...

    @clip_values.kernel
    def _clip_values(data, min, max):
        return np.clip(data, min, max)

From this come the methods of Image and ImageCollection, the promotion of arguments and its error text, the type of
the result, the node in the graph (op ``clip_values``), the page in `docs/operations.md`, the line in the stubs and
the pixels. The body of a declaration is ``...``, or Python that checks the promoted arguments, or that builds the
result itself and returns it (an operation whose grafts differ by argument).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any as AnyValue

from ..errors import GraftNameError, ProxyTypeError
from ..graph import Node, apply
from ..types.promotion import Element, Promoter, Same, argument_error, promoter, resolve
from ..types.proxytype import Proxytype

POSITIONAL = inspect.Parameter.POSITIONAL_OR_KEYWORD
STARRED = inspect.Parameter.VAR_POSITIONAL
DOUBLE_STARRED = inspect.Parameter.VAR_KEYWORD


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


OPERATIONS: dict[str, Operation] = {}
"""Every operation by its name in grafts."""

ALIASES: dict[str, str] = {"truediv": "div"}
"""Other names that a graft may use."""

FUNCTIONS: dict[str, Overload] = {}
"""Module functions such as ``normalized_difference``, by public name."""

METHODS: list[Overload] = []
"""Every declared method and constructor: what stubs and docs are written from."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One declared argument."""

    name: str
    annotation: AnyValue
    promote: Promoter
    default: AnyValue
    kind: AnyValue


class Overload:
    """One way to call an operation: a signature, a rule for the type of the result, and where users find it."""

    def __init__(self, operation: Operation, function: Callable[..., AnyValue], options: Declaration) -> None:
        self.operation = operation
        self.function = function
        self.options = options
        self.public_name = options.method or function.__name__
        signature = inspect.signature(function, eval_str=True)
        self.arguments = [_argument(parameter) for parameter in signature.parameters.values()]
        if options.on is not None:  # the object whose method is called is what it is
            self.arguments[0] = replace(self.arguments[0], promote=lambda value, owner: value)
        self.result = options.returns if options.returns is not None else signature.return_annotation
        self.__doc__ = inspect.getdoc(function)
        self.__name__ = self.public_name

    def __call__(self, *args: AnyValue, **kwargs: AnyValue) -> AnyValue:
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
        if not kwargs and len(args) == len(self.arguments) and not self._starred:
            return list(args)
        signature = inspect.Signature(
            [
                inspect.Parameter(argument.name, argument.kind, default=argument.default)
                for argument in self.arguments
            ]
        )
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{self.public_name}(): {error}") from None
        bound.apply_defaults()
        return list(bound.arguments.values())

    @property
    def _starred(self) -> bool:
        return any(argument.kind in (STARRED, DOUBLE_STARRED) for argument in self.arguments)

    def _promoted(self, argument: Argument, value: AnyValue, owner: AnyValue) -> AnyValue:
        try:
            if argument.kind is STARRED:
                return tuple(argument.promote(item, owner) for item in value)
            if argument.kind is DOUBLE_STARRED:
                return {name: argument.promote(item, owner) for name, item in value.items()}
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
            elif argument.name in self.options.named:
                named[argument.name] = value._node
            else:
                positional.append(value._node)
        kind = self.result_type(owner, promoted)
        return kind._from_node(apply(self.operation.name, *positional, **named))

    def result_type(self, owner: AnyValue, promoted: list[AnyValue]) -> type[Proxytype]:
        """Type of the result for these arguments: declared, or found by the declaration's rule."""
        if isinstance(self.result, type) or self.result in (Same, Element):
            return resolve(self.result, owner)  # type: ignore[no-any-return]
        return self.result(*promoted)  # type: ignore[no-any-return]

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


@dataclass(frozen=True, slots=True)
class Declaration:
    """Options of `operation`."""

    on: type | None = None
    constructs: type | None = None
    method: str | None = None
    named: frozenset[str] = frozenset()
    returns: AnyValue = None
    as_property: bool = False
    public: bool = True


def operation(
    name: str,
    *,
    on: type | None = None,
    constructs: type | None = None,
    method: str | None = None,
    named: Iterable[str] = (),
    returns: AnyValue = None,
    family: AnyValue = None,
    as_property: bool = False,
    public: bool = True,
) -> Callable[[Callable[..., AnyValue]], Overload]:
    """Declare one way to call the operation `name`; see the module's docstring.

    Parameters
    ----------
    name : str
        Name in grafts.
    on : type, optional
        Proxy class that gets it as a method; its subclasses have it too.
    constructs : type, optional
        Proxy class that gets it as a classmethod.
    method : str, optional
        Public name, where it differs from the declaring function's.
    named : iterable of str
        Arguments that a graft passes by name.
    returns : callable, optional
        ``(*promoted arguments) -> type``, where the annotation cannot say the type of the result.
    family : object, optional
        How rasters go through it.
    as_property : bool
        An attribute rather than a method.
    public : bool
        False: reached through another declaration only.
    """
    options = Declaration(on, constructs, method, frozenset(named), returns, as_property, public)

    def declare(function: Callable[..., AnyValue]) -> Overload:
        known = OPERATIONS.setdefault(name, Operation(name))
        if family is not None:
            known.family = family
        overload = Overload(known, function, options)
        known.overloads.append(overload)
        if public:
            _attach(overload)
        return overload

    return declare


def _argument(parameter: inspect.Parameter) -> Argument:
    return Argument(
        parameter.name,
        parameter.annotation,
        promoter(parameter.annotation),
        parameter.default,
        parameter.kind,
    )


def _attach(overload: Overload) -> None:
    """Put a declared operation where users find it."""
    options = overload.options
    if options.on is None and options.constructs is None:
        FUNCTIONS[overload.public_name] = overload
        return
    METHODS.append(overload)
    target = options.constructs or options.on
    setattr(target, overload.public_name, _descriptor(overload))


def _descriptor(overload: Overload) -> AnyValue:
    """The function, property or classmethod that a proxy class gets."""
    if overload.options.constructs is not None:

        def construct(cls: type, *args: AnyValue, **kwargs: AnyValue) -> AnyValue:
            return overload(*args, **kwargs)

        return classmethod(_dressed(construct, overload))

    def method(self: AnyValue, *args: AnyValue, **kwargs: AnyValue) -> AnyValue:
        return overload(self, *args, **kwargs)

    dressed = _dressed(method, overload)
    return property(dressed) if overload.options.as_property else dressed


def _dressed(function: Callable[..., AnyValue], overload: Overload) -> Callable[..., AnyValue]:
    declared = overload.function
    owner = overload.options.constructs or overload.options.on
    function.__name__ = overload.public_name
    function.__qualname__ = f"{owner.__name__}.{overload.public_name}" if owner else overload.public_name
    function.__module__ = declared.__module__
    function.__doc__ = overload.__doc__
    function.__wrapped__ = declared  # type: ignore[attr-defined]  inspect.signature and help() show the declaration
    return function


def operation_name(name: str) -> str:
    """The canonical name of an operation that a graft calls `name`.

    Raises
    ------
    GraftNameError
        If no operation has this name.
    """
    plain = name.removeprefix("wf.")
    plain = ALIASES.get(plain, plain)
    if plain not in OPERATIONS:
        raise GraftNameError(f"no operation is called {name!r}")
    return plain
