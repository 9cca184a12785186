import pytest
from ipywidgets.widgets import widget

from descartes_flow.colour import COLORMAPS
from descartes_flow.interactive.panel.details import colours
from descartes_flow.interactive.panel.palette import FORWARD, Palette


@pytest.fixture
def layer(flat, croatia):
    return flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)


@pytest.fixture
def section(croatia, layer):
    section = colours(croatia, layer)
    yield section
    section.close()


def test_every_colormap_that_is_not_reversed_has_a_button_in_its_colours(layer):
    palette = Palette(layer)
    style = palette.children[0].value
    palette.close()

    assert set(COLORMAPS) == {*FORWARD, *(f"{name}_r" for name in FORWARD)}
    assert palette.buttons.options == FORWARD
    # Black to white through ten greys; the fields of a map for classes.
    assert 'button[data-value="gray"] { background: linear-gradient(to right, rgb(0,0,0) 0%, rgb(28' in style
    assert "rgb(255,255,255) 100%" in style
    assert (
        'button[data-value="tab10"] { background: linear-gradient(to right, rgb(31,119,180) 0% 10%' in style
    )


def test_a_button_and_the_layer_follow_each_other(section, layer):
    section.more.value = True
    buttons = section.palette.buttons
    before = buttons.value
    buttons.value = "magma"
    chosen = layer.colormap
    layer.colormap = "viridis_r"
    followed = buttons.value
    buttons.value = "cividis"

    assert (before, chosen, followed) == (None, "magma", "viridis")
    assert layer.colormap == "cividis_r"
    assert section.names.value == "cividis_r"
    layer.colormap = None
    assert buttons.value is None


def test_colours_can_be_reversed(section, layer):
    disabled = section.turn.disabled
    layer.colormap = "viridis"
    section.turn.click()
    once = layer.colormap
    section.turn.click()

    assert disabled
    assert once == "viridis_r"
    assert layer.colormap == "viridis"


def test_the_palette_ends_when_it_is_hidden_and_with_its_section(croatia, layer):
    Palette(layer).close()  # what ipywidgets makes once is there now
    colours(croatia, layer).close()
    widgets = len(widget._instances)
    observers = len(layer._trait_notifiers["colormap"]["change"])
    section = colours(croatia, layer)
    section.more.value = True
    palette = section.palette
    section.more.value = False
    hidden = palette.comm
    section.more.value = True
    section.close()

    assert hidden is None
    assert len(widget._instances) == widgets
    assert len(layer._trait_notifiers["colormap"]["change"]) == observers
