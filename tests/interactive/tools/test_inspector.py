import threading

import mercantile
import numpy as np
import pytest
import traitlets
from ipywidgets.widgets import widget

import descartes_flow as wf
from descartes_flow.geo import XYZTile
from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.map import Map
from descartes_flow.interactive.tools import PixelInspector
from descartes_flow.render.pixels import PIXELS
from tests.interactive.conftest import PIXEL, SIDE, eventually, fetch
from tests.scenes import NAN

HERE = (16.2, 44.2)
"""Longitude and latitude of a point in every scene."""


@pytest.fixture
def inspector(croatia):
    inspector = PixelInspector(croatia)
    yield inspector
    inspector.close()


@pytest.fixture
def ramp(scenes):
    """Two bands: columns 0 to 39 from the west, and rows 0 to 39 from the north; one row has no value."""
    col = np.tile(np.arange(float(SIDE)), (SIDE, 1))
    row = col.T.copy()
    row[20] = NAN
    return scenes.image("ramp", {"col": col, "row": row}, pixel=PIXEL)


def click(map, lon, lat):
    """What a browser sends."""
    map._handle_leaflet_event(None, {"event": "interaction", "type": "click", "coordinates": [lat, lon]}, [])


def card(inspector):
    return inspector._table.value


def test_values_are_those_of_compute_on_the_tile(ramp, croatia, inspector):
    layer = ramp.visualize("ramp", scales=[[0, 1], [0, 1]], map=croatia)
    for lon, lat, zoom in [(16.2, 44.2, 9), (16.21, 44.1, 7), (15.3, 43.9, 12.4), (16.99, 44.9, 10.5)]:
        croatia.zoom = zoom
        whole = int(zoom + 0.5)
        tile = mercantile.tile(lon, lat, whole)
        x, y = mercantile.xy(lon, lat)
        context = XYZTile(tile.x, tile.y, whole)
        told = wf.compute(layer.image_value.value_at(x, y), wf.GeoContext.from_geo(context))
        found = inspector.inspect(lon, lat)["ramp"]

        assert found == {band: None if value is np.ma.masked else value for band, value in told.items()}


def test_a_masked_pixel_is_none_and_a_pixel_outside_the_scene_too(ramp, croatia, inspector):
    ramp.visualize("ramp", scales=[[0, 1], [0, 1]], map=croatia)
    # Row 20 of the scene lies 102.5 km south of its upper edge at 45.15 degrees, which is at about 44.23.
    masked = inspector.inspect(16.2, 44.23)["ramp"]
    outside = inspector.inspect(-105.9, 35.7)["ramp"]

    assert masked["row"] is None
    assert masked["col"] > 0
    assert outside == {"col": None, "row": None}


def test_a_tile_that_was_drawn_is_not_computed_again(flat, croatia, inspector):
    layer = flat(a=0.25).visualize("a", scales=[0, 1], map=croatia)
    croatia.zoom = 11
    fetch(layer.url)
    before = PIXELS.computed
    found = inspector.inspect(*HERE)

    assert found == {"a": {"a": 0.25}}
    assert PIXELS.computed == before


def test_layers_are_told_from_the_top_and_hidden_ones_not(flat, croatia, inspector):
    for name, value in [("low", 0.1), ("hidden", 0.2), ("high", 0.3)]:
        flat(a=value).visualize(name, scales=[0, 1], map=croatia)
    croatia.find("hidden").visible = False
    value = inspector.inspect(*HERE)

    assert [name for name, _ in inspector.readings] == ["high", "low"]
    assert value == {"low": {"a": 0.1}, "high": {"a": 0.3}}


def test_points_go_around_the_earth(flat, croatia, inspector):
    flat(a=0.5).visualize("a", scales=[0, 1], map=croatia)

    assert inspector.inspect(16.2 + 360, 44.2) == inspector.inspect(16.2 - 720, 44.2) == {"a": {"a": 0.5}}


@pytest.mark.parametrize("point", [(16, 86), (16, -90), (float("nan"), 0), (0, float("nan"))])
def test_beyond_the_world_there_is_nothing(point, inspector):
    with pytest.raises(ValueError, match="expected degrees"):
        inspector.inspect(*point)


def test_a_layer_without_scales_is_read(flat, croatia, inspector):
    layer = flat(a=0.5).visualize("a", scales=[0, 1], map=croatia)
    layer.set_scales(None)

    assert layer.get_scales() is None
    assert inspector.inspect(*HERE) == {"a": {"a": 0.5}}


def test_a_layer_whose_parameter_is_none_has_no_image(flat, croatia, inspector):
    image = flat(a=0.5) * wf.parameter("factor", wf.Float)
    layer = image.visualize("a", scales=[0, 1], map=croatia, factor=2.0)
    first = inspector.inspect(*HERE)
    layer.parameters.factor = None
    second = inspector.inspect(*HERE)

    assert (first, second) == ({"a": {"a": 1.0}}, {"a": {}})
    assert inspector.readings[0][1].sign == "❓"


