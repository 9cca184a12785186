"""The tool that compares two layers of a map, with a handle between them."""

from __future__ import annotations

from typing import Any as AnyValue

import ipyleaflet
import ipywidgets

from ..arranging import ARRANGING
from ..closing import close_parts
from ..map import Map
from .tool import Tool


class SwipeTool(Tool):
    """Shows one layer left of a handle and another one right of it: ``wf.map.swipe("a", "b")``."""

    name = "swipe"
    icon = "columns"
    title = "Compare two layers"

    def __init__(self, map: Map) -> None:
        super().__init__(map)
        self._lock = ARRANGING
        map.observe(self._follow, "swiped")

    def start(self) -> ipywidgets.Widget:
        """Compare the two topmost layers, unless two are compared already."""
        layers = choices(self.map)
        if self.map.swiped is None and len(layers) > 1:
            self.map.swipe(layers[1], layers[0])
        return SwipeCard(self.map)

    def stop(self) -> None:
        """Show the layers as they were."""
        self.map.swipe(None)

    def close(self) -> None:
        """End the tool."""
        super().close()
        self.map.unobserve(self._follow, "swiped")

    def _follow(self, change: AnyValue) -> None:
        self.active = change.new is not None


class SwipeCard(ipywidgets.VBox):  # type: ignore[misc]
    """Which layer is left and which is right.

    Parameters
    ----------
    map : Map
    """

    def __init__(self, map: Map) -> None:
        self._map = map
        self._showing = False  # whether the boxes change by themselves, not by hand
        self._left = ipywidgets.Dropdown(description="Left", tooltip="Layer left of the handle")
        self._right = ipywidgets.Dropdown(description="Right", tooltip="Layer right of the handle")
        self._hint = ipywidgets.HTML("<p>A comparison needs two layers.</p>")
        super().__init__(children=(self._left, self._right, self._hint))
        self.add_class("descartes-flow-swipe")
        map.observe(self._show, ["layers", "swiped"])
        self._show()
        for box in (self._left, self._right):
            box.observe(self._chosen, "value")

    def close(self) -> None:
        """Let go of the map."""
        if self.comm is None:
            return  # closed before
        self._map.unobserve(self._show, ["layers", "swiped"])
        close_parts(self)
        super().close()

    def _show(self, change: object = None) -> None:
        """Offer the layers that there are, and choose those that are compared."""
        with ARRANGING:
            self._showing = True
            layers = choices(self._map)
            pair = self._map.swiped or (None, None)
            for box, layer in zip((self._left, self._right), pair, strict=True):
                options = [(one.name, one.model_id) for one in layers]
                if box.options != tuple(options):
                    box.options = options
                box.value = None if layer is None else layer.model_id
                box.layout.display = None if len(layers) > 1 else "none"
            self._hint.layout.display = "none" if len(layers) > 1 else None
            self._showing = False

    def _chosen(self, change: AnyValue) -> None:
        """Compare what was chosen; choosing the other side's layer swaps them."""
        with ARRANGING:
            if self._showing:
                return
            layers = {layer.model_id: layer for layer in choices(self._map)}
            left, right = self._left.value, self._right.value
            if left == right:
                left, right = (left, change.old) if change.owner is self._left else (change.old, right)
            if left in layers and right in layers:
                self._map.swipe(layers[left], layers[right])


def choices(map: Map) -> list[ipyleaflet.TileLayer]:
    """The layers that can be compared, the topmost first."""
    return [layer for layer in reversed(map.layers) if isinstance(layer, ipyleaflet.TileLayer)]
