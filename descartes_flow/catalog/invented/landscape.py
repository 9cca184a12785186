"""The finished ground of a frame: how much of each pixel each cover takes, and how light falls on it."""

from dataclasses import dataclass, field

import numpy as np

from descartes_flow.catalog.invented.cover import Painting
from descartes_flow.catalog.invented.frames import Frame
from descartes_flow.catalog.invented.noise import Field, block_mean, logistic
from descartes_flow.catalog.invented.spectra import COVERS, SNOW, cover_spectra
from descartes_flow.catalog.invented.sun import Sun

FINER = 2
"""Covers are painted on pixels this many times finer, so that edges mix as in a real sensor."""


@dataclass(frozen=True, slots=True)
class Surface:
    """What differs from pixel to pixel beside the cover; every field is (y, x)."""

    vigour: Field
    tone: Field
    height: Field
    east_rise: Field
    north_rise: Field
    patchiness: Field
    """Noise that decides where snow melts first."""

    def averaged(self, factor: int) -> "Surface":
        """The same in pixels `factor` times as large."""
        return Surface(
            block_mean(self.vigour, factor),
            block_mean(self.tone, factor),
            block_mean(self.height, factor),
            block_mean(self.east_rise, factor),
            block_mean(self.north_rise, factor),
            block_mean(self.patchiness, factor),
        )


@dataclass(slots=True)
class Ground:
    """All that stays still between two images of one frame."""

    frame: Frame
    shares: Field
    """(cover, y, x): how much of each pixel each of `COVERS` takes; they sum to 1."""

    surface: Surface
    kinds: list[int] = field(init=False)
    """Covers that occur."""

    def __post_init__(self) -> None:
        self.kinds = [code for code in range(len(COVERS)) if self.shares[code].any()]

    @classmethod
    def of(cls, painting: Painting, frame: Frame) -> "Ground":
        """Ground of `frame` from a painting on pixels `FINER` times finer."""
        land = painting.land
        covers = (painting.codes == code for code in range(len(COVERS)))
        shares = np.stack([block_mean(cover.astype(np.float32), FINER) for cover in covers])
        surface = Surface(
            painting.vigour,
            painting.tone,
            land.height,
            land.east_rise,
            land.north_rise,
            land.noise("snow", 1.0),
        )
        return cls(frame, shares, surface.averaged(FINER))

    def coarser(self, factor: int) -> "Ground":
        """The same ground in pixels `factor` times as large."""
        shares = np.stack([block_mean(share, factor) for share in self.shares])
        return Ground(self.frame.joined(factor), shares, self.surface.averaged(factor))

    def share(self, *covers: str) -> Field:
        """Part of each pixel under any of these covers."""
        names = list(COVERS)
        return np.asarray(sum(self.shares[names.index(cover)] for cover in covers), dtype=np.float32)

    def snow(self, line: float) -> Field:
        """Part of each pixel under snow when it lies above `line` metres; trees hide some."""
        surface = self.surface
        lying = logistic((surface.height - np.float32(line) + 110 * surface.patchiness) / 70)
        hidden = 0.72 * self.share("conifer") + 0.25 * self.share("woodland")
        return np.asarray(lying * (1 - hidden) * (1 - self.share("water")), dtype=np.float32)

    def reflectance(self, sun: Sun, bands: tuple[int, ...], snow_line: float) -> Field:
        """Reflectance of the ground as the sun lights it, (band, y, x) in the order of `bands`."""
        bare, leaves = cover_spectra(sun.day, swap_crops=sun.year % 2 == 1)
        flat = self.shares[self.kinds].reshape(len(self.kinds), -1)
        chosen = np.array(bands)[:, None], np.array(self.kinds)[None, :]
        shape = (len(bands), *self.frame.shape)
        out = (bare[chosen] @ flat).reshape(shape)
        out += (leaves[chosen] @ flat).reshape(shape) * self.surface.vigour
        out *= self.surface.tone
        snow = self.snow(snow_line)
        if snow.max() > 0.01:
            white = np.array(SNOW, dtype=np.float32)[list(bands), None, None]
            out += snow * (white - out)
        out *= sun.shading(self.surface.east_rise, self.surface.north_rise)
        return np.asarray(out, dtype=np.float32)
