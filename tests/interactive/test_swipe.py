import ipyleaflet
import pytest
from ipywidgets.widgets import widget

from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.panel.rows import LayerControllerList
from tests.interactive.conftest import colour

GREY = (102, 102, 102, 255)


@pytest.fixture
def stack(flat, croatia):
    """A map with a basemap and three layers over it."""
    croatia.add(ipyleaflet.TileLayer(name="base", base=True, url=""))
    for name in ("low", "middle", "high"):
        flat(a=0.4).visualize(name, scales=[0, 1], map=croatia)
    return croatia


def names(layers):
    return [layer.name for layer in layers]


def on_page(map):
    """Names of the layers that the page gets from the map itself."""
    models = map.get_state("layers")["layers"]
    return names(widget._instances[model.removeprefix("IPY_MODEL_")] for model in models)


def dividers(map):
    return [control for control in map.controls if isinstance(control, ipyleaflet.SplitMapControl)]


def test_two_layers_are_left_to_the_control_and_stay_in_their_places(stack):
    urls = [layer.url for layer in stack.layers]
    stack.swipe("low", "high")
    (divider,) = dividers(stack)

    assert (divider.left_layer, divider.right_layer) == (stack.layers[1], stack.layers[3])
    assert on_page(stack) == ["base", "middle"]
    assert names(stack.layers) == ["base", "low", "middle", "high"]
    assert [layer.url for layer in stack.layers] == urls


def test_after_it_all_is_as_it_was(stack):
    layers, controls, alive = stack.layers, stack.controls, set(widget._instances)
    stack.swipe("low", "high")
    stack.swipe(None)

    assert (stack.layers, stack.controls, set(widget._instances)) == (layers, controls, alive)
    assert on_page(stack) == ["base", "low", "middle", "high"]
    assert colour(stack.find("low")) == GREY


def test_layers_can_be_given_and_a_basemap_is_one(stack):
    base, low, *_ = stack.layers
    stack.swipe(base, low)

    assert stack.swiped == (base, low)
    assert on_page(stack) == ["middle", "high"]


def test_other_layers_take_the_place_of_the_first_two(stack):
    stack.swipe("low", "high")
    stack.swipe("low", "middle")

    assert on_page(stack) == ["base", "high"]
    assert len(dividers(stack)) == 1


def test_the_control_is_off_whenever_the_page_gets_other_layers(flat, stack, monkeypatch):
    stack.swipe("low", "high")
    sent = []

    def record(message, buffers=None):
        state = message.get("state", {})
        if "controls" in state:
            models = [widget._instances[name.removeprefix("IPY_MODEL_")] for name in state["controls"]]
            sent.append(any(isinstance(model, ipyleaflet.SplitMapControl) for model in models))
        elif "layers" in state:
            sent.append(len(state["layers"]))

    monkeypatch.setattr(stack, "_send", record)
    flat(a=0.4).visualize("new", scales=[0, 1], map=stack)
    stack.aoi = {"type": "Polygon", "coordinates": [[[15, 44], [16, 44], [16, 45], [15, 44]]]}
    stack.move_layer_up(stack.find("low"))
    stack.swipe(None)

    # base, middle, new; the outline as well; the same; and all six
    assert sent == [False, 3, True, False, 4, True, False, 4, True, False, 6]


@pytest.mark.parametrize("gone", ["low", "high"])
def test_it_ends_when_one_of_them_is_removed(stack, gone):
    layer = stack.find(gone)
    stack.swipe("low", "high")
    stack.remove(layer)
    left = [name for name in ("base", "low", "middle", "high") if name != gone]

    assert stack.swiped is None
    assert dividers(stack) == []
    assert on_page(stack) == names(stack.layers) == left
    assert layer.comm is None


def test_it_goes_on_when_another_one_is_removed(stack):
    stack.swipe("low", "high")
    stack.remove_layer("middle")

    assert names(stack.swiped) == ["low", "high"]
    assert on_page(stack) == ["base"]
    assert len(dividers(stack)) == 1


def test_clearing_the_layers_ends_it(stack):
    stack.swipe("low", "high")
    stack.clear_layers()

    assert stack.swiped is None
    assert on_page(stack) == ["base"]


def test_a_swiped_layer_is_visualized_anew_where_it_is(flat, stack):
    stack.swipe("low", "high")
    low = stack.find("low")
    again = flat(a=0.8).visualize("low", scales=[0, 1], map=stack)

    assert again is low
    assert stack.swiped[0] is low
    assert colour(low) == (204, 204, 204, 255)
    assert names(stack.layers) == ["base", "low", "middle", "high"]


def test_the_rows_work_meanwhile(stack):
    rows = LayerControllerList(stack)
    low = stack.find("low")
    row = rows.row(low)
    stack.swipe("low", "high")
    stack.move_layer_up(low)
    listed = names(each.layer for each in rows.children)
    same = rows.row(low) is row
    rows.close()

    assert listed == ["high", "low", "middle"]
    assert same


def test_closing_the_map_meanwhile_leaves_no_widget(flat):
    MapApp().close()
    before = len(widget._instances)
    app = MapApp()
    for name in ("low", "high"):
        flat(a=0.4).visualize(name, scales=[0, 1], map=app)
    app.open_controls()
    app.tools["swipe"].active = True
    app.close()

    assert len(widget._instances) == before


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("no such", "high", r"swipe\(left=\): .*got 'no such'; known: \['base', 'low', 'middle', 'high'\]"),
        ("low", None, r"swipe\(right=\): .*got None"),
        ("low", "low", r"swipe\(right=\): expected another layer than left"),
        (ipyleaflet.Marker, "low", r"swipe\(left=\)"),
    ],
)
def test_what_cannot_be_compared_is_refused(stack, left, right, said):
    with pytest.raises(ValueError, match=said):
        stack.swipe(left, right)

    assert stack.swiped is None
