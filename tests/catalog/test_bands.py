import pytest

from descartes_flow import catalog
from tests.catalog.files import remote_asset, stac_item, write_cog, write_tiff

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def added(tmp_path):
    """Bands of an item with these assets, whose hrefs are beside it."""

    def add(assets: dict, rules: dict | None = None, **properties) -> dict:
        for asset in assets.values():
            if "://" not in asset["href"]:
                asset["href"] = str(tmp_path / asset["href"])
        catalog.add("p", [stac_item("a", assets=assets, **properties)], bands=rules)
        return {band.name: band for band in catalog.item("p:a").bands}

    return add


def names(bands: dict) -> dict[str, tuple[str, ...]]:
    return {name: band.aliases for name, band in bands.items()}


def calibration(band) -> tuple[float, float]:
    return band.source.scale, band.source.offset


def test_a_band_is_called_like_its_asset_and_answers_to_what_eo_says(added):
    eo = {"eo:bands": [{"name": "B04", "common_name": "red"}]}

    assert names(added({"SR_B4": remote_asset(**eo)})) == {"SR_B4": ("B04", "red")}


def test_an_alias_of_two_bands_is_none(added):
    assets = {
        "B05": remote_asset(**{"eo:bands": [{"name": "e1", "common_name": "rededge"}]}),
        "B06": remote_asset(**{"eo:bands": [{"name": "e2", "common_name": "rededge"}]}),
        "e1": remote_asset(),
    }

    assert names(added(assets)) == {"B05": (), "B06": ("e2",), "e1": ()}


def test_bands_of_one_asset_are_called_by_eo_else_by_the_file_else_by_number(added, tmp_path):
    write_tiff(tmp_path / "ms.tif", bands=3, descriptions=("x", "second", ""))
    asset = {"href": "ms.tif", "type": "image/tiff", "eo:bands": [{"name": "first", "common_name": "red"}]}

    assert names(added({"ms": asset})) == {"first": ("red",), "second": (), "ms_3": ()}


def test_bands_of_equal_names_are_told_apart(added, tmp_path):
    write_tiff(tmp_path / "a.tif", bands=2, descriptions=("x", "x"))
    asset = {"href": "a.tif", "type": "image/tiff"}

    assert list(added({"a": asset, "b": dict(asset)})) == ["x", "a_x", "b_x", "b_x_1"]


def test_an_alias_of_a_rule_is_taken_from_the_band_that_had_it(added):
    assets = {
        "B08": remote_asset(**{"eo:bands": [{"name": "B08", "common_name": "nir"}]}),
        "B8A": remote_asset(**{"eo:bands": [{"name": "B8A", "common_name": "nir08"}]}),
    }

    assert names(added(assets, {"B8A": {"alias": "nir"}})) == {"B08": (), "B8A": ("nir", "nir08")}


def test_an_alpha_band_is_no_band_but_hides(added, tmp_path):
    write_tiff(tmp_path / "rgba.tif", bands=4, dtype="uint8", nodata=None, photometric="RGB", alpha="YES")
    bands = added({"rgba": {"href": "rgba.tif", "type": "image/tiff"}})

    assert list(bands) == ["rgba_1", "rgba_2", "rgba_3"]
    assert {band.source.alpha for band in bands.values()} == {4}


def test_stac_wins_over_the_file(added, tmp_path):
    write_tiff(tmp_path / "a.tif", scale=9, offset=9, nodata=9)
    said = {"raster:bands": [{"scale": 0.5, "offset": 3, "nodata": 5, "data_type": "float64"}]}
    band = added({"B1": {"href": "a.tif", "type": "image/tiff", **said}})["B1"]

    assert calibration(band) == (0.5, 3)
    assert (band.source.nodata, band.source.dtype) == (5, "uint16")


def test_a_scale_of_stac_is_not_paired_with_an_offset_of_the_file(added, tmp_path):
    write_tiff(tmp_path / "a.tif", scale=9, offset=9)
    asset = {"href": "a.tif", "type": "image/tiff", "raster:bands": [{"scale": 0.5}]}

    assert calibration(added({"B1": asset})["B1"]) == (0.5, 0)


def test_the_file_counts_where_stac_says_nothing(added, tmp_path):
    write_tiff(tmp_path / "a.tif", scale=0.25, offset=9, nodata=3)
    band = added({"B1": {"href": "a.tif", "type": "image/tiff"}})["B1"]

    assert calibration(band) == (0.25, 9)
    assert band.source.nodata == 3


def test_an_offset_that_is_applied_already_is_not_applied_again(added):
    applied = {"earthsearch:boa_offset_applied": True}

    assert calibration(added({"B1": remote_asset()}, **applied)["B1"]) == (0.0001, 0)
    assert calibration(added({"B1": remote_asset()}, {"B1": {"offset": -0.2}}, **applied)["B1"]) == (
        0.0001,
        -0.2,
    )


