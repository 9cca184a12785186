"""Images of a collection by group: `ImageCollection.groupby`, and the groups one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid, ProxyTypeError
from ..graph import apply
from ..steps.batch import CannotBatch
from ..steps.metadata import Extended
from ..steps.raster import Raster
from ..types import (
    Any,
    Callback,
    Dict,
    Function,
    Image,
    ImageCollection,
    ImageCollectionGroupby,
    Imagery,
    Int,
    NoneType,
    Tuple,
)
from ..types.datetimes.datetime_ import PARTS
from ..types.names import article
from ..types.proxytype import Proxytype, describe
from .mapping import for_each_known
from .registry import operation


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Bound groups: the images of all groups in one stack, group by group."""

    keys: list[AnyValue]
    raster: Raster
    lengths: np.ndarray[AnyValue, AnyValue]

    def group(self, number: int) -> Raster:
        """The collection of one group."""
        start = int(self.lengths[:number].sum())
        return self.raster.take_images(np.arange(start, start + int(self.lengths[number])))

    def all(self) -> dict[AnyValue, Raster]:
        """The collections by key."""
        starts = np.cumsum(self.lengths) - self.lengths
        return {
            key: self.raster.take_images(np.arange(start, start + length))
            for key, start, length in zip(self.keys, starts, self.lengths, strict=True)
        }


UNGROUPED = (Imagery, Function, NoneType, Dict, ImageCollectionGroupby)
"""What cannot be the key of a group."""


def _groupby_type(func: Function) -> AnyValue:
    kind = func.return_type
    if issubclass(kind, UNGROUPED):
        raise TypeError(f"groupby(func=): the key of a group cannot be {article(kind.__name__)}")
    return ImageCollectionGroupby.of(kind)


@operation("ImageCollectionGroupby.create", on=ImageCollection, method="groupby")
def groupby(
    self: ImageCollection,
    func: object = None,
    dates: str | Sequence[str] | None = None,
) -> ImageCollectionGroupby[Any]:
    """The images by group; grouping by properties reads no pixel.

    Parameters
    ----------
    func : callable, optional
        Takes the proxy of an image, returns the key of its group: a number, text, date, or a tuple of those.
        It is called once, while the graph is built.
    dates : str or sequence of str, optional
        Instead of `func`: parts of the image's date, such as ``"month"`` (the key is then an Int) or
        ``("year", "month")`` (a Tuple).

    Returns
    -------
    ImageCollectionGroupby[K]
        K is what `func` returns. Each image has its key as property ``group``. Groups are sorted by key, or
        where keys cannot be sorted in the order in which they first occur. An empty collection has no
        groups.

    Raises
    ------
    TypeError
        If both or none of `func` and `dates` are given, or the key cannot name a group.
    AttributeError
        If a date has no such part.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> col = ImageCollection.from_id("sentinel-2:L1C")
    >>> col.groupby(dates="month").median(axis="images")
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    >>> col.groupby(lambda img: img.properties["product"]).groups
    <descartes_flow.types.containers.dict_.Dict[Str, ImageCollection] at 0x...>
    """
    parts = None if isinstance(dates, NoneType) else dates
    if (func is None) == (parts is None):
        raise TypeError(
            'groupby(): give either func, as in groupby(lambda img: img.properties["id"]), or dates, as in '
            'groupby(dates="month")'
        )
    if isinstance(func, str):
        raise ProxyTypeError(
            f"groupby(func=): expected a function, got {describe(func)}; a part of the date is named by "
            f"groupby(dates={func!r})"
        )
    if parts is not None:
        func = _by_dates([parts] if isinstance(parts, str) else list(parts), isinstance(parts, str))
    traced = Function.trace(Callback((Image,)), func, type(self))
    made: ImageCollectionGroupby[Any] = _groupby_type(traced)._from_node(
        apply("ImageCollectionGroupby.create", self._node, traced._node)
    )
    return made


def _by_dates(parts: list[str], single: bool) -> AnyValue:
    """The function from an image to parts of its date."""
    unknown = [part for part in parts if part not in PARTS]
    if unknown or not parts:
        raise AttributeError(
            f"groupby(dates=): a date has no part {', '.join(map(repr, unknown)) or '()'}; "
            f"known: {', '.join(PARTS)}"
        )

    def key(img: Image) -> Proxytype:
        date = img.properties["date"]
        found: list[Int] = [getattr(date, part) for part in parts]
        return found[0] if single else Tuple.of(*[Int] * len(found))(found)

    return key


