"""What containers are built with, and their length, order and views."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any as AnyValue

from ..errors import JobInvalidTyping
from ..geo.features import COLLECTIONS
from ..graph import apply
from ..steps.batch import Column
from ..steps.raster import Raster
from ..types import Any, Bool, Dict, Element, ImageCollection, Int, List, Same, Slice, Str, Tuple
from ..types.proxytype import Proxytype
from .comparing import comparable
from .items import image_at
from .metadata import ImageProperties
from .registry import BUILD, operation


def _plain(name: str, function: Callable[..., AnyValue]) -> None:
    """Declare an operation that only builds a container from bound values."""

    def declaration(*items: Any) -> Any: ...

    declaration.__doc__ = f"The container that ``{name}`` builds."
    operation(name, public=False)(declaration).rule(lambda bind, *args, **kwargs: function(*args, **kwargs))


_plain("list", lambda *items: list(items))
_plain("tuple", lambda *items: items)
_plain("struct", lambda **fields: fields)


def of_container(bind: AnyValue, function: Callable[[AnyValue], AnyValue], value: AnyValue) -> AnyValue:
    """A function that moves items of a container about: once, or for the container of each image."""
    if isinstance(value, (Column, ImageProperties)):
        return bind.elementwise(function, (value,))
    return function(value)


@operation("list.copy", public=False)
def list_copy(items: List) -> List:
    """A list of the same items."""
    ...


@list_copy.rule
def _copy(bind: AnyValue, items: AnyValue) -> AnyValue:
    return of_container(bind, list, items)


@operation("Slice.create", public=False)
def slice_create(start: Any, stop: Any, step: Any) -> Slice:
    """The slice of these parts."""
    ...


@slice_create.value
def _slice(start: AnyValue = None, stop: AnyValue = None, step: AnyValue = None) -> slice:
    return slice(start, stop, step)


@operation("dict.create", public=False)
def dict_create(*flat: Any, **named: Any) -> Dict:
    """The dict of keys and values by turns, or of values by name."""
    ...


@dict_create.rule
def _dict(bind: AnyValue, /, *flat: AnyValue, **named: AnyValue) -> dict[AnyValue, AnyValue]:
    keys = bind.decided(flat[::2])
    return {**dict(zip(keys, flat[1::2], strict=True)), **named}


@operation("dict.from_pairs", public=False)
def dict_from_pairs(pairs: List) -> Dict:
    """The dict of a list of pairs; of equal keys the last one counts."""
    ...


@dict_from_pairs.rule
def _from_pairs(bind: AnyValue, pairs: AnyValue) -> AnyValue:
    items = [bind.items(pair) for pair in bind.items(pairs)]
    return _dict(bind, *(part for pair in items for part in pair))


@operation("length", on=List)
def length(self: List) -> Int:
    """Number of items.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.List[wf.Int]([3, 1, 2]).length().compute()
    3
    """
    ...


for _cls in (Dict, Str, Tuple, Any, ImageCollection):
    operation("length", on=_cls)(length.function)


@length.rule
def _length(bind: AnyValue, value: AnyValue) -> AnyValue:
    if isinstance(value, Raster):
        if not value.collection:
            raise JobInvalidTyping("an Image has no length; img.nbands is the number of its bands")
        if value.axis is None or value.segments is None:
            return value.images
        return Column(value.segments.tolist(), value.axis)
    return of_container(bind, len, value)


@operation("contains", on=List)
def contains(self: List, other: Element) -> Bool:
    """Whether an item equals `other`.

    Raises
    ------
    TypeError
        If ``==`` of two items gives no Bool, as with imagery.

    Examples
    --------
    >>> from descartes_flow import Int, List
    >>> List[Int]([1, 2]).contains(2).compute()
    True
    """
    comparable("eq", "==")(self, self)
    return BUILD


@contains.rule
def _contains(bind: AnyValue, value: AnyValue, other: AnyValue) -> AnyValue:
    keys = list(value) if isinstance(value, dict) else value
    return bind.elementwise(operator.contains, (keys, other))


@operation("contains", on=Dict, method="contains")
def dict_contains(self: Dict, key: object) -> Bool:
    """Whether there is a value for `key`.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Dict[wf.Str, wf.Int](a=1, b=2).contains("a").compute()
    True
    """
    return Bool._from_node(apply("contains", self._node, self.key_type._promote(key)._node))


@operation("contains", on=Str, method="contains")
def str_contains(self: Str, other: Str) -> Bool:
    """Whether `other` is a part of the text.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Str("nir red").contains("red").compute()
    True
    """
    ...


@operation("contains", on=Any, method="contains")
def any_contains(self: Any, other: Any) -> Bool:
    """Whether the value contains `other`.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Any([1, 2]).contains(2).compute()
    True
    """
    ...


@operation("reversed", on=List, method="reversed")
def reversed_list(self: List) -> Same:
    """The items in reverse order.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.List[wf.Int]([3, 1, 2]).reversed().compute()
    [2, 1, 3]
    """
    ...


@operation("reversed", on=ImageCollection, method="reversed")
def reversed_collection(self: ImageCollection) -> Same:
    """The images in reverse order.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> latest_first = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR").reversed()
    """
    ...


@operation("reversed", on=Str, method="reversed")
def reversed_text(self: Str) -> Same:
    """The characters in reverse order.

    Examples
    --------
    >>> Str("abc").reversed().compute()
    'cba'
    """
    ...


@operation("reversed", on=Any, method="__reversed__")
def reversed_any(self: Any) -> Any:
    """The items of the value in reverse order.

    Examples
    --------
    >>> from descartes_flow import Any
    >>> reversed(Any([1, 2])).compute()
    [2, 1]
    """
    ...


operation("reversed", on=Str, method="__reversed__")(reversed_text.function)
operation("reversed", on=List, method="__reversed__")(reversed_list.function)
operation("reversed", on=ImageCollection, method="__reversed__")(reversed_collection.function)


@reversed_list.rule
def _reversed(bind: AnyValue, value: AnyValue) -> AnyValue:
    if isinstance(value, Raster):
        return value if value.is_empty else image_at(value, slice(None, None, -1))
    return of_container(bind, _backwards, value)


def _backwards(items: AnyValue) -> AnyValue:
    if not isinstance(items, (list, tuple, str, *COLLECTIONS)):
        raise JobInvalidTyping(f"a value of type {type(items).__name__} has no order to reverse")
    return items[::-1]


def _view(
    name: str,
    summary: str,
    example: str,
    result: Callable[[AnyValue], type[Proxytype]],
    function: Callable[..., AnyValue],
) -> None:
    """Declare a view of a dict: its keys, values or pairs."""

    def declaration(self: Dict) -> AnyValue:
        return result(self)._from_node(apply(f"dict.{name}", self._node))

    declaration.__name__ = name
    declaration.__doc__ = f"""{summary}

    Examples
    --------
    >>> from descartes_flow import Dict, Int, Str
    >>> Dict[Str, Int](b=2, a=1).{name}().compute()
    {example}
    """
    made = operation(f"dict.{name}", on=Dict)(declaration)

    @made.rule
    def rule(bind: AnyValue, value: AnyValue) -> AnyValue:
        return of_container(bind, lambda found: function(_dict_of(found)), value)


def _dict_of(value: AnyValue) -> dict[AnyValue, AnyValue]:
    if not isinstance(value, dict):
        raise JobInvalidTyping(f"a value of type {type(value).__name__} has no keys")
    return value


_view("keys", "The keys, in order.", "['b', 'a']", lambda self: List.of(self.key_type), list)
_view(
    "values",
    "The values, in the order of the keys.",
    "[2, 1]",
    lambda self: List.of(self.value_type),
    lambda d: list(d.values()),
)
_view(
    "items",
    "Pairs of key and value.",
    "[('b', 2), ('a', 1)]",
    lambda self: List.of(Tuple.of(self.key_type, self.value_type)),
    lambda d: list(d.items()),
)
