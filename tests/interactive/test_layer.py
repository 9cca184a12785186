import threading
import urllib.error

import ipywidgets
import numpy as np
import pytest
import traitlets
from ipywidgets.widgets import widget

import descartes_flow as wf
from descartes_flow.colour import Style
from descartes_flow.geo import XYZTile
from descartes_flow.interactive.tiles.serving import tile_server
from descartes_flow.render import paint
from descartes_flow.render.checkerboard import GREYS
from descartes_flow.render.layers import LAYERS
from tests.interactive.conftest import INSIDE, OUTSIDE, PIXEL, SIDE, colour, eventually, fetch, shows

BLACK, WHITE = (0, 0, 0, 255), (255, 255, 255, 255)


def grey(level: int) -> tuple[int, int, int, int]:
    return (level, level, level, 255)


@pytest.fixture
def level():
    return wf.parameter("level", wf.Float)


def test_a_tile_shows_the_value_on_its_scale(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)

    assert colour(layer) == grey(102)  # 0.4 * 255


def test_tiles_equal_the_painted_result_of_compute(scenes, croatia):
    values = np.random.default_rng(1).random((3, SIDE, SIDE))
    image = scenes.image("noise", dict(zip("abc", values, strict=True)), pixel=PIXEL)
    layer = image.visualize("noise", scales=[[0, 1], [0.2, 0.8], [1, 0]], map=croatia)

    result = image.compute(XYZTile(INSIDE.x, INSIDE.y, INSIDE.z)).ndarray
    style = Style(((0, 1), (0.2, 0.8), (1, 0)))
    assert np.array_equal(fetch(layer.url), paint(result.data, result.mask, style).rgba())


def test_pixels_without_a_value_are_checked_or_transparent(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    checked = fetch(layer.url, OUTSIDE)
    layer.checkerboard = False
    eventually(
        lambda: (
            LAYERS.current(layer.key).version in layer.url
            and not LAYERS.current(layer.key).style.checkerboard
        )
    )

    assert checked[0, 0].tolist() == [*GREYS[0], 255]
    assert checked[0, 8].tolist() == [*GREYS[1], 255]
    assert fetch(layer.url, OUTSIDE)[..., 3].max() == 0


def test_a_hidden_layer_has_no_url(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    shown = layer.url
    with layer.hold_url_updates():
        layer.visible = False
    hidden = layer.url
    with layer.hold_url_updates():
        layer.visible = True

    assert (hidden, layer.url) == ("", shown)


def test_a_parameter_changes_what_is_shown(flat, croatia, level):
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia, level=0.2)
    before = colour(layer)
    layer.parameters.level = 0.4
    eventually(lambda: LAYERS.current(layer.key).version in layer.url)

    assert before == grey(153)
    eventually(lambda: shows(layer, grey(204)))


def test_the_url_of_an_older_version_is_gone(flat, croatia, level):
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia, level=0.2)
    before = layer.url
    with layer.hold_url_updates():
        layer.parameters.level = 0.4

    assert before != layer.url
    with pytest.raises(urllib.error.HTTPError, match="410"):
        fetch(before)


def test_a_layer_is_drawn_from_nothing_only_while_first_tiles_are_awaited(flat, croatia, level, monkeypatch):
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia, level=0.2)
    redrawn = []
    monkeypatch.setattr(layer, "send", lambda message: redrawn.append(layer.parameters.level))
    for value in (0.3, 0.4, 0.5):
        with layer.hold_url_updates():
            layer.parameters.level = value
        if value == 0.4:
            fetch(layer.url)

    assert redrawn == [0.3, 0.4]  # before the first tile was handed out


def test_an_undone_change_has_the_url_that_it_had(flat, croatia, level):
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia, level=0.2)
    before = layer.url
    for value in (0.4, 0.2):
        with layer.hold_url_updates():
            layer.parameters.level = value

    assert layer.url == before


def test_a_layer_follows_a_widget(flat, croatia, level):
    slider = ipywidgets.FloatSlider(0.2, max=1)
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia, level=slider)
    slider.value = 0.6

    eventually(lambda: shows(layer, WHITE))


