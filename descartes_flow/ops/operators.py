"""Arithmetic and comparisons: ``+ - * / // % **``, ``-x``, ``+x``, ``abs(x)`` and ``< <= == != > >=``."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any as AnyValue

import numpy as np

from ..steps.arrays import zero_divisor, zero_power
from ..steps.families import Pointwise
from ..steps.pointwise import holds_truths
from ..types import (
    Any,
    Array,
    Arraylike,
    Bool,
    Datetime,
    Float,
    Image,
    ImageCollection,
    Imagery,
    Int,
    List,
    MaskedArray,
    Number,
    Same,
    Scalar,
    Str,
    Timedelta,
    Tuple,
)
from ..types.array.arguments import AnyNumber, ArrayOrNumber
from . import sizes, timedeltas
from .comparing import comparable
from .rows import Row, binary, unary

PLAIN = Int | Float | Bool
NUMBERS = (int, float)
OPERANDS = PLAIN | Scalar
IMAGES = Image | ImageCollection


def wider(left: AnyValue, right: AnyValue) -> type:
    """ImageCollection if either side is one, else Image."""
    return ImageCollection if ImageCollection in (type(left), type(right)) else Image


def joined_arrays(left: AnyValue, right: AnyValue) -> type:
    """MaskedArray if either side is one, else Array."""
    return MaskedArray if isinstance(left, MaskedArray) or isinstance(right, MaskedArray) else Array


ARRAYS = (
    Row(Arraylike, ArrayOrNumber, joined_arrays),
    Row(ArrayOrNumber | OPERANDS, Arraylike, joined_arrays),
)


def _joined_tuple(left: Tuple, right: Tuple) -> type:
    return Tuple.of(*type(left).parameters, *type(right).parameters)


def _power(base: AnyValue, exponent: AnyValue) -> type:
    """Int for two Ints, but Float where the exponent is known to be negative."""
    known = exponent.literal_value
    return Float if isinstance(known, int) and known < 0 else Int


def _arithmetic(whole: AnyValue) -> tuple[Row, ...]:
    """Rows of an arithmetic operator whose result for two Ints is `whole`."""
    return (
        Row(Int, Int | Bool, whole),
        Row(Bool, Int, whole),
        Row(Number, Float | Int | Bool, Float),
        Row(Float | Int | Bool, Number, Float),
        Row(PLAIN, IMAGES, wider),
        Row(Imagery, PLAIN | Image | ImageCollection, wider),
        Row(PLAIN | Image | ImageCollection, Imagery, wider),
        Row(Scalar, AnyNumber, Scalar),
        Row(PLAIN, Scalar, Scalar),
        *ARRAYS,
        Row(Any, Any, Any),
    )


TEXTS = (Row(Str, Str, Str),)
LISTS = (Row(List, Same, Same), Row(Same, List, Same))
REPEATS = (
    Row(Str, Int, Str),
    Row(Int, Str, Str),
    Row(List, Int, lambda left, right: type(left)),
    Row(Int, List, lambda left, right: type(right)),
)
ARITHMETIC_TYPES = (Int, Float, Imagery, Scalar, Arraylike, Any)
TIMES = (Datetime, Timedelta)


def _quiet(
    function: Callable[..., AnyValue], alternative: Callable[..., AnyValue]
) -> Callable[..., AnyValue]:
    """Python's operator, with numpy's inf and nan where Python refuses a number or leaves the real ones."""

    def value(x: AnyValue, y: AnyValue) -> AnyValue:
        try:
            found = function(x, y)
        except (ZeroDivisionError, OverflowError):
            if not (isinstance(x, NUMBERS) and isinstance(y, NUMBERS)):  # a Timedelta has neither
                raise
            found = 0j
        if not isinstance(found, complex):
            return found
        with np.errstate(all="ignore"):
            return float(alternative(np.float64(x), np.float64(y)))

    return value


def as_float(kernel: Callable[..., AnyValue]) -> Callable[..., AnyValue]:
    """A kernel that counts truth values as 0 and 1, in float64; numpy refuses them or gives float16."""

    def arithmetic(*args: AnyValue) -> AnyValue:
        return kernel(*map(_number, args))

    return arithmetic


def _number(x: AnyValue) -> AnyValue:
    if type(x) is float:
        return x
    if holds_truths(x):
        return x.astype(float)
    return float(x) if isinstance(x, (bool, int)) else x


add = binary(
    "add",
    "+",
    (*_arithmetic(Int), *timedeltas.SUMS, *TEXTS, *LISTS, Row(Tuple, Tuple, _joined_tuple)),
    on=(*ARITHMETIC_TYPES, *TIMES, Str, List, Tuple),
    value=sizes.bounded(operator.add, sizes.of_sum),
    family=Pointwise(),
    kernel=as_float(np.add),
    arrays=np.add,
)
sub = binary(
    "sub",
    "-",
    (*_arithmetic(Int), *timedeltas.DIFFERENCES),
    on=(*ARITHMETIC_TYPES, *TIMES),
    value=operator.sub,
    family=Pointwise(),
    kernel=as_float(np.subtract),
    arrays=np.subtract,
)
mul = binary(
    "mul",
    "*",
    (*_arithmetic(Int), *timedeltas.PRODUCTS, *REPEATS),
    on=(*ARITHMETIC_TYPES, Timedelta, Str, List),
    value=sizes.bounded(operator.mul, sizes.of_product),
    family=Pointwise(),
    kernel=as_float(np.multiply),
    arrays=np.multiply,
)
div = binary(
    "div",
    "/",
    (*_arithmetic(Float), *timedeltas.QUOTIENTS),
    method="truediv",
    on=(*ARITHMETIC_TYPES, Timedelta),
    value=_quiet(operator.truediv, np.true_divide),
    family=Pointwise(zero_divisor),
    kernel=as_float(np.true_divide),
    arrays=np.true_divide,
)
floor = timedeltas.of_moments(_quiet(operator.floordiv, np.floor_divide), timedeltas.floored)
rest = timedeltas.of_moments(_quiet(operator.mod, np.mod), timedeltas.since)
floordiv = binary(
    "floordiv",
    "//",
    (*_arithmetic(Int), *timedeltas.WHOLE_QUOTIENTS),
    on=(*ARITHMETIC_TYPES, *TIMES),
    value=floor,
    family=Pointwise(zero_divisor),
    kernel=as_float(np.floor_divide),
    arrays=np.floor_divide,
)
mod = binary(
    "mod",
    "%",
    (*_arithmetic(Int), *timedeltas.REMAINDERS),
    on=(*ARITHMETIC_TYPES, *TIMES),
    value=rest,
    family=Pointwise(zero_divisor),
    kernel=as_float(np.mod),
    arrays=np.mod,
)
divmod_ = binary(
    "divmod",
    "divmod",
    (
        Row(Int, Int | Bool, Tuple[Int, Int]),
        Row(Bool, Int, Tuple[Int, Int]),
        Row(Number, Float | Int | Bool, Tuple[Float, Float]),
        Row(Float | Int | Bool, Number, Tuple[Float, Float]),
        Row(Any, Any, Tuple[Any, Any]),
        *timedeltas.DIVISIONS,
    ),
    on=(Int, Float, Any, *TIMES),
    value=lambda x, y: (floor(x, y), rest(x, y)),
)
pow = binary(
    "pow",
    "**",
    _arithmetic(_power),
    on=ARITHMETIC_TYPES,
    value=_quiet(sizes.bounded(operator.pow, sizes.of_power), np.power),
    family=Pointwise(zero_power),
    kernel=as_float(np.power),
    arrays=np.power,
)


def _comparison(name: str, symbol: str, value: Callable[..., AnyValue], kernel: np.ufunc) -> AnyValue:
    rows = (
        Row(Number, Number | Int | Float | Bool, Bool),
        *((Row(Bool, Bool, Bool),) if name in ("eq", "ne") else ()),
        Row(PLAIN, IMAGES, wider),
        Row(Imagery, PLAIN | Image | ImageCollection, wider),
        Row(Scalar, AnyNumber, Bool),
        *ARRAYS,
        Row(Any, Any, Bool),
        Row(Str, Str, Bool),
        Row(Datetime, Datetime, Bool),
        Row(Timedelta, Timedelta, Bool),
        Row(List, Same, comparable(name, symbol)),
        Row(Tuple, Same, comparable(name, symbol)),
    )
    types = (*ARITHMETIC_TYPES, Str, *TIMES, List, Tuple, *((Bool,) if name in ("eq", "ne") else ()))
    return binary(name, symbol, rows, on=types, value=value, family=Pointwise(), kernel=kernel, arrays=kernel)


lt = _comparison("lt", "<", operator.lt, np.less)
le = _comparison("le", "<=", operator.le, np.less_equal)
eq = _comparison("eq", "==", operator.eq, np.equal)
ne = _comparison("ne", "!=", operator.ne, np.not_equal)
gt = _comparison("gt", ">", operator.gt, np.greater)
ge = _comparison("ge", ">=", operator.ge, np.greater_equal)


SIGNED: dict[type, AnyValue] = {
    Int: Int,
    Float: Float,
    Imagery: None,
    Timedelta: Timedelta,
    Scalar: Scalar,
    Arraylike: None,
    Any: Any,
}
neg = unary(
    "neg",
    "-",
    SIGNED,
    value=operator.neg,
    family=Pointwise(),
    kernel=as_float(np.negative),
    arrays=np.negative,
)
pos = unary(
    "pos",
    "+",
    SIGNED,
    value=operator.pos,
    family=Pointwise(),
    kernel=as_float(np.positive),
    arrays=np.positive,
)
absolute = unary(
    "abs",
    "abs ",
    SIGNED,
    value=abs,
    family=Pointwise(),
    kernel=as_float(np.abs),
    arrays=np.absolute,
)
