"""Rules of bilinear sampling, one pixel at a time, for loops over pixels.

The compiler puts these rules in the place of their calls. Arrays are another matter: to slice one, or to hand
it to a function, counts its users, which takes a loop over 64 pixels as long as half of its work.
"""

from __future__ import annotations

LANES = 64
"""Pixels at a time: their loops become vector instructions, and all they need stays in the nearest cache."""


def between(a: float, b: float, c: float, d: float, down: float, across: float) -> float:
    """Between four corners: `a` and `b` side by side, `c` and `d` below them."""
    above, below = a + (b - a) * across, c + (d - c) * across
    return above + (below - above) * down


def is_gap(value: float, nodata: float) -> bool:
    """Whether a source pixel has no value: it is `nodata`, or NaN."""
    return (value == nodata) | (value != value)


def any_gap(a: float, b: float, c: float, d: float, nodata: float) -> bool:
    """Whether any of four source pixels has no value."""
    return is_gap(a, nodata) | is_gap(b, nodata) | is_gap(c, nodata) | is_gap(d, nodata)


def between_valid(a: float, b: float, c: float, d: float, nodata: float, down: float, across: float) -> float:
    """The same, where corners without a value do not count and the weights of the others are scaled up."""
    e, f, g, h = is_gap(a, nodata), is_gap(b, nodata), is_gap(c, nodata), is_gap(d, nodata)
    value = between(0.0 if e else a, 0.0 if f else b, 0.0 if g else c, 0.0 if h else d, down, across)
    missing = between(
        1.0 if e else 0.0, 1.0 if f else 0.0, 1.0 if g else 0.0, 1.0 if h else 0.0, down, across
    )
    return value / (1.0 - missing) if missing < 1.0 else value
