"""Results: examples 9 to 13 of the guide."""

import re

import pytest

import descartes_flow as wf


@pytest.fixture
def img():
    return wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1").pick_bands(
        ["red", "green", "blue"]
    )


def test_09_the_result_of_an_image_shows_what_it_holds(img, ctx, capsys):
    img_result = img.compute(ctx, progress_bar=True)

    header, ndarray, properties, bandinfo, geocontext = repr(img_result).splitlines()
    assert header == "ImageResult:"
    assert ndarray == "  * ndarray: MaskedArray<shape=(3, 111, 182), dtype=float64>"
    assert properties.startswith(
        "  * properties: 'acquired', 'bucket', 'cloud_fraction', 'cloud_fraction_0', "
    )
    assert properties.endswith(", ...")
    assert bandinfo == "  * bandinfo: 'red', 'green', 'blue'"
    assert geocontext == "  * geocontext: 'geometry', 'resolution', 'crs', 'bounds', ..."
    done, total = re.findall(
        r"Steps: (\d+)/(\d+) \| Stage: SAVING \| Status: SUCCESS", capsys.readouterr().out
    )[-1]
    assert int(done) == int(total) > 0


def test_10_its_class(img, ctx):
    assert type(img.compute(ctx)).__name__ == "ImageResult"


def test_11_its_properties_are_a_plain_dict(img, ctx):
    properties = img.compute(ctx).properties

    assert type(properties) is dict
    assert next(iter(properties.items())) == ("acquired", "2016-01-22T17:38:34.696493+00:00")


def test_12_bandinfo_alone_reads_no_pixel(img, ctx, capsys):
    img_bandinfo_result = img.bandinfo.compute(ctx, progress_bar=True)

    assert type(img_bandinfo_result) is dict
    assert list(img_bandinfo_result) == ["red", "green", "blue"]
    assert img_bandinfo_result["red"]["color"] == "Red"
    assert "Steps: 0/0" in capsys.readouterr().out


def test_13_numbers_dicts_and_lists_are_pythons_own(img, ctx):
    assert type(img.nbands.compute(ctx)) is int
    assert type(img.mean(axis="pixels").compute(ctx)) is dict
    assert type(wf.List[wf.Int]([1, 2]).compute()) is list
