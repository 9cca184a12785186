import dataclasses
import threading

import numpy as np
import pytest
from ipywidgets.widgets import widget

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.map import Map
from descartes_flow.interactive.tools import TimeSeries, series
from tests.interactive.conftest import PIXEL, SIDE, eventually
from tests.interactive.tools.test_inspector import click
from tests.scenes import NAN

HERE = (16.2, 44.2)


def full(**values):
    return {band: np.full((SIDE, SIDE), value) for band, value in values.items()}


@pytest.fixture
def images(scenes):
    """1, nothing and 4, on the first, second and third of June; ten times as much in the second band."""
    return scenes.collection(full(a=1.0, b=10.0), full(a=NAN, b=20.0), full(a=4.0, b=40.0), pixel=PIXEL)


@pytest.fixture
def layer(images, croatia):
    return images.visualize("a", scales=[[0, 1], [0, 1]], map=croatia, reduction="mean")


@pytest.fixture
def tool(croatia):
    tool = TimeSeries(croatia)
    yield tool
    tool.close()


def said(tool):
    return tool._shown._text.value


def test_values_need_no_browser(layer, tool):
    found = tool.series(*HERE)

    assert found is tool.value
    assert tool.point == HERE
    assert found.bands == ("a", "b")
    np.testing.assert_array_equal(found.values, [[1, 10], [NAN, 20], [4, 40]])


def test_a_click_shows_chart_and_table(layer, tool, croatia):
    tool.active = True
    hint = said(tool)
    click(croatia, *HERE)
    eventually(lambda: "<svg" in said(tool))

    assert "Click on the map" in hint
    assert "<summary>3 images</summary>" in said(tool)
    assert said(tool).count("<tr>") == 1 + 3
    assert "<td>2020-06-02</td>" in said(tool)
    assert "<td>∅</td><td>20</td>" in said(tool)
    assert "lon 16.20000, lat 44.20000" in said(tool)
    np.testing.assert_array_equal(tool.value.values[:, 0], [1, NAN, 4])


def test_the_topmost_visible_collection_is_taken(scenes, layer, tool, croatia):
    scenes.add("other", full(c=7.0), product="other", pixel=PIXEL)
    other = wf.ImageCollection.from_id("other").visualize("other", scales=[0, 1], map=croatia)
    single = scenes.image("one", full(d=0.5), product="single", pixel=PIXEL)
    single.visualize("an image", scales=[0, 1], map=croatia)
    topmost = tool.series(*HERE).bands
    other.visible = False

    assert topmost == ("c",)
    assert tool.series(*HERE).bands == ("a", "b")


def test_a_date_or_reduction_of_the_layer_does_not_matter(layer, tool):
    layer.date = next(iter(layer.dates()))
    layer.reduction = "max"

    assert len(tool.series(*HERE).dates) == 3


def test_parameters_have_their_present_values(images, tool, croatia):
    factor = wf.parameter("factor", wf.Float)
    layer = (images * factor).visualize("a", scales=[[0, 1], [0, 1]], map=croatia, factor=2.0)
    doubled = tool.series(*HERE).values[:, 1].tolist()
    layer.parameters.factor = None

    assert doubled == [20, 40, 80]
    with pytest.raises(ValueError, match="a parameter of the layer 'a' has no value"):
        tool.series(*HERE)


def test_the_chart_follows_the_layer(images, tool, croatia):
    factor = wf.parameter("factor", wf.Float)
    layer = (images * factor).visualize("a", scales=[[0, 1], [0, 1]], map=croatia, factor=2.0)
    tool.active = True
    click(croatia, *HERE)
    eventually(lambda: tool.value and tool.value.values[2, 0] == 8)
    layer.parameters.factor = 3.0
    eventually(lambda: tool.value.values[2, 0] == 12)
    layer.visible = False
    eventually(lambda: "no visible layer" in said(tool))

    assert tool.value is None


def test_what_is_known_is_not_computed_again(layer, tool, croatia, monkeypatch):
    computed, usual = [], series.series_at
    monkeypatch.setattr(series, "series_at", lambda *arguments: computed.append(1) or usual(*arguments))
    tool.active = True
    click(croatia, *HERE)
    eventually(lambda: "<svg" in said(tool))
    layer.name = "renamed"
    eventually(lambda: "renamed" in said(tool))
    layer.reduction = "max"
    eventually(lambda: layer.content == layer.image_value._node.key.hex())

    assert computed == [1]


