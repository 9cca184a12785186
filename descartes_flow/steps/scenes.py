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


def versions(scenes: Iterable[Any]) -> bytes:
    """Digest of what scenes are: it changes with any of them, or of their files."""
    content = "\0".join([f"{scene.id}\0{scene.version}" for scene in scenes])
    return hashlib.blake2b(content.encode(), digest_size=16).digest()
