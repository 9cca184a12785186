"""Which tiles a real browser asks for, and when: hidden layers, busy kernels, views that are left."""

import json

import pytest

from tests.browser.map_view import MapView
from tests.browser.notebook import SECONDS, Notebook
from tests.browser.slow import SLOW_OPERATION

SHOW = "layer = scene.pick_bands('nir').plus_slowly(level).visualize('nir', scales=[0, 1], level={level})"
COUNTS = "import json; print(json.dumps(vars_of(tile_server().statistics()[layer.key])))"
VARS_OF = "from dataclasses import asdict as vars_of"

RUN_WITHOUT_WAITING = """
code => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    window.busyCell = kernel.requestExecute({code, store_history: false});
    window.busyCell.done.then(() => { window.busyCellEnded = true; });
}
"""


def pan(view: MapView, east: int, times: int = 1) -> None:
    """Drag the map by so many pixels, as a hand does."""
    view.container.scroll_into_view_if_needed()
    box = view.container.bounding_box()
    mouse = view.notebook.page.mouse
    for _ in range(times):
        x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] - 60
        mouse.move(x + max(east, 0), y)
        mouse.down()
        mouse.move(x + max(-east, 0), y, steps=4)
        mouse.up()


@pytest.fixture
def shown(open_notebook):
    """Opens a notebook with a layer of the scene plus `level`; gives its map and its tiles' address, too."""

    def show(level: float) -> tuple[Notebook, MapView, str]:
        notebook = open_notebook([SLOW_OPERATION, VARS_OF, SHOW.format(level=level), "wf.map"])
        notebook.run_all()
        address = notebook.ask("print(layer.url)").partition("{z}")[0]
        notebook.wait_for_request(address)
        return notebook, MapView(notebook, "wf.map"), address

    return show


def test_a_hidden_layer_asks_for_nothing_and_a_shown_one_while_a_cell_runs(shown):
    notebook, view, address = shown(0.2)
    view.wait_for_tiles(address)
    notebook.ask("layer.visible = False")
    notebook.page.wait_for_timeout(500)  # the browser has taken the change
    notebook.tile_urls.clear()
    pan(view, 300, times=2)
    notebook.wait_until_idle()
    notebook.page.wait_for_timeout(500)  # it would have asked by now
    while_hidden = notebook.asked_for(address)
    centre = notebook.ask("print(wf.map.center)")
    notebook.ask("layer.visible = True")
    notebook.wait_for_request(address)
    view.wait_for_tiles(address)

    assert while_hidden == []
    assert centre != "[35.7, -105.95]"

    notebook.page.evaluate(RUN_WITHOUT_WAITING, "time.sleep(300)")
    notebook.tile_urls.clear()
    pan(view, 300, times=2)
    notebook.wait_for_request(address)
    view.wait_for_tiles(address)
    ended = notebook.page.evaluate("() => window.busyCellEnded === true")
    notebook.page.evaluate("() => window.jupyterapp.commands.execute('notebook:interrupt-kernel')")
    notebook.page.wait_for_function("() => window.busyCellEnded === true", timeout=60 * SECONDS)

    assert not ended


def test_tiles_of_a_view_that_was_left_are_not_made(shown):
    notebook, view, address = shown(0.1)
    notebook.ask("wf.map.center = (36.9, -103.0)")
    view.wait_for_tiles(address, seconds=60)
    notebook.ask("tile_server().wait_idle(30)")
    found = json.loads(notebook.ask(COUNTS))

    assert found["cancelled"] > 0
    assert found["failed"] == 0
    assert found["wanted"] == found["done"] + found["cancelled"]
