"""What a map on the page looks like, by longitude and latitude."""

import io
import json
import math
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.notebook import SECONDS, Notebook

LEAFLET_TILE = 256
"""Side of Leaflet's world at zoom 0, in pixels."""

# A layer counts as drawn when it has tiles, all of them from an address with `part`, loaded and faded in.
# Only layers that have begun to show `part` are looked at: the basemap has tiles of its own.
TILES_ARE_DRAWN = """
part => {
    const layers = [...document.querySelectorAll('.leaflet-layer')]
        .map(layer => [...layer.querySelectorAll('img.leaflet-tile')])
        .filter(tiles => tiles.some(tile => tile.src.includes(part)));
    const drawn = tile => tile.src.includes(part) && tile.complete && tile.naturalWidth > 0
        && tile.classList.contains('leaflet-tile-loaded') && getComputedStyle(tile).opacity === '1';
    return layers.length > 0 && layers.every(tiles => tiles.every(drawn))
        && !document.querySelector('.leaflet-zoom-anim, .leaflet-pan-anim');
}
"""

SIZE_AND_START = """
element => {
    const box = element.getBoundingClientRect();
    return [[element.clientWidth, element.clientHeight], [box.x, box.y]];
}
"""

WITHOUT_CONTROLS = ".leaflet-control-container { visibility: hidden !important; }"

TILES_ON_PAGE = """
() => [...document.querySelectorAll('img.leaflet-tile')]
    .map(tile => tile.className + ' ' + getComputedStyle(tile).opacity + ' ' + tile.src)
"""


@dataclass(frozen=True)
class Place:
    """A point on the ground, in degrees."""

    lon: float
    lat: float


class MapView:
    """The first ipyleaflet map on the page of `notebook`; `variable` is what its kernel calls it.

    Parameters
    ----------
    notebook : Notebook
        Where the map is shown.
    variable : str
        Expression that gives the ``ipyleaflet.Map`` in the kernel, such as ``"m"`` or ``"wf.map"``.
    """

    def __init__(self, notebook: Notebook, variable: str) -> None:
        self.notebook = notebook
        self.variable = variable
        self.container = notebook.page.locator(".leaflet-container").first

    def wait_for_tiles(self, part: str = "", seconds: float = 30) -> None:
        """Wait until the layers with a tile whose address holds `part` show no other, all of them opaque."""
        page = self.notebook.page
        try:
            page.wait_for_function(TILES_ARE_DRAWN, arg=part, timeout=seconds * SECONDS)
        except PlaywrightTimeout as error:
            found = "\n".join(page.evaluate(TILES_ON_PAGE)) or "none"
            raise AssertionError(f"no layer is drawn from {part!r}; tiles on the page:\n{found}") from error

    def screenshot(self) -> Image.Image:
        """What the map's layers look like, without the controls on them, one image pixel per page pixel."""
        return Image.open(io.BytesIO(self.container.screenshot(style=WITHOUT_CONTROLS))).convert("RGB")

    def colours_at(self, *places: Place) -> list[tuple[int, int, int]]:
        """Colours (red, green, blue) of one screenshot at `places`; ValueError if one is out of view."""
        picture = self.screenshot()
        pixels = [self.pixel(place) for place in places]
        for place, (column, row) in zip(places, pixels, strict=True):
            if not (0 <= column < picture.width and 0 <= row < picture.height):
                raise ValueError(f"{place} is at {column}, {row}, outside the map's {picture.size} pixels")
        return [picture.getpixel(pixel) for pixel in pixels]

    def pixel(self, place: Place) -> tuple[int, int]:
        """Column and row of the container's pixel that holds `place`."""
        answer = self.notebook.ask(
            f"import json; print(json.dumps([*{self.variable}.center, {self.variable}.zoom]))"
        )
        lat, lon, zoom = json.loads(answer)
        centre, target = _world_pixel(Place(lon, lat), zoom), _world_pixel(place, zoom)
        size, start = self.container.evaluate(SIZE_AND_START)
        # Leaflet starts its layers on a whole pixel, so the corner is rounded before anything is placed.
        corner = [math.floor(c - side / 2 + 0.5) for c, side in zip(centre, size, strict=True)]
        # Where the container starts within a pixel of the page, the picture has that pixel as a whole, and
        # tiles are drawn from the nearest.
        shift = [math.floor(s + 0.5) - math.floor(s) for s in start]
        column, row = (math.floor(t - c) + s for t, c, s in zip(target, corner, shift, strict=True))
        return column, row


def _world_pixel(place: Place, zoom: float) -> tuple[float, float]:
    """Web-mercator position in pixels from the world's upper-left corner."""
    side = LEAFLET_TILE * 2**zoom
    x = side * (place.lon / 360 + 0.5)
    y = side * (0.5 - math.asinh(math.tan(math.radians(place.lat))) / math.tau)
    return x, y
