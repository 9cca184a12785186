import pytest

from descartes_flow.colour import Style
from descartes_flow.interactive.tiles.serving import ServedLayer, tile_server
from descartes_flow.render.drawing import Drawing
from descartes_flow.render.layers import LAYERS


@pytest.fixture
def served():
    served = ServedLayer(lambda note: None, lambda progress: None, lambda: None)
    yield served
    served.close()


@pytest.fixture
def drawing(flat):
    return Drawing.of(flat(a=0.4)._node, Style(((0, 1),)))


def test_there_is_one_server():
    assert tile_server() is tile_server()


def test_a_drawing_is_new_once(served, drawing):
    assert served.show(drawing)
    assert not served.show(drawing)


def test_the_url_names_layer_and_version_and_nothing_else(served, drawing):
    path = served.url(drawing).partition(tile_server().token)[2]

    assert path == f"/tiles/{served.key}/{drawing.version}/{{z}}/{{x}}/{{y}}.png"


def test_a_closed_layer_shows_nothing_any_more(served, drawing):
    served.show(drawing)
    served.close()

    assert not served.show(drawing)
    assert LAYERS.current(served.key) is None
