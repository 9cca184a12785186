"""Maps: examples 66 to 71 of the guide. What a browser shows of them is in ``tests/browser``."""

import subprocess
import sys

import ipywidgets
import mercantile
import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.interactive.app import MapApp
from tests.interactive.conftest import eventually, fetch

HERE = mercantile.tile(-105.9, 35.7, 11)
"""A tile around Santa Fe."""

FAR = mercantile.tile(16.2, 44.2, 11)
"""A tile where the demo has no imagery."""


@pytest.fixture
def ndvi():
    img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    nir, red = img.unpack_bands("nir red")
    return (nir - red) / (nir + red)


@pytest.fixture
def shared():
    """The map of the process, cleared afterwards."""
    yield wf.map
    wf.map.clear_layers()


def test_66_layers_go_to_the_one_map_by_default(ndvi, shared):
    layer = ndvi.visualize("NDVI", scales=[0, 1], colormap="viridis")

    assert isinstance(wf.map, MapApp)
    assert layer in wf.map.layers
    assert "application/vnd.jupyter.widget-view+json" in wf.map._repr_mimebundle_()


def test_67_images_are_displayed_and_collections_are_composited(shared):
    col = wf.ImageCollection.from_id("sentinel-2:L1C").pick_bands("red")
    layer = col.visualize("red", scales=[0, 0.4], reduction="median")
    image = col.median(axis="images").visualize("the same", scales=[0, 0.4])

    assert np.array_equal(fetch(layer.url, HERE), fetch(image.url, HERE))
    with pytest.raises(TypeError, match="visualize"):
        wf.visualize(wf.Int(1), "a number")


def test_68_a_row_has_what_the_looks_of_a_layer_need(ndvi, shared):
    layer = ndvi.visualize("NDVI", scales=[0, 1], colormap="viridis")
    row = next(row for row in wf.map.open_controls().children if row.layer is layer)
    row.unfolded = True
    visible = row.line.children[1]
    (opacity,) = [part for part in _all_parts(row) if isinstance(part, ipywidgets.FloatSlider)]
    parts = {type(part) for part in _all_parts(row)}

    assert isinstance(visible, ipywidgets.Checkbox)
    assert visible.value
    assert (opacity.min, opacity.max, opacity.value) == (0, 1, 1)
    assert {ipywidgets.Text, ipywidgets.Dropdown, ipywidgets.ToggleButton, ipywidgets.Button} <= parts
    tooltips = {part.tooltip for part in _all_parts(row) if isinstance(part, ipywidgets.Button)}
    assert {"Move up", "Move down", "Remove the layer"} <= tooltips


def _all_parts(widget):
    for part in getattr(widget, "children", ()):
        yield part
        yield from _all_parts(part)


def test_69_a_checkerboard_shows_where_imagery_is_empty(ndvi, shared):
    checked = ndvi.visualize("NDVI", scales=[0, 1], checkerboard=True)
    bare = ndvi.visualize("bare", scales=[0, 1], checkerboard=False)

    colours = np.unique(fetch(checked.url, FAR).reshape(-1, 4), axis=0)
    assert len(colours) == 2
    assert not fetch(bare.url, FAR)[..., 3].any()
    assert fetch(checked.url, HERE)[..., 3].all()


def test_70_without_the_map_packages_it_says_what_to_install():
    program = "import sys; sys.modules['ipyleaflet'] = None; import descartes_flow as wf; wf.map"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert found.returncode != 0
    assert 'pip install "descartes-flow[map]"' in found.stderr


def test_71_each_view_is_computed_for_what_is_on_the_screen(ndvi, shared):
    layer = ndvi.visualize("NDVI")

    eventually(lambda: layer.url)  # its scales come from the view, once
    near, far = fetch(layer.url, HERE), fetch(layer.url, mercantile.parent(HERE))
    assert near.shape == far.shape == (256, 256, 4)
    assert not np.array_equal(near, far)
