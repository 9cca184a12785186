"""`wf.widgets`: parameters that are set by sliders, boxes and calendars, in the notebook and on the map."""

import importlib
import typing

from .types.widgets import checkbox, date, select, slider
from .types.widgets import input_ as input

if typing.TYPE_CHECKING:
    from .interactive.pickers import image, imagecollection

__all__ = ["checkbox", "date", "image", "imagecollection", "input", "select", "slider"]


def __getattr__(name: str) -> typing.Any:
    if name in ("image", "imagecollection"):  # they pick from the layers of a map, which needs ipywidgets
        return getattr(importlib.import_module("descartes_flow.interactive.pickers"), name)
    raise AttributeError(f"wf.widgets has no {name!r}; it has {', '.join(__all__)}")
