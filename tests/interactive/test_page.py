import ipyleaflet
import pytest
from ipywidgets.widgets import widget

from descartes_flow.interactive.map import Map


@pytest.fixture
def map():
    map = Map()
    yield map
    map.close()


def lay(map, name):
    layer = ipyleaflet.TileLayer(name=name, url="")
    map.add(layer)
    return layer


def test_the_map_is_called_by_its_layers_the_topmost_first(map):
    before = map.page.label
    map.add(ipyleaflet.TileLayer(name="streets", base=True, url=""))
    lay(map, "forest")
    lay(map, "fields")

    assert before == "Map"
    assert map.page.label == "Map: fields, forest"


def test_the_name_follows_renamed_and_removed_layers(map):
    forest, fields = lay(map, "forest"), lay(map, "fields")
    forest.name = "woods"
    renamed = map.page.label
    map.remove(fields)
    fields.name = "meadows"

    assert renamed == "Map: fields, woods"
    assert map.page.label == "Map: woods"


def test_without_a_browser_the_log_shows_what_was_to_be_copied(map):
    map.page.copy("scales=[[0, 1]]")

    (line,) = map.layer_log.lines
    assert line.endswith("this is the text:\nscales=[[0, 1]]")


def test_a_browser_is_told_what_to_copy(map, monkeypatch):
    sent = []
    monkeypatch.setattr(map.page, "send", sent.append)
    map.page.ready = True
    map.page.copy("scales=[[0, 1]]")

    assert sent == [{"copy": "scales=[[0, 1]]"}]
    assert map.layer_log.lines == ()


def test_what_the_browser_refuses_to_copy_is_in_the_log(map):
    map.page._handle_custom_msg({"refused": "a text"}, [])

    assert "a text" in map.layer_log.lines[0]


def test_a_closed_map_leaves_no_page():
    Map().close()  # what ipywidgets makes once is there now
    before = len(widget._instances)
    map = Map()
    layer = lay(map, "forest")
    map.page.close()
    layer.name = "woods"
    map.close()
    layer.close()

    assert len(widget._instances) == before
    assert map.page.label == "Map: forest"
