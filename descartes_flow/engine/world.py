"""What a program can ask while it is bound: of the catalog, and of the grid.

Binding is a function of the program and of the answers. So what was asked, and what was answered, tells where
else the program would be bound alike.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol

from ..errors import NeedsContext
from ..geo import Grid
from ..geo.features import FeatureCollectionResult
from ..steps.scenes import Selection
from .halos import NONE, Pad


class Sources(Protocol):
    """Where scenes come from."""

    def item(self, image_id: str) -> Selection:
        """The scene with this id, or none."""

    def search(self, product_id: str, grid: Grid, start: datetime | None, end: datetime | None) -> Selection:
        """Scenes of a product that meet the grid, by date."""

    def features(self, vector_id: str, grid: Grid) -> FeatureCollectionResult:
        """Features of a file, a URL or a registered name that meet the grid."""


class OneScene(NamedTuple):
    """Asks which scene has an id."""

    image_id: str

    def scenes(self, world: World) -> Selection:
        """The answer."""
        return world.sources.item(self.image_id)


class ScenesHere(NamedTuple):
    """Asks which scenes of a product meet the grid and the border around it."""

    product_id: str
    start: datetime | None
    end: datetime | None
    border: Pad

    def scenes(self, world: World) -> Selection:
        """The answer."""
        grid = world.known_grid
        reach = grid if self.border == NONE else grid.padded(*self.border)
        return world.sources.search(self.product_id, reach, self.start, self.end)


Question = OneScene | ScenesHere


class World:
    """The catalog, and the grid of a run.

    Attributes
    ----------
    sources : Sources
    answers : dict of Question to bytes
        What was asked, in that order, with the digest of the answer.
    looked : bool
        Whether the grid itself was asked for: then binding holds for this grid alone.
    """

    def __init__(self, sources: Sources, grid: Grid | None) -> None:
        self.sources = sources
        self._grid = grid
        self.answers: dict[Question, bytes] = {}
        self.looked = False

    @property
    def known_grid(self) -> Grid:
        """The grid; NeedsContext where there is none."""
        if self._grid is None:
            raise NeedsContext
        return self._grid

    @property
    def grid(self) -> Grid:
        """The same for a program, whose binding then depends on it."""
        self.looked = True
        return self.known_grid

    def ask(self, question: Question) -> Selection:
        """The scenes that a question is about."""
        found = question.scenes(self)
        self.answers[question] = found.key
        return found

    def features(self, vector_id: str) -> FeatureCollectionResult:
        """Features of a file, a URL or a registered name that meet the grid."""
        return self.sources.features(vector_id, self.grid)


__all__ = ["OneScene", "Question", "ScenesHere", "Sources", "World"]
