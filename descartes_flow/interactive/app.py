"""`MapApp`: a map with the list of its layers and what they have to say; `wf.map` is one."""

from __future__ import annotations

from typing import Any as AnyValue

import ipywidgets

from .closing import close_parts
from .controls import LayerControllerList
from .map import Map
from .stylesheet import STYLESHEET


class MapApp(ipywidgets.VBox):  # type: ignore[misc]
    """A map with a row of controls for each layer; what a Map has and does, it has and does too.

    Parameters
    ----------
    map : Map, optional
        By default a new one.

    Attributes
    ----------
    map : Map
        The map itself; set its height with ``wf.map.map.layout.height = "600px"``.
    layer_controller_list : LayerControllerList or None
        The rows; they are made when the app is first displayed.
    """

    map: Map
    layer_controller_list: LayerControllerList | None

    def __init__(self, map: Map | None = None, **options: AnyValue) -> None:
        self.map = Map() if map is None else map
        self.layer_controller_list = None
        self._stylesheet = ipywidgets.HTML(STYLESHEET, layout={"display": "none"})
        super().__init__(children=(self._stylesheet, self.map, self.map.logs), **options)
        self.add_class("descartes-flow")

    def open_controls(self) -> LayerControllerList:
        """The rows of the layers, made now if there are none yet."""
        if self.layer_controller_list is None:
            self.layer_controller_list = LayerControllerList(self.map)
            self.children = (self._stylesheet, self.map, self.layer_controller_list, self.map.logs)
        return self.layer_controller_list

    def close(self) -> None:
        """Take the map, its layers and its controls off the page."""
        if self.comm is None:
            return  # closed before
        close_parts(self)
        super().close()

    def _repr_mimebundle_(self, **options: AnyValue) -> AnyValue:
        self.open_controls()
        return super()._repr_mimebundle_(**options)

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
        layers = ", ".join(layer.name for layer in self.map.layers) or "no layers"
        return f"<{type(self).__name__} around {tuple(self.map.center)}, zoom {self.map.zoom:g}: {layers}>"
