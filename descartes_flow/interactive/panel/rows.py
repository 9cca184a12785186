"""The list of layers: a row for each, the topmost first."""

from __future__ import annotations

import threading
from typing import Any as AnyValue

import ipyleaflet
import ipywidgets
import traitlets

from ..closing import close_parts
from ..map import Map
from .row import Row
from .tile_rows import new_row

WHICH = ["control_tile_layers", "control_other_layers"]


class LayerControllerList(ipywidgets.VBox):  # type: ignore[misc]
    """A row for each layer that is no base layer, the topmost first; follows the map.

    The row of a new layer with parameters is unfolded, if it is the topmost.

    Parameters
    ----------
    map : Map
    control_tile_layers : bool
    control_other_layers : bool

    Attributes
    ----------
    control_tile_layers : bool
        Whether layers that are made of tiles have a row, the computed ones among them.
    control_other_layers : bool
        Whether all others, such as markers and GeoJSON, have one, too.

    Examples
    --------
    >>> from descartes_flow import Image, Map
    >>> map = Map()
    >>> rows = LayerControllerList(map)
    >>> scene = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> layer = scene.pick_bands("nir").visualize("near infrared", scales=[0, 0.5], map=map)
    >>> [row.layer.name for row in rows.children]
    ['near infrared']
    """

    control_tile_layers = traitlets.Bool(True)
    control_other_layers = traitlets.Bool(False)

    def __init__(
        self, map: Map, control_tile_layers: bool = True, control_other_layers: bool = False
    ) -> None:
        self._map = map
        self._rows: dict[str, Row] = {}
        self._lock = threading.RLock()  # one arrangement at a time, of whichever thread
        super().__init__(control_tile_layers=control_tile_layers, control_other_layers=control_other_layers)
        self.add_class("descartes-flow-rows")
        self.observe(self._arrange, WHICH)
        map.observe(self._arrange, "layers")
        self._arrange()

    def close(self) -> None:
        """Let go of the map, and end all rows."""
        if self.comm is None:
            return  # closed before
        self._map.unobserve(self._arrange, "layers")
        with self._lock:
            close_parts(self)
            super().close()

    def row(self, layer: ipyleaflet.Layer) -> Row:
        """The row of a layer of the map."""
        return self._rows[layer.model_id]

    def _arrange(self, change: AnyValue = None) -> None:
        with self._lock:
            if self.comm is None:
                return
            layers = [layer for layer in reversed(self._map.layers) if self._has_row(layer)]
            rows = {
                layer.model_id: self._rows.get(layer.model_id) or new_row(self._map, layer)
                for layer in layers
            }
            if layers and layers[0].model_id not in self._rows:
                rows[layers[0].model_id].unfolded = getattr(layers[0], "parameterized", False)
            gone = [row for key, row in self._rows.items() if key not in rows]
            self._rows = rows
            self.children = tuple(rows.values())
        for row in gone:
            row.close()

    def _has_row(self, layer: ipyleaflet.Layer) -> bool:
        of_tiles = isinstance(layer, ipyleaflet.TileLayer)
        return not layer.base and (self.control_tile_layers if of_tiles else self.control_other_layers)
