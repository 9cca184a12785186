"""What functions of numpy mean for masked arrays: the ways in which ``numpy`` and ``numpy.ma`` are called.

Each is a function ``(call, arguments)``: the call of the function of the table, and its arguments by name.
They are asked only where an argument is masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any as AnyValue
from typing import Protocol

import numpy as np

from ..errors import JobInvalid
from ..steps.arrays import is_masked

Arguments = Mapping[str, AnyValue]


class Call(Protocol):
    """A function of the table, to be called with other arguments or in another module."""

    name: str

    @property
    def content(self) -> frozenset[str]:
        """Names of the arguments whose items go into the result."""

    def __call__(self, arguments: Arguments, function: Callable[..., AnyValue] | None = None) -> AnyValue:
        """The function, or another one, with these arguments."""


Way = Callable[[Call, Arguments], AnyValue]


def _each(convert: Callable[[AnyValue], AnyValue], value: AnyValue) -> AnyValue:
    """`convert` of an array, of the arrays of a list, or of a number."""
    if isinstance(value, (list, tuple)):
        return [_each(convert, item) for item in value]
    return value if value is None else convert(value)


def _converted(call: Call, arguments: Arguments, convert: Callable[[AnyValue], AnyValue]) -> Arguments:
    """The arguments with `convert` of those that are content."""
    return {
        name: _each(convert, value) if name in call.content else value for name, value in arguments.items()
    }


def _paired(data: AnyValue, mask: AnyValue) -> AnyValue:
    if isinstance(data, (list, tuple)):
        return [_paired(*pair) for pair in zip(data, mask, strict=True)]
    return np.ma.MaskedArray(data, mask)


def moved(call: Call, arguments: Arguments) -> AnyValue:
    """The items change places only: the masks go the same way."""
    data = call(_converted(call, arguments, np.ma.getdata))
    return _paired(data, call(_converted(call, arguments, np.ma.getmaskarray)))


def itemwise(call: Call, arguments: Arguments) -> AnyValue:
    """An item of the result is masked where one of those is that it was made of."""
    data = call(_converted(call, arguments, np.ma.getdata))
    mask: AnyValue = False
    for name in call.content:
        mask = mask | np.ma.getmaskarray(arguments[name])
    return np.ma.MaskedArray(data, np.broadcast_to(mask, np.shape(data)))


def with_nan(call: Call, arguments: Arguments) -> AnyValue:
    """Masked items become NaN, and NaN in the result is masked."""
    return call(_converted(call, arguments, _nan_filled))


def _nan_filled(value: AnyValue) -> AnyValue:
    return np.ma.filled(value.astype(float), np.nan) if is_masked(value) else value


def with_zeros(call: Call, arguments: Arguments) -> AnyValue:
    """Masked items count as 0."""
    return call(_converted(call, arguments, lambda value: np.ma.filled(value, 0)))


def products(call: Call, arguments: Arguments) -> AnyValue:
    """Sums of products of items that are valid on both sides, as `numpy.ma.dot` has them."""
    valid = _converted(call, arguments, lambda value: (~np.ma.getmaskarray(value)).astype(int))
    return np.ma.MaskedArray(with_zeros(call, arguments), np.equal(call(valid), 0))


def data(call: Call, arguments: Arguments) -> AnyValue:
    """The mask has no part in it."""
    return call(_converted(call, arguments, np.ma.getdata))


def valid(call: Call, arguments: Arguments) -> AnyValue:
    """Only the items that are not masked count; an argument that belongs to them must not be masked."""
    first, *others = (name for name in arguments if name in call.content)
    _refuse_masked(call, [arguments[name] for name in others])
    return call({**arguments, first: np.ma.compressed(arguments[first])})


def refused(call: Call, arguments: Arguments) -> AnyValue:
    """Nothing may be masked."""
    _refuse_masked(call, list(arguments.values()))
    return data(call, arguments)


def _refuse_masked(call: Call, values: AnyValue) -> None:
    if isinstance(values, (list, tuple)):
        for value in values:
            _refuse_masked(call, value)
    elif is_masked(values) and np.ma.getmaskarray(values).any():
        raise JobInvalid(
            f"numpy.{call.name} has no meaning for masked items; replace them first, with .filled(value) or "
            ".compressed()"
        )


def by(name: str = "", *, invalid: bool = False) -> Way:
    """`numpy.ma` has a function for it: of this name, or of the same; with `invalid` NaN counts as masked."""

    def call_ma(call: Call, arguments: Arguments) -> AnyValue:
        if invalid:
            arguments = _converted(call, arguments, np.ma.masked_invalid)
        return call(arguments, getattr(np.ma, name or call.name))

    return call_ma


def instead(function: Callable[..., AnyValue]) -> Way:
    """Masked items become NaN, and another function of numpy, a statistic along an axis, leaves those out."""

    def call_other(call: Call, arguments: Arguments) -> AnyValue:
        filled = np.asarray(_nan_filled(arguments["a"]), float)
        along = arguments["axis"]
        nothing = np.isnan(filled).all(axis=along, keepdims=True)
        found = call({**arguments, "a": np.where(nothing, 0, filled)}, function)  # of NaN alone numpy warns
        hidden = nothing.squeeze(along) if along is not None else nothing.reshape(())
        return np.ma.MaskedArray(found, np.broadcast_to(hidden, np.shape(found)))

    return call_other


def padded(call: Call, arguments: Arguments) -> AnyValue:
    """`numpy.pad`: what is added is masked where it repeats a masked item."""
    if arguments["mode"] not in ("constant", "edge", "reflect", "symmetric", "wrap"):
        return refused(call, arguments)
    return moved(call, arguments)


def all_close(call: Call, arguments: Arguments) -> AnyValue:
    """Whether the pairs without a masked item are close."""
    masks = [np.ma.getmaskarray(arguments[name]) for name in call.content]
    close = call(_converted(call, arguments, np.ma.getdata), np.isclose)
    return np.bool_((close | masks[0] | masks[1]).all())