def test_an_offset_that_is_not_applied_yet_counts(added):
    not_applied = {"earthsearch:boa_offset_applied": False}

    assert calibration(added({"B1": remote_asset()}, **not_applied)["B1"]) == (0.0001, -0.1)


def test_nan_is_nodata_of_floats_only(added):
    said = [{"data_type": "float32", "nodata": "nan"}]
    floats = added({"B1": remote_asset(**{"raster:bands": said})})["B1"].source
    integers = added({"B1": remote_asset(**{"raster:bands": [{**said[0], "data_type": "int16"}]})})[
        "B1"
    ].source

    assert floats.nodata != floats.nodata
    assert integers.nodata is None


def test_class_bands_are_categorical(added, tmp_path):
    write_tiff(tmp_path / "scl.tif", dtype="uint8")
    classes = [{"value": 4, "name": "vegetation"}]
    assets = {
        "SCL": {"href": "scl.tif", "type": "image/tiff"},
        "B4": remote_asset(),
        "lc": remote_asset(**{"classification:classes": classes, "raster:bands": [{"data_type": "uint8"}]}),
    }
    bands = added(assets)

    assert [bands[name].source.categorical for name in ("SCL", "B4", "lc")] == [True, False, True]
    assert bands["lc"].info["classes"] == classes
    assert "physical_range" not in bands["lc"].info


def test_a_rule_decides_what_is_a_class_band(added, tmp_path):
    write_tiff(tmp_path / "a.tif", dtype="uint8")
    assets = {name: {"href": "a.tif", "type": "image/tiff"} for name in ("SCL", "land")}
    bands = added(assets, {"SCL": {"classes": None}, "land": {"classes": {2: "b", 1: "a"}}})

    assert not bands["SCL"].source.categorical
    assert bands["land"].source.categorical
    assert bands["land"].info["classes"] == [{"value": 1, "name": "a"}, {"value": 2, "name": "b"}]


@pytest.mark.parametrize(
    ("resampling", "rule", "safe"),
    [
        ("NEAREST", {}, True),
        ("MODE", {}, True),
        ("AVERAGE", {}, False),
        ("AVERAGE", {"safe_overviews": True}, True),
    ],
)
def test_overviews_are_safe_where_the_file_or_a_rule_says_so(added, tmp_path, resampling, rule, safe):
    write_cog(tmp_path / "a.tif", resampling)
    band = added({"B1": {"href": "a.tif", "type": "image/tiff"}}, {"B1": rule})["B1"]

    assert band.source.overviews == (2,)
    assert band.source.safe_overviews is safe


def test_a_file_without_overviews_has_no_unsafe_ones(added, tmp_path):
    write_tiff(tmp_path / "a.tif")

    assert added({"B1": {"href": "a.tif", "type": "image/tiff"}})["B1"].source.safe_overviews


def test_info_says_what_is_known_and_nothing_else(added):
    eo = {
        "eo:bands": [{"name": "B04", "common_name": "red", "center_wavelength": 0.665, "description": "Red"}]
    }

    assert added({"B04": remote_asset(**eo)})["B04"].info == {
        "color": "Red",
        "name": "B04",
        "id": "p:B04",
        "data_range": (0, 65535),
        "physical_range": (-0.1, pytest.approx(6.4535)),
        "scale": 0.0001,
        "offset": -0.1,
        "nodata": 0,
        "resolution": 10,
        "common_name": "red",
        "center_wavelength": 0.665,
        "description": "Red",
    }


def test_a_remote_band_of_unknown_type_is_skipped_with_a_way_out(added):
    asset = remote_asset("B2", **{"raster:bands": [{"scale": 0.1}]})
    report = catalog.add("q", [stac_item("a", assets={"B1": remote_asset(), "B2": dict(asset)})])

    assert report.skipped[0][0] == "a B2"
    assert "bands={'B2': {'dtype': ..., 'nodata': ...}}" in report.skipped[0][1]
    assert added({"B2": asset}, {"B2": {"dtype": "uint16"}})["B2"].source.dtype == "uint16"


@pytest.mark.parametrize(
    "href", ["http://example.com/a.tif", "/vsizip/a.zip/a.tif", "ftp://example.com/a.tif"]
)
def test_places_that_are_not_read_are_skipped(href):
    report = catalog.add("q", [stac_item("a", assets={"B1": remote_asset(), "B2": remote_asset(href=href)})])

    assert [name for name, _ in report.skipped] == ["a B2"]


def test_jpeg_2000_keeps_its_driver(added):
    asset = remote_asset(href="s3://bucket/a.jp2", type="image/jp2")

    assert added({"B1": asset})["B1"].source.driver == "JP2OpenJPEG"
