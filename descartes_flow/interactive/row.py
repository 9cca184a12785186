"""One row of controls for one layer of tiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipyleaflet
import ipywidgets
import traitlets

from .closing import close_parts
from .map import Map

ICON_WIDTH = "32px"


class Row(ipywidgets.VBox):  # type: ignore[misc]
    """Visibility, opacity, name, place and removal of a layer of tiles, side by side in `line`.

    Parameters
    ----------
    map : Map
    layer : ipyleaflet.TileLayer
    looks : sequence of widgets
        Shown between the name and the buttons.
    """

    def __init__(
        self, map: Map, layer: ipyleaflet.TileLayer, looks: Sequence[ipywidgets.Widget] = ()
    ) -> None:
        self.layer = layer
        visible = ipywidgets.Checkbox(
            layer.visible, indent=False, tooltip="Show the layer", layout={"width": "18px"}
        )
        opacity = ipywidgets.FloatSlider(
            layer.opacity, min=0, max=1, step=0.01, readout=False, tooltip="Opacity", layout={"width": "90px"}
        )
        name = ipywidgets.Text(layer.name, continuous_update=False, layout={"width": "180px"})
        name.add_class("descartes-flow-name")
        self._links = [
            traitlets.link((layer, "visible"), (visible, "value")),
            traitlets.link((layer, "name"), (name, "value")),
        ]
        # In the browser, so that dragging does not wait for the kernel.
        self._opacity_link = ipywidgets.jslink((opacity, "value"), (layer, "opacity"))
        buttons = [
            icon_button("arrow-up", "Move up", lambda: map.move_layer_up(layer)),
            icon_button("arrow-down", "Move down", lambda: map.move_layer_down(layer)),
            icon_button("times", "Remove the layer", lambda: map.remove(layer)),
        ]
        self.line = ipywidgets.HBox(children=(visible, opacity, name, *looks, *buttons))
        self.line.add_class("descartes-flow-row")
        super().__init__(children=(self.line,))

    def close(self) -> None:
        """Let go of the layer, and end all widgets of the row."""
        if self.comm is None:
            return  # closed before
        for link in self._links:
            link.unlink()
        self._opacity_link.close()
        close_parts(self)
        super().close()


def icon_button(icon: str, tooltip: str, act: Callable[[], object]) -> ipywidgets.Button:
    """A button that shows a picture."""
    button = ipywidgets.Button(icon=icon, tooltip=tooltip, layout={"width": ICON_WIDTH})
    button.on_click(lambda _: act())
    return button
