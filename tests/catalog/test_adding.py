import os
import shutil
from datetime import UTC, datetime

import pystac
import pytest

from descartes_flow import catalog
from descartes_flow.errors import CatalogError
from tests.catalog.files import remote_asset, stac_item, write_tiff

pytestmark = pytest.mark.usefixtures("home")


def bands(product: str, name: str) -> dict:
    return {band.name: band for band in catalog.item(f"{product}:{name}").bands}


def test_files_of_one_scene_become_one_item(tmp_path):
    for name in ("a_20200601_B02.tif", "a_20200601_B03.TIF", "b_20200602_B02.tif", "b_20200602_B03.tiff"):
        write_tiff(tmp_path / name)
    report = catalog.add("mine", tmp_path, description="Two scenes")

    assert report.added == ("a_20200601", "b_20200602")
    assert repr(report) == "'mine': 2 added, 0 updated, 0 skipped"
    assert list(bands("mine", "a_20200601")) == ["B02", "B03"]


def test_an_item_of_files_knows_where_it_lies(tmp_path):
    # 300 m x 200 m from (500000, 5000000) in UTM zone 33: its upper left corner is on 15 degrees east
    path = write_tiff(tmp_path / "a_20200601.tif", descriptions=("red",), scale=0.5, offset=2, nodata=7)
    catalog.add("mine", path)
    item = catalog.item("mine:a_20200601")
    source = item.band("red").source

    assert item.bounds.left == pytest.approx(15, abs=1e-6)
    assert item.bounds.top == pytest.approx(45.1535, abs=1e-3)
    assert item.bounds.right - item.bounds.left == pytest.approx(
        300 / 78_650, rel=0.01
    )  # metres per degree there
    assert (source.href, source.index, source.crs) == (str(path), 1, "EPSG:32633")
    assert source.transform == (10, 0, 500_000, 0, -10, 5_000_000)
    assert (source.rows, source.cols, source.dtype, source.nodata) == (20, 30, "uint16", 7)
    assert (source.scale, source.offset) == (0.5, 2)
    assert source.size == path.stat().st_size
    assert source.modified == path.stat().st_mtime_ns


def test_a_file_that_cannot_be_opened_is_named_and_the_rest_added(tmp_path):
    write_tiff(tmp_path / "good_20200601.tif")
    (tmp_path / "bad_20200601.tif").write_bytes(b"<html>Not found</html>")
    write_tiff(tmp_path / "nowhere_20200601.tif", crs=None)
    report = catalog.add("mine", tmp_path)

    assert report.added == ("good_20200601",)
    assert {name.split()[0] for name, _ in report.skipped} == {
        *("bad_20200601.tif", "nowhere_20200601"),
    }
    assert "the file has no CRS" in repr(report)


def test_a_band_that_cannot_be_read_leaves_the_others(tmp_path):
    write_tiff(tmp_path / "a_20200601_B02.tif")
    (tmp_path / "a_20200601_B03.tif").write_bytes(b"II*\0")
    report = catalog.add("mine", tmp_path)

    assert list(bands("mine", "a_20200601")) == ["B02"]
    assert [name for name, _ in report.skipped] == ["a_20200601_B03.tif"]


def test_adding_again_updates_in_place(tmp_path):
    path = write_tiff(tmp_path / "a_20200601.tif")
    catalog.add("mine", tmp_path)
    before = catalog.search("mine")[0]
    write_tiff(path, scale=0.5)
    write_tiff(tmp_path / "b_20200601.tif")
    report = catalog.add("mine", tmp_path)

    assert (report.added, report.updated) == (("b_20200601",), ("a_20200601",))
    assert catalog.search("mine")[0].bands[0].source.scale == 0.5
    assert catalog.search("mine")[0].version != before.version


def test_adding_what_is_there_changes_nothing(tmp_path):
    write_tiff(tmp_path / "a_20200601.tif")
    catalog.add("mine", tmp_path)
    revision, version = catalog.revision(), catalog.search("mine")[0].version
    report = catalog.add("mine", tmp_path)

    assert report.updated == ("a_20200601",)
    assert catalog.revision() == revision
    assert catalog.search("mine")[0].version == version


