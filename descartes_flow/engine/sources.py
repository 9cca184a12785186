"""Scenes for binding: the catalog, seen through what binding asks for."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cachetools import LRUCache
from shapely.geometry import shape

from .. import catalog
from ..catalog.surroundings import Search
from ..errors import NotFound
from ..geo import Grid
from ..geo.features import FeatureCollectionResult
from ..geo.footprints import coverage
from ..io import read_features
from ..steps.scenes import Selection

KEPT_ITEMS = 4096
KEPT_FOUND = 200_000
"""Scenes of all answers to searches that are kept, an area counting as one more."""


class CatalogScene:
    """One item of the catalog as binding and planning look at it."""

    __slots__ = ("_bands", "aliases", "band_names", "id", "properties", "version")

    def __init__(self, item: Any) -> None:
        self.id: str = item.id
        self.version: str = item.version
        self.properties: dict[str, Any] = item.properties
        self._bands = {band.name: band for band in item.bands}
        self.band_names: tuple[str, ...] = tuple(self._bands)
        self.aliases: Mapping[str, str] = {alias: band.name for band in item.bands for alias in band.aliases}

    def source(self, band: str) -> Any:
        """The `io.BandSource` of a band; None if this scene lacks the band."""
        found = self._bands.get(band)
        return None if found is None else found.source

    def band_info(self, band: str) -> dict[str, Any] | None:
        """The info of a band; None if this scene lacks the band."""
        found = self._bands.get(band)
        return None if found is None else found.info


class CatalogSources:
    """Scenes of the local catalog as it was at one moment; answers are remembered until it changes.

    A run asks one of these from its beginning to its end, so that it looks once whether there is any change.
    """

    _search = Search(CatalogScene, Selection)
    _items: LRUCache[tuple[int, str], Selection] = LRUCache(KEPT_ITEMS)
    _found: LRUCache[tuple[Any, ...], Selection] = LRUCache(KEPT_FOUND, lambda found: 1 + len(found))
    _lock = threading.Lock()

    @functools.cached_property
    def revision(self) -> int:
        """State of the catalog; looked up with the first question, as many programs ask none."""
        return catalog.revision()

    def item(self, image_id: str) -> Selection:
        """The scene with this id, or none."""
        key = (self.revision, image_id)
        with self._lock:
            known = self._items.get(key)
        if known is None:
            found = catalog.item(image_id)
            known = Selection([] if found is None else [CatalogScene(found)])
            with self._lock:
                self._items[key] = known
        return known

    def search(self, product_id: str, grid: Grid, start: datetime | None, end: datetime | None) -> Selection:
        """Scenes of a product whose footprints meet the grid, by date."""
        key = (self.revision, product_id, grid.bounds, grid.crs, start, end)
        with self._lock:
            known = self._found.get(key)
        if known is None:
            area = coverage(grid.bounds, grid.crs)
            known = self._search.meeting(product_id, area, start, end, self.revision)
            if len(known) < KEPT_FOUND:
                with self._lock:
                    self._found[key] = known
        return known

    def features(self, vector_id: str, grid: Grid) -> FeatureCollectionResult:
        """Features of a registered name, a path or a URL that meet the grid."""
        known = catalog.vectors()
        if vector_id not in known and "/" not in vector_id:
            raise NotFound(
                f"no vectors are called {vector_id!r}; known: {', '.join(map(repr, known)) or 'none'}. "
                "Give an absolute path, a URL, or a name from wf.catalog.add_vectors"
            )
        href = known.get(vector_id, vector_id)
        return read_features(os.path.expanduser(href), shape(grid.footprint()))
