"""`Slot`: the place of one worker, and what it is busy with."""

from __future__ import annotations

import time
from collections.abc import Callable

from .order import Drawn, Notice, Order
from .process import WorkerProcess

GRACE = 5.0
"""Seconds in which a worker has to give up a cancelled tile: a read that hangs never would."""


class Slot:
    """A worker that is started when it is needed, and started anew when it is gone.

    `start` and `draw` are for the one thread that has taken the slot; `look_after` and `end` for any.
    """

    def __init__(self) -> None:
        self.taken = False
        self._worker: WorkerProcess | None = None
        self._cancelled: Callable[[], bool] | None = None  # set while an order is carried out
        self._told: float | None = None  # when the worker was told that nobody waits

    @property
    def pid(self) -> int | None:
        """The worker's process; None where none runs."""
        worker = self._worker
        return worker.pid if worker is not None and worker.alive else None

    def start(self) -> WorkerProcess:
        """The worker, started unless it runs."""
        worker = self._worker
        if worker is None or not worker.alive:
            self.close()
            worker = self._worker = WorkerProcess()
        return worker

    def draw(self, order: Order, cancelled: Callable[[], bool]) -> Drawn:
        """Have the worker carry out `order`; errors are those of `WorkerProcess.draw`."""
        worker = self.start()
        self._told, self._cancelled = None, cancelled
        try:
            return worker.draw(order)
        finally:
            self._cancelled = None

    def tell(self, notice: Notice) -> None:
        """Tell the worker, if there is one."""
        worker = self._worker
        if worker is not None:
            worker.tell(notice)

    def look_after(self) -> None:
        """Pass on that an order was cancelled; end a worker that takes no notice."""
        cancelled = self._cancelled
        if cancelled is None or not cancelled():
            return
        if self._told is None:
            self.tell(Notice.CANCEL)
            self._told = time.monotonic()
        elif time.monotonic() - self._told > GRACE:
            self.end()

    def end(self) -> None:
        """End the worker; whoever waits for its answer hears of it."""
        worker = self._worker
        if worker is not None:
            worker.end()

    def close(self) -> None:
        """End the worker for good; only while nobody waits for it."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def abandon(self) -> None:
        """Forget the worker of the process from which this one was forked."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.abandon()
