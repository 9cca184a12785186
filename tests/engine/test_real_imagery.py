"""Real scenes against plain numpy: what rasterio reads, and arithmetic that anyone can follow."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

import descartes_flow as wf
from descartes_flow.geo import AOI
from tests.engine.programs import bands_read, bound

ZAGREB, VIRGINIA = "s2_l2a_33T_202308", "s2_l1c_18S_virginia"
CLOUDY = (3, 8, 9, 10)
"""Classes of SCL that hide the ground: cloud shadow, two kinds of cloud, cirrus."""


def features(imagery: Path, product: str) -> list[dict[str, Any]]:
    """The items of one product, their files by absolute path, by date."""
    manifest = json.loads((imagery / "manifest.json").read_text())
    found = [feature for feature in manifest["features"] if feature["collection"] == product]
    for feature in found:
        for asset in feature["assets"].values():
            asset["href"] = str(imagery / asset["href"])
        if feature["properties"].get("datetime") is None:
            feature["properties"]["datetime"] = feature["properties"]["start_datetime"]
    return sorted(found, key=lambda feature: feature["properties"]["datetime"])


@pytest.fixture
def zagreb(imagery, scenes) -> list[dict[str, Any]]:
    """Five dates of two overlapping Sentinel-2 tiles whose grids differ, in the catalog."""
    found = features(imagery, ZAGREB)
    wf.catalog.add(ZAGREB, found)
    return found


@pytest.fixture
def virginia(imagery, scenes) -> dict[str, Any]:
    """One cloud-free Sentinel-2 scene of 13 bands, in the catalog."""
    (found,) = features(imagery, VIRGINIA)
    wf.catalog.add(VIRGINIA, [found])
    return found


def stored(feature: dict[str, Any], asset: str) -> np.ndarray:
    """The stored values of a band, as rasterio reads them."""
    with rasterio.open(feature["assets"][asset]["href"]) as file:
        return file.read(1).astype(float)


def native(feature: dict[str, Any], asset: str) -> AOI:
    """The context of a band's own pixels."""
    with rasterio.open(feature["assets"][asset]["href"]) as file:
        crs, bounds, resolution = file.crs.to_string(), tuple(file.bounds), file.res[0]
    return AOI(bounds=bounds, bounds_crs=crs, crs=crs, resolution=resolution, align_pixels=False)


