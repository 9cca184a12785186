"""Items of arrays: ``a[...]`` with numpy's meaning, apart from lists and arrays in several axes."""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from typing import Any as AnyValue
from typing import NamedTuple

import numpy as np

from ..errors import ProxyTypeError
from ..graph import Kind, Node, apply, constant, literal
from ..steps.arrays import NOTHING, holds_nothing, is_masked, refuse_above_budget, within_memory
from ..types import Any, Arraylike, Bool, Float, Int, List, NoneType, Scalar, Slice, Tuple
from ..types.array.arraylike import UNKNOWN, Hint, literal_data
from ..types.proxytype import Proxytype
from .registry import operation

KINDS: dict[str | None, type[Proxytype]] = {"b": Bool, "i": Int, "u": Int, "f": Float}
SEVERAL = "cannot slice an Array with lists or Arrays in multiple axes"
TOO_DEEP = (
    "an Array of integers that is an index has at most one axis, this one has {}; index with its .flatten()"
)


class Part(NamedTuple):
    """What an index says of one axis, or of several.

    Attributes
    ----------
    node : Node
    change : int or None
        What it adds to the rank of the result; None where that is unknown.
    several : bool
        Whether it is a list or an array, of which an index may have one.
    """

    node: Node
    change: int | None
    several: bool = False


@operation("array.getitem", on=Arraylike, method="__getitem__")
def getitem(self: Arraylike, index: object) -> AnyValue:
    """Items by position, slice, list, or by an array of truth values, as numpy takes them.

    Parameters
    ----------
    index : int, slice, ``...``, None, list, Array, ndarray, or a tuple of those
        Parts may be proxies. A list, or an array of integers with at most one axis, chooses positions; an
        array of truth values chooses items. Only one of the axes takes a list or an array.

    Returns
    -------
    Int, Float or Bool
        For a single item, where that is known; Scalar if only the type of the items is not.
    Array or MaskedArray
        Otherwise, as the array is.

    Raises
    ------
    TypeError
        If something is no index.
    ValueError
        If lists or arrays stand in several axes, or an array of integers has several axes.
    IndexError
        If an item of a literal array does not exist; others fail when they are computed.

    Examples
    --------
    >>> from descartes_flow import Array
    >>> arr = Array([[1, 2, 4], [8, 9, 10]])
    >>> arr[:, [0, 2]].compute()
    array([[ 1,  4],
           [ 8, 10]])
    >>> arr[..., 0].compute()
    array([1, 8])
    """
    if isinstance(index, (tuple, Tuple)):
        parts = [_part(item) for item in index]
        node = index._node if isinstance(index, Tuple) else apply("tuple", *(part.node for part in parts))
    else:
        parts = [_part(index)]
        node = parts[0].node
    if sum(part.several for part in parts) > 1:
        raise ValueError(SEVERAL)
    _check_literal(self, parts)
    kind, hint = _result(self, parts)
    made = apply("array.getitem", self._node, node)
    return kind._from_node(made, hint) if issubclass(kind, Arraylike) else kind._from_node(made)


def _part(item: AnyValue) -> Part:
    """One part of an index."""
    if item is ...:
        return Part(constant("Ellipsis"), 0)
    if item is None or isinstance(item, NoneType):
        return Part(literal(None), 1)
    if isinstance(item, (slice, Slice)):
        return Part(Slice._promote(item)._node, 0)
    if isinstance(item, Int) or (isinstance(item, numbers.Integral) and not isinstance(item, bool)):
        return Part(Int._promote(item)._node, -1)
    if isinstance(item, list):
        item = _list(item)
    if isinstance(item, List) and issubclass(item.element_type(), Int | Bool):
        return Part(item._node, 0, True)
    if isinstance(item, np.ndarray):
        item = Arraylike._promote(item)
    if isinstance(item, Arraylike):
        return _array_part(item)
    if isinstance(item, Any):
        return Part(item._node, None)
    raise TypeError(
        f"Invalid Array index {item!r}: expected int, slice, ..., None, a list, an array of bool or int, "
        "or a tuple of those"
    )


def _list(items: list[AnyValue]) -> List:
    for kind in (Bool, Int):
        if items and all(
            isinstance(item, kind | (bool if kind is Bool else numbers.Integral)) for item in items
        ):
            try:
                return List.of(kind)(items)
            except ProxyTypeError:
                continue
    if not items:
        return List[Int]([])
    raise TypeError(f"Invalid types in {items!r}: a list that is an index holds only int or only bool")


