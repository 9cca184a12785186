"""What numbers and texts can do, and what Python says of it."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from tests.laws.rules import LONGEST, Rule, comparisons, rule


def _times(value: Any, number: int) -> Any:
    if abs(number) > LONGEST:
        raise ZeroDivisionError  # undecided: too long
    return value * number


def _divided(a: float, b: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(a) / np.float64(b))


def _numbers() -> list[Rule]:
    """Of Int and Float."""
    found = [*comparisons("Int"), *comparisons("Float")]
    for sign, meaning in {"+": operator.add, "-": operator.sub, "*": operator.mul}.items():
        found += [rule("Int", f"({{0}} {sign} {{1}})", meaning, "Int", "Int")] * 2
        found += [
            rule("Float", f"({{0}} {sign} {{1}})", meaning, left, right)
            for left, right in (("Float", "Float"), ("Int", "Float"), ("Float", "Int"))
        ]
    return [
        *found,
        rule("Int", "({0} // {1})", operator.floordiv, "Int", "Int"),
        rule("Int", "({0} % {1})", operator.mod, "Int", "Int"),
        rule("Int", "divmod({0}, {1})[1]", operator.mod, "Int", "Int"),
        rule("Int", "({0} ** 3)", lambda a: a**3, "Int"),
        rule("Int", "({0} & {1})", operator.and_, "Int", "Int"),
        rule("Int", "({0} ^ {1})", operator.xor, "Int", "Int"),
        rule("Int", "({0} | 6)", lambda a: a | 6, "Int"),
        rule("Int", "({0} << 2)", lambda a: a << 2, "Int"),
        rule("Int", "({0} >> 1)", lambda a: a >> 1, "Int"),
        rule("Int", "(-{0})", operator.neg, "Int"),
        rule("Int", "abs({0})", abs, "Int"),
        rule("Int", "(~{0})", operator.invert, "Int"),
        rule("Int", "({0} + {1})", operator.add, "Int", "Bool"),
        rule("Int", "wf.Int({0})", int, "Float"),
        rule("Int", "wf.Int({0})", int, "Str"),
        rule("Int", "wf.Int({0})", int, "Bool"),
        rule("Float", "wf.Float({0})", float, "Int"),
        rule("Float", "({0} / {1})", _divided, "Int", "Int"),
        rule("Float", "({0} / {1})", _divided, "Float", "Float"),
        rule("Float", "abs({0})", abs, "Float"),
        rule("Float", "wf.square({0})", lambda a: a * a, "Float"),
        rule("Bool", "(~{0})", operator.not_, "Bool"),
        rule("Bool", "({0} & {1})", operator.and_, "Bool", "Bool"),
        rule("Bool", "({0} | {1})", operator.or_, "Bool", "Bool"),
        rule("Bool", "({0} ^ {1})", operator.xor, "Bool", "Bool"),
        rule("Bool", "({0} == {1})", operator.eq, "Bool", "Bool"),
        rule("Int", "wf.where({0}, {1}, {2})", lambda c, a, b: a if c else b, "Bool", "Int", "Int"),
        rule(
            "Float", "wf.where({0}, {1}, {2})", lambda c, a, b: float(a if c else b), "Bool", "Int", "Float"
        ),
    ]


def _texts() -> list[Rule]:
    """Of Str."""
    of_text = ["upper", "lower", "title", "swapcase", "capitalize", "casefold", "strip", "lstrip", "rstrip"]
    found = [rule("Str", f"{{0}}.{name}()", getattr(str, name), "Str") for name in of_text]
    for name in ["isalnum", "isalpha", "isdigit", "isspace", "islower", "isupper", "istitle"]:
        found.append(rule("Bool", f"{{0}}.{name}()", getattr(str, name), "Str"))
    for kind, names in {
        "Int": "count find rfind",
        "Bool": "startswith endswith",
        "Str": "strip lstrip rstrip removeprefix removesuffix",
        "List[Str]": "split rsplit",
    }.items():
        for name in names.split():
            found.append(rule(kind, f"{{0}}.{name}({{1}})", getattr(str, name), "Str", "Str"))
    for place in range(3):
        for name in ("partition", "rpartition"):
            part = rule("Str", f"{{0}}.{name}({{1}})[{place}]", _part(name, place), "Str", "Str")
            found.append(part)
    return found


def _part(name: str, place: int) -> Any:
    return lambda text, separator: getattr(text, name)(separator)[place]


NUMBERS = _numbers()
TEXTS = [
    *_texts(),
    *comparisons("Str"),
    *[rule("Str", "({0} + {1})", operator.add, "Str", "Str")] * 3,
    rule("Str", "({0} * {1})", _times, "Str", "Int"),
    rule("Str", "({1} * {0})", _times, "Str", "Int"),
    rule("Str", "{0}[{1}]", operator.getitem, "Str", "Int"),
    rule("Str", "{0}[{1}:{2}]", lambda a, i, j: a[i:j], "Str", "Int", "Int"),
    rule("Str", "{0}[::-2]", lambda a: a[::-2], "Str"),
    rule("Str", "{0}.reversed()", lambda a: a[::-1], "Str"),
    rule("Str", "{0}.replace({1}, {2})", str.replace, "Str", "Str", "Str"),
    rule("Str", "{0}.replace({1}, {2}, 1)", lambda a, b, c: a.replace(b, c, 1), "Str", "Str", "Str"),
    rule("Str", "{0}.zfill(5)", lambda a: a.zfill(5), "Str"),
    rule("Str", "{0}.center(7, '*')", lambda a: a.center(7, "*"), "Str"),
    rule("Str", "{0}.ljust(4)", lambda a: a.ljust(4), "Str"),
    rule("Str", "{0}.join({1})", str.join, "Str", "List[Str]"),
    rule("Str", "wf.format('{{}}_{{:03}}', {0}, {1})", "{}_{:03}".format, "Str", "Int"),
    rule("Str", "wf.format('{{:>4}}', {0})", "{:>4}".format, "Str"),
    rule("Int", "{0}.length()", len, "Str"),
    rule("Bool", "{0}.contains({1})", operator.contains, "Str", "Str"),
    rule("List[Str]", "{0}.split()", str.split, "Str"),
    rule("List[Str]", "{0}.split({1}, 1)", lambda a, b: a.split(b, 1), "Str", "Str"),
    rule("List[Str]", "{0}.splitlines()", str.splitlines, "Str"),
]
