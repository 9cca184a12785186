"""``np.f(proxy)``: how functions of numpy that are called on proxies find ours."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any as AnyValue

import numpy as np

FUNCTIONS: dict[Callable[..., AnyValue], Callable[..., AnyValue]] = {}
"""Our function for each of numpy's; `descartes_flow.numpy` enters its own."""


OPERATORS: dict[AnyValue, Callable[..., AnyValue]] = {
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.true_divide: operator.truediv,
    np.floor_divide: operator.floordiv,
    np.remainder: operator.mod,
    np.divmod: divmod,
    np.power: operator.pow,
    np.bitwise_and: operator.and_,
    np.bitwise_or: operator.or_,
    np.bitwise_xor: operator.xor,
    np.left_shift: operator.lshift,
    np.right_shift: operator.rshift,
    np.less: operator.lt,
    np.less_equal: operator.le,
    np.equal: operator.eq,
    np.not_equal: operator.ne,
    np.greater: operator.gt,
    np.greater_equal: operator.ge,
}
"""What numpy calls where a scalar of it stands on the left of an operator."""


class NumpyOperand:
    """A proxy that functions of numpy accept: each calls the function of that name in ``wf.numpy``."""

    __slots__ = ()

    def __array_ufunc__(
        self, ufunc: AnyValue, method: str, *inputs: AnyValue, **options: AnyValue
    ) -> AnyValue:
        if method != "__call__":
            raise NotImplementedError(
                f"np.{ufunc.__name__}.{method} is not supported on proxies; call `.compute` first"
            )
        if ufunc in OPERATORS and any(isinstance(value, np.generic) for value in inputs) and not options:
            # `np.int16(7) + proxy` is no call of np.add, and means what `7 + proxy` does
            return OPERATORS[ufunc](*(v.item() if isinstance(v, np.generic) else v for v in inputs))
        return _called(ufunc, inputs, options)

    def __array_function__(
        self,
        function: Callable[..., AnyValue],
        types: Sequence[type],
        args: Sequence[AnyValue],
        kwargs: Mapping[str, AnyValue],
    ) -> AnyValue:
        return _called(function, args, kwargs)


def _called(
    function: Callable[..., AnyValue], args: Sequence[AnyValue], kwargs: Mapping[str, AnyValue]
) -> AnyValue:
    name = f"np.{function.__name__}"
    ours = FUNCTIONS.get(function)
    if ours is None:
        raise NotImplementedError(f"{name} is not supported on proxies; call `.compute` first")
    try:
        return ours(*args, **kwargs)
    except TypeError as error:
        raise type(error)(f"{name}: {error}") from error
