"""Rows of layers that are made of tiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import ipyleaflet
import ipywidgets
import traitlets

from ..buttons import icon_button
from ..layer import WorkflowsLayer
from ..map import Map
from .details import SECTIONS, opacity
from .row import Row, SectionMaker
from .status import StatusLine

KINDS = ["parameterized", "reducible"]
"""Traits of a layer that decide which sections it has."""


class TileRow(Row):
    """The row of any layer of tiles: visibility; opacity when it is unfolded."""

    sections: ClassVar[Sequence[SectionMaker]] = (opacity,)

    def _switches(self) -> Sequence[ipywidgets.Widget]:
        arrow = ipywidgets.ToggleButton(icon="caret-right", tooltip="Show or hide the details of the layer")
        arrow.add_class("descartes-flow-icon")
        arrow.observe(lambda change: _turn(arrow), "value")
        self._ends.callback(traitlets.link((self, "unfolded"), (arrow, "value")).unlink)
        visible = ipywidgets.Checkbox(indent=False, tooltip="Show the layer")
        self._link("visible", visible)
        return arrow, visible


class WorkflowsRow(TileRow):
    """The row of a computed layer: what its tiles are doing, and a button that finds scales."""

    sections = SECTIONS
    layer: WorkflowsLayer

    def __init__(self, map: Map, layer: WorkflowsLayer) -> None:
        super().__init__(map, layer)
        layer.observe(self._fold, KINDS)
        self._ends.callback(layer.unobserve, self._fold, KINDS)
        layer.observe(self._show_search, "autoscaling")
        self._ends.callback(layer.unobserve, self._show_search, "autoscaling")
        self._show_search()

    def _state(self) -> Sequence[ipywidgets.Widget]:
        self._wand = icon_button("magic", "Scale to 2 - 98 % of the view", self.layer.autoscale)
        return StatusLine(self.layer), self._wand

    def _show_search(self, change: object = None) -> None:
        busy = self.layer.autoscaling
        self._wand.disabled = busy
        self._wand.icon = "spinner" if busy else "magic"
        (self._wand.add_class if busy else self._wand.remove_class)("descartes-flow-busy")


def new_row(map: Map, layer: ipyleaflet.Layer) -> Row:
    """The row that fits the kind of a layer."""
    if isinstance(layer, WorkflowsLayer):
        return WorkflowsRow(map, layer)
    return (TileRow if isinstance(layer, ipyleaflet.TileLayer) else Row)(map, layer)


def _turn(arrow: ipywidgets.ToggleButton) -> None:
    arrow.icon = "caret-down" if arrow.value else "caret-right"
