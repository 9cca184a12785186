import threading

import ipyleaflet
import pytest
from ipywidgets.widgets import widget
from ipywidgets.widgets.widget_link import Link

import descartes_flow as wf
from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.panel.details.colours import Checks, Colours
from descartes_flow.interactive.panel.details.images import Images
from descartes_flow.interactive.panel.details.opacity import Opacity
from descartes_flow.interactive.panel.details.scales import Scales
from descartes_flow.interactive.panel.limits import LimitBox, colour_bar
from descartes_flow.interactive.panel.parameter_panel import ParameterPanel
from descartes_flow.interactive.panel.rows import LayerControllerList
from descartes_flow.render.layers import LAYERS
from descartes_flow.types.proxytype import WIDGETS
from tests.interactive.conftest import colour, eventually

MISSING = "descartes-flow-missing"


@pytest.fixture
def rows(croatia):
    rows = LayerControllerList(croatia)
    yield rows
    rows.close()


@pytest.fixture
def layer(flat, croatia):
    return flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)


@pytest.fixture
def row(rows, layer):
    return rows.row(layer)


@pytest.fixture
def parts(row):
    """The widgets of the layer's line by what they do."""
    names = ("arrow", "visible", "name", "status", "wand", "up", "down", "remove")
    return dict(zip(names, row.line.children, strict=True))


def section(row, kind):
    """The one section of this kind in the details of an unfolded row; None if there is none."""
    found = [section for section in row.details.children if isinstance(section, kind)]
    assert len(found) < 2
    return found[0] if found else None


@pytest.fixture
def scales(row):
    row.unfolded = True
    return section(row, Scales)


@pytest.fixture
def boxes(scales):
    """The six boxes of scales, by trait."""
    return scales.boxes


def shown(scales):
    lines = [line for line in scales.lines if line.layout.display != "none"]
    return [
        (line.label.value, *(box for box in line.children if isinstance(box, LimitBox))) for line in lines
    ]


def missing(boxes):
    return [name for name, box in boxes.items() if MISSING in box._dom_classes]


def test_rows_are_listed_from_the_top_and_follow_the_map(flat, croatia, rows):
    for name in ("low", "high"):
        flat(a=0.4).visualize(name, scales=[0, 1], map=croatia)
    croatia.add(ipyleaflet.TileLayer(name="plain", url=""))
    croatia.add(ipyleaflet.TileLayer(name="base", base=True, url=""))
    croatia.add(ipyleaflet.Marker(location=(44, 16), name="marker"))
    added = [row.layer.name for row in rows.children]
    croatia.move_layer(croatia.find("low"), 5)
    croatia.remove_layer("plain")

    assert added == ["plain", "high", "low"]
    assert [row.layer.name for row in rows.children] == ["low", "high"]


def test_checkbox_and_name_are_the_layers(layer, parts):
    parts["visible"].value = False
    parts["name"].value = "renamed"
    hidden = layer.visible
    layer.visible = True

    assert hidden is False
    assert layer.name == "renamed"
    assert parts["visible"].value is True


def test_a_typed_limit_is_taken(layer, boxes):
    boxes["r_max"].value = " 2.5 "

    assert layer.r_max == 2.5
    assert boxes["r_max"].value == "2.5"


@pytest.mark.parametrize("text", ["low", "1,5", "nan", "inf"])
def test_what_is_no_number_goes_away(layer, boxes, text):
    boxes["r_max"].value = text

    assert layer.r_max == 1.0
    assert boxes["r_max"].value == "1"


def test_digits_that_are_not_shown_are_kept(layer, boxes):
    layer.r_max = 0.123456789
    boxes["r_max"].value = "0.123457"

    assert layer.r_max == 0.123456789


def test_one_band_has_one_pair_of_boxes(scales, boxes):
    assert shown(scales) == [("Scale", boxes["r_min"], boxes["r_max"])]
    assert boxes["r_min"].tooltip == "a: value that is drawn darkest"


def test_half_a_pair_is_marked(layer, boxes):
    boxes["r_max"].value = ""

    assert layer.r_max is None
    assert missing(boxes) == ["r_max"]


def test_the_last_empty_pair_of_three_is_marked(layer, scales, boxes):
    layer.bands = None
    layer.set_limits([(0, 1), (0, 1)])

    assert [label for label, _, _ in shown(scales)] == ["Red", "Green", "Blue"]
    assert missing(boxes) == ["b_min", "b_max"]


