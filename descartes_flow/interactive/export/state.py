"""Maps as plain data, for a file or another session, and back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from typing import Any as AnyValue

from ... import geo
from ...errors import DescartesFlowError
from ...ops.grafts import from_graft
from ...types import Image, ImageCollection, Proxytype
from ...types.names import type_by_name
from ...types.parameter import argument_node
from ...types.proxytype import describe
from ..background import AUTOMATIC, NAMES
from ..request import Request, request
from ..view import DEEPEST_ZOOM
from .code import plain

if TYPE_CHECKING:
    from ..layer import WorkflowsLayer
    from ..map import Map

VERSION = 1
"""Of the form of the data; raised when a change makes older data unreadable."""

MOST_LAYERS = 200

FARTHEST = 36_000
"""Degrees: a hundred times around the earth."""

LONGEST_TYPE = 200
"""Letters in the name of a type."""

IMAGERY: Mapping[str, type[Proxytype]] = {"Image": Image, "ImageCollection": ImageCollection}


class KeptLayer(NamedTuple):
    """A layer that was read from data, before it is made."""

    name: str
    asked: Request
    date: datetime.date | None
    visible: bool
    opacity: float


class KeptMap(NamedTuple):
    """A map that was read from data."""

    center: tuple[float, float]
    zoom: float
    basemap: str | None
    aoi: AnyValue
    layers: list[KeptLayer]


def map_state(map: Map) -> dict[str, AnyValue]:
    """Centre, zoom, basemap, area and computed layers of a map, the lowest first, as data for JSON.

    A basemap that has no name of ours is not kept.
    """
    named = map.basemap is None or isinstance(map.basemap, str)
    return {
        "version": VERSION,
        "center": [float(degrees) for degrees in map.center],
        "zoom": float(map.zoom),
        "basemap": map.basemap if named else AUTOMATIC,
        "aoi": map.aoi,
        "layers": [layer_state(layer) for layer in map.layers if hasattr(layer, "subject")],
    }


def layer_state(layer: WorkflowsLayer) -> dict[str, AnyValue]:
    """What a layer shows and how, as data for JSON; of widgets the values only."""
    scales = layer.get_scales()
    types, values = layer.subject.parameters, layer.parameters.to_dict()
    return {
        "name": layer.name,
        "type": type(layer.imagery).__name__,
        "graft": layer.imagery.graft,
        "parameters": {name: _parameter_state(name, types[name], value) for name, value in values.items()},
        "scales": None if scales is None else [list(pair) for pair in scales],
        "colormap": layer.colormap,
        "checkerboard": layer.checkerboard,
        "reduction": layer.reduction,
        "date": None if layer.date is None else layer.date.isoformat(),
        "visible": layer.visible,
        "opacity": float(layer.opacity),
    }


def _parameter_state(name: str, kind: type[Proxytype], value: AnyValue) -> dict[str, AnyValue]:
    told = {"type": kind.__name__}
    if value is None:
        return {**told, "value": None}
    node = argument_node(name, kind, value, "state")
    simple = plain(value, kind, node)
    return {**told, "graft": kind._from_node(node).graft} if simple is None else {**told, "value": simple}


def restore(map: Map, state: object) -> None:
    """Show what `state` says instead of the present layers; nothing changes where it cannot be read."""
    kept = read_state(state)
    map.clear_layers()
    map.center, map.zoom, map.aoi = kept.center, kept.zoom, kept.aoi
    if kept.basemap != AUTOMATIC:
        map.basemap = kept.basemap
    for name, asked, date, visible, opacity in kept.layers:
        layer = asked.layer(name, map.view_context, map.layer_log)
        with layer.hold_url_updates():
            layer.date, layer.visible, layer.opacity = date, visible, opacity
        map.add(layer)


def read_state(state: object) -> KeptMap:
    """What `map_state` gave, from anywhere; ValueError, which names the key, for anything else."""
    try:
        return _read_map(state)
    except RecursionError:
        raise ValueError("state: expected what state() gave, got data nested too deeply to be read") from None


def _read_map(state: object) -> KeptMap:
    data = _mapping(state, "state")
    version = _value(data, "version", "state")
    if isinstance(version, bool) or version != VERSION:
        raise ValueError(f"state['version']: expected {VERSION}, got {describe(version)}")
    center = _value(data, "center", "state")
    if not isinstance(center, (list, tuple)) or len(center) != 2:
        raise ValueError(f"state['center']: expected [latitude, longitude], got {describe(center)}")
    latitude = _number(center[0], "state['center'][0]", -90, 90)
    longitude = _number(center[1], "state['center'][1]", -FARTHEST, FARTHEST)
    zoom = _number(_value(data, "zoom", "state"), "state['zoom']", 0, DEEPEST_ZOOM)
    basemap = _value(data, "basemap", "state")
    if basemap not in (None, AUTOMATIC, *NAMES):
        raise ValueError(
            f"state['basemap']: expected None or one of {[AUTOMATIC, *NAMES]}, got {describe(basemap)}"
        )
    aoi = _read_area(_value(data, "aoi", "state"))
    layers = _value(data, "layers", "state")
    if not isinstance(layers, list) or len(layers) > MOST_LAYERS:
        raise ValueError(f"state['layers']: expected a list of at most {MOST_LAYERS}, got {describe(layers)}")
    read = [_read_layer(layer, f"state['layers'][{place}]") for place, layer in enumerate(layers)]
    return KeptMap((latitude, longitude), zoom, basemap, aoi, read)


def _read_area(value: AnyValue) -> AnyValue:
    """The area of interest as GeoJSON, or None."""
    try:
        return None if value is None else geo.areas.read_area(value, "state['aoi']")
    except DescartesFlowError as error:
        raise ValueError(str(error)) from error


def _read_layer(data: object, where: str) -> KeptLayer:
    known = _mapping(data, where)
    name, kind = _text(known, "name", where), _text(known, "type", where)
    if kind not in IMAGERY:
        raise ValueError(f"{where}['type']: expected one of {', '.join(IMAGERY)}, got {describe(kind)}")
    opacity = _number(_value(known, "opacity", where), f"{where}['opacity']", 0, 1)
    checkerboard, visible = _flag(known, "checkerboard", where), _flag(known, "visible", where)
    scales, colormap = _value(known, "scales", where), _value(known, "colormap", where)
    parameters = _mapping(_value(known, "parameters", where), f"{where}['parameters']")
    types, values = {}, {}
    for parameter, told in parameters.items():
        place = f"{where}['parameters'][{parameter!r}]"
        types[parameter], values[parameter] = _read_parameter(_mapping(told, place), place)
    imagery = _read_graft(_value(known, "graft", where), IMAGERY[kind], types, f"{where}['graft']")
    reduction = _text(known, "reduction", where)
    try:
        asked = request(imagery, scales, colormap, checkerboard, reduction, values)
    except (DescartesFlowError, TypeError, ValueError) as error:
        raise ValueError(f"{where}: {error}") from error
    return KeptLayer(name, asked, _read_date(known, kind, where), visible, opacity)


def _read_date(data: Mapping[str, AnyValue], kind: str, where: str) -> datetime.date | None:
    """The day of a collection that is drawn."""
    value = _value(data, "date", where)
    if value is None:
        return None
    if kind == "Image":
        raise ValueError(f"{where}['date']: expected None for an Image, got {describe(value)}")
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{where}['date']: expected a day like '2020-05-01', got {describe(value)}"
        ) from error


def _read_parameter(data: Mapping[str, AnyValue], where: str) -> tuple[type[Proxytype], AnyValue]:
    """Type and value of a parameter."""
    name = _text(data, "type", where)
    try:
        if len(name) > LONGEST_TYPE:
            raise ValueError(f"expected at most {LONGEST_TYPE} letters, got {len(name)}")
        kind = type_by_name(name)
        if kind.is_generic:
            raise ValueError(f"{name} lacks its type parameters")
    except ValueError as error:
        raise ValueError(f"{where}['type']: {error}") from error
    if "graft" in data:
        return kind, _read_graft(data["graft"], kind, {}, f"{where}['graft']")
    return kind, _value(data, "value", where)


def _read_graft(
    graft: object, kind: type[Proxytype], types: Mapping[str, type[Proxytype]], where: str
) -> Proxytype:
    try:
        return from_graft(_mapping(graft, where), kind, types)
    except DescartesFlowError as error:
        raise ValueError(f"{where}: {error}") from error


def _mapping(value: object, where: str) -> Mapping[str, AnyValue]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: expected a dict, got {describe(value)}")
    return value


def _value(data: Mapping[str, AnyValue], key: str, where: str) -> AnyValue:
    if key not in data:
        raise ValueError(f"{where}[{key!r}]: missing; known here: {list(data)[:20]}")
    return data[key]


def _text(data: Mapping[str, AnyValue], key: str, where: str) -> str:
    value = _value(data, key, where)
    if not isinstance(value, str):
        raise ValueError(f"{where}[{key!r}]: expected a str, got {describe(value)}")
    return value


def _flag(data: Mapping[str, AnyValue], key: str, where: str) -> bool:
    value = _value(data, key, where)
    if not isinstance(value, bool):
        raise ValueError(f"{where}[{key!r}]: expected a bool, got {describe(value)}")
    return value


def _number(value: object, where: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise ValueError(f"{where}: expected a number in {low} .. {high}, got {describe(value)}")
    return float(value)
