import threading

import numpy as np
import pytest
from ipywidgets.widgets import widget

import descartes_flow as wf
from descartes_flow.interactive.panel import details
from descartes_flow.interactive.panel import histogram as module
from descartes_flow.interactive.panel.histogram import NOTHING, STALE, HistogramPanel
from tests.interactive.conftest import PIXEL, SIDE, eventually
from tests.scenes import NAN


@pytest.fixture
def ramp(scenes):
    """Three bands; 0 to 39 from west to east, ten and a hundred times that."""
    across = np.tile(np.arange(float(SIDE)), (SIDE, 1))
    bands = {"a": across, "b": across * 10, "c": across * 100}
    return scenes.image("ramp", bands, pixel=PIXEL)


@pytest.fixture
def layer(ramp, croatia):
    croatia.zoom = 6  # which shows the whole scene
    return ramp.pick_bands("a").visualize("a", scales=[0, 20], map=croatia)


@pytest.fixture
def panel(croatia, layer):
    panel = HistogramPanel(croatia, layer)
    eventually(lambda: bands_of(panel))
    yield panel
    panel.close()


def bands_of(panel):
    return panel.children[2].children


def note_of(panel):
    return panel.children[1].value


def press(panel, name):
    (button,) = [button for button in panel.children[0].children if button.description == name]
    button.click()


def test_the_histogram_of_the_view_is_shown(panel):
    (band,) = bands_of(panel)
    name, picture, slider = band.children

    assert name.value == "a"
    assert note_of(panel) == ""
    # Of 500 steps over -0.5 .. 39.5.
    assert (slider.min, slider.max, slider.value) == (0, 500, (6, 256))
    assert "descartes-flow-bars-grey" in picture.value
    # The upper limit lies at (20 + 0.5) / 40 of the axis.
    assert 'd="M512.5 0V48"' in picture.value


def test_a_moved_slider_sets_both_limits_with_one_update(panel, layer, monkeypatch):
    updates = []
    layer.observe(updates.append, "url")
    bands_of(panel)[0].children[2].value = (75, 450)

    assert layer.get_scales() == [(5.5, 35.5)]
    assert len(updates) == 1


def test_a_limit_that_is_not_touched_keeps_its_digits(panel, layer):
    layer.r_max = 20.0123456
    slider = bands_of(panel)[0].children[2]
    slider.value = (75, slider.value[1])

    assert layer.get_scales() == [(5.5, 20.0123456)]


def test_limits_set_elsewhere_move_no_end_of_the_slider(panel, layer):
    slider = bands_of(panel)[0].children[2]
    sent = []
    slider.observe(lambda change: sent.append(change.name))
    layer.set_scales([2.999997, 3.000003])
    layer.set_scales([0, 100])

    assert set(sent) == {"value"}  # the page answers what else changes with handles in between
    assert layer.get_scales() == [(0.0, 100.0)]


def test_the_slider_follows_the_layer_and_makes_room_for_it(panel, layer):
    slider = bands_of(panel)[0].children[2]
    layer.r_max = 80.0
    beyond = slider.value
    layer.r_max = 29.5

    assert beyond == (3, 500)  # of -0.5 .. 80
    assert slider.value == (6, 375)  # of -0.5 .. 39.5


def test_the_axis_stays_while_the_slider_moves(panel, layer):
    _, picture, slider = bands_of(panel)[0].children
    layer.r_max = 79.5
    slider.value = (slider.value[0], 375)

    assert layer.r_max == 59.5
    assert 'd="M750 0V48"' in picture.value


def test_reversed_limits_stay_reversed(panel, layer):
    layer.set_scales([30, 10])
    slider = bands_of(panel)[0].children[2]
    shown = slider.value
    slider.value = (75, shown[1])

    assert shown == (131, 381)
    assert layer.get_scales() == [(30.0, 5.5)]


# 40 columns from 0 to 39: their mean is 19.5, and twice their deviation of sqrt((40**2 - 1) / 12) = 11.54
# reaches beyond all of them; 2 % of 40 columns is less than one.
@pytest.mark.parametrize(
    ("preset", "low", "high"),
    [
        ("2\N{EN DASH}98 %", 0, 39),
        ("min\N{EN DASH}max", 0, 39),
        ("mean ± 2\N{GREEK SMALL LETTER SIGMA}", 0, 39),
    ],
)
def test_presets_set_the_scales_and_say_so(panel, layer, croatia, preset, low, high):
    press(panel, preset)
    eventually(lambda: not layer.autoscaling)

    assert layer.get_scales() == [(pytest.approx(low, abs=1), pytest.approx(high, abs=1))]
    assert f"a: INFO - scales={[list(pair) for pair in layer.get_scales()]}" in croatia.layer_log.lines


def test_deviations_leave_out_what_is_rare(scenes, croatia):
    # A tenth of the columns is 10, the others 0: mean 1, deviation 3, more or less, as the view is sampled.
    values = np.zeros((SIDE, SIDE))
    values[:, ::10] = 10.0
    croatia.zoom = 6
    layer = scenes.image("rare", {"a": values}, pixel=PIXEL).visualize("rare", scales=[0, 1], map=croatia)
    layer.autoscale(deviations=1)
    eventually(lambda: not layer.autoscaling)

    # A deviation below the mean lies beyond the least value.
    assert layer.get_scales() == [(0.0, pytest.approx(4.0, abs=0.5))]


def test_deviations_below_zero_are_refused_at_once(layer):
    with pytest.raises(ValueError, match="expected a number above 0, got -1"):
        layer.autoscale(deviations=-1)

    assert not layer.autoscaling


