"""The colours on the page are those of `compute`, whatever was moved before, in a real JupyterLab."""

import pytest

from tests.browser.colours import assert_same_colours, computed_colours, drawn_colours
from tests.browser.map_view import MapView
from tests.browser.slow import SLOW_OPERATION
from tests.source_tree import REPOSITORY

FIRST_MAP = REPOSITORY / "notebooks/01-first-map.ipynb"

SHOW = "layer = scene.pick_bands('nir').plus_slowly(level).visualize('nir', scales=[0, 1], level={level})"

SOURCES = "() => [...document.querySelectorAll('img.leaflet-tile')].map(tile => tile.src)"


def test_the_first_notebook_shows_what_it_computes(open_notebook, pictures):
    notebook = open_notebook(FIRST_MAP)
    notebook.page.set_viewport_size({"width": 1400, "height": 2600})  # the map and the slider at once
    notebook.run_all()
    view = MapView(notebook, "wf.map")
    before = drawn_colours(view, "Green")
    pictures(notebook, "before")
    assert_same_colours(before, computed_colours(notebook, "Green"))

    handle = notebook.page.locator(".widget-slider", has_text="threshold").locator(".noUi-handle").last
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
    notebook.ask(
        "from descartes_flow.interactive.tiles.serving import tile_server; tile_server().wait_idle(20)"
    )
    notebook.page.wait_for_timeout(400)  # what is late has come
    pictures(notebook, "settled")

    assert asked_for
    assert_same_colours(colours, computed_colours(notebook, "nir"))
    assert_same_colours(drawn_colours(view, "nir"), computed_colours(notebook, "nir"))
    assert not [source for source in notebook.page.evaluate(SOURCES) if slow in source]
