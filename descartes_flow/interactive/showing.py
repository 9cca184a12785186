"""From what `visualize` asks for to a layer on the map: a new one, or the one of the same name."""

from __future__ import annotations

import importlib
from typing import Any as AnyValue

from ..errors import ProxyTypeError
from ..types.proxytype import describe
from .app import MapApp
from .arranging import ARRANGING
from .layer import WorkflowsLayer
from .map import Map
from .request import CALL, Request


def show(asked: Request, name: AnyValue, map: AnyValue = None) -> WorkflowsLayer:
    """Update the layer called `name`, or add it on top; a layer of another kind is replaced where it lies."""
    name = checked_name(name, CALL)
    map = plain_map(map, CALL)
    with ARRANGING:  # two threads with one name make one layer
        present = map.find(name)
        if isinstance(present, WorkflowsLayer):
            _renew(present, asked)
            return present
        layer = asked.layer(name, map.view_context, map.layer_log)
        if present is None:
            map.add(layer)
        else:
            map.substitute(present, layer)
        return layer


def unshown(asked: Request, name: AnyValue, map: AnyValue = None) -> WorkflowsLayer:
    """A new layer that is not on `map`, but has its view and its log."""
    name = type(asked.subject.imagery).__name__ if name is None else checked_name(name, "tile_layer")
    map = plain_map(map, "tile_layer")
    return asked.layer(name, map.view_context, map.layer_log)


def checked_name(name: AnyValue, call: str) -> str:
    """`name`, if a layer can have it; ProxyTypeError for what is no text."""
    if not isinstance(name, str):
        raise ProxyTypeError(f"{call}(name=): expected a str, got {describe(name)}")
    return name


def plain_map(map: AnyValue, call: str) -> Map:
    """The Map that is meant: ``wf.map`` for None, that of an app; ProxyTypeError for what is none."""
    if map is None:
        # Made by this import, so that a program with maps of its own has no other.
        map = importlib.import_module(f"{__package__}.shared").map
    if isinstance(map, MapApp):
        return map.map
    if isinstance(map, Map):
        return map
    raise ProxyTypeError(f"{call}(map=): expected a Map or MapApp, got {describe(map)}")


def _renew(layer: WorkflowsLayer, asked: Request) -> None:
    """Show what is asked for now; looks set by hand stay, unless this call differs from the last."""
    before: Request = layer.asked
    layer.asked = asked
    by_hand = layer.get_scales() != layer.found
    with layer.hold_url_updates():
        layer.set_subject(asked.subject, asked.parameters)
        for look in ("checkerboard", "log_level"):
            if getattr(asked, look) != getattr(before, look):
                setattr(layer, look, getattr(asked, look))
        one_band = asked.bands is None or len(asked.bands) == 1
        colormap = layer.colormap if one_band and asked.colormap == before.colormap else asked.colormap
        present = layer.get_scales()
        fitting = present is not None and (asked.bands is None or len(present) == len(asked.bands))
        same_image = asked.subject.image._node is before.subject.image._node
        kept = fitting and asked.scales == before.scales and bool(asked.scales or same_image or by_hand)
        layer.set_scales(present if kept else asked.scales, colormap)
    if layer.called_off:  # nothing has changed, and yet its tiles are asked for
        layer.redraw()
    if not layer.get_scales():
        layer.autoscale()
