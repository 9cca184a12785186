"""Pictures of whole maps, put together of the tiles that a browser would get."""

from __future__ import annotations

import concurrent.futures
import io
import logging
import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from PIL import Image

from .. import geo
from .._settings import settings
from ..geo import Tile
from ..geo.earth import HALF_EQUATOR, LONLAT, WEB_MERCATOR
from ..geo.tiles import on_web_mercator

logger = logging.getLogger(__name__)

TILE = 256
BACKGROUND = (238, 238, 238)
"""What the map shows in a light theme of JupyterLab where no layer has a pixel."""

Cancelled = Callable[[], bool]


class Sheet(NamedTuple):
    """One layer of a picture."""

    name: str
    opacity: float
    """0 .. 1."""
    tile: Callable[[Tile, Cancelled], bytes | None]
    """Makes its tiles as PNG files, on several threads; None where it was cancelled."""


class Window(NamedTuple):
    """A rectangle of pixels of the world at a whole zoom."""

    zoom: int
    left: int
    """Pixels east of the antimeridian; may lie beyond the world, which repeats itself."""
    top: int
    """Pixels south of the northern edge."""
    width: int
    height: int

    @classmethod
    def around(cls, center: Sequence[float], zoom: int, width: int, height: int) -> Window:
        """The window around a place.

        Parameters
        ----------
        center : (float, float)
            Latitude and longitude, degrees.
        zoom : int
        width, height : int
            Pixels.

        Examples
        --------
        >>> Window.around((0.0, 0.0), 1, 100, 50)
        Window(zoom=1, left=206, top=231, width=100, height=50)
        """
        latitude, longitude = center
        side = TILE * 2**zoom
        _, (y,) = geo.crs.project([0.0], [on_web_mercator(latitude)], LONLAT, WEB_MERCATOR)
        column = (longitude + 180) / 360 * side
        row = (HALF_EQUATOR - float(y)) / (2 * HALF_EQUATOR) * side
        return cls(zoom, round(column - width / 2), round(row - height / 2), width, height)

    def tiles(self) -> Iterator[tuple[Tile, tuple[int, int]]]:
        """Every tile that has a part in the window, and where its upper left corner lies in it."""
        for y in range(self.top // TILE, math.ceil((self.top + self.height) / TILE)):
            for x in range(self.left // TILE, math.ceil((self.left + self.width) / TILE)):
                if 0 <= y < 2**self.zoom:
                    yield Tile(x=x, y=y, z=self.zoom), (x * TILE - self.left, y * TILE - self.top)


class Snapshot(NamedTuple):
    """A picture of a map."""

    image: Image.Image
    """RGB."""
    left_out: tuple[str, ...]
    """Names of the layers that took too long, or were told to stop."""


def snapshot(window: Window, sheets: Sequence[Sheet], seconds: float | None = None) -> Snapshot:
    """The picture of layers above each other, the lowest first.

    Parameters
    ----------
    window : Window
    sheets : sequence of Sheet
        Where a tile cannot be drawn the picture has its message.
    seconds : float, optional
        Longest time; what is not there by then is left out, and told to stop.
    """
    stopped = False
    picture = Image.new("RGBA", (window.width, window.height), (*BACKGROUND, 255))
    left_out = []
    pool = concurrent.futures.ThreadPoolExecutor(settings.threads, "snapshot")
    try:
        wanted = {
            (place, corner): pool.submit(sheet.tile, tile, lambda: stopped)
            for place, sheet in enumerate(sheets)
            for tile, corner in window.tiles()
        }
        concurrent.futures.wait(wanted.values(), seconds)
    finally:
        stopped = True
        pool.shutdown(wait=False, cancel_futures=True)
    for place, sheet in enumerate(sheets):
        bodies = {corner: _body(future) for (owner, corner), future in wanted.items() if owner == place}
        if None in bodies.values():
            left_out.append(sheet.name)
            continue
        layer = Image.new("RGBA", picture.size)
        for corner, body in bodies.items():
            layer.paste(Image.open(io.BytesIO(body or b"")).convert("RGBA"), corner)
        if sheet.opacity < 1:
            layer.putalpha(
                layer.getchannel("A").point([round(sheet.opacity * alpha) for alpha in range(256)])
            )
        picture.alpha_composite(layer)
    return Snapshot(picture.convert("RGB"), tuple(left_out))


def _body(future: concurrent.futures.Future[bytes | None]) -> bytes | None:
    """A tile; None where there is none, or not yet."""
    if not future.done() or future.cancelled():
        return None
    error = future.exception()
    if error is not None:  # a fault of ours: the map is shown all the same
        logger.error("a tile of a picture failed", exc_info=error)
        return None
    return future.result()


def small_png(image: Image.Image, most_bytes: int) -> bytes:
    """A PNG of a picture, with fewer colours and then fewer pixels if it would be too large.

    Parameters
    ----------
    image : PIL.Image.Image
        RGB.
    most_bytes : int
        What the file may have; a picture of one pixel is made in any case.
    """
    file = _png(image)
    width, height = image.size
    while len(file) > most_bytes:
        file = _png(image.resize((width, height)).quantize(256))
        if max(width, height) == 1:
            break
        width, height = max(1, width * 3 // 4), max(1, height * 3 // 4)
    return file


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
