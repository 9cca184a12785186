"""The demo imagery: what it promises to users and to the guide's examples."""

import itertools
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pystac
import pytest
import rasterio
from rasterio.features import geometry_mask
from rasterio.warp import transform_geom

from descartes_flow.catalog.invented import DESCRIPTIONS, PRODUCTS, build
from descartes_flow.catalog.invented.frames import Frame
from descartes_flow.catalog.invented.imaging import expose
from descartes_flow.catalog.invented.scenes import all_scenes
from descartes_flow.catalog.invented.sites import grounds
from descartes_flow.catalog.invented.spectra import COVERS, cover_spectra
from descartes_flow.catalog.invented.sun import Sun

Item = dict[str, Any]

NAMED = [
    ("landsat:LC08:PRE:TOAR", "meta_LC80270312016188_v1", "2016-07-06"),
    ("landsat:LC08:PRE:TOAR", "meta_LC80330352016022_v1", "2016-01-22T17:38:34.696493+00:00"),
    ("landsat:LC08:01:RT:TOAR", "meta_LC08_L1TP_033035_20170516_20170516_01_RT_v1", "2017-05-16"),
    ("sentinel-2:L1C", "2019-05-04_13SDV_99_S2B_v1", "2019-05-04"),
    ("sentinel-1:GRD", "meta_2020-06-09_049A0903_S1B", "2020-06-09"),
]
OLI = "coastal-aerosol blue green red nir swir1 swir2 cirrus cloud-mask"
BANDS = {
    "landsat:LC08:PRE:TOAR": OLI,
    "landsat:LC08:01:RT:TOAR": OLI,
    "sentinel-2:L1C": "blue green red red-edge nir swir1 swir2 cloud-mask cirrus-cloud-mask",
    "sentinel-1:GRD": "vv vh",
    "modis:09:v2": "red nir",
}
GUIDE_CONTEXT = (258292.5, 4503907.5, 493732.5, 4743307.5)
MASKED = ("landsat:LC08:PRE:TOAR", "landsat:LC08:01:RT:TOAR", "sentinel-2:L1C")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def products(folder: Path) -> dict[str, list[Item]]:
    return dict(build(folder))


@pytest.fixture(scope="module")
def items(products: dict[str, list[Item]]) -> dict[str, Item]:
    return {item["id"]: item for product in products.values() for item in product}


def path_of(item: Item, asset: str = "data") -> Path:
    return Path(item["assets"][asset]["href"])


def paths_of(items: dict[str, Item]) -> Iterator[Path]:
    return (Path(asset["href"]) for item in items.values() for asset in item["assets"].values())


def read(item: Item, band: str) -> np.ndarray:
    """Physical values of a band, NaN where there are none."""
    for asset in item["assets"].values():
        names = [entry["name"] for entry in asset["eo:bands"]]
        if band in names:
            with rasterio.open(asset["href"]) as file:
                stored = file.read(names.index(band) + 1)
                return np.where(stored == file.nodata, np.nan, stored * file.scales[names.index(band)])
    raise AssertionError(f"{item['id']} has no band {band}")


def when(item: Item) -> datetime:
    return datetime.fromisoformat(item["properties"]["datetime"])


def lies_in_virginia(item: Item) -> bool:
    return item["properties"]["proj:epsg"] == 32618


def test_all_products_are_described_and_made(products):
    assert tuple(products) == PRODUCTS == tuple(DESCRIPTIONS) == tuple(BANDS)
    assert all(products.values())


@pytest.mark.parametrize(("product", "name", "moment"), NAMED, ids=[name for _, name, _ in NAMED])
def test_an_image_that_the_guide_names_is_there(products, product, name, moment):
    [item] = [item for item in products[product] if item["id"] == name]

    assert item["properties"]["acquired"].startswith(moment)
    assert when(item) == datetime.fromisoformat(item["properties"]["acquired"])


def test_ids_are_unique_and_images_come_by_date(products, items):
    assert len(items) == sum(map(len, products.values()))
    assert all(made == sorted(made, key=when) for made in products.values())


def test_real_time_landsat_has_nothing_in_january_2017_and_nothing_in_2018(products):
    dates = [when(item) for item in products["landsat:LC08:01:RT:TOAR"]]

    assert {date.year for date in dates} == {2017}
    assert {date.month for date in dates} == set(range(3, 13))


