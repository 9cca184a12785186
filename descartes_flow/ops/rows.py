"""Operators: rows of (left, right) -> result, from which the special methods of the proxies come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any as AnyValue

import numpy as np

from ..errors import ProxyTypeError
from ..graph import apply
from ..steps.arrays import is_numpys, pointwise
from ..types import Arraylike, Bool, Imagery, Number, Scalar
from ..types.geospatial.imagery import NO_COMMON_GRID
from ..types.names import TYPES
from ..types.promotion import Promoter, alternatives, argument_error, expectation, promoter, resolve
from ..types.proxytype import Proxytype, describe
from .registry import OPERATIONS, Operation

Result = AnyValue
"""A proxy class, or ``(left type, right type) -> class``."""


@dataclass(frozen=True)
class Row:
    """One pairing of operand types that an operator accepts.

    `left` and `right` are annotations; the operand whose method Python calls must be an instance of its side,
    the other one is promoted to its side.
    """

    left: AnyValue
    right: AnyValue
    result: Result


class BinaryOperator:
    """A binary operator of the language: its op name, its rows and its special methods."""

    def __init__(self, operation: Operation, symbol: str, method: str, rows: tuple[Row, ...]) -> None:
        self.operation = operation
        self.symbol = symbol
        self.method = method
        self.rows = rows
        self.classes: tuple[type, ...] = ()
        self._promoters = {id(side): promoter(side) for row in rows for side in (row.left, row.right)}
        self._known: dict[tuple[type, type, bool], tuple[Row, Promoter]] = {}

    def attach(self, *classes: type) -> None:
        """Give `classes` the special methods; a reflected one only where a row has the class on the right."""
        self.classes = classes
        for cls in classes:
            if any(accepts(row.left, cls) for row in self.rows):
                setattr(cls, f"__{self.method}__", self._method(reflected=False))
            if any(accepts(row.right, cls) for row in self.rows) and not self.is_comparison:
                setattr(cls, f"__r{self.method}__", self._method(reflected=True))
            if self.method == "eq":
                type.__setattr__(cls, "__hash__", None)  # equality is lazy, so no dict can use it

    @property
    def is_comparison(self) -> bool:
        """Whether Python itself swaps the operands where the left one gives up."""
        return self.method in ("lt", "le", "eq", "ne", "gt", "ge")

    def _method(self, *, reflected: bool) -> Callable[[AnyValue, AnyValue], AnyValue]:
        def forward(self_: AnyValue, other: AnyValue) -> AnyValue:
            return self.apply(self_, other, reflected=False)

        def backward(self_: AnyValue, other: AnyValue) -> AnyValue:
            return self.apply(self_, other, reflected=True)

        function = backward if reflected else forward
        function.__name__ = f"__{'r' if reflected else ''}{self.method}__"
        function.__doc__ = (
            f"``{'other ' + self.symbol + ' self' if reflected else 'self ' + self.symbol + ' other'}``."
        )
        return function

    def apply(self, owner: AnyValue, other: AnyValue, *, reflected: bool) -> AnyValue:
        """The proxy of ``owner <op> other`` (or of ``other <op> owner``), or NotImplemented."""
        if type(other) is Scalar and isinstance(owner, Number | Bool):
            return NotImplemented  # the Scalar answers: it may be an int, which as a Float it would not stay
        row, promoted = self._matching(owner, other, reflected)
        if row is None:
            if self._is_answered(owner, other) or (reflected and not _is_numpys(other)):
                return NotImplemented
            raise self._refusal(owner, other)  # numpy's own text would speak of joining arrays
        left, right = (promoted, owner) if reflected else (owner, promoted)
        result = resolve(row.result, type(owner)) if isinstance(row.result, type) else row.result(left, right)
        return result._from_node(apply(self.operation.name, left._node, right._node))

    def _is_answered(self, owner: AnyValue, other: AnyValue) -> bool:
        """Whether Python's next attempt, the method of the right operand, will do."""
        has_method = isinstance(other, Proxytype) and hasattr(type(other), f"__r{self.method}__")
        return has_method and self._matching(other, owner, reflected=True)[0] is not None

    def _matching(self, owner: AnyValue, other: AnyValue, reflected: bool) -> tuple[Row | None, AnyValue]:
        """The first row that takes both operands, and the promoted other operand."""
        key = (type(owner), type(other), reflected)
        if key in self._known:
            row, promote = self._known[key]
            try:
                return row, promote(other, type(owner))
            except ProxyTypeError:  # a value-dependent promotion: look through all rows
                pass
        for row in self.rows:
            if not accepts(row.right if reflected else row.left, type(owner)):
                continue
            promote = self._promoters[id(row.left if reflected else row.right)]
            try:
                promoted = promote(other, type(owner))
            except ProxyTypeError:
                continue
            self._known[key] = row, promote
            return row, promoted
        return None, None

    def _refusal(self, owner: AnyValue, other: AnyValue) -> ProxyTypeError:
        options = [row.right for row in self.rows if accepts(row.left, type(owner))]
        kinds = [kind for option in options for kind in alternatives(option)]
        wanted = dict.fromkeys(expectation(kind, type(owner)) for kind in kinds)
        hint = "\n\n".join(dict.fromkeys(self._reasons(options, owner, other)))
        if _have_no_common_grid(owner, other):
            hint = NO_COMMON_GRID
        return argument_error(
            f"{type(owner).__name__}.__{self.method}__",
            "other",
            _Expected(", ".join(wanted)),
            type(owner),
            other,
            hint,
        )

    def _reasons(self, options: list[AnyValue], owner: AnyValue, other: AnyValue) -> Iterator[str]:
        """What is said of `other` by the types that it cannot be promoted to, beyond that it cannot."""
        plain = f"cannot promote {describe(other)} to "
        for option in options:
            try:
                self._promoters[id(option)](other, type(owner))
            except ProxyTypeError as error:
                reasons = str(error).split("\n\n")
                yield from (reason for reason in reasons if reason.removeprefix(plain) not in TYPES)


