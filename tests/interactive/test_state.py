"""Maps as data: there and back, and what is refused."""

import copy
import datetime
import json
from typing import Any

import ipyleaflet
import ipywidgets
import pytest

import descartes_flow as wf
from descartes_flow.interactive.map import Map
from tests.interactive.conftest import colour

RING = [[16.0, 44.0], [16.5, 44.0], [16.5, 44.5], [16.0, 44.0]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}


@pytest.fixture
def state(flat, croatia) -> dict[str, Any]:
    """What a map with two layers gives: a collection, and an Image with a parameter."""
    flat(a=0.4)
    images = wf.ImageCollection.from_id("test")
    mean = images.visualize("mean", scales=[0, 2], colormap="magma", reduction="mean", map=croatia)
    mean.date = datetime.date(2020, 6, 1)
    image = flat(a=0.5) * wf.parameter("by", wf.Float)
    layer = image.visualize("times", scales=[0, 1], checkerboard=False, map=croatia, by=0.5)
    layer.opacity = 0.25
    croatia.basemap, croatia.aoi = "osm", SQUARE
    found: dict[str, Any] = croatia.state()
    return found


def test_a_state_says_what_the_map_shows(state):
    first, second = state["layers"]

    assert (state["center"], state["zoom"]) == ([44.2, 16.2], 9.0)
    assert (state["basemap"], state["aoi"]) == ("OpenStreetMap", SQUARE)
    assert (first["name"], first["type"], first["reduction"], first["colormap"]) == (
        "mean",
        "ImageCollection",
        "mean",
        "magma",
    )
    assert (first["date"], second["date"]) == ("2020-06-01", None)
    assert second["parameters"] == {"by": {"type": "Float", "value": 0.5}}
    assert (second["scales"], second["opacity"], second["checkerboard"]) == ([[0.0, 1.0]], 0.25, False)


def test_a_map_goes_through_json_and_back(state):
    map = Map.from_state(json.loads(json.dumps(state)))
    again, level = map.state(), colour(map.find("times"))
    map.close()

    assert again == state
    assert level == (64, 64, 64, 255)  # 0.5 * 0.5 of a scale from 0 to 1


def test_a_restored_parameter_can_be_set(state, croatia):
    croatia.restore(state)
    layer = croatia.find("times")
    layer.parameters.by = 1.0

    assert croatia.state()["layers"][1]["parameters"]["by"]["value"] == 1.0


def test_restoring_replaces_layers_and_ends_those_before(state, croatia):
    before = croatia.layers[1:]
    base = ipyleaflet.TileLayer(base=True)
    croatia.layers = (base, *before)
    croatia.restore({**state, "basemap": None})

    assert [layer.comm for layer in before] == [None, None]
    assert base in croatia.layers
    assert [layer.name for layer in croatia.layers if not layer.base] == ["mean", "times"]


def test_widgets_are_kept_as_values(flat, croatia):
    slider = ipywidgets.FloatSlider(0.25, min=0, max=1)
    picked = wf.widgets.image("picked_for_state", map=croatia)
    shown = wf.widgets.slider("shown_for_state", 0, 10, default=3)
    image = flat(a=0.4) * wf.parameter("by", wf.Float) + shown + picked
    image.visualize("a", scales=[0, 1], map=croatia, by=slider)
    kept = croatia.state()["layers"][0]["parameters"]
    map = Map.from_state(croatia.state())
    slider.value, shown.value = 0.5, 4
    restored = map.find("a").parameters.to_dict()
    map.close()
    slider.close()

    assert kept == {
        "by": {"type": "Float", "value": 0.25},
        "shown_for_state": {"type": "Int", "value": 3},
        "picked_for_state": {"type": "Image", "value": None},
    }
    assert restored == {"by": 0.25, "shown_for_state": 3, "picked_for_state": None}


def test_imagery_as_a_value_is_kept_as_its_graft(flat, croatia):
    base = flat(a=0.8)
    (flat(a=0.4) + wf.parameter("base", wf.Image)).visualize("a", scales=[0, 2], map=croatia, base=base)
    state = json.loads(json.dumps(croatia.state()))
    map = Map.from_state(state)
    again, level = map.state(), colour(map.find("a"))
    map.close()

    assert state["layers"][0]["parameters"] == {"base": {"type": "Image", "graft": base.graft}}
    assert (again, level) == (state, (153, 153, 153, 255))  # 1.2 of 2


