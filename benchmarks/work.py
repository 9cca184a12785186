"""`Work`: something to measure, and what a run of the benchmarks is like."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.measuring import Budget
from benchmarks.row import Row


@dataclass(frozen=True)
class Effort:
    """How much a run may take."""

    quick: bool

    def budget(self, seconds: float, least: int = 3, most: int = 40) -> Budget:
        """A row's share of the time; a quick run takes a fifth, and one round where that is over."""
        return Budget(seconds / 5, 1, most) if self.quick else Budget(seconds, least, most)


@dataclass(frozen=True)
class Work:
    """Rows that are measured together."""

    name: str
    """What ``--only`` looks into."""

    measure: Callable[[Effort], Iterable[Row]]

    quick: bool = True
    """Whether a quick run has it."""