def _is_numpys(value: object) -> bool:
    return type(value).__module__.partition(".")[0] == "numpy"


def _have_no_common_grid(first: AnyValue, second: AnyValue) -> bool:
    """Whether one is imagery and the other an array."""
    return any(
        isinstance(imagery, Imagery) and (isinstance(array, Arraylike) or getattr(array, "ndim", None))
        for imagery, array in ((first, second), (second, first))
    )


class _Expected:
    """An annotation that only an error text reads."""

    def __init__(self, text: str) -> None:
        self.__name__ = text


def accepts(annotation: AnyValue, cls: type) -> bool:
    """Whether objects of `cls` are of the types that an annotation names."""
    return any(isinstance(option, type) and issubclass(cls, option) for option in alternatives(annotation))


class UnaryOperator:
    """A unary operator: its op name and what it gives for each type."""

    def __init__(self, operation: Operation, symbol: str, method: str, results: dict[type, AnyValue]) -> None:
        self.operation = operation
        self.symbol = symbol
        self.method = method
        self.results = results

    def attach(self) -> None:
        """Give the special method to the classes that have it."""
        for cls in self.results:
            setattr(cls, f"__{self.method}__", self._method(cls))

    def _method(self, cls: type) -> Callable[[AnyValue], AnyValue]:
        result = self.results[cls]

        def unary(self_: AnyValue) -> AnyValue:
            kind = result or type(self_)
            return kind._from_node(apply(self.operation.name, self_._node))

        unary.__name__ = f"__{self.method}__"
        unary.__doc__ = f"``{self.symbol}self``."
        return unary


def for_arrays_too(function: Callable[..., AnyValue], ufunc: np.ufunc | None) -> Callable[..., AnyValue]:
    """An operator on plain values, which where one of them is an array is numpy's."""
    if ufunc is None:
        return function

    def value(*args: AnyValue) -> AnyValue:
        if not any(map(is_numpys, args)):
            return function(*args)
        found = pointwise(ufunc, args)
        return bool(found) if isinstance(found, np.bool_) else found  # of scalars: a Bool

    value.plain = function  # type: ignore[attr-defined]  # for columns in which there are no arrays
    return value


BINARY: dict[str, BinaryOperator] = {}
UNARY: dict[str, UnaryOperator] = {}


def binary(
    name: str,
    symbol: str,
    rows: tuple[Row, ...],
    *,
    on: tuple[type, ...],
    value: Callable[..., AnyValue],
    family: AnyValue = None,
    kernel: Callable[..., AnyValue] | None = None,
    arrays: np.ufunc | None = None,
    method: str | None = None,
) -> BinaryOperator:
    """Declare a binary operator; `arrays` is what it does where an operand is an array."""
    made = OPERATIONS.setdefault(name, Operation(name))
    made.value, made.family, made.kernel = for_arrays_too(value, arrays), family, kernel
    declared = BINARY[name] = BinaryOperator(made, symbol, method or name, rows)
    declared.attach(*on)
    return declared


def unary(
    name: str,
    symbol: str,
    results: dict[type, AnyValue],
    *,
    value: Callable[..., AnyValue],
    family: AnyValue,
    kernel: Callable[..., AnyValue],
    arrays: np.ufunc | None = None,
    method: str | None = None,
) -> UnaryOperator:
    """Declare a unary operator; `arrays` is what it does to an array."""
    made = OPERATIONS.setdefault(name, Operation(name))
    made.value, made.family, made.kernel = for_arrays_too(value, arrays), family, kernel
    declared = UNARY[name] = UnaryOperator(made, symbol, method or name, results)
    declared.attach()
    return declared
