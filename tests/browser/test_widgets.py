"""Widgets of parameters in a real JupyterLab: what a hand moves, what code sets, and what the map shows."""

from tests.browser.colours import assert_same_colours, computed_colours, drawn_colours
from tests.browser.map_view import MapView
from tests.source_tree import REPOSITORY

EXPLORING = REPOSITORY / "notebooks/02-exploring-with-widgets.ipynb"
ONLY_GREEN = "for layer in wf.map.layers[1:]: layer.visible = layer.name == 'Green'"


def test_slider_value_and_map_are_one(open_notebook, pictures):
    notebook = open_notebook(EXPLORING)
    notebook.page.set_viewport_size({"width": 1400, "height": 4200})  # all cells at once
    notebook.run_all()
    pictures(notebook, "all")
    picked = notebook.page.locator(".widget-dropdown", has_text="Grey of").locator("select").first
    assert picked.evaluate("list => list.selectedOptions[0]?.text") == "Brighter"
    picked.select_option(label="Sentinel-2")
    notebook.wait_until_idle()
    same = "print(base.value._node is wf.map.find('Sentinel-2').image_value._node)"
    assert notebook.ask(same) == "True"
    view = MapView(notebook, "wf.map")
    notebook.ask(ONLY_GREEN)
    before = drawn_colours(view, "Green")
    assert_same_colours(before, computed_colours(notebook, "Green"))

    on_the_map, below_the_cell = notebook.page.locator(".widget-slider", has_text="NDVI above").all()
    handle = on_the_map.locator(".noUi-handle")
    handle.focus()
    for _ in range(5):
        handle.press("ArrowLeft")
    below_the_cell.get_by_text("0.20").wait_for()
    notebook.wait_until_idle()
    after = drawn_colours(view, "Green")
    pictures(notebook, "moved")

    assert notebook.ask("print(round(threshold.value, 6))") == "0.2"
    assert_same_colours(after, computed_colours(notebook, "Green"))
    assert before != after

    notebook.ask("threshold.value = 0.3")
    for slider in (on_the_map, below_the_cell):
        slider.get_by_text("0.30").wait_for()
    assert_same_colours(drawn_colours(view, "Green"), before)
    assert "ERROR" not in notebook.page.inner_text("body")
