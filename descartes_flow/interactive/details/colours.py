"""The colours of a layer, and those of pixels without a value."""

from __future__ import annotations

import ipywidgets

from ...colour import COLORMAPS
from ..layer import WorkflowsLayer
from ..map import Map
from .section import Section

NO_COLORMAP = ""
"""Among options, where None would mean that nothing is chosen."""

FOLLOWED = ["bands", "colormap"]


class Colours(Section):
    """A list of colormaps; there for one band only, which alone can have one."""

    def __init__(self, layer: WorkflowsLayer) -> None:
        colormap = ipywidgets.Dropdown(
            options=[("no colormap", NO_COLORMAP), *((name, name) for name in COLORMAPS)],
            value=layer.colormap or NO_COLORMAP,
            tooltip="Colormap, for one band",
        )
        super().__init__("Colours", colormap)
        self._layer = layer
        self.link(layer, "colormap", colormap, transform=(_option, _colormap))
        layer.observe(self._refresh, FOLLOWED)
        self._ends.callback(layer.unobserve, self._refresh, FOLLOWED)
        self._refresh()

    def _refresh(self, change: object = None) -> None:
        bands = self._layer.bands
        useful = self._layer.colormap is not None or bands is None or len(bands) == 1
        self.layout.display = None if useful else "none"


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
