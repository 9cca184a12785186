"""What programs over imagery mean, in plain numpy, image by image: written from the documentation alone.

Everything is eager and slow on purpose. `Refused` stands for a program that is not valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

Info = dict[str, dict[str, Any]]


class Refused(Exception):
    """The program is not valid; the real thing has to say so too."""


class Undecided(Exception):
    """The documentation does not say what happens: no such program is tested."""


@dataclass(frozen=True)
class Img:
    """An image: data and mask (band, y, x), or None for an empty one."""

    data: Any = None
    mask: Any = None
    info: Info = field(default_factory=dict)
    props: dict[str, Any] = field(default_factory=dict)

    @property
    def bands(self) -> list[str]:
        return list(self.info)

    @property
    def empty(self) -> bool:
        return self.data is None


EMPTY = Img()


@dataclass(frozen=True)
class Col:
    """Images that share bands and their info."""

    images: list[Img] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.images


def agreeing(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Fields that all dicts have with the same value; not said where one is NaN or masked."""
    first, *rest = rows
    if any(v is np.ma.masked or v != v for row in rows if rest for v in row.values()):
        raise Undecided
    return {k: v for k, v in first.items() if all(k in row and row[k] == v for row in rest)}


def collected(images: Iterable[Img]) -> Col:
    """Images in one collection: without the empty ones, bands as in the first, info that all agree on."""
    full = [image for image in images if not image.empty]
    if not full:
        return Col()
    names = full[0].bands
    for image in full:
        if sorted(image.bands) != sorted(names):
            raise Refused("band names differ")
    full = [picked(image, names) for image in full]
    info = {name: agreeing([image.info[name] for image in full]) for name in names}
    return Col([replace(image, info=info) for image in full])


def each(obj: Img | Col, function: Callable[[Img], Img]) -> Any:
    """A function of an image, for an image or each of a collection."""
    if obj.empty:
        return obj
    if isinstance(obj, Img):
        return function(obj)
    return collected(function(image) for image in obj.images)


def paired(a: Img | Col, b: Img | Col, function: Callable[[Img, Img], Img]) -> Any:
    """A function of two images, image by image."""
    several = isinstance(a, Col) or isinstance(b, Col)
    if a.empty or b.empty:
        return Col() if several else EMPTY
    if isinstance(a, Img) and isinstance(b, Img):
        return function(a, b)
    left = a.images if isinstance(a, Col) else [a] * len(b.images)
    right = b.images if isinstance(b, Col) else [b] * len(left)
    if len(left) != len(right):
        raise Refused("lengths differ")
    return Col([function(x, y) for x, y in zip(left, right, strict=True)])


def together(function: Callable[..., Img], *parts: Any) -> Any:
    """A function of images and numbers, image by image of the collections among them."""
    imagery = [part for part in parts if isinstance(part, (Img, Col))]
    collections = [part for part in imagery if isinstance(part, Col)]
    if any(part.empty for part in imagery):
        return Col() if collections else EMPTY
    if not collections:
        return function(*parts)
    if len({len(part.images) for part in collections}) > 1:
        raise Refused("lengths differ")
    rows = range(len(collections[0].images))
    return Col([function(*(p.images[i] if isinstance(p, Col) else p for p in parts)) for i in rows])


def picked(image: Img, names: Sequence[str], allow_missing: bool = False) -> Img:
    names = [name for name in names if name in image.info or not allow_missing]
    if any(name not in image.info for name in names):
        raise Refused("no such band")
    if not names:
        return EMPTY
    info: Info = {}
    for name in names:
        info[free_name(name, info)] = image.info[name]
    rows = [image.bands.index(name) for name in names]
    return replace(image, data=image.data[rows], mask=image.mask[rows], info=info)


def free_name(name: str, taken: Iterable[str]) -> str:
    taken, found, number = list(taken), name, 0
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


def renamed(image: Img, names: Sequence[str]) -> Img:
    old = image.bands
    if len(names) > len(old):
        raise Refused("more names than bands")
    new = [*names, *old[len(names) :]]
    if len(set(new)) < len(new):
        raise Refused("two bands of one name")
    return replace(image, info=dict(zip(new, image.info.values(), strict=True)))


