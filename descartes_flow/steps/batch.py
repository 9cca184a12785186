"""Values of a lambda that is evaluated once for all images.

The body of ``col.map(lambda img: ...)`` is evaluated once with `img` standing for every image of the
collection. A scalar of it is then a `Column`, one value per image. Every such value carries its `Axis`; what
would mix two axes, or needs a truth value, raises `CannotBatch`, and the map falls back to one evaluation per
image.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any, NoReturn, Protocol

import numpy as np


class CannotBatch(Exception):
    """A body has no batched form; the map that bound the axis evaluates it image by image."""

    def __init__(self, axis: Axis | None, why: str) -> None:
        super().__init__(why)
        self.axis = axis


class Axis:
    """The images over which one lambda is evaluated at once; two axes of equal length are still two.

    Attributes
    ----------
    length : int
        Number of images.
    parent : Axis or None
        The axis of the enclosing lambda that this one refines: each image here belongs to one there.
    rows : numpy.ndarray or None
        For each image its position on `parent`.
    """

    __slots__ = ("length", "parent", "rows")

    def __init__(
        self, length: int, parent: Axis | None = None, rows: np.ndarray[Any, Any] | None = None
    ) -> None:
        self.length = length
        self.parent = parent
        self.rows = rows

    def rows_in(self, ancestor: Axis) -> np.ndarray[Any, Any] | None:
        """For each image here its position on `ancestor`; None if this axis does not refine it."""
        if self is ancestor:
            return np.arange(self.length, dtype=np.int32)
        if self.parent is None or self.rows is None:
            return None
        above = self.parent.rows_in(ancestor)
        return None if above is None else above[self.rows]


class Batched(Protocol):
    """A value per image of an axis."""

    @property
    def axis(self) -> Axis | None:
        """The axis; None for a value that is the same for all."""

    def each(self, axis: Axis) -> Sequence[Any]:
        """One value for each image of its axis, or of one that refines it; CannotBatch for another axis."""


def joint_axis(values: Iterable[Any]) -> Axis | None:
    """The finest axis among batched values; CannotBatch where two axes are unrelated."""
    finest: Axis | None = None
    for value in values:
        if isinstance(value, CONTAINERS):
            axis = joint_axis(value.values() if isinstance(value, dict) else value)
        else:
            axis = getattr(value, "axis", None)
        if axis is None or axis is finest:
            continue
        if finest is None or axis.rows_in(finest) is not None:
            finest = axis
        elif finest.rows_in(axis) is None:
            raise CannotBatch(axis, "values of two image axes meet")
    return finest


CONTAINERS = (list, tuple, dict)


def rows_of(axis: Axis, finer: Axis) -> np.ndarray[Any, Any]:
    """For each image of `finer` its position on `axis`; CannotBatch where that is another axis."""
    rows = finer.rows_in(axis)
    if rows is None:
        raise CannotBatch(axis, "values of two image axes meet")
    return rows


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One plain value per image of an axis."""

    values: list[Any]
    axis: Axis

    def each(self, axis: Axis) -> list[Any]:
        """The values repeated for each image of a finer axis."""
        if axis is self.axis:
            return self.values
        return [self.values[row] for row in rows_of(self.axis, axis)]

    def __bool__(self) -> NoReturn:
        raise CannotBatch(self.axis, "a value that differs by image decides what is computed")

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __ne__ = lambda self, other: bool(self)
    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Deferred:
    """A scalar that only pixels know: a step of shape (images, 1, 1, 1).

    Attributes
    ----------
    step : int
    axis : Axis or None
        Inside a batched lambda: the images of the step are those of this axis.
    row : int
        Without an axis: which image of the step.
    """

    step: int
    axis: Axis | None = None
    row: int = 0

    def each(self, axis: Axis) -> list[Deferred]:
        """One scalar for each image of an axis; together they are still one step."""
        assert self.axis is not None, "a batched value has an axis"
        return [Deferred(self.step, None, int(row)) for row in rows_of(self.axis, axis)]

    def __bool__(self) -> NoReturn:
        raise TypeError("a value of pixels must be computed before it can decide")


def batch_axis(value: Any) -> Axis | None:
    """The axis of `value`, or of the first value per image in it; None if it holds no such value."""
    if isinstance(value, (list, tuple, dict)):
        items = value.values() if isinstance(value, dict) else value
        return next((axis for axis in map(batch_axis, items) if axis is not None), None)
    return getattr(value, "axis", None)


def is_batched(value: Any) -> bool:
    """Whether `value` is, or contains, a value per image."""
    return batch_axis(value) is not None


PLAIN = frozenset((str, int, float, bool, type(None), datetime))
"""Types of values that hold nothing; most columns have no others."""


def is_deferred(value: Any) -> bool:
    """Whether `value` is, or contains, a scalar that only pixels know."""
    if isinstance(value, (list, tuple, dict)):
        items = value.values() if isinstance(value, dict) else value
        return not PLAIN.issuperset(map(type, items)) and any(map(is_deferred, items))
    return isinstance(value, Deferred)


def elementwise(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Column:
    """`function` once per image, columns giving one value each and the rest being the same for all."""
    axis = joint_axis(_leaves([*args, *kwargs.values()]))
    assert axis is not None, "a column has an axis"
    columns = [_spread(value, axis) for value in (*args, *kwargs.values())]
    if not kwargs and all(map(_is_plain, columns)):
        function = getattr(function, "plain", function)
    if not kwargs:
        return Column(list(map(function, *columns)), axis)

    def call(*values: Any) -> Any:
        return function(*values[: len(args)], **dict(zip(kwargs, values[len(args) :], strict=True)))

    return Column(list(map(call, *columns)), axis)


def _leaves(values: Iterable[Any]) -> Iterator[Any]:
    """What is in containers, and in containers in them."""
    for value in values:
        if isinstance(value, (list, tuple, dict)):
            yield from _leaves(value.values() if isinstance(value, dict) else value)
        else:
            yield value


def _is_plain(column: Any) -> bool:
    """Whether the values of a column are of no other types than `PLAIN`."""
    return PLAIN.issuperset(map(type, [column.value] if isinstance(column, _Repeated) else column))


class _Repeated:
    """The same value at every position, for as many as are asked for."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __getitem__(self, index: int) -> Any:
        return self.value

    def __iter__(self) -> Iterator[Any]:
        return repeat(self.value)


def _spread(value: Any, axis: Axis) -> Any:
    """`value` indexable by image; containers of values per image are rebuilt for each."""
    if isinstance(value, (list, tuple)) and is_batched(value):
        columns = [_spread(item, axis) for item in value]
        return [type(value)(column[i] for column in columns) for i in range(axis.length)]
    if isinstance(value, dict) and is_batched(value):
        named = {key: _spread(item, axis) for key, item in value.items()}
        return [{key: column[i] for key, column in named.items()} for i in range(axis.length)]
    if getattr(value, "axis", None) is not None:
        return value.each(axis)
    return _Repeated(value)


def per_image(value: Any, axis: Axis) -> list[Any]:
    """A value of a batched lambda as one value per image; scalars of pixels stay deferred."""
    spread = _spread(value, axis)
    return [spread[i] for i in range(axis.length)]
