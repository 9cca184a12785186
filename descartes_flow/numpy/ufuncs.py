"""Functions of ``wf.numpy`` that work item by item, and what they give for numbers."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import NoReturn

import numpy as np

from ..steps.arrays import is_numpys, pointwise
from ..types import Arraylike, Bool, Float, Int, Scalar
from ..types.proxytype import Proxytype
from .function import NumpyFunction, Row
from .results import Promoted, Result, like


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FLOAT = _names(
    """
    true_divide divide exp exp2 expm1 log log2 log10 log1p sqrt cbrt logaddexp logaddexp2 float_power
    sin cos tan arcsin arccos arctan arctan2 sinh cosh tanh arcsinh arccosh arctanh deg2rad rad2deg
    degrees radians copysign nextafter spacing rint fabs hypot reciprocal ldexp
    """
)
"""Those that give a Float for numbers."""

BOOL = _names(
    """
    greater greater_equal less less_equal equal not_equal logical_and logical_or logical_xor logical_not
    isfinite isinf isnan signbit
    """
)
"""Those that give a Bool for numbers."""

BY_OPERANDS = _names(
    """
    add subtract multiply floor_divide negative positive power remainder mod conj conjugate square
    bitwise_and bitwise_or bitwise_xor bitwise_not invert maximum minimum fmax fmin fmod floor ceil
    trunc sign absolute
    """
)
"""Those whose type for numbers is the highest of their operands: Scalar, Float, Int, Bool."""

RANKS: tuple[type[Proxytype], ...] = (Scalar, Float, Int, Bool)


def _highest(promoted: Promoted) -> type[Proxytype]:
    return next(kind for kind in RANKS if any(isinstance(value, kind) for value in promoted.values()))


def _result(name: str) -> Result:
    fixed = Float if name in FLOAT else Bool if name in BOOL else None

    def kind(promoted: Promoted) -> type[Proxytype]:
        if any(isinstance(value, Arraylike) for value in promoted.values()):
            return like(promoted)
        return fixed or _highest(promoted)

    said = fixed.__name__ if fixed else "the type of the operands"
    return Result(f"Array or MaskedArray; for numbers {said}", kind)


class NumpyUfunc(NumpyFunction):  # noqa: D101  its functions have docstrings of their own, see `__doc__`
    # A function of numpy that works item by item; masked where an item is, or where there is no value.

    __doc__ = NumpyFunction.__doc__

    def __init__(self, name: str) -> None:
        ufunc = getattr(np, name)
        names = ["x"] if ufunc.nin == 1 else ["x1", "x2"]
        row = Row(name, ", ".join(f"{x}: numeric" for x in names), _result(name))
        super().__init__(f"numpy.{name}", row, ufunc)
        fixed = name in FLOAT or name in BOOL

        def value(*args: AnyValue) -> AnyValue:
            plain = not any(map(is_numpys, args))
            if name in FLOAT and plain and name != "ldexp":
                args = tuple(map(float, args))  # numpy's reciprocal of an int is an int
            found = pointwise(ufunc, args)
            arrays = any(isinstance(arg, np.ndarray) for arg in args)
            return (
                found.item() if (plain or (fixed and not arrays)) and isinstance(found, np.generic) else found
            )

        self.overload.operation.rule = lambda bind, *args: bind.elementwise(value, args)

    def _method(self, name: str) -> NoReturn:
        raise NotImplementedError(
            f"np.{self.__name__}.{name} is not supported on proxies; call `.compute` first"
        )

    def reduce(self, *args: object, **kwargs: object) -> NoReturn:
        """Not supported."""
        self._method("reduce")

    def reduceat(self, *args: object, **kwargs: object) -> NoReturn:
        """Not supported."""
        self._method("reduceat")

    def accumulate(self, *args: object, **kwargs: object) -> NoReturn:
        """Not supported."""
        self._method("accumulate")

    def outer(self, *args: object, **kwargs: object) -> NoReturn:
        """Not supported."""
        self._method("outer")


UFUNCS = {name: NumpyUfunc(name) for name in (*FLOAT, *BOOL, *BY_OPERANDS)}
