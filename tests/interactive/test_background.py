import io
import threading
import urllib.request

import ipyleaflet
import numpy as np
import pytest
from ipywidgets.widgets import widget
from PIL import Image as Pillow

from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.map import Map
from descartes_flow.render.basemap import MAIN_LINE


@pytest.fixture
def app():
    app = MapApp()
    yield app
    app.close()


def names(map):
    return [layer.name for layer in map.layers]


def test_an_app_has_the_offline_basemap_once_it_is_displayed(app):
    before = (app.basemap, app.map.layers)
    app._repr_mimebundle_()

    assert before == ("auto", ())
    assert app.basemap == "offline"
    assert names(app) == ["offline"]
    assert app.map.layers[0].base


def test_its_tiles_come_from_our_own_server(app):
    app.basemap = "offline"
    url = app.map.layers[0].url.format(z=5, x=16, y=16)
    with urllib.request.urlopen(url, timeout=30) as response:
        tile = np.asarray(Pillow.open(io.BytesIO(response.read())).convert("RGB"))

    assert url.startswith("http://127.0.0.1:")
    assert tuple(tile[100, 0]) == MAIN_LINE  # Greenwich


@pytest.mark.parametrize("chosen", [None, "OpenStreetMap"])
def test_what_was_chosen_before_stays(app, chosen):
    app.basemap = chosen
    app.open_controls()

    assert app.basemap == chosen
    assert names(app) == ([] if chosen is None else [chosen])


def test_a_bare_map_has_none(flat, croatia):
    flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)

    assert names(croatia) == ["a"]


def test_a_basemap_lies_under_all_layers_and_is_replaced_there(flat, croatia):
    flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    croatia.basemap = "offline"
    first = names(croatia)
    croatia.basemap = "osm"
    second = names(croatia)
    croatia.clear_layers()

    assert first == ["offline", "a"]
    assert second == ["OpenStreetMap", "a"]
    assert names(croatia) == ["OpenStreetMap"]


@pytest.mark.parametrize(
    ("given", "name"), [("osm", "OpenStreetMap"), ("OPENTOPOMAP", "OpenTopoMap"), ("Offline", "offline")]
)
def test_names_are_taken_in_any_case(croatia, given, name):
    croatia.basemap = given

    assert croatia.basemap == name
    assert names(croatia) == [name]


def test_online_tiles_are_those_of_their_service(croatia):
    croatia.basemap = "OpenStreetMap"
    (layer,) = croatia.layers

    assert layer.url == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    assert "OpenStreetMap" in layer.attribution
    assert (layer.max_native_zoom, layer.max_zoom) == (19, 22)


def test_a_provider_can_be_given(croatia):
    croatia.basemap = ipyleaflet.basemaps.OpenTopoMap
    (layer,) = croatia.layers

    assert "opentopomap" in layer.url
    assert layer.base


def test_a_layer_can_be_given_and_lives_on(croatia):
    mine = ipyleaflet.TileLayer(name="mine", url="")
    croatia.basemap = mine
    shown = croatia.layers
    croatia.basemap = None
    alive = mine.comm is not None
    mine.close()

    assert shown == (mine,)
    assert croatia.layers == ()
    assert alive


def test_a_basemap_can_be_given_to_a_new_map():
    map = Map(basemap="offline")
    found = names(map)
    map.close()

    assert found == ["offline"]


def test_basemaps_leave_no_widget(croatia):
    before = len(widget._instances)
    for name in ("offline", "osm", "offline", None):
        croatia.basemap = name

    assert len(widget._instances) == before


@pytest.mark.parametrize(
    ("given", "said"),
    [("openstreetmaps", "did you mean 'OpenStreetMap'"), (5, "got 5"), (ipyleaflet.Marker, "got <class")],
)
def test_what_is_no_basemap_is_refused(croatia, given, said):
    with pytest.raises(ValueError, match=rf"basemap: expected one of \['offline', .*{said}"):
        croatia.basemap = given


def test_two_threads_leave_one_basemap(croatia):
    def choose(name):
        for _ in range(20):
            croatia.basemap = name
            croatia.basemap = None
        croatia.basemap = name

    threads = [threading.Thread(target=choose, args=[name]) for name in ("offline", "osm")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert names(croatia) == [croatia.basemap]
