import ipyleaflet
import pytest

from descartes_flow.interactive.map import Map


@pytest.fixture
def stack(flat, croatia):
    """A map with a base layer and three layers over it."""
    croatia.add(ipyleaflet.TileLayer(name="base", base=True, url=""))
    for name in ("low", "middle", "high"):
        flat(a=0.4).visualize(name, scales=[0, 1], map=croatia)
    return croatia


def names(map: Map) -> list[str]:
    return [layer.name for layer in map.layers]


def test_a_new_map_shows_new_mexico_on_a_plain_background():
    map = Map()
    found = (map.center, map.zoom, map.min_zoom, map.scroll_wheel_zoom, map.layers)
    map.close()

    assert found == ([35.6870, -105.9378], 8, 5, True, ())


def test_before_it_is_displayed_a_size_is_assumed_and_the_log_says_so(croatia):
    context = croatia.geocontext().compute()

    assert croatia.map_dimensions() == (960, 400)
    assert context["arr_shape"] == (400, 960)
    assert croatia.layer_log.lines == (
        "INFO - geocontext(): the map is not displayed yet, assuming 960 x 400 pixels",
    )


def test_what_the_browser_tells_decides_the_context(croatia):
    # At zoom 9 the world is 131072 pixels wide; 512 x 256 of them east and south of Greenwich on the equator.
    edge = 360 / 131072
    for name, value in {
        **{"west": 0.0, "east": 512 * edge, "south": -0.7030, "north": 0.0},
        **{"left": 65536.0, "right": 66048.0, "top": 65536.0, "bottom": 65792.0},
    }.items():
        croatia.set_trait(name, value)
    context = croatia.geocontext(resolution=0.01, crs="EPSG:4326").compute()

    assert croatia.map_dimensions() == (512, 256)
    assert context["bounds"] == (0.0, -0.7030, 1.40625, 0.0)
    assert context["crs"] == "EPSG:4326"
    assert croatia.layer_log.lines == ()


def test_layers_move_by_one_or_to_a_place_but_not_below_the_base(stack):
    high = stack.find("high")
    stack.move_layer_down(high)
    down = names(stack)
    stack.move_layer(high, 0)
    bottom = names(stack)
    stack.move_layer_up(high)

    assert down == ["base", "low", "high", "middle"]
    assert bottom == ["base", "high", "low", "middle"]
    assert names(stack) == ["base", "low", "high", "middle"]


def test_moving_past_the_end_changes_nothing(stack):
    seen = []
    stack.observe(seen.append, "layers")
    stack.move_layer_up(stack.find("high"))
    stack.move_layer_down(stack.find("low"))

    assert seen == []


@pytest.mark.parametrize("move", ["move_layer_up", "move_layer_down", "remove_layer"])
def test_the_base_and_strangers_stay_where_they_are(stack, move):
    for layer in (stack.layers[0], ipyleaflet.TileLayer(url=""), "no such name"):
        with pytest.raises(ValueError, match=rf"{move}\(layer=\): .*known: \['low', 'middle', 'high'\]"):
            getattr(stack, move)(layer)


def test_a_layer_is_removed_by_itself_or_by_name(stack):
    stack.remove_layer("low")
    stack.remove_layer(stack.find("high"))

    assert names(stack) == ["base", "middle"]


def test_clearing_keeps_the_base(stack):
    stack.clear_layers()

    assert names(stack) == ["base"]


def test_clearing_everything_ends_computed_layers(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    croatia.clear()

    assert (croatia.layers, croatia.controls) == ((), ())
    assert layer.comm is None


def test_the_topmost_of_equal_names_is_found(croatia):
    first, second = (ipyleaflet.TileLayer(name="same", url="") for _ in range(2))
    croatia.add(first)
    croatia.add(second)

    assert croatia.find("same") is second


def test_a_layer_that_is_closed_leaves_the_map(flat, croatia):
    first = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    foreign = ipyleaflet.GeoJSON(name="b", data={"type": "FeatureCollection", "features": []})
    croatia.add(foreign)
    first.close()
    foreign.close()
    without = croatia.layers
    second = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)

    assert without == ()
    assert croatia.layers == (second,)
    assert second is not first


def test_closing_a_compared_layer_ends_the_comparison(flat, croatia):
    layers = [flat(a=0.4).visualize(name, scales=[0, 1], map=croatia) for name in "abc"]
    croatia.swipe("a", "b")
    layers[0].close()

    assert croatia.swiped is None
    assert names(croatia) == ["b", "c"]


def test_a_control_that_is_closed_leaves_the_map(croatia):
    before = croatia.controls
    control = ipyleaflet.ScaleControl()
    croatia.add(control)
    control.close()

    assert croatia.controls == before


def test_items_that_were_taken_off_are_not_followed(croatia):
    layer = ipyleaflet.TileLayer(url="")
    croatia.add(layer)
    on_map = len(layer._trait_notifiers["comm"]["change"])
    croatia.remove(layer)

    assert len(layer._trait_notifiers["comm"]["change"]) == on_map - 1
