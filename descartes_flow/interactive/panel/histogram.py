"""The histogram of a layer: what values the view has, and from which to which they are drawn."""

from __future__ import annotations

import threading
from typing import Any as AnyValue
from typing import NamedTuple

import ipywidgets

from ...errors import DescartesFlowError
from ...jobs.work import plain_context
from ...render.histogram import ViewHistogram, view_histogram
from ..buttons import icon_button
from ..closing import close_parts
from ..latest import Cancelled, Latest
from ..layer import WorkflowsLayer
from ..looks import MOST_BANDS
from ..map import Map
from .band_stretch import BandStretch

PRESETS: tuple[tuple[str, str, dict[str, AnyValue]], ...] = (
    ("2\N{EN DASH}98 %", "Leave out 2 % of the pixels at either end", {"percentiles": (2, 98)}),
    ("1\N{EN DASH}99 %", "Leave out 1 % of the pixels at either end", {"percentiles": (1, 99)}),
    ("min\N{EN DASH}max", "From the least to the greatest value", {"percentiles": (0, 100)}),
    ("mean ± 2\N{GREEK SMALL LETTER SIGMA}", "Two standard deviations around the mean", {"deviations": 2.0}),
)
"""Name, tooltip and arguments of `WorkflowsLayer.autoscale`."""

READING = "Counting pixels …"
NOTHING = "No pixel here has a value."
FAILED = "Counting failed; the traceback is in the log of the kernel."
STALE = "The layer has changed since; count again with the arrows."


class Counted(NamedTuple):
    """What a search gave: a histogram, or why there is none."""

    found: ViewHistogram | None
    note: str = ""


class HistogramPanel(ipywidgets.VBox):  # type: ignore[misc]
    """Histograms of what the map shows of a layer, with sliders for its limits and buttons that set them.

    Pixels are counted in a thread of their own, when the panel is made and when somebody asks again.

    Parameters
    ----------
    map : Map
    layer : WorkflowsLayer
    """

    def __init__(self, map: Map, layer: WorkflowsLayer) -> None:
        self._map = map
        self._layer = layer
        self._lock = threading.Lock()  # no widget may be made once the panel is closed
        self._search = Latest(self._take, Counted(None, FAILED), "histogram")
        self._note = ipywidgets.Label()
        self._bands = ipywidgets.VBox()
        presets = [self._preset(*preset) for preset in PRESETS]
        self._inside = ipywidgets.ToggleButton(
            icon="pencil-square-o", tooltip="Count only the pixels of the area that is drawn on the map"
        )
        self._inside.add_class("descartes-flow-icon")
        self._inside.observe(lambda change: self.refresh(), "value")
        again = icon_button("refresh", "Count the pixels in view again", self.refresh)
        buttons = ipywidgets.HBox((*presets, self._inside, again))
        buttons.add_class("descartes-flow-presets")
        super().__init__(children=(buttons, self._note, self._bands))
        self.add_class("descartes-flow-histogram")
        layer.observe(self._changed, "content")
        map.observe(self._area_changed, "aoi")
        self._inside.layout.display = None if map.aoi is not None else "none"
        self.refresh()

    def refresh(self) -> None:
        """Count the pixels that the map shows now."""
        self._say(READING)
        self._search.start(self._count)

    def close(self) -> None:
        """Let go of the layer; what is being counted comes too late."""
        if self.comm is None:
            return  # closed before
        self._layer.unobserve(self._changed, "content")
        self._map.unobserve(self._area_changed, "aoi")
        with self._lock:
            self._search.drop()
            close_parts(self)
            super().close()

    def _preset(self, name: str, tooltip: str, arguments: dict[str, AnyValue]) -> ipywidgets.Button:
        button = ipywidgets.Button(description=name, tooltip=tooltip, layout={"width": "auto"})
        button.on_click(lambda _: self._apply(arguments))
        return button

    def _apply(self, arguments: dict[str, AnyValue]) -> None:
        self._layer.autoscale(**arguments, geoctx=self._area())
        self.refresh()

    def _area(self) -> AnyValue:
        """The context of the drawn area, if that is chosen; None stands for the view."""
        aoi = self._map.aoi
        return self._map.geocontext(aoi=aoi) if self._inside.value and aoi is not None else None

    def _area_changed(self, change: AnyValue) -> None:
        self._inside.layout.display = None if change.new is not None else "none"
        if self._inside.value and change.new is not None:
            self.refresh()
        self._inside.value &= change.new is not None

    def _changed(self, change: object) -> None:
        self._say(STALE)

    def _say(self, text: str) -> None:
        self._note.value = text
        self._note.layout.display = None if text else "none"

    def _count(self, cancelled: Cancelled) -> Counted:
        try:
            image = self._layer.image_value
            if image is None:
                return Counted(None, "A parameter has no value.")
            area = plain_context(self._area()) or self._map.view_context()
            found = view_histogram(image._node, area, cancelled)
        except (DescartesFlowError, ValueError) as error:
            return Counted(None, str(error))
        return Counted(found, NOTHING if found.all_masked else "")

    def _take(self, counted: Counted) -> None:
        """Show what was counted; called in the thread of the search."""
        with self._lock:
            if self.comm is None:
                return  # closed meanwhile
            self._say(counted.note)
            found = counted.found
            shown = [] if found is None or found.all_masked else list(found)[:MOST_BANDS]
            present = self._bands.children
            added = [BandStretch(self._layer, place) for place in range(len(present), len(shown))]
            parts = (*present[: len(shown)], *added)
            for part, (name, histogram) in zip(parts, shown, strict=True):
                part.show(name, histogram, single=len(shown) == 1)
            self._bands.children = parts
            for part in present[len(shown) :]:
                part.close()
