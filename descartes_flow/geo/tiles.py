"""Web-mercator tiles: `Tile` addresses and the grids and extents that they stand for."""

import math
from dataclasses import dataclass

from descartes_flow.errors import TileError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.earth import HALF_EQUATOR, WEB_MERCATOR, WEB_MERCATOR_LATITUDE
from descartes_flow.geo.grid import Grid

MAX_ZOOM = 30

TILE = 256
"""Side of a tile, and so of the world at zoom 0, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """XYZ address of a web-mercator tile; a TMS address needs its ``y`` flipped first.

    The world has no edge in the east: `x` is kept modulo ``2**z``.

    Raises
    ------
    TileError
        If `y` lies outside ``0 .. 2**z - 1``, or `z` outside ``0 .. 30``.

    Examples
    --------
    >>> Tile(x=9, y=2, z=3)
    Tile(x=1, y=2, z=3)
    >>> Tile(x=0, y=8, z=3)
    Traceback (most recent call last):
    ...
    descartes_flow.errors.TileError: Tile(y=): expected a whole number in 0 .. 7 at z=3, got 8
    """

    x: int
    y: int
    z: int

    def __post_init__(self) -> None:
        for name in ("z", "x", "y"):
            number = getattr(self, name)
            if isinstance(number, bool) or not isinstance(number, int):
                raise TileError(f"Tile({name}=): expected a whole number, got {number!r}")
        if not 0 <= self.z <= MAX_ZOOM:
            raise TileError(f"Tile(z=): expected a whole number in 0 .. {MAX_ZOOM}, got {self.z}")
        if not 0 <= self.y < 2**self.z:
            raise TileError(
                f"Tile(y=): expected a whole number in 0 .. {2**self.z - 1} at z={self.z}, got {self.y}"
            )
        object.__setattr__(self, "x", self.x % 2**self.z)


def tile_grid(tile: Tile, size: int = 256, *, all_touched: bool = False) -> Grid:
    """Pixels of a web-mercator tile, as a window of the whole world at its zoom.

    Neighbouring tiles are windows of one grid and so agree about every coordinate bit for bit.

    Parameters
    ----------
    tile : Tile
        XYZ address.
    size : int
        Side of the tile, in pixels.
    all_touched : bool
        Of the grid: whether pixels that a burnt feature merely touches count.

    Examples
    --------
    >>> grid = tile_grid(Tile(x=1, y=2, z=3))
    >>> grid.shape, grid.col_off, grid.xres
    ((256, 256), 256, 19567.87924100512)
    """
    if size < 1:
        raise TileError(f"tile_grid(size=): expected a whole number of pixels above 0, got {size!r}")
    edge = 2 * HALF_EQUATOR / (size * 2**tile.z)
    return Grid(
        crs=WEB_MERCATOR,
        left=-HALF_EQUATOR,
        top=HALF_EQUATOR,
        xres=edge,
        yres=edge,
        rows=size,
        cols=size,
        row_off=tile.y * size,
        col_off=tile.x * size,
        all_touched=all_touched,
    )


def tiles_of_view(left: float, top: float, right: float, bottom: float, zoom: int) -> frozenset[Tile]:
    """The tiles of a zoom that a view touches, as Leaflet asks for them.

    Parameters
    ----------
    left, top, right, bottom : float
        Pixels of the world at `zoom`, which is ``256 * 2**zoom`` wide, from its upper left corner, south
        positive. A view may reach over the antimeridian, where columns wrap around, and beyond the poles,
        where there are no tiles.
    zoom : int

    Returns
    -------
    frozenset of Tile
        Empty for a view without extent.

    Examples
    --------
    >>> sorted((tile.x, tile.y) for tile in tiles_of_view(-10, 300, 256, 400, zoom=2))
    [(0, 1), (3, 1)]
    """
    if right <= left or bottom <= top:
        return frozenset()
    columns = range(math.floor(left / TILE), math.ceil(right / TILE))
    rows = range(max(math.floor(top / TILE), 0), min(math.ceil(bottom / TILE), 2**zoom))
    return frozenset(Tile(x=x, y=y, z=zoom) for x in columns for y in rows)


def whole_zoom(zoom: float) -> int:
    """The zoom of the tiles that a map shows at `zoom`: the nearest whole one, as JavaScript rounds.

    Examples
    --------
    >>> whole_zoom(8.4), whole_zoom(8.5), whole_zoom(9.5)
    (8, 9, 10)
    """
    return math.floor(zoom + 0.5)


def on_web_mercator(latitude: float) -> float:
    """The nearest latitude that web-mercator tiles have, in degrees.

    Examples
    --------
    >>> on_web_mercator(45.0), on_web_mercator(-90.0)
    (45.0, -85.0511287798066)
    """
    return min(max(latitude, -WEB_MERCATOR_LATITUDE), WEB_MERCATOR_LATITUDE)


def tile_bounds(tile: Tile) -> Bounds:
    """Extent of a web-mercator tile, in metres of EPSG:3857.

    References
    ----------
    OGC 17-083r4, tile matrix set ``WebMercatorQuad``.

    Examples
    --------
    >>> tile_bounds(Tile(z=0, x=0, y=0)).right
    20037508.342789244
    """
    return tile_grid(tile).bounds
