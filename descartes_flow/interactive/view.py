"""What a map shows: where, and in how many pixels."""

import math
from collections.abc import Mapping, Sequence
from typing import Any as AnyValue
from typing import NamedTuple

from .. import geo
from ..errors import ContextError
from ..geo import AOI, Bounds, Tile, tiles_of_view
from ..geo.context import AUTO_UTM
from ..geo.earth import HALF_EQUATOR, LONLAT, WEB_MERCATOR, WEB_MERCATOR_LATITUDE
from ..geo.tiles import TILE, on_web_mercator, tile_bounds, whole_zoom

SLIVER = 2
"""Pixels at the edge of a map that may lack a tile: Leaflet rounds whole pixels in another way."""

DEEPEST_ZOOM = 22

ASSUMED_SIZE = (960, 400)
"""Width and height, in pixels, of a map that no browser has drawn yet."""


class View(NamedTuple):
    """The part of the world that a map shows."""

    bounds: Bounds
    """Degrees. May reach over the antimeridian, and over the edge of the world."""

    width: int
    """Pixels."""

    height: int

    def context(
        self, resolution: float | None = None, shape: tuple[int, int] | None = None, crs: str = WEB_MERCATOR
    ) -> AOI:
        """The context of the view, within the one world that web mercator has.

        Parameters
        ----------
        resolution : float, optional
            Edge of a pixel, in units of `crs`. Give either this or `shape`.
        shape : (int, int), optional
            ``(rows, cols)`` to fit into; by default those of the view.
        crs : str

        Raises
        ------
        RuntimeError
            If both resolution and shape are given.
        """
        _check(resolution, shape, crs)
        if resolution is None and shape is None:
            shape = (self.height, self.width)
        return AOI(
            resolution=resolution,
            shape=shape,
            crs=crs,
            align_pixels=False,
            bounds=_within_the_world(self.bounds),
            bounds_crs=LONLAT,
        )


def assumed_view(center: Sequence[float], zoom: float) -> View:
    """What a map of an assumed size shows.

    Parameters
    ----------
    center : (float, float)
        Latitude and longitude, degrees.
    zoom : float

    Examples
    --------
    >>> assumed_view((0.0, 0.0), 8).bounds.right  # 480 pixels of 360 / 65536 degrees
    2.63671875
    """
    width, height = ASSUMED_SIZE
    world = TILE * 2**zoom
    latitude, longitude = center
    degrees = width / 2 / world * 360  # longitudes grow evenly, and may grow over the edge of the world
    metres = height / 2 / world * 2 * HALF_EQUATOR
    _, (y,) = geo.crs.project([0.0], [on_web_mercator(latitude)], LONLAT, WEB_MERCATOR)
    _, (south, north) = geo.crs.project([0.0, 0.0], [y - metres, y + metres], WEB_MERCATOR, LONLAT)
    bounds = Bounds(longitude - degrees, float(south), longitude + degrees, float(north))
    return View(bounds, width, height)


def shown_tiles(bounds: Bounds, pixels: Bounds) -> frozenset[Tile]:
    """The tiles that a layer needs to cover a map, at the whole zoom that is nearest to the map's.

    Parameters
    ----------
    bounds : Bounds
        What the map shows, degrees.
    pixels : Bounds
        The same in pixels of the world, from its upper left corner; ``top`` is less than ``bottom``.

    Examples
    --------
    >>> shown = shown_tiles(Bounds(0.0, 0.0, 90.0, 66.51), Bounds(left=512, bottom=512, right=768, top=256))
    >>> shown  # 256 pixels for 90 degrees: zoom 2
    frozenset({Tile(x=2, y=1, z=2)})
    """
    zoom = math.log2((pixels.right - pixels.left) / (bounds.right - bounds.left) * 360 / TILE)
    whole = whole_zoom(zoom)
    scale = 2 ** (whole - zoom)
    left, bottom, right, top = (side * scale for side in pixels)
    return tiles_of_view(left + SLIVER, top + SLIVER, right - SLIVER, bottom - SLIVER, whole)


