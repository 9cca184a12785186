"""Legends: which colour stands for which value, by the rules that tiles are painted by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..colour import Style, colours
from ..colour.gradient import MOST_FIELDS
from ..colour.ticks import Tick, tick_texts, ticks_along
from .meaning import Meaning
from .paint import GREY_RAMP, paint
from .picture import Bytes

Colour = tuple[int, int, int]


class Swatch(NamedTuple):
    """A colour, and what it stands for."""

    colour: Colour
    text: str


@dataclass(frozen=True, slots=True)
class Legend:
    """What explains the colours of one band: either swatches, or a ramp with ticks.

    Attributes
    ----------
    swatches : tuple of Swatch
    ramp : numpy.ndarray or None
        ``(colour, 3)``, red, green, blue in 0..255, from the lower limit to the upper.
    ticks : tuple of Tick
    caption : str
        Description and unit of the values, where they are known.
    """

    swatches: tuple[Swatch, ...] = ()
    ramp: Bytes | None = None
    ticks: tuple[Tick, ...] = ()
    caption: str = ""


def legend(style: Style, meaning: Meaning) -> Legend | None:
    """The legend of a band drawn in a style; None for an image of several bands, and without scales.

    Classes and truth values get a swatch each; whole numbers, too, where a colormap for classes is stretched
    so that each of them has a colour of its own. A ramp runs from the lower limit to the upper one even where
    the scale is reversed.

    Examples
    --------
    >>> found = legend(Style(scales=((0, 1),), colormap="viridis"), Meaning())
    >>> [tick.text for tick in found.ticks]
    ['0', '0.5', '1']
    """
    scales = style.scales
    if scales is None and meaning.bands == 1 and _is_truth(meaning):
        style = Style(((0, 1),), style.colormap, style.checkerboard)
        scales = style.scales
    if scales is None or len(scales) > 1 or meaning.bands not in (None, 1):
        return None
    named = dict(meaning.classes) or _numbered(style, *scales[0])
    caption = ", ".join(text for text in (meaning.description, meaning.unit) if text)
    if 0 < len(named) <= MOST_FIELDS:
        painted = _painted(list(named), style)
        swatches = [Swatch(colour, text) for colour, text in zip(painted, named.values(), strict=True)]
        return Legend(tuple(swatches), caption=caption)
    low, high = scales[0]
    ramp = GREY_RAMP if style.colormap is None else colours(style.colormap)
    if low == high:  # what lies below has the first colour, the rest the last
        return Legend(ramp=ramp[[0, -1]], ticks=(Tick(0.5, tick_texts([low])[0]),), caption=caption)
    return Legend(ramp=ramp if low < high else ramp[::-1], ticks=ticks_along(low, high), caption=caption)


def _is_truth(meaning: Meaning) -> bool:
    return set(meaning.classes) == {0.0, 1.0}


def _numbered(style: Style, low: float, high: float) -> dict[float, str]:
    """Whole numbers that a colormap for classes gives a colour each; none where that is not meant."""
    first, last = min(low, high), max(low, high)
    if style.colormap is None or not (first.is_integer() and last.is_integer()):
        return {}
    count = len(colours(style.colormap))
    # From 0 to 1, say, lie shares of something, drawn in fields.
    if count > MOST_FIELDS or not 2 <= last - first < count:
        return {}
    return {float(number): str(number) for number in range(int(first), int(last) + 1)}


def _painted(values: list[float], style: Style) -> list[Colour]:
    picture = paint(np.array([[values]], dtype=np.float64), None, style)
    return [(int(red), int(green), int(blue)) for red, green, blue, _ in picture.rgba()[0]]
