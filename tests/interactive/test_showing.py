import logging
import threading

import ipyleaflet
import pytest

import descartes_flow as wf
from descartes_flow.interactive.app import MapApp
from tests.interactive.conftest import colour, eventually

RGB = [[0, 1], [0, 1], [0, 1]]


def grey(level: int) -> tuple[int, int, int, int]:
    return (level, level, level, 255)


def test_a_new_layer_lies_on_top(flat, croatia):
    first = flat(a=0.4).visualize("first", scales=[0, 1], map=croatia)
    second = flat(a=0.8).visualize("second", scales=[0, 1], map=croatia)

    assert croatia.layers == (first, second)


def test_the_same_name_updates_the_layer_where_it_lies(flat, croatia):
    first = flat(a=0.4).visualize("first", scales=[0, 1], map=croatia)
    flat(a=0.8).visualize("second", scales=[0, 1], map=croatia)
    first.opacity = 0.5
    again = flat(a=0.6).visualize("first", scales=[0, 1], map=croatia)

    assert again is first
    assert croatia.layers[0] is first
    assert first.opacity == 0.5
    assert colour(first) == grey(153)


def test_a_layer_hidden_by_hand_stays_hidden(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    layer.visible = False
    flat(a=0.6).visualize("a", scales=[0, 1], map=croatia)

    assert (layer.visible, layer.url) == (False, "")


def test_looks_set_by_hand_stay_when_the_cell_runs_again(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    layer.set_scales([0, 0.5], "magma")
    layer.checkerboard = False
    flat(a=0.6).visualize("a", scales=[0, 1], map=croatia)

    assert layer.get_scales() == [(0.0, 0.5)]
    assert (layer.colormap, layer.checkerboard) == ("magma", False)


def test_looks_that_the_call_changes_are_taken(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    layer.set_scales([0, 0.5], "magma")
    flat(a=0.4).visualize("a", scales=[0, 2], colormap="viridis", checkerboard=False, map=croatia)

    assert layer.get_scales() == [(0.0, 2.0)]
    assert (layer.colormap, layer.checkerboard) == ("viridis", False)


def test_an_update_in_place_changes_the_url_once(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    urls = []
    layer.observe(lambda change: urls.append(change.new), "url")
    flat(a=0.6).visualize("a", scales=[0, 2], colormap="magma", map=croatia)

    assert urls == [layer.url]


def test_found_scales_stay_for_the_same_image(flat, croatia):
    image = flat(a=0.4)
    layer = image.visualize("a", map=croatia)
    eventually(lambda: layer.url)
    found, shown = layer.get_scales(), layer.url
    image.visualize("a", map=croatia)

    assert (layer.get_scales(), layer.url, layer.autoscaling) == (found, shown, False)


def test_found_scales_are_found_anew_for_another_image(flat, croatia):
    layer = flat(a=0.4).visualize("a", map=croatia)
    eventually(lambda: layer.url)
    flat(a=0.8).visualize("a", map=croatia)
    eventually(lambda: layer.url)

    low, high = layer.get_scales()[0]
    assert low < 0.8 < high


def test_scales_set_by_hand_stay_for_another_image(flat, croatia):
    layer = flat(a=0.4).visualize("a", map=croatia)
    eventually(lambda: layer.url)
    layer.set_scales([0, 1])
    flat(a=0.8).visualize("a", map=croatia)

    assert layer.get_scales() == [(0.0, 1.0)]


def test_scales_of_another_number_of_bands_do_not_stay(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], colormap="magma", map=croatia)
    layer.colormap = "viridis"
    flat(a=0.4, b=0.4, c=0.4).visualize("a", scales=RGB, map=croatia)

    assert colour(layer) == grey(102)
    assert layer.colormap is None


def test_new_parameters_replace_the_old_ones(flat, croatia):
    x, y = wf.parameter("x", wf.Float), wf.parameter("y", wf.Int)
    layer = (flat(a=0.0) + x).visualize("a", scales=[0, 1], map=croatia, x=0.2)
    (flat(a=0.0) + y).visualize("a", scales=[0, 1], map=croatia, y=1)

    assert layer.parameters.to_dict() == {"y": 1}
    assert colour(layer) == grey(255)


def test_a_layer_of_another_kind_is_replaced_where_it_lies(flat, croatia):
    croatia.add(ipyleaflet.TileLayer(name="a", url="http://127.0.0.1:9/{z}/{x}/{y}.png"))
    croatia.add(ipyleaflet.Marker(location=(44, 16), name="b"))
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)

    assert croatia.layers[0] is layer
    assert len(croatia.layers) == 2


def test_a_map_app_is_a_map_too(flat):
    app = MapApp()
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=app)
    shown = app.map.layers
    app.close()

    assert shown == (layer,)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            {"scales": RGB},
            ValueError,
            r"visualize\(scales=\): expected 1 pairs .* for 1 bands \['a'\], got 3",
        ),
        ({"scales": [[0, 1]] * 4}, ValueError, r"visualize\(scales=\): expected at most 3 pairs"),
        ({"scales": [0, None]}, ValueError, "expected two numbers or two None"),
        ({"scales": "low"}, TypeError, r"visualize\(scales=\): expected"),
        ({"colormap": "virids"}, ValueError, r"visualize\(colormap=\).*viridis"),
        ({"checkerboard": "no"}, TypeError, r"visualize\(checkerboard=\): expected a bool, got str 'no'"),
        ({"reduction": "max"}, ValueError, r"reduction='max'\): expected an ImageCollection to reduce"),
        ({"reduction": "largest"}, ValueError, r"visualize\(reduction=\): expected one of mosaic, min, max"),
        ({"x": 1}, ValueError, r"Unknown parameter: visualize\(\) got x="),
        ({"map": "here"}, TypeError, r"visualize\(map=\): expected a Map or MapApp, got str 'here'"),
        ({"name": 3}, TypeError, r"visualize\(name=\): expected a str, got int 3"),
    ],
)
def test_bad_arguments_are_named_and_change_nothing(flat, croatia, arguments, error, message):
    with pytest.raises(error, match=message):
        wf.visualize(flat(a=0.4), **({"name": "a", "map": croatia} | arguments))

    assert croatia.layers == ()


