"""Scenes for binding: the catalog, seen through what binding asks for."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from typing import Any

from cachetools import LRUCache
from shapely.geometry import shape

from .. import catalog
from ..errors import NotFound
from ..geo import Grid
from ..geo.features import FeatureCollectionResult
from ..io import read_features


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
    """Scenes of the local catalog; queries are remembered until the catalog changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queries: LRUCache[Any, list[CatalogScene]] = LRUCache(256)
        self._scenes: LRUCache[tuple[str, str], CatalogScene] = LRUCache(20_000)

    def item(self, image_id: str) -> CatalogScene | None:
        """The scene with this id, or None."""
        found = catalog.item(image_id)
        return None if found is None else self._scene(found)

    def search(self, product_id: str, grid: Grid, start: Any, end: Any) -> list[CatalogScene]:
        """Scenes of a product whose footprints meet the grid, by date."""
        key = (product_id, grid.key, start, end, catalog.revision())
        with self._lock:
            known = self._queries.get(key)
        if known is None:
            found = catalog.search(product_id, geometry=grid.footprint(), start=start, end=end)
            known = [self._scene(item) for item in found]
            with self._lock:
                self._queries[key] = known
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

    def _scene(self, item: Any) -> CatalogScene:
        key = (item.id, item.version)
        with self._lock:
            scene = self._scenes.get(key)
            if scene is None:
                scene = self._scenes[key] = CatalogScene(item)
        return scene


SOURCES = CatalogSources()
"""The scenes of this process's catalog."""
