"""The tile server of this process."""

from __future__ import annotations

import threading

from tileserver import TileServer

from .._settings import settings
from ..render.layers import LAYERS

_lock = threading.Lock()
_servers: list[TileServer] = []


def tile_server() -> TileServer:
    """The server that hands out the tiles of all layers; started when it is first asked for."""
    with _lock:
        if not _servers:
            server = TileServer(
                LAYERS, threads=settings.threads, queued=settings.queued_tiles, tile_seconds=settings.tile_seconds
            )
            _servers.append(server.start())
        return _servers[0]
