"""The colours on the page are those of `compute`, whatever was moved before, in a real JupyterLab."""

import json
from pathlib import Path

import mercantile
import numpy as np
import pytest

from tests.browser.map_view import MapView, Place
from tests.browser.notebook import Notebook
from tests.source_tree import REPOSITORY

FIRST_MAP = REPOSITORY / "notebooks/01-first-map.ipynb"
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

SLOW_OPERATION = """
import time
import descartes_flow as wf
from descartes_flow.ops.registry import operation
from descartes_flow.steps.families import Pointwise
from descartes_flow.types import Float, Imagery, Same

@operation("plus_slowly", on=Imagery, family=Pointwise())
def plus_slowly(self: Imagery, level: Float) -> Same:
    "Add a number; 0.1 takes a second and a half."
    ...

@plus_slowly.kernel
def _plus_slowly(data, level):
    if level == 0.1:
        time.sleep(1.5)
    return data + level

wf.map.center = 35.70, -105.95
wf.map.zoom = 10
level = wf.parameter("level", wf.Float)
scene = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
"""

SHOW = "layer = scene.pick_bands('nir').plus_slowly(level).visualize('nir', scales=[0, 1], level={level})"

SOURCES = "() => [...document.querySelectorAll('img.leaflet-tile')].map(tile => tile.src)"


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


@pytest.fixture
def pictures(tmp_path: Path):
    """Keeps screenshots where pytest keeps the test's folder, to be looked at."""

    def keep(notebook: Notebook, name: str) -> None:
        notebook.screenshot(tmp_path / f"{name}.png")

    return keep


def test_the_first_notebook_shows_what_it_computes(open_notebook, pictures):
    notebook = open_notebook(FIRST_MAP)
    notebook.page.set_viewport_size({"width": 1400, "height": 2600})  # the map and the slider at once
    notebook.run_all()
    view = MapView(notebook, "wf.map")
    before = drawn_colours(view, "Green")
    pictures(notebook, "before")
    assert_same_colours(before, computed_colours(notebook, "Green"))

    handle = notebook.page.locator(".widget-slider", has_text="threshold").locator(".noUi-handle")
    handle.focus()
    for _ in range(4):
        handle.press("ArrowRight")
    notebook.page.wait_for_function("() => document.body.innerText.includes('0.40')")
    notebook.wait_until_idle()
    after = drawn_colours(view, "Green")
    pictures(notebook, "after")

    assert notebook.ask("print(wf.map.find('Green').parameters.threshold)") == "0.4"
    assert_same_colours(after, computed_colours(notebook, "Green"))
    assert before[1:] != after[1:]  # what is not forest went
    view_and_context = "print(wf.map.map_dimensions()[::-1] == wf.map.geocontext().inspect()['arr_shape'])"
    assert notebook.ask(view_and_context) == "True"


@pytest.mark.parametrize(
    ("shown_first", "case"), [(0.3, "replacing tiles"), (0.1, "before the first tiles are there")]
)
def test_a_slow_change_does_not_win_over_a_later_one(open_notebook, pictures, shown_first, case):
    notebook = open_notebook([SLOW_OPERATION, SHOW.format(level=shown_first), "wf.map"])
    notebook.run_all()
    view = MapView(notebook, "wf.map")
    if shown_first != 0.1:
        drawn_colours(view, "nir")
        notebook.ask("layer.parameters.level = 0.1")
    slow = notebook.ask("print(layer.url)").split("/")[-4]
    notebook.page.wait_for_timeout(400)  # now slow tiles are asked for, and none is there
    asked_for = [url for url in notebook.tile_urls if slow in url]
    notebook.ask("layer.parameters.level = 0.2")
    colours = drawn_colours(view, "nir")
    notebook.ask("from descartes_flow.interactive.serving import tile_server; tile_server().wait_idle(20)")
    notebook.page.wait_for_timeout(400)  # what is late has come
    pictures(notebook, "settled")

    assert asked_for
    assert_same_colours(colours, computed_colours(notebook, "nir"))
    assert_same_colours(drawn_colours(view, "nir"), computed_colours(notebook, "nir"))
    assert not [source for source in notebook.page.evaluate(SOURCES) if slow in source]
