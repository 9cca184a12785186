"""Scenes as binding looks at them: what a catalog answers, and what all who get this answer share."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Protocol

from .metadata import Listed


class Scene(Protocol):
    """What binding needs of a catalog item."""

    id: str
    """Full id."""

    version: str
    """Changes whenever the item or its files do."""

    properties: dict[str, Any]
    band_names: tuple[str, ...]

    aliases: Mapping[str, str]
    """Other names of bands."""

    def source(self, band: str) -> Any:
        """The `io.BandSource` of a band; None if this scene lacks the band."""

    def band_info(self, band: str) -> dict[str, Any] | None:
        """The info of a band; None if this scene lacks the band."""


Sources = tuple[tuple[tuple[Any, ...], ...], bytes]
"""By image and band an `io.BandSource`, None for a band that a scene lacks; and their digest."""


class Selection(tuple[Scene, ...]):
    """Scenes in an order; what is found out about them is kept with them."""

    @functools.cached_property
    def key(self) -> bytes:
        """Digest of their ids and versions."""
        return versions(self)

    @functools.cached_property
    def properties(self) -> Listed:
        """Their properties."""
        return Listed([scene.properties for scene in self])

    @functools.cached_property
    def band_names(self) -> tuple[str, ...]:
        """All bands that any of them has, in the order in which they first occur."""
        return tuple(dict.fromkeys(chain(*dict.fromkeys([scene.band_names for scene in self]))))

    @functools.cached_property
    def _sources(self) -> dict[tuple[str, ...], Sources]:
        return {}

    def sources(self, bands: tuple[str, ...]) -> Sources:
        """What reads some bands; found once for all programs that use these bands of these scenes."""
        found = self._sources.get(bands)
        if found is None:
            of_scenes = tuple([tuple([scene.source(band) for band in bands]) for scene in self])
            identity = hashlib.blake2b(repr(bands).encode() + self.key, digest_size=16).digest()
            found = self._sources[bands] = of_scenes, identity
        return found


def versions(scenes: Iterable[Any]) -> bytes:
    """Digest of what scenes are: it changes with any of them, or of their files."""
    content = "\0".join([f"{scene.id}\0{scene.version}" for scene in scenes])
    return hashlib.blake2b(content.encode(), digest_size=16).digest()
