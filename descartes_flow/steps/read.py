"""Steps that read source files."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from ..geo.pixels import Pixels
from .arena import Context, Need, Step, count
from .scenes import Selection


class Read(Step):
    """Bands of scenes, before it is known which of them are used."""

    __slots__ = ("names", "resampling", "scenes")
    fields: ClassVar[tuple[str, ...]] = ("scenes", "names", "resampling")

    def __init__(self, scenes: Selection, names: tuple[str, ...], resampling: str) -> None:
        self.scenes = scenes
        self.names = names
        self.resampling = resampling
        super().__init__((), len(scenes), len(names))

    def content(self) -> tuple[Any, ...]:
        """The versions of the scenes, the bands and the resampling."""
        return self.scenes.key, self.names, self.resampling

    def demand(self, need: Need) -> list[Need]:
        """Nothing: this is where pixels come from."""
        return []

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The read of the bands that are used, which needs no catalog any more."""
        names = tuple([name for name, used in zip(self.names, need.bands.tolist(), strict=True) if used])
        scenes = self.scenes
        if count(need.images) < self.images:
            scenes = Selection([scenes[row] for row in need.images.nonzero()[0].tolist()])
        sources, identity = scenes.sources(names)
        return ReadBands(sources, self.resampling, identity)

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """Never: planning replaces it."""
        raise AssertionError("a Read is narrowed to ReadBands before anything runs")


class ReadBands(Step):
    """Bands of files onto the grid of the run.

    Attributes
    ----------
    sources : tuple of tuple
        By image and band an `io.BandSource`, or None for a band that the scene lacks: hidden everywhere.
    resampling : str
    identity : bytes
        Digest of the sources.
    """

    __slots__ = ("identity", "resampling", "sources")
    fields: ClassVar[tuple[str, ...]] = ("sources", "resampling", "identity")

    def __init__(self, sources: tuple[tuple[Any, ...], ...], resampling: str, identity: bytes) -> None:
        self.sources = sources
        self.resampling = resampling
        self.identity = identity
        super().__init__((), len(sources), len(sources[0]))

    def content(self) -> tuple[Any, ...]:
        """The digest of the sources, and the resampling."""
        return self.identity, self.resampling

    def demand(self, need: Need) -> list[Need]:
        """Nothing: this is where pixels come from."""
        return []

    def narrow(self, need: Need, inputs: tuple[int | None, ...]) -> Step:
        """The read of what is used."""
        rows = [row for row, used in zip(self.sources, need.images, strict=True) if used]
        sources = tuple(tuple(s for s, used in zip(row, need.bands, strict=True) if used) for row in rows)
        kept = need.images.tobytes() + need.bands.tobytes()
        identity = hashlib.blake2b(self.identity + kept, digest_size=16).digest()
        return ReadBands(sources, self.resampling, identity)

    def run(self, inputs: list[Pixels], context: Context) -> Pixels:
        """The pixels, from the run's reader."""
        return context.read(self)
