import pytest

from descartes_flow.catalog.assets import (
    band_metadata,
    is_class_band,
    number,
    placement,
    raster_assets,
    stored_range,
)

TIFF = "image/tiff; application=geotiff"


def keys(**assets: dict) -> list[str]:
    return list(raster_assets({"assets": assets}))


def test_only_assets_with_values_count():
    assert keys(
        red={"href": "a.tif", "type": TIFF, "roles": ["data"]},
        old={"href": "a.TIF", "type": "image/vnd.stac.geotiff; cloud-optimized=true"},
        untyped={"href": "a.tif?signed=yes"},
        metadata={"href": "a.xml", "type": "application/xml", "roles": ["metadata"]},
        thumbnail={"href": "a.tif", "type": TIFF, "roles": ["thumbnail"]},
        picture={"href": "a.tif", "type": TIFF, "roles": ["visual"]},
        visual={"href": "a.tif", "type": TIFF, "roles": ["data"]},
        page={"href": "a.html"},
        broken={"type": TIFF},
    ) == ["red", "old", "untyped"]


def test_a_name_that_only_begins_like_a_picture_is_none():
    assert keys(visual_10m={"href": "a.tif"}, visualness={"href": "a.tif"}) == ["visualness"]


def test_jpeg_2000_counts_where_there_is_no_geotiff():
    jp2 = {"href": "a.jp2", "type": "image/jp2", "roles": ["data"]}

    assert keys(red=jp2) == ["red"]
    assert keys(red={"href": "a.tif", "type": TIFF}, red_jp2=jp2) == ["red"]


def test_extensions_of_all_versions_say_the_same():
    expected = {
        "name": "B4",
        "common_name": "red",
        "data_type": "uint16",
        "nodata": 0,
        "scale": 0.1,
        "offset": -1,
    }
    stored = {"data_type": "uint16", "nodata": 0, "scale": 0.1, "offset": -1}
    version_1_0 = {"eo:bands": [{"name": "B4", "common_name": "red"}], "raster:bands": [stored]}
    version_1_1 = {
        "data_type": "uint16",
        "nodata": 0,
        "raster:scale": 0.1,
        "bands": [{"name": "B4", "eo:common_name": "red", "raster:offset": -1}],
    }

    assert band_metadata(version_1_0, {}) == [expected]
    assert band_metadata(version_1_1, {}) == [expected]


def test_numbers_instead_of_bands_lead_to_the_bands_of_the_item():
    properties = {"eo:bands": [{"name": "B1"}, {"name": "B2"}]}

    assert band_metadata({"eo:bands": [1, 0, 7]}, properties) == [{"name": "B2"}, {"name": "B1"}, {}]


def test_lists_that_are_none_say_nothing():
    assert band_metadata({"eo:bands": {"name": "B1"}, "raster:bands": None}, {"eo:bands": 5}) == []


def test_an_asset_that_lists_no_bands_still_says_what_holds_for_them():
    classes = [{"value": 4, "name": "cloud"}]

    assert band_metadata({"classification:classes": classes, "nodata": 0}, {}) == [
        {"classes": classes, "nodata": 0}
    ]
    assert band_metadata({"href": "a.tif"}, {}) == []


def test_the_place_of_an_asset_may_stand_in_its_item():
    item = {"proj:epsg": 32633, "proj:shape": [1, 1], "proj:transform": [30, 0, 0, 0, -30, 0]}
    asset = {"proj:shape": [10, 20], "proj:transform": [10, 0, 5, 0, -10, 6, 0, 0, 1]}

    assert placement(asset, item) == ("EPSG:32633", (10, 0, 5, 0, -10, 6), 10, 20)
    assert placement({"proj:code": "EPSG:3031"}, item).crs == "EPSG:3031"


@pytest.mark.parametrize("missing", ["proj:epsg", "proj:shape", "proj:transform"])
def test_a_place_that_is_not_all_said_is_none(missing):
    said = {"proj:epsg": 32633, "proj:shape": [1, 1], "proj:transform": [30, 0, 0, 0, -30, 0]}
    del said[missing]

    with pytest.raises(ValueError, match="STAC does not say proj:code, proj:transform and proj:shape"):
        placement({}, said)


@pytest.mark.parametrize(
    ("names", "roles", "said", "dtype", "expected"),
    [
        (["SCL"], None, {}, "uint8", True),
        (["QA_PIXEL"], ["data"], {}, "uint16", True),
        (["cloud-mask"], None, {}, "uint8", True),
        (["FMASK"], None, {}, "uint8", True),
        (["oa_fmask"], None, {}, "uint8", True),
        (["cirrus", "CLASSI"], None, {}, "uint8", True),
        (["B04"], ["data"], {}, "uint16", False),
        (["cirrus"], ["data", "reflectance"], {}, "uint16", False),
        (["B04"], ["cloud-shadow"], {}, "uint16", True),
        (["ST_QA"], ["data"], {"scale": 0.01}, "int16", False),
        (["mask"], None, {}, "float32", False),
        (["B04"], None, {"classes": [{"value": 1}]}, "float32", True),
        (["B04"], None, {"bitfields": [{"offset": 1}]}, "uint16", True),
    ],
)
def test_class_bands_are_known_by_what_stac_says_or_by_their_names(names, roles, said, dtype, expected):
    assert is_class_band(names, roles, said, dtype) is expected


def test_numbers_may_be_written_as_words():
    assert number("nan") != number("nan")
    assert number("-inf") == float("-inf")
    assert (number(5), number("5"), number("five"), number(None)) == (5, 5, None, None)


def test_what_an_integer_can_hold():
    assert stored_range("uint8") == (0, 255)
    assert stored_range("int16") == (-32768, 32767)
    assert stored_range("float32") is None
