"""`wf.widgets`: proxies of parameters that have a widget."""

from __future__ import annotations

import datetime
import math
import numbers
from collections.abc import Iterable
from typing import Any as AnyValue
from typing import TypeVar

from ..datetimes.datetime_ import Datetime
from ..parameter import parameter
from ..primitives.bool_ import Bool
from ..primitives.number import Float, Int
from ..primitives.string import Str
from ..proxytype import WIDGETS, Proxytype, describe
from .forms import Checkbox, DatePicker, Form, Input, Number, Select, Slider, plain
from .widget import Widget

P = TypeVar("P", bound=Proxytype)

NUMBERS: dict[type, type[Int | Float]] = {int: Int, float: Float}
TYPES: dict[type, type[Int | Float | Str]] = {**NUMBERS, str: Str}
FORMATS = ("dropdown", "radio", "slider")


def slider(
    name: str,
    min: Number,
    max: Number,
    step: Number | None = None,
    default: Number | None = None,
    label: str = "",
) -> Int | Float:
    """A number between `min` and `max`, set by dragging.

    Parameters
    ----------
    name : str
        Name of the parameter; a later widget of this name and type takes its place.
    min, max : int or float
        Least and greatest value.
    step : int or float, optional
        Distance of the values; by default a tenth of the range, and whole where all numbers are whole and it
        fits: 0 .. 10 and 0 .. 7 go by 1, 0 .. 40 by 4, but 0 .. 25 by 2.5 and 0 .. 1 by 0.1; pass ``step=1``
        for whole numbers.
    default : int or float, optional
        First value; by default `min`.
    label : str, optional
        What stands beside the slider; by default the name.

    Returns
    -------
    Int or Float
        Float where any of the numbers is one, or the step has to be.

    Raises
    ------
    TypeError, ValueError
        If something is no number, `min` is not below `max` or one is infinite, `default` not between them, or
        `step` is not above 0 and below their distance.

    Examples
    --------
    >>> threshold = slider("threshold", 0, 1)
    >>> threshold
    <Slider 'threshold': 0.0 of 0.0 .. 1.0, step 0.1>
    >>> threshold.value = 0.4
    >>> (threshold * 2).compute()
    0.8
    """
    given = {"min": min, "max": max, "step": step, "default": default}
    known = {name: _number(f"slider({name}=)", value) for name, value in given.items() if value is not None}
    low, high, first = known["min"], known["max"], known.get("default", known["min"])
    if not low < high:
        raise ValueError(f"slider(min=, max=): expected min below max, got {low} and {high}")
    if not math.isfinite(high - low):
        raise ValueError(f"slider(min=, max=): expected a range that is finite, got {low} .. {high}")
    by = known.get("step")
    if by is None:
        by = _tenth(low, high) if _are_whole((low, high, first)) else (high - low) / 10
    elif not 0 < by < high - low:
        raise ValueError(f"slider(step=): expected a number above 0 and below {high - low}, got {by}")
    kind = int if _are_whole((low, high, by, first)) else float
    return _made("slider", name, NUMBERS[kind], Slider(kind(low), kind(high), kind(by)), first, label)


def _number(argument: str, value: object) -> Number:
    """Python's own int or float."""
    is_whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    try:
        number: Number = plain(value, float)
        if is_whole:
            number = plain(value, int)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{argument}: {error}") from error
    return number


def _are_whole(values: Iterable[Number]) -> bool:
    return all(isinstance(value, int) for value in values)


def _tenth(min: Number, max: Number) -> Number:
    """A tenth of a range of whole numbers, whole where that fits."""
    tenth = (max - min) / 10
    if tenth < 0.5:
        return tenth
    whole = round(tenth) or 1
    return whole if tenth < 1 or (max - min) % whole == 0 else tenth


def input_(name: str, default: int | float | str, label: str = "") -> Int | Float | Str:
    """A number or a text that is typed; it counts once Enter is pressed.

    Parameters
    ----------
    name : str
        Name of the parameter; a later widget of this name and type takes its place.
    default : int, float or str
        First value, whose type all values have.
    label : str, optional
        What stands beside the box; by default the name.

    Returns
    -------
    Int, Float or Str

    Raises
    ------
    TypeError
        If `default` is neither a number nor a text.

    Examples
    --------
    >>> offset = input_("offset", 5, label="Offset")
    >>> (offset + 1).compute(), (offset + 1).compute(offset=1)
    (6, 2)
    """
    kind = _kind_of("input(default=)", default)
    return _made("input", name, TYPES[kind], Input(kind), default, label)


