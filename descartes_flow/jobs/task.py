"""One run on its way, in this process."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .._settings import settings
from ..engine.compute import default_runner
from ..errors import (
    DescartesFlowError,
    JobCancelled,
    JobComputeError,
    JobDeadlineExceeded,
    JobInterrupt,
    JobOOM,
)
from .facts import Facts, now_microseconds
from .progress import ProgressLine, State, ended
from .records import Record
from .work import Work

SECONDS_BETWEEN_RECORDS = 0.5
INTERRUPTED = "the process that ran the job ended before the job did"


class Task:
    """One run: how far it is, how it is stopped, and in the end its result or its error.

    It is the `Progress` of the engine, which also asks it whether to go on.

    Parameters
    ----------
    facts : Facts
    work : Work
    record : Record
        Who keeps what becomes of it.
    line : ProgressLine, optional
        Shows the state whenever it has changed.

    Attributes
    ----------
    state : State
    updated : int
        When the state changed, in microseconds since 1970.
    process : int
        The process that runs it; a forked child has a copy that stands still.
    error : Exception or None
        Once it has not: why.
    """

    def __init__(self, facts: Facts, work: Work, record: Record, line: ProgressLine | None = None) -> None:
        self.facts = facts
        self.work = work
        self.record = record
        self.state = State()
        self.updated = facts.created
        self.process = os.getpid()
        self.error: Exception | None = None
        self._result: Any = None
        self._line = line
        self._changed = threading.Condition()
        self._reason: Exception | None = None
        self._deadline = 0.0
        self._next_record = 0.0

    def compute(self) -> Any:
        """Run it in this thread; the result, or the error raised."""
        try:
            self._start()
            runner = default_runner()
            runner.progress, runner.cancelled = self, self._is_stopped
            self._succeed(self.work.run(runner))
        except KeyboardInterrupt:
            if self._line is not None:
                self._line.cancelling()
            self._fail(JobCancelled())
            raise
        except Exception as error:  # whatever it is: who waits for the run has to learn of it
            reason = self._reason if isinstance(error, JobCancelled) else None
            failure = self._fail(reason or error)
            if failure is error:
                raise
            raise failure from failure.__cause__
        return self._result

    def run(self) -> None:
        """Run it for others, who look at `error` and ask for `result`."""
        with contextlib.suppress(Exception):
            self.compute()

    def result(self) -> Any:
        """The result of a run that has succeeded."""
        return self._result

    def stop(self, reason: Exception) -> None:
        """End the run at its next step, or now if it has not begun; the first reason counts."""
        with self._changed:
            is_first = self._reason is None
            self._reason = self._reason or reason
            has_begun = self.state.working != "QUEUED"
        if is_first and not has_begun:
            self._fail(reason)

    def abandon(self) -> None:
        """End the run although its thread goes on, for the reason that it was stopped for."""
        if not self.state.done:
            self._fail(self._reason or JobCancelled())

    def wait_for_change(self, state: State, seconds: float) -> State:
        """The state, as soon as it is another than `state`, or after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.state != state, seconds)
            return self.state

    def expect(self, steps: int) -> None:
        """That many more pieces of work lie ahead."""
        with self._changed:
            self._move(self.state._replace(working="RUNNING", total=self.state.total + steps))

    def done(self, steps: int = 1) -> None:
        """That many are done."""
        with self._changed:
            self._move(self.state._replace(finished=self.state.finished + steps))

    def _start(self) -> None:
        self._deadline = time.monotonic() + settings.job_seconds
        with self._changed:
            if self._reason is not None:
                raise JobCancelled
            self._move(State("PREPARING", "RUNNING"))
        if self._is_stopped():
            raise JobCancelled

    def _is_stopped(self) -> bool:
        now = time.monotonic()
        if now >= self._deadline:
            self.stop(
                JobDeadlineExceeded(f"it took longer than settings.job_seconds, {settings.job_seconds:g} s")
            )
        if now >= self._next_record:
            self._next_record = now + SECONDS_BETWEEN_RECORDS
            if self.record.update(self.state):
                self.stop(JobCancelled())
        return self._reason is not None

    def _succeed(self, value: Any) -> None:
        with self._changed:
            self._move(self.state._replace(working="SAVING"))
        try:
            self.record.succeed(ended(self.state, "SUCCESS"), value)
        finally:
            self._end("SUCCESS", value, None)

    def _fail(self, error: Exception) -> Exception:
        """End it without a result; the error that tells why."""
        failure = self._failure(error)
        status = "CANCELLED" if isinstance(failure, JobCancelled) else "FAILURE"
        try:
            self.record.fail(ended(self.state, status), failure)
        finally:
            self._end(status, None, failure)
        return failure

    def _end(self, status: str, result: Any, error: Exception | None) -> None:
        with self._changed:
            if not self.state.done:
                self._result, self.error = result, error
                self._move(ended(self.state, status))

    def _move(self, state: State) -> None:
        if self.state.done:  # a thread that was abandoned goes on until its next step
            return
        self.state, self.updated = state, now_microseconds()
        self._changed.notify_all()
        if self._line is not None:
            self._line.show(state)

    def _failure(self, error: Exception) -> Exception:
        """An error of the run, as the one who asked for it gets it."""
        id = self.record.id
        if isinstance(error, JobCancelled):
            return JobCancelled(f"job {id} was cancelled" if id else "the run was cancelled")
        if isinstance(error, JobComputeError):
            return _copy(error, id) if id else error
        if isinstance(error, DescartesFlowError):
            return error
        failure = _translated(error, id)
        failure.__cause__ = error
        return failure


def _copy(error: JobComputeError, id: str) -> JobComputeError:
    """The error with the id of the job; not the same one, as other runs may have met it too."""
    copy = type(error)(error.message, id).with_traceback(error.__traceback__)
    copy.__cause__ = error.__cause__
    return copy


def _translated(error: Exception, id: str) -> JobComputeError:
    """What nobody raised on purpose, as an error of a run."""
    if isinstance(error, MemoryError):
        return JobOOM(f"there is not enough memory: {error}; compute a smaller area, or a coarser one", id)
    if isinstance(error, RuntimeError) and _process_is_ending():
        return JobInterrupt(INTERRUPTED, id)
    return JobComputeError(f"{type(error).__name__}: {error}", id)


def _process_is_ending() -> bool:
    """Whether pools refuse work, as they do before this package hears that the process ends."""
    try:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(int)
    except RuntimeError:
        return True
    return False
