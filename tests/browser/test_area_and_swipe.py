"""What is drawn on the map by hand, and two layers that are compared, in a real JupyterLab."""

import json

from tests.browser.map_view import MapView

SHOW = """
import descartes_flow as wf
wf.map.center, wf.map.zoom = (35.70, -105.95), 10
scene = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
for band in ("red", "green", "nir"):
    scene.pick_bands(band).visualize(band, scales=[0, 0.4])
"""

LAYERS = "() => document.querySelectorAll('.leaflet-tile-pane .leaflet-layer').length"
CLIPPED = """
count => [...document.querySelectorAll('.leaflet-tile-pane .leaflet-layer')]
    .filter(layer => layer.style.clip).length === count
"""
ALL_SHOWN = "count => document.querySelectorAll('.leaflet-tile-pane .leaflet-layer').length === count"
URLS = "print([layer.url for layer in wf.map.layers])"


def test_a_rectangle_is_drawn_and_two_layers_are_compared(open_notebook, pictures):
    notebook = open_notebook([SHOW, "wf.map"])
    notebook.run_all()
    page, view = notebook.page, MapView(notebook, "wf.map")
    view.wait_for_tiles()
    layers, urls = page.evaluate(LAYERS), notebook.ask(URLS)
    assert layers == 4  # the basemap and three bands

    notebook.ask("wf.map.tools['area'].active = True")
    page.get_by_title("Draw a rectangle").wait_for()
    corner = view.container.bounding_box()
    for column, row in ((300, 120), (440, 200)):
        page.mouse.move(corner["x"] + column, corner["y"] + row)
        page.mouse.click(corner["x"] + column, corner["y"] + row)
    page.locator(".descartes-flow-area b", has_text="km²").wait_for()
    west, south, east, north = json.loads(
        notebook.ask("import shapely; print(list(shapely.geometry.shape(wf.map.aoi).bounds))")
    )
    pictures(notebook, "drawn")
    # At zoom 10 a degree of longitude has 728.18 pixels, and one of latitude 1 / cos(35.7) as many.
    assert abs((east - west) * 728.18 - 140) < 1.5
    assert abs((north - south) * 896.7 - 80) < 1.5

    notebook.ask("wf.map.swipe('red', 'nir')")
    page.wait_for_function(CLIPPED, arg=2)
    notebook.ask("scene.pick_bands('blue').visualize('blue', scales=[0, 0.4])")
    page.wait_for_function(ALL_SHOWN, arg=layers + 1)
    page.wait_for_function(CLIPPED, arg=2)
    pictures(notebook, "compared")
    notebook.ask("wf.map.remove_layer('blue'); wf.map.swipe(None)")
    page.wait_for_function(CLIPPED, arg=0)
    page.wait_for_function(ALL_SHOWN, arg=layers)
    view.wait_for_tiles()

    assert page.locator(".leaflet-sbs").count() == 0
    assert notebook.ask(URLS) == urls
