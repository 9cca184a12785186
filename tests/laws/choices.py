"""Choices: one of two values, pixel by pixel or as a whole, and one image of several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.laws import oracle
from tests.laws.areas import Area
from tests.laws.imagery import ImageryMaker
from tests.laws.nodes import Env, Node, placed
from tests.laws.oracle import EMPTY, Col, Img, Refused, Undecided, agreeing, picked


class ChoiceMaker(ImageryMaker):
    """Makes imagery that is chosen from other imagery."""

    def ways(self, kind: str, depth: int) -> list[Callable[[], Node]]:
        """How imagery of a kind can be made."""
        return [
            *super().ways(kind, depth),
            lambda: self.chosen(kind, depth),
            *[lambda: self.chosen_by_pixel(kind, depth)] * 2,
        ]

    def chosen(self, kind: str, depth: int) -> Node:
        """One of two; what the other is worth, or whether it is valid, must not matter."""
        parts = self.flag(depth), self.imagery(kind, depth), self.imagery(kind, depth)
        flag, yes, no = parts

        def value(env: Env) -> Any:
            return (yes if flag.value(env) else no).value(env)

        text = f"wf.ifelse({flag.text}, {yes.text}, {no.text})"
        return Node(kind, text, value, parts, flag.free | yes.free | no.free, local=False)

    def chosen_by_pixel(self, kind: str, depth: int) -> Node:
        """Pixels of one of two sides; at least one of the three is imagery of the kind that is wanted."""
        certain = self.random.randrange(3)
        condition = self.condition(kind, depth) if certain == 0 else self.condition_of_any_kind(kind, depth)
        sides = [
            self.imagery(kind, depth) if certain == place else self.side(kind, depth) for place in (1, 2)
        ]
        sides = [self.single(side) if side.kind != "number" and self.maybe(0.6) else side for side in sides]

        def meaning(area: Area, condition: Any, x: Any, y: Any) -> Any:
            return oracle.together(lambda *values: where(area, *values), condition, x, y)

        return placed(kind, "wf.where({0}, {1}, {2})", meaning, condition, *sides)

    def condition(self, kind: str, depth: int) -> Node:
        """Imagery whose pixels choose: truth values, or numbers."""
        made = self.compared(kind, depth - 1) if self.maybe(0.8) else self.imagery(kind, depth - 1)
        return self.single(made) if self.maybe(0.7) else made

    def condition_of_any_kind(self, kind: str, depth: int) -> Node:
        """Imagery, or a Bool for all pixels."""
        if self.maybe(0.2):
            return self.flag(depth)
        return self.condition("image" if self.maybe() else kind, depth)

    def side(self, kind: str, depth: int) -> Node:
        """Imagery, or a number."""
        return self.number(depth) if self.maybe(0.4) else self.partner(kind, depth)


def where(area: Area, condition: Any, x: Any, y: Any) -> Img:
    """The values of x or y; numbers stand for every pixel, but for those that the cutline excludes."""
    given = [part for part in (condition, x, y) if isinstance(part, Img)]
    wide = next((image for image in given if len(image.info) > 1), given[0])
    if any(len(image.info) > 1 and sorted(image.bands) != sorted(wide.bands) for image in given):
        raise Refused("bands do not match")
    condition, x, y = (
        picked(part, wide.bands) if isinstance(part, Img) and len(part.info) > 1 else part
        for part in (condition, x, y)
    )
    flags, unknown = (
        (condition.data != 0, condition.mask)
        if isinstance(condition, Img)
        else (bool(condition), condition is np.ma.masked)
    )
    (yes, hidden), (no, without) = (
        (side.data, side.mask) if isinstance(side, Img) else oracle.number_everywhere(side) for side in (x, y)
    )
    shape = np.broadcast_shapes(*(image.data.shape for image in given))
    data = np.broadcast_to(np.where(flags, yes, no), shape)
    mask = np.broadcast_to(unknown | np.where(flags, hidden, without) | area.outside, shape)
    infos = [list(image.info.values()) for image in given]
    everything = [fields for info in infos for fields in info] if len(set(map(len, infos))) > 1 else []
    names = [_name_of_choice(condition, x, y, band) for band in range(len(wide.info))]
    info = {
        name: agreeing([row, *everything, *(i[at] for i in infos if len(i) == len(names))])
        for at, (name, row) in enumerate(zip(names, wide.info.values(), strict=True))
    }
    return Img(data, mask, info, agreeing([image.props for image in given]))


def _name_of_choice(condition: Any, x: Any, y: Any, band: int) -> str:
    def at(image: Img) -> str:
        return image.bands[band if len(image.info) > 1 else 0]

    sides = [side for side in (x, y) if isinstance(side, Img)]
    if not isinstance(condition, Img) and max(len(side.info) for side in sides) > 1:
        return at(max(sides, key=lambda side: len(side.info)))
    name = "_or_".join(dict.fromkeys(map(at, sides)))
    if isinstance(condition, Img):
        name = f"{name or at(condition)}_where_{at(condition)}"
    if len(name) > 120:
        raise Undecided
    return name


def sorted_composite(col: Col, key: Col, largest: bool) -> Img:
    """Per pixel the first image with the largest or smallest key."""
    if col.empty or key.empty:
        return EMPTY
    if len(key.images[0].info) != 1 or len(key.images) != len(col.images):
        raise Refused("one band for each image")
    data, mask = np.zeros_like(col.images[0].data), np.ones(col.images[0].data.shape, bool)
    best, found = None, np.zeros(data.shape[1:], bool)
    for image, by in zip(col.images, key.images, strict=True):
        values, valid = by.data[0].astype(float), ~by.mask[0]
        better = valid if best is None else valid & (~found | (values > best if largest else values < best))
        best = values if best is None else np.where(better, values, best)
        found = found | valid
        data, mask = np.where(better, image.data, data), np.where(better, image.mask, mask)
    return Img(data, mask, col.images[0].info, agreeing([image.props for image in col.images]))
