"""`MapApp`: a map with its tools, the panel of its layers and what they have to say; `wf.map` is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue

import ipyleaflet
import ipywidgets
import traitlets

from .background import AUTOMATIC, OFFLINE
from .closing import close_parts
from .export.picture import with_picture
from .map import Map
from .panel.controller import LayerController
from .panel.rows import WHICH, LayerControllerList
from .tools import TOOLS, Tool, Toolbar


class MapApp(ipywidgets.VBox):  # type: ignore[misc]
    """A map with tools and a row of controls for each layer; what a Map has and does, it has and does too.

    Tools and rows are inside the map, so that they are there in full screen, too.

    Parameters
    ----------
    map : Map, optional
        By default a new one.

    Attributes
    ----------
    map : Map
        The map itself; set its height with ``wf.map.map.layout.height = "600px"``.
    panel : LayerController or None
        The rows on the map; they are made when the app is first displayed.
    control_tile_layers, control_other_layers : bool
        Which layers have a row; see `LayerControllerList`.
    tools : mapping of str to Tool
        What the toolbar turns on and off: ``wf.map.tools["inspector"].active = True``.

    Examples
    --------
    >>> app = MapApp()
    >>> app.zoom = 11
    >>> app.map.zoom
    11.0
    >>> app.close()
    """

    map: Map
    panel: LayerController | None

    control_tile_layers = traitlets.Bool(True)
    control_other_layers = traitlets.Bool(False)

    def __init__(self, map: Map | None = None, **options: AnyValue) -> None:
        self.map = Map() if map is None else map
        self.panel = None
        self._toolbar = Toolbar([kind(self.map) for kind in TOOLS])
        super().__init__(children=(self.map.page, self.map, self.map.logs), **options)
        self.add_class("descartes-flow")

    @property
    def tools(self) -> Mapping[str, Tool]:
        """The tools by name."""
        return self._toolbar.tools

    @property
    def layer_controller_list(self) -> LayerControllerList | None:
        """The rows of the layers; None before the app is displayed."""
        return None if self.panel is None else self.panel.rows

    def open_controls(self) -> LayerControllerList:
        """Put basemap, toolbar and rows on the map, unless they are there; the rows."""
        if self.panel is None:
            if self.map.basemap == AUTOMATIC:
                self.map.basemap = OFFLINE
            self.panel = LayerController(self.map)
            self.map.add(ipyleaflet.WidgetControl(widget=self._toolbar, position="topleft"))
            for trait in WHICH:
                traitlets.link((self, trait), (self.panel.rows, trait))
            self.map.add(self.panel)
            for tool in self.tools.values():
                tool.active |= tool.begins_active
        return self.panel.rows

    def close(self) -> None:
        """Take the map, its layers and its controls off the page."""
        if self.comm is None:
            return  # closed before
        for part in (self._toolbar, self.panel):
            if part is not None:
                part.close()
        close_parts(self)
        super().close()

    def _repr_mimebundle_(self, **options: AnyValue) -> AnyValue:
        self.open_controls()
        return with_picture(super()._repr_mimebundle_(**options), self.map, repr(self))

    def __getattr__(self, name: str) -> AnyValue:
        if name.startswith("_") or name == "map":
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        return getattr(self.map, name)

    def __setattr__(self, name: str, value: AnyValue) -> None:
        if not hasattr(type(self), name) and hasattr(Map, name):
            setattr(self.map, name, value)
        else:
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *dir(self.map)})

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.map.description}>"