def test_a_file_that_changed_changes_the_version(tmp_path):
    path = write_tiff(tmp_path / "a_20200601.tif")
    catalog.add("mine", tmp_path)
    before = catalog.search("mine")[0].version
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    catalog.add("mine", tmp_path)

    assert catalog.search("mine")[0].version != before


def test_once_added_no_file_is_needed(tmp_path):
    write_tiff(tmp_path / "files" / "a_20200601.tif")
    catalog.add("mine", tmp_path / "files")
    shutil.rmtree(tmp_path / "files")

    assert [item.id for item in catalog.search("mine", bounds=(15, 45, 16, 46))] == ["mine:a_20200601"]
    assert catalog.product("mine").images == 1
    assert catalog.item("mine:a_20200601").bands[0].source.rows == 20


def test_rules_win_over_the_file(tmp_path):
    write_tiff(tmp_path / "a_20200601_B04.tif", scale=0.1, offset=5, nodata=7)
    write_tiff(tmp_path / "a_20200601_B05.tif", scale=0.1, offset=5, nodata=7)
    rules = {"B04": {"scale": 0.5, "alias": ["red", "rot"], "nodata": None, "unit": "1"}}
    catalog.add("mine", tmp_path, bands=rules, offset=1)
    found = bands("mine", "a_20200601")

    assert (found["B04"].source.scale, found["B04"].source.offset, found["B04"].source.nodata) == (
        0.5,
        1,
        None,
    )
    assert (found["B05"].source.scale, found["B05"].source.offset, found["B05"].source.nodata) == (0.1, 1, 7)
    assert found["B04"].aliases == ("red", "rot")
    assert found["B04"].info["unit"] == "1"


def test_general_rules_leave_class_bands_alone(tmp_path):
    for band in ("B04", "SCL"):
        write_tiff(tmp_path / f"a_20200601_{band}.tif", dtype="uint8", nodata=None)
    catalog.add("mine", tmp_path, scale=0.01, offset=-1, nodata=0)
    found = bands("mine", "a_20200601")

    assert (found["B04"].source.scale, found["B04"].source.offset, found["B04"].source.nodata) == (
        0.01,
        -1,
        0,
    )
    assert (found["SCL"].source.scale, found["SCL"].source.offset, found["SCL"].source.nodata) == (1, 0, None)


def test_a_misspelt_band_in_a_rule_is_refused_and_nothing_added(tmp_path):
    write_tiff(tmp_path / "a_20200601_B04.tif")
    before = catalog.revision()

    with pytest.raises(CatalogError, match=r"no item has a band \['B44'\]"):
        catalog.add("mine", tmp_path, bands={"B44": {"scale": 1}})
    assert catalog.revision() == before


def test_an_alias_that_would_mean_two_bands_is_refused(tmp_path):
    write_tiff(tmp_path / "a_20200601.tif", bands=2, descriptions=("red", "nir"))

    with pytest.raises(CatalogError, match=r"alias \['nir'\] would mean several bands"):
        catalog.add("mine", tmp_path, bands={"red": {"alias": "nir"}})


def test_one_date_for_all_wins_over_what_stac_says():
    catalog.add("mine", [stac_item("a"), stac_item("b", date=None)], datetime="2021-02-03T04:05:06")

    assert {item.datetime for item in catalog.search("mine")} == {datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)}


def test_without_a_date_the_message_says_how_to_give_one(tmp_path):
    write_tiff(tmp_path / "elevation.tif")

    with pytest.raises(
        CatalogError, match=r"(?s)nothing can be added:.*elevation\.tif: no date: .*datetime=.*pattern="
    ):
        catalog.add("mine", tmp_path)


def test_where_some_have_a_date_the_others_are_skipped(tmp_path):
    write_tiff(tmp_path / "elevation.tif")
    write_tiff(tmp_path / "a_20200601.tif")

    assert catalog.add("mine", tmp_path).skipped[0][0] == "elevation.tif"


