"""How much of what lies below a layer is seen through it."""

import ipyleaflet
import ipywidgets

from ...map import Map
from .section import Section


class Opacity(Section):
    """A slider from transparent to opaque."""

    def __init__(self, layer: ipyleaflet.TileLayer) -> None:
        slider = ipywidgets.FloatSlider(
            layer.opacity, min=0, max=1, step=0.01, readout_format=".2f", tooltip="Opacity"
        )
        super().__init__("Opacity", slider)
        # In the browser, so that dragging does not wait for the kernel.
        self._ends.callback(ipywidgets.jslink((slider, "value"), (layer, "opacity")).close)


def opacity(map: Map, layer: ipyleaflet.TileLayer) -> Opacity:
    """The section of any layer of tiles."""
    return Opacity(layer)
