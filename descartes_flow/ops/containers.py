"""Operations on tuples, lists, dicts and slices, and what all collections share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid, JobInvalidTyping, ProxyTypeError
from ..graph import apply
from ..steps.batch import CannotBatch, Column, is_batched
from ..steps.raster import Raster
from ..types import (
    Any,
    Bool,
    Dict,
    Element,
    Image,
    ImageCollection,
    Int,
    KnownDict,
    List,
    Same,
    Slice,
    Str,
    Tuple,
)
from ..types.proxytype import Proxytype, describe
from .metadata import ImageProperties
from .registry import operation


def _plain(name: str, function: Callable[..., AnyValue]) -> None:
    """Declare an operation that only builds a container from bound values."""

    def declaration(*items: Any) -> Any: ...

    declaration.__doc__ = f"The container that ``{name}`` builds."
    operation(name, public=False)(declaration).rule(lambda bind, *args, **kwargs: function(*args, **kwargs))


def _dict(*flat: AnyValue, **named: AnyValue) -> dict[AnyValue, AnyValue]:
    return {**dict(zip(flat[::2], flat[1::2], strict=True)), **named}


def _slice(start: AnyValue = None, stop: AnyValue = None, step: AnyValue = None) -> slice:
    return slice(start, stop, step)


_plain("list", lambda *items: list(items))
_plain("list.copy", lambda items: list(items))
_plain("tuple", lambda *items: items)
_plain("dict.create", _dict)
_plain("Slice.create", _slice)


def _item_type(self: Proxytype, key: AnyValue) -> type[Proxytype]:
    """Type of ``tuple[i]``: known where the position is."""
    kinds = type(self).parameters
    if isinstance(key, slice) or isinstance(key, Slice):
        return _slice_type(self, Slice._promote(key))
    position = Int._promote(key).literal_value
    if position is None:
        return Any
    if not -len(kinds) <= position < len(kinds):  # type: ignore[operator]
        raise IndexError(f"{type(self).__name__}[{position}]: the tuple has {len(kinds)} items")
    return kinds[position]  # type: ignore[index, no-any-return]


def _slice_type(self: Proxytype, key: Slice) -> type[Proxytype]:
    known = key.literal_value
    return Any if known is None else Tuple[type(self).parameters[known]]  # type: ignore[no-any-return]


@operation("get", on=Tuple, method="__getitem__")
def tuple_item(self: Tuple, index: Int | Slice) -> Any:
    """The item at a position, or a tuple of those that a slice names."""
    kind = _item_type(self, index)
    return kind._from_node(apply("get", self._node, index._node))  # type: ignore[return-value]


@operation(
    "get",
    on=List,
    method="__getitem__",
    returns=lambda self, index: type(self) if isinstance(index, Slice) else self.element_type(),
)
def list_item(self: List, index: Int | Slice) -> Any:
    """The item at a position, negative from the end, or a list of those that a slice names."""
    ...


@operation("get", on=Dict, method="__getitem__")
def dict_item(self: Dict, key: object) -> Any:
    """The value of a key; a missing one fails when it is computed."""
    return _value_of(self, key)  # type: ignore[return-value]


def _value_of(self: Dict, key: object, *default: Proxytype) -> Proxytype:
    try:
        promoted = self.key_type()._promote(key)
    except ProxyTypeError as error:
        raise ProxyTypeError(
            f"Dict keys are of type {self.key_type().__name__}, but indexed with {describe(key)}"
        ) from error
    kind = self.value_type()
    if isinstance(self, KnownDict) and isinstance(key, str):
        kind = self.known_types().get(key, kind)
    return kind._from_node(apply("get", self._node, promoted._node, *(value._node for value in default)))


@operation("get", on=Dict, method="get")
def dict_get(self: Dict, key: object, default: object) -> Any:
    """The value of a key, or `default` where it is missing.

    Parameters
    ----------
    key : object
        Promoted to the key type.
    default : object
        Promoted to the type of the value.
    """
    return _value_of(self, key, self.value_type()._promote(default))  # type: ignore[return-value]


@operation(
    "get",
    on=ImageCollection,
    method="__getitem__",
    returns=lambda self, index: type(self) if isinstance(index, Slice) else Image,
)
def collection_item(self: ImageCollection, index: Int | Slice) -> Any:
    """The image at a position, negative from the end, or the collection of those that a slice names.

    Any index into an empty collection gives an empty image; beyond the end of any other the run fails.
    """
    ...


@operation("get", on=Any, method="__getitem__")
def any_item(self: Any, key: object) -> Any:
    """Whatever the value has at `key`."""
    node = Slice._promote(key)._node if isinstance(key, slice) else Any._promote(key)._node
    return Any._from_node(apply("get", self._node, node))


@operation("get", on=Str, method="__getitem__")
def str_item(self: Str, index: Int | Slice) -> Str:
    """The character at a position, or the part that a slice names."""
    ...


MISSING = object()


@dict_get.rule
def get(bind: AnyValue, value: AnyValue, key: AnyValue, default: AnyValue = MISSING) -> AnyValue:
    """The item of any container, for a plain key, or one per image."""
    if isinstance(value, ImageProperties):
        return _property(value, key, default)
    key = bind.known(key)
    if isinstance(value, Raster):
        return _image(value, key)
    if isinstance(key, Column) or isinstance(value, Column):
        return bind.elementwise(_plain_item, (value, key) if default is MISSING else (value, key, default))
    return _plain_item(value, key, default)


def _property(value: ImageProperties, key: AnyValue, default: AnyValue) -> AnyValue:
    if isinstance(key, str) and default is MISSING:
        if not value.raster.collection:
            return value.field(key)
    elif isinstance(key, str) and value.axis is not None:
        return Column([row.get(key, default) for row in value.properties.dicts()], value.axis)
    if value.axis is not None:
        raise CannotBatch(value.axis, "the properties of a collection inside a lambda")
    return _plain_item(value.plain(), key, default)


def _plain_item(value: AnyValue, key: AnyValue, default: AnyValue = MISSING) -> AnyValue:
    if not isinstance(value, (list, tuple, dict, str)):
        raise JobInvalidTyping(f"a value of type {type(value).__name__} has no items")
    if default is not MISSING and isinstance(value, dict):
        return value.get(key, default)
    try:
        return value[key]  # type: ignore[index]
    except KeyError:
        raise JobInvalid(f"no key {key!r}; the keys are {', '.join(map(repr, value))}") from None
    except IndexError:
        raise JobInvalid(f"index {key!r} is beyond the end: there are {len(value)} items") from None


def _image(raster: Raster, key: AnyValue) -> Raster:
    """An image of a collection by position, or a part of the collection by slice."""
    if not raster.collection:
        raise JobInvalidTyping("an Image has no items; use pick_bands for its bands")
    if raster.is_empty:
        return raster.emptied(collection=isinstance(key, slice))
    if raster.axis is not None:
        raise CannotBatch(raster.axis, "an item of a collection inside a lambda")
    if isinstance(key, slice):
        return raster.take_images(np.arange(raster.images)[key])
    if not -raster.images <= key < raster.images:
        raise JobInvalid(f"index {key} is beyond the end: the collection has {raster.images} images")
    return raster.take_images([key % raster.images], collection=False)


@operation("length", on=List)
def length(self: List) -> Int:
    """Number of items."""
    ...


for _cls in (Dict, Str, Tuple, Any, ImageCollection):
    operation("length", on=_cls)(length.function)


@length.rule
def _length(bind: AnyValue, value: AnyValue) -> AnyValue:
    if isinstance(value, ImageProperties):
        value = value.plain() if value.axis is None else value
    if isinstance(value, Raster):
        if not value.collection:
            raise JobInvalidTyping("an Image has no length; img.nbands is the number of its bands")
        return value.images if value.segments is None else Column(value.segments.tolist(), value.axis)  # type: ignore[arg-type]
    if isinstance(value, Column):
        return Column([len(item) for item in value.values], value.axis)
    return len(value)


@operation("contains", on=List)
def contains(self: List, other: Element) -> Bool:
    """Whether an item equals `other`."""
    ...


@contains.value
def _contains(value: AnyValue, other: AnyValue) -> bool:
    return other in value


@operation("contains", on=Dict, method="contains")
def dict_contains(self: Dict, key: object) -> Bool:
    """Whether there is a value for `key`."""
    return Bool._from_node(apply("contains", self._node, self.key_type()._promote(key)._node))


@operation("contains", on=Str, method="contains")
def str_contains(self: Str, other: Str) -> Bool:
    """Whether `other` is a part of the text."""
    ...


@operation("contains", on=Any, method="contains")
def any_contains(self: Any, other: Any) -> Bool:
    """Whether the value contains `other`."""
    ...


@operation("reversed", on=List, method="reversed")
def reversed_list(self: List) -> Same:
    """The items in reverse order."""
    ...


@operation("reversed", on=ImageCollection, method="reversed")
def reversed_collection(self: ImageCollection) -> Same:
    """The images in reverse order."""
    ...


for _cls in (List, ImageCollection):
    _cls.__reversed__ = lambda self: self.reversed()  # type: ignore[attr-defined]


@reversed_list.rule
def _reversed(bind: AnyValue, value: AnyValue) -> AnyValue:
    if isinstance(value, Raster):
        return value if value.is_empty else _image(value, slice(None, None, -1))
    return value[::-1]


def _view(
    name: str, summary: str, result: Callable[[AnyValue], type], function: Callable[..., AnyValue]
) -> None:
    """Declare a view of a dict: its keys, values or pairs."""

    def declaration(self: Dict) -> Any:
        return result(self)._from_node(apply(f"dict.{name}", self._node))  # type: ignore[attr-defined, no-any-return]

    declaration.__name__ = name
    declaration.__doc__ = summary
    made = operation(f"dict.{name}", on=Dict)(declaration)

    @made.rule
    def rule(bind: AnyValue, value: AnyValue) -> AnyValue:
        plain = value.plain() if isinstance(value, ImageProperties) and value.axis is None else value
        if is_batched(plain):
            raise CannotBatch(plain.axis, f"{name} of a dict inside a lambda")
        return function(plain)


_view("keys", "The keys, in order.", lambda self: List[self.key_type()], list)
_view(
    "values",
    "The values, in the order of the keys.",
    lambda self: List[self.value_type()],
    lambda d: list(d.values()),
)
_view(
    "items",
    "Pairs of key and value.",
    lambda self: List[Tuple[self.key_type(), self.value_type()]],
    lambda d: list(d.items()),
)
