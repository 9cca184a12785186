"""What a map shows at a point: the pixel of a tile that holds it, and the values it is painted from."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .._settings import settings
from ..engine.compute import default_runner
from ..errors import DescartesFlowError, JobCancelled
from ..geo import Grid, Tile, crs, tile_grid
from ..geo.earth import LONLAT, WEB_MERCATOR, WEB_MERCATOR_LATITUDE
from ..geo.tiles import whole_zoom
from ..graph import Node
from ..ops.metadata import ImageProperties
from ..steps.raster import Raster
from .layers import LAYERS

TILE = 256
NOTHING, LATE, FAILED, NO_IMAGE, LOADING = "∅", "⏱", "💥", "❓", "..."
"""What is shown in place of a value: masked or empty; not in time; an error; no imagery; not there yet."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point, and the pixel that holds it of the web-mercator tiles of a zoom.

    Attributes
    ----------
    lon, lat : float
        Degrees; longitude in -180 .. 180.
    tile : Tile
    row, col : int
        Of the pixel in its tile, from the upper left one.
    """

    lon: float
    lat: float
    tile: Tile
    row: int
    col: int

    @property
    def grid(self) -> Grid:
        """The one pixel."""
        return tile_grid(self.tile).window(self.row, self.col, 1, 1)

    @property
    def metres(self) -> float:
        """Edge of the pixel on the ground."""
        return self.grid.xres * math.cos(math.radians(self.lat))


def spot_at(lon: float, lat: float, zoom: float) -> Spot:
    """The pixel that holds a point, on a map at this zoom.

    Parameters
    ----------
    lon, lat : float
        Degrees; longitudes go around the earth.
    zoom : float
        Tiles of the nearest whole zoom are those that a map shows.

    Raises
    ------
    ValueError
        If the point lies beyond the web-mercator world.

    Examples
    --------
    >>> spot = spot_at(181.0, 0.0, 3)
    >>> spot.lon, spot.tile, (spot.row, spot.col)
    (-179.0, Tile(x=0, y=4, z=3), (0, 5))
    """
    if not (math.isfinite(lon) and abs(lat) <= WEB_MERCATOR_LATITUDE):  # nan is not within either
        raise ValueError(
            f"spot_at(lon=, lat=): expected degrees, with a latitude of at most "
            f"{WEB_MERCATOR_LATITUDE:.4f} north or south, got {lon!r} and {lat!r}"
        )
    lon -= 360 * ((lon + 180) // 360)
    level = whole_zoom(zoom)
    (x,), (y,) = crs.project([lon], [lat], LONLAT, WEB_MERCATOR)
    row, col = tile_grid(Tile(x=0, y=0, z=level)).coords_to_index(float(x), float(y))
    row = min(max(row, 0), TILE * 2**level - 1)  # the edge of the world belongs to its last pixel
    return Spot(lon, lat, Tile(x=col // TILE, y=row // TILE, z=level), row % TILE, col % TILE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one layer has at a spot.

    Attributes
    ----------
    values : dict of str to (float or None)
        By band; None where the pixel is masked.
    units : dict of str to str
        By band, where they are known.
    date : str
        ISO day of the image, where it has one.
    sign : str
        What stands in place of values, or "".
    note : str
        Why, or what else there is to say.
    """

    values: dict[str, float | None] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    date: str = ""
    sign: str = ""
    note: str = ""

    def cells(self) -> list[tuple[str, str, str]]:
        """Band, value and unit as texts, one row per band; a single row where there are no values.

        Examples
        --------
        >>> Reading({"ndvi": 0.25, "count": None}, {"count": "1"}).cells()
        [('ndvi', '0.25', ''), ('count', '∅', '')]
        >>> Reading(sign="❓").cells()
        [('', '❓', '')]
        """
        if self.sign:
            return [("", self.sign, "")]
        return [
            (band, NOTHING, "") if value is None else (band, f"{value:.6g}", self.units.get(band, ""))
            for band, value in self.values.items()
        ]


def read_spot(program: Node, spot: Spot, cancelled: Callable[[], bool] = lambda: False) -> Reading:
    """The values that a tile is painted from, at one spot; computed unless the tile is kept.

    Parameters
    ----------
    program : Node
        A program without parameters that gives an Image.
    spot : Spot
    cancelled : callable
        Whether nobody waits for it any more.

    Returns
    -------
    Reading
        A failure is one, too.

    Raises
    ------
    JobCancelled
        If it was cancelled.
    """
    deadline = time.monotonic() + settings.tile_seconds
    runner = default_runner()
    runner.cancelled = lambda: cancelled() or time.monotonic() > deadline
    runner.skip_errors = True
    try:
        raster, pixels = LAYERS.pixels(program, spot.tile, runner)
    except JobCancelled:
        if cancelled():
            raise
        return Reading(sign=LATE, note=f"not ready after {settings.tile_seconds:g} s")
    except DescartesFlowError as error:
        return Reading(sign=FAILED, note=str(error))
    note = "; ".join(str(issue) for issue in runner.issues)
    if pixels is None:
        return Reading(sign=NOTHING, note=note or "an empty image")
    row, col = spot.row, spot.col
    hidden = [False] * len(raster.bands) if pixels.mask is None else pixels.mask[:, row, col].tolist()
    found = zip(raster.bands, pixels.data[:, row, col].tolist(), hidden, strict=True)
    values = {band: None if masked else float(value) for band, value, masked in found}
    return Reading(values, units_of(raster), _date(raster), note=note)


def units_of(raster: Raster) -> dict[str, str]:
    """Units by band, where they are known."""
    info = raster.bandinfo.get()
    units = {band: info.get(band, {}).get("unit") for band in raster.bands}
    return {band: unit for band, unit in units.items() if isinstance(unit, str)}


def _date(raster: Raster) -> str:
    date: Any = ImageProperties(raster).plain().get("date")
    return date.date().isoformat() if hasattr(date, "date") else ""
