"""`WorkerPool`: as many workers as ``settings.worker_processes`` says, and who gets which."""

from __future__ import annotations

import atexit
import collections
import os
import threading
import time
from collections.abc import Callable

from ..._settings import settings
from ...errors import JobCancelled, JobTerminated
from .order import Drawn, Notice, Order
from .process import WorkerDied
from .slot import Slot

ATTEMPTS = 2
"""A tile whose worker died gets another; a second death lies with the tile."""

CRASHES = 8
CRASH_SECONDS = 60.0
"""After so many crashes in so many seconds no worker is started until the time is over."""

CLOSING_SECONDS = 2.0
"""Longest wait at the end; a worker that is missed then ends by itself, when its pipe is closed."""

BUSY_SECONDS = 0.05
IDLE_SECONDS = 0.5
"""How often the keeper looks: for cancelled tiles while there are any, else whether workers are too many."""


class WorkerPool:
    """Workers of this process; they start with the first order, and end with the setting or the kernel.

    Attributes
    ----------
    crashes : int
        Workers that died by themselves.
    """

    def __init__(self) -> None:
        self._slots: list[Slot] = []
        self.reset()

    def reset(self) -> None:
        """Begin anew; after a fork the parent's workers are not the child's."""
        for slot in self._slots:
            slot.abandon()
        self._slots = []
        self._changed = threading.Condition()
        self._keeper: threading.Thread | None = None
        self._closed = False
        self._recent: collections.deque[float] = collections.deque(maxlen=CRASHES)
        self.crashes = 0

    def pids(self) -> list[int]:
        """The workers that run now."""
        with self._changed:
            return [slot.pid for slot in self._slots if slot.pid is not None]

    def prepare(self) -> None:
        """Start the workers that are wanted, so that the first tiles find them ready; nothing is waited for.

        Raises
        ------
        JobTerminated
            If one cannot be started.
        """
        with self._changed:
            free = [slot for slot in self._wanted() if not slot.taken]
            for slot in free:
                self._hand_out(slot)
        for slot in free:
            try:
                slot.start()
            finally:
                self._give_back(slot)

    def draw(self, order: Order, place: int, cancelled: Callable[[], bool]) -> Drawn:
        """Have a worker carry out `order`, and another one if that dies.

        Parameters
        ----------
        order : Order
        place : int
            Orders of one place go to one worker where that is free, as it may have what they need.
        cancelled : callable
            True once nobody waits.

        Raises
        ------
        JobTerminated
            If the workers died.
        JobCancelled
            If nobody waits any more, or the pool was closed.
        DescartesFlowError
            What the order came upon.
        """
        slot = self._take(place, cancelled)
        try:
            for _ in range(ATTEMPTS):
                if slot.pid is None:
                    self._refuse_while_crashing()
                try:
                    return slot.draw(order, cancelled)
                except WorkerDied as death:
                    self._stop_if_ended(cancelled)
                    reason = str(death)
                    self._count_crash()
            raise JobTerminated(
                f"the worker process that made this tile died ({reason}), and so did a second one; "
                "wf.settings.worker_processes = 0 makes tiles in the kernel"
            )
        finally:
            self._give_back(slot)

    def tell(self, notice: Notice) -> None:
        """Tell all workers."""
        with self._changed:
            slots = list(self._slots)
        for slot in slots:
            slot.tell(notice)

    def close(self) -> None:
        """End all workers for good; their orders are cancelled."""
        with self._changed:
            self._closed = True
            for slot in self._slots:
                slot.end()
            self._changed.notify_all()
            keeper = self._keeper
        if keeper is not None:
            keeper.join(CLOSING_SECONDS)

    def _take(self, place: int, cancelled: Callable[[], bool]) -> Slot:
        """A slot for the calling thread alone: that of the place, or any that is free, once one is."""
        with self._changed:
            while True:
                self._stop_if_ended(cancelled)
                slots = self._wanted()
                free = [slot for slot in (slots[place % len(slots)], *slots) if not slot.taken]
                if free:
                    return self._hand_out(free[0])
                self._changed.wait(BUSY_SECONDS)

    def _wanted(self) -> list[Slot]:
        """So many slots as the setting says, but one, as it may have become 0 just now."""
        wanted = max(1, settings.worker_processes)
        while len(self._slots) < wanted:
            self._slots.append(Slot())
        return self._slots[:wanted]

    def _hand_out(self, slot: Slot) -> Slot:
        """A free slot for the calling thread alone; somebody looks after it."""
        slot.taken = True
        if self._keeper is None:
            self._keeper = threading.Thread(target=self._look_after, name="tile-keeper", daemon=True)
            self._keeper.start()
        return slot

    def _give_back(self, slot: Slot) -> None:
        with self._changed:
            slot.taken = False
            self._changed.notify_all()

    def _stop_if_ended(self, cancelled: Callable[[], bool]) -> None:
        if self._closed or cancelled():
            raise JobCancelled("nobody waits for this tile")

    def _refuse_while_crashing(self) -> None:
        if len(self._recent) == CRASHES and time.monotonic() - self._recent[0] < CRASH_SECONDS:
            raise JobTerminated(
                f"worker processes died {CRASHES} times within {CRASH_SECONDS:.0f} seconds; the next one is "
                "started when they are over. wf.settings.worker_processes = 0 makes tiles in the kernel"
            )

    def _count_crash(self) -> None:
        with self._changed:
            self.crashes += 1
            self._recent.append(time.monotonic())

    def _look_after(self) -> None:
        """What the keeper does, while there are slots."""
        with self._changed:
            while self._slots:
                for slot in self._slots:
                    slot.look_after()
                self._shrink(0 if self._closed else settings.worker_processes)
                busy = any(slot.taken for slot in self._slots)
                self._changed.wait(BUSY_SECONDS if busy else IDLE_SECONDS)
            self._keeper = None

    def _shrink(self, wanted: int) -> None:
        """Close the slots beyond `wanted` as soon as nobody has them."""
        while len(self._slots) > wanted and not self._slots[-1].taken:
            self._slots.pop().close()


WORKERS = WorkerPool()
"""The workers of this process."""

atexit.register(WORKERS.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=WORKERS.reset)
