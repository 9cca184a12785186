"""Ticks: round numbers for the scale of a legend or the axis of a histogram."""

import itertools
import math
from typing import NamedTuple

MOST_TICKS = 5
FEWEST_TICKS = 3
STEPS = (1, 2, 5)
BETWEEN = 4
"""Taken where a step of 2 gives too many numbers and one of 5 too few, as for 0.5 to 12.5."""

MOST_DIGITS = 12

WIDEST = 26
"""Characters of all numbers together that have room along a scale."""

EXACT = 1e-9
"""Share of a step by which rounding may move a tick over the end of a scale."""


class Tick(NamedTuple):
    """A number along a scale."""

    share: float
    """Where: 0 at the lower end, 1 at the upper."""

    text: str


def ticks_along(low: float, high: float, whole: bool = False) -> tuple[Tick, ...]:
    """Round numbers and their places on a scale; only the outermost where there is no room for all.

    Parameters
    ----------
    low, high : float
        Finite and different, in either order.
    whole : bool
        Whether only whole numbers mean anything.

    Examples
    --------
    >>> [(tick.share, tick.text) for tick in ticks_along(0, 4)]
    [(0.0, '0'), (0.25, '1'), (0.5, '2'), (0.75, '3'), (1.0, '4')]
    """
    first, last = min(low, high), max(low, high)
    numbers = [number for number in ticks(first, last) if not whole or number.is_integer()]
    if len("".join(tick_texts(numbers))) > WIDEST:
        numbers = [numbers[0], numbers[-1]]
    shares = [min(max((number - first) / (last - first), 0.0), 1.0) for number in numbers]
    return tuple(map(Tick, shares, tick_texts(numbers)))


def ticks(low: float, high: float) -> list[float]:
    """Three to five round numbers from `low` to `high`, the ends included where they are round.

    Parameters
    ----------
    low, high : float
        Finite, in either order.

    Returns
    -------
    list of float
        Ascending, evenly spaced by 1, 2, 5 (or at times 4) times a power of ten. A scale without a width has
        one tick, and so has one too narrow for floats to tell its numbers apart.

    Examples
    --------
    >>> ticks(0, 1)
    [0.0, 0.5, 1.0]
    >>> ticks(0.0213, 0.3127)
    [0.1, 0.2, 0.3]
    >>> ticks(1, -1)
    [-1.0, -0.5, 0.0, 0.5, 1.0]
    >>> ticks(0.5, 12.5)
    [4.0, 8.0, 12.0]
    """
    low, high = min(low, high), max(low, high)
    power = math.floor(math.log10(high - low)) if high > low else 0
    for steps in (STEPS, (BETWEEN,)):
        for width in (step * 10.0**magnitude for magnitude in (power - 1, power) for step in steps):
            found = _multiples(low, high, width)
            if FEWEST_TICKS <= len(set(found)) <= MOST_TICKS:
                return found
    return [float(low)]


def tick_texts(values: list[float]) -> list[str]:
    r"""The numbers as text, with the digits that tell them apart and no others.

    Parameters
    ----------
    values : list of float
        As `ticks` gives them.

    Returns
    -------
    list of str
        Thousands are set apart by narrow spaces; from a million on, and below a ten-thousandth, powers of ten
        are written as in ``2e-05``.

    Examples
    --------
    >>> tick_texts([0.0, 0.5, 1.0])
    ['0', '0.5', '1']
    >>> tick_texts([-0.1, 0.0]) == ["\N{MINUS SIGN}0.1", "0"]
    True
    >>> tick_texts([5000.0, 10000.0])
    ['5000', '10\u202f000']
    """
    gaps = [second - first for first, second in itertools.pairwise(values)]
    last_place = math.floor(math.log10(min(gaps)) + EXACT) if gaps else -MOST_DIGITS
    return [_text(value, last_place) for value in values]


def _text(value: float, last_place: int) -> str:
    """`value` with digits down to a power of ten."""
    if value == 0:
        return "0"
    size = abs(value)
    digits = min(max(math.floor(math.log10(size)) - last_place + 1, 1), MOST_DIGITS)
    text = f"{value:.{digits}g}"
    if 1e-4 <= size < 1e6:
        text = f"{float(text):.12f}".rstrip("0").rstrip(".")
        if size >= 1e4:
            text = f"{float(text):,.12g}".replace(",", "\u202f")
    return text.replace("-", "\N{MINUS SIGN}")


def _multiples(low: float, high: float, width: float) -> list[float]:
    """The multiples of `width` from low to high, none if far too many."""
    first = math.ceil(low / width - EXACT)
    last = math.floor(high / width + EXACT)
    if not 0 <= last - first <= 2 * MOST_TICKS:
        return []
    return [float(f"{number * width:.{MOST_DIGITS}g}") for number in range(first, last + 1)]
