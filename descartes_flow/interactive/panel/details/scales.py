"""The limits of the colours of a layer."""

from __future__ import annotations

from collections.abc import Mapping

import ipywidgets

from ...closing import close_parts
from ...layer import WorkflowsLayer
from ...looks import LIMITS, Bands, Looks
from ...map import Map
from ..limits import LimitBox, colour_bar
from .section import Section

COLOURS = ("Red", "Green", "Blue")


class Scales(ipywidgets.VBox):  # type: ignore[misc]
    """The limits of a layer, a line for each band; with a colormap its colours between them.

    Attributes
    ----------
    boxes : mapping of str to LimitBox
        By trait.
    bar : ipywidgets.HTML
        The colours of the colormap.
    """

    def __init__(self, layer: Looks) -> None:
        self._layer = layer
        self.boxes: Mapping[str, LimitBox] = {name: LimitBox(layer, name) for name in sum(LIMITS, ())}
        self.bar = ipywidgets.HTML()
        self.lines = [Section("", self.boxes[low], self.boxes[high]) for low, high in LIMITS]
        label, low, high = self.lines[0].children
        self.lines[0].children = (label, low, self.bar, high)
        super().__init__(children=self.lines)
        self.add_class("descartes-flow-scales")
        self._traits = ["colormap", "bands", *self.boxes]
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
        self.bar.layout.display = "none" if layer.colormap is None else None
        self.bar.value = "" if layer.colormap is None else colour_bar(layer.colormap)
        limits = layer.limits()
        count = len(limits) if layer.bands is None else min(len(layer.bands), len(limits))
        filled = sum(None not in pair for pair in limits)
        for place, (line, names) in enumerate(zip(self.lines, LIMITS, strict=True)):
            line.layout.display = None if place < count else "none"
            band = _band(layer.bands, place, count)
            line.label.tooltip = band
            line.label.value = band if count > 1 else "Scale"
            pair = limits[place] if place < count else (None, None)
            half = pair.count(None) == 1
            last_of_three = count == filled + 1 == len(LIMITS)
            for name, limit in zip(names, pair, strict=True):
                self.boxes[name].describe(band)
                self.boxes[name].mark(place < count and limit is None and (half or last_of_three))


def scales(map: Map, layer: WorkflowsLayer) -> Scales:
    """The section of any computed layer."""
    return Scales(layer)


def _band(bands: Bands | None, place: int, count: int) -> str:
    """What to call the band of a scale: its name, or the colour that it is drawn in."""
    if bands is not None and place < len(bands):
        return bands[place]
    return COLOURS[place] if count == len(LIMITS) else "Scale"