def changed(state: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy with another value in one place."""
    found = copy.deepcopy(state)
    place: Any = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return found


LAYER = ("layers", 1)
WRONG = [
    (("version",), 2, r"state\['version'\]: expected 1, got int 2"),
    (("center",), [1.0], r"state\['center'\]"),
    (("center", 0), 91, r"state\['center'\]\[0\]: expected a number in -90 .. 90"),
    (("center", 1), float("inf"), r"state\['center'\]\[1\]: expected a number in -36000 .. 36000"),
    (("center", 1), 10**400, r"state\['center'\]\[1\]: expected a number in -36000 .. 36000"),
    (("zoom",), "9", r"state\['zoom'\]"),
    (("zoom",), float("nan"), r"state\['zoom'\]"),
    (("basemap",), "https://example.com/{z}/{x}/{y}", r"state\['basemap'\]: expected None or one of"),
    (("basemap",), {"url": "a"}, r"state\['basemap'\]: expected None or one of"),
    (("aoi",), {"type": "Point", "coordinates": [0, 0]}, r"state\['aoi'\]: expected a Polygon"),
    (("aoi",), {"type": "Polygon", "coordinates": 5}, r"state\['aoi'\]"),
    (("aoi",), [1, 2], r"state\['aoi'\]"),
    (("layers",), {}, r"state\['layers'\]: expected a list"),
    (("layers",), [{}] * 201, r"state\['layers'\]: expected a list of at most 200"),
    (LAYER, "a", r"state\['layers'\]\[1\]: expected a dict"),
    ((*LAYER, "name"), 1, r"\['name'\]: expected a str"),
    ((*LAYER, "type"), "Int", r"\['type'\]: expected one of Image, ImageCollection, got str 'Int'"),
    ((*LAYER, "graft"), {"returns": "1"}, r"\['graft'\]: "),
    ((*LAYER, "graft"), {"1": ["os.system", "2"], "2": "x", "returns": "1"}, r"\['graft'\]: .*os.system"),
    ((*LAYER, "scales"), [[0, 1], [0, 1]], r"state\['layers'\]\[1\]: visualize\(scales=\)"),
    ((*LAYER, "scales"), [0, 10**400], r"state\['layers'\]\[1\]: .*expected finite numbers"),
    ((*LAYER, "scales"), "01", r"state\['layers'\]\[1\]: visualize\(scales=\)"),
    ((*LAYER, "colormap"), "nice", "nice"),
    ((*LAYER, "checkerboard"), 1, r"\['checkerboard'\]: expected a bool"),
    ((*LAYER, "visible"), None, r"\['visible'\]: expected a bool"),
    ((*LAYER, "opacity"), 1.5, r"\['opacity'\]: expected a number in 0 .. 1"),
    ((*LAYER, "reduction"), "mean", r"state\['layers'\]\[1\]: .*an Image"),
    ((*LAYER, "date"), "2020-06-01", r"\['date'\]: expected None for an Image"),
    (("layers", 0, "date"), "in June", r"\['date'\]: expected a day like '2020-05-01'"),
    (("layers", 0, "date"), 20200601, r"\['date'\]: expected a day like '2020-05-01'"),
    ((*LAYER, "parameters"), {}, "by="),
    ((*LAYER, "parameters", "by"), 1, r"\['parameters'\]\['by'\]: expected a dict"),
    ((*LAYER, "parameters", "by", "type"), "__import__", r"\['by'\]\['type'\]: no proxy type"),
    ((*LAYER, "parameters", "by", "type"), "List", r"\['by'\]\['type'\]: List lacks"),
    ((*LAYER, "parameters", "by", "type"), "(" * 500, r"\['by'\]\['type'\]: expected at most 200"),
    ((*LAYER, "parameters", "by", "value"), "much", "by="),
]


@pytest.mark.parametrize(("path", "value", "message"), WRONG)
def test_a_wrong_state_is_refused_by_its_key(path, value, message, state, croatia):
    shown = croatia.layers
    with pytest.raises(ValueError, match=message):
        croatia.restore(changed(state, path, value))

    assert croatia.layers == shown


@pytest.mark.parametrize("key", ["version", "center", "zoom", "layers"])
def test_what_is_missing_is_named(key, state, croatia):
    del state[key]
    with pytest.raises(ValueError, match=rf"state\['{key}'\]: missing"):
        croatia.restore(state)


@pytest.mark.parametrize("key", ["name", "graft", "parameters", "scales", "visible"])
def test_what_a_layer_lacks_is_named(key, state, croatia):
    del state["layers"][0][key]
    with pytest.raises(ValueError, match=rf"state\['layers'\]\[0\]\['{key}'\]: missing"):
        croatia.restore(state)


@pytest.mark.parametrize("path", [("version",), ("aoi",), ("layers",), (*LAYER, "graft"), (*LAYER, "scales")])
@pytest.mark.parametrize("key", [0, "geometries"])
def test_endless_nesting_is_refused(path, key, state, croatia):
    nested: Any = 0
    for _ in range(3_000):
        nested = [nested] if key == 0 else {"type": "GeometryCollection", key: [nested]}

    with pytest.raises(ValueError, match="state"):
        croatia.restore(changed(state, path, nested))


def test_a_refused_state_leaves_no_map_behind(state):
    widgets = dict(ipywidgets.widgets.widget._instances)
    with pytest.raises(ValueError, match="version"):
        Map.from_state({**state, "version": "1"})

    assert ipywidgets.widgets.widget._instances == widgets


def test_a_state_is_a_mapping():
    with pytest.raises(ValueError, match="state: expected a dict, got list"):
        Map.from_state([])