def bands_joined(a: Img, b: Img) -> Img:
    info = dict(a.info)
    for name, fields in b.info.items():
        info[free_name(name, info)] = fields
    data, mask = np.concatenate([a.data, b.data]), np.concatenate([a.mask, b.mask])
    return Img(data, mask, info, agreeing([a.props, b.props]))


def computed(kernel: Callable[..., Any], *values: Any) -> tuple[Any, Any]:
    """The values of a kernel, and where they are none."""
    with np.errstate(all="ignore"):
        found = np.asarray(kernel(*values))
    return found, np.isnan(found) if found.dtype.kind == "f" else np.zeros(found.shape, bool)


def number_everywhere(number: Any) -> tuple[float, bool]:
    """The value and the mask of a number that stands for every pixel; a masked one hides every pixel."""
    if number is np.ma.masked:
        return 0.0, True
    return float(number), bool(np.isnan(number))


def pixelwise(kernel: Callable[..., Any], image: Img, *numbers: Any) -> Img:
    """A kernel on every pixel; what follows from a masked number is masked everywhere."""
    unknown = any(number is np.ma.masked for number in numbers)
    known = [np.nan if number is np.ma.masked else number for number in numbers]
    data, none = computed(kernel, image.data, *known)
    return replace(image, data=data, mask=image.mask | none | unknown)


def binary(op: str, kernel: Callable[..., Any], a: Img, b: Img) -> Img:
    one_a, one_b = len(a.info) == 1, len(b.info) == 1
    if not one_a and not one_b:
        if sorted(a.bands) != sorted(b.bands):
            raise Refused("bands do not match")
        b = picked(b, a.bands)
    if one_a and one_b:
        name = a.bands[0] if a.bands == b.bands else f"{a.bands[0]}_{op}_{b.bands[0]}"
        if len(name) > 120:
            raise Undecided
        info = {name: agreeing([*a.info.values(), *b.info.values()])}
    elif one_a or one_b:
        single, many = (a, b) if one_a else (b, a)
        rest = [*single.info.values(), *many.info.values()]
        info = {name: agreeing([fields, *rest]) for name, fields in many.info.items()}
    else:
        info = {name: agreeing([a.info[name], b.info[name]]) for name in a.bands}
    data, none = computed(kernel, a.data, b.data)
    return Img(data, a.mask | b.mask | none, info, agreeing([a.props, b.props]))


def hidden(image: Img, mask: Img, replaced: bool, outside: Any) -> Img:
    if len(mask.info) != 1:
        raise Refused("a mask has one band")
    flags = mask.data != 0
    own = (flags | mask.mask | outside) if replaced else (flags & ~mask.mask) | image.mask
    if replaced and (image.mask & ~own).any():
        raise Undecided  # what lies under a mask that is taken away
    return replace(image, mask=np.broadcast_to(own, image.data.shape))


def masked(obj: Img | Col, mask: Img | Col, replaced: bool, outside: Any) -> Any:
    """What the cutline leaves outside stays hidden, whatever is replaced."""
    if obj.empty or mask.empty:
        return obj
    return paired(obj, mask, lambda a, b: hidden(a, b, replaced, outside))


def getmask(image: Img) -> Img:
    data = image.mask.any(axis=0, keepdims=True)
    return Img(data, np.zeros_like(data), {"mask": {}}, image.props)


def stand_in(obj: Img | Col, fill: Img | Col, mask: bool) -> Any:
    """What replace_empty_with gives; what lies under a mask is no truth value."""
    if not obj.empty:
        return obj
    if not mask:
        return fill
    return each(fill, lambda i: replace(i, data=i.data.astype(float), mask=np.ones_like(i.mask)))


def filled(value: float, bands: Sequence[str], outside: Any) -> Img:
    """An image of one number; of what is no number, nothing."""
    number, none = number_everywhere(value)
    data = np.full((len(bands), *outside.shape), number)
    return Img(data, np.broadcast_to(outside | none, data.shape), {name: {} for name in bands})
