"""The boxes of a row in which scales are typed."""

from __future__ import annotations

from typing import Any as AnyValue

import ipywidgets
import numpy as np
import traitlets

from ..colour import colours
from .closing import close_parts
from .looks import LIMITS, Looks

MOST_FIELDS = 20
"""A colormap of so few colours is shown as fields, a longer one as a ramp through about so many."""


class LimitBox(ipywidgets.Text):  # type: ignore[misc]
    """One limit of a layer as text; what is no number goes away again."""

    def __init__(self, layer: Looks, trait: str) -> None:
        self._layer = layer
        self._trait = trait
        super().__init__(placeholder=trait.partition("_")[2], continuous_update=False)
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

    def show(self, shown: bool, missing: bool) -> None:
        """Be there or not, and tell by a red border that a number is missing here."""
        self.layout.display = None if shown else "none"
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


class ScaleBoxes(ipywidgets.HBox):  # type: ignore[misc]
    """The limits of a layer: minimum, colour bar and maximum with a colormap, else a pair for each band."""

    def __init__(self, layer: Looks) -> None:
        self._layer = layer
        self._pairs = [(LimitBox(layer, low), LimitBox(layer, high)) for low, high in LIMITS]
        self._bar = ipywidgets.HTML()
        (first, second), *others = self._pairs
        boxes = (first, self._bar, second, *(box for pair in others for box in pair))
        super().__init__(children=boxes, layout={"width": "330px"})  # alike in all rows, so that they align
        self.add_class("descartes-flow-scales")
        self._traits = ["colormap", "bands", *(name for pair in LIMITS for name in pair)]
        layer.observe(self._refresh, self._traits)
        self._refresh()

    def close(self) -> None:
        """Let go of the layer."""
        if self.comm is None:
            return  # closed before
        self._layer.unobserve(self._refresh, self._traits)
        close_parts(self)
        super().close()

    def _refresh(self, change: object = None) -> None:
        """Show the boxes that the looks of the layer need, and mark those to be filled."""
        layer = self._layer
        self._bar.layout.display = "none" if layer.colormap is None else None
        self._bar.value = "" if layer.colormap is None else colour_bar(layer.colormap)
        limits = layer.limits()
        count = len(limits) if layer.bands is None else min(len(layer.bands), len(limits))
        filled = sum(None not in pair for pair in limits)
        for place, boxes in enumerate(self._pairs):
            pair = limits[place] if place < count else (None, None)
            half = pair.count(None) == 1
            last_of_three = count == filled + 1 == len(LIMITS)
            for box, limit in zip(boxes, pair, strict=True):
                box.show(place < count, place < count and limit is None and (half or last_of_three))


def colour_bar(colormap: str) -> str:
    """HTML of a bar in the colours of a colormap, lowest value first."""
    ramp = colours(colormap)
    if len(ramp) <= MOST_FIELDS:
        edges: list[tuple[float, ...]] = [
            (place / len(ramp), (place + 1) / len(ramp)) for place in range(len(ramp))
        ]
    else:
        ramp = ramp[np.linspace(0, len(ramp) - 1, MOST_FIELDS).round().astype(int)]
        edges = [(place / (MOST_FIELDS - 1),) for place in range(MOST_FIELDS)]
    stops = ", ".join(
        f"rgb({red},{green},{blue}) " + " ".join(f"{100 * edge:.4g}%" for edge in places)
        for (red, green, blue), places in zip(ramp.tolist(), edges, strict=True)
    )
    return f'<div class="descartes-flow-bar" style="background: linear-gradient(to right, {stops})"></div>'
