"""Runs that the user waits for: `compute` as most use it."""

from __future__ import annotations

import math
from typing import Any as AnyValue

from .background import BACKGROUND
from .facts import Facts
from .job import Job, seconds
from .progress import ProgressLine, progress_stream
from .records import Record, Unrecorded, open_record
from .task import Task
from .work import Work

KEPT_OF_COMPUTE = 64 * 1024
"""Bytes of a result up to which it is kept although it was handed out: writing it takes 0.1 ms."""


def compute_waiting(work: Work, progress_bar: AnyValue, timeout: float | None) -> AnyValue:
    """The result of work that the caller waits for.

    Only where the id is shown there is a record: nobody could ask for it otherwise. With a timeout the run
    has a thread of its own, so that the caller is free when the time is over, whatever the run waits for.

    Parameters
    ----------
    work : Work
    progress_bar : None, bool or object
    timeout : float or None

    Raises
    ------
    JobTimeoutError
        If the time is over; the run is told to stop.
    """
    is_patient = seconds(timeout) == math.inf
    stream = progress_stream(progress_bar, "compute")
    facts = Facts.of(work)
    record: Record = Unrecorded()
    line = None
    if stream is not None:
        record = open_record(facts, work, KEPT_OF_COMPUTE)
        line = ProgressLine(facts.id, stream)
        line.begin()
    if is_patient:
        return Task(facts, work, record, line).compute()
    task = Task(facts, work, record)
    BACKGROUND.start(task)
    return Job.of_run(task).result(timeout, False if stream is None else stream)
