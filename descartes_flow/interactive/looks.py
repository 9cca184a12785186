"""How a layer is coloured: the traits that its row on the map edits, and the `Style` that they make."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any as AnyValue

import traitlets

from ..colour import COLORMAPS, Style
from ..errors import StyleError

Pair = tuple[float, float]
Limits = tuple[float | None, float | None]
Bands = tuple[str, ...]

MOST_BANDS = 3
LIMITS = (("r_min", "r_max"), ("g_min", "g_max"), ("b_min", "b_max"))
"""Names of the traits for the first, second and third band."""


class Limit(traitlets.Float[AnyValue, AnyValue]):
    """One end of a scale; an empty text counts as None."""

    def validate(self, obj: AnyValue, value: AnyValue) -> AnyValue:
        """`value` as finite float or None; TraitError for anything else."""
        if value is None or value == "":
            return None
        number = super().validate(obj, value)
        if not math.isfinite(number):
            self.error(obj, value)
        return number


class Looks(traitlets.HasTraits):
    """Scales, colormap and check pattern of a layer; see `WorkflowsLayer`."""

    colormap = traitlets.Enum(COLORMAPS, default_value=None, allow_none=True)
    checkerboard = traitlets.Bool(True)
    r_min = Limit(None, allow_none=True)
    r_max = Limit(None, allow_none=True)
    g_min = Limit(None, allow_none=True)
    g_max = Limit(None, allow_none=True)
    b_min = Limit(None, allow_none=True)
    b_max = Limit(None, allow_none=True)

    bands = traitlets.Any(None)
    """Names of the bands as a tuple, where they are known without pixels; else None."""

    def get_scales(self) -> list[Pair] | None:
        """``(min, max)`` of each band that is drawn; None where there are none, or half a pair is missing."""
        return self._filled() or None

    def style(self) -> Style | None:
        """The looks as one value, without scales if none are set; None while half of them are missing."""
        pairs = self._filled()
        if pairs is None or (pairs and self.bands is not None and len(pairs) != len(self.bands)):
            return None
        return Style(tuple(pairs) or None, self.colormap, self.checkerboard)

    def set_limits(self, pairs: Sequence[Sequence[float | None]]) -> None:
        """Set the limits of the first bands, and empty the others."""
        empty = [(None, None)] * (MOST_BANDS - len(pairs))
        for names, pair in zip(LIMITS, [*pairs, *empty], strict=True):
            for name, limit in zip(names, pair, strict=True):
                setattr(self, name, limit)

    def limits(self) -> list[Limits]:
        """The limits as they are, half pairs too: one pair with a colormap, else three."""
        drawn = LIMITS if self.colormap is None else LIMITS[:1]
        return [(getattr(self, low), getattr(self, high)) for low, high in drawn]

    def _filled(self) -> list[Pair] | None:
        """The pairs up to the last that is filled; None if half of one is missing, or one in between."""
        pairs = self.limits()
        while pairs and pairs[-1] == (None, None):
            pairs.pop()
        complete = [(low, high) for low, high in pairs if low is not None and high is not None]
        return complete if len(complete) == len(pairs) else None


def check_looks(bands: Bands | None, pairs: int, colormap: str | None, call: str) -> None:
    """Raise unless so many scales and this colormap can draw these bands.

    Parameters
    ----------
    bands : tuple of str or None
        None: not known before there are pixels.
    pairs : int
        0: scales are still to be found.
    colormap : str or None
    call : str
        What the user called.

    Raises
    ------
    StyleError
        It is a ValueError.
    """
    count = pairs if bands is None else len(bands)
    named = f"{count} scales" if bands is None else f"{count} bands {list(bands)}"
    if count > MOST_BANDS:
        raise StyleError(
            f"{call}(): at most {MOST_BANDS} bands can be drawn, got {named}; use .pick_bands(...)"
        )
    if colormap is not None and count > 1:
        raise StyleError(
            f"{call}(colormap={colormap!r}): a colormap draws one band, got {named}; "
            "leave out the colormap, or use .pick_bands(...)"
        )
    if pairs not in (0, count):
        raise StyleError(f"{call}(scales=): expected {count} pairs [min, max] for {named}, got {pairs}")
