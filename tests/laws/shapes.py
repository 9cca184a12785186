"""Geometries and features burnt into pixels, or used as masks: boxes of whole pixels, and points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.laws import oracle
from tests.laws.areas import Area, Box
from tests.laws.imagery import ImageryMaker
from tests.laws.nodes import Node, placed
from tests.laws.oracle import Col, Img


@dataclass(frozen=True)
class Shape:
    """A box, or the point in its middle, as a feature with a number."""

    box: Box
    point: bool
    number: float | None

    @property
    def properties(self) -> dict[str, Any]:
        """What the feature says."""
        return {"name": "s"} if self.number is None else {"name": "s", "v": self.number}

    def geometry(self) -> str:
        """Its source."""
        ring = self.box.ring()
        if self.point:
            return f'wf.Geometry("Point", {[sum(axis) / 4 for axis in zip(*ring[1:], strict=True)]})'
        return f'wf.Geometry("Polygon", [{ring}])'

    def feature(self) -> str:
        """Its source, with its properties."""
        return f"wf.Feature({self.geometry()}, {self.properties})"


class ShapeMaker(ImageryMaker):
    """Makes imagery from shapes."""

    def ways(self, kind: str, depth: int) -> list[Callable[[], Node]]:
        """How imagery of a kind can be made."""
        burnt = [lambda: self.burnt(depth), lambda: self.burnt_property()] if kind == "image" else []
        return [*super().ways(kind, depth), *burnt, lambda: self.masked_by_shapes(self.imagery(kind, depth))]

    def shape(self) -> Shape:
        """A box of some pixels of the area, or beside it; or one pixel, and the point in its middle."""
        area: Area = self.samples["area"]
        row, col = self.random.randint(-3, area.rows), self.random.randint(-3, area.cols)
        point = self.maybe(0.3)
        rows, cols = (1 if point else self.random.randint(1, size + 3) for size in (area.rows, area.cols))
        return Shape(Box(row, col, row + rows, col + cols), point, self.one_of([None, 2.5, -1, 0, 4]))

    def shapes(self) -> tuple[str, list[Shape]]:
        """The source of something that lies somewhere, and what it is made of."""
        made = [self.shape() for _ in range(self.random.randint(1, 3))]
        ways = [
            (made[0].geometry(), made[:1]),
            (made[0].feature(), made[:1]),
            (f"wf.GeometryCollection([{', '.join(shape.geometry() for shape in made)}])", made),
            (f"wf.FeatureCollection([{', '.join(shape.feature() for shape in made)}])", made),
        ]
        return self.one_of(ways)

    def burnt(self, depth: int) -> Node:
        """One number where something lies; features that overlap add up."""
        text, shapes = self.shapes()
        several = text.startswith("wf.FeatureCollection")
        properties = shapes[0].properties if text.startswith("wf.Feature(") else {}

        def meaning(area: Area, value: Any) -> Img:
            number, none = oracle.number_everywhere(value)
            covers = np.sum([area.inside(shape.box) for shape in shapes], axis=0)
            times = np.maximum(covers, 1) if several else 1  # infinity is not to meet 0
            return _image(area, np.where(covers, times * number, 0.0), (covers == 0) | none, properties)

        return placed("image", f"{_escaped(text)}.rasterize({{0}})", meaning, self.number(depth))

    def burnt_property(self) -> Node:
        """The number of each feature; where features overlap they add up, or the last one counts."""
        shapes = [self.shape() for _ in range(self.random.randint(0, 3))]
        merging, default = self.one_of(("add", "replace")), self.one_of((1, 5.5))

        def meaning(area: Area) -> Img:
            data, covered = np.zeros(area.shape), np.zeros(area.shape, bool)
            for shape in shapes:
                inside, value = area.inside(shape.box), default if shape.number is None else shape.number
                data = np.where(inside, value + (data if merging == "add" else 0), data)
                covered |= inside
            return _image(area, data, ~covered, {})

        said = f'"v", default_value={default}, merge_algorithm="{merging}"'
        text = f"wf.FeatureCollection([{', '.join(shape.feature() for shape in shapes)}]).rasterize({said})"
        return placed("image", _escaped(text), meaning)

    def masked_by_shapes(self, made: Node) -> Node:
        """Hidden where nothing lies."""
        (text, shapes), replace = self.shapes(), self.maybe(0.3)

        def meaning(area: Area, obj: Img | Col) -> Any:
            covered = np.any([area.inside(shape.box) for shape in shapes], axis=0)
            hides = (~covered | area.outside)[None]
            mask = Img(hides, np.zeros_like(hides), {"mask": {}})
            return oracle.masked(obj, mask, replace, area.outside)

        return placed(made.kind, f"{{0}}.mask({_escaped(text)}, replace={replace})", meaning, made)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _image(area: Area, data: Any, hidden: Any, properties: dict[str, Any]) -> Img:
    """What lies outside the cutline is hidden, too."""
    hidden = hidden | area.outside
    return Img(data[None], hidden[None], {"features": {}}, properties)
