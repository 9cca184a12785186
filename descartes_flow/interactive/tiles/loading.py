"""How far the tiles of a layer are, and how they are stopped and loaded again."""

from __future__ import annotations

from collections.abc import Sequence

import traitlets

from ...geo import Tile
from ..view import reaches
from .progress import TileProgress
from .serving import ServedLayer


class Loading(traitlets.HasTraits):
    """Progress of a layer's tiles; see `WorkflowsLayer`."""

    min_zoom: int
    max_zoom: int
    bounds: Sequence[Sequence[float]] | None
    _served: ServedLayer

    tiles_done = traitlets.Int(0, read_only=True)
    tiles_wanted = traitlets.Int(0, read_only=True)
    tiles_failed = traitlets.Int(0, read_only=True)
    tile_seconds = traitlets.Float(0.0, read_only=True)
    progress = traitlets.Instance(TileProgress, TileProgress(), read_only=True)

    def cancel_tiles(self) -> None:
        """Make no more tiles of what is shown; those that are drawn stay.

        The next change of the layer or of the view loads again, and so do `redraw` and another `visualize`.
        """
        self._served.call_off()

    @property
    def called_off(self) -> bool:
        """Whether `cancel_tiles` holds."""
        return self._served.called_off

    def redraw(self) -> None:
        """Load all tiles again, past what the browser remembers."""
        self._served.again()
        self._request()

    def look(self, tiles: frozenset[Tile] | None) -> None:
        """Know the tiles that the map needs; called by the map. None: no browser has told a view."""
        self._served.look(None if tiles is None else frozenset(filter(self._is_asked_for, tiles)))

    def _is_asked_for(self, tile: Tile) -> bool:
        """Whether Leaflet asks for a tile that the map shows: where the layer is, and at its zooms."""
        if not self.min_zoom <= tile.z <= self.max_zoom:
            return False
        return not self.bounds or reaches(self.bounds, tile)

    def _request(self, change: object = None) -> None:
        """Bring tiles and URL up to date."""
        raise NotImplementedError

    def _take_progress(self, progress: TileProgress) -> None:
        """Tell how far the tiles are; called in a thread of its own."""
        self.set_trait("tiles_done", progress.done)
        self.set_trait("tiles_wanted", progress.wanted)
        self.set_trait("tiles_failed", progress.failed)
        self.set_trait("tile_seconds", progress.seconds)
        self.set_trait("progress", progress)
