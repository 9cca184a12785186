"""What lists, tuples and dicts can do, and what Python says of it."""

from __future__ import annotations

import operator
from typing import Any

from tests.laws.rules import LONGEST, Rule, comparisons, items_of, rule


def _times(items: list[Any], number: int) -> list[Any]:
    if abs(number) > LONGEST:
        raise ZeroDivisionError  # undecided: too long
    return items * number


def _range(*limits: int) -> list[int]:
    found = range(*limits)
    if len(found) > LONGEST:
        raise ZeroDivisionError
    return list(found)


def _of_list(kind: str) -> list[Rule]:
    """What every list can do."""
    (item,) = items_of(kind)
    return [
        *comparisons(kind),
        rule(item, "{0}[{1}]", operator.getitem, kind, "Int"),
        rule(kind, "{0}[{1}:{2}]", lambda a, i, j: a[i:j], kind, "Int", "Int"),
        rule(kind, "{0}[::-1]", lambda a: a[::-1], kind),
        rule(kind, "{0}.reversed()", lambda a: a[::-1], kind),
        rule(kind, "({0} + {1})", operator.add, kind, kind),
        rule(kind, "({0} * {1})", _times, kind, "Int"),
        rule(kind, "{0}.sorted()", sorted, kind),
        rule(kind, "{0}.sorted(reverse=True)", lambda a: sorted(a, reverse=True), kind),
        rule("Int", "{0}.length()", len, kind),
        rule("Bool", "{0}.contains({1})", operator.contains, kind, item),
    ]


def _total(items: list[int], start: int) -> int:
    return start + sum(items)


PAIRS = "List[Tuple[Int, Str]]"
SEQUENCES = [
    *_of_list("List[Int]"),
    *_of_list("List[Str]"),
    *_of_list("List[Datetime]"),
    *comparisons("Tuple[Int, Str]"),
    rule("List[Int]", "wf.range({0})", _range, "Int"),
    rule("List[Int]", "wf.range({0}, {1})", _range, "Int", "Int"),
    rule("List[Int]", "wf.range({0}, {1}, -2)", lambda a, b: _range(a, b, -2), "Int", "Int"),
    rule("Int", "{0}.reduce(lambda total, n: total + n, initial={1})", _total, "List[Int]", "Int"),
    rule(
        "Str",
        "{0}.reduce(lambda total, n: total + n, initial={1})",
        lambda a, b: b + "".join(a),
        "List[Str]",
        "Str",
    ),
    rule("Int", "wf.zip({0}, {1}).length()", lambda a, b: min(len(a), len(b)), "List[Int]", "Str"),
    rule(
        "Tuple[Int, Str]",
        "wf.zip({0}, {1})[0]",
        lambda a, b: next(zip(a, b, strict=False)),
        "List[Int]",
        "List[Str]",
    ),
    rule(
        "List[Str]",
        "wf.zip({0}, {1}).map(lambda pair: pair[1] * 2)",
        lambda a, b: [y * 2 for _, y in zip(a, b, strict=False)],
        "List[Int]",
        "Str",
    ),
    rule("Int", "{0}[0]", operator.itemgetter(0), "Tuple[Int, Str]"),
    rule("Str", "{0}[-1]", operator.itemgetter(1), "Tuple[Int, Str]"),
    rule("Int", "({0} + {1})[2]", lambda a, b: b[0], "Tuple[Int, Str]", "Tuple[Int, Str]"),
    rule("Int", "{0}[{1}]", operator.getitem, "Dict[Str, Int]", "Str"),
    rule("Int", "{0}.get({1}, {2})", dict.get, "Dict[Str, Int]", "Str", "Int"),
    rule("Int", "{0}.length()", len, "Dict[Str, Int]"),
    rule("Bool", "{0}.contains({1})", operator.contains, "Dict[Str, Int]", "Str"),
    rule("List[Str]", "{0}.keys()", list, "Dict[Str, Int]"),
    rule("List[Int]", "{0}.values()", lambda a: list(a.values()), "Dict[Str, Int]"),
    rule(
        "Tuple[Int, Str]",
        "{0}.items().map(lambda kv: wf.Tuple[wf.Int, wf.Str]((kv[1], kv[0])))[0]",
        lambda a: next((v, k) for k, v in a.items()),
        "Dict[Str, Int]",
    ),
    rule(
        "Dict[Str, Int]", "wf.Dict[wf.Str, wf.Int](a={0}, s={1})", lambda a, b: {"a": a, "s": b}, "Int", "Int"
    ),
    rule(
        "Dict[Str, Int]",
        "wf.Dict[wf.Str, wf.Int].from_pairs(wf.zip({0}, {1}))",
        lambda a, b: dict(zip(a, b, strict=False)),
        "List[Str]",
        "List[Int]",
    ),
]
