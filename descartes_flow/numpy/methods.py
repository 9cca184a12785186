"""Functions of numpy as methods: ``arr.reshape(2, 3)``, ``arr.any(axis=0)``, ``arr.T``, ``a @ b``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any as AnyValue

from ..errors import ProxyTypeError
from ..graph import apply, literal
from ..ops.operators import joined_arrays
from ..ops.registry import operation
from ..types import Arraylike, Int, List, Same
from ..types.array.arguments import AnyArray
from ..types.proxytype import describe
from .function import Row, overload_of

NAMES = (
    "all",
    "any",
    "argmax",
    "argmin",
    "argsort",
    "clip",
    "cumprod",
    "cumsum",
    "diagonal",
    "dot",
    "nonzero",
    "prod",
    "ptp",
    "ravel",
    "repeat",
    "round",
    "sort",
    "squeeze",
    "swapaxes",
    "take",
    "trace",
    "transpose",
    "var",
)
"""Functions of the table that are methods of numpy's arrays too; ``sort`` gives a sorted copy."""


def attach(rows: Iterable[Row]) -> None:
    """Give arrays the methods of `NAMES`."""
    for row in rows:
        if row.name in NAMES:
            overload_of(row, f"numpy.{row.name}", on=Arraylike)


@operation("numpy.reshape", on=Arraylike, method="reshape")
def reshape(self: Arraylike, *shape: object) -> Same:
    """The same items along other axes.

    Parameters
    ----------
    *shape : int or Int
        Lengths of the axes, or one sequence of them; -1 is what is left.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> Array([1, 2, 3, 4]).reshape(2, -1).compute()
    array([[1, 2],
           [3, 4]])
    """
    lengths: AnyValue = shape
    if len(shape) == 1 and not isinstance(shape[0], Int):
        lengths = [shape[0]] if isinstance(shape[0], int) else shape[0]
    try:
        promoted = List[Int]._promote(lengths)
    except ProxyTypeError as error:
        raise ProxyTypeError(f"reshape(): expected lengths of axes, got {describe(lengths)}") from error
    return type(self)._from_node(apply("numpy.reshape", self._node, promoted._node))


@operation("numpy.transpose", on=Arraylike, method="T", as_property=True)
def transposed(self: Arraylike) -> Same:
    """The array with its axes in reverse order.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> Array([[1, 2], [3, 4]]).T.compute()
    array([[1, 3],
           [2, 4]])
    """
    return type(self)._from_node(apply("numpy.transpose", self._node, literal(None)))


@operation("numpy.matmul", on=Arraylike, method="__matmul__", returns=joined_arrays)
def matmul(self: Arraylike, other: AnyArray) -> AnyValue:
    """The matrix product ``self @ other``.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> (Array([[1, 2], [3, 4]]) @ [1, 1]).compute()
    array([3, 7])
    """
    ...


@operation("numpy.matmul", on=Arraylike, method="__rmatmul__")
def reflected_matmul(self: Arraylike, other: AnyArray) -> AnyValue:
    """The matrix product ``other @ self``."""
    return joined_arrays(other, self)._from_node(apply("numpy.matmul", other._node, self._node))  # type: ignore[attr-defined]
