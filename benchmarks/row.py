"""One line of the table: the same work, timed several times."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """Seconds that one piece of work took, each time it was done."""

    name: str
    seconds: tuple[float, ...]
    note: str = ""

    @property
    def median(self) -> float:
        """Half of the runs took less."""
        return statistics.median(self.seconds)

    @classmethod
    def of(cls, name: str, work: Callable[[], float], runs: int, note: str = "") -> "Row":
        """Do `work`, which says how many seconds it took, `runs` times after one run that does not count."""
        work()
        return cls(name, tuple(work() for _ in range(runs)), note)
