"""Work for whoever asked last, each piece in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

Cancelled = Callable[[], bool]
"""Whether nobody waits any more for what is being found."""


class Latest(Generic[T]):
    """Finds things, each in a daemon thread; only what was asked for last is taken.

    Parameters
    ----------
    take : callable
        Gets what was found, in the thread that found it.
    nothing : object
        Taken where finding failed.
    name : str
        Of the threads.
    """

    def __init__(self, take: Callable[[T], None], nothing: T, name: str) -> None:
        self._take = take
        self._nothing = nothing
        self._name = name
        self._lock = threading.Lock()
        self._number = 0

    def start(self, find: Callable[[Cancelled], T]) -> None:
        """Begin to find; what was begun earlier is told that it is cancelled, and comes too late."""
        number = self.drop()
        threading.Thread(target=self._run, args=(find, number), name=self._name, daemon=True).start()

    def drop(self) -> int:
        """Take nothing of what was begun until now; the number of the next."""
        with self._lock:
            self._number += 1
            return self._number

    def _run(self, find: Callable[[Cancelled], T], number: int) -> None:
        found = self._nothing
        try:
            found = find(lambda: number != self._number)
        finally:  # nobody must wait for ever, whatever happened
            with self._lock:
                latest = number == self._number
            if latest:
                self._take(found)