def reaches(corners: Sequence[Sequence[float]], tile: Tile) -> bool:
    """Whether a layer with these ``bounds`` has a tile there, as Leaflet sees it.

    Parameters
    ----------
    corners : sequence of (latitude, longitude)
        Two of them, opposite to each other, in degrees.
    tile : Tile

    Examples
    --------
    >>> corners = ((0, 0), (10, 90))
    >>> [tile for tile in tiles_of_view(0, 0, 1024, 1024, zoom=2) if reaches(corners, tile)]
    [Tile(x=2, y=1, z=2)]
    """
    latitudes, longitudes = zip(*corners, strict=True)
    limit = WEB_MERCATOR_LATITUDE
    ends = [min(max(latitude, -limit), limit) for latitude in (min(latitudes), max(latitudes))]
    _, (bottom, top) = geo.crs.project([0.0, 0.0], ends, LONLAT, WEB_MERCATOR)
    left, right = (end / 180 * HALF_EQUATOR for end in (min(longitudes), max(longitudes)))
    around = tile_bounds(tile)
    touched = SLIVER / TILE * around.width
    across = min(around.right, right) - max(around.left, left)
    down = min(around.top, top) - max(around.bottom, bottom)
    return bool(min(across, down) > touched)


def area_context(
    area: Mapping[str, AnyValue],
    zoom: float,
    resolution: float | None = None,
    shape: tuple[int, int] | None = None,
    crs: str = WEB_MERCATOR,
) -> AOI:
    """The context of an area, cut out by it.

    Parameters
    ----------
    area : mapping
        A GeoJSON geometry.
    zoom : float
        Gives the resolution where neither `resolution` nor `shape` does: that of the map in the middle of
        the area.
    resolution, shape, crs
        As of `View.context`.

    Raises
    ------
    RuntimeError
        If both resolution and shape are given.

    Examples
    --------
    >>> ring = [[15, 45], [15.1, 45], [15.1, 45.1], [15, 45.1], [15, 45]]
    >>> area_context({"type": "Polygon", "coordinates": [ring]}, 10, crs="utm", resolution=1000).arr_shape
    (11, 8)
    """
    _check(resolution, shape, crs)
    context = AOI(geometry=area, resolution=resolution, shape=shape, crs=crs, align_pixels=False)
    if resolution is None and shape is None:
        _, latitude = Bounds(*context.outline().bounds).centre
        context = context.assign(resolution=resolution_at(zoom, str(context.crs), latitude))
    return context


def resolution_at(zoom: float, crs: str, latitude: float) -> float:
    """Edge of a pixel of the map at a latitude, in units of `crs`.

    Parameters
    ----------
    zoom : float
    crs : str
        In the form of an AOI. In web mercator all pixels of a zoom are equal; in other CRSs it counts how
        large they are on the ground.
    latitude : float
        Degrees.

    Examples
    --------
    >>> round(resolution_at(10, "EPSG:3857", 60.0), 3), round(resolution_at(10, "utm", 60.0), 3)
    (152.874, 76.437)
    """
    edge = 2 * HALF_EQUATOR / (TILE * 2**zoom)
    if crs == WEB_MERCATOR:
        return edge
    metres = edge * math.cos(math.radians(latitude))
    return metres if crs == AUTO_UTM else metres / geo.crs.metres_per_unit(crs)


def framing(bounds: Bounds, width: int, height: int) -> tuple[tuple[float, float], int]:
    """Centre (latitude, longitude) and whole zoom at which a map of so many pixels shows all of `bounds`.

    Examples
    --------
    >>> framing(Bounds(15.0, 0.0, 16.0, 0.0001), 960, 400)  # 728 pixels at zoom 10, 1456 at 11
    ((5...e-05, 15.5), 10)
    """
    latitudes = [on_web_mercator(bounds.bottom), on_web_mercator(bounds.top)]
    _, (south, north) = geo.crs.project([0.0, 0.0], latitudes, LONLAT, WEB_MERCATOR)
    metres = bounds.width / 180 * HALF_EQUATOR
    wanted = max(metres / width, (north - south) / height)
    zoom = min(math.floor(math.log2(2 * HALF_EQUATOR / TILE / wanted)), DEEPEST_ZOOM)
    _, (latitude,) = geo.crs.project([0.0], [(south + north) / 2], WEB_MERCATOR, LONLAT)
    return (float(latitude), bounds.centre[0]), max(zoom, 0)


def _check(resolution: object, shape: object, crs: object) -> None:
    if resolution is not None and shape is not None:
        raise RuntimeError(
            f"geocontext(resolution=, shape=): expected one of them, got {resolution!r} and {shape!r}"
        )
    if crs is None:
        raise ContextError("geocontext(crs=): expected a CRS such as 'EPSG:32633', or 'utm', got None")


def _within_the_world(bounds: Bounds) -> Bounds:
    """The bounds moved by whole turns to where their middle lies in -180 .. 180, and cut there."""
    turns = 360 * ((bounds.centre[0] + 180) // 360)
    return Bounds(
        max(bounds.left - turns, -180.0),
        max(bounds.bottom, -WEB_MERCATOR_LATITUDE),
        min(bounds.right - turns, 180.0),
        min(bounds.top, WEB_MERCATOR_LATITUDE),
    )
