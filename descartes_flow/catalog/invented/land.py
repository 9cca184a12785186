"""The ground before it is covered: heights, slopes, streams and noise on the pixels of a frame."""

from dataclasses import dataclass, field

import numpy as np

from descartes_flow.catalog.invented.features import channels, stamp
from descartes_flow.catalog.invented.frames import Frame
from descartes_flow.catalog.invented.noise import Field, Mask, enlarge, fractal, generator
from descartes_flow.catalog.invented.places import Place
from descartes_flow.catalog.invented.relief import Relief


@dataclass(slots=True)
class Land:
    """What painters of cover look at; all fields have the shape of `frame`."""

    place: Place
    frame: Frame
    relief: Relief
    origin: Frame
    """Lattice of `relief`."""

    height: Field = field(init=False)
    """Metres above the sea."""

    east_rise: Field = field(init=False)
    """Metres up per metre east."""

    north_rise: Field = field(init=False)
    """Metres up per metre north."""

    slope: Field = field(init=False)
    """Metres up per metre, of the steepest way."""

    east: Field = field(init=False)
    """Kilometres east of the middle of the place; a row."""

    north: Field = field(init=False)
    """Kilometres north of the middle of the place; a column."""

    details: dict[float, Field] = field(init=False, default_factory=dict)
    """Fields that `noise` and `grain` are cut from, by roughness."""

    def __post_init__(self) -> None:
        smooth = enlarge(self.relief.height, self.frame.shape, self.frame.window_in(self.origin))
        down, right = np.gradient(smooth, self.frame.pixel)
        ruggedness = np.hypot(down, right) * self.frame.pixel
        self.height = smooth + ruggedness * 0.5 * self.noise("crags", 1.4)
        down, right = np.gradient(self.height, self.frame.pixel)
        self.north_rise, self.east_rise = np.asarray(-down), np.asarray(right)
        self.slope = np.hypot(self.north_rise, self.east_rise)
        self.east, self.north = self.frame.offsets(*self.place.centre)

    def noise(self, name: str, roughness: float) -> Field:
        """Noise of standard deviation 1 that lies still on the ground, whatever the frame."""
        lattice = self.place.lattice
        wide = fractal(lattice.shape, generator(self.place.name, name), roughness)
        coarse = enlarge(wide, self.frame.shape, self.frame.window_in(lattice))
        return coarse + np.float32(0.45 / roughness**2) * self._detail(name, roughness)

    def grain(self, name: str) -> Field:
        """Noise with most of its power in single pixels: trees, stones, houses."""
        return self._detail(name, 0.4)

    def _detail(self, name: str, roughness: float) -> Field:
        """Noise of waves too short for the lattice: a shifted copy of one field, which is cheap."""
        kind = min((0.4, 1.0, 1.5), key=lambda known: abs(known - roughness))
        if kind not in self.details:
            longest = 3 * self.place.lattice.pixel / self.frame.pixel if kind > 0.4 else None
            random = generator(self.place.name, kind, self.frame.pixel)
            self.details[kind] = fractal(self.frame.shape, random, kind, longest)
        down, right = generator(self.place.name, name).integers(0, self.frame.shape)
        return np.roll(self.details[kind], (down, right), axis=(0, 1))

    def streams(self, least: float, most: float, width: float) -> Mask:
        """Streams that drain `least` to `most` km2, `width` metres wide; none if far below a pixel."""
        if width < 0.6 * self.frame.pixel:
            return np.zeros(self.frame.shape, dtype=bool)
        points = channels(self.relief, self.origin, self.frame, least, most)
        return stamp(self.frame.shape, points, width / 2 / self.frame.pixel)
