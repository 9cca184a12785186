"""Programs that Image and ImageCollection share: operators, bands, masks, values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.laws import oracle, reductions
from tests.laws.areas import Area
from tests.laws.kernels import ARITHMETIC, COMPARISONS, FUNCTIONS, LOGIC, Binary
from tests.laws.maker import BANDS, Maker
from tests.laws.nodes import Env, Node, by_image, call, pixels, placed
from tests.laws.oracle import Col, Img, Refused

LITERALS = ("0", "1", "2", "-1", "3", "0.5", "2.5", "-1.5", "7", "0.25")


class ImageryMaker(Maker):
    """Makes imagery from imagery."""

    def ways(self, kind: str, depth: int) -> list[Callable[[], Node]]:
        """How imagery of a kind can be made; what matters most is there several times."""

        def part() -> Node:
            return self.imagery(kind, depth)

        return [
            lambda: self.source(kind),
            *[lambda: self.operator(kind, ARITHMETIC, depth)] * 3,
            *[lambda: self.with_number(ARITHMETIC, part(), depth)] * 3,
            *[lambda: self.compared(kind, depth)] * 2,
            *[lambda: self.logic(kind, depth)] * 2,
            lambda: self.function(part()),
            *[lambda: self.picked(part())] * 3,
            lambda: self.renamed(part()),
            lambda: self.bands_joined(kind, depth),
            *[lambda: self.masked(kind, depth)] * 3,
            lambda: self.masked_anew(kind, depth),
            lambda: by_image("{0}.getmask()", oracle.getmask, part()),
            lambda: self.clipped(part()),
            lambda: self.scaled(part()),
            lambda: self.over_bands(part()),
            lambda: self.replaced(part(), depth),
        ]

    def partner(self, kind: str, depth: int) -> Node:
        """What may stand on the other side so that the result is of this kind."""
        return self.image(depth) if kind == "image" or self.maybe() else self.collection(depth)

    def single(self, made: Node) -> Node:
        """One of its bands."""
        name = self.one_of(self.bands_of(made))
        text = self.one_of(['{{0}}.pick_bands("{0}")', '{{0}}["{0}"]', '{{0}}[["{0}"]]']).format(name)
        return by_image(text, lambda image: oracle.picked(image, [name]), made)

    def operator(self, kind: str, table: Binary, depth: int) -> Node:
        """Two operands of any sizes."""
        op = self.one_of(list(table))
        sign, kernel = table[op]
        sides = [self.imagery(kind, depth), self.partner(kind, depth)]
        sides = [self.single(side) if self.maybe(0.6) else side for side in sides]
        if self.maybe(0.3):
            sides.reverse()

        def meaning(a: Img | Col, b: Img | Col) -> Any:
            return oracle.paired(a, b, lambda x, y: oracle.binary(op, kernel, x, y))

        return call(kind, f"({{0}} {sign} {{1}})", meaning, *sides)

    def with_number(self, table: Binary, made: Node, depth: int) -> Node:
        """Imagery and a number, on either side where Python knows the number."""
        sign, kernel = self.one_of(list(table.values()))
        if self.maybe():
            return pixels(f"({{0}} {sign} {{1}})", kernel, made, self.number(depth))
        literal = self.one_of(LITERALS)
        if self.maybe():
            return pixels(f"({{0}} {sign} {literal})", lambda x: kernel(x, float(literal)), made)
        return pixels(f"(({literal}) {sign} {{0}})", lambda x: kernel(float(literal), x), made)

    def compared(self, kind: str, depth: int) -> Node:
        """Truth values."""
        if self.maybe():
            return self.with_number(COMPARISONS, self.imagery(kind, depth), depth)
        return self.operator(kind, COMPARISONS, depth)

    def logic(self, kind: str, depth: int) -> Node:
        """Truth values from truth values."""
        op = self.one_of(list(LOGIC))
        sign, kernel = LOGIC[op]

        def meaning(a: Img | Col, b: Img | Col) -> Any:
            return oracle.paired(a, b, lambda x, y: oracle.binary(op, kernel, x, y))

        sides = [self.compared(kind, depth - 1), self.compared(kind, depth - 1)]
        return call(kind, f"({{0}} {sign} {{1}})", meaning, *sides)

    def function(self, made: Node) -> Node:
        """A function of every pixel."""
        text = self.one_of(list(FUNCTIONS))
        return pixels(text, FUNCTIONS[text], made)

    def picked(self, made: Node) -> Node:
        """Bands in any order, some of them twice, some that may be missing."""
        known = self.bands_of(made)
        missing = self.maybe(0.25)
        names = [
            self.one_of([*known, "none"] if missing else known) for _ in range(self.random.randint(1, 3))
        ]
        said = [f"pick_bands({' '.join(names)!r}, allow_missing={missing})"]
        text = "{0}." + said[0]
        if not missing and self.maybe():
            text = "{0}" + self.one_of([f"[{' '.join(names)!r}]", f"[{names!r}]"])
        return by_image(text, lambda image: oracle.picked(image, names, missing), made)

    def renamed(self, made: Node) -> Node:
        """New names for the first bands."""
        names = self.random.sample(["x", "y", "z", "p", "q", "é"], self.random.randint(1, 3))
        text = f"{{0}}.rename_bands({', '.join(map(repr, names))})"
        return by_image(text, lambda image: oracle.renamed(image, names), made)

    def bands_joined(self, kind: str, depth: int) -> Node:
        """The bands of two."""
        sides = self.imagery(kind, depth), self.partner(kind, depth)
        text = "{0}.concat_bands({1})"
        return call(kind, text, lambda a, b: oracle.paired(a, b, oracle.bands_joined), *sides)

    def masked(self, kind: str, depth: int) -> Node:
        """Hidden where one band of something says so."""
        of = "image" if kind == "image" or self.maybe() else "collection"
        hides = self.compared(of, depth - 1) if self.maybe(0.7) else self.imagery(of, depth - 1)
        replace = self.maybe(0.4)
        text = f"{{0}}.mask({{1}}, replace={replace})"
        sides = self.imagery(kind, depth), self.single(hides)

        def meaning(area: Area, obj: Img | Col, mask: Img | Col) -> Any:
            return oracle.masked(obj, mask, replace, area.outside)

        return placed(kind, text, meaning, *sides, local=not hides.composite)

    def masked_anew(self, kind: str, depth: int) -> Node:
        """A mask in place of another; the pixels below it are as they were."""
        masks = [self.single(self.compared("image", depth - 1)) for _ in range(2)]

        def meaning(area: Area, obj: Img | Col, first: Img, second: Img) -> Any:
            hidden = oracle.masked(obj, first, False, area.outside)
            return hidden if second.empty else oracle.masked(obj, second, True, area.outside)

        text = "{0}.mask({1}).mask({2}, replace=True)"
        local = not any(mask.composite for mask in masks)
        return placed(kind, text, meaning, self.imagery(kind, depth), *masks, local=local)

    def clipped(self, made: Node) -> Node:
        """Limits for all bands, or for each."""
        if self.maybe(0.6):
            low, high = self.one_of([(0, 3), (None, 1.5), (-1, None), (2, 2), (3, 1)])
            text = f"{{0}}.clip_values({low}, {high})"
            return pixels(text, lambda x: np.clip(x.astype(float), low, high), made)
        lows = [self.one_of([-1.0, 0.0, 2.0]) for _ in self.bands_of(made)]

        def by_band(image: Img) -> Img:
            if len(image.info) != len(lows):
                raise Refused("a limit for each band")
            floor = np.array(lows).reshape(-1, 1, 1)
            return oracle.pixelwise(lambda x: np.clip(x.astype(float), floor, 3), image)

        return by_image(f"{{0}}.clip_values({lows}, 3)", by_band, made)

    def scaled(self, made: Node) -> Node:
        """Another range, from a given domain or from the extremes."""
        start, stop = self.one_of([(None, None), (0, 4), (None, 8), (1, 1), (2, -2)])

        def meaning(area: Area, obj: Img | Col) -> Any:
            return oracle.each(obj, lambda i: reductions.scaled(i, area.cropped(i), 0, 16, start, stop))

        text = f"{{0}}.scale_values(0, 16, {start}, {stop})"
        return placed(made.kind, text, meaning, made, local=None not in (start, stop))

    def over_bands(self, made: Node) -> Node:
        """One band from all."""
        op, said = self.reduction(self.one_of(['axis="bands"', '"bands"', '["bands"]']))
        return by_image(f"{{0}}.{said}", lambda image: reductions.over_bands(op, image), made)

    def replaced(self, made: Node, depth: int) -> Node:
        """A stand-in where it is empty."""
        mask = self.maybe()
        if self.maybe(0.4):
            fill = self.imagery(made.kind, depth)

            def value(
                env: Env,
            ) -> Any:  # whether the stand-in is valid must not matter where it is not needed
                obj = made.value(env)
                return oracle.stand_in(obj, fill.value(env), mask) if obj.empty else obj

            text = f"{made.text}.replace_empty_with({fill.text}, mask={mask})"
            return Node(made.kind, text, value, (made, fill), made.free | fill.free, local=False)
        names = self.random.sample(BANDS, self.random.randint(1, 3))
        info = "{{" + ", ".join(f'"{name}": {{{{}}}}' for name in names) + "}}"

        def meaning(area: Area, obj: Img | Col, value: float) -> Any:
            image = oracle.filled(value, names, area.outside)
            return oracle.stand_in(obj, Col([image]) if isinstance(obj, Col) else image, mask)

        text = f"{{0}}.replace_empty_with({{1}}, mask={mask}, bandinfo={info})"
        return placed(made.kind, text, meaning, made, self.number(depth), local=False)
