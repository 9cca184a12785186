"""A map that is moved: many tiles asked for over a few connections, as a browser does."""

import http.client
import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from descartes_flow.geo import Tile

CONNECTIONS = 6
"""As many as browsers open to one server."""


@dataclass(frozen=True)
class Pan:
    """How one pan went."""

    seconds: float
    latencies: tuple[float, ...]
    """Seconds of each tile, sorted."""

    def quantile(self, share: float) -> float:
        """Seconds within which that share of the tiles came."""
        return self.latencies[min(len(self.latencies) - 1, int(share * len(self.latencies)))]


def fetch(url: str) -> bytes:
    """One tile."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=120)
    try:
        return _get(connection, url)
    finally:
        connection.close()


def run(tiles: Sequence[Tile], url_of: Callable[[Tile], str]) -> Pan:
    """Ask for all tiles over six connections that stay open.

    Raises
    ------
    RuntimeError
        If an answer is not a whole tile.
    """
    remaining = iter(tiles)
    taking = threading.Lock()
    latencies: list[float] = []
    failures: list[Exception] = []

    def connection() -> None:
        link = http.client.HTTPConnection(urlsplit(url_of(tiles[0])).netloc, timeout=120)
        try:
            while True:
                with taking:
                    tile = next(remaining, None)
                if tile is None:
                    return
                start = time.perf_counter()
                _get(link, url_of(tile))
                latencies.append(time.perf_counter() - start)
        except (OSError, RuntimeError, http.client.HTTPException) as error:
            failures.append(error)
        finally:
            link.close()

    threads = [threading.Thread(target=connection) for _ in range(CONNECTIONS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    if failures:
        raise RuntimeError(f"a pan failed: {failures[0]}") from failures[0]
    return Pan(seconds, tuple(sorted(latencies)))


def _get(connection: http.client.HTTPConnection, url: str) -> bytes:
    parts = urlsplit(url)
    connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200 or answer.headers.get("X-Tile-Status"):
        raise RuntimeError(f"{answer.status}, {answer.headers.get('X-Tile-Status')}: {parts.path}")
    return body


def busy(stop: threading.Event) -> None:
    """What a cell in pure Python does to the interpreter."""
    for number in itertools.count():
        if number % 100_000 == 0 and stop.is_set():
            return
