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


def bins(given: Mapping[str, AnyValue]) -> float:
    """The bins of a histogram, where they are a number."""
    return float(given["bins"]) if np.ndim(given["bins"]) == 0 else 0


def matrices(given: Mapping[str, AnyValue]) -> float:
    """The rows of the first argument with the columns of the second, for each pair of matrices."""
    first, second = (np.shape(value) for value in list(given.values())[:2])
    if min(len(first), len(second)) < 2:
        return float(max(math.prod(first[:-1]), math.prod(second[:-2]) * math.prod(second[-1:])))
    pairs = np.broadcast_shapes(first[:-2], second[:-2])
    return float(math.prod(pairs) * first[-2] * second[-1])


def contracted(given: Mapping[str, AnyValue]) -> float:
    """Each item of the first argument with each of the second, without the axes that are summed over."""
    first, second = np.shape(given["a"]), np.shape(given["b"])
    axes = given.get("axes", 1 if first and second else 0)  # dot sums over one axis
    summed = first[len(first) - axes :] if isinstance(axes, int) else [first[i] for i in np.ravel(axes[0])]
    length = max(1, math.prod(summed))
    return float(math.prod(first) / length * math.prod(second) / length)


def summed(given: Mapping[str, AnyValue]) -> float:
    """The result of einsum: every index that it keeps with every other."""
    inputs, arrow, kept = str(given["subscripts"]).replace(" ", "").partition("->")
    lengths: dict[str, int] = {}
    others: list[tuple[int, ...]] = []
    for letters, operand in zip(inputs.split(","), given["operands"], strict=False):
        before, dots, after = letters.partition("...")
        shape = np.shape(operand)
        stop = len(shape) - len(after)
        lengths.update(zip(before, shape, strict=False))
        lengths.update(zip(after, shape[stop:], strict=False))
        others.append(shape[len(before) : stop] if dots else ())
    named = kept if arrow else [letter for letter in lengths if inputs.count(letter) == 1]
    items = math.prod(lengths.get(letter, 1) for letter in named)
    return float(items) * math.prod(np.broadcast_shapes(*others))


def variables(given: Mapping[str, AnyValue]) -> float:
    """A matrix with a row and a column for each variable."""
    shape = np.shape(next(iter(given.values())))
    number = 1 if len(shape) < 2 else shape[0 if given["rowvar"] else 1]
    side = float(number if given["y"] is None else 2 * number)
    return side * side


def diagonal(given: Mapping[str, AnyValue]) -> float:
    """A matrix around a diagonal; of a matrix its diagonal."""
    shape = np.shape(given["v"])
    side = float(shape[0] + abs(given["k"])) if len(shape) == 1 else 0.0
    return side * side


def _at_one(array: AnyValue, axis: AnyValue) -> float:
    """Items at one position of an axis, or of several; one where there is no axis."""
    if axis is None:
        return 1
    axes = [axis] if isinstance(axis, int) else list(axis)
    rank = np.ndim(array)
    return float(math.prod(n for i, n in enumerate(np.shape(array)) if not {i, i - rank} & set(axes)))


def chosen(positions: str) -> Bound:
    """As many positions of an axis as argument `positions` has."""
    return lambda given: np.size(given[positions]) * _at_one(given["a"], given["axis"])


def inserted(given: Mapping[str, AnyValue]) -> float:
    """The items, and those of each position that is added."""
    added = 1 if isinstance(given["obj"], slice) else np.size(given["obj"])
    return (
        float(np.size(given["arr"])) + added * _at_one(given["arr"], given["axis"]) + np.size(given["values"])
    )


def sections(given: Mapping[str, AnyValue]) -> float:
    """What the arrays of a list take beside their items."""
    parts = given["indices_or_sections"]
    return 20.0 * (parts if isinstance(parts, int) else len(parts))


def gridded(given: Mapping[str, AnyValue]) -> float:
    """A grid over all arguments, for each of them."""
    return math.prod(float(np.size(xi)) for xi in given["xi"]) * len(given["xi"])


def crossed(given: Mapping[str, AnyValue]) -> float:
    """Broadcasting of all arguments."""
    arrays = [value for value in given.values() if isinstance(value, (np.ndarray, np.generic))]
    return float(math.prod(np.broadcast_shapes(*(array.shape for array in arrays))))
