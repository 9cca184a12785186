"""Random typed programs over imagery: each a Python expression, and what it is worth."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.laws import reductions
from tests.laws.grouping import GroupMaker
from tests.laws.imagery import LITERALS
from tests.laws.kernels import COMPARISONS, REDUCTIONS
from tests.laws.nodes import Node, binding, call
from tests.laws.oracle import Col, Img, Refused


class Programs(GroupMaker):
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
        ]
        return self.random.choices(kinds, [5, 5, 2, 1, 1, 1, 1, 1])[0](depth)

    def number(self, depth: int) -> Node:
        """A number: Python's, of properties, or of pixels."""
        ways = [self.literal]
        if self.variables:
            ways += [self.property] * 4
        if self.numbers:
            ways += [self.bound] * 2
        if depth > 0:
            ways += [self.of_everything] * 3 + [self.of_band, self.length, self.width, self.sum, self.sum]
        return self.valid([lambda way=way: way(depth - 1) for way in ways], lambda: self.literal(0))

    def literal(self, depth: int) -> Node:
        """A Float that the program holds."""
        value = float(self.one_of(LITERALS))
        return call("number", f"wf.Float({value})", lambda: value)

    def bound(self, depth: int) -> Node:
        """The key of a group."""
        name = self.one_of(self.numbers)
        return Node("number", name, lambda env: env[name], free=frozenset([name]))

    def property(self, depth: int) -> Node:
        """Something said of an image."""

        def meaning(image: Img) -> Any:
            if "number" not in image.props:
                raise Refused("no such property")
            return image.props["number"]

        return call("number", '{0}.properties["number"]', meaning, self.source("image"))

    def of_everything(self, depth: int) -> Node:
        """All pixels as one number."""
        op, made = self.one_of(REDUCTIONS), self.any_imagery(depth)
        joint = '("bands", "pixels")' if made.kind == "image" else '["pixels", "images", "bands"]'
        text = f"{{0}}.{op}({self.one_of(['', 'axis=None', joint])})"
        return call("number", text, lambda obj: reductions.over_everything(op, obj), made, local=False)

    def of_band(self, depth: int) -> Node:
        """All pixels of a band as one number."""
        op, made = self.one_of(REDUCTIONS), self.image(depth)
        name = self.one_of(self.bands_of(made))

        def meaning(image: Img) -> float:
            if name not in image.info:
                raise Refused("no such band")
            return reductions.over_pixels(op, image)[name]

        return call("number", f'{{0}}.{op}(axis="pixels")["{name}"]', meaning, made, local=False)

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

        def meaning(a: float, b: float) -> float:
            with np.errstate(all="ignore"):
                return float(kernel(np.float64(a), np.float64(b)))

        return call("number", f"({{0}} {sign} {{1}})", meaning, self.number(depth), self.number(depth))

    def flag(self, depth: int) -> Node:
        """A Bool."""
        sign, kernel = self.one_of(list(COMPARISONS.values()))
        sides = self.number(depth - 1), self.number(min(depth - 1, 1))
        made = call("flag", f"({{0}} {sign} {{1}})", lambda a, b: bool(kernel(a, b)), *sides)
        if depth <= 0 or self.maybe(0.7):
            return made
        if self.maybe(0.3):
            return call("flag", "(~{0})", lambda a: not a, made)
        sign, logical = self.one_of([("&", np.logical_and), ("|", np.logical_or), ("^", np.logical_xor)])
        return call(
            "flag", f"({{0}} {sign} {{1}})", lambda a, b: bool(logical(a, b)), made, self.flag(depth - 1)
        )

    def mapped_list(self, depth: int) -> Node:
        """A list with something of each image."""
        op, over = self.one_of(REDUCTIONS), self.collection(depth - 1)
        if self.maybe(0.3):
            text = f'{{0}}.{op}(axis="pixels")'
            each = reductions.over_pixels
        elif self.maybe(0.3):
            text = f'{{0}}.{op}(axis=("pixels", "bands"))'
            each = reductions.over_everything
        else:
            with self.variable(over) as name:
                body = self.number(depth - 1)
            return binding("list", "map", over, name, body, lambda results, col: results)
        return call("list", text, lambda col: [each(op, image) for image in col.images], over, local=False)

    def by_band(self, depth: int) -> Node:
        """A number for each band."""
        op = self.one_of(REDUCTIONS)
        if self.maybe():
            text, meaning, made = f'{{0}}.{op}(axis="pixels")', reductions.over_pixels, self.image(depth - 1)
        else:
            text = f'{{0}}.{op}(axis=("images", "pixels"))'
            meaning, made = reductions.over_images_and_pixels, self.collection(depth - 1)
        return call("dict", text, lambda obj: meaning(op, obj), made, local=False)

    def metadata(self, depth: int) -> Node:
        """Bandinfo or properties alone."""
        made = self.any_imagery(depth)
        if self.maybe():
            return call("metadata", "{0}.properties", _properties, made)
        return call("metadata", "{0}.bandinfo", _bandinfo, made)


def _properties(obj: Img | Col) -> Any:
    return obj.props if isinstance(obj, Img) else [image.props for image in obj.images]


def _bandinfo(obj: Img | Col) -> Any:
    if obj.empty:
        return {}
    return obj.info if isinstance(obj, Img) else obj.images[0].info
