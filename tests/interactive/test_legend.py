import re
import threading

import numpy as np
import pytest
from ipywidgets.widgets import widget

import descartes_flow as wf
from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.tools.legend_card import LegendCard
from tests.interactive.conftest import PIXEL, SIDE, eventually


@pytest.fixture
def card(croatia):
    card = LegendCard(croatia)
    yield card
    card.close()


@pytest.fixture
def layer(flat, croatia):
    return flat(a=0.4).visualize("a", scales=[0, 1], colormap="viridis", map=croatia)


def parts(card):
    """The texts of each part of the legend: its name, captions, classes and numbers."""
    sections = re.findall("<section>(.*?)</section>", card.value)
    return [re.findall(">([^<>]+)<", section) for section in sections]


def shows(card, *expected):
    eventually(lambda: parts(card) == list(expected))
    return True


def test_a_layer_with_a_colormap_is_explained(card, layer):
    assert shows(card, ["a", "0", "0.5", "1"])
    assert "rgb(68,1,84) 0%" in card.value  # the first colour of viridis
    assert card.layout.display is None


def test_without_anything_to_explain_it_is_not_there(card, flat, croatia):
    flat(a=0.4, b=0.5, c=0.6).visualize("rgb", scales=[[0, 1]] * 3, map=croatia)
    flat(a=0.3).visualize("grey", scales=[0, 1], map=croatia)

    assert shows(card)
    assert card.layout.display == "none"


def test_grey_layers_are_explained_on_demand(card, flat, croatia):
    flat(a=0.3).visualize("grey", scales=[0, 1], map=croatia)
    card.set_grey(True)

    assert shows(card, ["grey", "0", "0.5", "1"])
    card.set_grey(False)
    assert shows(card)


def test_it_follows_looks_and_name(card, layer):
    layer.set_scales([0, 0.4])
    assert shows(card, ["a", "0", "0.1", "0.2", "0.3", "0.4"])
    layer.name = "b <1>"
    assert shows(card, ["b &lt;1&gt;", "0", "0.1", "0.2", "0.3", "0.4"])
    layer.colormap = "magma"
    eventually(lambda: "rgb(0,0,4) 0%" in card.value)
    layer.r_max = None  # half a pair
    assert shows(card)


def test_it_follows_the_list_of_layers(card, layer, flat, croatia):
    flat(a=0.5).visualize("b", scales=[0, 1], colormap="magma", map=croatia)
    assert shows(card, ["b", "0", "0.5", "1"], ["a", "0", "0.5", "1"])
    croatia.move_layer_up(layer)
    assert shows(card, ["a", "0", "0.5", "1"], ["b", "0", "0.5", "1"])
    layer.visible = False
    assert shows(card, ["b", "0", "0.5", "1"])
    layer.visible = True
    croatia.remove_layer("b")
    assert shows(card, ["a", "0", "0.5", "1"])


def test_classes_and_truth_have_swatches(card, scenes, croatia):
    bands = {"c": np.ones((SIDE, SIDE)), "t": np.ones((SIDE, SIDE))}
    rules = {"c": {"classes": {0: "clear", 1: "cloud"}}, "t": {"unit": "K"}}
    image = scenes.image("classes", bands, pixel=PIXEL, rules=rules)
    image.pick_bands("c").visualize("clouds", scales=[0, 1], map=croatia)
    (image.pick_bands("t") > 300).visualize("warm", scales=[0, 1], map=croatia)
    image.pick_bands("t").visualize("t", scales=[200, 300], colormap="magma", map=croatia)

    assert shows(
        card, ["t", "K", "200", "250", "300"], ["warm", "false", "true"], ["clouds", "clear", "cloud"]
    )
    assert '<i style="background: rgb(255, 255, 255)"></i>cloud' in card.value


def test_a_collection_out_of_view_is_explained_by_all_of_its_data(card, scenes, croatia):
    rules = {"c": {"classes": {0: "clear", 1: "cloud"}}}
    scenes.add("far", {"c": np.ones((SIDE, SIDE))}, pixel=PIXEL, rules=rules)
    croatia.center = (-30.0, 0.0)
    wf.ImageCollection.from_id("test").visualize("far away", scales=[0, 1], map=croatia)

    assert shows(card, ["far away", "clear", "cloud"])


def test_other_imagery_has_another_meaning(card, scenes, croatia):
    rules = {"t": {"unit": "K"}}
    image = scenes.image("one", {"t": np.ones((SIDE, SIDE))}, pixel=PIXEL, rules=rules)
    layer = image.visualize("t", scales=[0, 1], colormap="magma", map=croatia)
    assert shows(card, ["t", "K", "0", "0.5", "1"])

    layer.set_imagery(image > 300)
    assert shows(card, ["t", "false", "true"])


def test_an_image_without_a_value_for_its_parameter_has_no_meaning(card, flat, croatia):
    level = wf.parameter("level", wf.Float)
    layer = (flat(a=0.4) > level).visualize("a", scales=[0, 1], map=croatia, level=1.0)
    assert shows(card, ["a", "false", "true"])

    layer.parameters.level = None
    assert shows(card)


def test_a_closed_legend_leaves_nothing(flat, croatia, layer):
    LegendCard(croatia).close()  # what ipywidgets makes once is there now
    eventually(lambda: not [thread for thread in threading.enumerate() if thread.name == "legend"])
    widgets, threads = len(widget._instances), threading.active_count()
    observers = sum(len(handlers["change"]) for handlers in layer._trait_notifiers.values())
    card = LegendCard(croatia)
    for number in range(5):
        flat(a=0.5).visualize(f"b{number}", scales=[0, 1], colormap="magma", map=croatia)
        croatia.remove_layer(f"b{number}")
    card.close()

    eventually(lambda: threading.active_count() <= threads)
    assert len(widget._instances) == widgets
    assert sum(len(handlers["change"]) for handlers in layer._trait_notifiers.values()) == observers


def test_a_displayed_map_has_a_legend_that_can_be_turned_off(croatia, layer):
    app = MapApp(croatia)
    tool = app.tools["legend"]
    before = tool.active
    app.open_controls()
    (card,) = legends(croatia)
    assert shows(card, ["a", "0", "0.5", "1"])
    tool.active = False

    assert before is False
    assert legends(croatia) == []
    assert card.comm is None
    app.close()


def test_the_tool_explains_grey_layers_if_told_to(croatia, flat):
    flat(a=0.3).visualize("grey", scales=[0, 1], map=croatia)
    app = MapApp(croatia)
    app.tools["legend"].grey = True
    app.open_controls()
    (card,) = legends(croatia)
    assert shows(card, ["grey", "0", "0.5", "1"])
    app.tools["legend"].grey = False

    assert shows(card)
    app.close()


def legends(map):
    widgets = [getattr(control, "widget", None) for control in map.controls]
    return [part for part in widgets if isinstance(part, LegendCard)]
