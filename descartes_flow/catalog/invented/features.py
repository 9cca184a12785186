"""What people and rivers draw on the land: channels, roads, parcels, pivots and towns."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from descartes_flow.catalog.invented.frames import Frame
from descartes_flow.catalog.invented.noise import Field, Mask, Points, fractal, generator
from descartes_flow.catalog.invented.relief import Relief


@dataclass(frozen=True, slots=True)
class Town:
    """A place where people live; kilometres east and north of the place's centre."""

    east: float
    north: float
    radius: float


def stamp(shape: tuple[int, int], points: Points, radius: float) -> Mask:
    """Mask of all pixels within `radius` of (row, column) `points`, in pixels; at least the pixel itself."""
    marked = np.zeros(shape, dtype=bool)
    reach = int(radius)
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            if down * down + right * right <= max(radius, 0.5) ** 2:
                rows, columns = np.floor(points + np.array([down, right])).astype(int).T
                known = (rows >= 0) & (rows < shape[0]) & (columns >= 0) & (columns < shape[1])
                marked[rows[known], columns[known]] = True
    return marked


def channels(relief: Relief, origin: Frame, frame: Frame, least: float, most: float = np.inf) -> Points:
    """Points along all streams that drain `least` to `most` km2, dense enough to be stamped.

    Streams on a lattice turn by 45 degrees; they are smoothed along their course first.
    """
    cells = np.flatnonzero(relief.area.ravel() >= least)
    position = np.full(relief.area.size, -1)
    position[cells] = np.arange(cells.size)
    below = position[relief.downstream[cells]]
    course = np.stack(np.unravel_index(cells, relief.area.shape), axis=1) + 0.5
    wiggle = [
        fractal(relief.area.shape, generator("wiggle", k), 1.0, longest=12).ravel()[cells] for k in (0, 1)
    ]
    course = course + 0.45 * np.stack(wiggle, axis=1)
    sources = np.bincount(below, minlength=cells.size)[:, None]
    for _ in range(4):
        above = np.zeros_like(course)
        np.add.at(above, below, course)
        above = np.where(sources > 0, above / np.maximum(sources, 1), course)
        course = 0.25 * above + 0.5 * course + 0.25 * course[below]
    wanted = relief.area.ravel()[cells] < most
    start, stop = course[wanted], course[below][wanted]
    steps = int(np.ceil(2.5 * relief.pixel / frame.pixel))
    along = (np.arange(steps) / steps)[:, None, None]
    points = (start + along * (stop - start)).reshape(-1, 2)
    top, _, left, _ = frame.window_in(origin)
    return np.asarray((points - (top, left)) * (origin.pixel / frame.pixel))


def polyline(
    frame: Frame, centre: tuple[float, float], stops: Iterable[tuple[float, float]], seed: str
) -> Points:
    """Points along a line through `stops` (km east, north of `centre`) that bends on its way."""
    line = np.array(list(stops), dtype=float)
    random = generator(seed, "line")
    while np.hypot(*(line[1:] - line[:-1]).T).max() > 0.5:
        span = line[1:] - line[:-1]
        aside = span[:, ::-1] * (1, -1) * random.normal(0, 0.07, (len(span), 1))
        middle = (line[1:] + line[:-1]) / 2 + aside
        merged = np.empty((len(line) + len(middle), 2))
        merged[::2], merged[1::2] = line, middle
        line = merged
    steps = int(np.ceil(1200 / frame.pixel))
    along = (np.arange(steps) / steps)[:, None, None]
    points = (line[:-1] + along * (line[1:] - line[:-1])).reshape(-1, 2) * 1000
    x, y = centre
    return np.stack([frame.top - y - points[:, 1], x + points[:, 0] - frame.left], axis=1) / frame.pixel


def _shuffled(column: NDArray[np.int64], row: NDArray[np.int64]) -> NDArray[np.intp]:
    """A number from 0 to 4095 for each cell of a lattice, without a pattern that an eye would find."""
    mixed = (column * 73856093) ^ (row * 19349663)
    mixed = ((mixed ^ (mixed >> 13)) * 1274126177) & 0x7FFFFFFF
    return np.asarray((mixed ^ (mixed >> 16)) & 4095, dtype=np.intp)


def parcels(east: Field, north: Field, wide: float, tall: float) -> NDArray[np.intp]:
    """Number of the parcel, 0 to 4095, at each position (km); some parcels are cut in halves."""
    column, row = np.floor(east / wide).astype(np.int64), np.floor(north / tall).astype(np.int64)
    number = _shuffled(column, row)
    cut = (number * 40503 >> 9) & 3
    right = (east / wide - column > 0.5) & (cut == 1)
    upper = (north / tall - row > 0.5) & (cut == 2)
    return np.asarray((number * 31 + right * 1543 + upper * 2741) & 4095, dtype=np.intp)


def circles(east: Field, north: Field, spacing: float, radius: float) -> tuple[Mask, NDArray[np.intp]]:
    """Whether each position lies under a centre pivot, and the pivot's number, 0 to 4095."""
    column, row = np.floor(east / spacing).astype(np.int64), np.floor(north / spacing).astype(np.int64)
    away = np.hypot(east - (column + 0.5) * spacing, north - (row + 0.5) * spacing)
    return away < radius, _shuffled(column, row)


def settled(east: Field, north: Field, towns: Iterable[Town], raggedness: Field) -> Field:
    """How built-up each pixel is: about 1 in the middle of towns, ragged at their edges, 0 outside."""
    density = np.zeros_like(raggedness)
    for town in towns:
        away = np.hypot(east - town.east, north - town.north) / np.float32(town.radius)
        density = np.maximum(density, 1.1 - away + 0.65 * raggedness / (1 + away))
    return np.clip(density, 0, 1)