def test_a_colormap_shows_its_colours_between_two_boxes(layer, row, scales, boxes):
    colormap = section(row, Colours).names
    colormap.value = "magma"
    with_colormap = (layer.colormap, scales.bar.layout.display, scales.bar.value)
    colormap.value = ""

    assert scales.lines[0].children[1:] == (boxes["r_min"], scales.bar, boxes["r_max"])
    assert with_colormap == ("magma", None, colour_bar("magma"))
    assert (layer.colormap, scales.bar.layout.display) == (None, "none")


def test_three_bands_have_no_colormap_to_choose(flat, croatia, rows):
    layer = flat(a=0.4, b=0.5, c=0.6).visualize("abc", scales=[[0, 1]] * 3, map=croatia)
    row = rows.row(layer)
    row.unfolded = True
    colours = section(row, Colours)
    three = (colours.layout.display, [label for label, _, _ in shown(section(row, Scales))])
    flat(a=0.4).visualize("abc", scales=[0, 1], map=croatia)

    assert three == ("none", ["a", "b", "c"])
    assert colours.layout.display is None


def test_a_bar_runs_from_the_first_colour_to_the_last():
    bar = colour_bar("Greys")

    assert bar.index("rgb(255,255,255) 0%") < bar.index("rgb(0,0,0) 100%")


def test_a_bar_of_few_colours_has_fields():
    assert "rgb(31,119,180) 0% 10%, rgb(255,127,14) 10% 20%" in colour_bar("tab10")


def test_the_box_marks_pixels_without_a_value(layer, row):
    row.unfolded = True
    _, checks = section(row, Checks).children
    checks.value = False

    assert layer.checkerboard is False


def test_opacity_is_linked_in_the_browser(layer, row):
    layer.opacity = 0.5
    row.unfolded = True
    _, slider = section(row, Opacity).children

    assert slider.value == 0.5
    assert ((slider, "value"), (layer, "opacity")) in [
        (link.source, link.target) for link in widget._instances.values() if isinstance(link, Link)
    ]


def test_the_wand_scales_to_the_view_and_is_busy_meanwhile(layer, parts, croatia, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(
        croatia.__class__, "view_context", lambda self: go_on.wait(20) and self.view().context()
    )
    layer._view = croatia.view_context
    parts["wand"].click()
    busy = (parts["wand"].disabled, parts["wand"].icon)
    go_on.set()
    eventually(lambda: not parts["wand"].disabled)

    low, high = layer.get_scales()[0]
    assert busy == (True, "spinner")
    assert parts["wand"].icon == "magic"
    assert 0.39 < low < 0.4 < high < 0.41


def test_only_a_collection_can_be_reduced(croatia, layer, row, scenes):
    row.unfolded = True
    of_an_image = section(row, Images)
    collection = scenes.collection({"a": [[1.0]]}, {"a": [[2.0]]}, product="two")
    collection.visualize("a", scales=[0, 1], map=croatia)
    _, reduction = section(row, Images).children
    reduction.value = "max"

    assert of_an_image is None
    assert layer.reduction == "max"


def test_buttons_move_and_remove(flat, croatia, layer, parts):
    flat(a=0.8).visualize("b", scales=[0, 1], map=croatia)
    parts["up"].click()
    up = [layer.name for layer in croatia.layers]
    parts["down"].click()
    down = [layer.name for layer in croatia.layers]
    parts["remove"].click()

    assert (up, down) == (["b", "a"], ["a", "b"])
    assert [layer.name for layer in croatia.layers] == ["b"]


def test_a_folded_row_is_a_line(row):
    folded = row.children
    row.line.children[0].value = True
    unfolded = row.children
    details = row.details
    parts = [details, *details.children]
    row.unfolded = False

    assert folded == row.children == (row.line,)
    assert unfolded == (row.line, details)
    assert [part.comm for part in parts] == [None] * len(parts)


def test_a_new_layer_with_parameters_is_unfolded(flat, croatia, rows):
    level = wf.widgets.slider("level", 0.0, 1.0)
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia)
    row = rows.row(layer)
    panel = row.details.children[0]

    assert panel.children == (level.widget,)
    assert layer.parameters.widget.children[1:] == (level.widget,)

    flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    assert section(row, ParameterPanel) is None
    assert panel.comm is None
    assert level.widget.comm is not None


