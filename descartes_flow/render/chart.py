"""A series as a chart: SVG text, readable on light and dark pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..colour.ticks import tick_texts, ticks
from .dateticks import date_ticks, midnight
from .series import Series

WIDTH, HEIGHT = 400, 165
LEFT, RIGHT, BOTTOM = 46, 10, 34
LEGEND_LINE = 16
LETTER = 6.2
"""Width of a letter of the legend, about."""

MOST_BANDS = 8
NAMED = {"red": "#e05252", "green": "#3aa655", "blue": "#4a86e8"}
"""Bands that are colours."""

COLOURS = ("#2a9fb8", "#e08a2e", "#a66bd3", "#b5a11c", "#d95f9c", "#7f8fa6", "#4a86e8", "#3aa655")
"""Of other bands; all of them are told apart from white and from black."""

PADDING = 0.06
"""Of the values above and below, as a share of their span."""

LARGEST = 1e300
"""With greater values, or differences as small as its inverse, floats cannot be reckoned with."""


class Frame(NamedTuple):
    """Where numbers lie in the picture."""

    x: tuple[float, float]
    y: tuple[float, float]
    top: float

    def across(self, x: float) -> float:
        """Pixels from the left."""
        return LEFT + (WIDTH - LEFT - RIGHT) * _share(x, *self.x)

    def down(self, y: float) -> float:
        """Pixels from the top."""
        bottom = HEIGHT - BOTTOM
        return bottom - (bottom - self.top) * _share(y, *self.y)


def chart(series: Series) -> str:
    """The values over time: points of the images, joined by a line that a masked pixel interrupts.

    Parameters
    ----------
    series : Series
        Of more than eight bands the first are drawn. Images without dates are drawn by number.

    Returns
    -------
    str
        An SVG element, as wide as there is room. Ticks at the bottom mark images that have no value.
    """
    bands = series.bands[:MOST_BANDS]
    values = series.values[:, : len(bands)]
    colours = band_colours(bands)
    legend, top = _legend(bands, series.units, colours)
    moments = _moments(series)
    frame = Frame(_span(moments), _range(values), top + 6)
    parts = [
        *_values_axis(frame, values),
        *(_dates_axis(frame, series) if series.dated else _numbers_axis(frame, len(moments))),
        *_missing(frame, moments, values),
    ]
    for place, band in enumerate(bands):
        parts += _curve(frame, series, band, moments, values[:, place], colours[band])
    said = f"Values of {', '.join(bands)} of {len(moments)} images"
    return (
        f'<svg class="descartes-flow-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(said)}" font-size="11" fill="currentColor">{"".join([*parts, *legend])}</svg>'
    )


def band_colours(bands: Sequence[str]) -> dict[str, str]:
    """A colour for each band, that of its name where it is one."""
    taken = {NAMED[band] for band in bands if band in NAMED}
    others = itertools.cycle([colour for colour in COLOURS if colour not in taken])
    return {band: NAMED.get(band) or next(others) for band in bands}


def _share(value: float, low: float, high: float) -> float:
    return 0.5 if low == high else (value - low) / (high - low)


def _moments(series: Series) -> list[float]:
    """Seconds, or numbers from 1 where dates are missing."""
    if series.dated:
        return [date.timestamp() for date in series.dates if date is not None]
    return [float(number) for number in range(1, len(series.dates) + 1)]


def _span(moments: Sequence[float]) -> tuple[float, float]:
    return (min(moments), max(moments)) if moments else (0.0, 0.0)


def _range(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """From the lowest to the highest finite value, and a little more."""
    shown = values[np.isfinite(values)].clip(-LARGEST, LARGEST)
    if not shown.size:
        return 0.0, 1.0
    low, high = float(shown.min()), float(shown.max())
    margin = PADDING * (high - low) or 0.5 * abs(high)
    margin = margin if margin > 1 / LARGEST else 1.0
    return low - margin, high + margin


def _values_axis(frame: Frame, values: npt.NDArray[np.float64]) -> Iterator[str]:
    if not np.isfinite(values).any():
        middle = (frame.top + HEIGHT - BOTTOM) / 2
        yield _text((LEFT + WIDTH - RIGHT) / 2, middle, "no value at this point", "middle", faint=True)
        return
    places = ticks(*frame.y)
    for place, text in zip(places, tick_texts(places), strict=True):
        y = frame.down(place)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="currentColor" opacity=".15"/>'
        yield _text(LEFT - 6, y + 4, text, "end", faint=True)


def _dates_axis(frame: Frame, series: Series) -> Iterator[str]:
    yield _baseline()
    dates = [date for date in series.dates if date is not None]
    if not dates:
        return
    first, last = dates[0], dates[-1]
    found = date_ticks(first, last) or date_ticks(midnight(first), midnight(first))
    for moment, text, year in found:
        x = frame.across(min(max(moment, first), last).timestamp())
        yield f'<path d="M{x:.1f} {HEIGHT - BOTTOM}v4" stroke="currentColor" opacity=".5"/>'
        yield _text(x, HEIGHT - BOTTOM + 15, text, "middle", faint=True)
        yield _text(x, HEIGHT - BOTTOM + 28, year, "middle", faint=True) if year else ""


def _numbers_axis(frame: Frame, count: int) -> Iterator[str]:
    yield _baseline()
    for number in sorted({1, count}):
        yield _text(frame.across(number), HEIGHT - BOTTOM + 15, f"image {number}", "middle", faint=True)


def _baseline() -> str:
    return f'<path d="M{LEFT} {HEIGHT - BOTTOM}H{WIDTH - RIGHT}" stroke="currentColor" opacity=".5"/>'


def _missing(frame: Frame, moments: Sequence[float], values: npt.NDArray[np.float64]) -> Iterator[str]:
    """A short line for each image without any value."""
    without = ~np.isfinite(values).any(axis=1)
    for place in np.flatnonzero(without).tolist():
        x = frame.across(moments[place])
        yield (
            f'<path d="M{x:.1f} {HEIGHT - BOTTOM}v-5" stroke="currentColor" opacity=".45">'
            "<title>masked</title></path>"
        )


def _curve(
    frame: Frame,
    series: Series,
    band: str,
    moments: Sequence[float],
    values: npt.NDArray[np.float64],
    colour: str,
) -> Iterator[str]:
    points = [
        (frame.across(moment), frame.down(value)) if np.isfinite(value) else None
        for moment, value in zip(moments, values.tolist(), strict=True)
    ]
    for joined, run in itertools.groupby(points, lambda point: point is not None):
        if joined:
            line = "L".join(f"{x:.1f} {y:.1f}" for x, y in filter(None, run))
            yield f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="1.2" opacity=".7"/>'
    radius = 2.6 if len(points) <= 100 else 1.6
    for place, point in enumerate(points):
        if point is not None:
            x, y = point
            date = series.dates[place]
            when = f"image {place + 1}" if date is None else f"{date:%Y-%m-%d %H:%M}"
            title = f"<title>{escape(f'{when}: {band} {values[place]:.6g}')}</title>"
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}">{title}</circle>'


def _legend(
    bands: Sequence[str], units: Mapping[str, str], colours: Mapping[str, str]
) -> tuple[list[str], float]:
    """A dot and a name for each band, in as many lines as they need, and where these lines end."""
    parts, x, y = [], float(LEFT), 11.0
    for band in bands:
        name = f"{band} ({units[band]})" if band in units else band
        width = 16 + LETTER * len(name)
        if x > LEFT and x + width > WIDTH - RIGHT:
            x, y = float(LEFT), y + LEGEND_LINE
        parts.append(f'<circle cx="{x + 4}" cy="{y - 4}" r="4" fill="{colours[band]}"/>')
        parts.append(_text(x + 12, y, name, "start"))
        x += width + 8
    return parts, y


def _text(x: float, y: float, text: str, anchor: str, faint: bool = False) -> str:
    opacity = ' opacity=".75"' if faint else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{opacity}>{escape(text)}</text>'
