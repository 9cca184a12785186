"""All about a map that helps to find out why it does not show what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tileserver import LayerCounts, TileServer

from ...render.doctor import condition
from ..tiles.serving import running_server

if TYPE_CHECKING:
    from ..map import Map

MOST_LINES = 20
"""Of the log."""


class Report(str):
    """Text that a notebook shows as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def report(map: Map) -> Report:
    """The condition of a map, its layers, the tile server and the process; no token is in it."""
    server = running_server()
    lines = [*condition(), _tiles(server), _place(map), *_layers(map, server), *_log(map)]
    text = "\n".join(lines)
    return Report(text if server is None else text.replace(server.token, "<token>"))


def _tiles(server: TileServer | None) -> str:
    if server is None:
        return "tile server: not started, no layer was drawn yet"
    return f"tile server: runs, 127.0.0.1 port {server.port}, direct"


def _place(map: Map) -> str:
    width, height = map.map_dimensions()
    seen = "displayed" if map.displayed else "not displayed yet, size assumed"
    page = "unknown"
    if map.window_url:
        address = urlsplit(map.window_url)  # its query may hold the token of Jupyter
        page = f"{address.scheme}://{address.hostname}{':' + str(address.port) if address.port else ''}"
    return (
        f"map: {seen}, {width} x {height} pixels around {tuple(map.center)}, zoom {map.zoom:g}; "
        f"page: {page}, our script {'runs' if map.page.ready else 'does not run'} there"
    )


def _layers(map: Map, server: TileServer | None) -> list[str]:
    """A line for each layer, the lowest first."""
    counts = {} if server is None else server.statistics()
    told = []
    for layer in map.layers:
        parts = ["visible" if layer.visible else "hidden"] if hasattr(layer, "visible") else []
        if hasattr(layer, "subject"):
            count = counts.get(layer.key, LayerCounts())
            parts.append(f"tiles: {count.done} of {count.wanted} done, {count.failed} failed")
            parts.append(f"{count.cancelled} cancelled, {count.seconds:.1f} s")
            parts += ["no address now"] if not layer.url else []
            parts += ["scales are being found"] if layer.autoscaling else []
        told.append(f"  {layer.name!r}, a {type(layer).__name__}: {', '.join(parts)}")
    return [f"layers: {len(told)}", *told]


def _log(map: Map) -> list[str]:
    lines = map.layer_log.lines
    return [f"log: {len(lines)} lines", *(f"  {line}" for line in lines[-MOST_LINES:])]
