"""How many items a function of numpy would make, where that may be more than it is given."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any as AnyValue

import numpy as np

Bound = Callable[[Mapping[str, AnyValue]], float]


def _numbers(value: AnyValue) -> list[float]:
    return [float(number) for number in np.ravel(value)]


def shaped(name: str) -> Bound:
    """As many as the shape that argument `name` gives; a negative length is for numpy to refuse."""
    return lambda given: math.prod(max(0.0, length) for length in _numbers(given[name]))


def repeated(times: str) -> Bound:
    """Those of the first argument as often as argument `times` says."""

    def bound(given: Mapping[str, AnyValue]) -> float:
        return float(np.size(next(iter(given.values())))) * math.prod(_numbers(given[times]))

    return bound


def square(given: Mapping[str, AnyValue]) -> float:
    """A matrix of N rows and M columns, or N."""
    return float(given["N"]) * float(given["N"] if given["M"] is None else given["M"])


def joint(given: Mapping[str, AnyValue]) -> float:
    """Each item of the first argument with each of the second."""
    first, second = list(given.values())[:2]
    return float(np.size(first)) * float(np.size(second))


def stepped(given: Mapping[str, AnyValue]) -> float:
    """The length of a range."""
    start, stop, step = given["start"], given["stop"], given["step"]
    if stop is None:
        start, stop = 0, start
    return abs((stop - start) / step) if step else 0


def padded(given: Mapping[str, AnyValue]) -> float:
    """An array with twice the widest border on each axis."""
    widest: float = max(_numbers(given["pad_width"]), default=0)
    lengths: list[float] = [length + 2 * widest for length in np.shape(given["array"])]
    return math.prod(lengths)


def largest(name: str) -> Bound:
    """As many as the largest item of argument `name`, and not less than `minlength`."""
    return lambda given: max(
        [0.0, *_numbers(np.max(given[name], initial=0)), float(given.get("minlength") or 0)]
    )


def summed(given: Mapping[str, AnyValue]) -> float:
    """Every index of the operands with every other: what einsum would loop over at most."""
    subscripts = str(given["subscripts"]).replace(" ", "").partition("->")[0].split(",")
    lengths: dict[str, int] = {}
    for letters, operand in zip(subscripts, given["operands"], strict=False):
        lengths.update(zip(letters.replace(".", ""), np.shape(operand), strict=False))
    return math.prod(lengths.values())


def squared(given: Mapping[str, AnyValue]) -> float:
    """A matrix with a row and a column for each row or column of the first argument."""
    longest: int = max(np.shape(next(iter(given.values()))), default=1)
    return float(longest) * longest


def gridded(given: Mapping[str, AnyValue]) -> float:
    """A grid over all arguments, for each of them."""
    return math.prod(float(np.size(xi)) for xi in given["xi"]) * len(given["xi"])


def crossed(given: Mapping[str, AnyValue]) -> float:
    """Broadcasting of all arguments."""
    arrays = [value for value in given.values() if isinstance(value, (np.ndarray, np.generic))]
    return float(math.prod(np.broadcast_shapes(*(array.shape for array in arrays))))
