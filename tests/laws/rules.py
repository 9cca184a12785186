"""Rules: how an operation on plain values is written, and what Python makes of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.laws.oracle import Refused, Undecided

UTC = datetime.UTC
LONGEST = 1000
"""Items and digits of the largest value; what is refused for its size has tests of its own."""


@dataclass(frozen=True)
class Rule:
    """An operation.

    Attributes
    ----------
    result : str
        The type that it gives.
    text : str
        How it is written; ``{0}`` is the first argument.
    meaning : callable
        The same in Python.
    of : tuple of str
        The types of its arguments.
    """

    result: str
    text: str
    meaning: Callable[..., Any]
    of: tuple[str, ...]

    def value(self, *values: Any) -> Any:
        """The result; what Python refuses is not valid."""
        if any(value is np.ma.masked for value in values):
            raise Undecided
        try:
            found = self.meaning(*values)
        except (IndexError, KeyError, ValueError, OverflowError, StopIteration) as error:
            raise Refused(str(error)) from error
        except ZeroDivisionError as error:
            raise Undecided from error
        if (isinstance(found, (str, list)) and len(found) > LONGEST) or (
            type(found) is int and abs(found) > 10**LONGEST
        ):
            raise Undecided
        return found


def rule(result: str, text: str, meaning: Callable[..., Any], *of: str) -> Rule:
    """A rule; see `Rule`."""
    return Rule(result, text, meaning, of)


def items_of(kind: str) -> list[str]:
    """The types of the parts: ``Tuple[Int, Str]`` has an Int and a Str."""
    return kind.partition("[")[2].removesuffix("]").split(", ")


def comparisons(kind: str) -> list[Rule]:
    """The signs that compare two values of a type that has an order."""
    signs: dict[str, Callable[[Any, Any], bool]] = {
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        "==": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
    }
    return [rule("Bool", f"({{0}} {sign} {{1}})", meaning, kind, kind) for sign, meaning in signs.items()]


def _written(*texts: str) -> dict[str, Any]:
    """Values by their source, evaluated without proxies."""
    return {f"wf.{kind}({text})": eval(text) for kind, _, text in (text.partition(":") for text in texts)}


LITERALS: dict[str, dict[str, Any]] = {
    "Int": _written(
        "Int:0", "Int:1", "Int:2", "Int:-1", "Int:3", "Int:7", "Int:-12", "Int:2020", "Int:3000000019"
    ),
    "Float": _written("Float:0.0", "Float:1.5", "Float:-2.25", "Float:0.1", "Float:1e9"),
    "Bool": _written("Bool:True", "Bool:False"),
    "Str": _written(
        "Str:''", "Str:'a'", "Str:'S2_b04:x'", "Str:' Ab  c '", "Str:':'", "Str:'é-1'", "Str:'12'", "Str:'s'"
    ),
    "Datetime": {
        "wf.Datetime(2020, 6, 3)": datetime.datetime(2020, 6, 3, tzinfo=UTC),
        "wf.Datetime(1969, 12, 31, 23, 59, 59, 7)": datetime.datetime(1969, 12, 31, 23, 59, 59, 7, UTC),
        "wf.Datetime.from_string('2020-02-29T23:30:00-02:00')": datetime.datetime(
            2020, 3, 1, 1, 30, tzinfo=UTC
        ),
        "wf.Datetime.from_timestamp(1591178400.5)": datetime.datetime(2020, 6, 3, 10, 0, 0, 500_000, UTC),
    },
    "Timedelta": {
        "wf.Timedelta(days=2)": datetime.timedelta(days=2),
        "wf.Timedelta(hours=-1)": datetime.timedelta(hours=-1),
        "wf.Timedelta(days=1, minutes=90, seconds=0.25)": datetime.timedelta(
            days=1, minutes=90, seconds=0.25
        ),
        "wf.Timedelta(weeks=1, milliseconds=3)": datetime.timedelta(weeks=1, milliseconds=3),
    },
}
"""Values by type and source."""
