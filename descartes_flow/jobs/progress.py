"""The progress line of a run."""

from __future__ import annotations

import sys
import threading
import time
from typing import Any, Protocol

from .._notebook import kernel_shell

BAR = 6
WIDTH = 79
SECONDS_BETWEEN_WRITES = 0.1


class Stream(Protocol):
    """Where the line is written: a file, or an ipywidgets Output (``append_stdout``)."""

    def write(self, text: str, /) -> Any:
        """Show `text`."""


class ProgressLine:
    """Writes the id of a run and then one line that says how far it is.

    Safe to call from several threads.

    Parameters
    ----------
    job_id : str
    stream : Stream or None
        None: nothing is written, only counted.
    """

    def __init__(self, job_id: str, stream: Stream | None) -> None:
        self.total = 0
        self.finished = 0
        self._stream = stream
        self._lock = threading.Lock()
        self._written = 0.0
        self._stage = "PREPARING"
        self._write(f"\nJob ID: {job_id}\n")

    def expect(self, steps: int) -> None:
        """That many more pieces of work lie ahead."""
        with self._lock:
            self.total += steps
            self._stage = "RUNNING"
            self._show("RUNNING")

    def done(self, steps: int = 1) -> None:
        """That many are done."""
        with self._lock:
            self.finished += steps
            self._show("RUNNING")

    def close(self, status: str) -> None:
        """The last line: SUCCESS, FAILURE or CANCELLED."""
        with self._lock:
            if status == "SUCCESS":
                self._stage = "SAVING"
                self.finished = self.total
            self._written = 0.0
            self._show(status)
            self._write("\n")

    def _show(self, status: str) -> None:
        now = time.monotonic()
        if now - self._written < SECONDS_BETWEEN_WRITES:
            return
        self._written = now
        full = BAR if not self.total else BAR * self.finished // self.total
        bar = "#" * full + " " * (BAR - full)
        line = f"[{bar}] | Steps: {self.finished}/{self.total} | Stage: {self._stage} | Status: {status}"
        self._write("\r" + line.ljust(WIDTH))

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


def progress_stream(progress_bar: Any) -> Stream | None:
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
            "compute(progress_bar=): expected None, a bool or an object with write or append_stdout, "
            f"got {type(progress_bar).__name__} {progress_bar!r}"
        )
    stream: Stream = progress_bar
    return stream
