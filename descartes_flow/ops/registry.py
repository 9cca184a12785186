"""How an operation is declared: once, with everything that the rest of the package derives from it.

::

    @operation("clip_values", on=Imagery, family=Pointwise())
    def clip_values(self: Imagery, min: Limit = None, max: Limit = None) -> Same:
        '''Limit pixel values to [min, max]; masked pixels stay masked.'''
        ...

    @clip_values.kernel
    def _clip_values(data, min, max):
        return np.clip(data, min, max)

From this come the methods of Image and ImageCollection, the promotion of arguments and its error text, the
type of the result, the node in the graph (op ``clip_values``), the entry in `docs/operations.md`, the line in
the stubs and the pixels. The body of a declaration is ``...``; or Python that checks the promoted arguments
and returns `BUILD`; or Python that builds the result itself and returns it (an operation whose grafts differ
by argument).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any as AnyValue

from ..errors import GraftNameError
from .overload import BUILD, Cases, Declaration, Operation, Overload

OPERATIONS: dict[str, Operation] = {}
"""Every operation by its name in grafts."""

ALIASES: dict[str, str] = {"truediv": "div"}
"""Other names that a graft may use."""

FUNCTIONS: dict[str, Overload] = {}
"""Module functions such as ``normalized_difference``, by public name."""

METHODS: list[Overload] = []
"""Every declared method and constructor: what stubs and docs are written from."""


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
    cases: Cases | None = None,
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
        Arguments that a graft passes by name; those that a call must name are among them anyway.
    returns : callable, optional
        ``(*promoted arguments) -> type``, where the annotation cannot say the type of the result.
    family : object, optional
        How rasters go through it.
    as_property : bool
        An attribute rather than a method.
    cases : mapping, optional
        For stubs, where the type of the result depends on a literal: by class of the object the types of the
        result by value of the last argument.
    public : bool
        False: reached through another declaration only.
    """
    options = Declaration(on, constructs, method, frozenset(named), returns, as_property, cases or {})

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


def _attach(overload: Overload) -> None:
    """Put a declared operation where users find it."""
    options = overload.options
    owner = options.constructs or options.on
    if owner is None:
        FUNCTIONS[overload.public_name] = overload
        return
    METHODS.append(overload)
    setattr(owner, overload.public_name, _descriptor(overload, owner))


def _descriptor(overload: Overload, owner: type) -> AnyValue:
    """The function, property or classmethod that a proxy class gets."""
    if overload.options.constructs is not None:

        def construct(cls: type, *args: AnyValue, **kwargs: AnyValue) -> AnyValue:
            return overload(*args, **kwargs)

        return classmethod(_dressed(construct, overload, owner))

    def method(self: AnyValue, /, *args: AnyValue, **kwargs: AnyValue) -> AnyValue:
        return overload(self, *args, **kwargs)

    dressed = _dressed(method, overload, owner)
    return property(dressed) if overload.options.as_property else dressed


def _dressed(function: Callable[..., AnyValue], overload: Overload, owner: type) -> Callable[..., AnyValue]:
    """`function` with the name, signature and documentation of the declaration."""
    functools.update_wrapper(function, overload.function)
    function.__name__ = overload.public_name
    function.__qualname__ = f"{owner.__name__}.{overload.public_name}"
    function.__dict__["__wrapped__"] = overload  # whose signature is made when it is asked for
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


__all__ = [
    "ALIASES",
    "BUILD",
    "FUNCTIONS",
    "METHODS",
    "OPERATIONS",
    "Operation",
    "Overload",
    "operation",
    "operation_name",
]
