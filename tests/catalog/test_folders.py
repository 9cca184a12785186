from datetime import UTC, datetime

import pytest

from descartes_flow import catalog
from descartes_flow.errors import CatalogError
from tests.catalog.files import write_tiff

pytestmark = pytest.mark.usefixtures("home")


def contents(product: str) -> dict[str, list[str]]:
    items = catalog.search(product)
    return {item.id.removeprefix(f"{product}:"): [band.name for band in item.bands] for item in items}


def test_a_file_of_many_bands_is_an_item_whose_bands_have_descriptions_or_numbers(tmp_path):
    write_tiff(tmp_path / "a_20200601.tif", bands=3, descriptions=("red", "", "nir"))
    catalog.add("mine", tmp_path)

    assert contents("mine") == {"a_20200601": ["red", "band_2", "nir"]}


def test_a_lone_file_of_one_band_is_called_by_its_description(tmp_path):
    write_tiff(tmp_path / "a_20200601.tif", descriptions=("elevation",))
    write_tiff(tmp_path / "b_20200602.tif")
    catalog.add("mine", tmp_path)

    assert contents("mine") == {"a_20200601": ["elevation"], "b_20200602": ["band"]}


def test_files_that_differ_in_their_date_are_no_bands_of_one_item(tmp_path):
    for date in ("20200601", "2020-06-02"):
        write_tiff(tmp_path / f"S2_L2A_{date}.tif")
    catalog.add("mine", tmp_path)

    assert list(contents("mine")) == ["S2_L2A_20200601", "S2_L2A_2020-06-02"]


def test_files_that_differ_in_a_number_are_no_bands_of_one_item(tmp_path):
    for number in (1, 2):
        write_tiff(tmp_path / f"tile_20200601_{number}.tif")
    catalog.add("mine", tmp_path)

    assert list(contents("mine")) == ["tile_20200601_1", "tile_20200601_2"]


def test_subfolders_are_read_and_hidden_files_are_not(tmp_path):
    write_tiff(tmp_path / "x" / "a_20200601.tif")
    write_tiff(tmp_path / ".cache" / "b_20200601.tif")
    write_tiff(tmp_path / "x" / "._c_20200601.tif")
    catalog.add("mine", tmp_path)

    assert list(contents("mine")) == ["a_20200601"]


def test_equal_names_in_two_folders_are_two_items(tmp_path):
    for folder in ("east", "west"):
        for band in ("B1", "B2"):
            write_tiff(tmp_path / folder / f"s_20200601_{band}.tif")
    catalog.add("mine", tmp_path)

    assert contents("mine") == {"east/s_20200601": ["B1", "B2"], "west/s_20200601": ["B1", "B2"]}


def test_a_pattern_says_which_part_of_a_name_is_what(tmp_path):
    for day in ("01", "02"):
        for band in ("red", "nir"):
            write_tiff(tmp_path / f"{band}-{day}.06.2020.tif")
    write_tiff(tmp_path / "notes.tif")
    pattern = r"(?P<band>\w+)-(?P<item>(?P<date>[\d.]+))\."
    report = catalog.add("mine", tmp_path, pattern=pattern, datetime="%d.%m.%Y")

    assert report.skipped == (("notes.tif", "its name does not match the pattern"),)
    assert contents("mine") == {"01.06.2020": ["nir", "red"], "02.06.2020": ["nir", "red"]}
    assert catalog.search("mine")[0].datetime == datetime(2020, 6, 1, tzinfo=UTC)


def test_files_of_two_dates_are_never_mixed_into_one_item(tmp_path):
    write_tiff(tmp_path / "red-2020-06-01-site7.tif")
    write_tiff(tmp_path / "nir-2020-06-02-site7.tif")
    report = catalog.add("mine", tmp_path, pattern=r"(?P<band>\w+?)-(?P<date>[\d-]+)-(?P<item>\w+)")

    assert contents("mine") == {"site7": ["nir"]}
    assert report.skipped[0][0] == "red-2020-06-01-site7.tif"
    assert "let the group 'item' tell them apart" in report.skipped[0][1]


def test_without_a_group_item_the_stem_without_the_band_is_the_item(tmp_path):
    for band in ("B02_10m", "B05_20m"):
        write_tiff(tmp_path / f"T18S_20160101_{band}.tif")
    catalog.add("mine", tmp_path, pattern=r"(?P<band>B\d\d)_\d\dm")
    items = list(contents("mine"))

    assert items == ["T18S_20160101_10m", "T18S_20160101_20m"]


def test_a_pattern_may_look_at_folders(tmp_path):
    for scene in ("20200601", "20200602"):
        for band in ("B2", "B3"):
            write_tiff(tmp_path / scene / f"{band}.tif")
    catalog.add("mine", tmp_path, pattern=r"^(?P<item>(?P<date>\d{8}))/(?P<band>B\d)\.tif$")

    assert contents("mine") == {"20200601": ["B2", "B3"], "20200602": ["B2", "B3"]}
    assert catalog.search("mine")[1].datetime == datetime(2020, 6, 2, tzinfo=UTC)


def test_two_files_of_one_band_are_not_mixed_up(tmp_path):
    for version in ("v1", "v2"):
        write_tiff(tmp_path / f"a_20200601_B2_{version}.tif")
    report = catalog.add("mine", tmp_path, pattern=r"(?P<item>\w+?)_(?P<band>B\d)")

    assert contents("mine") == {"a_20200601": ["B2"]}
    assert report.skipped == (("a_20200601_B2_v2.tif", "band 'B2' of 'a_20200601' is there already"),)


def test_the_tiff_tag_dates_a_file_before_its_name_does(tmp_path):
    write_tiff(tmp_path / "a_20200601.tif", tags={"TIFFTAG_DATETIME": "2019:05:04 17:38:34"})
    catalog.add("mine", tmp_path)

    assert catalog.search("mine")[0].datetime == datetime(2019, 5, 4, 17, 38, 34, tzinfo=UTC)


def test_a_date_that_the_format_does_not_fit_is_a_reason(tmp_path):
    write_tiff(tmp_path / "a_2020_153.tif")
    write_tiff(tmp_path / "a_2020_xyz.tif")
    report = catalog.add("mine", tmp_path, pattern=r"a_(?P<date>\w+)", datetime="%Y_%j")

    assert report.skipped[0][0] == "a_2020_xyz.tif"
    assert "does not match format '%Y_%j'" in report.skipped[0][1]
    assert catalog.search("mine")[0].datetime == datetime(2020, 6, 1, tzinfo=UTC)  # day 153 of a leap year


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pattern": "("}, "no regular expression"),
        ({"pattern": "(?P<scene>.*)"}, "some of the groups"),
        ({"pattern": "no groups"}, "some of the groups"),
        ({"pattern": 5}, "some of the groups"),
        ({"datetime": "%Y"}, "needs pattern= with a group 'date'"),
        ({"datetime": "%Y", "pattern": "(?P<item>.*)"}, "needs pattern= with a group 'date'"),
        ({"datetime": "yesterday"}, "expected an ISO date"),
        ({"datetime": 2020}, "expected a datetime"),
    ],
)
def test_arguments_that_cannot_be_meant_are_refused(tmp_path, options, message):
    write_tiff(tmp_path / "a_20200601.tif")

    with pytest.raises(CatalogError, match=message):
        catalog.add("mine", tmp_path, **options)
