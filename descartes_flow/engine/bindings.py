"""Programs that are bound already: tiles for which the catalog gives the same scenes share bind and plan.

What binding asked, and was answered, leads from a program to its bound form: a path of questions, each of
which the tile at hand asks anew. Only equal answers all along lead to the end.
"""

from __future__ import annotations

import hashlib
import threading

from cachetools import LRUCache

from ..errors import DescartesFlowError
from ..geo import Grid
from ..graph import Node
from .compute import Bound, bind_in
from .run import Runner
from .sources import CatalogSources
from .world import Question, World

KEPT_STEPS = 50_000
"""Steps of all bound programs that are kept; a step takes about 2 KB with all that binding knows of it."""


class Bindings:
    """Bound programs by what their binding depended on; the least recently used go first.

    A program that looked at the grid itself, or at pixels, is bound anew for every grid.

    Attributes
    ----------
    hits, bound : int
        How often a bound program was there, and how often one was bound.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: LRUCache[bytes, Question | Bound] = LRUCache(KEPT_STEPS, _size)
        self.hits = 0
        self.bound = 0

    def get(self, node: Node, grid: Grid, runner: Runner) -> Bound:
        """A program bound to a grid, now or before."""
        sources = CatalogSources()
        found = self._found(node.key, World(sources, grid))
        if found is not None:
            self.hits += 1
            return found
        world = World(sources, grid)
        made = bind_in(world, node, runner)
        self.bound += 1
        if not (world.looked or runner.issues):
            self._keep(node.key, world, made)
        return made

    def _found(self, place: bytes, world: World) -> Bound | None:
        """What the answers of a world lead to."""
        while (found := self._at(place)) is not None and not isinstance(found, Bound):
            try:
                place = _after(place, found.scenes(world).key)
            except DescartesFlowError:
                return None  # such as a product that is gone: binding says so, with the user's line
        return found

    def _at(self, place: bytes) -> Question | Bound | None:
        with self._lock:
            return self._kept.get(place)

    def _keep(self, place: bytes, world: World, bound: Bound) -> None:
        with self._lock:
            for question, answer in world.answers.items():
                self._kept[place] = question
                place = _after(place, answer)
            if _size(bound) <= KEPT_STEPS:
                self._kept[place] = bound

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()


def _size(kept: Question | Bound) -> int:
    return 1 + len(kept.plan.steps) if isinstance(kept, Bound) else 1


def _after(place: bytes, answer: bytes) -> bytes:
    """Where the path goes on from `place` after an answer."""
    return hashlib.blake2b(place + answer, digest_size=16).digest()
