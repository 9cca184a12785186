"""Programs with several images: maps, filters, parts, composites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.laws import oracle, reductions
from tests.laws.imagery import ImageryMaker
from tests.laws.kernels import REDUCTIONS
from tests.laws.nodes import Node, binding, call
from tests.laws.oracle import EMPTY, Col, Img, Refused

PARTS = {
    "{0}.head(2)": slice(2),
    "{0}.head(0)": slice(0),
    "{0}.tail(2)": slice(-2, None),
    "{0}.tail(9)": slice(-9, None),
    "{0}.tail(50)": slice(None),
    "{0}[1:]": slice(1, None),
    "{0}[:-1]": slice(-1),
    "{0}[::2]": slice(None, None, 2),
    "{0}[::-1]": slice(None, None, -1),
    "{0}[5:9]": slice(5, 9),
    "reversed({0})": slice(None, None, -1),
    "{0}.reversed()": slice(None, None, -1),
}


class CollectionMaker(ImageryMaker):
    """Makes images and collections."""

    def image(self, depth: int) -> Node:
        """An Image."""
        if depth <= 0:
            return self.source("image")
        ways = [*self.ways("image", depth - 1), *[lambda: self.from_several(depth - 1)] * 8]
        return self.valid(ways, lambda: self.source("image"))

    def collection(self, depth: int) -> Node:
        """An ImageCollection."""
        if depth <= 0:
            return self.source("collection")
        several = self.several()
        ways = [*self.ways("collection", depth - 1), *[lambda: self.one_of(several)(depth - 1)] * 14]
        return self.valid(ways, lambda: self.source("collection"))

    def several(self) -> list[Callable[[int], Node]]:
        """Ways to make a collection from another."""
        return [*[self.mapped] * 3, *[self.filtered] * 2, self.part, self.joined]

    def composites(self) -> list[Callable[[int], Node]]:
        """Ways to make an image from a collection."""
        return [self.composite, self.composite, self.band_composite, self.mosaic, self.item]

    def from_several(self, depth: int) -> Node:
        """A composite, or one of the images."""
        return self.one_of([*self.composites(), self.percentile, self.sorted_composite])(depth)

    def composite(self, depth: int) -> Node:
        """Pixel by pixel over the images."""
        op = self.one_of(REDUCTIONS)
        text = f'{{0}}.{op}(axis="images")'
        return call("image", text, lambda col: reductions.over_images(op, col), self.collection(depth))

    def band_composite(self, depth: int) -> Node:
        """Pixel by pixel over images and bands."""
        op = self.one_of(REDUCTIONS)
        axes = self.one_of(['("images", "bands")', '["bands", "images"]'])
        text = f"{{0}}.{op}(axis={axes})"
        return call(
            "image", text, lambda col: reductions.over_images_and_bands(op, col), self.collection(depth)
        )

    def percentile(self, depth: int) -> Node:
        """Pixel by pixel, between the values."""
        q = self.one_of([0, 12.5, 50, 90, 100])
        text = f'{{0}}.percentile({q}, axis="images")'
        return call("image", text, lambda col: reductions.percentile(col, q), self.collection(depth))

    def sorted_composite(self, depth: int) -> Node:
        """The image that another band chooses."""
        col = self.collection(depth)
        key = self.single(col if self.maybe(0.7) else self.collection(depth))
        largest = self.maybe()
        text = f'{{0}}.sortby_composite({{1}}, operation="{"argmax" if largest else "argmin"}")'
        return call("image", text, lambda *both: oracle.sorted_composite(*both, largest), col, key)

    def mosaic(self, depth: int) -> Node:
        """The topmost values."""
        reverse = self.maybe()
        text = f"{{0}}.mosaic(reverse={reverse})"
        return call("image", text, lambda col: reductions.mosaic(col, reverse), self.collection(depth))

    def item(self, depth: int) -> Node:
        """The image at a position."""
        col = self.collection(depth)
        length = len(self.sample(col).images)
        at = self.random.randint(-length, max(length - 1, 0))

        def meaning(col: Col) -> Img:
            if col.empty:
                return EMPTY
            if not -len(col.images) <= at < len(col.images):
                raise Refused("beyond the end")
            return col.images[at]

        return call("image", f"{{0}}[{at}]", meaning, col, local=False)

    def mapped(self, depth: int) -> Node:
        """A lambda for each image; it gives an Image, or something of a collection."""
        over = self.collection(depth)
        with self.variable(over) as name:
            body = self.image(depth) if self.maybe(0.8) else self.composite(depth)
        return binding("collection", "map", over, name, body, lambda results, col: oracle.collected(results))

    def filtered(self, depth: int) -> Node:
        """The images for which a lambda is true."""
        over = self.collection(depth)
        with self.variable(over) as name:
            body = self.flag(depth)

        def meaning(flags: list[bool], col: Col) -> Col:
            return Col([image for image, keep in zip(col.images, flags, strict=True) if keep])

        return binding("collection", "filter", over, name, body, meaning)

    def part(self, depth: int) -> Node:
        """Some of the images."""
        text = self.one_of(list(PARTS))
        chosen = PARTS[text]
        return call(
            "collection", text, lambda col: Col(col.images[chosen]), self.collection(depth), local=False
        )

    def joined(self, depth: int) -> Node:
        """Images and collections one after the other."""
        parts = [self.any_imagery(depth) for _ in range(self.random.randint(2, 3))]
        holes = ", ".join(f"{{{number}}}" for number in range(len(parts)))
        text = f"wf.concat({holes})"
        if all(part.kind == "image" for part in parts):
            text = f"wf.ImageCollection([{holes}])"
        elif self.maybe():
            text = f"{{0}}.concat({holes[5:]})"

        def meaning(*values: Any) -> Col:
            images = [value.images if isinstance(value, Col) else [value] for value in values]
            return oracle.collected(image for several in images for image in several)

        return call("collection", text, meaning, *parts, local=False)