def tile(zagreb: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The scenes of one of the two tiles."""
    return [feature for feature in zagreb if name in feature["id"]]


def assert_pixels(result: Any, expected: np.ndarray, hidden: np.ndarray) -> None:
    """Exactly these values where they are shown, and exactly these hidden."""
    np.testing.assert_array_equal(np.ma.getmaskarray(result.ndarray)[0], hidden)
    np.testing.assert_array_equal(result.ndarray[0].compressed(), expected[~hidden])


def test_reflectances_are_stored_values_times_the_scale(virginia):
    for band in ("B02", "B8A", "B01"):
        img = wf.Image.from_id(f"{VIRGINIA}:{virginia['id']}").pick_bands(band)
        values = stored(virginia, band)

        assert_pixels(img.compute(native(virginia, band)), values * 0.0001, values == 0)


def test_an_index_equals_plain_numpy_and_reads_two_bands(virginia):
    nir, red = wf.Image.from_id(f"{VIRGINIA}:{virginia['id']}").unpack_bands("nir red")
    index, context = wf.normalized_difference(nir, red), native(virginia, "B08")

    b8, b4 = stored(virginia, "B08") * 0.0001, stored(virginia, "B04") * 0.0001
    assert_pixels(index.compute(context), (b8 - b4) / (b8 + b4), np.zeros(b8.shape, bool))
    assert sorted(band for _, band in bands_read(bound(index, context).plan)) == ["B04", "B08"]
    assert index.bandinfo.keys().compute() == ["nir_sub_red_div_nir_add_red"]


def test_the_collar_of_a_scene_is_masked_and_nothing_else(zagreb):
    collars = 0
    for feature in zagreb:
        values = stored(feature, "B04")
        img = wf.Image.from_id(f"{ZAGREB}:{feature['id']}").pick_bands("red")

        result = img.compute(native(feature, "B04"))
        np.testing.assert_array_equal(np.ma.getmaskarray(result.ndarray)[0], values == 0)
        collars += bool((values == 0).any())
    assert collars >= 3


def cloud_masked_median(scenes: list[dict[str, Any]], band: str) -> tuple[np.ndarray, np.ndarray]:
    """The median of a band over the clear pixels of scenes on one grid, and where there is none."""
    values = np.stack([stored(feature, band) for feature in scenes])
    classes = np.stack([stored(feature, "SCL") for feature in scenes])
    hidden = (values == 0) | np.isin(classes, CLOUDY)
    clear = np.where(hidden, np.nan, values * 0.0001)
    without = hidden.all(axis=0)
    clear[:, without] = 0
    return np.nanmedian(clear, axis=0), without


def clouds(scl: Any) -> Any:
    shadow, medium, high, cirrus = (scl == value for value in CLOUDY)
    return shadow | medium | high | cirrus


def test_a_cloud_masked_median_equals_plain_numpy(zagreb):
    scenes = tile(zagreb, "33TWL")
    col = wf.ImageCollection([wf.Image.from_id(f"{ZAGREB}:{feature['id']}") for feature in scenes])
    clear = col.pick_bands("red").mask(clouds(col.pick_bands("SCL")))

    expected, without = cloud_masked_median(scenes, "B04")
    assert_pixels(clear.median(axis="images").compute(native(scenes[0], "B04")), expected, without)
    assert 0 < without.sum() < without.size


def test_a_mapped_mask_gives_the_same_composite(zagreb):
    scenes = tile(zagreb, "33TWM")
    col = wf.ImageCollection.from_id(ZAGREB).filter(lambda img: img.properties["id"].contains("33TWM"))
    clear = col.map(lambda img: img.pick_bands("nir").mask(clouds(img.pick_bands("SCL"))))

    expected, without = cloud_masked_median(scenes, "B08")
    assert_pixels(clear.median(axis="images").compute(native(scenes[0], "B08")), expected, without)


def test_filters_by_cloud_cover_and_date_choose_the_scenes_the_manifest_says(zagreb):
    context = native(tile(zagreb, "33TWL")[0], "B04")
    clear = wf.ImageCollection.from_id(ZAGREB, start_datetime="2023-08-13", end_datetime="2023-08-20").filter(
        lambda img: img.properties["eo:cloud_cover"] < 30
    )

    expected = [
        f"{ZAGREB}:{feature['id']}"
        for feature in zagreb
        if feature["properties"]["eo:cloud_cover"] < 30
        and "2023-08-13" <= feature["properties"]["datetime"] < "2023-08-20"
    ]
    assert clear.map(lambda img: img.properties["id"]).compute(context) == expected
    assert len(expected) >= 2


def test_two_tiles_of_different_grids_lie_side_by_side_in_a_mosaic(zagreb):
    """On the grid of one tile its own pixels are exact; the other's come from the nearest of its own rows."""
    own, other = (tile(zagreb, name)[1] for name in ("33TWL", "33TWM"))
    col = wf.ImageCollection(
        [wf.Image.from_id(f"{ZAGREB}:{f['id']}").pick_bands("red") for f in (other, own)]
    )
    with rasterio.open(own["assets"]["B04"]["href"]) as a, rasterio.open(other["assets"]["B04"]["href"]) as b:
        here, there, res = a.bounds, b.bounds, a.res[0]
    bounds = (there.left, here.bottom, here.right, here.top + 120 * 100)
    context = AOI(
        bounds=bounds, bounds_crs="EPSG:32633", crs="EPSG:32633", resolution=res, align_pixels=False
    )

    result = col.mosaic().compute(context)
    values, mask = result.ndarray.data[0], np.ma.getmaskarray(result.ndarray)[0]
    left, _, _, top, _, _ = context.gdal_geotrans
    expected, hidden = np.zeros(values.shape), np.ones(values.shape, bool)
    for feature, box in ((other, there), (own, here)):
        band = stored(feature, "B04")
        rows = np.ceil((box.top - (top - res * (np.arange(values.shape[0]) + 0.5))) / res).astype(int) - 1
        cols = np.floor(((left + res * (np.arange(values.shape[1]) + 0.5)) - box.left) / res).astype(int)
        inside_r = (rows >= 0) & (rows < band.shape[0])
        inside_c = (cols >= 0) & (cols < band.shape[1])
        part = np.zeros(values.shape)
        part[np.ix_(inside_r, inside_c)] = band[np.ix_(rows[inside_r], cols[inside_c])]
        expected[part > 0] = part[part > 0] * 0.0001
        hidden[part > 0] = False
    np.testing.assert_array_equal(mask, hidden)
    np.testing.assert_array_equal(values[~mask], expected[~hidden])


def test_class_bands_keep_their_classes_whatever_the_resampler(zagreb):
    feature = tile(zagreb, "33TWL")[0]
    whole = native(feature, "SCL")
    finer = AOI(bounds=whole.bounds, bounds_crs=whole.crs, crs=whole.crs, resolution=90, align_pixels=False)

    scl = wf.Image.from_id(f"{ZAGREB}:{feature['id']}", resampler="bilinear").pick_bands("SCL")
    found = scl.compute(finer).ndarray
    assert set(np.unique(found.compressed())) <= set(np.unique(stored(feature, "SCL")))


def test_statistics_of_a_whole_scene_equal_numpys(virginia):
    img = wf.Image.from_id(f"{VIRGINIA}:{virginia['id']}").pick_bands("B11 B12")
    context = native(virginia, "B11")
    b11, b12 = (np.ma.masked_equal(stored(virginia, band), 0) * 0.0001 for band in ("B11", "B12"))

    found = img.mean(axis="pixels").compute(context)
    assert found == {"B11": pytest.approx(b11.mean(), rel=1e-12), "B12": pytest.approx(b12.mean(), rel=1e-12)}
    assert img.max(axis="pixels").compute(context) == {"B11": b11.max(), "B12": b12.max()}
    assert img.median(axis="pixels").compute(context)["B11"] == np.ma.median(b11)
    assert img.std(axis=None).compute(context) == pytest.approx(
        np.ma.concatenate([b11, b12]).std(), rel=1e-12
    )
