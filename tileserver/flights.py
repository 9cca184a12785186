"""Which tiles wait, which are being made, and who waits for them."""

import asyncio
import contextlib
import functools
import logging
import threading

from tileserver.source import Response, TileRequest, TileSource
from tileserver.statistics import Statistics
from tileserver.switching import Alertness
from tileserver.waiting import Waiting
from tileserver.workers import Workers

logger = logging.getLogger(__name__)

NOT_FOUND = Response.refusal(404, "not found")
SUPERSEDED = Response.refusal(410, "this version of the layer was replaced")
BUSY = Response.refusal(503, "too many tiles are waiting; try again", **{"Retry-After": "1"})
CALLED_OFF = Response.refusal(503, "the tiles of this version were called off")

Answer = asyncio.Future[Response]


class Flight:
    """One rendering of one tile, on its way from request to response."""

    def __init__(self, request: TileRequest) -> None:
        self.request = request
        self.riders: set[Answer] = set()
        self.cancelled = threading.Event()
        self.overdue = False


class Flights:
    """Renderings on their way: newest view first, one for equal requests, none that nobody waits for.

    Everything here runs on one loop, so there are no locks.

    Parameters
    ----------
    source : TileSource
        Tells which versions are current.
    workers : Workers
        Threads that make the tiles.
    statistics : Statistics
        Where tiles are counted.
    loop : asyncio.AbstractEventLoop
        The server's; it may begin to run later.
    queued : int
        Most tiles that wait; one more turns away the oldest of the oldest view.
    seconds : float
        Longest time that a tile may take once begun; the source says what is shown instead.
    """

    def __init__(
        self,
        source: TileSource,
        workers: Workers,
        statistics: Statistics,
        loop: asyncio.AbstractEventLoop,
        *,
        queued: int,
        seconds: float,
    ) -> None:
        self._source = source
        self._workers = workers
        self._statistics = statistics
        self._queued = queued
        self._seconds = seconds
        self.loop = loop
        self._open: dict[TileRequest, Flight] = {}  # begun or not, and not yet answered
        self._waiting: Waiting[Flight] = Waiting()  # those not begun
        self._running: set[Flight] = set()  # those in a worker thread, answered or not
        self._called_off: dict[str, str] = {}  # by layer, the version of which no tile is made
        self.alertness = Alertness(loop)
        self.idle = asyncio.Event()
        self.idle.set()

    def join(self, request: TileRequest) -> Answer:
        """The response to come; cancel it if nobody wants it any more."""
        rider: Answer = self.loop.create_future()
        refusal = self._refusal(request)
        if refusal is not None:
            rider.set_result(refusal)
            return rider
        flight = self._open.get(request) or self._add(request)
        flight.riders.add(rider)
        rider.add_done_callback(functools.partial(self._leave, flight))
        self._go_on()
        return rider

    def latest(self, layer: str) -> str | None:
        """The version that `layer` shows now."""
        return self._source.latest(layer)

    def recheck(self, layer: str) -> None:
        """Answer at once whoever waits for a version that `layer` no longer shows."""
        for flight in [flight for flight in self._open.values() if flight.request.layer == layer]:
            refusal = self._refusal(flight.request)
            if refusal is not None:
                self._settle(flight, refusal, cancelled=1)
        self._go_on()

    def call_off(self, layer: str, version: str) -> None:
        """Make no tile of this version until `resume`, not even one that waits or is being made."""
        self._called_off[layer] = version
        for flight in [one for one in self._open.values() if self._is_called_off(one.request)]:
            self._settle(flight, CALLED_OFF, cancelled=1)
        self._go_on()

    def resume(self, layer: str) -> None:
        """Make tiles of `layer` again."""
        self._called_off.pop(layer, None)

    def close(self) -> None:
        """Turn everybody away, and have running tiles stop."""
        for flight in list(self._open.values()):
            self._settle(flight, BUSY, cancelled=1)
        self.alertness.end()

    def _refusal(self, request: TileRequest) -> Response | None:
        state = self._source.state(request.layer, request.version)
        if state == "current":
            return CALLED_OFF if self._is_called_off(request) else None
        return {"superseded": SUPERSEDED, "unknown": NOT_FOUND}[state]

    def _is_called_off(self, request: TileRequest) -> bool:
        return self._called_off.get(request.layer) == request.version

    def _add(self, request: TileRequest) -> Flight:
        flight = Flight(request)
        self._open[request] = flight
        self._waiting.add(request, flight)
        self.alertness.wake()
        self._statistics.add(request.layer, wanted=1)
        self.idle.clear()
        return flight

    def _go_on(self) -> None:
        """Begin what can begin, and turn away what finds no room."""
        while self._waiting and len(self._running) < len(self._workers.threads):
            flight = self._waiting.next()
            refusal = self._refusal(flight.request)
            if refusal is None:
                self._begin(flight)
            else:
                self._settle(flight, refusal, cancelled=1)
        stuck = self._is_stuck()
        while len(self._waiting) > (0 if stuck else self._queued):
            flight = self._waiting.stalest()
            refusal = self._source.held_up(flight.request, self._seconds) if stuck else BUSY
            self._settle(flight, refusal, failed=1)
        if not self._waiting and not self._running:
            self.idle.set()
            self.alertness.doze()

    def _is_stuck(self) -> bool:
        """Whether every thread is held up by an overdue tile, so that none that waits would begin."""
        threads = len(self._workers.threads)
        return len(self._running) == threads and all(flight.overdue for flight in self._running)

    def _begin(self, flight: Flight) -> None:
        self._waiting.remove(flight.request)
        self._running.add(flight)
        timer = self.loop.call_later(self._seconds, self._expire, flight)

        def landed(outcome: Response | Exception, seconds: float) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the server stopped meanwhile
                self.loop.call_soon_threadsafe(self._land, flight, timer, outcome, seconds)

        self._workers.submit(flight.request, flight.cancelled.is_set, landed)

    def _land(
        self, flight: Flight, timer: asyncio.TimerHandle, outcome: Response | Exception, seconds: float
    ) -> None:
        """Take what a worker brings, if anybody still waits for it."""
        timer.cancel()
        self._running.discard(flight)
        self._statistics.add(flight.request.layer, seconds=seconds)
        if self._open.get(flight.request) is flight:
            refusal = self._refusal(flight.request)
            if refusal is not None:
                self._settle(flight, refusal, cancelled=1)
            elif isinstance(outcome, Exception):
                logger.error("%s failed", flight.request, exc_info=outcome)
                self._settle(flight, self._source.broken(flight.request, outcome), failed=1)
            else:
                self._settle(flight, outcome, failed=int(outcome.failed), done=int(not outcome.failed))
        self._go_on()

    def _expire(self, flight: Flight) -> None:
        flight.overdue = True
        if self._open.get(flight.request) is flight:
            self._settle(flight, self._source.too_slow(flight.request, self._seconds), failed=1)
        self._go_on()

    def _leave(self, flight: Flight, rider: Answer) -> None:
        flight.riders.discard(rider)
        if rider.cancelled() and not flight.riders and self._open.get(flight.request) is flight:
            self._settle(flight, BUSY, cancelled=1)  # nobody is left to read it
            self._go_on()

    def _settle(
        self, flight: Flight, response: Response, *, done: int = 0, failed: int = 0, cancelled: int = 0
    ) -> None:
        """Answer all riders of an open flight; a worker that is still busy with it may stop."""
        del self._open[flight.request]
        self._waiting.remove(flight.request)
        flight.cancelled.set()
        if not cancelled:
            self._statistics.keep(flight.request, response)
        self._statistics.add(flight.request.layer, done=done, failed=failed, cancelled=cancelled)
        for rider in flight.riders:
            if not rider.done():
                rider.set_result(response)