def test_a_parameter_without_a_value_shows_nothing(flat, croatia, level):
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia, level=None)
    without = layer.url
    with layer.hold_url_updates():
        layer.parameters.level = 0.0

    assert without == ""
    assert colour(layer) == grey(102)


def test_a_widget_that_holds_nonsense_shows_nothing_and_says_why(flat, croatia, level):
    text = ipywidgets.Dropdown(options=[0.2, "high"], value=0.2)
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia, level=text)
    with layer.hold_url_updates():
        text.value = "high"

    assert layer.url == ""
    assert croatia.layer_log.lines == ("a: ERROR - layer.parameters(level=): expected Float, got str 'high'",)


def test_half_a_pair_changes_nothing_until_it_is_complete(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    before = layer.url
    with layer.hold_url_updates():
        layer.r_max = None
    half = layer.url
    with layer.hold_url_updates():
        layer.r_max = 2

    assert half == before
    assert colour(layer) == grey(51)


def test_several_changes_are_one_update(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    urls = []
    layer.observe(lambda change: urls.append(change.new), "url")
    with layer.hold_url_updates():
        layer.r_min = -1
        layer.r_max = 3
        layer.colormap = "magma"

    assert urls == [layer.url]
    assert LAYERS.current(layer.key).style == Style(((-1, 3),), "magma")


def test_a_reduction_of_a_collection_can_be_changed(scenes, croatia):
    bands = [{"a": np.full((SIDE, SIDE), value)} for value in (0.2, 0.8)]
    layer = scenes.collection(*bands, pixel=PIXEL).visualize("a", scales=[0, 1], map=croatia, reduction="min")
    lowest = colour(layer)
    with layer.hold_url_updates():
        layer.reduction = "mean"

    assert lowest == grey(51)
    assert colour(layer) == grey(128)
    assert isinstance(layer.imagery, wf.ImageCollection)


def test_an_image_has_nothing_to_reduce(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    with pytest.raises(traitlets.TraitError, match="expected a collection, the layer has an Image"):
        layer.reduction = "max"

    assert (layer.reducible, layer.reduction) == (False, "mosaic")


def test_a_reduction_changed_elsewhere_keeps_the_users_line(scenes, croatia):
    collection = scenes.collection({"a": [[1.0]]}, {"a": [[2.0]]})
    layer = collection.visualize("a", scales=[0, 1], map=croatia)
    line = layer.image_value._node.origin
    layer.reduction = "max"

    assert line[0] == __file__
    assert layer.image_value._node.origin == line


def test_other_imagery_keeps_the_looks(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    layer.set_imagery(flat(a=0.8))

    assert colour(layer) == grey(204)


def test_scales_are_found_in_the_view_once_and_told(flat, croatia):
    layer = flat(a=0.4).visualize("a", map=croatia)
    eventually(lambda: layer.url)

    low, high = layer.get_scales()[0]
    assert low < 0.4 < high < 0.41
    assert croatia.layer_log.lines == (f"a: INFO - scales=[[{low!r}, {high!r}]]",)


def test_the_url_is_empty_until_scales_are_found(flat, croatia, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(
        croatia.__class__, "view_context", lambda self: go_on.wait(20) and self.view().context()
    )
    layer = flat(a=0.4).visualize("a", map=croatia)
    waiting = (layer.url, layer.autoscaling)
    go_on.set()
    eventually(lambda: layer.url)

    assert waiting == ("", True)
    assert not layer.autoscaling


def test_scales_set_while_they_are_searched_for_stay(flat, croatia, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(
        croatia.__class__, "view_context", lambda self: go_on.wait(20) and self.view().context()
    )
    layer = flat(a=0.4).visualize("a", map=croatia)
    layer.set_scales([0, 1])
    go_on.set()
    eventually(lambda: not any("autoscale" in thread.name for thread in threading.enumerate()))

    assert layer.get_scales() == [(0.0, 1.0)]


def test_where_no_scales_can_be_found_the_tiles_show_what_is_there(scenes, croatia):
    nothing = scenes.image("nothing", {"a": np.full((SIDE, SIDE), np.nan)}, pixel=PIXEL)
    layer = nothing.visualize("a", map=croatia)
    eventually(lambda: layer.url)

    assert fetch(layer.url)[0, 0].tolist() == [*GREYS[0], 255]
    assert croatia.layer_log.lines[0].startswith("a: WARNING - no pixel has a value")


def unknown_band(flat):
    """Imagery whose error shows only where there is a view: until then nobody knows its scenes."""
    flat(a=0.4)
    return wf.ImageCollection.from_id("test").mosaic().pick_bands("b")


def test_an_error_is_a_picture_and_one_line_of_the_log(flat, croatia):
    layer = unknown_band(flat).visualize("a", scales=[0, 1], map=croatia)
    for tile in (INSIDE, INSIDE._replace(x=INSIDE.x + 1)):
        assert fetch(layer.url, tile).shape == (256, 256, 4)

    (line,) = croatia.layer_log.lines
    assert line.startswith("a: ERROR - pick_bands (test_layer.py:")
    assert "no band 'b'" in line
    (entry,) = croatia.layer_log.entries
    assert entry.times == 2
    assert entry.place == "tile 11/1116/743, around 44.1507, 16.2598"
    assert entry.traceback.startswith("Traceback (most recent call last)")
    assert "JobInvalid: pick_bands" in entry.traceback


def test_an_unforeseen_error_is_a_picture_and_told_with_its_traceback(flat, croatia, monkeypatch):
    def fail(picture):
        raise RuntimeError("no ink in /home/me")

    monkeypatch.setattr("descartes_flow.render.layers.encode_png", fail)
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    shape = fetch(layer.url).shape

    (entry,) = croatia.layer_log.entries
    assert shape == (256, 256, 4)
    assert entry.text == (
        "a fault of descartes_flow, to be reported with the details: RuntimeError: no ink in /home/me"
    )
    assert entry.traceback.endswith("RuntimeError: no ink in /home/me\n")


def test_a_repaired_layer_forgets_its_errors(flat, croatia):
    layer = unknown_band(flat).visualize("a", scales=[0, 1], map=croatia)
    fetch(layer.url)
    layer.set_imagery(flat(a=0.8))

    assert croatia.layer_log.lines == ()


def test_a_search_for_scales_that_fails_says_why(flat, croatia):
    layer = unknown_band(flat).visualize("a", map=croatia)
    eventually(lambda: layer.url)

    assert "no band 'b'" in croatia.layer_log.lines[0]


def test_two_threads_leave_the_layer_at_the_last_value(flat, croatia, level):
    layer = (flat(a=0.0) + level).visualize("a", scales=[0, 1], map=croatia, level=0.0)
    barrier = threading.Barrier(2)

    def turn(parity):
        barrier.wait(10)
        for step in range(50):
            layer.parameters.level = (2 * step + parity) / 1000

    threads = [threading.Thread(target=turn, args=[parity]) for parity in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    layer.parameters.level = 0.2

    eventually(lambda: shows(layer, grey(51)))
    assert layer.url == tile_server().url_template(layer.key, LAYERS.current(layer.key).version)


def test_a_closed_layer_leaves_nothing(flat, croatia, level):
    slider = ipywidgets.FloatSlider(0.2)
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], map=croatia, level=slider)
    url = layer.url
    fetch(url)
    croatia.remove(layer)
    slider.value = 0.5

    assert LAYERS.current(layer.key) is None
    assert layer.key not in tile_server().statistics()
    assert layer not in widget._instances.values()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(url)


def test_a_closed_layer_says_nothing(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    croatia.remove(layer)
    layer.autoscale()
    eventually(lambda: not layer.autoscaling)

    assert croatia.layer_log.lines == ()


def test_a_notebook_shows_a_layer_as_text(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], colormap="magma", map=croatia)

    assert layer._repr_mimebundle_() == {
        "text/plain": "<WorkflowsLayer 'a': scales=[(0.0, 1.0)], colormap='magma'>"
    }


def test_a_layer_with_parameters_is_shown_by_their_widgets(flat, croatia, level):
    layer = (flat(a=0.4) + level).visualize("a", scales=[0, 1], colormap="magma", map=croatia, level=0.5)
    shown = layer._repr_mimebundle_()

    assert shown["text/plain"] == "<WorkflowsLayer 'a': scales=[(0.0, 1.0)], colormap='magma', level=0.5>"
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == layer.parameters.widget.model_id
    layer.parameters.widget.children[1].value = 0.75
    assert layer.parameters.level == 0.75
