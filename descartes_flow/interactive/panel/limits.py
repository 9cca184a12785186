"""The boxes in which scales are typed."""

from __future__ import annotations

from ...colour import colours
from ...colour.gradient import gradient
from ..looks import Looks
from ..number_box import NumberBox

ENDS = {"min": "value that is drawn darkest", "max": "value that is drawn brightest"}


class LimitBox(NumberBox):
    """One limit of a layer."""

    def __init__(self, layer: Looks, trait: str) -> None:
        self._end = trait.partition("_")[2]
        super().__init__(layer, trait, self._end, ENDS[self._end])

    def describe(self, band: str) -> None:
        """Tell in the tooltip, which a screen reader reads, of which band it is."""
        self.tooltip = f"{band}: {ENDS[self._end]}"

    def mark(self, missing: bool) -> None:
        """Tell by a red border whether a number is missing here."""
        (self.add_class if missing else self.remove_class)("descartes-flow-missing")


def colour_bar(colormap: str) -> str:
    """HTML of a bar in the colours of a colormap, lowest value first."""
    return f'<div class="descartes-flow-bar" style="background: {gradient(colours(colormap))}"></div>'
