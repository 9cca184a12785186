"""The tile server of this process, and a layer as that server sees it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

from tileserver import LayerCounts, TileServer

from ..._settings import settings
from ...geo import Tile
from ...render.basemap import BASEMAP, BasemapTiles
from ...render.drawing import Drawing
from ...render.layers import LAYERS, TileNote
from ...render.sources import NamedSources
from ...render.warming import warm
from ..coalescing import Coalescer
from .progress import PAUSE, Showing, TileProgress
from .redrawing import FirstTiles
from .settling import SettleCheck

_lock = threading.Lock()
_servers: list[TileServer] = []


def tile_server() -> TileServer:
    """The server that hands out the tiles of all layers; started when it is first asked for."""
    with _lock:
        if not _servers:
            server = TileServer(
                NamedSources({BASEMAP: BasemapTiles()}, LAYERS),
                # Two for each process: while it makes one tile, the next is bound already.
                threads=max(settings.threads, 2 * settings.worker_processes),
                queued=settings.queued_tiles,
                tile_seconds=settings.tile_seconds,
            )
            _servers.append(server.start())
        return _servers[0]


def running_server() -> TileServer | None:
    """The server, if it was started."""
    return _servers[0] if _servers else None


class ServedLayer:
    """What the server shows of one layer, and how far it is.

    Parameters
    ----------
    listener : callable
        Hears of tiles that failed, from the threads that render.
    tell : callable
        Told at most five times a second how far the tiles are; in a thread of its own.
    redraw : callable
        Draws the layer anew, because the browser has lost tiles; called in a thread of its own.

    Attributes
    ----------
    key : str
        Name of the layer in the URLs of its tiles.
    """

    def __init__(
        self,
        listener: Callable[[TileNote], None],
        tell: Callable[[TileProgress], None],
        redraw: Callable[[], None],
    ) -> None:
        self.key = uuid.uuid4().hex
        self._tell = tell
        # What is shown, for which view, and whether it is called off change together; nothing is shown any
        # more once the layer is closed.
        self._lock = threading.Lock()
        self._closed = False
        self._first_tiles = FirstTiles()
        self._showing = Showing()
        self._settling = SettleCheck(self._state, self._is_missing_tiles, redraw)
        self._telling = Coalescer(self._tell_progress, PAUSE, at_once=False)
        LAYERS.listen(self.key, listener)
        warm()

    def show(self, drawing: Drawing) -> bool:
        """Make `drawing` what the layer shows; False if it was that before."""
        with self._lock:
            before = LAYERS.current(self.key)
            if self._closed or (before is not None and before.version == drawing.version):
                return False
            LAYERS.show(self.key, drawing)
            self._showing = Showing(drawing.version, self._showing.tiles)
            tile_server().listen(self.key, self._count)
            tile_server().resume(self.key)
        return True

    def url(self, drawing: Drawing) -> str:
        """Address of the tiles of `drawing`."""
        return tile_server().url_template(self.key, drawing.version, self._showing.retries)

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
        counts = self._counts()
        server.supersede(self.key)
        with self._lock:
            again = self._showing.begin()
            self._resume()
        from_nothing = first or again or self._first_tiles.pending(counts, loading)
        if from_nothing:
            self._first_tiles.begin(counts)
        if again:
            self._settling.touch()
        else:
            self._settling.begin()
        self._telling.request()
        return from_nothing

    def hide(self) -> None:
        """No tiles are wanted until `supersede` is called again."""
        self._showing.end()
        self._settling.spend()
        self._telling.request()

    def look(self, tiles: frozenset[Tile] | None) -> None:
        """Know which tiles the layer needs; None: nobody knows."""
        with self._lock:
            if tiles == self._showing.tiles:
                return
            self._showing.tiles = tiles
            resumed = self._resume()
        if resumed:
            self._settling.begin()
        else:
            self._settling.touch()
        self._telling.request()

    def call_off(self) -> None:
        """Make no more tiles of what is shown, until that, or the view, changes, or `again` is called."""
        with self._lock:
            drawing = LAYERS.current(self.key)
            if drawing is None:
                return
            self._showing.called_off = True
            self._settling.spend()
            tile_server().call_off(self.key, drawing.version)
        self._telling.request()

    @property
    def called_off(self) -> bool:
        """Whether `call_off` holds."""
        return self._showing.called_off

    def again(self) -> None:
        """Give the tiles another address, past the browser's memory of them."""
        with self._lock:
            self._showing.retry()
            self._resume()

    def close(self) -> None:
        """Forget the layer and its tiles."""
        with self._lock:
            self._closed = True
            served = LAYERS.current(self.key) is not None
            LAYERS.forget(self.key)
        self._settling.close()
        self._telling.close()
        if served:
            tile_server().forget(self.key)

    def progress(self) -> TileProgress:
        """How far the tiles are that the present view needs."""
        showing = self._showing
        return showing.progress(tile_server().served(self.key, showing.version), self._counts().under_way)

    def _resume(self) -> bool:
        """Have tiles made again if they were called off; whether they were. Called with the lock."""
        resumed, self._showing.called_off = self._showing.called_off, False
        if resumed:
            tile_server().resume(self.key)
        return resumed

    def _counts(self) -> LayerCounts:
        return tile_server().statistics().get(self.key, LayerCounts())

    def _count(self, counts: LayerCounts) -> None:
        """Called by the server, in its own thread."""
        self._showing.count(counts.under_way)
        self._settling.touch()
        self._telling.request()

    def _is_missing_tiles(self) -> bool:
        showing = self._showing
        return showing.is_missing_tiles(tile_server().served(self.key, showing.version))

    def _state(self) -> object:
        """What the server has done until now, and for which view; None while it is busy."""
        counts = tile_server().statistics()
        return None if any(each.under_way for each in counts.values()) else (counts, self._showing.tiles)

    def _tell_progress(self) -> None:
        progress = self.progress()
        self._tell(progress)
        if progress.under_way:  # the time goes on
            self._telling.request()
