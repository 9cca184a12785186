"""Colours of a layer: those on the page, and those that `compute` gives."""

import json

import mercantile
import numpy as np

from tests.browser.map_view import MapView, Place
from tests.browser.notebook import Notebook

ZOOM = 10
TILE = 256

FOREST = Place(lon=-105.75, lat=35.77)
STEPPE = Place(lon=-106.05, lat=35.60)
PLAIN = Place(lon=-105.55, lat=35.62)
PLACES = (FOREST, STEPPE, PLAIN)

PAINTED = """
import json
from descartes_flow.geo import XYZTile
from descartes_flow.render import paint

def painted(layer, x, y, z, row, col):
    result = layer.image_value.compute(XYZTile(x, y, z), progress_bar=False).ndarray
    return paint(result.data, result.mask, layer.style()).rgba()[row, col, :3].tolist()

layer = wf.map.find({name!r})
print(json.dumps([painted(layer, *pixel) for pixel in {pixels!r}]))
"""
"""Colours of a layer at pixels of tiles: `compute` of the tile's grid, styled, without the tile server."""


def tile_pixel(place: Place) -> list[int]:
    """Tile (x, y, z) and pixel in it (row, col) that hold a place."""
    tile = mercantile.tile(place.lon, place.lat, ZOOM)
    left, bottom, right, top = mercantile.xy_bounds(tile)
    x, y = mercantile.xy(place.lon, place.lat)
    row, col = int((top - y) / (top - bottom) * TILE), int((x - left) / (right - left) * TILE)
    return [tile.x, tile.y, tile.z, row, col]


def computed_colours(notebook: Notebook, layer: str) -> list[list[int]]:
    pixels = [tile_pixel(place) for place in PLACES]
    return json.loads(notebook.ask(PAINTED.format(name=layer, pixels=pixels)))


def settled_url(notebook: Notebook, layer: str) -> str:
    """The address of a layer once it stays: steps of a slider arrive one after the other."""
    ask = f"print(wf.map.find({layer!r}).url)"
    url = ""
    while (later := notebook.ask(ask)) != url:
        url = later
        notebook.page.wait_for_timeout(500)
    return url


def drawn_colours(view: MapView, layer: str) -> list[list[int]]:
    """Colours of the page, once it shows the layer as the kernel has it now."""
    view.wait_for_tiles(settled_url(view.notebook, layer).partition("/{z}")[0])
    return [list(colour) for colour in view.colours_at(*PLACES)]


def assert_same_colours(drawn: list[list[int]], computed: list[list[int]]) -> None:
    """Equal within 2/255, for the browser blends and rounds."""
    assert np.abs(np.subtract(drawn, computed)).max() <= 2, f"drawn {drawn}, computed {computed}"
