"""Changed metadata, and imagery made band by band."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tests.laws import oracle
from tests.laws.imagery import ImageryMaker
from tests.laws.nodes import Env, Node, binding, by_image, call
from tests.laws.oracle import EMPTY, Col, Img, Refused, picked

NAMES = ("a", "b", "number", "note")


class FieldMaker(ImageryMaker):
    """Makes imagery with other properties and bandinfo, and imagery from functions of bands."""

    def ways(self, kind: str, depth: int) -> list[Callable[[], Node]]:
        """How imagery of a kind can be made."""
        return [
            *super().ways(kind, depth),
            *[lambda: self.with_properties(self.imagery(kind, depth), depth)] * 2,
            lambda: self.without_properties(self.imagery(kind, depth)),
            lambda: self.with_bandinfo(self.imagery(kind, depth), depth),
            lambda: self.without_bandinfo(self.imagery(kind, depth)),
            *[lambda: self.by_bands(kind, depth)] * 2,
        ]

    def field(self, depth: int) -> Node:
        """What a field may hold."""
        if self.maybe(0.6):
            return self.number(depth)
        return self.flag(depth) if self.maybe(0.3) else self.plain(self.one_of(("Str", "Int")), depth)

    def with_properties(self, made: Node, depth: int) -> Node:
        """Fields for all images, or for each of a collection."""
        name, other = self.random.sample(NAMES, 2)
        value = self.field(depth)
        if made.kind == "collection" and self.maybe():
            over = made if self.maybe(0.8) else self.collection(depth)
            with self.variable(over) as variable:
                body = self.field(depth)
            value = binding("list", "map", over, variable, body, lambda results, col: results)

        def meaning(obj: Img | Col, one: Any, another: Any) -> Any:
            return _with_fields(obj, {name: one, other: another})

        text = f"{{0}}.with_properties({name}={{1}}, {other}={{2}})"
        return call(made.kind, text, meaning, made, value, self.field(min(depth, 0)))

    def without_properties(self, made: Node) -> Node:
        """Some left out, whether they are there or not."""
        names = self.random.sample([*NAMES, "id", "date", "odd"], self.random.randint(1, 3))
        text = f"{{0}}.without_properties({', '.join(map(repr, names))})"
        return by_image(text, lambda image: replace(image, props=_without(image.props, names)), made)

    def with_bandinfo(self, made: Node, depth: int) -> Node:
        """Fields in the info of one band."""
        band, name = self.one_of([*self.bands_of(made), "none"]), self.one_of(NAMES)

        def meaning(obj: Img | Col, value: Any) -> Any:
            return _with_info(obj, band, lambda info: {**info, name: value})

        text = f"{{0}}.with_bandinfo({band!r}, {name}={{1}})"
        return call(made.kind, text, meaning, made, self.field(depth))

    def without_bandinfo(self, made: Node) -> Node:
        """Fields of one band left out."""
        band = self.one_of([*self.bands_of(made), "none"])
        names = self.random.sample([*NAMES, "id", "name"], 2)

        def meaning(obj: Img | Col) -> Any:
            return _with_info(obj, band, lambda info: _without(info, names))

        text = f"{{0}}.without_bandinfo({band!r}, {', '.join(map(repr, names))})"
        return call(made.kind, text, meaning, made)

    def by_bands(self, kind: str, depth: int) -> Node:
        """The bands of what a function makes of each band."""
        over = self.imagery(kind if self.maybe(0.8) else "collection", depth)
        with self.band(over) as (name, band):
            body = self.imagery(kind, min(depth, 2))
        if self.maybe():
            called = Node("Str", name, lambda env: env[name], free=frozenset([name]))
            body = call(kind, "{0}.rename_bands({1})", _renamed, body, called)

        def meaning(results: dict[str, Any]) -> Any:
            return _bands_of_all(list(results.values()), Col() if kind == "collection" else EMPTY)

        return _over_bands(kind, over, (name, band), body, meaning)

    def numbers_by_band(self, depth: int) -> Node:
        """A number that a function makes of each band."""
        over = self.any_imagery(depth)
        with self.band(over) as names:
            body = self.number(depth)
        return _over_bands("dict", over, names, body, lambda results: results)

    @contextmanager
    def band(self, over: Node) -> Iterator[tuple[str, str]]:
        """Names of the name of a band and of the imagery of it alone while a lambda's body is made."""
        bound = self.variables if over.kind == "image" else self.groups
        texts = self.bound.setdefault("Str", [])
        names = f"name{len(texts)}", f"band{len(texts)}"
        sample = self.sample(over)
        first = self.one_of(self.bands_of(over))
        alone = sample if sample.empty else oracle.each(sample, lambda image: picked(image, [first]))
        self.samples[names[0]], self.samples[names[1]] = first, alone
        texts.append(names[0])
        bound.append(names[1])
        yield names
        texts.pop()
        bound.pop()
        for name in names:
            del self.samples[name]


def _with_fields(obj: Img | Col, fields: dict[str, Any]) -> Any:
    """A list holds one value for each image of a collection."""
    if obj.empty:
        return obj
    if isinstance(obj, Img):
        return replace(obj, props={**obj.props, **fields})
    number = len(obj.images)
    if any(isinstance(value, list) and len(value) != number for value in fields.values()):
        raise Refused("a value for each image")
    rows = [{k: v[i] if isinstance(v, list) else v for k, v in fields.items()} for i in range(number)]
    images = zip(obj.images, rows, strict=True)
    return Col([replace(image, props={**image.props, **row}) for image, row in images])


def _with_info(obj: Img | Col, band: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    def changed(image: Img) -> Img:
        if band not in image.info:
            raise Refused("no such band")
        return replace(image, info={**image.info, band: change(image.info[band])})

    return oracle.each(obj, changed)


def _renamed(obj: Img | Col, name: str) -> Any:
    return oracle.each(obj, lambda image: oracle.renamed(image, [name]))


def _without(fields: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}


def _over_bands(kind: str, over: Node, names: tuple[str, str], body: Node, meaning: Any) -> Node:
    """map_bands; `meaning` gets what the body is worth by the name of the band."""

    def value(env: Env) -> Any:
        obj = over.value(env)
        images = obj.images if isinstance(obj, Col) else [obj]
        results = {}
        for name in images[0].bands if images else []:
            alone = oracle.each(obj, lambda image, name=name: picked(image, [name]))
            results[name] = body.value({**env, names[0]: name, names[1]: alone})
        return meaning(results)

    text = f"{over.text}.map_bands(lambda {names[0]}, {names[1]}: {body.text})"
    local = over.local and body.local
    return Node(kind, text, value, (over, body), over.free | (body.free - set(names)), local)


def _bands_of_all(results: list[Img | Col], empty: Img | Col) -> Any:
    """All bands, one after the other, with the properties that all have."""
    if not results or any(result.empty for result in results):
        return empty
    if isinstance(empty, Img):
        return _bands_joined(results)
    if len({len(result.images) for result in results}) > 1:
        raise Refused("lengths differ")
    return Col([_bands_joined(images) for images in zip(*(result.images for result in results), strict=True)])


def _bands_joined(images: Any) -> Img:
    names = [name for image in images for name in image.bands]
    if len(set(names)) < len(names):
        raise Refused("two bands of one name")
    joined, *rest = images
    for image in rest:
        joined = oracle.bands_joined(joined, image)
    return joined
