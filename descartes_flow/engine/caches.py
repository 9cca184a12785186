"""In-memory caches bounded in bytes, in which each value is computed once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from typing import Generic, TypeVar

from cachetools import LRUCache

from ..errors import JobCancelled

V = TypeVar("V")
INTERRUPTIONS = (JobCancelled, KeyboardInterrupt)


class SingleFlightCache(Generic[V]):
    """Values by key; the least recently used go when the bytes run out, and two askers compute a value once.

    An error reaches everyone who waited for the value, and is not kept; where only the maker was stopped, one
    of those who waited makes the value.

    Parameters
    ----------
    limit : callable
        Bytes to keep at most, asked at every insert.
    size : callable
        Bytes of a value.

    Attributes
    ----------
    hits, computed : int
        How often a value was there, and how often it was made.
    """

    def __init__(self, limit: Callable[[], int], size: Callable[[V], int]) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._values: LRUCache[Hashable, V] = LRUCache(limit(), getsizeof=size)
        self._size = size
        self._flights: dict[Hashable, Future[V]] = {}
        self.hits = 0
        self.computed = 0

    def peek(self, key: Hashable) -> V | None:
        """The value of `key` if it is there."""
        with self._lock:
            value = self._values.get(key)
            self.hits += value is not None
            return value

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value of `key`, made now unless it is there or on its way."""
        with self._lock:
            if key in self._values:
                self.hits += 1
                return self._values[key]
            flight = self._flights.get(key)
            if flight is None:
                own = self._flights[key] = Future()
        if flight is not None:
            wait([flight])
            if isinstance(flight.exception(), INTERRUPTIONS):
                return self.get(key, make)  # whoever made it was stopped; we were not
            value = flight.result()
            self.hits += 1
            return value
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                del self._flights[key]
            own.set_exception(error)
            raise
        self._keep(key, value)
        own.set_result(value)
        return value

    def _keep(self, key: Hashable, value: V) -> None:
        with self._lock:
            del self._flights[key]
            self.computed += 1
            if self._values.maxsize != self._limit():
                kept = list(self._values.items())
                self._values = LRUCache(self._limit(), getsizeof=self._size)
                for old_key, old in kept:
                    self._insert(old_key, old)
            self._insert(key, value)

    def _insert(self, key: Hashable, value: V) -> None:
        if self._size(value) <= self._values.maxsize:
            self._values[key] = value

    def clear(self) -> None:
        """Forget all values; those on their way still arrive."""
        with self._lock:
            self._values.clear()

    @property
    def bytes(self) -> int:
        """Bytes kept now."""
        return int(self._values.currsize)
