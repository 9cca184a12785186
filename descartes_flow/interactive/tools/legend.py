"""The legend of the map, as a tool that can be turned off."""

from __future__ import annotations

import ipyleaflet
import ipywidgets
import traitlets

from ..map import Map
from .legend_card import LegendCard
from .tool import Tool


class LegendTool(Tool):
    """Explains the colours of the visible layers of one band; there from the start.

    Layers with a colormap and layers of classes are explained. Those in plain grey are if `grey` is set:
    ``wf.map.tools["legend"].grey = True``.

    Attributes
    ----------
    grey : bool
    """

    name = "legend"
    icon = "list-ul"
    title = "Legend"
    position = "bottomleft"  # where the layer panel does not reach, however much of it is unfolded
    begins_active = True

    grey = traitlets.Bool(False)

    def __init__(self, map: Map) -> None:
        self._legend: LegendCard | None = None
        super().__init__(map)
        self.observe(self._turn_grey, "grey")

    def start(self) -> ipywidgets.Widget:
        """The legend, which follows the map."""
        self._legend = LegendCard(self.map, self.grey)
        return self._legend

    def stop(self) -> None:
        """Forget the legend, which ends with its card."""
        self._legend = None

    def _turn_grey(self, change: object) -> None:
        legend = self._legend
        if legend is not None:
            legend.set_grey(self.grey)

    def _control(self, content: ipywidgets.Widget) -> ipyleaflet.WidgetControl:
        """Without a heading: each part has its own, and where there is none the map shows nothing."""
        content.add_class("descartes-flow-card")
        return ipyleaflet.WidgetControl(widget=content, position=self.position, transparent_bg=True)
