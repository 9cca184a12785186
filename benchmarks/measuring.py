"""Timing several ways to do the same work, side by side."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Seconds = list[float]


def nothing() -> None:
    """What there is to do before a run that needs no preparation."""


@dataclass(frozen=True)
class Contender:
    """One way to do the work."""

    name: str
    run: Callable[[], Any]
    before: Callable[[], None] = nothing
    """Done before every run, outside the time."""

    def seconds(self) -> float:
        """Time of one run."""
        self.before()
        start = time.perf_counter()
        self.run()
        return time.perf_counter() - start


@dataclass(frozen=True)
class Budget:
    """How long one row may take, and how many rounds it has."""

    seconds: float
    least: int = 3
    most: int = 40


@dataclass
class Times:
    """Seconds of each run, by name."""

    ours: Seconds = field(default_factory=list)
    others: dict[str, Seconds] = field(default_factory=dict)


def interleave(ours: Contender, others: Sequence[Contender], budget: Budget) -> Times:
    """Run all in turn, ours between any two others, so that a slow minute of the machine hits all alike.

    Whoever calls has run each of them once before: first runs do not count.
    """
    times = Times(others={other.name: [] for other in others})
    end = time.perf_counter() + budget.seconds
    for number in range(budget.most):
        if number >= budget.least and time.perf_counter() > end:
            break
        for other in others:
            times.ours.append(ours.seconds())
            times.others[other.name].append(other.seconds())
        if not others:
            times.ours.append(ours.seconds())
    return times
