"""Which day of a collection is drawn: a slider over the days on which its images were taken."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Mapping
from typing import NamedTuple

import ipywidgets

from ....errors import DescartesFlowError
from ....graph import Node
from ...buttons import icon_button
from ...latest import Latest
from ...layer import WorkflowsLayer
from ...map import Map
from .section import Section

ALL = ""
"""Among options, where None would mean that nothing is chosen."""


class Found(NamedTuple):
    """The days of a collection, or why there are none."""

    days: Mapping[datetime.date, int]
    problem: str = ""


class Dates(Section):
    """A slider from all days to each single one that has images in view, with buttons for the next.

    The days are looked for in a thread, when the section is made, when the layer gets another collection,
    and when a button asks for it after the map was moved.

    Attributes
    ----------
    slider : ipywidgets.SelectionSlider
        Days in ISO form; "" stands for all.
    days : mapping of datetime.date to int
        The days that were found, and how many images each has.
    """

    def __init__(self, layer: WorkflowsLayer) -> None:
        self._layer = layer
        self._lock = threading.RLock()  # days, slider and its options are changed together
        self._filling = False
        self._searched: Node | None = None
        self._problem = ""
        self.days: Mapping[datetime.date, int] = {}
        self.slider = ipywidgets.SelectionSlider(
            options=[("all", ALL)], readout=False, tooltip="Day of the images that are drawn"
        )
        self._text = ipywidgets.Label()
        self._text.add_class("descartes-flow-note")
        line = ipywidgets.HBox(
            (
                icon_button("chevron-left", "Day before", lambda: self._step(-1)),
                self.slider,
                icon_button("chevron-right", "Next day", lambda: self._step(1)),
                icon_button("refresh", "Look for days with images where the map is now", self.refresh),
            )
        )
        line.add_class("descartes-flow-dates")
        super().__init__("Date", ipywidgets.VBox((line, self._text)))
        self._latest: Latest[Found] = Latest(self._take, Found({}, "the search failed"), "dates")
        self._ends.callback(self._latest.drop)
        layer.observe(self._fill, "date")
        self._ends.callback(layer.unobserve, self._fill, "date")
        layer.observe(self._changed, "content")
        self._ends.callback(layer.unobserve, self._changed, "content")
        self.slider.observe(self._chosen, "value")
        self._fill()
        self.refresh()

    def refresh(self) -> None:
        """Look for the days of the present collection in the present view."""
        try:
            value = self._layer.value
        except (DescartesFlowError, ValueError) as error:  # a widget holds what its parameter refuses
            self._latest.drop()
            self._take(Found({}, str(error)))
            return
        self._searched = None if value is None else value._node
        self._text.value = "looking for days ..."
        self._latest.start(lambda cancelled: self._find())

    def _find(self) -> Found:
        try:
            return Found(self._layer.dates())
        except (DescartesFlowError, ValueError) as error:
            return Found({}, str(error))

    def _take(self, found: Found) -> None:
        with self._lock:
            self.days, self._problem = found
            self._fill()

    def _changed(self, change: object) -> None:
        """Look again if there is another collection, or another value of a parameter in it."""
        try:
            value = self._layer.value
        except (DescartesFlowError, ValueError):
            return
        if (None if value is None else value._node) is not self._searched:
            self.refresh()

    def _fill(self, change: object = None) -> None:
        """Offer the days that were found, and that of the layer, which is the one chosen."""
        with self._lock:
            chosen = self._layer.date
            listed = sorted({*self.days, *([] if chosen is None else [chosen])})
            options = [("all", ALL), *((day.isoformat(), day.isoformat()) for day in listed)]
            self._filling = True
            try:
                if tuple(options) != tuple(self.slider.options):
                    self.slider.options = options
                self.slider.value = ALL if chosen is None else chosen.isoformat()
            finally:
                self._filling = False
            self._text.value = self._text.tooltip = self._told(chosen)

    def _told(self, chosen: datetime.date | None) -> str:
        if self._problem:
            return self._problem
        if chosen is not None:
            number = self.days.get(chosen)
            found = "none in view, when last looked for" if number is None else _counted(number, "image")
            return f"{chosen.isoformat()} · {found}"
        images = _counted(sum(self.days.values()), "image")
        return f"all · {images} on {_counted(len(self.days), 'day')}" if self.days else "no dates in view"

    def _chosen(self, change: object) -> None:
        with self._lock:
            if self._filling:
                return
            text = self.slider.value
        self._layer.date = None if text == ALL else datetime.date.fromisoformat(text)

    def _step(self, step: int) -> None:
        index = self.slider.index + step
        if 0 <= index < len(self.slider.options):
            self.slider.index = index


def dates(map: Map, layer: WorkflowsLayer) -> Dates | None:
    """The section of a layer that shows a collection."""
    return Dates(layer) if layer.reducible else None


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
