"""Runs: in the background or waited for, their records, their progress."""

from .job import Job
from .waiting import compute_waiting
from .work import Work

__all__ = ["Job", "Work", "compute_waiting"]
