"""The boxes in which scales are typed."""

from __future__ import annotations

from typing import Any as AnyValue

import ipywidgets
import traitlets

from ..colour import colours
from ..colour.gradient import gradient
from .closing import close_parts
from .looks import Looks

ENDS = {"min": "Value that is drawn darkest", "max": "Value that is drawn brightest"}


class LimitBox(ipywidgets.Text):  # type: ignore[misc]
    """One limit of a layer as text; what is no number goes away again."""

    def __init__(self, layer: Looks, trait: str) -> None:
        self._layer = layer
        self._trait = trait
        end = trait.partition("_")[2]
        super().__init__(placeholder=end, continuous_update=False, tooltip=ENDS[end])
        self.add_class("descartes-flow-limit")
        self._show()
        self.observe(self._typed, "value")
        layer.observe(self._show, trait)

    def close(self) -> None:
        """Let go of the layer."""
        if self.comm is None:
            return  # closed before
        self._layer.unobserve(self._show, self._trait)
        close_parts(self)
        super().close()

    def mark(self, missing: bool) -> None:
        """Tell by a red border whether a number is missing here."""
        (self.add_class if missing else self.remove_class)("descartes-flow-missing")

    def _text(self) -> str:
        limit = getattr(self._layer, self._trait)
        return "" if limit is None else f"{limit:.6g}"

    def _show(self, change: object = None) -> None:
        self.value = self._text()

    def _typed(self, change: AnyValue) -> None:
        text = change.new.strip()
        if text == self._text():
            return  # the layer's number may have more digits than are shown
        try:
            setattr(self._layer, self._trait, float(text) if text else None)
        except (ValueError, traitlets.TraitError):
            self._show()


def colour_bar(colormap: str) -> str:
    """HTML of a bar in the colours of a colormap, lowest value first."""
    return f'<div class="descartes-flow-bar" style="background: {gradient(colours(colormap))}"></div>'
