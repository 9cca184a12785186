"""Items of containers and of collections: ``x[i]``, ``d[key]`` and `Dict.get`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid, JobInvalidTyping, ProxyTypeError
from ..geo.features import COLLECTIONS
from ..graph import apply
from ..steps.batch import CannotBatch, Column, per_image
from ..steps.raster import Raster
from ..types import Any, Dict, Image, ImageCollection, Int, KnownDict, List, NoneType, Slice, Str, Tuple
from ..types.proxytype import Proxytype, describe
from .bands import pick_bands
from .metadata import ImageProperties
from .registry import BUILD, operation


def _item_type(self: Proxytype, key: AnyValue) -> type[Proxytype]:
    """Type of ``tuple[i]``: known where the position is."""
    kinds = type(self).parameters
    position = key.literal_value
    if position is None:
        return Any
    if isinstance(position, slice):
        return Tuple.of(*kinds[position])
    if not -len(kinds) <= position < len(kinds):
        raise IndexError(f"{type(self).__name__}[{position}]: the tuple has {len(kinds)} items")
    kind: type[Proxytype] = kinds[position]
    return kind


@operation("get", on=Tuple, method="__getitem__")
def tuple_item(self: Tuple, index: Int | Slice) -> AnyValue:
    """The item at a position, or a tuple of those that a slice names; Any where that is known only later.

    Raises
    ------
    IndexError
        If the position is beyond the end.

    Examples
    --------
    >>> from descartes_flow import Int, Str, Tuple
    >>> values = Tuple[Int, Str, Int]((1, "a", 2))
    >>> type(values[-1]).__name__, type(values[:2]).__name__, type(values[values[0]]).__name__
    ('Int', 'Tuple[Int, Str]', 'Any')
    """
    kind = _item_type(self, index)
    return kind._from_node(apply("get", self._node, index._node))


@operation(
    "get",
    on=List,
    method="__getitem__",
    returns=lambda self, index: type(self) if isinstance(index, Slice) else self.element_type(),
)
def list_item(self: List, index: Int | Slice) -> Any:
    """The item at a position, negative from the end, or a list of those that a slice names.

    Raises
    ------
    JobInvalid
        When computed, if the position is beyond the end.

    Examples
    --------
    >>> from descartes_flow import Int, List
    >>> numbers = List[Int]([1, 2, 3])
    >>> numbers[-1].compute(), numbers[::-1].compute()
    (3, [3, 2, 1])
    """
    ...


@operation("get", on=Dict, method="__getitem__")
def dict_item(self: Dict, key: object) -> AnyValue:
    """The value of a key; a missing one fails when it is computed.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Dict[wf.Str, wf.Int](a=1, b=2)["b"].compute()
    2
    """
    return _value_of(self, key)


def _value_of(self: Dict, key: object, *default: object) -> Proxytype:
    try:
        promoted = self.key_type._promote(key)
    except ProxyTypeError as error:
        raise ProxyTypeError(
            f"Dict keys are of type {self.key_type.__name__}, but indexed with {describe(key)}"
        ) from error
    kind = self.value_type
    if isinstance(self, KnownDict) and isinstance(key, str):
        kind = self.known_types().get(key, kind)
    try:
        given = [(NoneType if value is None else kind)._promote(value)._node for value in default]
    except ProxyTypeError as error:
        raise ProxyTypeError(
            f"{type(self).__name__}.get(default=): expected {kind.__name__}, got {describe(default[0])}"
        ) from error
    return kind._from_node(apply("get", self._node, promoted._node, *given))


@operation("get", on=Dict, method="get")
def dict_get(self: Dict, key: object, default: object = None) -> AnyValue:
    """The value of a key, or `default` where it is missing.

    Parameters
    ----------
    key : object
        Promoted to the key type.
    default : object, optional
        Promoted to the type of the value, which is that of the listed key in a KnownDict. Left out: None is
        what a missing key computes to.

    Examples
    --------
    >>> from descartes_flow import Dict, Int, Str
    >>> Dict[Str, Int](a=1).get("b", 0).compute()
    0
    """
    return _value_of(self, key, default)


@operation(
    "get",
    on=ImageCollection,
    method="__getitem__",
    returns=lambda self, index: Image if isinstance(index, Int) else type(self),
)
def collection_item(self: ImageCollection, index: Int | Slice | Str | List[Str]) -> Any:
    """The image at a position, negative from the end, the images that a slice names, or bands by name.

    Any index into an empty collection gives an empty image; beyond the end of any other the run fails. Names
    of bands are those of `pick_bands`: ``col["red"]``, ``col[["red", "green"]]``.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> type(col[-1]).__name__
    'Image'
    >>> type(col[1:3]).__name__
    'ImageCollection'
    """
    if isinstance(index, (Int, Slice)):
        return BUILD
    names = index.literal_value if isinstance(index, Str) else None
    return pick_bands(self, index if names is None else names)


@operation("get", on=Any, method="__getitem__")
def any_item(self: Any, key: object) -> Any:
    """Whatever the value has at `key`.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Any({"a": [1, 2]})["a"][1].compute()
    2
    """
    node = Slice._promote(key)._node if isinstance(key, slice) else Any._promote(key)._node
    return Any._from_node(apply("get", self._node, node))


@operation("get", on=Str, method="__getitem__")
def str_item(self: Str, index: Int | Slice) -> Str:
    """The character at a position, or the part that a slice names.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Str("nir")[0].compute()
    'n'
    """
    ...


MISSING = object()


@dict_get.rule
def get(bind: AnyValue, value: AnyValue, key: AnyValue, default: AnyValue = MISSING) -> AnyValue:
    """The item of any container, for a plain key, or one per image."""
    if isinstance(value, ImageProperties):
        return _property(bind, value, key, default)
    key = bind.known(key)
    if isinstance(value, Raster):
        return image_at(value, key)
    if isinstance(key, Column) or isinstance(value, Column):
        return bind.elementwise(_plain_item, (value, key) if default is MISSING else (value, key, default))
    return _plain_item(value, key, default)


def _property(bind: AnyValue, value: ImageProperties, key: AnyValue, default: AnyValue) -> AnyValue:
    if isinstance(key, str) and default is MISSING:
        if not value.raster.collection:
            return value.field(key)
    elif isinstance(key, str) and value.axis is not None and not value.raster.collection:
        defaults = per_image(default, value.axis)
        rows = zip(value.properties.dicts(), defaults, strict=True)
        return value.of_images([row.get(key, other) for row, other in rows])
    if value.axis is not None:
        raise CannotBatch(value.axis, "the properties of a collection inside a lambda")
    return get(bind, value.plain(), key, default)


def _plain_item(value: AnyValue, key: AnyValue, default: AnyValue = MISSING) -> AnyValue:
    if not isinstance(value, (list, tuple, dict, str, *COLLECTIONS)):
        raise JobInvalidTyping(f"a value of type {type(value).__name__} has no items")
    if default is not MISSING and isinstance(value, dict):
        return value.get(key, default)
    try:
        return value[key]
    except KeyError:
        raise JobInvalid(f"no key {key!r}; the keys are {', '.join(map(repr, value))}") from None
    except IndexError:
        raise JobInvalid(f"index {key!r} is beyond the end: there are {len(value)} items") from None


def image_at(raster: Raster, key: AnyValue) -> Raster:
    """An image of a collection by position, or a part of the collection by slice."""
    if not raster.collection:
        raise JobInvalidTyping("an Image has no items; use pick_bands for its bands")
    if raster.is_empty:
        return raster.emptied(collection=isinstance(key, slice))
    if isinstance(key, slice):
        return raster.select(lambda length: np.arange(length)[key])
    if raster.some_empty:
        raise CannotBatch(raster.axis, "some of the collections are empty")
    shortest = raster.images if raster.axis is None else int(raster.lengths.min())
    if not -shortest <= key < shortest:
        raise JobInvalid(f"index {key} is beyond the end: the collection has {shortest} images")
    chosen = raster.select(lambda length: [key % length])
    return replace(chosen, collection=False, segments=None)
