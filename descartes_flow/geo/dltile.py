"""`DLTile`: square tiles of a fixed grid in each UTM zone."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import descartes_flow.geo as geo
from descartes_flow._settings import settings
from descartes_flow.errors import ContextError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.earth import LONLAT
from descartes_flow.geo.fields import finite, flag, positive, whole
from descartes_flow.geo.grid import Grid
from descartes_flow.geo.gridded import Gridded

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

CENTRAL_MERIDIAN = 500000.0
"""Easting of a zone's central meridian, where column 0 begins."""

FARTHEST = 10**9
"""Bound for tile numbers, far beyond the earth, so that their coordinates stay exact."""

_KEY = re.compile(r"(\d+):(\d+):(\d+(?:\.\d*)?(?:e[+-]?\d+)?):(\d+):(-?\d+):(-?\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class DLTile(Gridded):
    """A square of the grid that starts at the central meridian and the equator of a UTM zone.

    The CRS is that of the *northern* half of the zone everywhere, without a false northing: tiles in the
    south have negative northings.

    Raises
    ------
    ContextError
        If a field describes no tile; the message names it.

    Examples
    --------
    >>> tile = DLTile.from_key("512:0:10.0:36:-65:216")
    >>> tile.grid().crs, tile.arr_shape, tile.gdal_geotrans
    ('EPSG:32636', (512, 512), (167200.0, 10.0, 0.0, 1111040.0, 0.0, -10.0))
    >>> DLTile.from_latlon(45.8, 15.97, resolution=10, tilesize=512, pad=16).key
    '512:16:10.0:33:14:990'
    """

    tilesize: int
    """Pixels along a side, without the padding."""
    pad: int
    """Pixels added on every side."""
    resolution: float
    """Edge of a pixel, in metres."""
    zone: int
    """UTM zone, 1 .. 60."""
    ti: int
    """Number of the column, growing eastward from the central meridian."""
    tj: int
    """Number of the row, growing northward from the equator."""
    all_touched: bool = False

    def __post_init__(self) -> None:
        most = settings.max_side
        checked = {
            "tilesize": whole("DLTile(tilesize=)", self.tilesize, 1, most),
            "pad": whole("DLTile(pad=)", self.pad, 0, most),
            "resolution": positive("DLTile(resolution=)", self.resolution, "edge of a pixel in metres"),
            "zone": whole("DLTile(zone=)", self.zone, 1, 60),
            "ti": whole("DLTile(ti=)", self.ti, -FARTHEST, FARTHEST),
            "tj": whole("DLTile(tj=)", self.tj, -FARTHEST, FARTHEST),
            "all_touched": flag("DLTile(all_touched=)", self.all_touched),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        if self.tilesize + 2 * self.pad > most:
            raise ContextError(
                f"DLTile(tilesize=, pad=): expected at most settings.max_side = {most} pixels a side, got "
                f"{self.tilesize} + 2 * {self.pad}"
            )

    @classmethod
    def from_key(cls, key: str, all_touched: bool = False) -> "DLTile":
        """The tile of a key ``tilesize:pad:resolution:zone:ti:tj``.

        Raises
        ------
        ContextError
            If the key is not of that form.
        """
        found = _KEY.fullmatch(str(key))
        if found is None:
            raise ContextError(
                "DLTile.from_key(key=): expected 'tilesize:pad:resolution:zone:ti:tj' such as "
                f"'512:0:10.0:36:-65:216', got {key!r}"
            )
        tilesize, pad, resolution, zone, ti, tj = found.groups()
        return cls(int(tilesize), int(pad), float(resolution), int(zone), int(ti), int(tj), all_touched)

    @classmethod
    def from_latlon(cls, lat: float, lon: float, resolution: float, tilesize: int, pad: int = 0) -> "DLTile":
        """The tile that holds a point (degrees, WGS84).

        Zones are plain strips of 6 degrees, without the exceptions of Norway and Svalbard.

        Raises
        ------
        ContextError
            If `lat` lies outside -90 .. 90, or another argument describes no tile.
        """
        lat, lon = finite("DLTile.from_latlon(lat=)", lat), finite("DLTile.from_latlon(lon=)", lon)
        if not -90 <= lat <= 90:
            raise ContextError(
                f"DLTile.from_latlon(lat=): expected degrees in -90 .. 90, got {lat}; lat comes first"
            )
        lon = lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
        start = cls(tilesize, pad, resolution, min(math.floor((lon + 180) / 6) + 1, 60), 0, 0)
        x, y = geo.crs.project([lon], [lat], LONLAT, start.crs)
        ti = math.floor((float(x[0]) - CENTRAL_MERIDIAN) / start.side)
        return replace(start, ti=ti, tj=math.floor(float(y[0]) / start.side))

    @classmethod
    def from_shape(cls, shape: object, resolution: float, tilesize: int, pad: int = 0) -> "list[DLTile]":
        """All tiles that a geometry meets; see `iter_from_shape`."""
        return list(cls.iter_from_shape(shape, resolution, tilesize, pad))

    @classmethod
    def iter_from_shape(
        cls, shape: object, resolution: float, tilesize: int, pad: int = 0
    ) -> "Iterator[DLTile]":
        """Tiles that a geometry meets, one by one: zones eastward, in each the rows southward.

        Each tile covers, without its padding, some of the part of the geometry that lies in its own zone.
        Tiles that a polygon overlaps by less than a hundredth of a pixel are left out.

        Parameters
        ----------
        shape : GeoJSON mapping or object with ``__geo_interface__``
            WGS84; Features and FeatureCollections count as their geometries.
        resolution : float
            Edge of a pixel, in metres.
        tilesize : int
            Pixels along a side, without the padding.
        pad : int
            Pixels added on every side.

        Examples
        --------
        >>> around_zagreb = {"type": "Polygon", "coordinates":
        ...     [[[15.9, 45.7], [16.1, 45.7], [16.1, 45.9], [15.9, 45.9], [15.9, 45.7]]]}
        >>> len(list(DLTile.iter_from_shape(around_zagreb, resolution=10, tilesize=2048)))
        4
        """
        geometry = geo.cutlines.read_geometry(shape, "DLTile.from_shape(shape=)")
        first = cls(tilesize, pad, resolution, 1, 0, 0)
        return (
            replace(first, zone=zone, ti=ti, tj=tj)
            for zone, part in geo.coverings.utm_strips(geometry, first.resolution)
            for tj, ti in geo.coverings.squares_met(
                part, CENTRAL_MERIDIAN, first.side, 0.01 * first.resolution
            )
        )

    def subtile(
        self, subdivide: int, resolution: float | None = None, pad: int | None = None
    ) -> "Iterator[DLTile]":
        """The `subdivide` x `subdivide` tiles that this one, without its padding, consists of, row by row.

        Parameters
        ----------
        subdivide : int
            Tiles along a side.
        resolution : float, optional
            Edge of their pixels; default: the same.
        pad : int, optional
            Their padding; default: the same.

        Raises
        ------
        ContextError
            If the side of a tile would not be a whole number of pixels.

        Examples
        --------
        >>> [(tile.ti, tile.tj) for tile in DLTile.from_key("512:0:10.0:36:-65:216").subtile(2)]
        [(-130, 433), (-129, 433), (-130, 432), (-129, 432)]
        """
        subdivide = whole("DLTile.subtile(subdivide=)", subdivide, 1, self.tilesize)
        edge = (
            self.resolution
            if resolution is None
            else positive("DLTile.subtile(resolution=)", resolution, "metres")
        )
        pixels = self.side / (subdivide * edge)
        if round(pixels) < 1 or not math.isclose(pixels, round(pixels), rel_tol=1e-9):
            raise ContextError(
                f"DLTile.subtile(subdivide=): expected a number that divides {self.side} m into whole pixels "
                f"of {edge} m, got {subdivide} ({pixels:.6g} pixels)"
            )
        first = replace(self, tilesize=round(pixels), resolution=edge, pad=self.pad if pad is None else pad)
        columns = range(self.ti * subdivide, (self.ti + 1) * subdivide)
        rows = range((self.tj + 1) * subdivide - 1, self.tj * subdivide - 1, -1)
        return (replace(first, ti=ti, tj=tj) for tj in rows for ti in columns)

    @property
    def key(self) -> str:
        """``tilesize:pad:resolution:zone:ti:tj``."""
        return f"{self.tilesize}:{self.pad}:{self.resolution}:{self.zone}:{self.ti}:{self.tj}"

    @property
    def side(self) -> float:
        """Metres along a side, without the padding."""
        return self.tilesize * self.resolution

    @property
    def crs(self) -> str:
        """The northern CRS of the zone."""
        return f"EPSG:{32600 + self.zone}"

    def grid(self) -> Grid:
        """The pixels of the tile and its padding, as a window of the zone's: neighbours agree bit for bit."""
        return Grid(
            crs=self.crs,
            left=CENTRAL_MERIDIAN,
            top=0.0,
            xres=self.resolution,
            yres=self.resolution,
            rows=self.tilesize + 2 * self.pad,
            cols=self.tilesize + 2 * self.pad,
            row_off=-(self.tj + 1) * self.tilesize - self.pad,
            col_off=self.ti * self.tilesize - self.pad,
            all_touched=self.all_touched,
        )

    @property
    def projected_bounds(self) -> Bounds:
        """Extent with the padding, in metres of the CRS."""
        return self.grid().bounds

    def outline(self) -> "BaseGeometry":
        """Outline of the tile with its padding, in WGS84."""
        return geo.footprints.footprint(self.projected_bounds, self.crs)

    def geocontext_arguments(self) -> tuple[str | None, dict[str, Any]]:
        """``from_dltile_key`` and what it needs."""
        return "from_dltile_key", {"key": self.key, "all_touched": self.all_touched}

    def to_dict(self) -> dict[str, Any]:
        """Key, fields and what was derived from them."""
        return {
            "geometry": self.__geo_interface__,
            "key": self.key,
            "resolution": self.resolution,
            "tilesize": self.tilesize,
            "pad": self.pad,
            "zone": self.zone,
            "ti": self.ti,
            "tj": self.tj,
            "crs": self.crs,
            "bounds": tuple(self.projected_bounds),
            "bounds_crs": self.crs,
            "shape": self.arr_shape,
            "align_pixels": False,
            "all_touched": self.all_touched,
            **self._derived(),
        }
