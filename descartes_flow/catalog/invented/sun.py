"""Where the sun stands when a satellite passes."""

from dataclasses import dataclass

import numpy as np

from descartes_flow.catalog.invented.noise import Field


@dataclass(frozen=True, slots=True)
class Sun:
    """The sun over a place; angles in degrees."""

    year: int
    day: int
    """Day of the year, from 1."""

    elevation: float
    azimuth: float
    """Clockwise from north."""

    @classmethod
    def over(cls, year: int, day: int, latitude: float, hour: float = 10.6) -> "Sun":
        """The sun at `hour` of local solar time.

        Examples
        --------
        >>> june, january = Sun.over(2018, 172, 35.7), Sun.over(2018, 15, 35.7)
        >>> round(june.elevation), round(january.elevation)
        (68, 30)
        """
        declination = np.radians(-23.44) * np.cos(2 * np.pi * (day + 10) / 365.25)
        turn, north = np.radians(15 * (hour - 12)), np.radians(latitude)
        up = np.sin(north) * np.sin(declination) + np.cos(north) * np.cos(declination) * np.cos(turn)
        east = -np.cos(declination) * np.sin(turn)
        northward = np.cos(north) * np.sin(declination) - np.sin(north) * np.cos(declination) * np.cos(turn)
        azimuth = np.degrees(np.arctan2(east, northward)) % 360
        return cls(year, day, float(np.degrees(np.arcsin(up))), float(azimuth))

    def direction(self) -> tuple[float, float, float]:
        """Unit vector towards the sun: east, north, up."""
        level, azimuth = np.cos(np.radians(self.elevation)), np.radians(self.azimuth)
        up = np.sin(np.radians(self.elevation))
        return float(level * np.sin(azimuth)), float(level * np.cos(azimuth)), float(up)

    def shading(self, east_rise: Field, north_rise: Field) -> Field:
        """Light on slopes, relative to level ground; skylight keeps shadows from going black."""
        east, north, up = self.direction()
        facing = (up - east * east_rise - north * north_rise) / np.sqrt(1 + east_rise**2 + north_rise**2)
        return np.asarray(0.22 + 0.78 * np.clip(facing, 0, None) / up, dtype=np.float32)

    def shadow_offset(self, height: float, pixel: float) -> tuple[int, int]:
        """Rows down and columns right by which the shadow of something `height` metres up is displaced."""
        east, north, up = self.direction()
        return round(north / up * height / pixel), round(-east / up * height / pixel)
