"""The thread in which the server's loop runs."""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable

from tornado.httpserver import HTTPServer

from tileserver.flights import Flights
from tileserver.handlers import application
from tileserver.wmts import routes
from tileserver.workers import Workers

IDLE_SECONDS = 120.0
"""How long an open connection may stay silent; a browser opens another when it needs one."""

HEADER_BYTES = 16 * 1024


class ServerThread(threading.Thread):
    """One life of a server, from start to stop: its loop, its port, its flights.

    The loop is not the kernel's, so a cell that runs does not hold up tiles.
    """

    def __init__(self, listening: socket.socket, flights: Flights, workers: Workers, token: str) -> None:
        super().__init__(name="tile-server", daemon=True)
        self.port: int = listening.getsockname()[1]
        self.flights = flights
        self.loop = flights.loop
        self._listening = listening
        self._workers = workers
        self._application = application(flights, token, self.port, routes(flights, token))
        self._ending = asyncio.Event()

    def run(self) -> None:
        """Serve until `end`; called by the thread."""
        try:
            with asyncio.Runner(loop_factory=lambda: self.loop) as runner:
                runner.run(self._serve())
        finally:
            self.flights.alertness.end()  # a tile may have come while connections were being closed

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Have the loop call `function`; nothing happens once it has ended."""
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self.loop.call_soon_threadsafe(function, *arguments)

    def end(self, timeout: float) -> None:
        """Close the port, then wait up to `timeout` seconds for the threads to end."""
        deadline = time.monotonic() + timeout
        self.call(self._ending.set)
        self._workers.dismiss()
        for thread in (self, *self._workers.threads):
            thread.join(max(deadline - time.monotonic(), 0))

    async def _serve(self) -> None:
        server = HTTPServer(
            self._application,
            idle_connection_timeout=IDLE_SECONDS,
            body_timeout=IDLE_SECONDS,
            max_header_size=HEADER_BYTES,
            max_body_size=HEADER_BYTES,
        )
        server.add_socket(self._listening)
        await self._ending.wait()
        server.stop()
        self.flights.close()
        await server.close_all_connections()
