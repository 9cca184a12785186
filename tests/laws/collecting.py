"""Programs with several images: maps, filters, parts, composites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.laws import choices, oracle, reductions
from tests.laws.imagery import ImageryMaker
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
        return [
            self.composite,
            self.composite,
            self.band_composite,
            self.sorted_composite,
            self.mosaic,
            self.item,
        ]

    def from_several(self, depth: int) -> Node:
        """A composite, or one of the images."""
        return self.one_of(self.composites())(depth)

    def composite(self, depth: int) -> Node:
        """Pixel by pixel over the images."""
        op, said = self.reduction(self.one_of(['axis="images"', '"images"', '("images",)']))
        col = self.collection(depth)
        return call("image", f"{{0}}.{said}", lambda col: reductions.over_images(op, col), col)

    def band_composite(self, depth: int) -> Node:
        """Pixel by pixel over images and bands."""
        op, said = self.reduction(self.one_of(['axis=("images", "bands")', '["bands", "images"]']))
        col = self.collection(depth)
        return call("image", f"{{0}}.{said}", lambda col: reductions.over_images_and_bands(op, col), col)

    def sorted_composite(self, depth: int) -> Node:
        """The image that another band chooses."""
        col = self.collection(depth)
        key = self.single(col if self.maybe(0.7) else self.collection(depth))
        largest = self.maybe()
        text = f'{{0}}.sortby_composite({{1}}, operation="{"argmax" if largest else "argmin"}")'
        return call("image", text, lambda *both: choices.sorted_composite(*both, largest), col, key)

    def mosaic(self, depth: int) -> Node:
        """The topmost values."""
        reverse = self.maybe()
        said = [f"mosaic(reverse={reverse})", *([] if reverse else ['reduction("mosaic", "images")'])]
        text = f"{{0}}.{self.one_of(said)}"
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
        ways = [f"wf.concat({holes})", f"{{0}}.concat({holes[5:]})"]
        if all(part.kind == "image" for part in parts):
            ways += [f"wf.ImageCollection([{holes}])", f"wf.ImageCollection.from_images([{holes}])"]
        text = self.one_of(ways)

        def meaning(*values: Any) -> Col:
            images = [value.images if isinstance(value, Col) else [value] for value in values]
            return oracle.collected(image for several in images for image in several)

        return call("collection", text, meaning, *parts, local=False)