def test_an_error_is_told(scenes, croatia, inspector):
    images = scenes.collection({"a": np.ones((SIDE, SIDE))}, pixel=PIXEL)
    images[0].visualize("fine", scales=[0, 1], map=croatia)
    images[5].visualize("bad", scales=[0, 1], map=croatia)
    value = inspector.inspect(*HERE)
    name, reading = inspector.readings[0]

    assert value == {"bad": {}, "fine": {"a": 1.0}}
    assert (name, reading.sign) == ("bad", "💥")
    assert "test_inspector.py" in reading.note


def test_what_is_not_ready_in_time_says_so(flat, croatia, inspector, monkeypatch):
    monkeypatch.setattr(wf.settings, "tile_seconds", 1e-9)
    flat(a=0.5).visualize("a", scales=[0, 1], map=croatia)
    inspector.inspect(*HERE)

    assert inspector.readings[0][1].sign == "⏱"


def test_an_empty_image_has_no_values(scenes, croatia, inspector):
    scenes.collection({"a": np.ones((2, 2))})
    empty = wf.ImageCollection.from_id("test", "1990-01-01", "1990-01-02").mosaic()
    empty.visualize("none", scales=[0, 1], map=croatia)

    assert inspector.inspect(*HERE) == {"none": {}}
    assert inspector.readings[0][1].sign == "∅"


def test_a_click_marks_the_point_and_shows_the_values(flat, croatia, inspector):
    flat(a=0.125).visualize("<one>", scales=[0, 1], map=croatia)
    inspector.active = True
    hint = card(inspector)
    click(croatia, *HERE)
    eventually(lambda: inspector.value)

    assert "Click on the map" in hint
    assert inspector.value == {"<one>": {"a": 0.125}}
    eventually(lambda: "<td>0.125</td>" in card(inspector))
    assert "&lt;one&gt;" in card(inspector)
    # The edge of a pixel at zoom 9: 40075016.69 m / 2 ** 17 = 305.75 m, times the cosine of 44.2 degrees.
    assert "lon 16.20000, lat 44.20000 · pixel 219.2 m" in card(inspector)
    assert [tuple(layer.location) for layer in croatia.page_layers()[1:]] == [(44.2, 16.2)]
    assert len(croatia.layers) == 1


def test_values_follow_the_layers(flat, croatia, inspector):
    level = wf.parameter("level", wf.Float)
    layer = (flat(a=0.5) * level).visualize("a", scales=[0, 1], map=croatia, level=1.0)
    inspector.active = True
    click(croatia, *HERE)
    eventually(lambda: inspector.value == {"a": {"a": 0.5}})
    layer.parameters.level = 3.0
    eventually(lambda: inspector.value == {"a": {"a": 1.5}})
    flat(b=0.75).visualize("b", scales=[0, 1], map=croatia)
    eventually(lambda: inspector.value == {"b": {"b": 0.75}, "a": {"a": 1.5}})
    layer.name = "other"
    eventually(lambda: inspector.value == {"b": {"b": 0.75}, "other": {"a": 1.5}})
    layer.visible = False
    eventually(lambda: inspector.value == {"b": {"b": 0.75}})
    croatia.remove_layer("b")
    eventually(lambda: inspector.value == {})
    eventually(lambda: "No computed layer is visible" in card(inspector))


def test_the_marker_moves_and_stays_when_the_layers_go(flat, croatia, inspector):
    flat(a=0.125).visualize("a", scales=[0, 1], map=croatia)
    inspector.active = True
    click(croatia, *HERE)
    click(croatia, 16.3, 44.3)
    croatia.clear_layers()
    (marker,) = croatia.page_layers()
    inspector.active = False

    assert tuple(marker.location) == (44.3, 16.3)
    assert croatia.page_layers() == ()
    assert marker.comm is None


def test_the_trait_of_the_map_is_the_tool(croatia, inspector):
    croatia.inspecting_pixels = True
    on = inspector.active
    inspector.active = False

    assert on
    assert not croatia.inspecting_pixels


def test_the_app_forwards_the_trait():
    app = MapApp()
    app.inspecting_pixels = True
    tool = app.tools["inspector"]
    on = (tool.active, app.map.inspecting_pixels)
    tool.active = False

    assert on == (True, True)
    assert app.inspecting_pixels is False
    app.close()


def test_inspecting_pixels_is_a_bool(croatia):
    with pytest.raises(traitlets.TraitError):
        croatia.inspecting_pixels = "yes"


def test_nothing_is_left_of_a_tool_that_was_used(flat):
    map = Map(center=(44.2, 16.2), zoom=9)
    layer = flat(a=0.5).visualize("a", scales=[0, 1], map=map)
    inspector = PixelInspector(map, layout={"width": "300px"})

    def use():
        inspector.active = True
        click(map, *HERE)
        inspector.active = False

    use()
    before = (len(widget._instances), len(layer._trait_notifiers["content"]["change"]), len(map.controls))
    for _ in range(20):
        use()
    after = (len(widget._instances), len(layer._trait_notifiers["content"]["change"]), len(map.controls))
    eventually(lambda: not [thread for thread in threading.enumerate() if thread.name == "inspector"])

    assert after == before
    assert len(map._interaction_callbacks.callbacks) == 0
    assert map.page_layers() == (layer,)
    inspector.close()
    map.inspecting_pixels = True
    assert not inspector.active
    map.close()
