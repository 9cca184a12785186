"""Programs of plain values: numbers, texts, moments, durations, lists, tuples, dicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from tests.laws.maker import Maker
from tests.laws.moments import MOMENTS
from tests.laws.nodes import Env, Node, binding, call
from tests.laws.oracle import Img, Refused, Undecided
from tests.laws.rules import LITERALS, Rule, items_of
from tests.laws.sequences import SEQUENCES
from tests.laws.texts import NUMBERS, TEXTS

RULES = [*NUMBERS, *TEXTS, *MOMENTS, *SEQUENCES]
PROPERTIES = {"Datetime": ("date",), "Str": ("id", "product")}
"""Properties of each type that every image has."""
ORDERED = ("Int", "Float", "Str", "Datetime", "Timedelta", "Tuple[Int, Str]", "List[Int]")
"""What images can be sorted by."""
KEYS = ("Int", "Bool", "Str", "Datetime", "Tuple[Int, Str]")
"""What images can be grouped by; of equal ones Python and we say the same."""
EVERYTHING = (*LITERALS, "List[Int]", "List[Str]", "List[Datetime]", "Tuple[Int, Str]", "Dict[Str, Int]")


class ValueMaker(Maker):
    """Makes plain values of any type."""

    def plain(self, kind: str, depth: int) -> Node:
        """A value of a type."""
        ways: list[Callable[[], Node]] = [lambda: self.literal_of(kind, depth)]
        if self.bound.get(kind):
            ways += [lambda: self.variable_of(kind)] * 3
        if self.variables and kind in PROPERTIES:
            ways += [lambda: self.property_of(kind)] * 3
        if depth > 0:
            fitting = [rule for rule in RULES if rule.result == kind]
            ways += [lambda: self.by_rule(self.one_of(fitting), depth - 1)] * 6 if fitting else []
            ways += [lambda: self.one_of_two(kind, depth - 1)]
            ways += [lambda: self.item_of_list(kind, depth - 1)] * (f"List[{kind}]" in EVERYTHING)
            if kind == "Float":
                ways += [
                    lambda: call(kind, "(wf.Float(1.0) * {0})", decided_number, self.number(depth - 1))
                ] * 2
            if kind.startswith("List["):
                ways += [lambda: self.of_items(kind, depth - 1)] * 4
        return self.valid(ways, lambda: self.literal_of(kind, 0))

    def literal_of(self, kind: str, depth: int) -> Node:
        """A value that the program holds; one of several parts is made of plain values."""
        if kind in LITERALS:
            text, value = self.one_of(list(LITERALS[kind].items()))
            return call(kind, text, lambda: value)
        types = items_of(kind)
        if kind.startswith("List["):
            items = [self.plain(types[0], depth - 1) for _ in range(self.random.randint(0, 3))]
            holes = ", ".join(f"{{{number}}}" for number in range(len(items)))
            text = f"wf.List[{_proxy(types[0])}]([{holes}])"
            return call(kind, text, lambda *values: list(values), *items)
        parts = [self.plain(item, depth - 1) for item in types]
        if kind.startswith("Tuple["):
            return call(kind, f"{_proxy(kind)}(({{0}}, {{1}}))", lambda *values: values, *parts)
        return call(
            kind, f"{_proxy(kind)}.from_pairs([({{0}}, {{1}})])", lambda key, value: {key: value}, *parts
        )

    def variable_of(self, kind: str) -> Node:
        """What a lambda around is called with."""
        name = self.one_of(self.bound[kind])
        return Node(kind, name, lambda env: env[name], free=frozenset([name]))

    def property_of(self, kind: str) -> Node:
        """Something said of an image."""
        name = self.one_of(PROPERTIES[kind])

        def meaning(image: Img) -> Any:
            if name not in image.props:
                raise Refused("no such property")
            return image.props[name]

        return call(kind, f'{{0}}.properties["{name}"]', meaning, self.source("image"))

    def by_rule(self, rule: Rule, depth: int) -> Node:
        """A method or an operator."""
        parts = [
            self.plain(kind, depth if place == 0 else min(depth, 1)) for place, kind in enumerate(rule.of)
        ]
        return call(rule.result, rule.text, rule.value, *parts)

    def one_of_two(self, kind: str, depth: int) -> Node:
        """The one that a Bool chooses; the other need not be valid."""
        flag, yes, no = parts = self.plain("Bool", depth), self.plain(kind, depth), self.plain(kind, depth)

        def value(env: Env) -> Any:
            return (yes if flag.value(env) else no).value(env)

        made = call(kind, "wf.ifelse({0}, {1}, {2})", lambda *values: None, *parts, local=False)
        return replace(made, value=value)

    def item_of_list(self, kind: str, depth: int) -> Node:
        """An item of a list."""
        of = self.plain(f"List[{kind}]", depth)
        place = self.random.randint(-3, 2)

        def meaning(items: list[Any]) -> Any:
            if not -len(items) <= place < len(items):
                raise Refused("beyond the end")
            return items[place]

        return call(kind, f"{{0}}[{place}]", meaning, of)

    def of_items(self, kind: str, depth: int) -> Node:
        """A list from functions of the items of another, or of the images of a collection."""
        (item,) = items_of(kind)
        if self.maybe(0.4):
            col = self.collection(min(depth, 1))
            with self.variable(col) as name:
                body = self.plain(item, depth)
            return binding(kind, "map", col, name, body, lambda results, col: results)
        return self.one_of([self.mapped_items, self.filtered_items, self.sorted_items])(item, depth)

    def mapped_items(self, item: str, depth: int) -> Node:
        """What a function makes of the items of any list."""
        other = self.one_of(("Int", "Str", "Datetime"))
        over = self.plain(f"List[{other}]", depth)
        with self.item_variable(other, over) as name:
            body = self.plain(item, depth)
        return _of_items("map", f"List[{item}]", over, name, body, lambda pairs: [made for _, made in pairs])

    def filtered_items(self, item: str, depth: int) -> Node:
        """The items for which a function is true."""
        over = self.plain(f"List[{item}]", depth)
        with self.item_variable(item, over) as name:
            body = self.plain("Bool", depth)
        return _of_items(
            "filter", over.kind, over, name, body, lambda pairs: [x for x, keep in pairs if keep]
        )

    def sorted_items(self, item: str, depth: int) -> Node:
        """The items in the order of what a function makes of them."""
        over = self.plain(f"List[{item}]", depth)
        with self.item_variable(item, over) as name:
            body = self.plain(self.one_of(("Int", "Str", "Tuple[Int, Str]")), depth)

        def meaning(pairs: list[tuple[Any, Any]]) -> list[Any]:
            return [x for x, _ in sorted(pairs, key=lambda pair: pair[1])]

        return _of_items("sorted", over.kind, over, name, body, meaning)

    @contextmanager
    def item_variable(self, kind: str, over: Node) -> Iterator[str]:
        """The name of an item of a list while a lambda's body is made."""
        name = f"v{sum(map(len, self.bound.values()))}"
        try:
            known = over.value(self.samples)
        except (Refused, Undecided):
            known = []
        self.samples[name] = self.one_of(known) if known else self.one_of(list(LITERALS[kind].values()))
        self.bound.setdefault(kind, []).append(name)
        yield name
        self.bound[kind].pop()
        del self.samples[name]