def test_real_time_landsat_passes_new_mexico_every_16_days(products):
    dates = [when(i).date() for i in products["landsat:LC08:01:RT:TOAR"] if "_033035_" in i["id"]]

    assert {(later - date).days for date, later in itertools.pairwise(dates)} == {16}


def test_modis_has_every_day_from_january_to_july_2019(products):
    dates = [when(item).date().isoformat() for item in products["modis:09:v2"]]

    assert (dates[0], dates[-1], len(set(dates))) == ("2019-01-01", "2019-07-31", 212)


def test_sentinel_1_sees_virginia_on_descending_passes_only_and_new_mexico_on_both(products):
    passes = {(lies_in_virginia(item), item["properties"]["pass"]) for item in products["sentinel-1:GRD"]}

    assert passes == {(True, "DESCENDING"), (False, "DESCENDING"), (False, "ASCENDING")}


@pytest.mark.parametrize("product", PRODUCTS)
def test_bands_are_those_of_the_product(products, product):
    for item in products[product]:
        names = [band["name"] for asset in item["assets"].values() for band in asset["eo:bands"]]

        assert " ".join(names) == BANDS[product]


def test_an_asset_of_one_band_is_called_as_its_band(items):
    for item in items.values():
        for key, asset in item["assets"].items():
            assert len(asset["eo:bands"]) > 1 or asset["eo:bands"][0]["name"] == key


@pytest.mark.parametrize("product", MASKED)
def test_cloud_fraction_is_the_mean_of_the_cloud_mask(products, product):
    for item in products[product]:
        fraction = np.nanmean(read(item, "cloud-mask"))

        assert item["properties"]["cloud_fraction"] == pytest.approx(fraction, abs=1e-12)
        assert item["properties"]["cloud_fraction_0"] == item["properties"]["cloud_fraction"]


def test_weather_differs_from_clear_to_overcast(products):
    fractions = [item["properties"]["cloud_fraction"] for item in products["sentinel-2:L1C"]]

    assert min(fractions) < 0.05
    assert max(fractions) > 0.75


def test_clouds_are_brighter_than_the_ground_beside_them(items):
    item = items["meta_LC80270312016188_v1"]
    red, cloud = read(item, "red"), read(item, "cloud-mask")

    assert np.nanmedian(red[cloud == 1]) > 3 * np.nanmedian(red[cloud == 0])


def test_files_are_cloud_optimized(items):
    for path in paths_of(items):
        with rasterio.open(path) as file:
            assert file.block_shapes[0] == (256, 256)
            assert file.overviews(1)[0] == 2
            assert max(file.shape) / file.overviews(1)[-1] <= 256
            assert file.profile["compress"] == "deflate"
            places = [header_and_data(path, None)]
            places += [header_and_data(path, level) for level in range(len(file.overviews(1)))]

        headers, data = zip(*places, strict=True)
        assert list(headers) == sorted(headers)
        assert max(headers) < min(data), "all headers stand before all pixels"
        assert list(data) == sorted(data, reverse=True), "coarse overviews stand first"


def header_and_data(path: Path, level: int | None) -> tuple[int, int]:
    """Where the header and the first block of a file or of one of its overviews lie, in bytes."""
    options = {} if level is None else {"overview_level": level}
    with rasterio.open(path, **options) as file:
        header = int(file.get_tag_item("IFD_OFFSET", "TIFF", bidx=1))
        return header, int(file.get_tag_item("BLOCK_OFFSET_0_0", "TIFF", bidx=1))


def test_files_say_how_their_overviews_were_made(items):
    item = items["2019-05-04_13SDV_99_S2B_v1"]
    with rasterio.open(path_of(item)) as data, rasterio.open(path_of(item, "masks")) as masks:
        assert data.tags()["OVERVIEW_RESAMPLING"] == "AVERAGE"
        assert masks.tags()["OVERVIEW_RESAMPLING"] == "NEAREST"


def test_overviews_of_masks_hold_classes_only(items):
    with rasterio.open(path_of(items["2019-05-04_13SDV_99_S2B_v1"], "masks"), overview_level=0) as masks:
        assert set(np.unique(masks.read())) == {0, 1, 255}


