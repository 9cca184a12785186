import subprocess
import sys
import textwrap

import ipyleaflet
import pytest
from ipywidgets.widgets import widget

import descartes_flow as wf
from descartes_flow.interactive.app import MapApp


@pytest.fixture
def app():
    app = MapApp()
    yield app
    app.close()


def test_the_map_of_the_process_is_one():
    assert wf.map is wf.map
    assert isinstance(wf.map, MapApp)
    assert isinstance(wf.map.map, wf.Map)


def test_what_a_map_has_can_be_asked_of_the_app(app):
    assert app.center == app.map.center
    assert app.map_dimensions() == (960, 400)
    assert "move_layer_up" in dir(app)


def test_what_a_map_has_can_be_set_on_the_app(app):
    app.center = (44.0, 16.0)
    app.zoom = 11

    assert (app.map.center, app.map.zoom) == ([44.0, 16.0], 11)


def test_what_neither_has_is_an_error(app):
    with pytest.raises(AttributeError, match="colour"):
        _ = app.colour


def test_the_rows_are_made_when_the_app_is_displayed(flat, app):
    flat(a=0.4).visualize("a", scales=[0, 1], map=app)
    before = app.layer_controller_list
    bundle = app._repr_mimebundle_()

    assert before is None
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert [row.layer.name for row in app.layer_controller_list.children] == ["a"]
    assert app.panel in app.map.controls


def test_which_layers_have_rows_can_be_changed_any_time(app):
    app.map.add(ipyleaflet.TileLayer(name="tiles", url=""))
    app.map.add(ipyleaflet.Marker(location=(44, 16), name="marker"))
    app.control_other_layers = True
    rows = app.open_controls()
    both = [row.layer.name for row in rows.children]
    app.control_tile_layers = False

    assert both == ["marker", "tiles"]
    assert [row.layer.name for row in rows.children] == ["marker"]


def test_the_text_says_what_is_shown(flat, app):
    flat(a=0.4).visualize("a", scales=[0, 1], map=app)

    assert repr(app) == "<MapApp around (35.687, -105.9378), zoom 8: a>"


def test_a_closed_app_leaves_no_widget(flat):
    MapApp().close()  # what ipywidgets makes once is there now
    before = len(widget._instances)
    app = MapApp()
    flat(a=0.4).visualize("a", scales=[0, 1], map=app)
    app.open_controls()
    app.close()

    assert len(widget._instances) == before


def test_without_ipyleaflet_the_map_says_how_to_get_it():
    code = """
        import sys
        sys.modules["ipyleaflet"] = None
        import descartes_flow as wf
        for use in (lambda: wf.map, lambda: wf.Map, lambda: wf.Image.from_id("a:b").visualize("c")):
            try:
                use()
            except ImportError as error:
                print(error, "|", type(error.__cause__).__name__)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )

    packages = "ipyleaflet, ipywidgets and anywidget"
    advice = f'the map needs {packages}; install them with: pip install "descartes-flow[map]"'
    assert done.stdout.splitlines() == [f"{advice} | ModuleNotFoundError"] * 3


def test_clearing_the_caches_computes_tiles_anew(flat, app):
    from descartes_flow.engine.run import VALUES
    from descartes_flow.render.layers import LAYERS
    from tests.interactive.conftest import colour

    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=app)
    first = colour(layer)
    filled = LAYERS._pictures.bytes
    wf.clear_cache()
    emptied = (LAYERS._pictures.bytes, VALUES.bytes)

    assert filled > 0
    assert emptied == (0, 0)
    assert colour(layer) == first
