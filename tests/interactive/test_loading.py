"""Progress, stop and repair of a layer's tiles, over a real socket."""

import threading
import urllib.error

import mercantile
import pytest

import descartes_flow as wf
from descartes_flow.geo import Tile
from descartes_flow.interactive.panel.status import StatusLine
from descartes_flow.interactive.tiles.serving import tile_server
from descartes_flow.render import layers
from tests.interactive.conftest import INSIDE, eventually, fetch

RIGHT = mercantile.Tile(INSIDE.x + 1, INSIDE.y, INSIDE.z)
VIEW = frozenset({Tile(x=INSIDE.x, y=INSIDE.y, z=INSIDE.z), Tile(x=RIGHT.x, y=RIGHT.y, z=RIGHT.z)})


@pytest.fixture
def layer(flat, croatia):
    """Shows two tiles, of which none was asked for."""
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    layer.look(VIEW)
    return layer


@pytest.fixture
def held(monkeypatch):
    """Tiles are drawn once the event is set."""
    go_on = threading.Event()
    draw = layers.draw
    monkeypatch.setattr(layers, "draw", lambda *args: go_on.wait(20) and draw(*args))
    yield go_on
    go_on.set()
    assert tile_server().wait_idle(20)


def later(layer, tile=INSIDE):
    """Ask for a tile in a thread; its status, once there is one."""
    statuses = []

    def ask():
        try:
            fetch(layer.url, tile)
            statuses.append(200)
        except urllib.error.HTTPError as error:
            with error:
                statuses.append(error.code)

    threading.Thread(target=ask, daemon=True).start()
    return statuses


def test_a_layer_tells_how_many_tiles_of_the_view_are_there(layer):
    fetch(layer.url, INSIDE)
    eventually(lambda: (layer.tiles_done, layer.tiles_wanted) == (1, 2))
    fetch(layer.url, RIGHT)
    eventually(lambda: (layer.tiles_done, layer.tiles_wanted, layer.tiles_failed) == (2, 2, 0))

    assert layer.progress[:3] == (2, 2, 0)
    assert layer.tile_seconds == layer.progress.seconds


def test_another_version_begins_anew(layer):
    fetch(layer.url, INSIDE)
    eventually(lambda: layer.tiles_done == 1)
    layer.checkerboard = False
    eventually(lambda: layer.tiles_done == 0)

    assert layer.tiles_wanted == 2


def test_the_log_says_that_values_depend_on_the_extent(flat, croatia):
    image = flat(a=0.4)
    layer = (image - image.mean(axis=None)).visualize("a", scales=[0, 1], map=croatia)
    fetch(layer.url, INSIDE)
    fetch(layer.url, RIGHT)

    (line,) = croatia.layer_log.lines
    assert "the values of this layer depend on the extent" in str(line)
    assert "mean (test_loading.py:" in str(line)


def test_a_hidden_layer_wants_no_tiles(layer):
    eventually(lambda: layer.tiles_wanted == 2)
    layer.visible = False

    eventually(lambda: layer.tiles_wanted == 0)


def test_tiles_with_a_message_have_failed(layer, monkeypatch):
    monkeypatch.setattr(wf.settings, "max_scenes_per_tile", 0.5)
    fetch(layer.url, INSIDE)

    eventually(lambda: (layer.tiles_done, layer.tiles_failed) == (0, 1))


def test_tiles_that_are_called_off_are_answered_at_once_and_what_is_drawn_stays(layer, held):
    url = layer.url
    statuses = later(layer)
    eventually(lambda: layer.progress.under_way == 1)
    layer.cancel_tiles()
    eventually(lambda: statuses == [503])
    eventually(lambda: layer.progress.under_way == 0)

    assert layer.url == url
    assert later_status(layer) == 503  # a browser asks for six at a time, so more come


def test_redrawing_loads_again_what_was_called_off(layer, held):
    layer.cancel_tiles()
    before = layer.url
    held.set()
    layer.redraw()
    eventually(lambda: layer.url != before)
    fetch(layer.url, INSIDE)

    assert layer.url == before.replace("/{z}", "-1/{z}")


def test_another_view_loads_again_what_was_called_off(layer):
    layer.cancel_tiles()
    eventually(lambda: later_status(layer) == 503)
    layer.look(frozenset({Tile(x=RIGHT.x, y=RIGHT.y, z=RIGHT.z)}))

    eventually(lambda: later_status(layer) == 200)


def test_showing_a_layer_again_loads_what_was_called_off(layer):
    url = layer.url
    layer.cancel_tiles()
    layer.visible = False
    eventually(lambda: layer.url == "")
    layer.visible = True
    eventually(lambda: layer.url == url)

    assert later_status(layer) == 200


def test_visualizing_again_loads_what_was_called_off(croatia, layer):
    layer.cancel_tiles()
    before = layer.url
    again = layer.imagery.visualize("a", scales=[0, 1], map=croatia)
    eventually(lambda: layer.url == before.replace("/{z}", "-1/{z}"))

    assert again is layer
    assert later_status(layer) == 200


def test_tiles_beside_the_bounds_of_a_layer_are_not_wanted(layer):
    west, south, east, north = mercantile.bounds(INSIDE)
    layer.bounds = ((south, west), (north, east))
    layer.look(frozenset())
    layer.look(VIEW)
    url = layer.url
    fetch(url, INSIDE)
    eventually(lambda: (layer.tiles_done, layer.tiles_wanted) == (1, 1))

    eventually(lambda: layer._served._settling._timer is None)  # it has looked
    assert layer.url == url


def later_status(layer):
    statuses = later(layer)
    eventually(lambda: statuses)
    return statuses[0]


def test_another_version_loads_again(layer):
    first = layer.url
    layer.cancel_tiles()
    layer.checkerboard = False
    eventually(lambda: layer.url != first)
    layer.checkerboard = True
    eventually(lambda: layer.url == first)

    eventually(lambda: later_status(layer) == 200)


def test_tiles_that_the_browser_lost_are_asked_for_again_once(layer):
    url = layer.url
    fetch(url, INSIDE)
    eventually(lambda: layer.url != url)  # the other tile never was asked for
    again = layer.url
    fetch(again, INSIDE)
    fetch(again, RIGHT)
    eventually(lambda: layer.tiles_done == 2)

    assert again == url.replace("/{z}", "-1/{z}")
    assert layer.url == again


def test_the_line_of_a_layer_without_an_image_says_so(flat, croatia):
    level = wf.parameter("level", wf.Float)
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia, level=None)
    line = StatusLine(layer)
    without = line._text.value
    layer.parameters.level = 0.5
    eventually(lambda: line._text.value == "")
    line.close()

    assert ">no image</span>" in without


def test_the_line_says_how_far_the_tiles_are_and_stops_them(layer, held):
    line = StatusLine(layer)
    quiet = (line._text.value, line._stop.layout.display)
    statuses = later(layer)
    eventually(lambda: "0/2" in line._text.value and "descartes-flow-progress" in line._text.value)
    line._stop.click()
    eventually(lambda: statuses == [503])
    eventually(lambda: line._stop.layout.display == "none")
    line.close()

    assert quiet == ("", "none")
