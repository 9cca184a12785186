"""`TileServer`: tiles over HTTP from a thread of its own, so that a busy kernel still serves."""

import asyncio
import atexit
import concurrent.futures
import os
import re
import secrets
import socket
import threading
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Self

from tileserver.flights import Flights
from tileserver.handlers import LAYER, VERSION
from tileserver.source import TileSource
from tileserver.statistics import LayerCounts, Place, Served, Statistics
from tileserver.thread import ServerThread
from tileserver.wmts import LATEST, LONGEST_TITLE
from tileserver.workers import Workers

LOOPBACK = {"127.0.0.1": "127.0.0.1", "::1": "[::1]"}
"""Addresses that only this machine can reach, and how a URL writes them."""

BACKLOG = 1024
"""Connections that may wait to be accepted while the kernel holds the interpreter."""


class TileServer:
    """Serves the tiles of a source to this machine.

    It listens on a loopback address only and answers only who knows the token in the URL.
    ``with TileServer(source) as server:`` starts it and stops it. While tiles are wanted the interpreter
    switches between threads more often (`tileserver.switching`), so that a busy kernel hands over quickly.

    Parameters
    ----------
    source : TileSource
        Makes the tiles.
    host : str
        ``"127.0.0.1"`` or ``"::1"``.
    port : int
        0 takes a free one.
    threads : int, optional
        Tiles made at once; by default as many as there are processors.
    queued : int
        Most tiles that wait to be made; one more turns away the oldest with 503.
    tile_seconds : float
        Longest time that a tile may take once begun; then its request gets what the source has for that case.

    Raises
    ------
    ValueError
        If an argument is out of range.
    """

    def __init__(
        self,
        source: TileSource,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        threads: int | None = None,
        queued: int = 256,
        tile_seconds: float = 30.0,
    ) -> None:
        if host not in LOOPBACK:
            raise ValueError(f"TileServer(host=): expected one of {sorted(LOOPBACK)}, got {host!r}")
        threads = (os.cpu_count() or 1) if threads is None else threads
        for name, value in {"threads": threads, "queued": queued, "tile_seconds": tile_seconds}.items():
            if not value > 0:
                raise ValueError(f"TileServer({name}=): expected a number above 0, got {value!r}")
        self.token = secrets.token_urlsafe(32)
        self._source = source
        self._host = host
        self._wanted_port = port
        self._threads = threads
        self._queued = queued
        self._tile_seconds = tile_seconds
        self._statistics = Statistics()
        self._thread: ServerThread | None = None
        self._changing = threading.Lock()

    def start(self) -> Self:
        """Begin to serve; a server that runs already is left alone.

        Raises
        ------
        OSError
            If the port cannot be had.
        """
        with self._changing:
            if self._thread is None:
                family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
                listening = socket.create_server(
                    (self._host, self._wanted_port), family=family, backlog=BACKLOG
                )
                listening.setblocking(False)
                workers = Workers(self._source, self._threads)
                flights = Flights(
                    self._source,
                    workers,
                    self._statistics,
                    asyncio.SelectorEventLoop(),  # whatever the kernel's policy would give
                    queued=self._queued,
                    seconds=self._tile_seconds,
                )
                self._thread = ServerThread(listening, flights, workers, self.token)
                self._thread.start()
                atexit.register(self.stop, timeout=1.0)
        return self

    def stop(self, timeout: float = 5.0) -> None:
        """Close the port and end the threads; a server that does not run is left alone.

        Parameters
        ----------
        timeout : float
            Seconds to wait for tiles under way, which are told to stop. A thread that takes longer ends
            later, by itself.
        """
        with self._changing:
            thread, self._thread = self._thread, None
            if thread is not None:
                atexit.unregister(self.stop)
                thread.end(timeout)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def port(self) -> int:
        """The port that the server listens on.

        Raises
        ------
        RuntimeError
            If the server does not run.
        """
        return self._running("port").port

    def url_template(self, layer: str, version: str, retry: int = 0) -> str:
        """Where a map finds the tiles of one version of a layer.

        Parameters
        ----------
        layer : str
            Up to 64 ASCII letters, digits, ``_`` or ``-``.
        version : str
            Up to 128 ASCII letters, digits or ``_``; a hash of all that the tiles show.
        retry : int
            Above 0, another URL for the same tiles, past the browser's memory of them.

        Returns
        -------
        str
            ``http://127.0.0.1:<port>/<token>/tiles/<layer>/<version>/{z}/{x}/{y}.png``

        Raises
        ------
        ValueError
            If a name holds other letters, or `retry` is negative.
        RuntimeError
            If the server does not run.
        """
        for name, value, pattern in (("layer", layer, LAYER), ("version", version, VERSION)):
            if not re.fullmatch(pattern, value):
                raise ValueError(f"url_template({name}=): expected a name like {pattern}, got {value!r}")
        if retry < 0:
            raise ValueError(f"url_template(retry=): expected 0 or more, got {retry!r}")
        port = self._running("url_template").port
        named = f"{version}-{retry}" if retry else version
        return (
            f"http://{LOOPBACK[self._host]}:{port}/{self.token}/tiles/{layer}/{named}/{{z}}/{{x}}/{{y}}.png"
        )

    def latest_template(self, layer: str) -> str:
        """Where another program finds the tiles of whatever a layer shows, as long as this server runs.

        Parameters
        ----------
        layer : str
            As for `url_template`; errors are those, too.
        """
        return self.url_template(layer, LATEST)

    def wmts_url(self, layer: str, title: str) -> str:
        """Where another program finds the WMTS capabilities of a layer, as long as this server runs.

        Parameters
        ----------
        layer : str
            As for `url_template`; errors are those, too.
        title : str
            What that program calls the layer; of a long one the beginning.
        """
        root, _, _ = self.url_template(layer, LATEST).partition("/tiles/")
        query = urllib.parse.quote(title[:LONGEST_TITLE], safe="", errors="replace")
        return f"{root}/wmts/{layer}/WMTSCapabilities.xml?title={query}"

    def supersede(self, layer: str) -> None:
        """Answer at once whatever waits for a version of `layer` that the source no longer calls current.

        Call it, from any thread, when the layer has changed. Without it such requests are answered too, but
        only when their tile would begin or is done.
        """
        self._call(Flights.recheck, layer)

    def call_off(self, layer: str, version: str) -> None:
        """Answer at once whatever is asked for of one version of `layer`, with 503; what runs may stop.

        Clients keep what they have. `resume` ends it, and other versions are made as ever.
        """
        self._call(Flights.call_off, layer, version)

    def resume(self, layer: str) -> None:
        """Make tiles of `layer` again after `call_off`."""
        self._call(Flights.resume, layer)

    def forget(self, layer: str) -> None:
        """Drop a layer that the source no longer knows: its requests, its counts and its listener."""
        self.resume(layer)
        self.supersede(layer)
        self._statistics.forget(layer)

    def statistics(self) -> dict[str, LayerCounts]:
        """What became of the tiles of each layer, by layer; a snapshot."""
        return self._statistics.by_layer()

    def served(self, layer: str, version: str) -> Mapping[Place, Served]:
        """What was last answered to the tiles of one version of a layer; a snapshot.

        The latest 64 versions of a layer are remembered, and 2048 tiles of each.
        """
        return self._statistics.served(layer, version)

    def listen(self, layer: str, listener: Callable[[LayerCounts], None]) -> None:
        """Have `listener` called whenever a count of `layer` changes, until the layer is forgotten.

        It is called on the server's loop, so it must not wait; it replaces the listener before.
        """
        self._statistics.listen(layer, listener)

    def wait_idle(self, timeout: float) -> bool:
        """Wait until no tile waits or is being made.

        Parameters
        ----------
        timeout : float
            Seconds.

        Returns
        -------
        bool
            False if the time was up first. True for a server that does not run.
        """
        thread = self._thread
        if thread is None:
            return True
        waiting = asyncio.run_coroutine_threadsafe(thread.flights.idle.wait(), thread.loop)
        try:
            return waiting.result(timeout)
        except (concurrent.futures.TimeoutError, concurrent.futures.CancelledError):  # or it was stopped
            waiting.cancel()
            return False

    def _call(self, function: Callable[..., None], *arguments: str) -> None:
        """Have the loop call a method of its flights; nothing happens if the server does not run."""
        thread = self._thread
        if thread is not None:
            thread.call(function, thread.flights, *arguments)

    def _running(self, asked: str) -> ServerThread:
        if self._thread is None:
            raise RuntimeError(f"TileServer.{asked}: the server does not run; call start() first")
        return self._thread
