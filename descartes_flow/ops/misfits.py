"""Bound values that an operation was not declared for: a graft from outside may pass anything to anything.

Python programs are held to the declarations when their graph is built. Rules rely on them, so what stands for
imagery or for groups is looked at once more before a rule sees it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from itertools import repeat
from types import UnionType
from typing import Any as AnyValue
from typing import NamedTuple, get_args

from ..errors import JobInvalidTyping
from ..steps.raster import Raster
from ..types import Image, ImageCollection, ImageCollectionGroupby, Imagery
from .grouping import Groups
from .overload import Operation, Overload
from .signatures import DOUBLE_STARRED, STARRED

KINDS: Mapping[type, str] = {
    Image: "an Image",
    ImageCollection: "an ImageCollection",
    Imagery: "an Image or ImageCollection",
    ImageCollectionGroupby: "groups of images",
}
"""Proxy classes whose bound values are looked at, the narrower ones first."""


class Wanted(NamedTuple):
    """What the positional arguments of an operation must be: classes of `KINDS`, or None for anything."""

    places: tuple[type | None, ...]
    rest: type | None


ANYTHING = Wanted((), None)


def refuse_misfits(operation: Operation, args: Sequence[AnyValue]) -> None:
    """JobInvalidTyping for a bound value that cannot be what the operation was declared for."""
    wanted = wanted_of(operation)
    if wanted is ANYTHING:
        return
    rest = repeat(wanted.rest, max(0, len(args) - len(wanted.places)))
    for value, kind in zip(args, (*wanted.places, *rest), strict=False):
        if kind is not None and not _fits(value, kind):
            raise JobInvalidTyping(f"{operation.name}: expected {KINDS[kind]}, got {_said(value)}")


def _fits(value: AnyValue, kind: type) -> bool:
    if kind is ImageCollectionGroupby:
        return isinstance(value, Groups)
    if not isinstance(value, Raster):
        return False
    return kind is Imagery or value.is_empty or value.collection is (kind is ImageCollection)


def _said(value: AnyValue) -> str:
    if isinstance(value, Raster):
        return "an ImageCollection" if value.collection else "an Image"
    return f"a value of type {type(value).__name__}"


@functools.cache
def wanted_of(operation: Operation) -> Wanted:
    """What all declarations of an operation say of its positional arguments.

    Examples
    --------
    >>> from descartes_flow.ops.registry import OPERATIONS
    >>> wanted_of(OPERATIONS["concat"]).rest.__name__
    'Imagery'
    """
    said = [_positional(overload) for overload in operation.overloads]
    length = max((len(one.places) for one in said), default=0)
    places = [
        _common([one.places[i] if i < len(one.places) else one.rest for one in said]) for i in range(length)
    ]
    rest = _common([one.rest for one in said])
    return Wanted(tuple(places), rest) if rest or any(places) else ANYTHING


def _positional(overload: Overload) -> Wanted:
    arguments = [
        argument
        for argument in overload.arguments
        if not overload.is_named(argument) and argument.kind is not DOUBLE_STARRED
    ]
    places = [_kind(argument.annotation) for argument in arguments if argument.kind is not STARRED]
    if overload.options.on is not None:
        places[0] = _kind(overload.options.on)
    rest = next((_kind(argument.annotation) for argument in arguments if argument.kind is STARRED), None)
    return Wanted(tuple(places), rest)


def _kind(annotation: AnyValue) -> type | None:
    """The class of `KINDS` that all classes of an annotation belong to."""
    classes = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    if not all(isinstance(cls, type) for cls in classes):
        return None
    return next((kind for kind in KINDS if all(issubclass(cls, kind) for cls in classes)), None)


def _common(kinds: Sequence[type | None]) -> type | None:
    found = set(kinds)
    if len(found) == 1:
        return found.pop()
    return Imagery if found and found <= {Image, ImageCollection, Imagery} else None
