"""Work shared among threads: by whoever has it to do, and by the reading threads that are free."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from .._settings import settings

T = TypeVar("T")

ALONE = 2**19
"""Pixels up to which another thread would be asked for longer than it helps."""

_POOLS: dict[int, ThreadPoolExecutor] = {}
_POOLS_LOCK = threading.Lock()


def reading_pool() -> ThreadPoolExecutor:
    """The threads that help, shared by all runs of the process."""
    with _POOLS_LOCK:
        if settings.threads not in _POOLS:
            _POOLS[settings.threads] = ThreadPoolExecutor(
                settings.threads, thread_name_prefix="descartes-flow-read"
            )
        return _POOLS[settings.threads]


def share(work: Callable[[T], object], items: Sequence[T], pixels: int | None = None) -> None:
    """Do `work` on every item, in their order, each in the next thread that is free.

    The calling thread takes part, so nothing waits for a pool that is busy with other runs. An error ends the
    rest and is raised once no thread works on an item any more.

    Parameters
    ----------
    work : callable
    items : sequence
    pixels : int, optional
        Of how many pixels the items are in all; so few that another thread does not pay are done by the
        calling thread alone.
    """
    helpers = min(settings.threads, len(items)) - 1
    if helpers < 1 or (pixels is not None and pixels <= ALONE):
        for item in items:
            work(item)
        return
    left = _Left(items)

    def help_out() -> None:
        try:
            for item in left:
                work(item)
        except BaseException:
            left.drop()
            raise

    pool = reading_pool()
    futures: list[Future[None]] = []
    try:
        for _ in range(helpers):
            futures.append(pool.submit(help_out))
        help_out()
    finally:
        running = [future for future in futures if not future.cancel()]
        wait(running)
    for future in running:
        future.result()


class _Left(Iterator[T]):
    """The items that no thread has taken yet."""

    def __init__(self, items: Sequence[T]) -> None:
        self._lock = threading.Lock()
        self._items = iter(items)
        self._dropped = False

    def __next__(self) -> T:
        with self._lock:
            if self._dropped:
                raise StopIteration
            return next(self._items)

    def drop(self) -> None:
        """Leave the rest undone."""
        with self._lock:
            self._dropped = True
