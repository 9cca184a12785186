"""`MapController`: where the map is, to be read and to be typed."""

from __future__ import annotations

from typing import Any as AnyValue

import ipyleaflet
import ipywidgets

from ...geo.positions import Position
from ..closing import close_parts

DEEPEST_ZOOM = 24
FOLLOWED = ["center", "zoom"]


class MapController(ipywidgets.VBox):  # type: ignore[misc]
    """Latitude and longitude of the middle of a map, and its zoom; what is typed moves the map.

    Parameters
    ----------
    map : ipyleaflet.Map

    Attributes
    ----------
    position : ipywidgets.Text
    zoom : ipywidgets.FloatText
    refusal : ipywidgets.Label
        Why what was typed is no position; empty otherwise.

    Examples
    --------
    >>> from descartes_flow import Map
    >>> map = Map()
    >>> controller = MapController(map)
    >>> controller.position.value = "44.2, 16.2"
    >>> map.center
    [44.2, 16.2]
    """

    def __init__(self, map: ipyleaflet.Map) -> None:
        self._map = map
        self.position = ipywidgets.Text(
            description="Go to",
            tooltip="Latitude, longitude of the middle: type to go there",
            continuous_update=False,
        )
        self.zoom = ipywidgets.FloatText(
            map.zoom, description="Zoom", tooltip="Zoom", step=1, continuous_update=False
        )
        self.refusal = ipywidgets.Label()
        self.refusal.add_class("descartes-flow-refusal")
        super().__init__((ipywidgets.HBox((self.position, self.zoom)), self.refusal))
        self.add_class("descartes-flow-place")
        self.position.observe(self._go, "value")
        self.zoom.observe(self._zoom, "value")
        map.observe(self._follow, FOLLOWED)
        self._follow()

    def close(self) -> None:
        """Let go of the map."""
        if self.comm is None:
            return  # closed before
        self._map.unobserve(self._follow, FOLLOWED)
        close_parts(self)
        super().close()

    def _text(self) -> str:
        return str(Position(*self._map.center))

    def _follow(self, change: object = None) -> None:
        self._refuse("")
        self.position.value = self._text()
        self.zoom.value = self._map.zoom

    def _go(self, change: AnyValue) -> None:
        if change.new == self._text():
            return  # the map's position may have more digits than are shown
        try:
            position = Position.parse(change.new)
        except ValueError as error:
            self._refuse(str(error))
            return
        self._map.center = list(position)
        self._follow()

    def _zoom(self, change: AnyValue) -> None:
        lowest, highest = self._map.min_zoom, self._map.max_zoom
        highest = DEEPEST_ZOOM if highest is None else highest
        if change.new != self._map.zoom:
            self._map.zoom = min(max(change.new, lowest or 0), highest)
            self._follow()

    def _refuse(self, why: str) -> None:
        self.refusal.value = why
        self.refusal.layout.display = None if why else "none"
        (self.position.add_class if why else self.position.remove_class)("descartes-flow-missing")
