"""Single pixels, and where pixels lie."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tests.laws.areas import PIXEL, Area
from tests.laws.maker import Maker
from tests.laws.nodes import Node, placed
from tests.laws.oracle import Col, Img, Refused
from tests.scenes import LEFT, TOP

WITHIN = (0, 2.5, 5, 9.75)
"""Metres from the left or upper edge of a pixel."""


class PlaceMaker(Maker):
    """Makes numbers from single pixels and their places."""

    def point(self) -> tuple[float, float]:
        """The coordinates of a place in the area, or, rarely, beside it."""
        area: Area = self.samples["area"]
        beside = 1 if self.maybe(0.03) else 0
        row, col = self.random.randrange(area.rows + beside), self.random.randrange(area.cols + beside)
        return LEFT + col * PIXEL + self.one_of(WITHIN), TOP - row * PIXEL - self.one_of(WITHIN)

    def pixel(self, depth: int) -> Node:
        """The value of a pixel of one band."""
        made, (x, y) = self.image(depth), self.point()
        name = self.one_of(self.bands_of(made))

        def meaning(area: Area, image: Img) -> Any:
            values = value_at(area, image, x, y)
            if name not in values:
                raise Refused("no such band")
            return values[name]

        return placed("number", f'{{0}}.value_at({x}, {y})["{name}"]', meaning, made, local=False)

    def pixel_of_all_bands(self, depth: int) -> Node:
        """The value of a pixel by band, or that image by image."""
        made, (x, y) = self.any_imagery(depth), self.point()

        def meaning(area: Area, obj: Img | Col) -> Any:
            if isinstance(obj, Col):
                return [value_at(area, image, x, y) for image in obj.images]
            return value_at(area, obj, x, y)

        return placed("dict", f"{{0}}.value_at({x}, {y})", meaning, made, local=False)

    def place(self, depth: int) -> Node:
        """A coordinate of a pixel, or the row or column of a point."""
        made, part = self.source("image"), self.random.randrange(2)
        if self.maybe():
            row, col = self.random.randint(-2, 9), self.random.randint(-2, 9)
            corner = LEFT + col * PIXEL, TOP - row * PIXEL
            text = f"{{0}}.index_to_coords({row}, {col})[{part}]"
            return placed("number", text, lambda area, image: corner[part], made, local=False)
        x, y = self.point()
        text = f"{{0}}.coords_to_index({x}, {y})[{part}]"
        return placed("number", text, lambda area, image: index_of(x, y)[part], made, local=False)


def index_of(x: float, y: float) -> tuple[int, int]:
    """Row and column of the pixel that holds a point."""
    return math.floor((TOP - y) / PIXEL), math.floor((x - LEFT) / PIXEL)


def value_at(area: Area, image: Img, x: float, y: float) -> dict[str, Any]:
    """By band; masked values are those of numpy."""
    if image.empty:
        return {}
    row, col = index_of(x, y)
    if not (0 <= row < area.rows and 0 <= col < area.cols):
        raise Refused("outside the area")
    at = np.s_[:, row + area.margin, col + area.margin]
    values = zip(image.bands, image.data[at], image.mask[at], strict=True)
    return {name: np.ma.masked if hidden else float(value) for name, value, hidden in values}
