"""The colours of a layer, and those of pixels without a value."""

from __future__ import annotations

import threading

import ipywidgets

from ....colour import COLORMAPS
from ...buttons import icon_button
from ...closing import close_parts
from ...layer import WorkflowsLayer
from ...map import Map
from ..palette import Palette, turned
from .section import Section

NO_COLORMAP = ""
"""Among options, where None would mean that nothing is chosen."""

FOLLOWED = ["bands", "colormap"]


class Colours(ipywidgets.VBox):  # type: ignore[misc]
    """A list of colormaps, and their colours on demand; there for one band only, which alone can have one.

    Attributes
    ----------
    names : ipywidgets.Dropdown
    turn : ipywidgets.Button
        Reverses the colours.
    more : ipywidgets.ToggleButton
        Shows and hides the palette.
    palette : Palette or None
    """

    def __init__(self, layer: WorkflowsLayer) -> None:
        self._layer = layer
        self._lock = threading.RLock()  # one turn at a time, of whichever thread
        self.palette: Palette | None = None
        self.names = ipywidgets.Dropdown(
            options=[("no colormap", NO_COLORMAP), *((name, name) for name in COLORMAPS)],
            value=layer.colormap or NO_COLORMAP,
            tooltip="Colormap, for one band",
        )
        self.turn = icon_button("exchange", "Reverse the colours", self._reverse)
        self.more = ipywidgets.ToggleButton(icon="paint-brush", tooltip="Choose by colour")
        self.more.add_class("descartes-flow-icon")
        self._line = Section("Colours", self.names, self.turn, self.more)
        super().__init__(children=(self._line,))
        self._line.link(layer, "colormap", self.names, transform=(_option, _colormap))
        self.more.observe(self._show_palette, "value")
        layer.observe(self._refresh, FOLLOWED)
        self._refresh()

    def close(self) -> None:
        """Let go of the layer, and end the palette."""
        with self._lock:
            if self.comm is None:
                return  # closed before
            self._layer.unobserve(self._refresh, FOLLOWED)
            close_parts(self)
            super().close()

    def _refresh(self, change: object = None) -> None:
        bands, colormap = self._layer.bands, self._layer.colormap
        useful = colormap is not None or bands is None or len(bands) == 1
        self.layout.display = None if useful else "none"
        self.turn.disabled = colormap is None

    def _reverse(self) -> None:
        if self._layer.colormap is not None:
            self._layer.colormap = turned(self._layer.colormap)

    def _show_palette(self, change: object) -> None:
        with self._lock:
            if self.comm is None:
                return
            gone, self.palette = self.palette, Palette(self._layer) if self.more.value else None
            self.children = (self._line,) if self.palette is None else (self._line, self.palette)
        if gone is not None:
            gone.close()


class Checks(Section):
    """Whether pixels without a value are marked."""

    def __init__(self, layer: WorkflowsLayer) -> None:
        checks = ipywidgets.Checkbox(
            description="check pattern",
            indent=False,
            tooltip="Mark pixels without a value by a check pattern",
        )
        super().__init__("No data", checks)
        self.link(layer, "checkerboard", checks)


def colours(map: Map, layer: WorkflowsLayer) -> Colours:
    """The section of any computed layer."""
    return Colours(layer)


def checks(map: Map, layer: WorkflowsLayer) -> Checks:
    """The section of any computed layer."""
    return Checks(layer)


def _option(colormap: str | None) -> str:
    return colormap or NO_COLORMAP


def _colormap(option: str) -> str | None:
    return option or None
