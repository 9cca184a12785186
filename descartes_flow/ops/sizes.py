"""Plain values that would not fit into memory: refused before Python starts to make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyValue

from ..errors import JobInvalid

LARGEST = 1_000_000
"""Most bits of an Int, characters of a Str or items of a List that an operator makes."""


def bounded(function: Callable[..., AnyValue], size: Callable[..., int]) -> Callable[..., AnyValue]:
    """Python's operator or method; JobInvalid where its result has a larger size than `LARGEST`."""

    def value(*args: AnyValue) -> AnyValue:
        check(size(*args))
        return function(*args)

    return value


def check(size: int) -> None:
    """Refuse a result of more than `LARGEST` bits, characters or items."""
    if size > LARGEST:
        raise JobInvalid(f"the result would have more than {LARGEST:,} bits, characters or items")


def of_sum(x: AnyValue, y: AnyValue) -> int:
    """Size of ``x + y`` where these are texts or lists."""
    return len(x) + len(y) if hasattr(x, "__len__") and hasattr(y, "__len__") else 0


def of_product(x: AnyValue, y: AnyValue) -> int:
    """Size of ``x * y``: of an integer, or of a text or list that is repeated."""
    if isinstance(x, int) and isinstance(y, int):
        return x.bit_length() + y.bit_length()
    for items, times in ((x, y), (y, x)):
        if hasattr(items, "__len__") and isinstance(times, int):
            return len(items) * times
    return 0


def of_power(x: AnyValue, y: AnyValue) -> int:
    """Size of ``x ** y`` where both are integers."""
    return x.bit_length() * y if isinstance(x, int) and isinstance(y, int) and abs(x) > 1 else 0


def of_shift(x: AnyValue, y: AnyValue) -> int:
    """Size of ``x << y`` where both are integers."""
    return x.bit_length() + y if isinstance(x, int) and isinstance(y, int) else 0