def decided_number(value: Any) -> float:
    """A number, perhaps of pixels, as a plain one; what masked ones do there is not said."""
    if value is np.ma.masked:
        raise Undecided
    return float(value)


def decided(value: Any) -> Any:
    """A value that decides; what a masked one, or NaN, does there has tests of its own."""
    parts = value if isinstance(value, (tuple, list)) else [value]
    if any(part is np.ma.masked or part != part for part in parts):
        raise Undecided
    return value


def _proxy(kind: str) -> str:
    """How a type is written: ``wf.List[wf.Int]``."""
    for name in ("Int", "Float", "Str", "Bool", "Datetime", "Timedelta", "List[", "Tuple[", "Dict["):
        kind = kind.replace(name, f"wf.{name}")
    return kind


def _of_items(
    method: str, kind: str, over: Node, name: str, body: Node, meaning: Callable[[list[tuple[Any, Any]]], Any]
) -> Node:
    """A method of a list; `meaning` gets the items and what the body makes of them."""

    def value(env: Env) -> Any:
        return meaning([(item, body.value({**env, name: item})) for item in over.value(env)])

    text = f"{over.text}.{method}(lambda {name}: {body.text})"
    return Node(kind, text, value, (over, body), over.free | (body.free - {name}), over.local and body.local)
