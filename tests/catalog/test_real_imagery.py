"""Real imagery: what providers write, and what their files hold."""

import json
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from descartes_flow import catalog
from descartes_flow.catalog import Item
from descartes_flow.errors import CatalogError

pytestmark = pytest.mark.usefixtures("home")


def band_names(item: Item) -> list[str]:
    return [band.name for band in item.bands]


def calibrations(item: Item) -> dict[str, tuple[float, float]]:
    return {band.name: (band.source.scale, band.source.offset) for band in item.bands}


def test_a_folder_of_sentinel_2_bands_needs_no_pattern(imagery):
    report = catalog.add("s2", imagery / "core" / "s2_l2a_33T_202308")
    item = catalog.item("s2:S2B_33TWM_20230810T095757")

    assert (len(report.added), report.skipped) == (10, ())
    assert set(band_names(item)) == {"B02", "B03", "B04", "B08", "SCL", "opaque_cloud", "cirrus", "snow_ice"}
    assert item.datetime == datetime(2023, 8, 10, 9, 57, 57, tzinfo=UTC)
    assert item.band("B04").source.transform == (120, 0, 499980, 0, -120, 5128620)
    # the classes are finer: 60 m
    assert item.properties["geotrans"] == (499980, 60, 0, 5128620, 0, -60)
    assert {band.name for band in item.bands if band.source.categorical} == {
        *("SCL", "opaque_cloud", "cirrus", "snow_ice"),
    }


def test_a_pattern_gives_the_same_scenes(imagery):
    report = catalog.add(
        "s2",
        imagery / "core" / "s2_l2a_33T_202308",
        pattern=r"(?P<item>S2[AB]_33T\w\w_(?P<date>\d{8}T\d{6}))_(?P<band>B\d\d|SCL)\.tif",
        datetime="%Y%m%dT%H%M%S",
    )

    assert len(report.added) == 10
    assert len(report.skipped) == 10  # CLASSI, which the pattern leaves out
    assert catalog.search("s2")[0].id == "s2:S2B_33TWM_20230810T095757"


def test_an_offset_that_is_in_the_values_already_is_not_applied_twice(imagery, tmp_path):
    """STAC of these scenes states an offset of -0.1, and a flag that it was applied."""
    path = next(
        imagery.glob("stac/earthsearch-v1_sentinel-2-l2a/sentinel-2-l2a/S2A_33TWL_20230815_0_L2A/*.json")
    )
    shutil.copy(path, tmp_path)
    for band in ("B02", "B03", "B04", "B08"):
        name = f"S2A_33TWL_20230815T095811_{band}.tif"
        shutil.copy(imagery / "core" / "s2_l2a_33T_202308" / name, tmp_path / f"{band}.tif")
    stated = json.loads(path.read_text())["assets"]["red"]["raster:bands"][0]
    catalog.add("s2", tmp_path / path.name)
    red = catalog.search("s2")[0].band("red").source

    assert stated["offset"] == -0.1
    assert (red.scale, red.offset, red.nodata) == (0.0001, 0, 0)
    # where the file lies counts, not the 10 m grid that STAC states for the original
    assert (red.transform[0], red.rows, red.cols, red.overviews) == (120, 320, 512, (2,))


def test_a_static_catalog_is_read_from_its_root(imagery):
    report = catalog.add("s2", imagery / "stac" / "earthsearch-v1_sentinel-2-l2a" / "catalog.json")
    item = catalog.search("s2")[0]

    assert len(report.added) == 10
    # of each scene five local assets are not in this folder, and are told
    assert Counter(name.split()[1] for name, _ in report.skipped) == {
        **dict.fromkeys(("blue", "green", "nir", "red", "scl"), 10),
    }
    assert {"coastal", "swir16", "aot"} <= set(band_names(item))
    assert not {"visual", "thumbnail", "red-jp2", "granule_metadata"} & set(band_names(item))


