"""Arrays inside programs: how the data of a literal array are written, read back and checked."""

from __future__ import annotations

import base64
import binascii
import json
import math
from typing import Any as AnyValue

import numpy as np

from ...errors import ProxyTypeError

NdArray = np.ndarray[AnyValue, np.dtype[AnyValue]]

KINDS = "biuf"
"""Kinds of dtype that an array may have: truth values, integers with and without sign, real numbers."""

LARGEST = 10 * 2**20
"""A literal array takes fewer bytes than this when it is written."""

LONGEST_LIST = 1000
"""Items that are written as lists at most; more of them are written as a buffer."""

PLAIN_TYPES = ("bool", "int64", "float64")
"""Dtypes that lists of numbers come back as."""


def checked_dtype(value: AnyValue) -> np.dtype[AnyValue]:
    """The dtype that a name, a type or a dtype stands for.

    Raises
    ------
    TypeError
        If it stands for none, or for one that arrays do not have, such as texts, dates or records.
    """
    try:
        dtype: np.dtype[AnyValue] = np.dtype(value)
    except (TypeError, ValueError, SyntaxError) as error:
        raise TypeError(
            f"{value!r} is no dtype; use for instance 'float', 'int', 'bool' or np.float32"
        ) from error
    if value is None or dtype.kind not in KINDS or dtype.names or dtype.subdtype:
        raise TypeError(f"Invalid dtype {value!r} for an Array: expected bool, int or float")
    return dtype


def plain_array(value: AnyValue) -> NdArray:
    """The array of a number, a nested list or an array, whose items are truth values or numbers.

    Raises
    ------
    ValueError
        If the lists are ragged.
    ProxyTypeError
        If the items are no numbers.
    """
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"the nested lists have different lengths, so they are no Array: {error}") from None
    except OverflowError as error:
        raise ProxyTypeError(f"Invalid dtype for an Array: {error}") from None
    if array.dtype.kind not in KINDS:
        raise ProxyTypeError(f"Invalid dtype {array.dtype} for an Array: expected bool, int or float")
    return array


def written(array: NdArray) -> AnyValue:
    """The JSON data that stand for an array: nested lists, or a buffer where those would lose something.

    Raises
    ------
    ValueError
        If they take 10 MiB or more.

    Examples
    --------
    >>> written(np.array([[1, 2], [3, 4]]))
    [[1, 2], [3, 4]]
    >>> written(np.array([1], "uint8"))
    {'dtype': '|u1', 'shape': [1], 'base64': 'AQ=='}
    """
    if array.nbytes >= LARGEST:
        raise _too_large(array.nbytes)
    if _fits_lists(array):
        return array.tolist()
    little = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False))
    text = base64.b64encode(little.tobytes()).decode("ascii")
    data = {"dtype": little.dtype.str, "shape": list(array.shape), "base64": text}
    if len(text) + len(json.dumps(data["shape"])) >= LARGEST:
        raise _too_large(len(text))
    return data


def _too_large(size: int) -> ValueError:
    return ValueError(
        f"an Array inside a program takes less than 10 MiB, this one {size / 2**20:.1f} MiB; "
        "read it from a file as imagery instead"
    )


def _fits_lists(array: NdArray) -> bool:
    return (
        0 < array.size <= LONGEST_LIST and array.dtype.name in PLAIN_TYPES and bool(np.isfinite(array).all())
    )


def read(data: AnyValue) -> NdArray:
    """The array that JSON data stand for; what others wrote is checked.

    Raises
    ------
    ValueError, TypeError
        If the data are no array.
    """
    if not isinstance(data, dict):
        return plain_array(data)
    if sorted(data) != ["base64", "dtype", "shape"]:
        raise ValueError("an array is written as lists, or with the fields dtype, shape and base64")
    dtype, shape = checked_dtype(data["dtype"]), data["shape"]
    if not isinstance(shape, list) or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError(f"the shape of an array is a list of whole numbers, got {shape!r}")
    try:
        buffer = base64.b64decode(data["base64"], validate=True)
    except (binascii.Error, TypeError) as error:
        raise ValueError(f"the buffer of an array is not base64: {error}") from error
    if len(buffer) != math.prod(shape) * dtype.itemsize:
        raise ValueError(f"an array of shape {shape} and dtype {dtype} does not take {len(buffer)} bytes")
    return np.frombuffer(buffer, dtype).reshape(shape).astype(dtype.newbyteorder("="))
