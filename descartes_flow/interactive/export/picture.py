"""Maps as pictures, without a browser: what all visible layers show, above each other."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from typing import Any as AnyValue

from ..._settings import settings
from ...errors import DescartesFlowError
from ...geo import Tile
from ...geo.tiles import whole_zoom
from ...render.basemap import basemap_tile
from ...render.drawing import Drawing
from ...render.layers import LAYERS
from ...render.snapshot import Cancelled, Sheet, Snapshot, Window, small_png, snapshot
from ..background import OFFLINE, OfflineBasemap

if TYPE_CHECKING:
    from ..layer import WorkflowsLayer
    from ..map import Map

SECONDS = 2.0
"""Longest time that a map that is displayed spends on its picture."""

MOST_BYTES = 110 * 1024
"""Of the PNG file; as text in a notebook it takes a third more: 150 kB."""


def map_snapshot(
    map: Map, width: int | None = None, height: int | None = None, seconds: float | None = None
) -> Snapshot:
    """What a map shows now, in so many pixels; layers that take longer than `seconds` are left out."""
    assumed = map.map_dimensions()
    width, height = width or assumed[0], height or assumed[1]
    end = None if seconds is None else time.monotonic() + seconds
    zoom = whole_zoom(map.zoom)
    scale = 2 ** (map.zoom - zoom)  # tiles of the nearest whole zoom are drawn larger or smaller
    window = Window.around(map.center, zoom, max(1, round(width / scale)), max(1, round(height / scale)))
    sheets, unready = [], []
    if any(isinstance(layer, OfflineBasemap) and layer.visible for layer in map.layers):
        sheets.append(Sheet(OFFLINE, 1.0, lambda tile, cancelled: basemap_tile(tile)))
    for layer in _visible(map):
        drawing = _drawing(layer, end)
        if drawing is None:
            unready.append(layer.name)
        else:
            sheets.append(Sheet(layer.name, layer.opacity, partial(_tile, drawing)))
    found = snapshot(window, sheets, None if end is None else max(0.0, end - time.monotonic()))
    image = found.image if scale == 1 else found.image.resize((width, height))
    return Snapshot(image, (*unready, *found.left_out))


def with_picture(bundle: AnyValue, map: Map, text: str) -> AnyValue:
    """A MIME bundle with a picture of the map for pages that show no widgets, and `text` for those without.

    A map without visible layers has no picture.
    """
    if not settings.map_snapshot or not any(_visible(map)):
        return {**bundle, "text/plain": text}
    found = map_snapshot(map, seconds=SECONDS)
    png = base64.b64encode(small_png(found.image, MOST_BYTES)).decode()
    if found.left_out:
        text += f"; not in the picture: {', '.join(found.left_out)}"
    return {**bundle, "image/png": png, "text/plain": text}


def _visible(map: Map) -> Iterator[WorkflowsLayer]:
    return (layer for layer in map.layers if hasattr(layer, "subject") and layer.visible)


def _tile(drawing: Drawing, tile: Tile, cancelled: Cancelled) -> bytes | None:
    response = LAYERS.tile(drawing, tile, cancelled)
    return response.body if response.status == 200 else None


def _drawing(layer: WorkflowsLayer, end: float | None) -> Drawing | None:
    """What a layer shows, once its scales are found; None if that takes longer, or it shows nothing."""
    _await_scales(layer, end)
    try:
        image, style = layer.image_value, layer.style()
    except (DescartesFlowError, ValueError):  # the log tells it
        return None
    if style is None:  # half a pair is missing
        return LAYERS.current(layer.key)
    return None if image is None or layer.autoscaling else Drawing.of(image._node, style)


def _await_scales(layer: WorkflowsLayer, end: float | None) -> None:
    found = threading.Event()

    def hear(change: AnyValue) -> None:
        found.set()

    layer.observe(hear, "autoscaling")
    if layer.autoscaling:
        found.wait(None if end is None else max(0.0, end - time.monotonic()))
    layer.unobserve(hear, "autoscaling")
