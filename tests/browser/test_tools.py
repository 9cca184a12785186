"""What a map tells: values where one clicks, their history, and errors; and keys that stay on the map."""

import json

import pytest

from tests.browser.map_view import MapView, Place
from tests.browser.notebook import Notebook

CENTRE = Place(lon=-105.95, lat=35.70)

SCENES = """
import json
import descartes_flow as wf

wf.map.center = 35.70, -105.95
wf.map.zoom = 10
wf.map.map.layout.height = "640px"
summer = wf.ImageCollection.from_id("sentinel-2:L1C", "2018-06-01", "2018-09-01").pick_bands("red nir")
scene = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
nir, red = scene.unpack_bands("nir red")
collection = summer.pick_bands("nir").visualize("Summer", scales=[0, 0.6], reduction="median")
ndvi = wf.normalized_difference(nir, red).visualize("NDVI", scales=[0, 0.6], colormap="YlGn")
wf.map
"""

DARK = "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
CELLS = "() => window.jupyterapp.shell.currentWidget.content.model.cells.length"
UNNAMED_BUTTONS = """
map => [...map.querySelectorAll('button, a, [role=slider]')]
    .filter(button => !(button.ariaLabel || button.title || button.textContent.trim())).length
"""


def press(view: MapView, title: str) -> None:
    """Press the button of a tool."""
    view.notebook.page.locator(f".descartes-flow-toolbar button[title='{title}']").click()


def click(view: MapView, place: Place) -> None:
    box = view.container.bounding_box()
    column, row = view.pixel(place)
    view.notebook.page.mouse.click(box["x"] + column, box["y"] + row)


def numbers(notebook: Notebook, expression: str) -> object:
    """What an expression gives in the kernel, as data."""
    return json.loads(notebook.ask(f"print(json.dumps({expression}))"))


def test_a_map_tells_values_and_errors_and_keeps_its_keys(open_notebook, pictures):
    notebook = open_notebook([SCENES])
    page = notebook.page
    page.set_viewport_size({"width": 1400, "height": 1200})
    notebook.run_all()
    view = MapView(notebook, "wf.map")
    view.wait_for_tiles(notebook.ask("print(ndvi.url)").partition("{z}")[0])

    press(view, "Pixel values")
    click(view, CENTRE)
    page.locator(".descartes-flow-probe th", has_text="Summer").wait_for()
    notebook.wait_until_idle()
    page.wait_for_function("() => !document.querySelector('.descartes-flow-probe').innerText.includes('...')")
    pictures(notebook, "inspector")
    told = page.locator(".descartes-flow-probe td:last-child").all_inner_texts()
    read = numbers(notebook, "wf.map.tools['inspector'].value")
    assert told == [f"{value:.6g}" for layer in ("NDVI", "Summer") for value in read[layer].values()]
    # A pixel of the map is 0.0014 degrees wide: the click hit the place to within one.
    point = numbers(notebook, "wf.map.tools['inspector'].point")
    assert point == pytest.approx([CENTRE.lon, CENTRE.lat], abs=0.0014)

    press(view, "Values over time")
    click(view, CENTRE)
    page.locator(".descartes-flow-card svg").wait_for()
    pictures(notebook, "series")
    circles = page.locator(".descartes-flow-card svg circle").count()
    assert numbers(notebook, "len(wf.map.tools['series'].value.dates)") > 3
    assert circles >= numbers(notebook, "len(wf.map.tools['series'].value.dates)")
    assert numbers(notebook, "wf.map.tools['inspector'].active") is False
    press(view, "Values over time")

    cells = page.evaluate(CELLS)
    view.container.focus()
    for key in "bdd":
        page.keyboard.press(key)
    page.wait_for_timeout(500)  # a shortcut would have worked by now
    assert page.evaluate(CELLS) == cells
    assert view.container.get_attribute("aria-label") == "Map: NDVI, Summer"
    assert view.container.evaluate(UNNAMED_BUTTONS) == 0

    notebook.ask("wrong = summer.pick_bands('no_band').mosaic().visualize('Wrong', scales=[0, 1])")
    view.wait_for_tiles(notebook.ask("print(wrong.url)").partition("{z}")[0])
    entry = page.locator(".descartes-flow-error", has_text="no_band")
    entry.locator("small").wait_for()  # how often
    page.evaluate(DARK)
    page.wait_for_timeout(1000)
    pictures(notebook, "error")
    assert entry.count() == 1
    assert numbers(notebook, "len([line for line in wf.map.layer_log.lines if 'no_band' in line])") == 1
    # Where no image lies there is nothing that could lack a band.
    assert numbers(notebook, "0 < wrong.tiles_failed < wrong.tiles_wanted") is True
