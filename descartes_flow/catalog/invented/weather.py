"""Clouds, their shadows, and cirrus above them: what stands between the sensor and the ground on one day."""

from dataclasses import dataclass

import numpy as np

from descartes_flow.catalog.invented.noise import Field, Mask, fractal, logistic
from descartes_flow.catalog.invented.spectra import CLOUD, PATH_RADIANCE
from descartes_flow.catalog.invented.sun import Sun

CLOUD_HEIGHT = 1900.0
"""Metres above the ground, of the cloud tops that cast shadows."""

LONGEST_CLOUD = 45_000.0
"""Metres; larger patterns would be whole fronts."""

MASKED_OPACITY = 0.30
CIRRUS_REFLECTANCE = 0.055
MASKED_CIRRUS = 0.010


@dataclass(frozen=True, slots=True)
class Sky:
    """One day's sky over a frame; every field is (y, x)."""

    opacity: Field
    """How much of the ground the clouds hide, 0 to 1."""

    brightness: Field
    """Of the clouds, about 1: sides turned to the sun are brighter."""

    shadow: Field
    """How much of the direct light the clouds keep from the ground, 0 to 1."""

    cirrus: Field
    """Reflectance of thin ice clouds at 1.37 micrometres."""

    @classmethod
    def over(
        cls, shape: tuple[int, int], pixel: float, sun: Sun, cover: float, random: np.random.Generator
    ) -> "Sky":
        """A sky of which clouds cover about the part `cover`, 0 to 1."""
        field = fractal(shape, random, 1.65, LONGEST_CLOUD / pixel)
        edge = np.quantile(field[::3, ::3], 1 - np.clip(cover, 0.0, 0.995))
        depth = np.clip(field - np.float32(edge), 0, None) if cover > 0.002 else np.zeros_like(field)
        opacity = 1 - np.exp(-2.0 * depth)
        down, right = sun.shadow_offset(700.0, pixel)
        step = (int(np.sign(down)) or 1, int(np.sign(right)) or -1)
        sunward = depth - np.roll(depth, (-step[0], -step[1]), axis=(0, 1))
        brightness = 0.56 + 0.34 * np.tanh(0.8 * depth) + 0.30 * np.tanh(2.2 * sunward)
        shadow = np.roll(opacity, sun.shadow_offset(CLOUD_HEIGHT, pixel), axis=(0, 1))
        veil = fractal(shape, random, 1.8, stretch=(2.6, 0.8))
        cirrus = np.float32(CIRRUS_REFLECTANCE) * logistic((veil - random.uniform(0.6, 3.4)) / 0.30)
        return cls(*(part.astype(np.float32) for part in (opacity, brightness, shadow, cirrus)))

    @property
    def clouded(self) -> Mask:
        """True where a cloud mask would say cloud."""
        return self.opacity > MASKED_OPACITY

    @property
    def veiled(self) -> Mask:
        """True where a mask would say cirrus."""
        return self.cirrus > MASKED_CIRRUS

    def above(self, ground: Field, bands: tuple[int, ...], through_air: bool) -> Field:
        """What a sensor above the clouds sees; changes `ground` in place.

        Parameters
        ----------
        ground : numpy.ndarray
            Reflectance of the ground, (band, y, x).
        bands : tuple of int
            Which of `BANDS` these are.
        through_air : bool
            Whether the light that the air scatters is part of it, as at the top of the atmosphere.
        """
        ground *= 1 - 0.68 * self.shadow * (1 - self.opacity)
        clear = 1 - self.opacity
        lit = self.opacity * self.brightness
        for layer, band in zip(ground, bands, strict=True):
            if through_air:
                layer += np.float32(PATH_RADIANCE[band])
            layer += np.float32(0.45) * self.cirrus
            layer *= clear
            layer += np.float32(CLOUD[band]) * lit
        return ground
