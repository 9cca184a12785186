"""The worker process: ``python -m descartes_flow.render.workers.child``, started by `process.WorkerProcess`.

The main thread carries out one order after the other; another listens, so that an order can be cancelled, and
so that the worker ends as soon as the kernel does: then its end of the pipe is closed, however it ended.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import traceback
from typing import NoReturn

from ... import io, kernels
from ..._settings import settings
from ...engine.run import VALUES
from ...errors import DescartesFlowError
from ..pixels import PIXELS
from .order import Drawn, Fault, Notice, Order, fulfil
from .wire import Wire


class Worker:
    """Carries out the orders that come over a wire, until it is cut."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._cancelled = threading.Event()

    def serve(self) -> NoReturn:
        """Work for ever; `listen` ends the process."""
        while True:
            outcome = self._outcome(self._orders.get())
            self._wire.send(outcome)

    def listen(self) -> None:
        """Take what the kernel sends, and end the process when it sends no more."""
        try:
            while True:
                self._take(self._wire.receive())
        finally:
            os._exit(0)  # in the middle of an order, too: nobody waits for it

    def _take(self, message: Order | Notice) -> None:
        if isinstance(message, Order):
            self._cancelled.clear()  # the kernel sends an order only after the one before was answered
            self._orders.put(message)
        elif message is Notice.CANCEL:
            self._cancelled.set()
        elif message is Notice.CLEAR:
            PIXELS.clear()
            VALUES.clear()
            io.clear()

    def _outcome(self, order: Order) -> Drawn | DescartesFlowError | Fault:
        for name, value in order.settings.items():
            setattr(settings, name, value)
        try:
            return fulfil(order, self._cancelled.is_set)
        except DescartesFlowError as error:
            return error
        except Exception:  # a bug of ours: the kernel has to hear of it, and the next order may do better
            return Fault(traceback.format_exc())


def main() -> None:
    """Serve whoever holds the other ends of stdin and stdout."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is meant for the kernel
    wire = Wire(os.dup(0), os.dup(1))
    os.dup2(2, 1)  # what a library prints is no message
    worker = Worker(wire)
    threading.Thread(target=worker.listen, name="listener", daemon=True).start()
    kernels.warm()
    try:
        worker.serve()
    except OSError:
        os._exit(0)  # the kernel has ended while it was answered


if __name__ == "__main__":
    main()
