"""The tool that chooses what lies under the layers of a map."""

from __future__ import annotations

from typing import Any as AnyValue

import ipywidgets

from ..background import AUTOMATIC, NAMES, OFFLINE
from ..closing import close_parts
from ..map import Map
from .tool import Tool

NOTHING = ""
"""Among options, where None would mean that nothing is chosen."""

OPTIONS = [
    ("none", NOTHING),
    *((name if name == OFFLINE else f"{name} (internet)", name) for name in NAMES),
]


class BasemapTool(Tool):
    """Chooses the basemap: ``wf.map.basemap``."""

    name = "basemap"
    icon = "map-o"
    title = "Basemap"

    def start(self) -> ipywidgets.Widget:
        """Offer the basemaps that have names."""
        return BasemapCard(self.map)


class BasemapCard(ipywidgets.VBox):  # type: ignore[misc]
    """A list of the basemaps that have names; nothing is chosen in it while the map has another one.

    Parameters
    ----------
    map : Map
    """

    def __init__(self, map: Map) -> None:
        self._map = map
        self._list = ipywidgets.Dropdown(options=OPTIONS, tooltip="What lies under the layers")
        super().__init__(children=(self._list,))
        map.observe(self._show, "basemap")
        self._show()
        self._list.observe(self._chosen, "value")

    def close(self) -> None:
        """Let go of the map."""
        if self.comm is None:
            return  # closed before
        self._map.unobserve(self._show, "basemap")
        close_parts(self)
        super().close()

    def _show(self, change: object = None) -> None:
        basemap = self._map.basemap
        if basemap is None or basemap == AUTOMATIC:
            self._list.value = NOTHING
        else:
            self._list.value = basemap if isinstance(basemap, str) else None

    def _chosen(self, change: AnyValue) -> None:
        if change.new is not None:
            self._map.basemap = change.new or None
