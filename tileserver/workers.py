"""The threads in which a source makes its tiles."""

import queue
import threading
import time
from collections.abc import Callable

from tileserver.source import Response, TileRequest, TileSource

Landing = Callable[[Response | Exception, float], None]
"""Told what a rendering gave and how many seconds it took; called in the worker thread."""

Job = tuple[TileRequest, Callable[[], bool], Landing]


class Workers:
    """A fixed number of threads; whoever submits keeps to one job per thread.

    They are daemons, unlike those of `concurrent.futures`: a tile that hangs must not keep a kernel from
    ending. They stay for the life of the server, so that a source can keep open files per thread.
    """

    def __init__(self, source: TileSource, count: int) -> None:
        self._source = source
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.threads = [
            threading.Thread(target=self._work, name=f"tile-worker-{number}", daemon=True)
            for number in range(count)
        ]
        for thread in self.threads:
            thread.start()

    def submit(self, request: TileRequest, cancelled: Callable[[], bool], landing: Landing) -> None:
        """Have a free thread render `request`, then call `landing`."""
        self._jobs.put((request, cancelled, landing))

    def dismiss(self) -> None:
        """Let each thread end after its present job."""
        for _ in self.threads:
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            request, cancelled, landing = job
            started = time.monotonic()
            try:
                outcome: Response | Exception = self._source.render_tile(request, cancelled)
            except Exception as error:  # foreign code may raise anything; who waits must hear of it
                outcome = error
            landing(outcome, time.monotonic() - started)
