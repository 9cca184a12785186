import ipywidgets
import pytest
from ipywidgets.widgets import widget

from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.tools import TOOLS, Tool, Toolbar


class Clicks(Tool):
    name, icon, title, takes_clicks = "clicks", "crosshairs", "Count clicks", True

    def start(self):
        return ipywidgets.Label("no clicks yet")


class OtherClicks(Clicks):
    name = "other clicks"


class Quiet(Tool):
    name, icon, title = "quiet", "moon-o", "Nothing to see"

    def __init__(self, map):
        super().__init__(map)
        self.calls = []

    def start(self):
        self.calls.append("start")

    def stop(self):
        self.calls.append("stop")


@pytest.fixture
def toolbar(croatia):
    toolbar = Toolbar([kind(croatia) for kind in (Clicks, OtherClicks, Quiet)])
    yield toolbar
    toolbar.close()


def cards(map):
    return [control.widget for control in map.controls if hasattr(control, "widget")]


def test_a_button_starts_and_stops_its_tool(toolbar):
    quiet, button = toolbar.tools["quiet"], toolbar.children[2]

    button.value = True
    button.value = False

    assert quiet.calls == ["start", "stop"]
    assert (button.icon, button.tooltip) == ("moon-o", "Nothing to see")


def test_a_card_is_on_the_map_while_the_tool_is_active(toolbar, croatia):
    tool = toolbar.tools["clicks"]
    tool.active = True
    (card,) = cards(croatia)
    titlebar, content = card.children
    heading, away = titlebar.children
    shown = (heading.value, content.value)
    away.click()

    assert shown == ("Count clicks", "no clicks yet")
    assert not tool.active
    assert cards(croatia) == []
    assert card.comm is None


def test_one_tool_at_a_time_takes_clicks(toolbar):
    toolbar.tools["quiet"].active = True
    toolbar.tools["clicks"].active = True
    toolbar.tools["other clicks"].active = True

    assert {name: tool.active for name, tool in toolbar.tools.items()} == {
        **{"clicks": False, "other clicks": True, "quiet": True}
    }


def test_tools_end_with_their_toolbar(toolbar, croatia):
    tool = toolbar.tools["clicks"]
    tool.active = True
    toolbar.close()

    assert not tool.active
    assert cards(croatia) == []


TOOL_NAMES = [kind.name for kind in TOOLS]


@pytest.mark.parametrize("name", TOOL_NAMES)
def test_tools_can_be_turned_off_after_the_controls_were_cleared(name):
    app = MapApp()
    app.open_controls()
    tool = app.tools[name]
    tool.active = True
    app.map.clear()
    tool.active = False
    without = app.map.controls
    tool.active = True
    with_card = app.map.controls
    tool.active = False
    app.close()

    assert [control for control in without if hasattr(control, "widget")] == []
    assert any(hasattr(control, "widget") for control in with_card)


@pytest.mark.parametrize("name", TOOL_NAMES)
def test_nothing_is_left_of_an_app_whose_map_was_closed(name):
    before = set(widget._instances)
    app = MapApp()
    app.open_controls()
    app.tools[name].active = True
    app.map.close()
    app.close()

    assert not app.tools[name].active
    assert set(widget._instances) - before == set()
