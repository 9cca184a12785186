"""Meridians and parallels on tiles: which ones, on which pixel, and what they are called."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from .. import geo
from ..geo import Tile
from ..geo.earth import HALF_EQUATOR, LONLAT, WEB_MERCATOR
from ..geo.tiles import TILE, tile_grid

STEPS = ("90", "45", "30", "15", "10", "5", "2", "1", "0.5", "0.2", "0.1")
"""Degrees between lines; finer ones go on as the last ten times finer."""

CLOSEST = 100
"""Pixels that meridians are apart at least."""


class Line(NamedTuple):
    """A meridian or a parallel that crosses a tile, or passes close by."""

    pixel: int
    """Column of the meridian or row of the parallel, from the tile's upper left; may lie outside."""

    degrees: Decimal


def step(zoom: int) -> Decimal:
    """Degrees between the lines of a zoom: the smallest round step at which meridians are not too close.

    Examples
    --------
    >>> step(5), step(10), step(14)
    (Decimal('5'), Decimal('0.2'), Decimal('0.01'))
    """
    least = Decimal(CLOSEST * 360) / (TILE * 2**zoom)
    return min((degrees for degrees in _steps() if degrees >= least), default=Decimal(STEPS[0]))


def meridians(tile: Tile, margin: int = 0) -> list[Line]:
    """The meridians of a tile and of so many pixels around it, from the west.

    Examples
    --------
    >>> [(line.pixel, str(line.degrees)) for line in meridians(Tile(x=16, y=15, z=5))]
    [(0, '0'), (113, '5'), (227, '10')]
    """
    between = step(tile.z)
    pixels = Decimal(TILE * 2**tile.z)
    left, right = tile.x * TILE - margin, (tile.x + 1) * TILE + margin
    first = -((180 - 360 * left / pixels) // between) - 1
    last = ((360 * right / pixels) - 180) // between + 1
    lines = []
    for number in range(int(first), int(last) + 1):
        degrees = number * between
        column = int((degrees + 180) / 360 * pixels // 1)
        if left <= column < right:
            lines.append(Line(column - tile.x * TILE, (degrees + 180) % 360 - 180))
    return lines


def parallels(tile: Tile, margin: int = 0) -> list[Line]:
    """The parallels of a tile and of so many pixels around it, from the south.

    Examples
    --------
    >>> [(line.pixel, str(line.degrees)) for line in parallels(Tile(x=16, y=15, z=5))]
    [(142, '5'), (27, '10')]
    """
    between = step(tile.z)
    bounds = tile_grid(tile).padded(margin, margin).bounds
    _, (south, north) = geo.crs.project([0, 0], [bounds.bottom, bounds.top], WEB_MERCATOR, LONLAT)
    numbers = range(int(south // float(between)), int(north // float(between)) + 2)
    latitudes = [number * between for number in numbers if abs(number * between) < 90]
    _, y = geo.crs.project(
        [0.0] * len(latitudes), [float(latitude) for latitude in latitudes], LONLAT, WEB_MERCATOR
    )
    edge = 2 * HALF_EQUATOR / (TILE * 2**tile.z)
    rows = np.floor((HALF_EQUATOR - y) / edge).astype(int) - tile.y * TILE
    lines = (Line(int(row), latitude) for row, latitude in zip(rows, latitudes, strict=True))
    return [line for line in lines if -margin <= line.pixel < TILE + margin]


def longitude_name(degrees: Decimal) -> str:
    """What a map calls a meridian.

    Examples
    --------
    >>> longitude_name(Decimal("-105.5")), longitude_name(Decimal(0)), longitude_name(Decimal(-180))
    ('105.5°W', '0°', '180°')
    """
    side = "" if degrees in (0, 180, -180) else "E" if degrees > 0 else "W"
    return f"{abs(degrees):f}°{side}"


def latitude_name(degrees: Decimal) -> str:
    """What a map calls a parallel.

    Examples
    --------
    >>> latitude_name(Decimal("35.50")), latitude_name(Decimal(0))
    ('35.50°N', '0°')
    """
    side = "" if degrees == 0 else "N" if degrees > 0 else "S"
    return f"{abs(degrees):f}°{side}"


def _steps() -> Iterator[Decimal]:
    yield from map(Decimal, STEPS)
    for power in range(1, 7):
        yield from (Decimal(text).scaleb(-power) for text in STEPS[-3:])
