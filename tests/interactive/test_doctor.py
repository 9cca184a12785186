"""The text for reports of faults: what is in it, and what never is."""

import importlib.metadata

import ipyleaflet
import numpy
import pytest
import rasterio

from descartes_flow.interactive.app import MapApp
from descartes_flow.interactive.tiles.serving import tile_server
from descartes_flow.render.doctor import condition, misfits
from tests.interactive.conftest import colour, eventually


def test_versions_are_told():
    text = "\n".join(condition())

    assert f"ipyleaflet {ipyleaflet.__version__}" in text
    assert f"jupyter-leaflet {importlib.metadata.version('jupyter-leaflet')}" in text
    assert f"numpy {numpy.__version__}" in text
    assert f"GDAL {rasterio.__gdal_version__}" in text
    assert "WARNING" not in text


@pytest.mark.parametrize(
    ("leaflet", "extension", "told"),
    [
        ("0.20.0", "0.20.3", ""),
        ("0.20.0", "0.2.0", "jupyter-leaflet 0.2.0 does not fit ipyleaflet 0.20.0"),
        ("0.20.1", "1.20.1", 'pip install "jupyter-leaflet==0.20.*"'),
        ("0.20.0", None, "jupyter-leaflet is not installed"),
        (None, "0.20.0", "ipyleaflet is not installed"),
    ],
)
def test_packages_that_do_not_fit_are_told(leaflet, extension, told):
    found = misfits(leaflet, extension)

    assert told in found
    assert bool(told) == bool(found)


def test_layers_are_told_with_what_became_of_their_tiles(flat, croatia):
    layer = flat(a=0.4).visualize("NDVI", scales=[0, 1], map=croatia)
    colour(layer)
    hidden = flat(a=0.6).visualize("other", scales=[0, 1], map=croatia)
    hidden.visible = False
    eventually(lambda: not hidden.url)
    croatia.layer_log.add(layer.key, "ERROR", "it broke", "NDVI")
    lines = str(croatia.doctor()).splitlines()

    assert "layers: 2" in lines
    (told,) = [line for line in lines if line.startswith("  'NDVI', a WorkflowsLayer: ")]
    assert told.startswith("  'NDVI', a WorkflowsLayer: visible, tiles: 1 of 1 done, 0 failed, 0 cancelled")
    (told,) = [line for line in lines if line.startswith("  'other', a WorkflowsLayer: ")]
    assert "hidden, tiles: 0 of 0 done" in told
    assert told.endswith("no address now")
    assert lines[-1] == "  NDVI: ERROR - it broke"


def test_where_the_map_is(flat, croatia):
    text = str(croatia.doctor())

    assert "not displayed yet, size assumed, 960 x 400 pixels around (44.2, 16.2), zoom 9" in text
    assert "page: unknown" in text


def test_nothing_in_it_is_secret(flat, croatia):
    layer = flat(a=0.4).visualize("a", scales=[0, 1], map=croatia)
    croatia.set_trait("window_url", "https://me:pw@hub.example.org:8888/user/me/lab?token=secret#x")
    croatia.layer_log.add("", "ERROR", f"see {layer.url}")
    text = str(croatia.doctor())

    assert "page: https://hub.example.org:8888," in text
    assert tile_server().token not in text
    assert "secret" not in text
    assert "me:pw" not in text
    assert f"port {tile_server().port}" in text


def test_a_notebook_shows_it_line_by_line(croatia):
    report = MapApp(croatia).doctor()

    assert repr(report) == str(report)
    assert "\n" in report


def test_a_layer_of_another_kind_is_told(croatia):
    croatia.add(ipyleaflet.Marker(location=(44, 16), name="here"))

    assert "  'here', a Marker: visible" in str(croatia.doctor()).splitlines()
