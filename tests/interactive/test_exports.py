"""The buttons of a layer's row that copy and save."""

import ipywidgets
import pytest
import rasterio

import descartes_flow as wf
from descartes_flow.interactive.panel.details.exports import Exports, free_path
from tests.interactive.conftest import eventually


@pytest.fixture
def layer(flat, croatia):
    return flat(a=0.4).visualize("NDVI / 2020", scales=[0, 1], map=croatia)


@pytest.fixture
def section(layer, croatia, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    section = Exports(croatia, layer)
    yield section
    section.close()


def click(section: Exports, text: str) -> None:
    buttons = section.children[1].children[0].children
    next(button for button in buttons if button.description == text).click()


@pytest.mark.parametrize(("button", "call"), [("Code", "code"), ("XYZ", "xyz_url"), ("WMTS", "wmts_url")])
def test_text_is_shown_and_handed_to_the_page(button, call, section, layer, croatia):
    hidden = section.text.layout.display
    click(section, button)

    assert (hidden, section.text.layout.display) == ("none", None)
    assert section.text.value == getattr(layer, call)()
    assert "to be copied by hand" in section.note.value
    assert any(section.text.value in line for line in croatia.layer_log.lines)  # no browser is there to copy


def test_values_are_saved_beside_the_notebook(section, tmp_path):
    click(section, "GeoTIFF")
    eventually(lambda: section.note.value == "saved: NDVI-2020.tif")
    with rasterio.open(tmp_path / "NDVI-2020.tif") as dataset:
        assert dataset.read(1)[200, 480] == 0.4


def test_the_area_of_interest_is_saved_where_there_is_one(section, croatia, tmp_path):
    croatia.aoi = {"type": "Polygon", "coordinates": [[[16, 44], [16.5, 44], [16.5, 44.5], [16, 44]]]}
    click(section, "GeoTIFF")
    eventually(lambda: section.note.value == "saved: NDVI-2020.tif")
    with rasterio.open(tmp_path / "NDVI-2020.tif") as dataset:
        bounds, inside = dataset.lnglat(), dataset.read(1, masked=True).count()
        share = inside / (dataset.width * dataset.height)

    assert bounds == pytest.approx((16.25, 44.25), abs=0.01)
    assert share == pytest.approx(0.5, abs=0.01)  # a triangle


def test_nothing_is_overwritten(section, tmp_path):
    (tmp_path / "NDVI-2020.png").write_bytes(b"mine")
    click(section, "PNG")
    eventually(lambda: section.note.value == "saved: NDVI-2020-2.png")

    assert (tmp_path / "NDVI-2020.png").read_bytes() == b"mine"


def test_what_cannot_be_saved_is_told(flat, croatia, section):
    picked = wf.widgets.image("picked_to_export", map=croatia)
    (flat(a=0.4) + picked).visualize("NDVI / 2020", scales=[0, 1], map=croatia)
    click(section, "GeoTIFF")
    eventually(lambda: section.note.value.startswith("not saved: "))

    assert "a parameter of 'NDVI / 2020' has no value" in section.note.value


@pytest.mark.parametrize(
    ("name", "file"), [("NDVI", "NDVI.tif"), ("../a b", "a-b.tif"), ("///", "layer.tif"), ("", "layer.tif")]
)
def test_names_of_layers_become_names_of_files(name, file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert free_path(name, ".tif") == tmp_path / file


def test_a_closed_section_leaves_nothing_behind(layer, croatia):
    before = dict(ipywidgets.widgets.widget._instances)
    Exports(croatia, layer).close()

    assert ipywidgets.widgets.widget._instances == before
