"""Layers that are picked as the value of a parameter."""

import gc
import weakref

import ipyleaflet
import pytest

import descartes_flow as wf
from descartes_flow.interactive.closing import close_parts
from descartes_flow.interactive.map import Map
from descartes_flow.types.proxytype import WIDGETS
from tests.interactive.conftest import colour, eventually


@pytest.fixture(autouse=True)
def no_widgets_before_or_after():
    WIDGETS.clear()
    yield
    WIDGETS.clear()


def show(image, name, map, **parameters):
    return image.visualize(name, scales=[0, 1], map=map, **parameters)


def options(picker):
    return [label for label, _ in picker.widget.options]


@pytest.fixture
def low(flat, croatia):
    return show(flat(a=0.2), "low", croatia)


@pytest.fixture
def high(flat, croatia):
    return show(flat(a=0.8), "high", croatia)


def test_layers_are_listed_from_the_top_and_none_is_picked_at_first(croatia, low, high):
    croatia.add(ipyleaflet.TileLayer(name="tiles of others", url=""))
    picker = wf.widgets.image("x", map=croatia, label="Base")

    assert type(picker) is wf.Image
    assert options(picker) == ["pick a layer", "high", "low"]
    assert (picker.value, picker.widget.value, picker.widget.description) == (None, "", "Base")
    assert repr(picker) == "<Layers 'x', 'Base': None of layers with an Image>"
    with pytest.raises(TypeError, match=r"compute\(x=\): expected Image, got None"):
        picker.compute()


def test_what_depends_on_it_shows_the_layer_that_is_picked(flat, croatia, low, high):
    picker = wf.widgets.image("x", map=croatia)
    layer = show(flat(a=0.0) + picker, "sum", croatia)
    assert layer.url == ""

    picker.widget.value = low.model_id
    eventually(lambda: layer.url)
    assert colour(layer) == colour(low)
    assert picker.value._node is low.image_value._node

    first = layer.url
    picker.widget.value = high.model_id
    eventually(lambda: layer.url not in ("", first))
    assert colour(layer) == colour(high)


def test_it_follows_what_the_layer_shows(flat, croatia):
    level = wf.parameter("level", wf.Float)
    base = show(flat(a=0.1) + level, "base", croatia, level=0.1)
    picker = wf.widgets.image("x", default_layer=base, map=croatia)
    layer = show(picker * 2.0, "double", croatia)
    before = layer.url
    base.parameters.level = 0.3
    eventually(lambda: layer.url not in ("", before))

    assert colour(layer) == colour(show(flat(a=0.8), "the same", croatia))
    base.visible = False
    assert picker.value is not None


def test_it_follows_names_and_layers_that_go(croatia, low, high):
    picker = wf.widgets.image("x", default_layer=low, map=croatia)
    low.name = "lowest"
    assert options(picker) == ["pick a layer", "high", "lowest"]
    assert (picker.widget.value, picker.widget.label) == (low.model_id, "lowest")
    assert (picker.widget.index, picker.widget.get_state()["index"]) == (2, 2)  # what the page shows

    croatia.remove_layer(low)
    assert options(picker) == ["pick a layer", "high"]
    assert (picker.value, picker.widget.value, picker.widget.index) == (None, "", 0)


def test_layers_that_depend_on_it_cannot_be_picked(flat, croatia, low):
    first, second = wf.widgets.image("x", map=croatia), wf.widgets.image("y", map=croatia)
    show(flat(a=0.0) + first, "of x", croatia)
    of_y = show(flat(a=0.0) + second, "of y", croatia)
    assert options(first) == ["pick a layer", "of y", "low"]

    first.widget.value = of_y.model_id
    assert options(second) == ["pick a layer", "low"]
    assert first.value is None  # as none is picked there


def test_a_layer_that_comes_to_depend_on_it_is_picked_no_longer(flat, croatia, low):
    picker = wf.widgets.image("x", default_layer=low, map=croatia)
    show(flat(a=0.0) + picker, "low", croatia)

    eventually(lambda: picker.value is None)
    assert options(picker) == ["pick a layer"]
    eventually(lambda: low.url == "")


def test_collections_are_picked_as_they_are(flat, croatia, low, scenes):
    images = scenes.collection({"a": [[1.0]]}, {"a": [[2.0]]}, product="two")
    layer = images.visualize("two", scales=[0, 1], reduction="max", map=croatia)
    picker = wf.widgets.imagecollection("x", map=croatia)
    assert type(picker) is wf.ImageCollection
    assert options(picker) == ["pick a layer", "two"]

    picker.widget.value = layer.model_id
    assert picker.value._node is images._node
    assert wf.widgets.image("y", default_layer=layer, map=croatia).value._node is layer.image_value._node


def test_it_is_not_set_by_code(croatia, low):
    picker = wf.widgets.image("x", default_layer=low, map=croatia)
    with pytest.raises(AttributeError, match=r"x\.value: it is that of a layer, which is picked on the page"):
        picker.value = low.image_value


def test_wrong_layers_and_maps_are_refused(flat, croatia, low):
    with pytest.raises(TypeError, match=r"image\(default_layer=\): expected a layer, got str 'low'"):
        wf.widgets.image("x", default_layer="low", map=croatia)
    with pytest.raises(TypeError, match="expected a layer of an ImageCollection, got WorkflowsLayer"):
        wf.widgets.imagecollection("x", default_layer=low, map=croatia)
    with pytest.raises(TypeError, match=r"image\(map=\): expected a Map or MapApp, got int 1"):
        wf.widgets.image("x", map=1)
    elsewhere = Map()
    with pytest.raises(ValueError, match=r"image\(default_layer=\): 'low' is not on the map"):
        wf.widgets.image("x", default_layer=low, map=elsewhere)
    close_parts(elsewhere)
    elsewhere.close()


def test_a_picker_that_nobody_has_is_not_kept_by_the_map(flat, croatia, low):
    wf.widgets.image("x", map=croatia)
    gone = weakref.ref(WIDGETS.pop(("x", "Image")))
    gc.collect()
    assert gone() is None

    low.name = "renamed"
    show(flat(a=0.8), "another", croatia)
    assert not [hear for hear in croatia._trait_notifiers["layers"]["change"] if "_weakly" in repr(hear)]
