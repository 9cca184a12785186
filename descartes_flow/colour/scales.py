"""Scales: for each band the value drawn darkest and the value drawn brightest."""

import math
from collections.abc import Sequence
from typing import TypeGuard

import numpy as np

from descartes_flow.errors import ProxyTypeError, StyleError

MOST_BANDS = 3
"""Red, green and blue."""


def validate_scales(scales: object, call: str = "visualize") -> list[list[float | None]]:
    """Scales in the one form that is stored and sent: a list of ``[min, max]``.

    Parameters
    ----------
    scales : sequence or None
        One pair, or up to three; a pair is two numbers, or two None where the scale is still to be found.
        ``min`` may be above ``max``: high values are then drawn dark.
    call : str
        The call that the user made; it opens the messages.

    Returns
    -------
    list of list
        A copy, with floats. Empty for None and for an empty sequence.

    Raises
    ------
    StyleError
        More than three pairs, a pair of another length, half a pair, or a number that is not finite.
    ProxyTypeError
        Something else than numbers and pairs of them. It is a TypeError.

    Examples
    --------
    >>> validate_scales([0, 1])
    [[0.0, 1.0]]
    >>> validate_scales([[0, 0.3], [0, 0.4], [0, 0.5]])
    [[0.0, 0.3], [0.0, 0.4], [0.0, 0.5]]
    >>> validate_scales([0, None])
    Traceback (most recent call last):
    ...
    descartes_flow.errors.StyleError: visualize(scales=): expected two numbers or two None, got [0, None]
    """
    if scales is None:
        return []
    pairs = _items(scales, f"{call}(scales=): expected [min, max] or up to three of them")
    if len(pairs) == 2 and not any(_is_sequence(limit) for limit in pairs):
        pairs = [pairs]
    if len(pairs) > MOST_BANDS:
        raise StyleError(f"{call}(scales=): expected at most {MOST_BANDS} pairs [min, max], got {len(pairs)}")
    return [_pair(pair, call) for pair in pairs]


def _pair(pair: object, call: str) -> list[float | None]:
    limits = _items(pair, f"{call}(scales=): expected a pair [min, max]")
    if len(limits) != 2:
        raise StyleError(f"{call}(scales=): expected a pair [min, max], got {limits!r}")
    low, high = (_limit(limit, call) for limit in limits)
    if low is None and high is None:
        return [None, None]
    if low is None or high is None:
        raise StyleError(f"{call}(scales=): expected two numbers or two None, got {limits!r}")
    if not math.isfinite(high - low):
        raise StyleError(f"{call}(scales=): expected finite numbers, got {limits!r}")
    return [low, high]


def _limit(limit: object, call: str) -> float | None:
    if limit is None:
        return None
    if isinstance(limit, bool) or not isinstance(limit, (int, float, np.integer, np.floating)):
        raise ProxyTypeError(f"{call}(scales=): expected a number, got {type(limit).__name__} {limit!r}")
    try:
        return float(limit)
    except OverflowError:
        return math.inf  # which is refused


def _is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, (Sequence, np.ndarray)) and not isinstance(value, (str, bytes))


def _items(value: object, expected: str) -> list[object]:
    if not _is_sequence(value):
        raise ProxyTypeError(f"{expected}, got {type(value).__name__} {value!r}")
    return list(value)
