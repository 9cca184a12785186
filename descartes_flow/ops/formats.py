"""Values written into a text: `Str.format`."""

from __future__ import annotations

import datetime
import re
import string
from collections.abc import Mapping, Sequence
from typing import Any as AnyValue

from ..errors import JobInvalid, JobInvalidTyping, ProxyTypeError
from ..graph import apply
from ..types import Function, Imagery, Str, proxify
from ..types.proxytype import Proxytype, describe
from . import sizes
from .registry import operation

WRITTEN = (str, int, float, bool, type(None), datetime.datetime, datetime.timedelta, slice)
"""Plain values that have a text."""


@operation("Str.format", on=Str, method="format")
def text_format(self: Str, *values: object, **named: object) -> Str:
    """The text with values in place of its fields, as Python's ``str.format``.

    Parameters
    ----------
    *values : proxy or Python value
        For the fields ``{}``, ``{0}``, ``{1}``, ... Imagery and functions have no text.
    **named : proxy or Python value
        For the fields ``{name}``.

    Returns
    -------
    Str
        A field may say how its value is written: ``{:.2f}`` a number, ``{:%Y-%m}`` a Datetime. It may name an
        item, ``{0[name]}``; but no attribute: pass that as a value.

    Raises
    ------
    ValueError
        If the text is known and no format, or asks for a value that is not given.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.Str("{:.1f} % on {day:%d.%m.}").format(wf.Float(1) / 3, day=wf.Datetime(2020, 3, 1)).compute()
    '0.3 % on 01.03.'
    """
    nodes = [_written(position, value)._node for position, value in enumerate(values)]
    fields = {name: _written(name, value)._node for name, value in named.items()}
    if isinstance(self.literal_value, str):
        _check_fields(self.literal_value, len(nodes), fields)
    return Str._from_node(apply("Str.format", self._node, *nodes, **fields))


def format(text: AnyValue, *values: AnyValue, **named: AnyValue) -> Str:
    """`Str.format` of a text that need not be a proxy, in place of an f-string.

    Parameters
    ----------
    text : str or Str
    *values, **named : proxy or Python value

    Returns
    -------
    Str

    Examples
    --------
    >>> import descartes_flow as wf
    >>> wf.format("{:.2f}", wf.Float(1) / 3).compute()
    '0.33'
    """
    try:
        promoted = Str._promote(text)
    except ProxyTypeError as error:
        raise ProxyTypeError(f"format(text=): expected Str, got {describe(text)}") from error
    return promoted.format(*values, **named)


def _written(argument: int | str, value: object) -> Proxytype:
    """The proxy of a value that has a text."""
    try:
        proxy = proxify(value)
    except NotImplementedError as error:
        raise ProxyTypeError(f"Str.format({argument}): {error}") from error
    if isinstance(proxy, (Imagery, Function)):
        raise ProxyTypeError(f"Str.format({argument}): {describe(value)} has no text")
    return proxy


def _check_fields(text: str, given: int, named: Mapping[str, object]) -> None:
    """Refuse a text that is no format, or whose fields have no value."""
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    except ValueError as error:
        raise ValueError(f"Str.format(): {text!r} is no format: {error}") from error
    position = 0
    for field in fields:
        _refuse_attribute(field)
        first = field.partition("[")[0]
        if not first:
            first, position = str(position), position + 1
        if first.isdigit() and int(first) >= given:
            raise ValueError(f"Str.format(): no value is given for field {first}; there are {given}")
        if not first.isdigit() and first not in named:
            raise ValueError(f"Str.format(): no value is given for field {first!r}; pass {first}=...")


def _refuse_attribute(field: str) -> None:
    if "." in re.sub(r"\[[^\]]*\]", "", field):
        raise ValueError(f"Str.format(): field {field!r} reads an attribute; pass its value instead")


class _Formatter(string.Formatter):
    """Python's formatting, of plain values only: no attribute, and nothing longer than `sizes.LARGEST`."""

    def __init__(self) -> None:
        self.length = 0

    def get_field(
        self, field_name: str, args: Sequence[AnyValue], kwargs: Mapping[str, AnyValue]
    ) -> AnyValue:
        _refuse_attribute(field_name)
        try:
            found = super().get_field(field_name, args, kwargs)
        except LookupError as error:
            raise JobInvalid(f"no value is given for field {field_name!r}") from error
        _require_text(found[0])
        return found

    def format_field(self, value: AnyValue, format_spec: str) -> str:
        for number in re.findall(r"\d+", format_spec):
            sizes.check(int(number) if len(number) < 10 else sizes.LARGEST + 1)
        written: str = super().format_field(value, format_spec)
        self.length += len(written)
        sizes.check(self.length)
        return written


def _require_text(value: AnyValue) -> None:
    if isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            _require_text(item)
    elif not isinstance(value, WRITTEN):
        raise JobInvalidTyping(f"a value of type {type(value).__name__} has no text")


@text_format.value
def _format(text: str, *values: AnyValue, **named: AnyValue) -> str:
    return _Formatter().format(text, *values, **named)
