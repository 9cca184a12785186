"""Runs beside the user's own thread: in their turn on a few threads, or at once on a thread of their own."""

from __future__ import annotations

import atexit
import os
import queue
import threading
import time
import weakref
from collections.abc import Callable

from .._settings import settings
from ..errors import JobInterrupt
from .processes import leave
from .task import INTERRUPTED, Task

SECONDS_TO_STOP = 2.0
"""How long the end of the process waits for runs to come to their next step."""


class Background:
    """The runs of this process that nobody's thread waits in, oldest first.

    The state is the line of those that wait, and the threads that take from it; these never end.

    Attributes
    ----------
    tasks : mapping of str to Task
        Every one that somebody still holds, by id.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin with nothing, as a forked child does: it has none of its parent's threads and runs."""
        self._lock = threading.Lock()
        self.tasks: weakref.WeakValueDictionary[str, Task] = weakref.WeakValueDictionary()
        self._waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
        self._unfinished: dict[Task, None] = {}
        self._threads = 0

    @property
    def unfinished(self) -> list[Task]:
        """Those that have not ended, oldest first."""
        with self._lock:
            return list(self._unfinished)

    def submit(self, task: Task) -> None:
        """Run a task in its turn."""
        with self._lock:
            self._enter(task)
            self._waiting.put(task)
            if self._threads < min(settings.background_jobs, len(self._unfinished)):
                self._threads += 1
                self._thread(self._take, ())

    def start(self, task: Task) -> None:
        """Run a task now."""
        with self._lock:
            self._enter(task)
        self._thread(self._run, (task,))

    def close(self) -> None:
        """Stop what is unfinished, as the process ends: in the record these are interrupted."""
        tasks = self.unfinished
        for task in tasks:
            task.stop(JobInterrupt(INTERRUPTED))
        deadline = time.monotonic() + SECONDS_TO_STOP
        for task in tasks:
            while not task.state.done and time.monotonic() < deadline:
                task.wait_for_change(task.state, deadline - time.monotonic())
            task.abandon()
        leave()

    def _enter(self, task: Task) -> None:
        self.tasks[task.facts.id] = task
        self._unfinished[task] = None

    @staticmethod
    def _thread(work: Callable[..., None], args: tuple[Task, ...]) -> None:
        # A daemon: the end of the process does not wait for the whole queue.
        threading.Thread(target=work, args=args, name="descartes-flow-job", daemon=True).start()

    def _take(self) -> None:
        while True:
            self._run(self._waiting.get())

    def _run(self, task: Task) -> None:
        task.run()
        with self._lock:
            del self._unfinished[task]


BACKGROUND = Background()
"""The runs of this process."""

atexit.register(BACKGROUND.close)

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=BACKGROUND.forget)
