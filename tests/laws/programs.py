"""Random typed programs over imagery: each a Python expression, and what it is worth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tests.laws import reductions
from tests.laws.choices import ChoiceMaker
from tests.laws.fields import NAMES, FieldMaker
from tests.laws.grouping import GroupMaker
from tests.laws.imagery import LITERALS
from tests.laws.kernels import COMPARISONS
from tests.laws.neighbourhoods import NeighbourMaker
from tests.laws.nodes import Env, Node, binding, call, of_area
from tests.laws.oracle import EMPTY, Col, Img, Refused, Undecided
from tests.laws.positions import PlaceMaker
from tests.laws.shapes import ShapeMaker
from tests.laws.values import EVERYTHING, ValueMaker, decided


class Programs(GroupMaker, ChoiceMaker, NeighbourMaker, FieldMaker, ShapeMaker, PlaceMaker, ValueMaker):
    """Makes programs of any kind."""

    def program(self, depth: int) -> Node:
        """A whole program."""
        kinds = [
            self.image,
            self.collection,
            self.mapped_list,
            self.number,
            self.flag,
            self.by_band,
            self.metadata,
            self.group_numbers,
            self.numbers_by_band,
            self.pixel_of_all_bands,
            self.plain_value,
            self.zipped,
        ]
        return self.random.choices(kinds, [6, 6, 3, 1, 1, 1, 1, 1, 1, 1, 2, 1])[0](depth)

    def plain_value(self, depth: int) -> Node:
        """A value of any type."""
        return self.plain(self.one_of(EVERYTHING), depth)

    def number(self, depth: int) -> Node:
        """A number: Python's, of properties, or of pixels."""
        ways = [self.literal]
        if self.variables:
            ways += [self.property] * 4
        if self.numbers:
            ways += [self.key] * 2
        if depth > 0:
            ways += [self.of_everything] * 3 + [self.of_band, self.length, self.width, self.sum, self.sum]
            ways += [self.pixel, self.place, self.said_of_band, self.plain_number, self.plain_number]
        return self.valid([lambda way=way: way(depth - 1) for way in ways], lambda: self.literal(0))

    def literal(self, depth: int) -> Node:
        """A Float that the program holds."""
        value = float(self.one_of(LITERALS))
        return call("number", f"wf.Float({value})", lambda: value)

    def key(self, depth: int) -> Node:
        """The key of a group."""
        name = self.one_of(self.numbers)
        return Node("number", name, lambda env: env[name], free=frozenset([name]))

    def property(self, depth: int) -> Node:
        """Something said of an image."""
        made = self.source("image")
        known = [name for name, value in self.sample(made).props.items() if type(value) in (int, float)]
        name = self.one_of(["number", *known])
        if self.maybe(0.2):
            text = f'{{0}}.properties.get("{name}", 5)'
            return call("number", text, lambda image: _number(image.props.get(name, 5)), made)

        def meaning(image: Img) -> Any:
            if name not in image.props:
                raise Refused("no such property")
            return _number(image.props[name])

        return call("number", f'{{0}}.properties["{name}"]', meaning, made)

    def said_of_band(self, depth: int) -> Node:
        """Something said of a band."""
        made, name = self.any_imagery(depth), self.one_of(NAMES)
        band = self.one_of(self.bands_of(made))

        def meaning(obj: Img | Col) -> Any:
            fields = _bandinfo(obj).get(band, {})
            if name not in fields:
                raise Refused("no such field")
            return _number(fields[name])

        return call("number", f'{{0}}.bandinfo["{band}"]["{name}"]', meaning, made)

    def plain_number(self, depth: int) -> Node:
        """What follows from plain values."""
        return replace(self.plain(self.one_of(("Int", "Float")), depth), kind="number")

    def of_everything(self, depth: int) -> Node:
        """All pixels as one number."""
        made = self.any_imagery(depth)
        joint = '("bands", "pixels")' if made.kind == "image" else '["pixels", "images", "bands"]'
        op, said = self.reduction(self.one_of(["axis=None", joint]))
        return of_area("number", f"{{0}}.{said}", lambda obj: reductions.over_everything(op, obj), made)

    def of_band(self, depth: int) -> Node:
        """All pixels of a band as one number."""
        made = self.image(depth)
        op, said = self.reduction('axis="pixels"')
        name = self.one_of(self.bands_of(made))

        def meaning(image: Img) -> float:
            if name not in image.info:
                raise Refused("no such band")
            return reductions.over_pixels(op, image)[name]

        return of_area("number", f'{{0}}.{said}["{name}"]', meaning, made)

    def length(self, depth: int) -> Node:
        """How many images."""
        made = self.collection(depth)
        return call("number", "{0}.length()", lambda col: len(col.images), made, local=False)

    def width(self, depth: int) -> Node:
        """How many bands."""
        return call("number", "{0}.nbands", lambda image: len(image.info), self.image(depth), local=False)

    def sum(self, depth: int) -> Node:
        """A number from two."""
        sign, kernel = self.one_of([("+", np.add), ("-", np.subtract), ("*", np.multiply)])

        def meaning(a: Any, b: Any) -> Any:
            if a is np.ma.masked or b is np.ma.masked:
                return np.ma.masked
            with np.errstate(all="ignore"):
                return float(kernel(np.float64(a), np.float64(b)))

        return call("number", f"({{0}} {sign} {{1}})", meaning, self.number(depth), self.number(depth))

    def flag(self, depth: int) -> Node:
        """A Bool."""
        if depth > 0 and self.maybe(0.2):
            return replace(self.plain("Bool", depth - 1), kind="flag")
        sign, kernel = self.one_of(list(COMPARISONS.values()))

        def meaning(a: Any, b: Any) -> Any:
            return np.ma.masked if a is np.ma.masked or b is np.ma.masked else bool(kernel(a, b))

        sides = self.number(depth - 1), self.number(min(depth - 1, 1))
        made = call("flag", f"({{0}} {sign} {{1}})", meaning, *sides)
        if depth <= 0 or self.maybe(0.7):
            return made
        if self.maybe(0.3):
            return call("flag", "(~{0})", lambda a: not decided(a), made)
        sign, logical = self.one_of([("&", np.logical_and), ("|", np.logical_or), ("^", np.logical_xor)])
        return call(
            "flag",
            f"({{0}} {sign} {{1}})",
            lambda a, b: bool(logical(decided(a), decided(b))),
            made,
            self.flag(depth - 1),
        )

    def mapped_list(self, depth: int) -> Node:
        """A list with something of each image."""
        over = self.collection(depth - 1)
        if self.maybe(0.7):
            with self.variable(over) as name:
                kind = self.one_of(EVERYTHING)
                body = self.number(depth - 1) if self.maybe() else self.plain(kind, depth - 1)
            return binding("list", "map", over, name, body, lambda results, col: results)
        each = reductions.over_pixels if self.maybe() else reductions.over_everything
        op, said = self.reduction('"pixels"' if each is reductions.over_pixels else '("pixels", "bands")')
        return of_area("list", f"{{0}}.{said}", lambda col: [each(op, image) for image in col.images], over)

    def zipped(self, depth: int) -> Node:
        """What a function makes of each image and the number beside it, to the end of the shorter ones."""
        over, numbers = self.collection(depth - 1), self.plain("List[Int]", depth - 1)
        pair = f"pair{len(self.variables)}"
        image, number = f"{pair}[0]", f"{pair}[1]"
        self.samples |= {image: next(iter(self.sample(over).images), EMPTY), number: 1}
        self.variables.append(image)
        self.numbers.append(number)
        body = self.number(depth - 1)
        self.variables.pop()
        self.numbers.pop()

        def value(env: Env) -> list[Any]:
            pairs = zip(over.value(env).images, numbers.value(env), strict=False)
            return [body.value({**env, image: each, number: beside}) for each, beside in pairs]

        text = f"wf.zip({over.text}, {numbers.text}).map(lambda {pair}: {body.text})"
        free = over.free | numbers.free | (body.free - {image, number})
        return Node("list", text, value, (over, numbers, body), free, local=False)

    def by_band(self, depth: int) -> Node:
        """A number for each band."""
        if self.maybe():
            op, said = self.reduction('axis="pixels"')
            meaning, made = reductions.over_pixels, self.image(depth - 1)
        else:
            op, said = self.reduction('axis=("images", "pixels")')
            meaning, made = reductions.over_images_and_pixels, self.collection(depth - 1)
        return of_area("dict", f"{{0}}.{said}", lambda obj: meaning(op, obj), made)

    def metadata(self, depth: int) -> Node:
        """Bandinfo or properties alone."""
        made = self.any_imagery(depth)
        if self.maybe():
            return call("metadata", "{0}.properties", _properties, made)
        return call("metadata", "{0}.bandinfo", _bandinfo, made)


def _number(value: Any) -> Any:
    """A field that should hold a number; what a text, or a truth value, does in its place is not said."""
    if value is not np.ma.masked and type(value) not in (int, float):
        raise Undecided
    return value


def _properties(obj: Img | Col) -> Any:
    return obj.props if isinstance(obj, Img) else [image.props for image in obj.images]


def _bandinfo(obj: Img | Col) -> Any:
    if obj.empty:
        return {}
    return obj.info if isinstance(obj, Img) else obj.images[0].info