def test_stac_agrees_with_the_file(items):
    for item in items.values():
        properties = item["properties"]
        for asset in item["assets"].values():
            with rasterio.open(asset["href"]) as file:
                assert file.crs.to_epsg() == properties["proj:epsg"]
                assert list(file.shape) == properties["proj:shape"]
                assert list(file.transform)[:6] == properties["proj:transform"]
                for index, stored in enumerate(asset["raster:bands"]):
                    assert file.descriptions[index] == asset["eo:bands"][index]["name"]
                    assert file.dtypes[index] == stored["data_type"]
                    assert file.nodatavals[index] == stored["nodata"]
                    assert file.scales[index] == stored.get("scale", 1)


def test_red_green_and_blue_are_coloured_so(items):
    with rasterio.open(path_of(items["2019-05-04_13SDV_99_S2B_v1"])) as file:
        colours = [colour.name for colour in file.colorinterp[:3]]

    assert colours == ["blue", "green", "red"]


@pytest.mark.parametrize("name", [name for _, name, _ in NAMED])
def test_the_footprint_holds_data_and_the_collar_none(items, name):
    item = items[name]
    with rasterio.open(path_of(item)) as file:
        has_data = file.read(1) != 0
        shape = transform_geom("EPSG:4326", file.crs, item["geometry"])
        touched = geometry_mask([shape], file.shape, file.transform, all_touched=True, invert=True)
        inside = geometry_mask([shape], file.shape, file.transform, invert=True)

    assert not has_data[~touched].any()
    assert (inside & ~has_data).sum() < 0.002 * inside.sum()  # edges that a pixel's centre just misses
    assert 0.5 < has_data.mean() < 0.95
    assert not has_data[[0, 0, -1, -1], [0, -1, 0, -1]].any()


def test_bands_of_a_scene_are_valid_at_the_same_pixels(items):
    for item in items.values():
        with rasterio.open(path_of(item)) as file:
            valid = file.read() != 0

        assert (valid == valid[0]).all()


def test_crops_are_greener_in_july_than_in_january(products):
    def ndvi(month: str) -> np.ndarray:
        images = [i for i in products["sentinel-2:L1C"] if i["id"].startswith(month) and "13SDV" in i["id"]]
        layers = []
        for item in images:
            red, nir = read(item, "red"), read(item, "nir")
            layers.append(np.where(read(item, "cloud-mask") == 1, np.nan, (nir - red) / (nir + red)))
        return np.array(layers)

    with np.errstate(invalid="ignore"):
        july, january = np.fmax.reduce(ndvi("2018-07")), np.fmax.reduce(ndvi("2018-01"))
    fields = july > np.nanquantile(july, 0.98)  # the best of July are irrigated

    assert np.nanmedian(july[fields]) > 0.6
    assert np.nanmedian(january[fields]) < 0.4
    assert np.nanmean(july) > np.nanmean(january)


def test_corn_turns_green_in_summer_and_is_bare_in_winter():
    corn = list(COVERS).index("corn")

    assert cover_spectra(15, swap_crops=False)[1][:, corn].tolist() == [0.0] * 8
    bare, leaves = cover_spectra(215, swap_crops=False)
    assert (bare + leaves)[5, corn] == pytest.approx(0.48)  # nir
    assert (bare + leaves)[3, corn] == pytest.approx(0.028)  # red


def test_corn_and_soy_are_rotated():
    corn, soy = list(COVERS).index("corn"), list(COVERS).index("soy")
    even, odd = cover_spectra(200, swap_crops=False), cover_spectra(200, swap_crops=True)

    assert (even[1][:, corn] == odd[1][:, soy]).all()
    assert (even[1][:, corn] != odd[1][:, corn]).any()


def test_the_image_of_iowa_covers_the_first_context_of_the_guide(items):
    with rasterio.open(path_of(items["meta_LC80270312016188_v1"])) as file:
        left, bottom, right, top = file.bounds

        assert file.res == (300.0, 300.0)
        assert file.crs.to_epsg() == 32615
    assert left <= GUIDE_CONTEXT[0] and bottom <= GUIDE_CONTEXT[1]
    assert right >= GUIDE_CONTEXT[2] and top >= GUIDE_CONTEXT[3]


def test_the_map_opens_where_images_are(items):
    for name in ("meta_LC80330352016022_v1", "2019-05-04_13SDV_99_S2B_v1", "meta_2020-06-09_049A0903_S1B"):
        west, south, east, north = items[name]["bbox"]

        assert west < -105.9378 < east
        assert south < 35.6870 < north


