"""Properties and bandinfo while binding: lazy, because most runs never look at them."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .._spelling import did_you_mean
from .batch import Deferred, is_deferred
from .deferral import with_deferred

Row = dict[str, Any]
BandInfo = dict[str, dict[str, Any]]
Rows = np.ndarray[Any, Any]

LONGEST_CHAIN = 64
"""Lazy values that may wait for each other; the next one makes its sources first, lest they nest too deep."""


@dataclass(frozen=True, slots=True)
class Statistic(Deferred):
    """A deferred scalar as the value of a field, which can be computed where it has to be compared.

    Attributes
    ----------
    known : callable
        Gives its number.
    """

    known: Callable[[Deferred], Any] = field(compare=False, repr=False, kw_only=True)


class _Waiting:
    """A value that is made from its sources when it is first asked for."""

    __slots__ = ("depth",)

    def __init__(self, sources: Sequence[_Waiting]) -> None:
        for source in sources:
            if source.depth >= LONGEST_CHAIN:
                source.settle()
                source.depth = 0
        self.depth: int = 1 + max((source.depth for source in sources), default=0)

    def settle(self) -> None:
        """Make the value now."""
        raise NotImplementedError


class Properties(_Waiting):
    """Properties of a number of images: a tree of row selections and intersections over shared dicts.

    Row numbers are composed before anything is gathered, so a chain of selections costs one gather.
    """

    __slots__ = ("_made", "length")

    def __init__(self, length: int, *sources: Properties) -> None:
        super().__init__(sources)
        self.length = length
        self._made: list[Row] | None = None

    def settle(self) -> None:
        """Gather all dicts."""
        self.dicts()

    def dicts(self) -> list[Row]:
        """One dict per image; gathered once."""
        if self._made is None:
            self._made = [self.row(i) for i in range(self.length)]
        return self._made

    def row(self, index: int) -> Row:
        """Properties of one image."""
        return self._row(index) if self._made is None else self._made[index]

    def _row(self, index: int) -> Row:
        raise NotImplementedError

    def column(self, key: str) -> list[Any]:
        """The value of `key` for every image; KeyError naming the image without it."""
        values = []
        for index in range(self.length):
            row = self.row(index)
            if key not in row:
                raise KeyError(no_property(row, row.get("id", index), key))
            values.append(row[key])
        return values

    def take(self, rows: Rows) -> Properties:
        """The properties of some of the images, in the order of `rows`."""
        return Taken(self, rows)


class Listed(Properties):
    """Properties at hand, as the catalog or the user gave them."""

    __slots__ = ("rows",)

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__(len(rows))
        self.rows = rows

    def _row(self, index: int) -> Row:
        return self.rows[index]


class Taken(Properties):
    """Properties of selected images of another object."""

    __slots__ = ("rows", "source")

    def __init__(self, source: Properties, rows: Rows) -> None:
        super().__init__(len(rows), source.source if isinstance(source, Taken) else source)
        self.source: Properties = source
        self.rows: Rows = rows
        if isinstance(source, Taken):
            self.source, self.rows = source.source, source.rows[rows]

    def _row(self, index: int) -> Row:
        return self.source.row(int(self.rows[index]))


class Intersected(Properties):
    """Fields that two sources have in common with equal values, image by image; one image pairs with all."""

    __slots__ = ("first", "second")

    def __init__(self, first: Properties, second: Properties) -> None:
        super().__init__(max(first.length, second.length), first, second)
        self.first = first
        self.second = second

    def _row(self, index: int) -> Row:
        # of all images at once, kept: a program may meet the same properties on many ways
        a, b = self.first.dicts(), self.second.dicts()
        return common_fields([a[index if len(a) > 1 else 0], b[index if len(b) > 1 else 0]])


class Joined(Properties):
    """Properties of several objects, one after the other."""

    __slots__ = ("parts", "starts")

    def __init__(self, parts: Sequence[Properties]) -> None:
        super().__init__(sum(part.length for part in parts), *parts)
        self.parts = parts
        self.starts = np.cumsum([0, *(part.length for part in parts)])

    def _row(self, index: int) -> Row:
        part = int(np.searchsorted(self.starts, index, side="right")) - 1
        return self.parts[part].row(index - int(self.starts[part]))


class Common(Properties):
    """Fields that are equal in every image of each segment: the properties of composites."""

    __slots__ = ("segments", "source")

    def __init__(self, source: Properties, segments: Rows) -> None:
        super().__init__(len(segments), source)
        self.source = source
        self.segments = segments

    def _row(self, index: int) -> Row:
        start = int(self.segments[:index].sum())
        return common_fields(self.source.dicts()[start : start + int(self.segments[index])])


class Extended(Properties):
    """Properties with further fields, or with other values of fields that are there: one value per image."""

    __slots__ = ("fields", "source")

    def __init__(self, source: Properties, fields: Mapping[str, Sequence[Any]]) -> None:
        super().__init__(source.length, source)
        self.source = source
        self.fields = fields

    def _row(self, index: int) -> Row:
        return {**self.source.row(index), **{name: values[index] for name, values in self.fields.items()}}

    def column(self, key: str) -> list[Any]:
        """The given values; other fields are those of the source."""
        return list(self.fields[key]) if key in self.fields else self.source.column(key)


class Reduced(Properties):
    """Properties without some of their fields."""

    __slots__ = ("left_out", "source")

    def __init__(self, source: Properties, left_out: frozenset[str]) -> None:
        super().__init__(source.length, source)
        self.source = source
        self.left_out = left_out

    def _row(self, index: int) -> Row:
        return without(self.source.row(index), self.left_out)


def no_property(row: Row, image: object, name: str) -> str:
    """The text for a property that an image does not have."""
    known = ", ".join(sorted(row)) or "none"
    return f"image {image!r} has no property {name!r}; it has {known}{did_you_mean(str(name), row)}"


def without(row: Row, left_out: Container[str]) -> Row:
    """The fields of a row that are not left out."""
    return {name: value for name, value in row.items() if name not in left_out}


def common_fields(rows: Sequence[Row]) -> Row:
    """Fields that every row has, with equal values; order of the first."""
    if not rows:
        return {}
    first, rest = rows[0], rows[1:]
    return {
        key: value
        for key, value in first.items()
        if all(key in row and _equal(row[key], value) for row in rest)
    }


def _equal(first: Any, second: Any) -> bool:
    """Whether two values of a field are equal; arrays are if all of their items are."""
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        return np.array_equal(first, second)
    if first is second or first == second:
        return True
    return (is_deferred(first) or is_deferred(second)) and bool(_settled(first) == _settled(second))


def _settled(value: Any) -> Any:
    """A value whose statistics of pixels are computed: two that look different may be the same number."""
    return with_deferred(
        value, lambda scalar: scalar.known(scalar) if isinstance(scalar, Statistic) else scalar
    )


NOTHING = Listed([])


class Lazy(_Waiting):
    """A bandinfo that is made when it is first asked for, from what it says of its sources."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], BandInfo], *sources: Lazy) -> None:
        super().__init__(sources)
        self._make = make
        self._made: BandInfo | None = None

    def settle(self) -> None:
        """Make the bandinfo."""
        self.get()

    def get(self) -> BandInfo:
        """The bandinfo."""
        if self._made is None:
            self._made = self._make()
        return self._made
