"""The list of layers under the map: a row for each, the topmost first."""

from __future__ import annotations

import threading
from typing import Any as AnyValue

import ipyleaflet
import ipywidgets
import traitlets

from ..colour import COLORMAPS
from .closing import close_parts
from .layer import WorkflowsLayer
from .limits import ScaleBoxes
from .map import Map
from .parameter_panel import ParameterPanel
from .row import ICON_WIDTH, Row, icon_button
from .subject import REDUCTIONS

FOLLOWED = ["autoscaling", "parameterized", "reducible"]
"""Traits of a layer that change its row."""

NO_COLORMAP = ""
"""Among options, where None would mean that nothing is chosen."""


class WorkflowsRow(Row):
    """The row of a computed layer: scales, colormap, reduction of a collection, check pattern, autoscale.

    The widgets of its parameters stand below.
    """

    def __init__(self, map: Map, layer: WorkflowsLayer) -> None:
        colormap = ipywidgets.Dropdown(
            options=[("no colormap", NO_COLORMAP), *((name, name) for name in COLORMAPS)],
            value=layer.colormap or NO_COLORMAP,
            tooltip="Colormap, for one band",
            layout={"width": "112px"},
        )
        reduction = ipywidgets.Dropdown(
            options=REDUCTIONS,
            value=layer.reduction,
            tooltip="How the images of the collection become one",
            layout={"width": "88px"},
        )
        checks = ipywidgets.ToggleButton(
            layer.checkerboard,
            icon="th",
            tooltip="Mark pixels without a value by a check pattern",
            layout={"width": ICON_WIDTH},
        )
        self._wand = icon_button("magic", "Scale to 2 - 98 % of the view", layer.autoscale)
        super().__init__(map, layer, (ScaleBoxes(layer), colormap, reduction, checks, self._wand))
        self._reduction = reduction
        self._parameters: ParameterPanel | None = None
        self._links += [
            traitlets.link((layer, "colormap"), (colormap, "value"), transform=(_option, _colormap)),
            traitlets.link((layer, "reduction"), (reduction, "value")),
            traitlets.link((layer, "checkerboard"), (checks, "value")),
        ]
        layer.observe(self._refresh, FOLLOWED)
        self._refresh()

    def close(self) -> None:
        """Let go of the layer, and end all widgets of the row."""
        if self.comm is None:
            return  # closed before
        self.layer.unobserve(self._refresh, FOLLOWED)
        super().close()

    def _refresh(self, change: object = None) -> None:
        busy = self.layer.autoscaling
        self._wand.disabled = busy
        self._wand.icon = "spinner" if busy else "magic"
        (self._wand.add_class if busy else self._wand.remove_class)("descartes-flow-busy")
        self._reduction.layout.display = None if self.layer.reducible else "none"
        if self.layer.parameterized != (self._parameters is not None):
            self._show_parameters(self.layer.parameterized)

    def _show_parameters(self, wanted: bool) -> None:
        gone, self._parameters = self._parameters, None
        if wanted:
            self._parameters = self.layer.parameters.make_widget(title=False)
        self.children = (self.line,) if self._parameters is None else (self.line, self._parameters)
        if gone is not None:
            gone.close()


class LayerControllerList(ipywidgets.VBox):  # type: ignore[misc]
    """A row for each layer of tiles that is no base layer, the topmost first; follows the map.

    Parameters
    ----------
    map : Map
    """

    def __init__(self, map: Map) -> None:
        self._map = map
        self._rows: dict[str, Row] = {}
        self._lock = threading.RLock()  # one arrangement at a time, of whichever thread
        super().__init__()
        self.add_class("descartes-flow-rows")
        map.observe(self._arrange, "layers")
        self._arrange()

    def close(self) -> None:
        """Let go of the map, and end all rows."""
        if self.comm is None:
            return  # closed before
        self._map.unobserve(self._arrange, "layers")
        close_parts(self)
        super().close()

    def row(self, layer: ipyleaflet.TileLayer) -> Row:
        """The row of a layer of the map."""
        return self._rows[layer.model_id]

    def _arrange(self, change: AnyValue = None) -> None:
        with self._lock:
            layers = [layer for layer in reversed(self._map.layers) if _has_row(layer)]
            rows = {
                layer.model_id: self._rows.get(layer.model_id) or _new_row(self._map, layer)
                for layer in layers
            }
            gone = [row for key, row in self._rows.items() if key not in rows]
            self._rows = rows
            self.children = tuple(rows.values())
        for row in gone:
            row.close()


def _option(colormap: str | None) -> str:
    return colormap or NO_COLORMAP


def _colormap(option: str) -> str | None:
    return option or None


def _has_row(layer: ipyleaflet.Layer) -> bool:
    return isinstance(layer, ipyleaflet.TileLayer) and not layer.base


def _new_row(map: Map, layer: ipyleaflet.TileLayer) -> Row:
    return WorkflowsRow(map, layer) if isinstance(layer, WorkflowsLayer) else Row(map, layer)
