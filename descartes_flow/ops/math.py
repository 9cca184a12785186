"""Mathematical functions of numbers and imagery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyValue

import numpy as np

from ..graph import constant
from ..steps.families import Pointwise
from ..types import Arraylike, Bool, Float, Image, ImageCollection, Imagery, Int, Scalar
from .operators import as_float, wider
from .registry import BUILD, Overload, operation

Numeric = Int | Float | Image | ImageCollection | Arraylike | Scalar


def _kind(x: AnyValue) -> type:
    return type(x) if isinstance(x, Imagery) else Float


def _is_of_arrays(x: AnyValue) -> bool:
    """Whether numpy's own function knows what to do with it (see `types.array.dispatch`)."""
    return isinstance(x, (Arraylike, Scalar))


def _function(
    kernel: np.ufunc,
    summary: str,
    example: tuple[float, float],
    invalid: Callable[..., AnyValue] | None = None,
    domain: str = "",
) -> Overload:
    """Declare a function of one argument, as a module function and as a method of imagery.

    `example` is an argument and the result.
    """
    name = kernel.__name__
    doc = f"""{summary}

    Parameters
    ----------
    x : Int, Float, Image, ImageCollection, Array or MaskedArray

    Returns
    -------
    Float, Image, ImageCollection, Array or MaskedArray
        Pixel by pixel for imagery, with its bands and metadata kept.{domain} For arrays see
        ``wf.numpy.{name}``.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.{name}({example[0]}).compute()
    {example[1]}
    """
    declared: list[Overload] = []
    for on in (None, Imagery):

        def declaration(x: Numeric) -> AnyValue:
            return kernel(x) if _is_of_arrays(x) else BUILD

        declaration.__name__ = declaration.__qualname__ = name
        declaration.__doc__ = doc
        declaration.__annotations__["x"] = Numeric
        made = operation(name, on=on, returns=_kind, family=Pointwise(invalid))(declaration)
        declared.append(made)
    function = declared[0]
    function.kernel(as_float(kernel))

    @function.value
    def value(x: AnyValue) -> float:
        with np.errstate(all="ignore"):
            return float(kernel(np.float64(x)))

    return function


MASKED = " Pixels {} are masked; a number gives numpy's inf or nan."

log = _function(
    np.log, "Natural logarithm.", (1, 0.0), lambda x: np.less_equal(x, 0), MASKED.format("of 0 or less")
)
log2 = _function(
    np.log2, "Logarithm to base 2.", (8, 3.0), lambda x: np.less_equal(x, 0), MASKED.format("of 0 or less")
)
log10 = _function(
    np.log10,
    "Logarithm to base 10.",
    (1000, 3.0),
    lambda x: np.less_equal(x, 0),
    MASKED.format("of 0 or less"),
)
log1p = _function(
    np.log1p,
    "Natural logarithm of 1 + x, exact for small x.",
    (0, 0.0),
    lambda x: np.less_equal(x, -1),
    MASKED.format("of -1 or less"),
)
sqrt = _function(np.sqrt, "Square root.", (9, 3.0), lambda x: np.less(x, 0), MASKED.format("below 0"))
cos = _function(np.cos, "Cosine of an angle in radians.", (0, 1.0))
arccos = _function(
    np.arccos,
    "Angle in radians, 0 to pi, whose cosine is x.",
    (1, 0.0),
    None,
    MASKED.format("outside -1 to 1"),
)
sin = _function(np.sin, "Sine of an angle in radians.", (0, 0.0))
arcsin = _function(
    np.arcsin,
    "Angle in radians, -pi/2 to pi/2, whose sine is x.",
    (0, 0.0),
    None,
    MASKED.format("outside -1 to 1"),
)
tan = _function(np.tan, "Tangent of an angle in radians.", (0, 0.0))
arctan = _function(np.arctan, "Angle in radians, -pi/2 to pi/2, whose tangent is x.", (0, 0.0))
exp = _function(np.exp, "e to the power of x; what overflows is inf.", (0, 1.0))
square = _function(np.square, "x times x.", (-3, 9.0))


def _wider_or_float(y: AnyValue, x: AnyValue) -> type:
    return wider(y, x) if isinstance(y, Imagery) or isinstance(x, Imagery) else Float


@operation("arctan2", returns=_wider_or_float, family=Pointwise())
def arctan2(y: Numeric, x: Numeric) -> AnyValue:
    """Angle in radians, -pi to pi, of the point (x, y).

    Parameters
    ----------
    y, x : Int, Float, Image, ImageCollection, Array or MaskedArray
        Imagery pairs by the rules of broadcasting. For arrays see ``wf.numpy.arctan2``.

    Returns
    -------
    Float, Image, ImageCollection, Array or MaskedArray
        The broader of the two types; Float for two numbers.

    Examples
    --------
    >>> arctan2(0, -1).compute()
    3.141592653589793
    """
    arrays: AnyValue = np.arctan2  # which finds ours
    return arrays(y, x) if _is_of_arrays(y) or _is_of_arrays(x) else BUILD


arctan2.kernel(as_float(np.arctan2))


@arctan2.value
def _arctan2(y: AnyValue, x: AnyValue) -> float:
    return float(np.arctan2(y, x))


def normalized_difference(x: AnyValue, y: AnyValue) -> AnyValue:
    """``(x - y) / (x + y)``, for example the vegetation index NDVI of near infrared and red.

    Parameters
    ----------
    x, y : Int, Float, Image, ImageCollection or anything with those operators

    Returns
    -------
    same as the operators give
        For imagery, pixels where x + y is 0 are masked.

    Examples
    --------
    >>> normalized_difference(3.0, 1.0)
    0.5
    >>> normalized_difference(Int(3), 1).compute()
    0.5
    """
    return (x - y) / (x + y)


e = Float._from_node(constant("constants.e"))
"""Euler's number, 2.718281828459045."""

pi = Float._from_node(constant("constants.pi"))
"""3.141592653589793."""

inf = Float._from_node(constant("constants.inf"))
"""Larger than every number."""

nan = Float._from_node(constant("constants.nan"))
"""No number: unequal to everything, itself included."""

CONSTANTS: dict[str, AnyValue] = {
    "Ellipsis": ...,
    "constants.e": float(np.e),
    "constants.pi": float(np.pi),
    "constants.inf": float("inf"),
    "constants.nan": float("nan"),
}
"""Values of the names that a graft may use without defining them."""


def _cast(name: str, kind: Callable[[AnyValue], AnyValue], result: type) -> Overload:
    def declaration(x: Int | Float | Bool) -> AnyValue: ...

    declaration.__doc__ = f"``{kind.__name__}(x)`` as Python does it."
    made = operation(name, returns=lambda x: result, public=False)(declaration)
    made.value(kind)
    return made


int_cast = _cast("Int.cast", int, Int)
float_cast = _cast("Float.cast", float, Float)
