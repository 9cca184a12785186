import pytest
import traitlets
from ipywidgets.widgets import widget

from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.tools import AreaTool
from descartes_flow.interactive.tools.area import facts

RING = [[15.0, 45.0], [15.1, 45.0], [15.1, 45.1], [15.0, 45.1], [15.0, 45.0]]
HERE = {"type": "Polygon", "coordinates": [RING]}


@pytest.fixture
def tool(croatia):
    tool = AreaTool(croatia)
    yield tool
    tool.close()


def pen(map):
    return map.controls[-2]  # below the card


def draw(map, geometry):
    """What a browser sends when something was drawn."""
    feature = {"type": "Feature", "properties": {"type": "rectangle", "style": {}}, "geometry": geometry}
    pen(map).set_state({"data": [feature]})


def test_what_is_drawn_becomes_the_area_and_drawing_ends(croatia, tool):
    tool.active = True
    began = (tool.shape, pen(croatia).current_mode)
    draw(croatia, HERE)

    assert began == ("Rectangle", "draw:Rectangle")
    assert croatia.aoi == HERE
    assert (tool.shape, pen(croatia).current_mode, pen(croatia).data) == (None, None, [])
    assert tool.active


def test_drawn_again_it_is_replaced(croatia, tool):
    tool.active = True
    draw(croatia, HERE)
    tool.shape = "Polygon"
    began = pen(croatia).current_mode
    triangle = {"type": "Polygon", "coordinates": [[RING[0], RING[1], RING[2], RING[0]]]}
    draw(croatia, triangle)

    assert began == "draw:Polygon"
    assert croatia.aoi == triangle


def test_an_area_that_is_there_is_not_drawn_over_unasked(croatia, tool):
    croatia.aoi = HERE
    tool.active = True

    assert tool.shape is None
    assert pen(croatia).current_mode is None


def test_there_is_one_control_however_often_the_tool_is_used(croatia, tool):
    before = len(croatia.controls)
    for _ in range(3):
        tool.active = True
        tool.active = False

    assert len(croatia.controls) == before + 1
    assert croatia.controls[-1].hide_controls
    assert croatia.controls[-1].current_mode is None


def test_the_card_tells_the_size(croatia, tool):
    # 11.113 km by 7.884 km at its foot, on the ellipsoid; at zoom 9 a pixel has 216 m there.
    croatia.aoi = HERE

    assert "<b>87.5 km²</b>" in facts(tool)
    assert "36 &times; 51 pixels of 216 m" in facts(tool)
    assert "wf.map.geocontext(crs='utm', aoi=True)" in facts(tool)


def test_the_card_follows_resolution_projection_and_zoom(croatia, tool):
    croatia.aoi = HERE
    tool.active = True
    card = croatia.controls[-1].widget.children[1]
    told = [card._facts.value]
    for change in (
        lambda: setattr(croatia, "zoom", 10),
        lambda: setattr(tool, "resolution", 100),
        lambda: setattr(tool, "crs", "EPSG:3857"),
    ):
        change()
        told.append(card._facts.value)

    assert "73 &times; 103 pixels of 108 m" in told[1]
    assert "79 &times; 111 pixels of 100 m" in told[2]
    assert "resolution=100, crs='utm'" in told[2]
    assert "111 &times; 158 pixels of 100 m" in told[3]
    assert tool.geocontext().compute()["arr_shape"] == (158, 111)


def test_too_many_pixels_are_told_in_the_card(croatia, tool):
    croatia.aoi = HERE
    tool.resolution = 0.001

    assert "settings.max_side" in facts(tool)


@pytest.mark.parametrize("wrong", [0, -1, float("inf"), float("nan")])
def test_a_resolution_is_above_zero(tool, wrong):
    with pytest.raises(traitlets.TraitError, match="resolution: expected a number above 0"):
        tool.resolution = wrong


def test_buttons_clear_the_area_and_go_to_it(croatia, tool):
    tool.active = True
    *_, zoom, clear = croatia.controls[-1].widget.children[1].children[0].children
    before = (zoom.disabled, clear.disabled)
    croatia.aoi = HERE
    zoom.click()
    clear.click()

    assert before == (True, True)
    assert croatia.center == pytest.approx([45.05, 15.05], abs=1e-3)
    assert croatia.aoi is None
    assert clear.disabled


def test_the_buttons_choose_what_is_drawn(croatia, tool):
    tool.active = True
    rectangle, polygon, *_ = croatia.controls[-1].widget.children[1].children[0].children
    polygon.value = True
    drawing = (tool.shape, rectangle.value)
    polygon.value = False

    assert drawing == ("Polygon", False)
    assert tool.shape is None


def test_all_ends_with_the_app():
    MapApp().close()
    before = len(widget._instances)
    app = MapApp()
    app.open_controls()
    app.tools["area"].active = True
    app.aoi = HERE
    app.close()

    assert len(widget._instances) == before


def test_what_has_no_area_is_told_and_drawn_again(croatia, tool):
    tool.active = True
    draw(croatia, {"type": "Polygon", "coordinates": [[RING[0]] * 5]})

    assert croatia.aoi is None
    assert "expected a Polygon or MultiPolygon with an area" in croatia.layer_log.lines[-1]
    assert (tool.shape, pen(croatia).data) == (None, [])


def test_one_can_draw_after_the_controls_were_cleared(croatia, tool):
    tool.active = True
    tool.active = False
    croatia.clear()
    tool.active = True
    draw(croatia, HERE)

    assert croatia.aoi == HERE
