"""`PointTool`: a tool that tells something about the point that was clicked."""

from __future__ import annotations

import threading
from typing import Any as AnyValue
from typing import Generic, TypeVar

import ipyleaflet
import ipywidgets
import traitlets

from ...errors import JobCancelled
from ...render.probing import Spot, spot_at
from ..latest import Cancelled, Latest
from ..layer import WorkflowsLayer
from ..map import Map
from .tool import Tool

T = TypeVar("T")

FOLLOWED = ["content", "name", "visible"]
"""Traits of a layer that change what there is to tell."""

AIMING = "descartes-flow-aiming-"
"""Beginning of a class of the map; each tool has its own, for one may end after the next has begun."""

LOOKS = {"radius": 7, "weight": 2, "color": "#ffffff", "fill_color": "#000000", "fill_opacity": 0.15}
"""Of the marker."""


class PointTool(Tool, Generic[T]):
    """Marks the point that was clicked, and finds something out about it in a thread of its own.

    It is found out anew when layers come, go or change, and when the zoom changes. A kind of such a tool
    defines `content`, `find` and `take`.

    Attributes
    ----------
    point : (float, float) or None
        Longitude and latitude of the last click, degrees.
    """

    takes_clicks = True
    point = traitlets.Any(None)

    def __init__(self, map: Map) -> None:
        super().__init__(map)
        self._latest: Latest[T | None] = Latest(self._found, None, self.name)
        self._marker: ipyleaflet.CircleMarker | None = None
        self._followed: list[WorkflowsLayer] = []
        # Not that of the tool: observers of layers may hold the map's, which the tool takes to mark a point.
        self._following = threading.Lock()

    def content(self) -> ipywidgets.Widget:
        """What the card shows before anything was clicked."""
        raise NotImplementedError

    def find(self, spot: Spot, cancelled: Cancelled) -> T | None:
        """Find out; in any thread. None, or JobCancelled, for what is too late."""
        raise NotImplementedError

    def take(self, found: T) -> None:
        """Keep what was found last, and show it if there is a card."""
        raise NotImplementedError

    def fail(self, error: ValueError) -> None:
        """Say why nothing can be found out about a point."""
        raise NotImplementedError

    def start(self) -> ipywidgets.Widget:
        """Listen to clicks, layers and zoom."""
        self.map.add_class(AIMING + self.name)
        self.map.on_interaction(self._interacted)
        self.map.observe(self._follow, "layers")
        self.map.observe(self._refresh, "zoom")
        self._follow()
        return self.content()

    def stop(self) -> None:
        """Let go of map and layers, and take the marker away; what was found stays."""
        self._latest.drop()
        self.map.remove_class(AIMING + self.name)
        self.map.on_interaction(self._interacted, remove=True)
        self.map.unobserve(self._follow, "layers")
        self.map.unobserve(self._refresh, "zoom")
        with self._following:
            followed, self._followed = self._followed, []
        for layer in followed:
            layer.unobserve(self._refresh, FOLLOWED)
        marker, self._marker = self._marker, None
        if marker is not None:
            self.map.unmark(marker)
            marker.close()

    def probe(self, lon: float, lat: float) -> T | None:
        """Find out about a point now, in this thread; it is shown if the tool is active.

        Raises
        ------
        ValueError
            If the point lies beyond the web-mercator world.
        """
        spot = spot_at(lon, lat, self.map.zoom)
        self._latest.drop()
        self._aim(lon, lat)
        found = self.find(spot, lambda: False)
        self._found(found)
        return found

    def visible_layers(self) -> list[WorkflowsLayer]:
        """The computed layers that are not hidden, the topmost first."""
        layers = reversed(self.map.layers)
        return [layer for layer in layers if isinstance(layer, WorkflowsLayer) and layer.visible]

    def _interacted(self, **event: AnyValue) -> None:
        if event.get("type") == "click" and self.active:
            lat, lon = event["coordinates"]
            self._aim(lon, lat)
            self._refresh()

    def _aim(self, lon: float, lat: float) -> None:
        """Remember the point, and mark it on the map."""
        with self._lock:
            self.point = (lon, lat)
            if not self.active:
                return
            if self._marker is None:
                self._marker = ipyleaflet.CircleMarker(location=(lat, lon), **LOOKS)
                self.map.mark(self._marker)
            else:
                self._marker.location = (lat, lon)

    def _refresh(self, change: object = None) -> None:
        if self.point is None or not self.active:
            return
        lon, lat = self.point
        try:
            spot = spot_at(lon, lat, self.map.zoom)
        except ValueError as error:
            self._latest.drop()
            self.fail(error)
            return
        self._latest.start(lambda cancelled: self._find(spot, cancelled))

    def _find(self, spot: Spot, cancelled: Cancelled) -> T | None:
        try:
            return self.find(spot, cancelled)
        except JobCancelled:
            return None

    def _found(self, found: T | None) -> None:
        if found is not None:
            self.take(found)

    def _follow(self, change: object = None) -> None:
        """Follow the layers of the map, and find out anew if there are others than before."""
        with self._following:
            layers = [layer for layer in self.map.layers if isinstance(layer, WorkflowsLayer)]
            before, self._followed = self._followed, layers
            for layer in before:
                if layer not in layers:
                    layer.unobserve(self._refresh, FOLLOWED)
            for layer in layers:
                if layer not in before:
                    layer.observe(self._refresh, FOLLOWED)
        if layers != before:
            self._refresh()


def described(spot: Spot) -> str:
    """Where a spot is, and how large its pixel, as text."""
    return f"lon {spot.lon:.5f}, lat {spot.lat:.5f} · pixel {spot.metres:.4g} m"
