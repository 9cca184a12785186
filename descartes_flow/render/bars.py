"""The picture of a histogram, as HTML that a browser draws at any width."""

from __future__ import annotations

from collections.abc import Iterable

from ..colour.ticks import Tick, ticks_along
from .histogram import Histogram

HEIGHT = 48
"""Of the bars, in pixels."""

WIDTH = 1000
"""Of the bars in their own units; they are stretched to whatever room there is."""

Axis = tuple[float, float]


def bars(found: Histogram, axis: Axis, limits: tuple[float, float] | None, tone: str, ramp: str = "") -> str:
    """Bars over an axis with round numbers, what lies outside the limits shaded.

    Parameters
    ----------
    found : Histogram
    axis : (float, float)
        Values at the left and at the right edge; the first is the lower.
    limits : (float, float) or None
        Where lines are drawn, in either order.
    tone : str
        ``red``, ``green``, ``blue`` or ``grey``.
    ramp : str, optional
        CSS of the colours from the lower limit to the upper, drawn below the bars.

    Examples
    --------
    >>> import numpy as np
    >>> text = bars(Histogram(0.0, 2.0, np.array([1, 2])), (0.0, 4.0), (1.0, 3.0), "grey")
    >>> "M0 48V24H250V0H500V48Z" in text  # half as high as there is room, then as high
    True
    """
    parts = [f'<path class="descartes-flow-bars-{tone}" d="{_outline(found, axis)}"/>']
    strip = ""
    if limits is not None:
        left, right = (WIDTH * _share(limit, axis) for limit in sorted(limits))
        parts += [_shade(0, left), _shade(right, WIDTH), _line(left), _line(right)]
        if ramp:
            place = f"left: {left / WIDTH:.2%}; width: {(right - left) / WIDTH:.2%}"
            strip = f'<div class="descartes-flow-strip" style="{place}; background: {ramp}"></div>'
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" height="{HEIGHT}">'
        f"{''.join(parts)}</svg>"
    )
    numbers = tick_marks(ticks_along(*axis, whole=found.whole))
    return f'<div class="descartes-flow-bars">{svg}{strip}{numbers}</div>'


def tick_marks(shown: Iterable[Tick]) -> str:
    """HTML of numbers below the places that they stand for."""
    marks = [f'<span style="left: {tick.share:.2%}">{tick.text}</span>' for tick in shown]
    return f'<div class="descartes-flow-ticks">{"".join(marks)}</div>'


def _outline(found: Histogram, axis: Axis) -> str:
    """The bars as one shape, from the left; a bin that is not empty can be seen."""
    most = max(int(found.counts.max()), 1)
    width = (found.high - found.low) / len(found.counts)
    edges = [WIDTH * _share(found.low + width * number, axis) for number in range(len(found.counts) + 1)]
    steps = []
    for count, right in zip(found.counts.tolist(), edges[1:], strict=True):
        height = max(HEIGHT * count / most, 1.0 if count else 0.0)
        steps.append(f"V{_short(HEIGHT - height)}H{_short(right)}")
    return f"M{_short(edges[0])} {HEIGHT}{''.join(steps)}V{HEIGHT}Z"


def _shade(left: float, right: float) -> str:
    width = max(right - left, 0)
    return (
        f'<rect class="descartes-flow-outside" x="{_short(left)}" width="{_short(width)}" height="{HEIGHT}"/>'
    )


def _line(place: float) -> str:
    return f'<path class="descartes-flow-limit-line" d="M{_short(place)} 0V{HEIGHT}"/>'


def _share(value: float, axis: Axis) -> float:
    """Where a value lies on the axis: 0 at the left, 1 at the right, clipped."""
    return min(max((value - axis[0]) / (axis[1] - axis[0]), 0.0), 1.0)


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
