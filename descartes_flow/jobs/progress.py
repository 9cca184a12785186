"""How far a run is, and the line that says it."""

from __future__ import annotations

import sys
import threading
import time
from typing import Any, NamedTuple, Protocol

from .._notebook import kernel_shell

BAR = 6
WIDTH = 79
SECONDS_BETWEEN_WRITES = 0.1

ENDINGS = {"SUCCESS": "SUCCEEDED", "FAILURE": "FAILED", "CANCELLED": "CANCELLED"}
"""The stage in which a job of each final status remains."""


class State(NamedTuple):
    """How far a run is.

    Attributes
    ----------
    working : {"QUEUED", "PREPARING", "RUNNING", "SAVING"}
        The last stage of work that it reached.
    status : {"PENDING", "RUNNING", "SUCCESS", "FAILURE", "CANCELLED"}
    finished, total : int
        Pieces of work.
    """

    working: str = "QUEUED"
    status: str = "PENDING"
    finished: int = 0
    total: int = 0

    @property
    def done(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in ENDINGS

    @property
    def stage(self) -> str:
        """The stage of work, or how it ended."""
        return ENDINGS.get(self.status, self.working)


def ended(state: State, status: str) -> State:
    """The state of a run that has come to its end."""
    if status == "SUCCESS":
        return State("SAVING", status, state.total, state.total)
    return State(state.working, status, state.finished, state.total)


class Stream(Protocol):
    """Where the line is written: a file, or an ipywidgets Output (``append_stdout``)."""

    def write(self, text: str, /) -> Any:
        """Show `text`."""


class ProgressLine:
    """One line that says how far a run is, written anew again and again.

    Safe to call from several threads.

    Parameters
    ----------
    job_id : str
    stream : Stream or None
        None: nothing is written.
    """

    def __init__(self, job_id: str, stream: Stream | None) -> None:
        self._id = job_id
        self._stream = stream
        self._lock = threading.Lock()
        self._next = 0.0
        self._working = ""

    def begin(self) -> None:
        """Write the id of the run, which nobody knows yet."""
        with self._lock:
            self._write(f"\nJob ID: {self._id}\n")

    def show(self, state: State) -> None:
        """Write the line anew; not at every step, but for a new stage, and at the end."""
        if self._stream is None:
            return
        with self._lock:
            now = time.monotonic()
            if state.done:
                self._write("\r" + _line(state) + "\n")
            elif now >= self._next or state.working != self._working:
                self._next, self._working = now + SECONDS_BETWEEN_WRITES, state.working
                self._write("\r" + _line(state))

    def cancelling(self) -> None:
        """Say that the run is told to stop."""
        with self._lock:
            self._write(f"\nCancelling job {self._id}\n")

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        append = getattr(self._stream, "append_stdout", None)
        if append is not None:
            append(text)
            return
        self._stream.write(text)
        flush = getattr(self._stream, "flush", None)
        if flush is not None:
            flush()


def _line(state: State) -> str:
    """The line, padded so that it hides a longer one before it."""
    full = BAR * state.finished // state.total if state.total else BAR * (state.status == "SUCCESS")
    bar = "#" * full + " " * (BAR - full)
    steps = f"Steps: {state.finished}/{state.total}"
    return f"[{bar}] | {steps} | Stage: {state.working} | Status: {state.status}".ljust(WIDTH)


def progress_stream(progress_bar: Any, call: str) -> Stream | None:
    """Where progress goes. None: standard output in notebooks only; True: always; False: nowhere.

    Raises
    ------
    TypeError
        If nothing can be written to it.
    """
    if progress_bar is None:
        return None if kernel_shell() is None else sys.stdout
    if progress_bar is True:
        return sys.stdout
    if progress_bar is False:
        return None
    if not hasattr(progress_bar, "write") and not hasattr(progress_bar, "append_stdout"):
        raise TypeError(
            f"{call}(progress_bar=): expected None, a bool or an object with write or append_stdout, "
            f"got {type(progress_bar).__name__} {progress_bar!r}"
        )
    stream: Stream = progress_bar
    return stream