def test_bands_of_one_scene_may_differ_in_resolution(imagery):
    catalog.add(
        "l1c",
        imagery / "core" / "s2_l1c_18S_virginia",
        pattern=r"(?P<item>\w+)_(?P<band>B\w\w)_\d\dm",
        datetime="2016-01-01",
        bands={"B04": {"alias": "red"}, "B08": {"alias": "nir"}},
    )
    (item,) = catalog.search("l1c", bounds=(-75.6, 37.65, -75.59, 37.66))
    sources = {band.name: band.source for band in item.bands}

    assert item.id == "l1c:S2A_L1C_T18S_virginia"
    assert len(sources) == 13
    assert [sources[name].transform[0] for name in ("B01", "B04", "B12")] == [60, 10, 20]
    assert [sources[name].overviews for name in ("B01", "B04")] == [(), (2, 4)]
    assert item.band("nir").source is sources["B08"]
    assert item.properties["geotrans"] == (439320, 10, 0, 4176480, 0, -10)


def test_a_time_series_with_masks(imagery):
    report = catalog.add("l57", imagery / "core" / "l57_sr_colorado_2008_2013")
    items = catalog.search("l57", start="2009-01-01", end="2010-01-01")

    assert len(report.added) == 105
    assert len(items) == len(list(imagery.glob("core/l57_sr_colorado_2008_2013/2009*_SR.tif")))
    assert [item.datetime for item in items] == sorted(item.datetime for item in items)
    assert set(band_names(items[0])) == {"FMASK", "red", "nir", "swir16"}
    assert items[0].band("FMASK").source.categorical
    assert calibrations(items[0])["nir"] == (0.0001, 0)
    assert items[0].band("nir").source.index == 2


def test_a_crs_without_a_code(imagery):
    catalog.add("modis", imagery / "core" / "modis_ndvi_sinop_2013_2014")
    items = catalog.search("modis", bounds=(-55.6, -11.7, -55.5, -11.6))

    assert len(items) == 12
    assert "Sinusoidal" in items[0].properties["crs"]
    assert band_names(items[0]) == ["NDVI"]
    assert items[0].bounds == pytest.approx((-55.803, -11.802, -55.199, -11.496), abs=1e-3)


def test_a_list_of_items_of_many_sensors(imagery):
    """The imagery's own description: 204 items, each in a place and at a time that it states."""
    features = json.loads((imagery / "manifest.json").read_text())["features"]
    report = catalog.add("all", imagery / "manifest.json")

    assert sorted(report.added) == sorted(feature["id"] for feature in features)
    for feature in features:
        stated = feature["properties"]
        item = catalog.item(f"all:{feature['id']}")
        assert item.bounds == pytest.approx(feature["bbox"], abs=1e-4)
        assert item.datetime == datetime.fromisoformat(stated["datetime"] or stated["start_datetime"])
        assert len(item.bands) == sum(len(asset["eo:bands"]) for asset in feature["assets"].values())


USABLE = {
    "antimeridian": 6,
    "earthsearch-v0_single": 1,
    "earthsearch-v1_single": 1,
    "landsat-c2-l1-pc.json": 4,
    "landsat-c2-l2-pc.json": 4,
    "sentinel-1-rtc-pc.json": 4,
    "S2C_MSIL2A_20250330T100051_N0511_R122_T33UWP_20250330T145914_cdse_stac_v110.json": 1,
}
"""Items of which STAC says all that is needed to read their remote assets."""

