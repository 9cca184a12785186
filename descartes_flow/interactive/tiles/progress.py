"""How far the tiles of a layer are."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tileserver import Place, Served

from ...geo import Tile

PAUSE = 0.2
"""Seconds between two news of a layer's tiles."""


class TileProgress(NamedTuple):
    """The tiles that the present view needs of the present version of a layer."""

    done: int = 0
    """Those that the browser has; those with a message do not count."""

    wanted: int = 0
    """All of them."""

    failed: int = 0
    """Those that show a message, or nothing, because of an error."""

    seconds: float = 0.0
    """From the first request, of this version or after a pause, to the last answer, or until now."""

    under_way: int = 0
    """Those that the server makes, or will make, just now."""


class Showing:
    """What a map needs of one version of a layer, from when it was shown.

    Parameters
    ----------
    version : str
    tiles : frozenset of Tile, optional
        Those that the view needs; None where no browser has told a view.
    clock : callable
        ``() -> seconds``, that of the tile server.

    Attributes
    ----------
    retries : int
        How often all tiles were asked for again.
    called_off : bool
        Whether no more tiles are to be made.
    """

    def __init__(
        self,
        version: str = "",
        tiles: frozenset[Tile] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.version = version
        self.tiles = tiles
        self.retries = 0
        self.called_off = False
        self._clock = clock
        self._since = clock()
        self._shown = False
        self._again = False
        self._busy = False
        self._span = (0.0, 0.0)  # when the latest tiles were first asked for, and when they were answered

    def begin(self) -> bool:
        """Its tiles are wanted from now on; whether they are to be asked for again."""
        again, self._again = self._again, False
        self._shown, self._since = True, self._clock()
        self._span = (self._since, self._since)
        return again

    def end(self) -> None:
        """No tiles are wanted, for the layer is hidden."""
        self._shown = False

    def retry(self) -> None:
        """All tiles are to be asked for again, at another address."""
        self.retries += 1
        self._again = True

    def count(self, under_way: int) -> None:
        """So many tiles are under way now."""
        now = self._clock()
        begins = under_way > 0 and not self._busy
        self._busy = under_way > 0
        self._span = (now if begins else self._span[0], now)

    def is_missing_tiles(self, served: Mapping[Place, Served]) -> bool:
        """Whether the browser cannot show all that the view needs, as far as is known."""
        if not self._shown or self.tiles is None:
            return False
        drawn = {place for place, answer in self._valid(served).items() if answer.drawn}
        return not self._places() <= drawn

    def progress(self, served: Mapping[Place, Served], under_way: int) -> TileProgress:
        """How far the tiles are, from the server's last answers and what it still makes."""
        if not self._shown:
            return TileProgress()
        valid = self._valid(served)
        places = set(valid) if self.tiles is None else self._places()
        answers = [valid[place] for place in places if place in valid]
        failed = sum(answer.failed for answer in answers)
        first, last = self._span
        return TileProgress(
            done=len(answers) - failed,
            wanted=len(places) + (under_way if self.tiles is None else 0),
            failed=failed,
            seconds=(self._clock() if self._busy else last) - first,
            under_way=under_way,
        )

    def _places(self) -> set[Place]:
        return {Place(tile.x, tile.y, tile.z) for tile in self.tiles or ()}

    def _valid(self, served: Mapping[Place, Served]) -> dict[Place, Served]:
        """The answers that the browser has: those since the version was shown, and those that it may keep."""
        now = self._clock()
        return {
            place: answer
            for place, answer in served.items()
            if answer.at >= self._since or answer.fresh_until > now
        }
