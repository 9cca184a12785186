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
"""Lazy values that may wait for each other as they are made."""


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

    __slots__ = ("_made", "depth")
    _made: Any

    def __init__(self, *sources: _Waiting) -> None:
        self._made = None
        depth = 0
        for source in sources:
            if source.depth > depth:
                depth = source.depth
        self.depth: int = depth + 1

    def sources(self) -> Sequence[_Waiting]:
        """What it is made of."""
        return ()

    def settle(self) -> None:
        """Make the value now, from sources that do not nest too deeply."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Settle the sources from the innermost outwards, where they nest deeper than Python's stack may."""
        if self.depth <= LONGEST_CHAIN or self._made is not None:
            return
        stack = list(self.sources())
        while stack:
            unsettled = [source for source in stack[-1].sources() if source._made is None]
            if stack[-1]._made is None and unsettled:
                stack.extend(unsettled)
            else:
                stack.pop().settle()


class Properties(_Waiting):
    """Properties of a number of images: a tree of row selections and intersections over shared dicts.

    Row numbers are composed before anything is gathered, so a chain of selections costs one gather.
    """

    __slots__ = ("length",)
    _made: list[Row] | None

    def __init__(self, length: int, *sources: Properties) -> None:
        super().__init__(*sources)
        self.length = length

    def settle(self) -> None:
        """Gather all dicts."""
        self.dicts()

    def dicts(self) -> list[Row]:
        """One dict per image; gathered once."""
        if self._made is None:
            self.prepare()
            self._made = [self._row(i) for i in range(self.length)]
        return self._made

    def row(self, index: int) -> Row:
        """Properties of one image."""
        if self._made is not None:
            return self._made[index]
        self.prepare()
        return self._row(index)

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

    __slots__ = ("_columns", "rows")

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__(len(rows))
        self.rows = rows
        self._columns: dict[str, list[Any]] = {}

    def _row(self, index: int) -> Row:
        return self.rows[index]

    def column(self, key: str) -> list[Any]:
        """As of others; gathered once for all programs that use these rows."""
        found = self._columns.get(key)
        if found is None:
            found = self._columns[key] = super().column(key)
        return found


class Taken(Properties):
    """Properties of selected images of another object."""

    __slots__ = ("rows", "source")

    def __init__(self, source: Properties, rows: Rows) -> None:
        super().__init__(len(rows), source.source if isinstance(source, Taken) else source)
        self.source: Properties = source
        self.rows: Rows = rows
        if isinstance(source, Taken):
            self.source, self.rows = source.source, source.rows[rows]

    def sources(self) -> Sequence[Properties]:
        """Those it was given."""
        return (self.source,)

    def _row(self, index: int) -> Row:
        return self.source.row(int(self.rows[index]))


class Intersected(Properties):
    """Fields that two sources have in common with equal values, image by image; one image pairs with all."""

    __slots__ = ("first", "second")

    def __init__(self, first: Properties, second: Properties) -> None:
        super().__init__(max(first.length, second.length), first, second)
        self.first = first
        self.second = second

    def sources(self) -> Sequence[Properties]:
        """Those it was given."""
        return (self.first, self.second)

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

    def sources(self) -> Sequence[Properties]:
        """Those it was given."""
        return self.parts

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

    def sources(self) -> Sequence[Properties]:
        """Those it was given."""
        return (self.source,)

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

    def sources(self) -> Sequence[Properties]:
        """Those it was given."""
        return (self.source,)

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

    def sources(self) -> Sequence[Properties]:
        """Those it was given."""
        return (self.source,)

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


class Info(_Waiting):
    """A bandinfo that is made when it is first asked for."""

    __slots__ = ()
    _made: BandInfo | None

    def settle(self) -> None:
        """Make the bandinfo."""
        self.get()

    def get(self) -> BandInfo:
        """The bandinfo."""
        if self._made is None:
            self.prepare()
            self._made = self._info()
        return self._made

    def _info(self) -> BandInfo:
        raise NotImplementedError


class Lazy(Info):
    """A bandinfo that a function makes, from what it says of its sources."""

    __slots__ = ("_make", "_sources")

    def __init__(self, make: Callable[[], BandInfo], *sources: Info) -> None:
        super().__init__(*sources)
        self._make = make
        self._sources = sources

    def sources(self) -> Sequence[Info]:
        """Those it was given."""
        return self._sources

    def _info(self) -> BandInfo:
        return self._make()


class Paired(Info):
    """What is the same of several bandinfos: band by band, or between a single band and all of the others."""

    __slots__ = ("bands", "infos")

    def __init__(self, infos: Sequence[Info], bands: tuple[str, ...]) -> None:
        super().__init__(*infos)
        self.infos = infos
        self.bands = bands

    def sources(self) -> Sequence[Info]:
        """Those it was given."""
        return self.infos

    def _info(self) -> BandInfo:
        infos = [list(info.get().values()) for info in self.infos]
        if len({len(info) for info in infos}) == 1:
            groups = [list(rows) for rows in zip(*infos, strict=True)]
        else:
            everything = [row for info in infos for row in info]
            groups = [[row, *everything] for row in max(infos, key=len)]
        return {name: common_fields(rows) for name, rows in zip(self.bands, groups, strict=True)}
