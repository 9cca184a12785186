"""A job as the store knows it: one of another process, or of the past."""

from __future__ import annotations

import time
from typing import Any

from .._channel import check_channel
from ..errors import JobCancelled
from .facts import Facts
from .progress import State
from .store import JobStore
from .work import Work, read

SECONDS_BETWEEN_LOOKS = 0.2


class Kept:
    """A job of the store; what `Task` is to one of this process.

    Parameters
    ----------
    store : JobStore
    id : str

    Raises
    ------
    NotFound
        If the store has no such job.
    """

    def __init__(self, store: JobStore, id: str) -> None:
        self._store = store
        self._row = store.row(id)

    @property
    def facts(self) -> Facts:
        """What is fixed about it."""
        return self._row.facts

    @property
    def state(self) -> State:
        """How far it is now."""
        if not self._row.state.done:
            self._row = self._store.row(self._row.facts.id)
        return self._row.state

    @property
    def updated(self) -> int:
        """When the state changed, in microseconds since 1970."""
        return self._row.updated

    @property
    def error(self) -> Exception | None:
        """Why it has no result."""
        return self._row.error

    @property
    def work(self) -> Work:
        """What it computes.

        Raises
        ------
        NotFound
            If it was made under a channel that this version of the package does not speak.
        """
        facts = self._row.facts
        check_channel(facts.channel)
        text = self._store.work(facts.id)
        arguments = {name: read(argument) for name, argument in text["arguments"].items()}
        area = None if text["geoctx"] is None else read(text["geoctx"])
        return Work.of(read(text["object"]), area, arguments, facts.cache, facts.on_error, "Job")

    def result(self) -> Any:
        """The result of one that has succeeded."""
        return self._store.result(self._row.facts.id)

    def wait_for_change(self, state: State, seconds: float) -> State:
        """The state, as soon as it is another than `state`, or after some seconds."""
        end = time.monotonic() + seconds
        while (now := self.state) == state and time.monotonic() < end:
            time.sleep(min(SECONDS_BETWEEN_LOOKS, seconds))
        return now

    def stop(self, reason: JobCancelled) -> None:
        """Ask the process that runs it to stop it."""
        self._store.cancel(self._row.facts.id)
