"""From the ground and the sky to the numbers that a sensor delivers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from descartes_flow.catalog.invented.landscape import Ground
from descartes_flow.catalog.invented.noise import Field, Mask, generator
from descartes_flow.catalog.invented.radar import backscatter
from descartes_flow.catalog.invented.scenes import SENTINEL_1, Scene
from descartes_flow.catalog.invented.spectra import BANDS
from descartes_flow.catalog.invented.sun import Sun
from descartes_flow.catalog.invented.weather import Sky

SCALE = 0.0001
"""Physical value of one stored step."""

SIGNIFICANT_BITS = 6
"""Stored values keep so many, which lets files pack to half: steps of 3 % at most, and see `LEAST_STEP`."""

LEAST_STEP = 8
"""Reflectances are stored in steps of at least 0.0008, about the noise of a sensor."""

MOST_STORED = 60_000
MASK_NODATA = 255


@dataclass(frozen=True, slots=True)
class Exposure:
    """Pixels of one scene as they are stored."""

    data: NDArray[np.uint16]
    """(band, y, x), 0 outside the footprint and nowhere else."""

    masks: NDArray[np.uint8]
    """(mask, y, x), 255 outside the footprint."""

    corners: NDArray[np.float64]
    """Of the footprint, (corner, 2): column, row."""

    cloud_fraction: float | None
    """Part of the pixels within the footprint that clouds cover; None for radar."""

    sun: Sun | None


def expose(scene: Scene, ground: Ground, latitude: float) -> Exposure:
    """Take the picture of one scene."""
    random = generator(scene.product, scene.id)
    corners = ground.frame.footprint(scene.turn)
    seen = ground.frame.inside(corners)
    day = scene.moment.timetuple().tm_yday
    if scene.product == SENTINEL_1:
        power = backscatter(ground, scene.properties["pass"] == "ASCENDING", day, random)
        none = np.zeros((0, *seen.shape), dtype=np.uint8)
        return Exposure(_stored(power, seen, 1), none, corners, None, None)
    sun = Sun.over(scene.moment.year, day, latitude)
    sky = Sky.over(seen.shape, ground.frame.pixel, sun, scene.clouds, random)
    bands = tuple(BANDS.index(name) for name in scene.sensor.bands)
    layers = sky.above(
        ground.reflectance(sun, bands, _snow_line(day, random)), bands, not scene.sensor.surface
    )
    if scene.sensor.cirrus:
        layers = np.concatenate([layers, (0.0015 + sky.cirrus + 0.012 * sky.opacity)[None]])
    data = _stored(layers, seen, LEAST_STEP)
    flags = {"cloud-mask": sky.clouded, "cirrus-cloud-mask": sky.veiled}
    masks = [np.where(seen, flags[name], MASK_NODATA).astype(np.uint8) for name in scene.sensor.masks]
    fraction = float(sky.clouded[seen].mean())
    return Exposure(data, np.array(masks, dtype=np.uint8).reshape(-1, *seen.shape), corners, fraction, sun)


def _snow_line(day: int, random: np.random.Generator) -> float:
    """Metres above which snow lies: lowest in late January, above all summits in summer."""
    winter = 0.5 + 0.5 * np.cos(2 * np.pi * (day - 25) / 365.25)
    return float(2050 + 3300 * (1 - winter) + random.normal(0, 130))


def _stored(values: Field, seen: Mask, least_step: int) -> NDArray[np.uint16]:
    """Physical values as stored: 0 where nothing is seen, at least `least_step` elsewhere."""
    steps = np.clip(values / np.float32(SCALE), least_step, MOST_STORED)
    _, exponent = np.frexp(steps)
    grain = np.ldexp(np.float32(1), np.maximum(exponent - SIGNIFICANT_BITS, int(np.log2(least_step))))
    return np.where(seen, np.rint(steps / grain) * grain, 0).astype(np.uint16)
