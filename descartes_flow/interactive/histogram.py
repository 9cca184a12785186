"""The histogram of a layer: what values the view has, and from which to which they are drawn."""

from __future__ import annotations

import threading
from typing import Any as AnyValue
from typing import NamedTuple

import ipywidgets

from ..colour import colours
from ..colour.gradient import gradient
from ..errors import DescartesFlowError
from ..render.bars import bars
from ..render.histogram import Histogram, ViewHistogram, view_histogram
from .buttons import icon_button
from .closing import close_parts
from .latest import Cancelled, Latest
from .layer import WorkflowsLayer
from .looks import LIMITS, MOST_BANDS, Pair
from .map import Map
from .scaling import rounded

PRESETS: tuple[tuple[str, str, dict[str, AnyValue]], ...] = (
    ("2\N{EN DASH}98 %", "Leave out 2 % of the pixels at either end", {"percentiles": (2, 98)}),
    ("1\N{EN DASH}99 %", "Leave out 1 % of the pixels at either end", {"percentiles": (1, 99)}),
    ("min\N{EN DASH}max", "From the least to the greatest value", {"percentiles": (0, 100)}),
    ("mean ± 2\N{GREEK SMALL LETTER SIGMA}", "Two standard deviations around the mean", {"deviations": 2.0}),
)
"""Name, tooltip and arguments of `WorkflowsLayer.autoscale`."""

TONES = ("red", "green", "blue")
STEPS = 500
"""Places at which a handle of a slider can stand."""

READING = "Counting the pixels in view …"
NOTHING = "No pixel in view has a value."
FAILED = "Counting failed; the traceback is in the log of the kernel."
STALE = "The layer has changed since; count again with the arrows."


class Counted(NamedTuple):
    """What a search gave: a histogram, or why there is none."""

    found: ViewHistogram | None
    note: str = ""


class BandStretch(ipywidgets.VBox):  # type: ignore[misc]
    """The histogram of one band, and a slider with its two limits.

    Parameters
    ----------
    layer : WorkflowsLayer
    place : int
        Which pair of limits: 0, 1 or 2.
    """

    def __init__(self, layer: WorkflowsLayer, place: int) -> None:
        self._layer = layer
        self._place = place
        self._histogram: Histogram | None = None
        self._single = True
        self._lock = threading.RLock()  # slider and layer follow each other, from several threads
        self._following = self._moving = False
        self._name = ipywidgets.Label()
        self._picture = ipywidgets.HTML()
        self._slider = ipywidgets.FloatRangeSlider(
            value=(0.0, 1.0), min=0.0, max=1.0, readout=False, layout={"width": "auto"}
        )
        super().__init__(children=(self._name, self._picture, self._slider))
        self.add_class("descartes-flow-stretch")
        self._slider.observe(self._moved, "value")
        layer.observe(self._follow, [*LIMITS[place], "colormap"])

    def show(self, name: str, histogram: Histogram | None, single: bool) -> None:
        """Show this histogram, over an axis that fits it and the limits.

        Parameters
        ----------
        name : str
            Of the band.
        histogram : Histogram or None
            None: no pixel in view has a value.
        single : bool
            Whether it is the only band; else it is red, green or blue.
        """
        with self._lock:
            self._histogram, self._single = histogram, single
            self._name.value = name if histogram is not None else f"{name}: no pixel in view has a value"
            self._name.layout.display = "none" if single else None
            for part in (self._picture, self._slider):
                part.layout.display = None if histogram is not None else "none"
            self._fit()

    def close(self) -> None:
        """Let go of the layer."""
        if self.comm is None:
            return  # closed before
        self._layer.unobserve(self._follow, [*LIMITS[self._place], "colormap"])
        close_parts(self)
        super().close()

    def _limits(self) -> Pair | None:
        """The limits as the layer has them; None unless there are both."""
        low, high = (getattr(self._layer, name) for name in LIMITS[self._place])
        return None if low is None or high is None else (low, high)

    def _fit(self) -> None:
        """Let the axis hold the histogram and the limits, and show all; called with the lock."""
        if self._histogram is None:
            return
        limits, ends = self._limits(), (self._histogram.low, self._histogram.high)
        low, high = min(*ends, *(limits or ends)), max(*ends, *(limits or ends))
        self._following = True
        try:
            with self._slider.hold_sync():
                self._slider.max = max(
                    high, self._slider.max
                )  # never below the other end, not even meanwhile
                self._slider.min = low
                self._slider.max = high
                self._slider.step = (high - low) / STEPS
                self._slider.value = (low, high) if limits is None else sorted(limits)
        finally:
            self._following = False
        self._draw()

    def _follow(self, change: object = None) -> None:
        """Bring slider and picture to what the layer says."""
        with self._lock:
            if self._moving:
                self._draw()  # over the same axis, which must not slip away under the hand
            else:
                self._fit()

    def _moved(self, change: AnyValue) -> None:
        """Set the limits to where the handles are; one that was not touched keeps its digits."""
        with self._lock:
            if self._following or self._histogram is None:
                return
            before = self._limits()
            if before is None:
                after = rounded(change.new)
            else:
                # The browser tells where its handles stand, a step apart, even where nobody touched one.
                moved = zip(change.new, sorted(before), strict=True)
                kept = [abs(new - was) <= 0.51 * self._slider.step for new, was in moved]
                ends = zip(kept, rounded(change.new), sorted(before), strict=True)
                low, high = (was if stays else moved for stays, moved, was in ends)
                after = (low, high) if before[0] <= before[1] else (high, low)
            self._moving = True
            try:
                with self._layer.hold_url_updates():
                    for name, limit in zip(LIMITS[self._place], after, strict=True):
                        setattr(self._layer, name, limit)
            finally:
                self._moving = False

    def _draw(self) -> None:
        assert self._histogram is not None, "there is something to draw"
        limits, colormap = self._limits(), self._layer.colormap
        ramp = ""
        if colormap is not None and limits is not None:
            ramp = gradient(colours(colormap)[:: 1 if limits[0] <= limits[1] else -1])
        tone = "grey" if self._single else TONES[self._place]
        axis = (self._slider.min, self._slider.max)
        self._picture.value = bars(self._histogram, axis, limits, tone, ramp)


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
        again = icon_button("refresh", "Count the pixels in view again", self.refresh)
        buttons = ipywidgets.HBox((*presets, again))
        buttons.add_class("descartes-flow-presets")
        super().__init__(children=(buttons, self._note, self._bands))
        self.add_class("descartes-flow-histogram")
        layer.observe(self._changed, "content")
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
        with self._lock:
            self._search.drop()
            close_parts(self)
            super().close()

    def _preset(self, name: str, tooltip: str, arguments: dict[str, AnyValue]) -> ipywidgets.Button:
        button = ipywidgets.Button(description=name, tooltip=tooltip, layout={"width": "auto"})
        button.on_click(lambda _: self._apply(arguments))
        return button

    def _apply(self, arguments: dict[str, AnyValue]) -> None:
        self._layer.autoscale(**arguments)
        self.refresh()

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
            found = view_histogram(image._node, self._map.view_context(), cancelled)
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
