"""The tile server of this process, and a layer as that server sees it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

from tileserver import LayerCounts, TileServer

from .._settings import settings
from ..render.drawing import Drawing
from ..render.layers import LAYERS, TileNote
from ..render.warming import warm
from .redrawing import FirstTiles

_lock = threading.Lock()
_servers: list[TileServer] = []


def tile_server() -> TileServer:
    """The server that hands out the tiles of all layers; started when it is first asked for."""
    with _lock:
        if not _servers:
            server = TileServer(
                LAYERS,
                # Two for each process: while it makes one tile, the next is bound already.
                threads=max(settings.threads, 2 * settings.worker_processes),
                queued=settings.queued_tiles,
                tile_seconds=settings.tile_seconds,
            )
            _servers.append(server.start())
        return _servers[0]


class ServedLayer:
    """What the server shows of one layer.

    Parameters
    ----------
    listener : callable
        Hears of tiles that failed, from the threads that render.

    Attributes
    ----------
    key : str
        Name of the layer in the URLs of its tiles.
    """

    def __init__(self, listener: Callable[[TileNote], None]) -> None:
        self.key = uuid.uuid4().hex
        self._lock = threading.Lock()  # no drawing may be shown any more once the layer is closed
        self._closed = False
        self._first_tiles = FirstTiles()
        LAYERS.listen(self.key, listener)
        warm()

    def show(self, drawing: Drawing) -> bool:
        """Make `drawing` what the layer shows; False if it was that before."""
        with self._lock:
            before = LAYERS.current(self.key)
            if self._closed or (before is not None and before.version == drawing.version):
                return False
            LAYERS.show(self.key, drawing)
            return True

    def url(self, drawing: Drawing) -> str:
        """Address of the tiles of `drawing`."""
        return tile_server().url_template(self.key, drawing.version)

    def supersede(self, *, first: bool, loading: bool) -> bool:
        """Refuse tiles of older drawings from now on; whether the layer has to be drawn from nothing.

        Parameters
        ----------
        first : bool
            Whether no tiles were asked for until now.
        loading : bool
            Whether the browser said last that it waits for tiles.
        """
        server = tile_server()
        counts = server.statistics().get(self.key, LayerCounts())
        server.supersede(self.key)
        from_nothing = first or self._first_tiles.pending(counts, loading)
        if from_nothing:
            self._first_tiles.begin(counts)
        return from_nothing

    def close(self) -> None:
        """Forget the layer and its tiles."""
        with self._lock:
            self._closed = True
            served = LAYERS.current(self.key) is not None
            LAYERS.forget(self.key)
        if served:
            tile_server().forget(self.key)
