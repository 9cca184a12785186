"""Maps as pictures: what their tiles show, and what a page without widgets gets."""

import base64
import io
import threading
from collections.abc import Iterator

import ipyleaflet
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from PIL import Image as Pillow

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.export.picture import MOST_BYTES, map_snapshot
from descartes_flow.interactive.view import ASSUMED_SIZE
from descartes_flow.jobs.work import plain_context
from descartes_flow.render.snapshot import BACKGROUND, Window
from tests.interactive.conftest import eventually, fetch

BLANK = [list(BACKGROUND)]


def colours(image: Pillow.Image) -> list[list[int]]:
    found: list[list[int]] = np.unique(np.asarray(image).reshape(-1, 3), axis=0).tolist()
    return found


def test_a_map_is_what_its_tiles_are(scenes, croatia):
    gradient = scenes.image("gradient", {"a": np.tile(np.linspace(0, 1, 40), (40, 1))}, pixel=5_000.0)
    layer = gradient.visualize("a", scales=[0, 1], colormap="viridis", map=croatia)
    image = np.asarray(croatia.to_image())
    window = Window.around((44.2, 16.2), 9, *ASSUMED_SIZE)
    tile, (left, top) = next((t, corner) for t, corner in window.tiles() if min(corner) >= 0)

    assert image.shape == (400, 960, 3)
    assert len(colours(croatia.to_image())) > 20
    part = image[top : top + 256, left : left + 256]
    np.testing.assert_array_equal(part, fetch(layer.url, tile)[: part.shape[0], :, :3])


def test_only_visible_layers_are_seen_in_their_order(flat, croatia):
    flat(a=0.4).visualize("below", scales=[0, 1], map=croatia)
    above = flat(a=0.8).visualize("above", scales=[0, 1], map=croatia)
    first = colours(croatia.to_image(64, 64))
    above.opacity = 0.5
    second = colours(croatia.to_image(64, 64))
    above.visible = False
    third = colours(croatia.to_image(64, 64))

    assert (first, second, third) == ([[204] * 3], [[153] * 3], [[102] * 3])


def test_hidden_pixels_show_checks_or_what_lies_below(scenes, croatia):
    nothing = scenes.image("nothing", {"a": np.full((40, 40), np.nan)}, pixel=5_000.0)
    layer = nothing.visualize("a", scales=[0, 1], map=croatia)
    checked = colours(croatia.to_image(64, 64))
    layer.checkerboard = False

    assert checked == [[168] * 3, [208] * 3]
    assert colours(croatia.to_image(64, 64)) == BLANK


def test_scales_that_are_being_found_are_waited_for(scenes, croatia):
    gradient = scenes.image("gradient", {"a": np.tile(np.linspace(0, 1, 40), (40, 1))}, pixel=5_000.0)
    gradient.visualize("a", map=croatia)

    assert len(colours(croatia.to_image(200, 50))) > 5


def test_half_a_zoom_is_drawn_larger(flat, croatia):
    flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    croatia.zoom = 9.4

    assert croatia.to_image(100, 80).size == (100, 80)
    assert colours(croatia.to_image(100, 80)) == [[102] * 3]


def test_half_way_between_two_zooms_the_tiles_are_those_that_a_browser_shows(flat, croatia, monkeypatch):
    zooms, usual = [], Window.around
    monkeypatch.setattr(Window, "around", lambda *where: zooms.append(where[1]) or usual(*where))
    for croatia.zoom in (8.5, 9.5):
        croatia.to_image(10, 10)

    assert zooms == [9, 10]


@pytest.mark.parametrize("latitude", [90, -90, -105.9])
def test_a_map_around_a_place_beyond_the_tiles_shows_their_edge(latitude, flat, croatia):
    flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    croatia.center = (latitude, 16.2)
    rows, columns = plain_context(croatia.geocontext()).grid().shape

    assert croatia.to_image(20, 10).size == (20, 10)
    assert "image/png" in croatia._repr_mimebundle_()
    assert 0 < rows <= ASSUMED_SIZE[1]
    assert 0 < columns <= ASSUMED_SIZE[0]


def test_layers_of_other_kinds_are_not_seen(croatia):
    croatia.add(ipyleaflet.TileLayer(name="foreign"))

    assert colours(croatia.to_image(10, 10)) == BLANK


