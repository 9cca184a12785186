"""Proxies and grafts: examples 1 to 8 of the guide."""

import re
import subprocess
import sys

import numpy as np

import descartes_flow as wf

TYPES = "descartes_flow.types"


def test_01_an_image_of_three_bands_is_computed_over_the_guides_context():
    img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80270312016188_v1")
    rgb = img.pick_bands(["red", "green", "blue"])
    geocontext = wf.GeoContext(
        resolution=200.0,
        crs="EPSG:32615",
        align_pixels=False,
        bounds=(258292.5, 4503907.5, 493732.5, 4743307.5),
        bounds_crs="EPSG:32615",
    )
    result = rgb.compute(geocontext)

    assert type(result.ndarray) is np.ma.MaskedArray
    assert result.ndarray.shape == (3, 1197, 1177)
    assert result.ndarray.count() > 0


def test_02_plain_numbers_are_added_at_once():
    assert 1 + 1 == 2


def test_03_a_sum_of_proxies_is_a_proxy():
    assert re.fullmatch(rf"<{TYPES}\.primitives\.number\.Int at 0x[0-9a-f]+>", repr(wf.Int(1) + 1))


def test_04_its_graft_is_numbered_from_one_every_time():
    result = wf.Int(1) + 1

    assert result.graft == {"1": 1, "2": 1, "3": ["add", "1", "2"], "returns": "3"}
    assert (wf.Int(1) + 1).graft == {"1": 1, "2": 1, "3": ["add", "1", "2"], "returns": "3"}


def test_05_computing_it_shows_the_job_and_gives_a_python_number(capsys):
    result = wf.Int(1) + 1

    assert result.compute(progress_bar=True) == 2
    shown = capsys.readouterr().out
    assert re.search(r"^Job ID: [0-9a-f]{48}$", shown, re.MULTILINE)
    assert "[######] | Steps: 0/0 | Stage: SAVING | Status: SUCCESS" in shown


def test_06_the_class_of_an_image():
    img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")

    assert repr(type(img)) == f"<class '{TYPES}.geospatial.image.Image'>"


def test_07_properties_are_a_proxy_that_names_its_fields():
    img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")

    fields = (
        "{'crs': Str, 'date': Datetime, 'geotrans': Tuple[Float, Float, Float, Float, Float, Float], "
        "'id': Str, 'product': Str}"
    )
    shown = repr(img.properties)
    assert shown.startswith(f"<{TYPES}.containers.known_dict.KnownDict[{fields}, Str, Any] at 0x")


def test_08_the_package_is_imported_by_its_name():
    program = "import descartes_flow as wf; print(wf.Int(1).graft)"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "{'1': 1, 'returns': '1'}"
