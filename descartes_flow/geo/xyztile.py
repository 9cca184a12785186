"""`XYZTile`: a web-mercator tile as a context."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import descartes_flow.geo as geo
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.fields import flag
from descartes_flow.geo.grid import Grid
from descartes_flow.geo.gridded import Gridded
from descartes_flow.geo.tiles import Tile, tile_bounds, tile_grid

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

TILESIZE = 256


@dataclass(frozen=True, slots=True)
class XYZTile(Gridded):
    """256 x 256 pixels of EPSG:3857: what one map tile shows.

    Raises
    ------
    TileError
        If `y` or `z` lies outside the tile matrix; `x` goes around the earth.

    Examples
    --------
    >>> tile = XYZTile(1, 2, 3)
    >>> tile.arr_shape, [round(degrees, 4) for degrees in tile.outline().bounds]
    ((256, 256), [-135.0, 40.9799, -90.0, 66.5133])
    """

    x: int
    y: int
    z: int
    all_touched: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", self.tile.x)
        flag("XYZTile(all_touched=)", self.all_touched)

    @property
    def tile(self) -> Tile:
        """The address alone."""
        return Tile(x=self.x, y=self.y, z=self.z)

    def grid(self) -> Grid:
        """The pixels of the tile, as a window of the world's."""
        return tile_grid(self.tile, TILESIZE, all_touched=self.all_touched)

    @property
    def projected_bounds(self) -> Bounds:
        """Extent in metres of EPSG:3857."""
        return tile_bounds(self.tile)

    def outline(self) -> "BaseGeometry":
        """Longitude and latitude box of the tile."""
        return geo.footprints.lonlat_box(self.projected_bounds, self.grid().crs)

    def geocontext_arguments(self) -> tuple[str | None, dict[str, Any]]:
        """``from_xyz_tile`` and what it needs."""
        return "from_xyz_tile", {"x": self.x, "y": self.y, "z": self.z, "all_touched": self.all_touched}

    def to_dict(self) -> dict[str, Any]:
        """Address, fields and what was derived from them."""
        grid = self.grid()
        return {
            "x": self.x,
            "y": self.y,
            "z": self.z,
            "geometry": self.__geo_interface__,
            "tilesize": TILESIZE,
            "resolution": grid.xres,
            "crs": grid.crs,
            "bounds": tuple(grid.bounds),
            "bounds_crs": grid.crs,
            "shape": grid.shape,
            "align_pixels": False,
            "all_touched": self.all_touched,
            **self._derived(),
        }
