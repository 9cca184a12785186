import ipyleaflet
import pytest

from descartes_flow.interactive.tools import BasemapTool


@pytest.fixture
def tool(croatia):
    tool = BasemapTool(croatia)
    tool.active = True
    yield tool
    tool.close()


@pytest.fixture
def choice(croatia, tool):
    return croatia.controls[-1].widget.children[1].children[0]


def test_a_basemap_is_chosen_by_hand(croatia, choice):
    before = choice.label
    choice.value = "offline"
    chosen = [layer.name for layer in croatia.layers]
    choice.value = ""

    assert before == "none"
    assert chosen == ["offline"]
    assert croatia.basemap is None
    assert croatia.layers == ()


def test_it_follows_code(croatia, choice):
    shown = []
    for basemap in ("osm", ipyleaflet.TileLayer(url=""), None):
        croatia.basemap = basemap
        shown.append(choice.label)

    assert shown == ["OpenStreetMap (internet)", None, "none"]
    assert croatia.layers == ()


def test_opening_the_card_changes_nothing(croatia, choice):
    assert croatia.basemap == "auto"
    assert croatia.layers == ()