def test_sources_of_several_kinds_are_added_together(tmp_path):
    files = [write_tiff(tmp_path / f"a_20200601_B0{number}.tif") for number in (2, 3)]
    item = pystac.Item.from_dict(stac_item("s"))
    report = catalog.add("mine", [files[0], stac_item("d"), str(files[1]), item])

    assert sorted(report.added) == ["a_20200601", "d", "s"]


def test_among_several_sources_one_that_is_no_stac_is_skipped(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    (tmp_path / "empty").mkdir()
    report = catalog.add(
        "mine", [broken, tmp_path / "empty", tmp_path / "missing_20200601.tif", stac_item("good")]
    )

    assert report.added == ("good",)
    assert [name for name, _ in report.skipped] == ["broken.json", "empty", "missing_20200601.tif"]


def test_the_last_of_two_items_of_one_name_counts():
    report = catalog.add("mine", [stac_item("a", which=1), stac_item("a", which=2)])

    assert report.added == ("a",)
    assert report.skipped[0][0] == "a"
    assert catalog.item("mine:a").properties["which"] == 2


@pytest.mark.parametrize("product", ["", "  ", 5, None, "a\udcff", "a\0b"])
def test_a_product_needs_a_name(product):
    with pytest.raises(CatalogError, match=r"add\(product_id=\): expected a name"):
        catalog.add(product, [stac_item()])


def test_nothing_to_add_is_an_error(tmp_path):
    before = catalog.revision()

    with pytest.raises(CatalogError, match="there is no image in the source"):
        catalog.add("mine", [])
    with pytest.raises(CatalogError, match=r"no \.tif or \.tiff file in"):
        catalog.add("mine", tmp_path)
    with pytest.raises(CatalogError, match="no such file or folder"):
        catalog.add("mine", tmp_path / "missing")
    assert catalog.revision() == before


def test_odd_ids_come_back_as_they_were():
    names = ["ключ 🛰", "a/../b", "c:d", "x'; DROP TABLE items; --", "%41"]
    catalog.add("land:сат/../é", [stac_item(name) for name in names])

    assert [item.id for item in catalog.search("land:сат/../é")] == [
        f"land:сат/../é:{name}" for name in sorted(names)
    ]
    assert all(catalog.item(f"land:сат/../é:{name}") is not None for name in names)


def test_an_item_without_an_id_or_a_usable_band_is_skipped():
    broken = [
        stac_item(""),
        {**stac_item("b"), "properties": None},
        stac_item("c", assets={"x": {"href": "x.html"}}),
    ]
    report = catalog.add("mine", [*broken, stac_item("good")])

    assert report.added == ("good",)
    assert [name for name, _ in report.skipped] == ["an item without an id", "b", "c"]


def test_a_property_that_json_cannot_hold_names_its_type():
    report = catalog.add("mine", [stac_item("good"), stac_item("bad", shape=object())])

    assert report.added == ("good",)
    assert report.skipped[0][0] == "bad"
    assert "a property holds a object" in report.skipped[0][1]


def test_an_item_without_a_geometry_lies_where_its_bbox_or_its_bands_are():
    boxed = {**stac_item("boxed"), "geometry": None, "bbox": [15, 45, 0, 16, 46, 900]}
    bare = {**stac_item("bare"), "geometry": None}
    catalog.add("mine", [boxed, bare])

    assert catalog.item("mine:boxed").bounds == (15, 45, 16, 46)
    # 2 km x 1 km below 5000 km north
    assert catalog.item("mine:bare").bounds == pytest.approx((15, 45.1445, 15.0254, 45.1535), abs=1e-3)


def test_remote_assets_are_described_by_stac_alone():
    catalog.add("mine", [stac_item("a", assets={"red": remote_asset()})])
    source = catalog.item("mine:a").bands[0].source

    assert source.href == "https://example.com/red.tif"
    assert (source.rows, source.cols, source.transform[2]) == (100, 200, 500_000)
    assert (source.dtype, source.nodata, source.scale, source.offset) == ("uint16", 0, 0.0001, -0.1)
    assert (source.overviews, source.size) == ((), 0)
