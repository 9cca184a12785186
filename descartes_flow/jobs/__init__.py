"""Runs that a user started: their ids, their progress."""

from .progress import ProgressLine

__all__ = ["ProgressLine"]