def test_the_title_of_parameters_follows_a_rename(flat, croatia, layer):
    level = wf.widgets.slider("level", 0.0, 1.0)
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia)
    panel, untitled = layer.parameters.widget, layer.parameters.make_widget(title=False)
    title = panel.children[0]
    layer.name = "<b>x</b>"

    assert panel.children == (title, level.widget)
    assert title.value == "<b>&lt;b&gt;x&lt;/b&gt;</b>"
    assert untitled.children == (level.widget,)


def test_of_rows_that_are_new_together_the_topmost_is_unfolded(flat, croatia):
    image = flat(a=0.4) + wf.widgets.slider("level", 0.0, 1.0)
    for name in ("low", "high"):
        image.visualize(name, scales=[0, 1], map=croatia)
    rows = LayerControllerList(croatia)
    unfolded = [row.unfolded for row in rows.children]
    rows.close()

    assert unfolded == [True, False]


def test_a_layer_of_tiles_has_only_opacity_as_detail(croatia, rows):
    layer = ipyleaflet.TileLayer(name="plain", url="")
    croatia.add(layer)
    row = rows.row(layer)
    row.unfolded = True
    _, visible, name, *buttons = row.line.children
    visible.value = False

    assert [type(part) for part in row.details.children] == [Opacity]
    assert (layer.visible, name.value, len(buttons)) == (False, "plain", 3)


def test_other_layers_have_rows_where_that_is_wanted(croatia):
    marker = ipyleaflet.Marker(location=(44, 16))
    croatia.add(marker)
    croatia.add(ipyleaflet.TileLayer(name="plain", url=""))
    rows = LayerControllerList(croatia, control_tile_layers=False, control_other_layers=True)
    (row,) = rows.children
    name, *buttons = row.line.children
    name.value = "Split"
    rows.control_tile_layers = True
    with_tiles = [row.layer.name for row in rows.children]
    buttons[-1].click()
    rows.close()

    assert (marker.name, name.placeholder) == ("Split", "Marker")
    assert with_tiles == ["plain", "Split"]
    assert marker not in croatia.layers


def test_closed_controls_leave_the_widgets_of_parameters(flat, croatia):
    level = wf.widgets.slider("level", 0.0, 1.0)
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia)
    app = MapApp(croatia)
    shown = layer.parameters.widget
    app.open_controls().close()
    assert level.widget.comm is not None
    assert shown.comm is not None

    app.close()
    assert level.widget.comm is not None
    assert shown.comm is None
    assert level.value == 0.0


def test_layers_with_parameters_come_and_go_without_a_trace(flat, croatia, rows):
    level = wf.widgets.slider("level", 0.0, 1.0)
    gain = wf.parameter("gain", wf.Float)
    image = flat(a=0.4) * gain + level

    def come_and_go():
        layer = image.visualize("a", scales=[0, 1], map=croatia, gain=2.0)
        layer.parameters.widget.children[1].value = 0.5
        layer.parameters.gain = 3.0
        assert rows.row(layer).unfolded
        croatia.remove_layer(layer)

    come_and_go()  # what is made once is there now: the slider
    widgets = len(widget._instances)
    for _ in range(10):
        come_and_go()

    assert len(widget._instances) == widgets
    assert not WIDGETS["level", "Float"].is_observed


def test_fifty_layers_come_and_go_without_a_trace(flat, croatia, rows):
    image = flat(a=0.4)
    image.visualize("first", scales=[0, 1], map=croatia)  # what is made once is there now
    croatia.remove_layer("first")
    widgets, layers = len(widget._instances), len(LAYERS._drawings)
    listeners, threads = len(LAYERS._hearers), threading.active_count()
    observers = len(croatia._trait_notifiers["layers"]["change"])
    for number in range(50):
        layer = image.visualize(f"layer {number}", scales=[0, 1], colormap="magma", map=croatia)
        row = rows.row(layer)
        row.unfolded = number % 3 > 0
        row.unfolded = number % 3 == 1  # 0: never unfolded, 1: until the end, 2: folded again
        if number % 10 == 0:
            colour_of_each = colour(layer)
        croatia.remove_layer(layer)

    eventually(lambda: threading.active_count() <= threads)
    assert len(colour_of_each) == 4
    assert len(widget._instances) == widgets
    assert (len(LAYERS._drawings), len(LAYERS._hearers)) == (layers, listeners)
    assert len(croatia._trait_notifiers["layers"]["change"]) == observers
    assert croatia.layer_log.lines == ()