def test_more_than_three_known_bands_are_refused(flat, croatia):
    with pytest.raises(ValueError, match=r"at most 3 bands .* \['a', 'b', 'c', 'd'\]; use .pick_bands"):
        flat(a=1, b=1, c=1, d=1).visualize("a", map=croatia)


def test_a_band_that_a_known_scene_lacks_is_refused_at_once(flat, croatia):
    with pytest.raises(wf.errors.JobInvalid, match=r"pick_bands \(test_showing.py:\d+\): no band 'b'"):
        flat(a=1).pick_bands("b").visualize("a", map=croatia)

    assert croatia.layers == ()


def test_a_colormap_for_several_known_bands_is_refused(flat, croatia):
    with pytest.raises(ValueError, match=r"a colormap draws one band, got 2 bands \['a', 'b'\]"):
        flat(a=1, b=1).visualize("a", colormap="magma", map=croatia)


def test_a_missing_parameter_is_named(flat, croatia):
    with pytest.raises(ValueError, match=r"Missing required parameter: visualize\(\) needs x="):
        (flat(a=1) + wf.parameter("x", wf.Float)).visualize("a", map=croatia)


def test_only_imagery_can_be_shown(croatia):
    with pytest.raises(
        TypeError, match=r"visualize\(\): expected an Image or ImageCollection, got an Int proxy"
    ):
        wf.visualize(wf.Int(1), "a", map=croatia)


def test_demo_imagery_is_made_by_visualize_and_not_by_the_first_tile(scenes, croatia, capsys):
    level = wf.parameter("level", wf.Float)
    images = wf.ImageCollection.from_id("sentinel-2:L1C") * level
    wf.settings.home.mkdir()
    (wf.settings.home / "demo").write_text("no folder, so that making it ends at once")
    with pytest.raises(OSError, match="demo"):
        images.visualize("a", scales=[0, 1], map=croatia, level=2.0)

    assert "Making demo imagery" in capsys.readouterr().err


def test_two_threads_that_visualize_under_one_name_share_the_layer(flat, croatia):
    image = flat(a=0.4)
    for number in range(20):
        together = threading.Barrier(2)

        def visualize(name=f"a{number}", together=together):
            together.wait(10)
            image.visualize(name, scales=[0, 1], map=croatia)

        threads = [threading.Thread(target=visualize) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)

    assert [layer.name for layer in croatia.layers] == [f"a{number}" for number in range(20)]


def test_a_layer_can_be_made_without_showing_it(flat, croatia):
    layer = flat(a=0.4).tile_layer(scales=[0, 1], map=croatia)
    before = croatia.layers
    croatia.add(layer)

    assert layer.name == "Image"
    assert before == ()
    assert croatia.layers == (layer,)
    assert colour(layer) == (102, 102, 102, 255)


def test_a_layer_tells_only_what_is_bad_enough(flat, croatia):
    quiet = flat(a=0.4).visualize("quiet", scales=[0, 1], map=croatia, log_level=logging.WARNING)
    quiet._say("INFO", "scales found")
    quiet._say("WARNING", "a scene was skipped")
    told = croatia.layer_log.lines
    flat(a=0.4).visualize("quiet", scales=[0, 1], map=croatia)
    quiet._say("INFO", "scales found")
    more = croatia.layer_log.lines
    quiet.clear_logs()

    assert told == ("quiet: WARNING - a scene was skipped",)
    assert more[1:] == ("quiet: INFO - scales found",)
    assert croatia.layer_log.lines == ()
