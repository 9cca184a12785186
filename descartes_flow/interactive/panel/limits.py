"""The boxes in which scales are typed."""

from __future__ import annotations

from ...colour import colours
from ...colour.gradient import gradient
from ..looks import Looks
from ..number_box import NumberBox

ENDS = {"min": "Value that is drawn darkest", "max": "Value that is drawn brightest"}


class LimitBox(NumberBox):
    """One limit of a layer."""

    def __init__(self, layer: Looks, trait: str) -> None:
        end = trait.partition("_")[2]
        super().__init__(layer, trait, end, ENDS[end])

    def mark(self, missing: bool) -> None:
        """Tell by a red border whether a number is missing here."""
        (self.add_class if missing else self.remove_class)("descartes-flow-missing")


def colour_bar(colormap: str) -> str:
    """HTML of a bar in the colours of a colormap, lowest value first."""
    return f'<div class="descartes-flow-bar" style="background: {gradient(colours(colormap))}"></div>'
