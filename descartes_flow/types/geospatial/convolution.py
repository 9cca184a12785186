"""Kernel: the weights of a convolution."""

from __future__ import annotations

import math
from typing import Any as AnyValue
from typing import Self

import numpy as np

from ...errors import ProxyTypeError
from ...graph import apply
from ..containers.list_ import List
from ..containers.tuple_ import Tuple
from ..primitives.number import Float, Int
from ..primitives.primitive import Primitive
from ..proxytype import Proxytype, describe


class Kernel(Proxytype):
    """Weights of the neighbours of a pixel, for `descartes_flow.conv2d`.

    Parameters
    ----------
    dims : tuple of 2 ints
        ``(rows, cols)``, each at least 1. An odd size has its middle in the middle; of an even one it is the
        first weight of the second half.
    data : sequence of float
        ``rows * cols`` finite weights, row by row.

    Raises
    ------
    ValueError
        If the number of weights does not fit, a size is below 1 or a weight is not finite. What only a
        computation knows is checked by it, with JobInvalid.
    ProxyTypeError
        If these are no numbers.

    Examples
    --------
    >>> Kernel(dims=(2, 3), data=[1, 2, 3, 4, 5, 6]).compute()
    array([[1., 2., 3.],
           [4., 5., 6.]])
    """

    __slots__ = ()

    def __init__(self, dims: AnyValue, data: AnyValue) -> None:
        if not isinstance(data, Proxytype) and not isinstance(data, (str, bytes)):
            data = _items(data)
        sizes = _promoted("dims", "two whole numbers (rows, cols)", Tuple[Int, Int], dims)
        weights = _promoted("data", "numbers, row by row", List[Float], data)
        known = None if isinstance(dims, Proxytype) else [_literal(size) for size in dims]
        if known is not None and None not in known:
            values = None if isinstance(data, Proxytype) else [_literal(weight) for weight in data]
            fault = fault_of(known, values)
            if fault:
                raise ValueError(f"Kernel(): {fault}")
        self._node = apply("Kernel.load", sizes._node, weights._node)

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        """Rows of weights are a Kernel, too: a nested list, or an array of two dimensions."""
        rows = value.tolist() if isinstance(value, np.ndarray) else value
        if not isinstance(rows, list) or not rows or not all(isinstance(row, list) for row in rows):
            return super()._promote(value)
        if len({len(row) for row in rows}) > 1:
            raise ProxyTypeError(f"cannot promote {describe(value)} to Kernel: its rows differ in length")
        return cls((len(rows), len(rows[0])), [weight for row in rows for weight in row])


def fault_of(dims: AnyValue, data: AnyValue) -> str:
    """What is wrong with sizes and weights; "" if nothing is. None: not known yet."""
    rows, cols = dims
    if rows < 1 or cols < 1:
        return f"dims: expected at least one row and one column, got {rows} x {cols}"
    if data is None:
        return ""
    if len(data) != rows * cols:
        return f"{rows} x {cols} weights are {rows * cols}, but data has {len(data)}"
    if not all(weight is None or math.isfinite(weight) for weight in data):
        return "data: expected finite weights"
    return ""


def _items(data: AnyValue) -> list[AnyValue]:
    try:
        return list(data)
    except TypeError as error:
        raise ProxyTypeError(f"Kernel(data=): expected numbers, row by row, got {describe(data)}") from error


def _promoted(name: str, expected: str, kind: AnyValue, value: AnyValue) -> Proxytype:
    try:
        return kind._promote(value)  # type: ignore[no-any-return]
    except ProxyTypeError as error:
        raise ProxyTypeError(
            f"Kernel({name}=): expected {expected}, got {describe(value)}; {error}"
        ) from error


def _literal(value: AnyValue) -> AnyValue:
    """The plain number, None if it is known only after compute."""
    if isinstance(value, Primitive):
        return value.literal_value
    return None if isinstance(value, Proxytype) else value