def test_slopes_that_face_the_radar_are_brighter(items):
    """Ascending passes look east, descending ones west: what one sees bright, the other sees dark."""
    ascending = read(items["meta_2020-06-09_049A0903_S1B"], "vv")
    descending = [i for i in items.values() if "_056D" in i["id"]]
    power = np.log(np.mean([read(item, "vv") for item in descending[:8]], axis=0)) - np.log(ascending)

    assert np.nanstd(power) > 0.45  # speckle alone would leave about 0.29


def test_water_is_dark_to_radar(products):
    virginia = next(item for item in products["sentinel-1:GRD"] if lies_in_virginia(item))
    vv = read(virginia, "vv")

    assert np.nanquantile(vv, 0.1) < 0.2 * np.nanquantile(vv, 0.9)


def test_the_demo_is_small_enough(folder, items):
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    assert size < 150e6


def test_nothing_unfinished_is_left(folder, items):
    known = {*paths_of(items), *(path_of(item).with_suffix(".json") for item in items.values())}

    assert {path for path in folder.rglob("*") if path.is_file()} == known


def test_items_are_stac(items):
    for item in items.values():
        parsed = pystac.Item.from_dict(item)

        assert parsed.collection_id in PRODUCTS
        assert all(Path(asset.href).is_absolute() for asset in parsed.assets.values())


def test_what_is_there_is_left_alone(folder, products):
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}

    assert dict(build(folder)) == products
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")} == before


def test_a_scene_that_is_made_again_is_the_same_to_the_bit(folder, items):
    chosen = ("meta_2018-01-01_004D0471_S1B", "meta_MOD09GA_2019-05-05_h09v05_v2")
    before = {name: path_of(items[name]).read_bytes() for name in chosen}
    for name in chosen:
        path_of(items[name]).unlink()

    again = {item["id"]: item for _, product in build(folder) for item in product}

    assert {name: path_of(again[name]).read_bytes() for name in chosen} == before
    assert {name: again[name] for name in chosen} == {name: items[name] for name in chosen}


def test_a_scene_without_its_record_is_made_again(folder, items):
    path = path_of(items["meta_MOD09GA_2019-05-06_h09v05_v2"])
    record = path.with_suffix(".json")
    text = record.read_text()
    record.unlink()

    build(folder)

    assert json.loads(record.read_text()) == json.loads(text)


def test_the_sun_stands_in_the_south_east_in_the_morning():
    sun = Sun.over(2018, 80, 35.7, hour=9.0)
    noon = Sun.over(2018, 80, 35.7, hour=12.0)

    assert 90 < sun.azimuth < 180
    assert noon.azimuth == pytest.approx(180)
    assert noon.elevation == pytest.approx(90 - 35.7, abs=1)  # an equinox


def test_a_shadow_falls_away_from_the_sun():
    sun = Sun(2018, 80, elevation=45.0, azimuth=135.0)

    # The sun stands in the south-east, as high as far: 1414 m up throw 1000 m north and 1000 m west.
    assert sun.shadow_offset(1414.2, 100.0) == (-10, -10)


def test_level_ground_is_as_bright_as_its_reflectance():
    level = np.zeros((1, 1), dtype=np.float32)

    assert Sun.over(2018, 200, 40.0).shading(level, level) == pytest.approx(1.0)


def test_a_footprint_touches_all_sides_of_its_frame():
    corners = Frame(32613, 0, 0, 30, 100, 120).footprint(10)

    assert corners[:, 0].min() == pytest.approx(0) and corners[:, 0].max() == pytest.approx(120)
    assert corners[:, 1].min() == pytest.approx(0) and corners[:, 1].max() == pytest.approx(100)


def test_the_window_of_a_frame_counts_pixels_of_the_outer_frame():
    outer = Frame(32613, 1000.0, 9000.0, 100.0, 50, 50)
    inner = Frame(32613, 1500.0, 8800.0, 50.0, 20, 40)

    assert inner.window_in(outer) == (2.0, 12.0, 5.0, 25.0)


def test_every_scene_knows_its_sensor(items):
    for scene in all_scenes():
        assert items[scene.id]["properties"]["platform"] == scene.sensor.platform


def test_a_picture_is_never_nodata_within_its_footprint():
    scene = next(scene for scene in all_scenes() if scene.site == "york-river")
    with ThreadPoolExecutor(1) as pool:
        ground = grounds(["york-river"], pool)["york-river"]
    exposure = expose(scene, ground, 37.3)
    seen = ground.frame.inside(exposure.corners)

    assert (exposure.data[:, seen] >= 8).all()
    assert not exposure.data[:, ~seen].any()