def test_what_could_not_be_read_is_tried_again(layer, tool, monkeypatch):
    computed, usual = [], series.series_at

    def broken(*arguments):
        computed.append(1)
        return dataclasses.replace(usual(*arguments), notes=("no connection",))

    monkeypatch.setattr(series, "series_at", broken)
    tool.series(*HERE)
    tool.series(*HERE)

    assert computed == [1, 1]


def test_without_a_collection_it_says_what_to_do(flat, tool, croatia):
    flat(a=0.5).visualize("a", scales=[0, 1], map=croatia)
    tool.active = True
    click(croatia, *HERE)
    eventually(lambda: "visualize a collection itself" in said(tool))

    with pytest.raises(ValueError, match="visualize a collection itself"):
        tool.series(*HERE)


def test_a_point_without_images_says_so(layer, tool, croatia):
    tool.active = True
    found = tool.series(-105.9, 35.7)

    assert (found.bands, found.dates) == ((), ())
    assert "No image of" in said(tool)


def test_errors_are_told_and_raised(images, tool, croatia):
    images.filter(lambda image: image.properties["cloudiness"] < 0.5).visualize(
        "a", scales=[[0, 1], [0, 1]], map=croatia
    )
    tool.active = True

    with pytest.raises(JobInvalid, match="cloudiness"):
        tool.series(*HERE)
    assert "cloudiness" in said(tool)


def test_too_many_images_are_told(layer, tool, monkeypatch):
    monkeypatch.setattr("descartes_flow.render.series.MOST_IMAGES", 2)
    tool.active = True
    tool.series(*HERE)

    assert "The latest 2 of 3 images" in said(tool)


def test_a_newer_click_cancels_the_one_before(layer, tool, croatia, monkeypatch):
    waiting, cancelled, usual = threading.Event(), [], series.series_at

    def slow(images, spot, stopped):
        if not waiting.is_set():
            waiting.set()
            eventually(stopped)
            cancelled.append(spot.lon)
        return usual(images, spot, stopped)

    monkeypatch.setattr(series, "series_at", slow)
    tool.active = True
    click(croatia, 16.1, 44.1)
    waiting.wait(20)
    click(croatia, *HERE)
    eventually(lambda: tool.value)
    eventually(lambda: cancelled)

    assert cancelled == [16.1]
    eventually(lambda: "lon 16.20000" in said(tool))


def test_the_code_is_copied_and_shown_in_place_of_the_chart(layer, tool, croatia, monkeypatch):
    copied = []
    monkeypatch.setattr(croatia.page, "copy", copied.append)
    tool.active = True
    text, button, code = tool._shown.children
    hidden = button.layout.display
    tool.series(*HERE)
    shown = button.layout.display
    button.click()
    with_code = (text.layout.display, code.layout.display, button.description)
    pasted = code.value
    button.click()

    assert (hidden, shown) == ("none", None)
    assert copied == [tool.value.code()]
    assert with_code == ("none", None, "Show the chart")
    assert "pd.DataFrame" in pasted
    assert (text.layout.display, code.layout.display, button.description) == (None, "none", "Copy as pandas")


def test_the_map_takes_aim_while_either_tool_is_active():
    app = MapApp()
    app.inspecting_pixels = True
    app.tools["series"].active = True
    aiming = app.map._dom_classes
    app.tools["series"].active = False

    assert not app.inspecting_pixels
    assert aiming == ("descartes-flow-aiming-series",)
    assert app.map._dom_classes == ()
    app.close()


def test_nothing_is_left_of_a_tool_that_was_used(images):
    map = Map(center=(44.2, 16.2), zoom=9)
    layer = images.visualize("a", scales=[[0, 1], [0, 1]], map=map)
    tool = TimeSeries(map)

    def use():
        tool.active = True
        click(map, *HERE)
        tool.active = False

    use()
    before = (len(widget._instances), len(map.controls))
    for _ in range(20):
        use()

    assert (len(widget._instances), len(map.controls)) == before
    assert map.page_layers() == (layer,)
    eventually(lambda: not [thread for thread in threading.enumerate() if thread.name == "series"])
    tool.close()
    map.close()