def test_each_band_of_three_has_its_colour_and_limits(ramp, croatia):
    croatia.zoom = 6
    layer = ramp.visualize("rgb", scales=[[0, 39], [0, 390], [0, 3900]], map=croatia)
    panel = HistogramPanel(croatia, layer)
    eventually(lambda: bands_of(panel))
    names, pictures, sliders = zip(*[band.children for band in bands_of(panel)], strict=True)
    sliders[2].value = (100, sliders[2].value[1])  # of 500 steps over -0.5 .. 3903.5

    assert [name.value for name in names] == ["a", "b", "c"]
    for picture, tone in zip(pictures, ("red", "green", "blue"), strict=True):
        assert f"descartes-flow-bars-{tone}" in picture.value
    assert layer.get_scales() == [(0.0, 39.0), (0.0, 390.0), (780.3, 3900.0)]
    panel.close()


def test_a_colormap_lies_below_the_bars(panel, layer):
    layer.colormap = "viridis"
    picture = bands_of(panel)[0].children[1].value

    assert "linear-gradient(to right, rgb(68,1,84) 0%" in picture
    layer.set_scales([20, 0])
    assert "linear-gradient(to right, rgb(253,231,37) 0%" in bands_of(panel)[0].children[1].value


def test_a_view_without_values_says_so(scenes, croatia):
    nothing = scenes.image("nothing", {"a": np.full((SIDE, SIDE), NAN)}, pixel=PIXEL)
    layer = nothing.visualize("nothing", scales=[0, 1], map=croatia)
    panel = HistogramPanel(croatia, layer)
    eventually(lambda: note_of(panel) == NOTHING)

    assert bands_of(panel) == ()
    panel.close()


def test_what_cannot_be_computed_says_why(croatia, scenes):
    level = wf.parameter("level", wf.Float)
    layer = (scenes.image("one", {"a": [[1.0]]}) * level).visualize(
        "one", scales=[0, 1], map=croatia, level=1.0
    )
    layer.parameters.level = None
    panel = HistogramPanel(croatia, layer)
    eventually(lambda: note_of(panel) == "A parameter has no value.")

    panel.close()


def test_other_content_asks_for_another_count(panel, layer, ramp):
    layer.set_imagery(ramp.pick_bands("b"))
    stale = note_of(panel)
    panel.refresh()
    eventually(lambda: note_of(panel) == "")

    assert stale == STALE
    assert bands_of(panel)[0].children[0].value == "b"


def test_the_drawn_area_can_be_counted_alone(panel, layer, croatia):
    inside = panel.children[0].children[-2]
    hidden = inside.layout.display
    # From longitude 15.0 to 16.0 of a scene that reaches to 17.5: the lower numbers.
    west = {"type": "Polygon", "coordinates": [[[15, 43], [16, 43], [16, 46], [15, 46], [15, 43]]]}
    croatia.aoi = west
    shown = inside.layout.display
    inside.value = True
    eventually(lambda: note_of(panel) == "" and bands_of(panel)[0].axis[1] < 25)
    press(panel, "min\N{EN DASH}max")
    eventually(lambda: not layer.autoscaling)
    ((low, high),) = layer.get_scales()
    croatia.aoi = None
    eventually(lambda: bands_of(panel)[0].axis[1] == 39.5)

    assert (hidden, shown) == ("none", None)
    assert low == 0.0
    # A degree of longitude is 78.8 km at 45 degrees north: 15.8 columns, 15.97 at its south.
    assert 14 <= high <= 17
    assert inside.layout.display == "none"
    assert inside.value is False


def test_a_newer_request_drops_the_older_one(panel, layer, monkeypatch):
    go_on, first = threading.Event(), threading.Event()
    count = module.view_histogram

    def slowly(node, context, cancelled):
        if not first.is_set():
            first.set()
            go_on.wait(20)
            raise AssertionError("nobody wants to know any more")
        return count(node, context, cancelled)

    monkeypatch.setattr(module, "view_histogram", slowly)
    monkeypatch.setattr(threading, "excepthook", lambda failed: None)
    panel.refresh()
    eventually(first.is_set)
    panel.refresh()
    eventually(lambda: note_of(panel) == "")
    before = bands_of(panel)
    go_on.set()
    eventually(lambda: not [thread for thread in threading.enumerate() if thread.name == "histogram"])

    assert note_of(panel) == ""
    assert bands_of(panel) == before


def test_a_closed_panel_leaves_no_widget_and_lets_the_layer_go(croatia, layer):
    HistogramPanel(croatia, layer).close()  # what ipywidgets makes once is there now
    before = len(widget._instances)
    observers = sum(len(handlers["change"]) for handlers in layer._trait_notifiers.values())
    for closes_early in (True, False):
        panel = HistogramPanel(croatia, layer)
        if not closes_early:
            eventually(lambda made=panel: bands_of(made))
        panel.close()
    eventually(lambda: not [thread for thread in threading.enumerate() if thread.name == "histogram"])

    assert len(widget._instances) == before
    assert sum(len(handlers["change"]) for handlers in layer._trait_notifiers.values()) == observers


def test_the_section_of_a_layer_opens_and_closes_it(croatia, layer):
    section = details.histogram(croatia, layer)
    closed = (section.panel, len(section.children))
    section.switch.value = True
    panel = section.panel
    eventually(lambda: bands_of(panel))
    section.switch.value = False

    assert closed == (None, 1)
    assert panel.comm is None
    assert section.panel is None
    section.close()


def test_a_section_ends_with_what_it_shows(croatia, layer):
    details.histogram(croatia, layer).close()  # what ipywidgets makes once is there now
    before = len(widget._instances)
    section = details.histogram(croatia, layer)
    section.switch.value = True
    section.close()

    assert len(widget._instances) == before
