"""The basemap that needs no network: land and sea, meridians and parallels, drawn tile by tile."""

import functools
import hashlib
import itertools
from collections.abc import Callable

import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFont
from shapely.geometry.base import BaseGeometry

from tileserver.source import LayerState, Response, TileRequest

from .. import geo
from ..geo import Tile, tile_bounds
from ..geo.earth import LONLAT, WEB_MERCATOR, WEB_MERCATOR_LATITUDE
from ..geo.tiles import TILE
from ..io.outlines import land
from .graticule import latitude_name, longitude_name, meridians, parallels
from .layers import IMMUTABLE
from .picture import Picture
from .png import encode_png

BASEMAP = "basemap"
"""Name of the layer in the URLs of its tiles."""

VERSION = "1"
"""To be counted up when the drawing changes: browsers keep its tiles."""

Colour = tuple[int, int, int]

PAPER: Colour = (240, 240, 238)
LAND: Colour = (244, 244, 241)
SEA: Colour = (218, 227, 232)
COAST: Colour = (183, 196, 203)
LINE: Colour = (214, 216, 217)
MAIN_LINE: Colour = (190, 194, 197)
"""Equator and prime meridian."""
INK: Colour = (124, 131, 137)

DEEPEST_LAND = 6
"""Zoom down to which there is land and sea: closer by, outlines at 1:110 million would tell lies."""

FINER = 4
"""Pixels per pixel, along either side, in which coasts are drawn to be smooth."""

TEXT_SIZE = 11
WIDEST_LABEL = 90
"""Pixels; labels that begin so far outside a tile may still reach into it."""


class BasemapTiles:
    """The tiles of the basemap, the same for everybody; fulfils `tileserver.source.TileSource`."""

    def state(self, layer: str, version: str) -> LayerState:
        """Whether `version` is the present drawing."""
        return "current" if version == VERSION else "superseded"

    def latest(self, layer: str) -> str | None:
        """The present drawing."""
        return VERSION

    def render_tile(self, request: TileRequest, cancelled: Callable[[], bool]) -> Response:
        """The tile."""
        body = basemap_tile(Tile(x=request.x, y=request.y, z=request.z))
        etag = hashlib.blake2b(body, digest_size=16).hexdigest()
        return Response(body=body, etag=etag, cache_control=IMMUTABLE)

    def broken(self, request: TileRequest, error: Exception) -> Response:
        """A refusal, so that the page stays empty there; the server's log tells why."""
        return Response.refusal(500, "failed")

    def too_slow(self, request: TileRequest, seconds: float) -> Response:
        """A refusal, so that the page stays empty there."""
        return Response.refusal(504, "too slow")

    def held_up(self, request: TileRequest, seconds: float) -> Response:
        """A refusal, so that the page stays empty there."""
        return Response.refusal(503, "held up")


@functools.lru_cache(maxsize=512)  # about 2 MB
def basemap_tile(tile: Tile) -> bytes:
    """A tile of the basemap, as a PNG file of 256 x 256 pixels.

    Down to zoom `DEEPEST_LAND` land and sea have colours of their own. A meridian or parallel is the one
    pixel wide line of the pixels that hold it, so that it runs on in the next tile.
    """
    image = Image.new("RGB", (TILE, TILE), PAPER)
    if tile.z <= DEEPEST_LAND and not land().is_empty:
        _draw_land(image, tile)
    _draw_graticule(ImageDraw.Draw(image), tile)
    return encode_png(Picture(np.asarray(image)))


def _draw_land(image: Image.Image, tile: Tile) -> None:
    around = tile_bounds(tile)
    near = shapely.clip_by_rect(_projected_land(), *around.grown(around.width / 16, around.height / 16))
    side = TILE * FINER
    surface, coast = Image.new("L", (side, side)), Image.new("L", (side, side))
    for polygon in getattr(near, "geoms", [near]):
        outside, *holes = [_pixels(ring, tile) for ring in _rings(polygon)] or [[]]
        if outside:
            ImageDraw.Draw(surface).polygon(outside, fill=255)
        for hole in holes:
            ImageDraw.Draw(surface).polygon(hole, fill=0)
        for ring in (outside, *holes):
            ImageDraw.Draw(coast).line(ring, fill=255, width=FINER)
    image.paste(SEA, (0, 0, TILE, TILE))
    for colour, mask in ((LAND, surface), (COAST, coast)):
        image.paste(colour, (0, 0), mask.resize((TILE, TILE), Image.Resampling.BOX))


@functools.cache
def _projected_land() -> BaseGeometry:
    limit = WEB_MERCATOR_LATITUDE
    shown = shapely.clip_by_rect(land(), -180, -limit, 180, limit)
    return geo.cutlines.bent(shown, LONLAT, WEB_MERCATOR)


def _rings(polygon: BaseGeometry) -> list[BaseGeometry]:
    if not isinstance(polygon, shapely.Polygon) or polygon.is_empty:
        return []
    return [polygon.exterior, *polygon.interiors]


def _pixels(ring: BaseGeometry, tile: Tile) -> list[tuple[float, float]]:
    """The points of a ring in fine pixels, from the tile's upper left."""
    bounds = tile_bounds(tile)
    scale = TILE * FINER / bounds.width
    x, y = shapely.get_coordinates(ring).T
    return list(zip((x - bounds.left) * scale, (bounds.top - y) * scale, strict=True))


def _draw_graticule(draw: ImageDraw.ImageDraw, tile: Tile) -> None:
    across, along = meridians(tile, WIDEST_LABEL), parallels(tile, WIDEST_LABEL)
    for main in (False, True):
        colour = MAIN_LINE if main else LINE
        for column, longitude in across:
            if main == (longitude == 0):
                draw.line((column, 0, column, TILE - 1), fill=colour)
        for row, latitude in along:
            if main == (latitude == 0):
                draw.line((0, row, TILE - 1, row), fill=colour)
    font = ImageFont.load_default(TEXT_SIZE)
    for (column, longitude), (row, latitude) in itertools.product(across, along):
        draw.text((column + 4, row - 3), latitude_name(latitude), INK, font, anchor="ls")
        draw.text((column + 4, row + 4), longitude_name(longitude), INK, font, anchor="lt")
