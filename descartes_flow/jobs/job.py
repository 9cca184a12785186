"""`Job`: a run that somebody can ask about, in this process or another, now or in a few days."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Iterator
from typing import Any as AnyValue
from typing import Self

from ..errors import JobCancelled, JobTimeoutError
from ..types import GeoContext, Proxytype
from .background import BACKGROUND
from .facts import Facts
from .kept import Kept
from .progress import ProgressLine, State, progress_stream
from .records import open_record
from .store import STORE
from .task import Task
from .work import Work

SECONDS_OF_A_WAIT = 1.0
"""Longest wait in one piece: the line is written anew then, and some systems notice interrupts only then."""

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class Job:
    """A run in the background; making one starts it.

    Jobs and their results are kept in ``settings.home`` for ``settings.job_days`` days, where every process
    of the user finds them by their ids. A job that is unfinished when its process ends has failed.

    Parameters
    ----------
    obj, geoctx, cache, on_error, **arguments
        As in `descartes_flow.compute`.

    Raises
    ------
    TypeError, ValueError, JobInvalid
        Where `descartes_flow.compute` refuses what is asked for before it runs.

    Examples
    --------
    >>> from descartes_flow import Int, Job
    >>> job = Job(Int(1) + 1)
    >>> job.result()
    2
    >>> job.stage, job.result_type
    ('SUCCEEDED', 'Int')
    >>> Job.get(job.id).result()
    2
    """

    _run: Task | Kept

    def __init__(
        self,
        obj: AnyValue,
        geoctx: AnyValue = None,
        *,
        cache: bool = True,
        on_error: str = "raise",
        **arguments: AnyValue,
    ) -> None:
        self._submit(Work.of(obj, geoctx, arguments, cache, on_error, "Job"))

    @classmethod
    def of(cls, work: Work) -> Self:
        """A new job for work that was checked already."""
        job = object.__new__(cls)
        job._submit(work)
        return job

    def _submit(self, work: Work) -> None:
        facts = Facts.of(work)
        task = self._run = Task(facts, work, open_record(facts, work))
        BACKGROUND.submit(task)

    @classmethod
    def get(cls, id: str) -> Self:
        """The job with this id, of any process.

        What `compute` has computed while one waited for it is a job too, if its id was shown; it is kept with
        its object, and with its result where that is small.

        Raises
        ------
        NotFound
            If there is none, or it has expired.
        TypeError
            If `id` is no text.

        Examples
        --------
        >>> Job.get("626e3036857d492fbc11e7fa09b25f16")
        Traceback (most recent call last):
        ...
        descartes_flow.errors.NotFound: there is no job '626e3036857d492fbc11e7fa09b25f16' in ...
        """
        if not isinstance(id, str):
            raise TypeError(f"Job.get(id=): expected the id of a job, got {type(id).__name__} {id!r}")
        return cls.of_run(BACKGROUND.tasks.get(id) or Kept(STORE.current(), id))

    @classmethod
    def of_run(cls, run: Task | Kept) -> Self:
        """The job of a run that there is."""
        job = object.__new__(cls)
        job._run = run
        return job

    def result(self, timeout: float | None = None, progress_bar: AnyValue = None) -> AnyValue:
        """Wait for the result.

        Parameters
        ----------
        timeout : float, optional
            Seconds after which the job is cancelled.
        progress_bar : None, bool or object, optional
            As in `descartes_flow.compute`.

        Raises
        ------
        JobComputeError, ReadError
            Why the job has failed; or, of one that has succeeded, why its result was not kept
            (`JobDestination`, `JobSerialization`).
        JobCancelled
            If it was cancelled.
        JobTimeoutError
            If the time is over.
        """
        self.wait(timeout, progress_bar)
        if self.error is not None:
            raise self.error
        return self._current().result()

    def wait(
        self,
        timeout: float | None = None,
        progress_bar: AnyValue = False,
        cancel_on_timeout: bool = True,
        cancel_on_interrupt: bool = True,
    ) -> None:
        """Wait for the end, however it is.

        Parameters
        ----------
        timeout : float, optional
            Seconds.
        progress_bar : None, bool or object
            As in `descartes_flow.compute`.
        cancel_on_timeout, cancel_on_interrupt : bool
            Whether the job is cancelled when the time is over, or the user interrupts the wait.

        Raises
        ------
        JobTimeoutError
            If the time is over.
        """
        line = ProgressLine(self.id, progress_stream(progress_bar, "wait"))
        try:
            for state in self._states(timeout):
                line.show(state)
        except (JobTimeoutError, KeyboardInterrupt) as stop:
            if cancel_on_timeout if isinstance(stop, JobTimeoutError) else cancel_on_interrupt:
                line.cancelling()
                self.cancel()
            raise

    def watch(self, timeout: float | None = None) -> Iterator[Self]:
        """The job itself: now, and again whenever it has come further, until it is done.

        Raises
        ------
        JobTimeoutError
            If it is not done after that many seconds; the job goes on.
        ValueError
            If `timeout` is no number above 0.

        Examples
        --------
        >>> from descartes_flow import Int, Job
        >>> [job.stage for job in Job(Int(1)).watch()][-1]
        'SUCCEEDED'
        """
        last = None
        for state in self._states(timeout):
            if state != last:
                last = state
                yield self

    def _states(self, timeout: float | None) -> Iterator[State]:
        """How far the job is: now, after every change, and at least every second, until it is done."""
        deadline = time.monotonic() + seconds(timeout)
        state = self._current().state
        yield state
        while not state.done:
            left = deadline - time.monotonic()
            if left <= 0:
                raise JobTimeoutError(
                    f"job {self.id} is not done after {timeout:g} s; give it more with timeout="
                )
            state = self._run.wait_for_change(state, min(left, SECONDS_OF_A_WAIT))
            yield state

    def refresh(self) -> None:
        """Look how far the job is; every property does so itself until the job is done."""
        self._current()

    def cancel(self) -> None:
        """Ask for the end of the job; it comes with the job's next step. One that is done stays as it is."""
        self._current().stop(JobCancelled())

    def resubmit(self) -> Job:
        """A new job that computes the same.

        Raises
        ------
        NotFound
            If the job was made under a channel that this version of the package does not speak.
        """
        return Job.of(self._run.work)

    def _current(self) -> Task | Kept:
        """The run; a forked process knows those of its parent by the store only."""
        if isinstance(self._run, Task) and self._run.process != os.getpid():
            self._run = Kept(STORE.current(), self.id)
        return self._run

    @property
    def id(self) -> str:
        """By which `get` finds it."""
        return self._run.facts.id

    @property
    def stage(self) -> str:
        """QUEUED, PREPARING, RUNNING, SAVING; in the end SUCCEEDED, FAILED or CANCELLED."""
        return self._current().state.stage

    @property
    def done(self) -> bool:
        """Whether it has ended, however."""
        return self._current().state.done

    @property
    def cancelled(self) -> bool:
        """Whether it has ended because somebody wanted it to."""
        return self.stage == "CANCELLED"

    @property
    def error(self) -> Exception | None:
        """What `result` raises; None as long as there is a result or a hope for one."""
        return self._current().error if self.done else None

    @property
    def object(self) -> Proxytype:
        """What is computed, with its parameters still open.

        Raises
        ------
        NotFound
            If the job was made under a channel that this version of the package does not speak; so do `type`,
            `arguments` and `geoctx`.
        """
        return self._run.work.object

    @property
    def type(self) -> type[Proxytype]:
        """Class of the object."""
        return type(self.object)

    @property
    def result_type(self) -> str:
        """Name of the proxy type whose value the result is."""
        return self._run.facts.type

    @property
    def arguments(self) -> dict[str, Proxytype]:
        """The values of the object's parameters, by name."""
        return self._run.work.promoted()

    @property
    def geoctx(self) -> GeoContext | None:
        """The area, CRS and resolution."""
        return self._run.work.geoctx()

    @property
    def channel(self) -> str:
        """The set of operations that it uses."""
        return self._run.facts.channel

    @property
    def version(self) -> str:
        """The version of the package that made it."""
        return self._run.facts.version

    @property
    def cache_enabled(self) -> bool:
        """Whether values of earlier runs are used, and kept for later ones."""
        return self._run.facts.cache

    @property
    def created_datetime(self) -> datetime.datetime:
        """When it was made, UTC."""
        return _moment(self._run.facts.created)

    @property
    def updated_datetime(self) -> datetime.datetime:
        """When it last came further, UTC."""
        return _moment(self._current().updated)

    @property
    def expires_datetime(self) -> datetime.datetime:
        """When it will be forgotten, UTC."""
        return _moment(self._run.facts.expires)

    @property
    def runtime(self) -> datetime.timedelta | None:
        """From its making to its end; None before."""
        return self.updated_datetime - self.created_datetime if self.done else None

    def __repr__(self) -> str:
        return f"<descartes_flow.models.job.Job {self.id} {self.stage}>"


def seconds(timeout: float | None) -> float:
    """How long to wait.

    Raises
    ------
    ValueError
        If it is neither None nor a number above 0.
    """
    if timeout is None:
        return float("inf")
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not timeout > 0:
        raise ValueError(f"timeout=: expected a number of seconds above 0, or None, got {timeout!r}")
    return timeout


def _moment(microseconds: int) -> datetime.datetime:
    return EPOCH + datetime.timedelta(microseconds=microseconds)
