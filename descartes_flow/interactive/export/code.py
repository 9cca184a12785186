"""Layers and maps as Python code that makes them again, to be pasted into a notebook."""

from __future__ import annotations

import datetime
import math
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any as AnyValue

import numpy as np

from ..._notebook import user_names
from ...graph import Node
from ...render.reduction import MOSAIC
from ...types import Proxytype
from ...types.parameter import argument_node
from ..background import AUTOMATIC

if TYPE_CHECKING:
    from ..layer import WorkflowsLayer
    from ..map import Map

ASSIGNED = ("wf", "datetime", "map", "imagery", "layer")
"""Variables of the code itself: what the notebook calls so has to be named otherwise."""

TYPE_NAME = re.compile(r"(?<!['\"\w])[A-Z]\w*")


def layer_code(layer: WorkflowsLayer, map: str = "") -> str:
    """The call of visualize that makes a layer as it is now, and its date where it has one.

    The imagery is named by the notebook's variable that holds it; without one, the code has its graft.

    Parameters
    ----------
    layer : WorkflowsLayer
    map : str
        Expression for the map to show it on; "" for ``wf.map``.
    """
    before, call = _call(layer, map)
    if layer.date is None:
        return before + call
    return f"import datetime\n{before}layer = {call}\nlayer.date = {layer.date!r}"


def map_code(map: Map) -> str:
    """A map's centre, zoom, basemap and area and all its computed layers, the lowest first, as code.

    Layers of other kinds are named in comments.
    """
    latitude, longitude = map.center
    centre, zoom = (float(latitude), float(longitude)), float(map.zoom)
    shared = is_shared(map)
    name = "wf.map" if shared else "map"
    lines = ["import descartes_flow as wf", ""]
    if shared:
        lines += [f"wf.map.center = {centre!r}", f"wf.map.zoom = {zoom:g}"]
    else:
        lines.append(f"map = wf.Map(center={centre!r}, zoom={zoom:g})")
    if map.basemap != AUTOMATIC and (map.basemap is None or isinstance(map.basemap, str)):
        lines.append(f"{name}.basemap = {map.basemap!r}")
    if map.aoi is not None:
        lines.append(f"{name}.aoi = {map.aoi!r}")
    for layer in map.layers:
        if hasattr(layer, "subject"):
            lines += ["", *_layer_lines(layer, "" if shared else "map")]
        elif not layer.base:
            lines += ["", f"# {layer.name!r}, a {type(layer).__name__}, has no code"]
    return "\n".join([*lines, "", name])


def is_shared(map: Map) -> bool:
    """Whether it is the map of ``wf.map``."""
    module = sys.modules.get("descartes_flow.interactive.shared")
    return module is not None and module.map.map is map


def name_of(proxy: Proxytype) -> str | None:
    """The notebook's variable that holds this program, the latest if there are several; None if none does."""
    names = [
        name
        for name, value in user_names().items()
        if _holds(value, proxy) and not name.startswith("_") and name not in ASSIGNED
    ]
    return names[-1] if names else None


def _holds(value: object, proxy: Proxytype) -> bool:
    return type(value) is type(proxy) and isinstance(value, Proxytype) and value._node is proxy._node


def from_graft(proxy: Proxytype) -> str:
    """A call of `wf.from_graft` that makes a proxy."""
    types = {param._node.value[0]: _type(type(param).__name__) for param in proxy.params}
    parameters = ", ".join(f"{name!r}: {kind}" for name, kind in types.items())
    told = f", {{{parameters}}}" if parameters else ""
    return f"wf.from_graft({proxy.graft!r}, {_type(type(proxy).__name__)}{told})"


def plain(value: AnyValue, kind: type[Proxytype], node: Node) -> AnyValue:
    """A value of a parameter as Python's own number, text, bool or list; None where no such value means it.

    Parameters
    ----------
    value : object
        What the parameter has: also a number of numpy, a date, a proxy.
    kind : type
        Of the parameter.
    node : Node
        What the value is as a program; a moment is given as text if that makes the same one.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, datetime.date):  # a datetime too
        value = value.isoformat()
    if not _is_plain(value):
        return None
    return value if argument_node("value", kind, value, "code") is node else None


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return isinstance(value, (bool, int, str)) or (isinstance(value, float) and math.isfinite(value))


def _arguments(layer: WorkflowsLayer, map: str) -> list[str]:
    scales = layer.get_scales()
    looks: Mapping[str, AnyValue] = {
        "scales": None if scales is None else [list(pair) for pair in scales],
        "colormap": layer.colormap,
        "checkerboard": None if layer.checkerboard else False,
        "reduction": None if layer.reduction == MOSAIC else layer.reduction,
    }
    told = [f"{name}={value!r}" for name, value in looks.items() if value is not None]
    return [repr(layer.name), *told, *([f"map={map}"] if map else []), *_parameters(layer)]


def _parameters(layer: WorkflowsLayer) -> list[str]:
    """The parameters as keyword arguments, each with its present value."""
    types, values = layer.subject.parameters, layer.parameters.to_dict()
    return [f"{name}={_literal(name, types[name], value)}" for name, value in values.items()]


def _literal(name: str, kind: type[Proxytype], value: AnyValue) -> str:
    if value is None:
        return "None"
    node = argument_node(name, kind, value, "code")
    simple = plain(value, kind, node)
    if simple is not None:
        return repr(simple)
    proxy = kind._from_node(node)
    return name_of(proxy) or from_graft(proxy)


def _layer_lines(layer: WorkflowsLayer, map: str) -> list[str]:
    """The code of a layer, and what visualize does not set."""
    set_later = {"visible": (layer.visible, True), "opacity": (layer.opacity, 1.0)}
    changed = [f"layer.{name} = {now!r}" for name, (now, usual) in set_later.items() if now != usual]
    code = layer_code(layer, map)
    if changed and layer.date is None:
        before, call = _call(layer, map)
        code = f"{before}layer = {call}"
    return [code, *changed]


def _call(layer: WorkflowsLayer, map: str) -> tuple[str, str]:
    """What has to be run first, and the call of visualize."""
    imagery = layer.imagery
    expression = name_of(imagery)
    before = "" if expression else f"imagery = {from_graft(imagery)}\n"
    return before, f"{expression or 'imagery'}.visualize({', '.join(_arguments(layer, map))})"


def _type(name: str) -> str:
    """A type as users write it: ``List[Int]`` is ``wf.List[wf.Int]``."""
    return TYPE_NAME.sub(r"wf.\g<0>", name)
