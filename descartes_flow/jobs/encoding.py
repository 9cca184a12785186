"""Results as bytes and back: JSON text, or an ``.npz`` file of arrays with that text in it.

Nothing in such bytes is ever run: there is no pickle in them. In the text a list is a list; everything else
that JSON lacks is an object with one key, which names what it is: ``{"tuple": [1, 2]}``.
"""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .. import errors
from ..engine.results import ImageCollectionResult, ImageResult, join_masked, split_masked
from ..errors import DescartesFlowError, JobComputeError, JobDestination, JobSerialization
from ..geo.features import FeatureCollectionResult, FeatureResult, GeometryCollectionResult, GeometryResult

TEXT = "arr_0"
"""The array of an ``.npz`` file that holds the JSON text, as bytes; the others are numbered from 1."""

PLAIN = (type(None), bool, int, float, str)

LONGEST_DECIMAL = 4096
"""Bits of an integer in decimals; Python refuses to read or write much longer ones, which are hexadecimal."""

ZIP_MAGIC = b"PK"


@dataclass(frozen=True, slots=True)
class Form:
    """How values of one type are taken apart and made again.

    Attributes
    ----------
    name : str
        In the text.
    parts : callable
        The value -> values that can be encoded themselves.
    whole : callable
        Those values -> the value.
    """

    name: str
    parts: Callable[[Any], list[Any]]
    whole: Callable[..., Any]


FORMS: dict[type, Form] = {
    tuple: Form("tuple", list, lambda *items: tuple(items)),
    dict: Form("dict", lambda value: [list(item) for item in value.items()], lambda *items: dict(items)),
    OrderedDict: Form(
        "ordered", lambda value: [list(item) for item in value.items()], lambda *items: OrderedDict(items)
    ),
    slice: Form("slice", lambda value: [value.start, value.stop, value.step], slice),
    complex: Form("complex", lambda value: [value.real, value.imag], complex),
    datetime.datetime: Form("datetime", lambda value: [value.isoformat()], datetime.datetime.fromisoformat),
    datetime.date: Form("date", lambda value: [value.isoformat()], datetime.date.fromisoformat),
    datetime.timedelta: Form(
        "timedelta", lambda value: [value.days, value.seconds, value.microseconds], datetime.timedelta
    ),
}
"""How values that JSON lacks are written, by their type; arrays, numbers of numpy and errors have rules."""


def _form_of_imagery(kind: type[ImageResult] | type[ImageCollectionResult]) -> Form:
    def parts(value: Any) -> list[Any]:
        return [value.ndarray, value.properties, value.bandinfo, value.geocontext, value.issues]

    def whole(*values: Any) -> Any:
        made = kind(*values[:-1])
        made.issues = values[-1]
        return made

    return Form(kind.__name__, parts, whole)


FORMS.update({kind: _form_of_imagery(kind) for kind in (ImageResult, ImageCollectionResult)})
FORMS.update(
    {
        kind: Form(kind.__name__, lambda value: list(value.parts), kind)
        for kind in (GeometryResult, GeometryCollectionResult, FeatureResult, FeatureCollectionResult)
    }
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A result on its way to bytes."""

    text: str
    arrays: list[np.ndarray[Any, Any]]

    @property
    def size(self) -> int:
        """Bytes, about."""
        return len(self.text) + sum(array.nbytes for array in self.arrays)

    def to_bytes(self) -> bytes:
        """The whole, to be read by `decode`."""
        if not self.arrays:
            return self.text.encode()
        file = io.BytesIO()
        self.write(file)
        return file.getvalue()

    def write(self, file: Any) -> None:
        """Write the ``.npz`` file to an open file."""
        text = np.frombuffer(self.text.encode(), np.uint8)
        np.savez(file, text, *self.arrays)  # named arr_0, arr_1, ...


def encode(value: Any) -> Encoded:
    """A result on its way to bytes.

    Raises
    ------
    JobSerialization
        If a part of it is of a type that cannot be kept.
    """
    arrays: list[np.ndarray[Any, Any]] = []

    def keep(array: np.ndarray[Any, Any]) -> int:
        if array.dtype.hasobject:
            raise JobSerialization(f"an array of dtype {array.dtype} cannot be kept: it holds Python objects")
        arrays.append(array)
        return len(arrays)

    def tree(value: Any) -> Any:
        if isinstance(value, np.generic):  # before float, which float64 is a kind of
            return {"scalar": [keep(np.asarray(value))]}
        if isinstance(value, int) and value.bit_length() > LONGEST_DECIMAL:
            return {"int": [hex(value)]}
        if isinstance(value, PLAIN):
            return value
        if isinstance(value, list):
            return [tree(item) for item in value]
        form = next((FORMS[kind] for kind in type(value).__mro__ if kind in FORMS), None)
        if form is not None:
            return {form.name: [tree(part) for part in form.parts(value)]}
        if isinstance(value, np.dtype):
            return {"dtype": [value.str]}
        if isinstance(value, np.ndarray):
            masked = split_masked(value)
            return {"array": [keep(value)]} if masked is None else {"masked": [keep(part) for part in masked]}
        if isinstance(value, DescartesFlowError):
            return {"error": [type(value).__name__, *(tree(part) for part in value.args)]}
        raise JobSerialization(f"a {type(value).__name__} cannot be kept as the result of a job")

    try:
        return Encoded(json.dumps(tree(value)), arrays)
    except RecursionError:
        raise JobSerialization("a result with so many containers in each other cannot be kept") from None


def decode(source: bytes | Path) -> Any:
    """The result that `encode` took apart, from its bytes or its file.

    Raises
    ------
    JobDestination
        If the file is gone, or damaged.
    """
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    try:
        if isinstance(source, bytes) and not source.startswith(ZIP_MAGIC):
            return _Decoder(arrays).value(json.loads(source))
        with (
            io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as opened,
            np.load(opened, allow_pickle=False) as file,
        ):
            arrays.update(file)
        return _Decoder(arrays).value(json.loads(arrays.pop(TEXT).tobytes()))
    except (
        *(OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError),
        zipfile.BadZipFile,
    ) as error:
        raise JobDestination(f"the kept result cannot be read: {error}") from error


class _Decoder:
    """Makes values of the text again, with the arrays beside it."""

    def __init__(self, arrays: dict[str, np.ndarray[Any, Any]]) -> None:
        self._arrays = arrays
        self._rules: dict[str, Callable[..., Any]] = {
            **{form.name: form.whole for form in FORMS.values()},
            "int": lambda digits: int(digits, 16),
            "dtype": np.dtype,
            "scalar": lambda number: self._array(number)[()],
            "array": self._array,
            "masked": lambda data, mask, fill: join_masked(*map(self._array, (data, mask, fill))),
            "error": made_error,
        }

    def _array(self, number: int) -> np.ndarray[Any, Any]:
        return self._arrays[f"arr_{number}"]

    def value(self, tree: Any) -> Any:
        if isinstance(tree, list):
            return [self.value(item) for item in tree]
        if isinstance(tree, dict):
            ((name, parts),) = tree.items()
            return self._rules[name](*map(self.value, parts))
        return tree


def made_error(name: str, *args: Any) -> DescartesFlowError:
    """An error of the package, by the name of its class; one of a later version is a JobComputeError."""
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, DescartesFlowError):
        return kind(*args)
    return JobComputeError(f"{name}: {', '.join(map(str, args))}")
