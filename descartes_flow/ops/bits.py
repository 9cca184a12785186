"""Operators on truth values and on bits: ``& | ^ << >>`` and ``~``."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any as AnyValue

import numpy as np

from ..steps.families import Pointwise
from ..steps.pointwise import holds_truths
from ..types import Any, Array, Arraylike, Bool, Float, Image, ImageCollection, Imagery, Int, MaskedArray
from . import sizes
from .operators import IMAGES, joined_arrays, wider
from .rows import Row, binary, unary

BITS = (
    Row(Bool, Bool | Int | Float, Bool),
    Row(Bool | Float, Bool, Bool),
    Row(Int, Int | Bool, Int),  # the left side decides: a truth value on the right is 0 or 1
    Row(Bool | Int, IMAGES, wider),
    Row(Imagery, Bool | Int | Image | ImageCollection, wider),
    Row(Bool | Int | Image | ImageCollection, Imagery, wider),
    Row(Arraylike, Bool | Int | Array | MaskedArray, joined_arrays),
    Row(Bool | Int | Array | MaskedArray, Arraylike, joined_arrays),
    Row(Any, Any, Any),
)
SHIFTS = (
    Row(Int, Int, Int),
    Row(Int, IMAGES, wider),
    Row(Imagery, Int | Image | ImageCollection, wider),
    Row(Int | Image | ImageCollection, Imagery, wider),
    Row(Any, Any, Any),
)


def _logical(kernel: Callable[..., AnyValue]) -> Callable[..., AnyValue]:
    """On truth values a number counts as true unless it is 0."""

    def logical(x: AnyValue, y: AnyValue) -> AnyValue:
        if holds_truths(x) and not isinstance(y, np.ndarray):
            y = bool(y)
        elif holds_truths(y) and not isinstance(x, np.ndarray):
            x = bool(x)
        return kernel(x, y)

    return logical


def _bit(name: str, symbol: str, value: Callable[..., AnyValue], kernel: np.ufunc) -> AnyValue:
    def plain(x: AnyValue, y: AnyValue) -> AnyValue:
        if isinstance(x, bool) or isinstance(y, bool):
            return value(bool(x), bool(y))
        return value(x, y)

    return binary(
        name,
        symbol,
        BITS,
        on=(Bool, Int, Imagery, Arraylike, Any),
        value=plain,
        family=Pointwise(),
        kernel=_logical(kernel),
        arrays=kernel,
    )


and_ = _bit("and", "&", operator.and_, np.bitwise_and)
or_ = _bit("or", "|", operator.or_, np.bitwise_or)
xor = _bit("xor", "^", operator.xor, np.bitwise_xor)
lshift = binary(
    "lshift",
    "<<",
    SHIFTS,
    on=(Int, Imagery, Any),
    value=sizes.bounded(operator.lshift, sizes.of_shift),
    family=Pointwise(),
    kernel=np.left_shift,
)
rshift = binary(
    "rshift",
    ">>",
    SHIFTS,
    on=(Int, Imagery, Any),
    value=operator.rshift,
    family=Pointwise(),
    kernel=np.right_shift,
)


def _not(x: AnyValue) -> AnyValue:
    return not x if isinstance(x, bool) else ~x


invert = unary(
    "invert",
    "~",
    {Int: Int, Bool: Bool, Float: Float, Imagery: None, Arraylike: None, Any: Any},
    value=_not,
    family=Pointwise(),
    kernel=np.invert,
    arrays=np.invert,
)
