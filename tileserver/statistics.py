"""How many tiles each layer wanted, what became of them, and which of them the clients have."""

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from tileserver.source import Response, TileRequest

MOST_VERSIONS = 64
"""Versions of a layer whose tiles are remembered: a client that undoes a change asks for none of them."""

MOST_TILES = 2048
"""Tiles of a version that are remembered; a view has some dozens."""


@dataclass(frozen=True, slots=True)
class LayerCounts:
    """Tiles of one layer since the server began."""

    wanted: int = 0
    """Tiles asked for; requests that share a rendering count once."""

    done: int = 0

    failed: int = 0
    """Errors, pictures of errors, tiles that took too long, tiles turned away because the queue was full."""

    cancelled: int = 0
    """Tiles that were superseded or called off, or whose client went away."""

    seconds: float = 0.0
    """Time that worker threads spent on the layer."""

    @property
    def under_way(self) -> int:
        """Tiles that wait or are being made."""
        return self.wanted - self.done - self.failed - self.cancelled


class Place(NamedTuple):
    """Where a tile lies, whatever it shows: column, row and zoom, as in `TileRequest`."""

    x: int
    y: int
    z: int


class Served(NamedTuple):
    """The last answer to a request for a tile."""

    drawn: bool
    """Whether it was a picture, be it one of an error; a client shows nothing of other answers."""

    failed: bool

    at: float
    """When, by `time.monotonic`."""

    fresh_until: float
    """Until when a client may show it again without asking."""


Listener = Callable[[LayerCounts], None]


class Statistics:
    """What happened, by layer; the server's loop writes, any thread may read.

    Parameters
    ----------
    clock : callable
        ``() -> seconds``.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: dict[str, LayerCounts] = {}
        self._served: dict[str, dict[str, dict[Place, Served]]] = {}  # by layer and version, the latest last
        self._listeners: dict[str, Listener] = {}

    def add(
        self,
        layer: str,
        *,
        wanted: int = 0,
        done: int = 0,
        failed: int = 0,
        cancelled: int = 0,
        seconds: float = 0.0,
    ) -> None:
        """Count what has happened; only a tile that is wanted adds a layer, so a forgotten one stays away."""
        with self._lock:
            before = self._counts.get(layer, LayerCounts() if wanted else None)
            if before is None:
                return
            counts = self._counts[layer] = replace(
                before,
                wanted=before.wanted + wanted,
                done=before.done + done,
                failed=before.failed + failed,
                cancelled=before.cancelled + cancelled,
                seconds=before.seconds + seconds,
            )
            listener = self._listeners.get(layer)
        if listener is not None:
            listener(counts)

    def keep(self, request: TileRequest, response: Response) -> None:
        """Remember what a tile was answered with."""
        with self._lock:
            if request.layer not in self._counts:
                return  # forgotten meanwhile
            versions = self._served.setdefault(request.layer, {})
            tiles = versions[request.version] = versions.pop(request.version, {})
            place = Place(request.x, request.y, request.z)
            tiles.pop(place, None)
            now = self._clock()
            tiles[place] = Served(response.status < 400, response.failed, now, now + max_age(response))
            if len(versions) > MOST_VERSIONS:
                del versions[next(iter(versions))]
            if len(tiles) > MOST_TILES:
                del tiles[next(iter(tiles))]

    def by_layer(self) -> dict[str, LayerCounts]:
        """A snapshot."""
        with self._lock:
            return dict(self._counts)

    def served(self, layer: str, version: str) -> Mapping[Place, Served]:
        """The last answers to the tiles of one version of a layer; a snapshot."""
        with self._lock:
            return dict(self._served.get(layer, {}).get(version, {}))

    def listen(self, layer: str, listener: Listener) -> None:
        """Call `listener` after every count of `layer`, on the server's loop."""
        with self._lock:
            self._listeners[layer] = listener

    def forget(self, layer: str) -> None:
        """Drop what is known of a layer that is gone."""
        with self._lock:
            self._counts.pop(layer, None)
            self._served.pop(layer, None)
            self._listeners.pop(layer, None)


def max_age(response: Response) -> float:
    """Seconds for which a client may show a response again without asking.

    Examples
    --------
    >>> max_age(Response(cache_control="private, max-age=3600")), max_age(Response(cache_control="no-store"))
    (3600.0, 0.0)
    """
    found = re.search(r"max-age=([0-9]+)", response.cache_control)
    return float(found[1]) if found else 0.0
