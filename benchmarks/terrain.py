"""An invented country that compresses like real Sentinel-2 imagery: fields, woods, lakes, clouds."""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.place import SIDE

Field = npt.NDArray[np.float32]

BANDS = ("red", "green", "blue", "nir")
WATER, WOOD, SOIL = 0, 1, 2
REFLECTANCE = {  # of lake, wood, bare soil and the greenest field, as stored: reflectance times 10,000
    "red": (250, 320, 1900, 450),
    "green": (350, 480, 1350, 750),
    "blue": (420, 300, 950, 380),
    "nir": (180, 2900, 2600, 4600),
}
GRAIN = 0.026
"""Texture from pixel to pixel, as a share of the value. It makes deflate save what it saves of real scenes of
10 m: the bytes become 1.5 to 1.8 times fewer."""

NO_DATA, SHADOW, VEGETATION, BARE, LAKE, THIN_CLOUD, CLOUD = 0, 3, 4, 5, 6, 8, 9
"""Values of the class band, as the scene classification of Sentinel-2 has them."""

ORBITS = ((0.21, -0.62, 0.70), (0.21, -0.70, 0.35), (0.21, -0.45, 0.66))
"""Tilt of the swath, and where it begins and ends from the middle of the scene, in sides of it."""


def smooth(random: np.random.Generator, octaves: range, roughness: float, side: int) -> Field:
    """Fractal noise of about unit spread; octave n has 2**n nodes on a side."""
    total = np.zeros((side, side), np.float32)
    for octave in octaves:
        nodes = random.standard_normal((2**octave + 3,) * 2, dtype=np.float32)
        picture = Image.fromarray(nodes).resize((side, side), Image.Resampling.BICUBIC)
        total += np.asarray(picture) * np.float32(roughness ** (octave - octaves.start))
    return total


class Country:
    """What all scenes have in common; made once per process, from one seed.

    Parameters
    ----------
    side : int
        Pixels on a side.
    """

    def __init__(self, side: int = SIDE) -> None:
        random = np.random.default_rng(4)
        self.side = side
        self.relief = smooth(random, range(2, 9), 0.6, side)
        self.texture = smooth(random, range(7, 11), 0.8, side)
        kinds = smooth(random, range(2, 7), 0.7, side)
        self.water = kinds < -1.7
        self.wood = (kinds > 0.9) & ~self.water
        self.parcels = self._parcels(random)

    def _parcels(self, random: np.random.Generator) -> npt.NDArray[np.uint16]:
        """Number of the field of each pixel: oblong fields along two tilted axes."""
        y, x = np.ogrid[: self.side, : self.side]
        along = ((x * 0.94 + y * 0.34) / 31).astype(np.int32)
        across = ((y * 0.94 - x * 0.34 + self.side) / 17 + along % 3 / 3).astype(np.int32)
        names = random.integers(0, 4096, (257, 509)).astype(np.uint16)
        return names[along % 257, across % 509]


class Scene:
    """One date over the country.

    Parameters
    ----------
    country : Country
    number : int
        Which of the dates; decides crops, haze, clouds and the orbit.
    """

    def __init__(self, country: Country, number: int) -> None:
        self.country = country
        self.random = np.random.default_rng(1000 + number)
        crops = np.clip(self.random.normal(0.55, 0.3, 4096), 0, 1).astype(np.float32)
        self.green = crops[country.parcels]
        cover = smooth(self.random, range(2, 10), 0.55, country.side)
        bar = 1.9 - 0.9 * self.random.random()  # from a few percent of cloud to a third
        self.thickness = np.clip((cover - np.float32(bar)) * np.float32(1.6), 0, 1)
        self.shadow = np.roll(self.thickness > 0.25, (-45, 70), (0, 1)) & (self.thickness == 0)
        self.outside = _outside(country.side, *ORBITS[number % len(ORBITS)])

    def band(self, name: str) -> npt.NDArray[np.uint16]:
        """Stored values, 0 outside the swath."""
        country = self.country
        water, wood, soil, green = REFLECTANCE[name]
        value = soil + self.green * np.float32(green - soil)
        value *= 1 + np.float32(0.05) * country.texture
        value[country.wood] = wood * (1 + 0.10 * country.texture[country.wood])
        value *= 1 + np.float32(0.03) * country.relief
        value[country.water] = water
        noise = self.random.standard_normal(value.shape, dtype=np.float32)
        value += noise * (np.float32(GRAIN) * value + np.float32(7))
        value[self.shadow] *= 0.45
        value += self.thickness * (7200 + 900 * country.texture - value)
        stored = np.clip(value, 1, 20000).astype(np.uint16)
        stored[self.outside] = 0
        return stored

    def classes(self) -> npt.NDArray[np.uint8]:
        """The class of each pixel, 0 outside the swath."""
        country = self.country
        speckle = np.float32(0.12) * self.random.standard_normal(self.green.shape, dtype=np.float32)
        classes = np.where(self.green + speckle < 0.35, BARE, VEGETATION).astype(np.uint8)
        classes[country.wood] = VEGETATION
        classes[country.water] = LAKE
        classes[self.shadow] = SHADOW
        classes[self.thickness > 0] = THIN_CLOUD
        classes[self.thickness > 0.4] = CLOUD
        classes[self.outside] = NO_DATA
        return classes


def _outside(side: int, tilt: float, begin: float, end: float) -> npt.NDArray[Any]:
    """What the swath of an orbit misses: strips left and right with tilted edges."""
    y, x = np.ogrid[:side, :side]
    distance = ((x - side / 2) + (y - side / 2) * tilt) / side
    return np.asarray((distance < begin) | (distance > end))
