"""Where the generated scenes lie, and the areas that the workloads show."""

from typing import NamedTuple

from rasterio.warp import transform

from descartes_flow.geo import AOI, Tile
from descartes_flow.geo.earth import HALF_EQUATOR, WEB_MERCATOR

CRS = "EPSG:32633"
LEFT, TOP, PIXEL, SIDE = 499_980, 5_000_040, 10, 4096
"""Upper left corner in metres, pixel size in metres, and pixels on a side: by 15 E, 45 N."""

SCENES = 24

SHOWN = (2560, 2304)
"""Column and row of a pixel in all tiles: on a boundary of blocks, as the usual tile has one or two."""

COMPOSITE_SIDE = 2048


class Place(NamedTuple):
    """A spot in the CRS of some imagery."""

    x: float
    y: float
    crs: str


MIDDLE = Place(LEFT + PIXEL * SHOWN[0], TOP - PIXEL * SHOWN[1], CRS)


def tile_at(place: Place, zoom: int) -> Tile:
    """The web-mercator tile that holds a place."""
    (x,), (y,) = transform(place.crs, WEB_MERCATOR, [place.x], [place.y])
    side = 2 * HALF_EQUATOR / 2**zoom
    return Tile(x=int((x + HALF_EQUATOR) // side), y=int((HALF_EQUATOR - y) // side), z=zoom)


def pan(place: Place, zoom: int, side: int = 8) -> list[Tile]:
    """The tiles of a square view, in the order in which a map asks: from the middle outwards."""
    middle = tile_at(place, zoom)
    steps = [(x - side // 2, y - side // 2) for y in range(side) for x in range(side)]
    steps.sort(key=lambda step: (step[0] + 0.5) ** 2 + (step[1] + 0.5) ** 2)
    return [Tile(x=middle.x + x, y=middle.y + y, z=zoom) for x, y in steps]


def mercator_area(side: int = COMPOSITE_SIDE) -> AOI:
    """A square of pixels of about 10 m on the ground, in the CRS of maps."""
    (x,), (y,) = transform(MIDDLE.crs, WEB_MERCATOR, [MIDDLE.x - 1280], [MIDDLE.y])
    return _square(x, y, 14.0, WEB_MERCATOR, side)


def aligned_area(side: int = COMPOSITE_SIDE) -> AOI:
    """A square of the scenes' own pixels."""
    middle = SIDE // 2
    return _square(LEFT + PIXEL * middle, TOP - PIXEL * middle, PIXEL, CRS, side)


def _square(x: float, y: float, resolution: float, crs: str, side: int) -> AOI:
    half = side / 2 * resolution
    bounds = (x - half, y - half, x + half, y + half)
    return AOI(bounds=bounds, bounds_crs=crs, crs=crs, resolution=resolution, align_pixels=False)
