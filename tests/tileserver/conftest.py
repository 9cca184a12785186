"""A source whose tiles the tests hold back and let go, and a client that speaks plain HTTP."""

import http.client
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import pytest

from tileserver import LayerCounts, Response, TileRequest, TileServer

PATIENCE = 20.0
"""Seconds after which a test that waits for something fails."""


class Source:
    """One layer "ndvi", whose tiles hold their own address; others are unknown."""

    def __init__(self) -> None:
        self.current = {"ndvi": "aaaa"}
        self.superseded: set[str] = set()
        self.asked = 0
        """How often the server asked for a state: as a request comes in, as its tile begins, as it ends."""
        self.held: dict[int, threading.Event] = {}
        self.begun: queue.SimpleQueue[TileRequest] = queue.SimpleQueue()
        self.rendered: list[int] = []
        self.stopped: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.answers: dict[int, Response | Exception] = {}

    def state(self, layer, version):
        self.asked += 1
        if self.current.get(layer) == version:
            return "current"
        return "superseded" if version in self.superseded else "unknown"

    def latest(self, layer):
        return self.current.get(layer)

    def render_tile(self, request, cancelled):
        self.rendered.append(request.x)
        self.begun.put(request)
        hold = self.held.get(request.x)
        if hold is not None:
            assert hold.wait(PATIENCE)
        if cancelled():
            self.stopped.put(request.x)
        answer = self.answers.get(request.x, Response(body=f"{request.z}/{request.x}/{request.y}".encode()))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def broken(self, request, error):
        return Response.refusal(500, "the tile could not be made")

    def too_slow(self, request, seconds):
        return Response.refusal(504, f"tile {request.x} took more than {seconds:g} s")

    def held_up(self, request, seconds):
        return Response.refusal(503, f"tile {request.x} cannot begin")

    def hold(self, x: int) -> threading.Event:
        """Hold back tiles of column `x` until the event is set."""
        return self.held.setdefault(x, threading.Event())

    def replace(self, version: str) -> None:
        self.superseded.add(self.current["ndvi"])
        self.current["ndvi"] = version


class Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Asks a server, now or in a thread."""

    def __init__(self, server: TileServer) -> None:
        self.server = server
        self.threads = ThreadPoolExecutor(32)

    def path(self, x=0, y=0, z=4, version="aaaa", layer="ndvi") -> str:
        return f"/{self.server.token}/tiles/{layer}/{version}/{z}/{x}/{y}.png"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        try:
            connection.request(
                method, path, headers={key.replace("_", "-"): text for key, text in headers.items()}
            )
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def tile(self, x=0, **parts) -> Reply:
        return self.ask(self.path(x, **parts))

    def later(self, x=0, **parts) -> Future[Reply]:
        """Ask for a tile in a thread; return once the server knows of it."""
        wanted = self.counts().wanted
        reply = self.threads.submit(self.tile, x, **parts)
        until(lambda: self.counts().wanted > wanted)
        return reply

    def counts(self):
        return self.server.statistics().get("ndvi", LayerCounts())


def until(condition: Callable[[], bool]) -> None:
    """Wait until `condition` holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


@pytest.fixture
def source() -> Iterator[Source]:
    source = Source()
    yield source
    for event in source.held.values():
        event.set()


@pytest.fixture
def serve(source):
    """Start a server with options; it is stopped after the test, once all tiles are let go."""
    clients = []

    def start(**options) -> Client:
        client = Client(TileServer(source, **options).start())
        clients.append(client)
        return client

    yield start
    for event in source.held.values():
        event.set()
    for client in clients:
        client.server.stop()
        client.threads.shutdown()


@pytest.fixture
def client(serve) -> Client:
    """A client of a server with one worker thread."""
    return serve(threads=1)