NO_TYPE = "STAC says no data_type"
NO_PLACE = "STAC does not say proj:code, proj:transform and proj:shape"
UNUSABLE = {
    "LC08_L2SP_028030_20200114_20200824_02_T1_SR.json": NO_TYPE,
    "LC08_L2SR_081119_20200101_20200823_02_T2.json": NO_TYPE,
    "LE07_L2SP_044033_20210329_20210424_02_T1_SR.json": NO_TYPE,
    "S2A_28QCH_20200714_0_L2A.json": NO_TYPE,
    "S2B_MSIL2A_20190629T212529_R043_T06VVN_20201006T080531.json": NO_TYPE,
    "ga_ls8c_ard_3-1-0_088080_2020-05-25_final.stac-item.json": "https",  # its files are served by http
    "site1-20200606-tall-strip-africa.geojson": NO_TYPE,
    "site2-2020_jun_jul-35MNM.geojson": NO_TYPE,
    "cop-dem-glo-30-pc.json": NO_TYPE,
    "naip-pc.json": NO_TYPE,
    "sentinel-2-l2a-pc.json": NO_TYPE,
    "LC08_L2SP_001062_20201031_20201106_02_T2_SR_stac.json": NO_PLACE,
    "LC08_L2SP_001062_20201031_20201106_02_T2_ST_stac.json": NO_PLACE,
    "sentinel-2-l2a.collection.json": "follows no link to another host",
    "LC08_L2SP_001062_20201031_20201106_02_T2_MTL.json": "is no STAC",
    "S1A_IW_GRDH_1SDV_20180716T004042_productInfo.json": "is no STAC",
}
"""Files of which nothing can be added, and why."""


def files_of(imagery: Path, name: str) -> list[Path]:
    return [path for path in sorted((imagery / "stac").rglob("*json")) if name in path.parts]


@pytest.mark.parametrize("name", USABLE)
def test_items_with_remote_assets_are_added_without_the_network(imagery, name):
    reports = [catalog.add("remote", path) for path in files_of(imagery, name)]

    assert sum(len(report.added) for report in reports) == USABLE[name]
    for item in catalog.search("remote"):
        assert {band.source.href.partition("://")[0] for band in item.bands} <= {"https", "s3"}


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_added_says_why(imagery, name):
    (path,) = files_of(imagery, name)
    before = catalog.revision()

    with pytest.raises(CatalogError, match=UNUSABLE[name]):
        catalog.add("remote", path)
    assert catalog.revision() == before


def test_every_stac_file_is_looked_at(imagery):
    looked_at = {path for name in (*USABLE, *UNUSABLE) for path in files_of(imagery, name)}
    rest = set((imagery / "stac").rglob("*json")) - looked_at

    assert {path.relative_to(imagery / "stac").parts[0] for path in rest} == {"earthsearch-v1_sentinel-2-l2a"}


def test_scale_and_offset_of_landsat_come_from_stac(imagery):
    catalog.add("landsat", imagery / "stac" / "planetary-computer" / "landsat-c2-l2-pc.json")
    item = catalog.search("landsat")[0]

    assert calibrations(item)["red"] == (0.0000275, -0.2)
    assert calibrations(item)["lwir11"] == (0.00341802, 149)
    assert calibrations(item)["qa"] == (0.01, 0)  # an uncertainty in kelvin, no bits
    assert {band.name for band in item.bands if band.source.categorical} == {
        "qa_pixel",
        "qa_radsat",
        "qa_aerosol",
    }
    assert item.band("OLI_B4").name == "red"
    assert item.band("qa_pixel").info["bitfields"][3]["name"] == "cloud"


def test_missing_types_can_be_given_by_rules(imagery):
    path = imagery / "stac" / "planetary-computer" / "cop-dem-glo-30-pc.json"
    catalog.add("dem", path, bands={"data": {"dtype": "float32", "alias": "elevation", "unit": "m"}})
    source = catalog.search("dem")[0].band("elevation").source

    assert (source.dtype, source.nodata) == ("float32", None)


def test_scenes_across_the_antimeridian_are_found_from_both_sides(imagery):
    for path in (imagery / "stac" / "antimeridian").iterdir():
        catalog.add("anti", path)
    east, west = (178, 50, 180, 70), (-180, 50, -178, 70)
    crossing = [item.id for item in catalog.search("anti") if item.bounds.left > item.bounds.right]

    assert len(crossing) == 5
    assert [item.id for item in catalog.search("anti", bounds=east)] == crossing
    assert len(catalog.search("anti", bounds=west)) == 6
    assert catalog.search("anti", bounds=(-170, 50, 170, 70)) == []
    assert catalog.search("anti", bounds=(0, 50, 10, 70)) == []
