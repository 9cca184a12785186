"""Forms of widgets: which values each can have."""

from __future__ import annotations

import datetime
import numbers
from dataclasses import dataclass
from typing import Any as AnyValue
from typing import Protocol

import numpy as np

from ..datetimes.datetime_ import iso
from ..proxytype import describe

Number = int | float


class Form(Protocol):
    """Which values a widget can have."""

    def accepted(self, value: object) -> AnyValue:
        """`value` as the widget holds it; TypeError or ValueError saying what was expected."""
        ...


@dataclass(frozen=True)
class Slider:
    """A number between two others."""

    min: Number
    max: Number
    step: Number

    def accepted(self, value: object) -> Number:
        """`value` as the widget holds it; TypeError or ValueError saying what was expected."""
        is_whole = isinstance(self.min, int)
        number: Number = plain(value, int if is_whole else float)
        if not self.min <= number <= self.max:
            raise ValueError(f"expected {self.min} .. {self.max}, got {number}")
        return number

    def __str__(self) -> str:
        return f"{self.min} .. {self.max}, step {self.step}"


@dataclass(frozen=True)
class Input:
    """A number or a text that is typed."""

    kind: type

    def accepted(self, value: object) -> AnyValue:
        """`value` as the widget holds it; TypeError saying what was expected."""
        return plain(value, self.kind)

    def __str__(self) -> str:
        return self.kind.__name__


@dataclass(frozen=True)
class Select:
    """One of several values of one type."""

    options: tuple[AnyValue, ...]
    format: str

    def accepted(self, value: object) -> AnyValue:
        """`value` as the widget holds it; TypeError or ValueError saying what was expected."""
        found = plain(value, type(self.options[0]))
        if found not in self.options:
            raise ValueError(f"expected one of {', '.join(map(repr, self.options))}, got {found!r}")
        return found

    def __str__(self) -> str:
        return f"{', '.join(map(repr, self.options))} ({self.format})"


@dataclass(frozen=True)
class Checkbox:
    """True or False."""

    def accepted(self, value: object) -> bool:
        """`value` as the widget holds it; TypeError saying what was expected."""
        return bool(plain(value, bool))

    def __str__(self) -> str:
        return "True or False"


@dataclass(frozen=True)
class DatePicker:
    """A moment, in UTC."""

    def accepted(self, value: object) -> datetime.datetime:
        """`value` as the widget holds it, UTC where it has no time zone; TypeError or ValueError."""
        if not isinstance(value, (str, datetime.date, np.datetime64)):
            raise TypeError(f"expected a datetime, a date or an ISO 8601 text, got {describe(value)}")
        text = value if isinstance(value, str) else iso(value)
        try:
            moment = datetime.datetime.fromisoformat(text)
            return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).astimezone(datetime.UTC)
        except (ValueError, OverflowError) as error:
            raise ValueError(f"expected an ISO 8601 date such as '2020-06-01', got {value!r}") from error

    def __str__(self) -> str:
        return "moments in UTC"


_KINDS: dict[type, tuple[tuple[type, ...], str]] = {
    int: ((numbers.Integral,), "a whole number"),
    float: ((numbers.Real,), "a number"),
    str: ((str,), "a text"),
    bool: ((bool, np.bool_), "True or False"),
}


def plain(value: AnyValue, kind: type) -> AnyValue:
    """`value` as Python's own int, float, str or bool; numpy's are taken too, a bool is no number.

    Raises
    ------
    TypeError
        If it is of another type.
    ValueError
        If it is too large for a float.
    """
    accepted, expected = _KINDS[kind]
    if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"expected {expected}, got {describe(value)}")
    try:
        return str.__str__(value) if kind is str else kind(value)
    except OverflowError as error:
        raise ValueError(f"expected a number that a float can be, got {describe(value)}") from error
