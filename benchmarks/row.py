"""One line of the table: the same work done by us and by others, and what was promised."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LIMIT = "limit"
TUNED = "(tuned)"
"""Ends the name of a peer in a form that its users rarely have: open files, threads, fast PNG."""

BEST_PEER, BEST_TUNED, ITSELF = "best peer", "best tuned peer", "itself"
"""What a target may compare with, besides the name of one of the others."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a row has to reach, as a ratio of medians."""

    against: str
    """`BEST_PEER`, `BEST_TUNED`, the name of one of the others, or `ITSELF`: no ratio but a size."""

    floor: float | None = None
    """What is owed."""

    goal: float | None = None
    """What is hoped for."""

    at_most: bool = False
    """Ours / theirs has to stay below; otherwise theirs / ours above."""

    def reaches(self, ratio: float, wanted: float | None) -> bool:
        """Whether a ratio is as good as wanted."""
        return wanted is None or (ratio <= wanted if self.at_most else ratio >= wanted)

    def verdict(self, ratio: float) -> str:
        """Which of the two a ratio reaches, in words; nothing where nothing was promised."""
        if self.floor is None and self.goal is None:
            return ""
        if not self.reaches(ratio, self.floor):
            return "floor missed"
        if self.reaches(ratio, self.goal):
            return "met" if self.goal is None else "goal met"
        return "goal missed" if self.floor is None else "floor met"


@dataclass(frozen=True)
class Row:
    """What was measured."""

    workload: str
    state: str
    """cold, warm, or what else decides what is in the caches."""

    ours: Sequence[float]
    """Seconds of each run, or what `unit` says."""

    others: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """The same of peers, of the limit (`LIMIT`), and of what else ours is compared with."""

    targets: tuple[Target, ...] = ()
    note: str = ""
    unit: str = "ms"
    """Milliseconds, measured in seconds; anything else stands in the table as it is."""

    @property
    def median(self) -> float:
        """Half of our runs took less; in the unit."""
        return self.scaled(self.ours)

    @property
    def medians(self) -> dict[str, float]:
        """The same of the others."""
        return {name: self.scaled(values) for name, values in self.others.items() if values}

    def scaled(self, values: Sequence[float]) -> float:
        """Median in the unit of the table."""
        return statistics.median(values) * (1000 if self.unit == "ms" else 1)

    @property
    def peers(self) -> dict[str, float]:
        """Medians of the peers alone."""
        named = {target.against for target in self.targets}
        return {name: value for name, value in self.medians.items() if name != LIMIT and name not in named}

    def rival(self, against: str) -> tuple[str, float] | None:
        """Name and median of what a target compares with; None where that was not measured."""
        if against == ITSELF:
            return ITSELF, 1.0
        if against in (BEST_PEER, BEST_TUNED):
            tuned = against == BEST_TUNED
            among = {name: time for name, time in self.peers.items() if name.endswith(TUNED) == tuned}
            return min(among.items(), key=lambda peer: peer[1]) if among else None
        found = self.medians.get(against)
        return None if found is None else (against, found)

    def ratio(self, target: Target) -> float | None:
        """How we compare; None where the other was not measured."""
        rival = self.rival(target.against)
        if rival is None:
            return None
        return self.median / rival[1] if target.at_most else rival[1] / self.median
