"""How often a layer has which values, and limits that follow from it."""

from __future__ import annotations

import threading

import ipywidgets

from ...closing import close_parts
from ...layer import WorkflowsLayer
from ...map import Map
from ..histogram import HistogramPanel
from .section import Section


class Histogram(ipywidgets.VBox):  # type: ignore[misc]
    """A button that opens the histogram; nothing is counted while it is closed.

    Attributes
    ----------
    switch : ipywidgets.ToggleButton
    panel : HistogramPanel or None
    """

    def __init__(self, map: Map, layer: WorkflowsLayer) -> None:
        self._map, self._layer = map, layer
        self._lock = threading.RLock()  # one turn at a time, of whichever thread
        self.panel: HistogramPanel | None = None
        self.switch = ipywidgets.ToggleButton(
            description="Histogram", icon="bar-chart", tooltip="How often the view has which values"
        )
        self.switch.observe(self._turn, "value")
        self._line = Section("", self.switch)
        super().__init__(children=(self._line,))

    def close(self) -> None:
        """End the section and the histogram."""
        with self._lock:
            if self.comm is None:
                return  # closed before
            close_parts(self)
            super().close()

    def _turn(self, change: object) -> None:
        with self._lock:
            if self.comm is None:
                return
            gone, self.panel = self.panel, None
            if self.switch.value:
                self.panel = HistogramPanel(self._map, self._layer)
            self.children = (self._line,) if self.panel is None else (self._line, self.panel)
        if gone is not None:
            gone.close()


def histogram(map: Map, layer: WorkflowsLayer) -> Histogram:
    """The section of any computed layer."""
    return Histogram(map, layer)