@pytest.mark.parametrize("size", [(0, 10), (10, -1), (10**6, 10), ("30", 10), (10, 9.5)])
def test_a_size_that_nobody_can_have(size, croatia):
    with pytest.raises(ValueError, match="expected 1 to 32768 pixels"):
        croatia.to_image(*size)


@pytest.fixture
def app(croatia, monkeypatch) -> Iterator[MapApp]:
    """The map with time enough for its picture, however busy the machine is."""
    monkeypatch.setattr("descartes_flow.interactive.export.picture.SECONDS", 60.0)
    app = MapApp(croatia)
    yield app
    app.close()


@pytest.mark.parametrize("of", ["app", "map"])
def test_a_page_without_widgets_gets_a_picture(of, flat, app):
    flat(a=0.4).visualize("grey", scales=[0, 1], map=app)
    shown = app if of == "app" else app.map
    bundle = shown._repr_mimebundle_()
    picture = Pillow.open(io.BytesIO(base64.b64decode(bundle["image/png"])))

    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert (picture.size, picture.convert("RGB").getpixel((480, 200))) == (ASSUMED_SIZE, (102, 102, 102))
    assert bundle["text/plain"] == f"<{type(shown).__name__} around (44.2, 16.2), zoom 9: grey>"


def test_a_map_without_layers_has_no_picture(app):
    assert "image/png" not in app._repr_mimebundle_()


def test_pictures_can_be_turned_off(flat, app, monkeypatch):
    monkeypatch.setattr(settings, "map_snapshot", False)
    flat(a=0.4).visualize("grey", scales=[0, 1], map=app)

    assert "image/png" not in app._repr_mimebundle_()


def test_a_large_picture_is_made_smaller(scenes, app):
    noise = np.random.default_rng(1).random((3, 1000, 1000))
    image = scenes.image("noise", dict(zip("abc", noise, strict=True)), pixel=200.0)
    image.visualize("noise", scales=[[0, 1]] * 3, map=app)
    app.zoom = 10
    file = base64.b64decode(app._repr_mimebundle_()["image/png"])

    assert len(file) <= MOST_BYTES
    assert Pillow.open(io.BytesIO(file)).size < ASSUMED_SIZE


def test_a_layer_without_scales_in_time_is_named(flat, croatia):
    image = flat(a=0.4)
    layer = image.visualize("slow", map=croatia)
    eventually(lambda: not layer.autoscaling)
    layer.set_trait("autoscaling", True)
    found = map_snapshot(croatia, 10, 10, seconds=0.01)

    assert (found.left_out, colours(found.image)) == (("slow",), BLANK)


def test_taking_pictures_leaves_nothing_behind(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    observers = len(layer._trait_notifiers.get("autoscaling", {}).get("change", []))
    croatia.to_image(10, 10)

    assert len(layer._trait_notifiers.get("autoscaling", {}).get("change", [])) == observers
    eventually(lambda: not [t for t in threading.enumerate() if t.name.startswith("snapshot")])


CELL = """
import descartes_flow as wf
from descartes_flow.interactive.export import picture
picture.SECONDS = 60  # however busy the machine is
wf.ImageCollection.from_id("test").visualize("grey", scales=[0, 1])
wf.map.center, wf.map.zoom = (44.2, 16.2), 9
wf.map
"""


def test_an_exported_notebook_shows_the_map(flat, monkeypatch):
    """As JupyterLab saves it: without the state of its widgets."""
    flat(a=0.4)
    monkeypatch.setenv("DESCARTES_FLOW_HOME", str(settings.home))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    NotebookClient(notebook, kernel_name="python3", store_widget_state=False, timeout=120).execute()
    (output,) = notebook.cells[0].outputs
    html, _ = HTMLExporter().from_notebook_node(notebook)
    png = output.data["image/png"].strip()
    picture = Pillow.open(io.BytesIO(base64.b64decode(png)))

    assert set(output.data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
    assert picture.convert("RGB").getpixel((480, 200)) == (102, 102, 102)
    assert f'src="data:image/png;base64,{png}"' in html.replace("\n", "")


def test_a_preview_has_the_pixels_of_the_area(flat):
    image = flat(a=0.4)
    tile = wf.GeoContext.from_xyz_tile(1116, 742, 11)
    picture = image.preview(tile, scales=[0, 1])

    assert isinstance(picture, Pillow.Image)
    assert (picture.mode, picture.size) == ("RGBA", (256, 256))
    assert np.unique(np.asarray(picture).reshape(-1, 4), axis=0).tolist() == [[102, 102, 102, 255]]