def _array_part(array: Arraylike) -> Part:
    rank, kind = array._hint
    if kind == "f":
        raise TypeError("Invalid Array index: an array that is an index holds int or bool, this one float")
    if kind == "b":
        return Part(array._node, None if rank is None else 1 - rank, True)
    if rank == 0 and kind is not None:
        return Part(array._node, -1)
    if rank is not None and rank > 1 and kind is not None:
        raise ValueError(TOO_DEEP.format(rank))
    return Part(array._node, 0 if rank == 1 and kind is not None else None, True)


def _result(array: Arraylike, parts: Sequence[Part]) -> tuple[type[Proxytype], Hint]:
    """Type of the result, and what is known of it."""
    rank, kind = array._hint
    if rank is None or any(part.change is None for part in parts):
        return type(array), Hint(None, kind)
    left = rank + sum(part.change or 0 for part in parts)
    if left:
        return type(array), Hint(max(left, 0), kind)
    return KINDS.get(kind, Scalar), UNKNOWN


def _check_literal(array: Arraylike, parts: Sequence[Part]) -> None:
    """Refuse positions that a literal array does not have."""
    data = array.literal_value
    if data is None:
        return
    found = [_known(part.node) for part in parts]
    if any(value is _UNKNOWN for value in found) or any(part.several for part in parts):
        return
    data[tuple(found)]  # numpy's IndexError names the axis


_UNKNOWN = object()


def _known(node: Node) -> AnyValue:
    """The value of a part of an index that is known now."""
    if node.kind is Kind.LITERAL:
        return node.value
    if node.kind is Kind.CONSTANT:
        return ...
    if node.callee == "neg":
        (inner,) = node.args
        value = _known(inner)
        return value if value is _UNKNOWN else -value
    if node.callee == "list":
        items = [_known(item) for item in node.args]
        return _UNKNOWN if _UNKNOWN in items else checked(items)
    if node.callee == "Slice.create":
        return slice(None)  # whatever it says, it is never out of range
    found = literal_data(node)
    return _UNKNOWN if found is None else found


@getitem.rule
def _getitem(bind: AnyValue, array: AnyValue, index: AnyValue) -> AnyValue:
    return bind.elementwise(items, (array, index))


def items(array: AnyValue, index: AnyValue) -> AnyValue:
    """The items of an array that a bound index names; a single one of a plain array is a Python number."""
    if array is NOTHING or holds_nothing(index):
        return NOTHING
    parts = tuple(map(checked, index if isinstance(index, tuple) else (index,)))
    if sum(isinstance(part, np.ndarray) and part.ndim > 0 for part in parts) > 1:
        raise ValueError(SEVERAL)
    refuse_above_budget(_size(np.shape(array), parts), "array.getitem")
    with within_memory("array.getitem"):
        found = np.asanyarray(array)[parts]
    return found.item() if isinstance(found, np.generic) and not is_masked(array) else found


def _size(shape: tuple[int, ...], parts: Sequence[AnyValue]) -> float:
    """Items of the result where a list chooses positions, which may be more than there are; otherwise 0."""
    if not any(isinstance(part, np.ndarray) and part.dtype.kind != "b" for part in parts):
        return 0
    axis, items = 0, 1
    for place, part in enumerate(parts):
        start, axis = axis, axis + _axes(part)
        if part is ...:
            axis = len(shape) - sum(map(_axes, parts[place + 1 :]))
            items *= math.prod(shape[start:axis])
        elif isinstance(part, slice):
            items *= math.prod(len(range(*part.indices(length))) for length in shape[start:axis])
        elif isinstance(part, np.ndarray):
            items *= part.size
    return items * math.prod(shape[axis:])


def _axes(part: AnyValue) -> int:
    """How many axes a part of an index stands for."""
    if part is None or part is ...:
        return 0
    return part.ndim if isinstance(part, np.ndarray) and part.dtype.kind == "b" else 1


def checked(part: AnyValue) -> AnyValue:
    """One part of a bound index, as numpy takes it; what others wrote is checked."""
    if part is None or part is ... or isinstance(part, slice):
        return part
    if isinstance(part, np.ma.MaskedArray):
        if part.dtype.kind != "b":
            raise TypeError(
                "Invalid Array index: an array that is an index and not bool has no mask; use .filled"
            )
        part = part.filled(False)
    found = np.asarray(part)
    if not found.size and isinstance(part, list):
        return found.astype(int)
    if found.dtype.kind not in "biu":
        raise TypeError(f"Invalid Array index {part!r}: expected int or bool")
    if found.dtype.kind != "b" and found.ndim > 1:
        raise ValueError(TOO_DEEP.format(found.ndim))
    return int(found) if not found.ndim and found.dtype.kind != "b" else found
