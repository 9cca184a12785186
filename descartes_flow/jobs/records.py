"""Who keeps what becomes of a run: the store, or nobody."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any, Protocol

from ..errors import JobStoreError
from .facts import Facts
from .progress import State
from .store import STORE, JobStore
from .work import Work


class Record(Protocol):
    """What a run tells about itself.

    Attributes
    ----------
    id : str
        Under which it can be found; "" where it cannot.
    """

    id: str

    def update(self, state: State) -> bool:
        """How far it is; whether somebody wants it to stop."""

    def succeed(self, state: State, value: Any) -> None:
        """It has a result."""

    def fail(self, state: State, error: Exception) -> None:
        """It has none, and why."""


class Unrecorded:
    """The record of a run that nobody will ask for.

    Parameters
    ----------
    id : str
        Of a run that is known in this process all the same.
    """

    def __init__(self, id: str = "") -> None:
        self.id = id

    def update(self, state: State) -> bool:
        """Nobody wants it to stop."""
        return False

    def succeed(self, state: State, value: Any) -> None:
        """Nothing."""

    def fail(self, state: State, error: Exception) -> None:
        """Nothing."""


class Stored:
    """A row of the store. Once the store fails, say a full disk, the run goes on without it.

    Parameters
    ----------
    store : JobStore
    id : str
    limit : float
        Bytes of a result, beyond which it is not kept.
    """

    def __init__(self, store: JobStore, id: str, limit: float) -> None:
        self.id = id
        self._store = store
        self._limit = limit
        self._lost = False

    def update(self, state: State) -> bool:
        """Write how far it is; whether somebody wants it to stop."""
        return bool(self._tell(self._store.update, state))

    def succeed(self, state: State, value: Any) -> None:
        """Write its end, and the result where that is small enough."""
        self._tell(self._store.succeed, state, value, self._limit)

    def fail(self, state: State, error: Exception) -> None:
        """Write its end."""
        self._tell(self._store.fail, state, error)

    def _tell(self, write: Callable[..., bool | None], *what: Any) -> bool | None:
        if self._lost:
            return None
        try:
            return write(self.id, *what)
        except JobStoreError as error:
            self._lost = True
            _warn_of(error)
            return None


def open_record(facts: Facts, work: Work, limit: float = math.inf) -> Record:
    """The record of a new job, in the store if that can be used; its result is kept up to `limit` bytes."""
    store = STORE.current()
    try:
        store.add(facts, work, State())
    except JobStoreError as error:
        _warn_of(error)
        return Unrecorded(facts.id)
    return Stored(store, facts.id, limit)


def _warn_of(error: JobStoreError) -> None:
    warnings.warn(f"jobs are known in this process only: {error}", RuntimeWarning, stacklevel=5)