def select(
    name: str,
    options: Iterable[AnyValue],
    format: str = "dropdown",
    default: AnyValue = None,
    label: str = "",
) -> Int | Float | Str:
    """One of several values.

    Parameters
    ----------
    name : str
        Name of the parameter; a later widget of this name and type takes its place.
    options : iterable of int, float or str
        Of one type; the keys of a dict will do.
    format : {"dropdown", "radio", "slider"}
        How they are offered.
    default : int, float or str, optional
        First value; by default the first option.
    label : str, optional
        What stands beside the widget; by default the name.

    Returns
    -------
    Int, Float or Str

    Raises
    ------
    TypeError
        If options are of several types, or of another one.
    ValueError
        If there are none, one comes twice, `default` is none of them, or there is no such format.

    Examples
    --------
    >>> band = select("band", ["red", "nir"], format="radio")
    >>> band.value = "green"
    Traceback (most recent call last):
    ...
    ValueError: band.value: expected one of 'red', 'nir', got 'green'
    """
    if format not in FORMATS:
        raise ValueError(f"select(format=): expected one of {', '.join(FORMATS)}, got {format!r}")
    if isinstance(options, str) or not isinstance(options, Iterable):
        raise TypeError(f"select(options=): expected a list of numbers or texts, got {describe(options)}")
    values = tuple(options)
    if not values:
        raise ValueError("select(options=): expected at least one option, got none")
    kinds = {_kind_of("select(options=)", value) for value in values}
    if len(kinds) > 1:
        called = " and ".join(sorted(kind.__name__ for kind in kinds))
        raise TypeError(f"select(options=): expected options of one type, got {called}")
    (kind,) = kinds
    plain_values = tuple(plain(value, kind) for value in values)
    if any(value != value for value in plain_values):
        raise ValueError("select(options=): expected numbers, got nan")
    if len({*plain_values}) < len(plain_values):
        raise ValueError(f"select(options=): expected different options, got {list(plain_values)}")
    first = plain_values[0] if default is None else default
    return _made("select", name, TYPES[kind], Select(plain_values, format), first, label)


def checkbox(name: str, default: bool = False, label: str = "") -> Bool:
    """True or False, set by a click.

    Parameters
    ----------
    name : str
        Name of the parameter; a later widget of this name takes its place.
    default : bool
        First value.
    label : str, optional
        What stands beside the box; by default the name.

    Raises
    ------
    TypeError
        If `default` is no bool.

    Examples
    --------
    >>> masked = checkbox("masked", default=True)
    >>> (~masked).compute()
    False
    """
    return _made("checkbox", name, Bool, Checkbox(), default, label)


def date(name: str, default: AnyValue, label: str = "") -> Datetime:
    """A moment, picked from a calendar that shows UTC.

    Parameters
    ----------
    name : str
        Name of the parameter; a later widget of this name takes its place.
    default : str, date or datetime
        First value: an ISO 8601 text, UTC unless it says otherwise; the midnight of a date, UTC; a datetime,
        local time if it has no time zone. Later values are UTC unless they say otherwise, as all moments are.
    label : str, optional
        What stands beside the widget; by default the name.

    Raises
    ------
    TypeError, ValueError
        If `default` is none of these.

    Examples
    --------
    >>> start = date("start", "2020-06-01")
    >>> start.value
    datetime.datetime(2020, 6, 1, 0, 0, tzinfo=datetime.timezone.utc)
    >>> start.month.compute()
    6
    """
    if isinstance(default, datetime.datetime) and default == default and default.tzinfo is None:
        default = default.astimezone(datetime.UTC)
    return _made("date", name, Datetime, DatePicker(), default, label)


def _kind_of(argument: str, value: object) -> type:
    """int, float or str."""
    for kind in TYPES:
        try:
            plain(value, kind)
        except TypeError:
            continue
        return kind
    hint = "; wf.widgets.checkbox is for True and False" if isinstance(value, bool) else ""
    raise TypeError(f"{argument}: expected an int, a float or a str, got {describe(value)}{hint}")


def _made(call: str, name: str, kind: type[P], form: Form, default: AnyValue, label: str) -> P:
    if not isinstance(label, str):
        raise TypeError(f"{call}(label=): expected a str, got {describe(label)}")
    try:
        widget = Widget(name, form, default, label)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{call}(default=): {error}") from error
    return registered(kind, widget)


def registered(kind: type[P], widget: Widget) -> P:
    """The parameter that a widget sets from now on, in the place of an earlier one of its name and type."""
    proxy = parameter(widget.name, kind)
    WIDGETS[widget.name, kind.__name__] = widget
    return proxy
