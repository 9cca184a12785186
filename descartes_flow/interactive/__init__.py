"""The map in the notebook: map, layers, controls, parameters (ipyleaflet, ipywidgets)."""

import importlib
import typing

try:
    import anywidget as anywidget
    import ipyleaflet as ipyleaflet
    import ipywidgets as ipywidgets
except ImportError as error:
    raise ImportError(
        "the map needs ipyleaflet, ipywidgets and anywidget; "
        'install them with: pip install "descartes-flow[map]"'
    ) from error

if typing.TYPE_CHECKING:
    from .app import MapApp
    from .layer import WorkflowsLayer
    from .map import Map
    from .panel.controller import LayerController
    from .panel.map_controller import MapController
    from .panel.rows import LayerControllerList
    from .parameters import ParameterSet
    from .tools.inspector import PixelInspector

_MODULES = {
    "LayerController": "panel.controller",
    "LayerControllerList": "panel.rows",
    "Map": "map",
    "MapApp": "app",
    "MapController": "panel.map_controller",
    "ParameterSet": "parameters",
    "PixelInspector": "tools.inspector",
    "WorkflowsLayer": "layer",
}

__all__ = [
    "LayerController",
    "LayerControllerList",
    "Map",
    "MapApp",
    "MapController",
    "ParameterSet",
    "PixelInspector",
    "WorkflowsLayer",
]


def __getattr__(name: str) -> typing.Any:
    if name not in _MODULES:
        raise AttributeError(f"wf.interactive has no {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