@groupby.rule
def _groupby(bind: AnyValue, raster: Raster, func: AnyValue) -> Groups:
    if raster.axis is not None:
        raise CannotBatch(raster.axis, "groups for every image")
    if raster.is_empty:
        return Groups([], raster, np.zeros(0, np.int32))
    axis, image = raster.by_image()
    keys = [_key(value) for value in for_each_known(bind, axis, [image], func)]
    rows: dict[AnyValue, list[int]] = {}
    for row, key in enumerate(keys):
        rows.setdefault(key, []).append(row)
    ordered = _sorted(list(rows))
    chosen = [row for key in ordered for row in rows[key]]
    made = raster.take_images(chosen)
    properties = Extended(made.properties, {"group": [keys[row] for row in chosen]})
    lengths = np.asarray([len(rows[key]) for key in ordered], np.int32)
    return Groups(ordered, replace(made, properties=properties), lengths)


NAN = float("nan")


def _key(value: AnyValue) -> AnyValue:
    """A value as the key of a dict: lists become tuples, all NaN are one key."""
    if isinstance(value, (list, tuple)):
        return tuple(map(_key, value))
    if isinstance(value, float) and value != value:
        return NAN
    if isinstance(value, (dict, Raster)):
        raise JobInvalid(f"the key of a group cannot be a {type(value).__name__}")
    return value


def _sorted(keys: list[AnyValue]) -> list[AnyValue]:
    """The keys in order, NaN last; as they come where they cannot be compared."""
    try:
        return sorted(keys, key=lambda key: (key is NAN, 0.0 if key is NAN else key))
    except TypeError:
        return keys


@operation(
    "ImageCollectionGroupby.groups",
    on=ImageCollectionGroupby,
    as_property=True,
    returns=lambda self: Dict.of(self.key_type, ImageCollection),
)
def groups(self: ImageCollectionGroupby) -> Dict[Any, ImageCollection]:
    """The collections by key; no key for an empty collection.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> months = ImageCollection.from_id("sentinel-2:L1C").groupby(dates="month")
    >>> months.groups.keys()
    <descartes_flow.types.containers.list_.List[Int] at 0x...>
    """
    ...


@groups.rule
def _groups(bind: AnyValue, value: Groups) -> dict[AnyValue, Raster]:
    return value.all()


@operation("ImageCollectionGroupby.get", on=ImageCollectionGroupby, method="__getitem__")
def group_item(self: ImageCollectionGroupby, key: object) -> ImageCollection:
    """The collection of one group; empty where there is no such key.

    Parameters
    ----------
    key : object
        Promoted to the type of the keys.

    Raises
    ------
    TypeError
        If it is of another type.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> ImageCollection.from_id("sentinel-2:L1C").groupby(dates="month")[7]
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    """
    try:
        promoted = self.key_type._promote(key)
    except TypeError as error:
        raise TypeError(
            f"ImageCollectionGroupby[key]: keys are of type {self.key_type.__name__}, "
            f"but indexed with {describe(key)}"
        ) from error
    return ImageCollection._from_node(apply("ImageCollectionGroupby.get", self._node, promoted._node))


@group_item.rule
def _group_item(bind: AnyValue, value: Groups, key: AnyValue) -> Raster:
    found = _key(bind.decided(key))
    if found not in value.keys:
        return value.raster.emptied()
    return value.group(value.keys.index(found))


@operation(
    "ImageCollectionGroupby.one",
    on=ImageCollectionGroupby,
    returns=lambda self: Tuple.of(self.key_type, ImageCollection),
)
def one(self: ImageCollectionGroupby) -> Tuple[Any, ImageCollection]:
    """Key and collection of a group, to try something out: of the first.

    Raises
    ------
    JobInvalid
        When computed, if there are no groups.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> month, images = ImageCollection.from_id("sentinel-2:L1C").groupby(dates="month").one()
    >>> month
    <descartes_flow.types.primitives.number.Int at 0x...>
    """
    ...


@one.rule
def _one(bind: AnyValue, value: Groups) -> tuple[AnyValue, Raster]:
    if not value.keys:
        raise JobInvalid("there are no groups: the collection is empty")
    return value.keys[0], value.group(0)
