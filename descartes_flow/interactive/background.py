"""What lies under the layers of a map: the basemap, of our own or from the internet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue

import ipyleaflet
import traitlets

from .._spelling import alike
from ..render.basemap import BASEMAP, VERSION
from .arranging import ARRANGING
from .tiles.serving import tile_server
from .view import DEEPEST_ZOOM

AUTOMATIC = "auto"
"""The basemap of a map that was never told: `OFFLINE` once it is displayed as a MapApp, else none."""

OFFLINE = "offline"

ONLINE: Mapping[str, AnyValue] = {
    "OpenStreetMap": ipyleaflet.basemaps.OpenStreetMap.Mapnik,
    "OpenTopoMap": ipyleaflet.basemaps.OpenTopoMap,
    "CartoDB light": ipyleaflet.basemaps.CartoDB.Positron,
    "CartoDB dark": ipyleaflet.basemaps.CartoDB.DarkMatter,
    "Esri imagery": ipyleaflet.basemaps.Esri.WorldImagery,
}
"""Basemaps that the browser gets from the internet, by name."""

NAMES = (OFFLINE, *ONLINE)
"""What ``map.basemap`` may be called; upper and lower case do not count."""

_KNOWN = {name.lower(): name for name in NAMES} | {"osm": "OpenStreetMap"}


class OfflineBasemap(ipyleaflet.TileLayer):  # type: ignore[misc]
    """Land, sea, meridians and parallels from our own tile server."""

    # Leaflet writes it on the page, where the stylesheet makes the layer dark in dark themes.
    class_name = traitlets.Unicode("descartes-flow-basemap").tag(sync=True, o=True)

    def __init__(self) -> None:
        url = tile_server().url_template(BASEMAP, VERSION)
        super().__init__(url=url, name=OFFLINE, base=True, max_zoom=DEEPEST_ZOOM, attribution="Natural Earth")


class Background(traitlets.HasTraits):
    """The part of a Map that has a basemap."""

    basemap = traitlets.Any(AUTOMATIC)
    layers: AnyValue
    _ground: AnyValue = None  # the layer of the basemap

    @traitlets.validate("basemap")
    def _known_basemap(self, proposal: AnyValue) -> AnyValue:
        value = proposal.value
        if value is None or value == AUTOMATIC or isinstance(value, ipyleaflet.TileLayer):
            return value
        if isinstance(value, Mapping) and isinstance(value.get("url"), str):  # a provider of xyzservices
            return value
        if isinstance(value, str) and value.lower() in _KNOWN:
            return _KNOWN[value.lower()]
        meant = alike(value, NAMES) if isinstance(value, str) else []
        raise ValueError(
            f"basemap: expected one of {list(NAMES)}, None, an ipyleaflet.TileLayer or one of "
            f"ipyleaflet.basemaps, got {value!r}" + (f"; did you mean {meant[0]!r}?" if meant else "")
        )

    @traitlets.observe("basemap")
    def _lay(self, change: AnyValue) -> None:
        with ARRANGING:
            gone, self._ground = self._ground, _layer(self.basemap)
            others = tuple(layer for layer in self.layers if layer is not gone and layer is not self._ground)
            self.layers = others if self._ground is None else (self._ground, *others)
            if gone is not None and gone is not change.old:  # a layer that was given belongs to who gave it
                gone.close()


def _layer(basemap: AnyValue) -> AnyValue:
    """The layer that shows a basemap; None for none."""
    if basemap is None or basemap == AUTOMATIC:
        return None
    if basemap == OFFLINE:
        return OfflineBasemap()
    if isinstance(basemap, ipyleaflet.TileLayer):
        basemap.base = True
        return basemap
    provider = ONLINE[basemap] if isinstance(basemap, str) else basemap
    layer = ipyleaflet.basemap_to_tiles(provider)
    # Closer by than its service goes, its last tiles are enlarged.
    layer.max_native_zoom, layer.max_zoom = layer.max_zoom, DEEPEST_ZOOM
    layer.name, layer.base = basemap if isinstance(basemap, str) else layer.name, True
    return layer
