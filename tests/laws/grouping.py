"""Programs with groups, windows, sorted and folded collections."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from tests.laws import oracle, reductions
from tests.laws.collecting import CollectionMaker
from tests.laws.kernels import REDUCTIONS
from tests.laws.nodes import Env, Node, call
from tests.laws.oracle import EMPTY, Col, Img, Refused
from tests.laws.rules import LITERALS
from tests.laws.values import KEYS, ORDERED, decided

OVER = {
    'axis="images"': reductions.over_images,
    'axis=("bands", "images")': reductions.over_images_and_bands,
    'axis="bands"': lambda op, col: oracle.each(col, lambda image: reductions.over_bands(op, image)),
}

SAMPLES = {kind: next(iter(values.values())) for kind, values in LITERALS.items()} | {
    "Tuple[Int, Str]": (1, "a")
}


class GroupMaker(CollectionMaker):
    """Makes collections whose images were put in groups, windows or another order."""

    def several(self) -> list[Any]:
        """Ways to make a collection from another."""
        return [*super().several(), *[self.grouped] * 2, *[self.windows] * 2, self.sorted, self.partition]

    def composites(self) -> list[Any]:
        """Ways to make an image from a collection."""
        return [*super().composites(), self.fold, self.folded_from]

    def sorted(self, depth: int) -> Node:
        """By a number; equal ones keep their order, NaN comes last."""
        over, reverse = self.collection(depth), self.maybe()
        with self.variable(over) as name:
            body = self.number(depth) if self.maybe(0.6) else self.plain(self.one_of(ORDERED), depth)

        def value(env: Env) -> Col:
            images = over.value(env).images
            keys = [_sortable(body.value({**env, name: image})) for image in images]
            order = sorted(
                (i for i, key in enumerate(keys) if key == key), key=lambda i: keys[i], reverse=reverse
            )
            return Col([images[i] for i in [*order, *(i for i, key in enumerate(keys) if key != key)]])

        text = f"{over.text}.sorted(lambda {name}: {body.text}, reverse={reverse})"
        return _bound("collection", text, value, over, body, [name], local=over.local and body.local)

    def partition(self, depth: int) -> Node:
        """The part before or from a position."""
        place, part = self.random.randint(-2, 4), self.random.randint(0, 1)
        chosen = [slice(None, place), slice(place, None)][part]
        text = f"{{0}}.partition({place})[{part}]"
        made = self.collection(depth)
        return call("collection", text, lambda col: Col(col.images[chosen]), made, local=False)

    def fold(self, depth: int) -> Node:
        """One image from all, beginning with the first."""
        over = self.collection(depth)
        with self.variable(over) as total, self.variable(over) as each:
            body = self.image(depth)

        def value(env: Env) -> Img:
            images = over.value(env).images
            result = images[0] if images else EMPTY
            for image in images[1:]:
                result = body.value({**env, total: result, each: image})
            return result

        text = f"{over.text}.reduce(lambda {total}, {each}: {body.text})"
        return _bound("image", text, value, over, body, [total, each])

    def folded_from(self, depth: int) -> Node:
        """One image from all, beginning with another."""
        over, start = self.collection(depth), self.image(depth)
        with self.variable(over) as total, self.variable(over) as each:
            body = self.image(depth)

        def value(env: Env) -> Img:
            result = start.value(env)
            for image in over.value(env).images:
                result = body.value({**env, total: result, each: image})
            return result

        text = f"{over.text}.reduce(lambda {total}, {each}: {body.text}, initial={start.text})"
        made = _bound("image", text, value, over, body, [total, each])
        return replace(made, parts=(*made.parts, start), free=made.free | start.free)

    def grouped(self, depth: int) -> Node:
        """A composite of each group, or a function of each."""
        over, name, key = self.keyed(depth)
        if self.maybe(0.4):
            op, axis = self.one_of(REDUCTIONS), self.one_of(list(OVER))
            text = f"{over.text}.groupby(lambda {name}: {key.text}).{op}({axis})"

            def reduced(env: Env) -> Col:
                found = [OVER[axis](op, col) for col in _groups(over, name, key, env).values()]
                return _together(found)

            return _bound("collection", text, reduced, over, key, [name])
        with self.group_variables(over, key) as (group, images):
            body = self.imagery(self.one_of(("image", "collection")), depth)

        def value(env: Env) -> Col:
            groups = _groups(over, name, key, env)
            return _together([body.value({**env, group: k, images: col}) for k, col in groups.items()])

        text = f"{over.text}.groupby(lambda {name}: {key.text}).map(lambda {group}, {images}: {body.text})"
        made = _bound("collection", text, value, over, body, [group, images])
        return replace(made, parts=(*made.parts, key), free=made.free | (key.free - {name}))

    def group_numbers(self, depth: int) -> Node:
        """A number for each group, by its key."""
        over, name, key = self.keyed(depth)
        with self.group_variables(over, key) as (group, images):
            body = self.number(depth)

        def value(env: Env) -> dict[Any, Any]:
            groups = _groups(over, name, key, env)
            return {k: body.value({**env, group: k, images: col}) for k, col in groups.items()}

        text = f"{over.text}.groupby(lambda {name}: {key.text}).map(lambda {group}, {images}: {body.text})"
        made = _bound("dict", text, value, over, body, [group, images])
        return replace(made, parts=(*made.parts, key), free=made.free | (key.free - {name}))

    def keyed(self, depth: int) -> tuple[Node, str, Node]:
        """A collection, and the key of the group of each image."""
        over = self.collection(depth)
        with self.variable(over) as name:
            key = self.plain(self.one_of(KEYS), depth) if self.maybe(0.4) else self.number(depth)
        return over, name, key

    @contextmanager
    def group_variables(self, over: Node, key: Node) -> Iterator[tuple[str, str]]:
        """Names of the key and of the images of a group while a lambda's body is made."""
        group, images = f"key{len(self.groups)}", f"many{len(self.groups)}"
        names = self.numbers if key.kind == "number" else self.bound.setdefault(key.kind, [])
        self.samples[group], self.samples[images] = SAMPLES.get(key.kind, 1), self.sample(over)
        names.append(group)
        self.groups.append(images)
        yield group, images
        names.pop()
        self.groups.pop()
        del self.samples[group], self.samples[images]

    def windows(self, depth: int) -> Node:
        """A function of each image and its neighbours."""
        over, back, fwd = self.collection(depth), self.random.randint(0, 2), self.random.randint(0, 2)
        with self.variable(over) as name, self.neighbours(over, back, fwd) as (before, after):
            body = self.imagery(self.one_of(("image", "collection")), depth)

        def value(env: Env) -> Col:
            images = over.value(env).images
            if images and len(images) <= back + fwd:
                raise Refused("the window is longer than the collection")
            found = []
            for at in range(back, len(images) - fwd):
                around = {before: Col(images[at - back : at]), after: Col(images[at + 1 : at + 1 + fwd])}
                found.append(body.value({**env, **around, name: images[at]}))
            return _together(found)

        said = f"lambda {before}, {name}, {after}: {body.text}, back={back}, fwd={fwd}"
        return _bound(
            "collection", f"{over.text}.map_window({said})", value, over, body, [before, name, after]
        )

    @contextmanager
    def neighbours(self, over: Node, back: int, fwd: int) -> Iterator[tuple[str, str]]:
        """Names of the images before and after while a lambda's body is made."""
        names = f"before{len(self.groups)}", f"after{len(self.groups)}"
        for name, number in zip(names, (back, fwd), strict=True):
            self.samples[name] = Col(self.sample(over).images[:number])
            self.groups.append(name)
        yield names
        for name in names:
            self.groups.pop()
            del self.samples[name]


def _bound(
    kind: str, text: str, value: Any, over: Node, body: Node, names: list[str], local: bool = False
) -> Node:
    """A method of `over` whose lambda binds `names` in `body`."""
    return Node(kind, text, value, (over, body), over.free | (body.free - set(names)), local)


def _sortable(key: Any) -> Any:
    """A masked number comes last, as NaN does; what NaN does within a tuple is not said."""
    if key is np.ma.masked:
        return math.nan
    return key if isinstance(key, float) else decided(key)


def _groups(over: Node, name: str, key: Node, env: Env) -> dict[Any, Col]:
    """The images by key, sorted by key; each has its key as a property."""
    found: dict[Any, list[Img]] = {}
    for image in over.value(env).images:
        of = key.value({**env, name: image})
        decided(of)  # a test of its own says that all NaN are one group
        found.setdefault(of, []).append(replace(image, props={**image.props, "group": of}))
    return {of: Col(found[of]) for of in sorted(found)}


def _together(results: list[Img | Col]) -> Col:
    """Images and collections, one after the other, as one collection."""
    several = [result.images if isinstance(result, Col) else [result] for result in results]
    return oracle.collected(image for images in several for image in images)
