"""Emptiness: examples 14 to 32 of the guide."""

import numpy as np
import pytest

import descartes_flow as wf


@pytest.fixture
def empty_col():
    return wf.ImageCollection([])


@pytest.fixture
def full():
    return wf.ImageCollection.from_id(
        "landsat:LC08:01:RT:TOAR", start_datetime="2017-01-01", end_datetime="2017-07-01"
    )


@pytest.fixture
def n(full, ctx):
    number = full.length().compute(ctx)
    assert number > 0
    return number


@pytest.fixture
def passes():
    """Smallest values of the ascending and of the descending passes of Sentinel-1."""
    col = wf.ImageCollection.from_id("sentinel-1:GRD", start_datetime="2019-04-01", end_datetime="2019-07-01")
    a = col.filter(lambda img: img.properties["pass"] == "ASCENDING")
    d = col.filter(lambda img: img.properties["pass"] == "DESCENDING")
    return a.pick_bands("vv").min(axis="images"), d.pick_bands("vv").min(axis="images")


def test_14_without_ascending_passes_their_composite_is_empty(passes, east):
    a_min, d_min = passes

    assert a_min.compute(east).ndarray is None
    assert d_min.compute(east).ndarray.count() > 0


def test_15_a_collection_drops_the_empty_composite(passes, east):
    a_min, d_min = passes
    mins_ic = wf.ImageCollection([a_min, d_min])
    max_composite = mins_ic.max(axis="images")
    result = max_composite.compute(east)

    assert mins_ic.length().compute(east) == 1
    assert "ndarray: MaskedArray<shape=(1, 512, 512), dtype=float64>" in repr(result)
    assert np.ma.allequal(result.ndarray, d_min.compute(east).ndarray)


def test_16_an_empty_composite_may_count_as_zero(passes, east, ctx):
    a_min, d_min = passes
    a_min_filled = a_min.replace_empty_with(0, mask=False, bandinfo={"vv": {}})
    mins_ic = wf.ImageCollection([a_min_filled, d_min])
    max_composite = mins_ic.max(axis="images")

    filled = a_min_filled.compute(east)
    assert list(filled.bandinfo) == ["vv"]
    assert filled.ndarray.count() == 512 * 512
    assert not filled.ndarray.any()
    assert mins_ic.length().compute(east) == 2
    assert "ndarray: MaskedArray<shape=(1, 512, 512), dtype=float64>" in repr(max_composite.compute(east))
    assert a_min_filled.compute(ctx) == a_min.compute(ctx)  # in New Mexico there are ascending passes


def test_17_an_empty_result_has_a_geocontext_and_nothing_else(empty_col, ctx):
    img, col = empty_col[0].compute(ctx), empty_col.compute(ctx)

    assert (img.ndarray, img.properties, dict(img.bandinfo)) == (None, {}, {})
    assert (col.ndarray, col.properties, dict(col.bandinfo)) == (None, [], {})
    assert img.geocontext == col.geocontext == ctx.compute()


def test_18_the_length_of_an_empty_collection_is_zero(empty_col, ctx):
    assert empty_col.length().compute(ctx) == 0


def test_19_a_collection_of_empty_images_is_empty(empty_col, ctx):
    empty_img1, empty_img2, empty_img3 = empty_col[0], empty_col[1], empty_col[-5]
    empty_col = wf.ImageCollection([empty_img1, empty_img2, empty_img3])

    assert empty_col.length().compute(ctx) == 0


def test_20_no_imagery_in_a_time_is_no_error(ctx):
    empty_col = wf.ImageCollection.from_id(
        "landsat:LC08:01:RT:TOAR", start_datetime="2017-01-01", end_datetime="2017-02-01"
    )

    assert empty_col.length().compute(ctx) == 0


def test_21_a_filter_that_nothing_passes_gives_an_empty_collection(ctx):
    non_empty_col = wf.ImageCollection.from_id(
        "landsat:LC08:01:RT:TOAR", start_datetime="2017-01-01", end_datetime="2017-12-01"
    )
    filtd = non_empty_col.filter(lambda img: img.properties["date"].year == 2018)

    assert non_empty_col.length().compute(ctx) > 0
    assert filtd.length().compute(ctx) == 0


def test_22_bands_mapped_to_empties_give_an_empty(full, empty_col, ctx):
    assert full[0].map_bands(lambda name, band: empty_col[0]).compute(ctx).ndarray is None
    images = full.map_bands(lambda name, band: empty_col).compute(ctx)
    image = full.map_bands(lambda name, band: empty_col[0]).compute(ctx)
    assert (images.ndarray, images.properties) == (None, [])
    assert (image.ndarray, image.properties) == (None, {})


def test_23_images_and_windows_mapped_to_empties_give_an_empty_collection(full, empty_col, ctx):
    assert full.map(lambda img: empty_col[0]).length().compute(ctx) == 0
    assert full.map_window(lambda back, img, fwd: empty_col, back=1).length().compute(ctx) == 0


@pytest.mark.parametrize("operate", [lambda a, b: a + b, lambda a, b: a / b, lambda a, b: a > b])
def test_24_an_operation_with_an_empty_is_empty(full, empty_col, ctx, operate):
    assert operate(full, empty_col).length().compute(ctx) == 0
    assert operate(empty_col, full).length().compute(ctx) == 0


def test_25_concat_keeps_what_is_not_empty(full, empty_col, n, ctx):
    assert empty_col.concat(full).length().compute(ctx) == n
    assert full.concat(empty_col).length().compute(ctx) == n


def test_26_concat_of_several(full, empty_col, n, ctx):
    assert full.concat(empty_col, full).length().compute(ctx) == 2 * n


def test_27_every_index_into_an_empty_collection_gives_an_empty_image(empty_col, ctx):
    for index in (0, 1, -1, 1000):
        assert empty_col[index].compute(ctx).ndarray is None


def test_28_a_collection_drops_empty_images(empty_col, ctx):
    empty_img = empty_col[0]
    img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")

    assert wf.ImageCollection([img, empty_img, empty_img]).length().compute(ctx) == 1


def test_29_an_empty_mask_hides_nothing(full, empty_col, n, ctx):
    assert full.mask(empty_col).length().compute(ctx) == n
    assert empty_col.mask(full).length().compute(ctx) == 0


def test_30_an_empty_collection_is_replaced_by_a_masked_one(full, empty_col, n, ctx):
    replaced = empty_col.replace_empty_with(full)

    assert replaced.length().compute(ctx) == n
    assert replaced.pick_bands("red").compute(ctx).ndarray.count() == 0


def test_31_an_empty_collection_is_replaced_by_a_number(empty_col, ctx):
    info = {"red": {}, "green": {}, "blue": {}}
    masked = empty_col.replace_empty_with(1.1, bandinfo=info).compute(ctx).ndarray
    shown = empty_col.replace_empty_with(1.1, mask=False, bandinfo=info).compute(ctx).ndarray

    assert masked.shape == shown.shape == (1, 3, 111, 182)
    assert masked.count() == 0
    assert shown.count() == shown.size
    assert (shown == 1.1).all()


def test_32_bands_are_not_partly_empty(full, empty_col, ctx):
    img = full[0]
    assert img.concat_bands(empty_col[0]).compute(ctx).ndarray is None
    assert full.concat_bands(empty_col).compute(ctx).ndarray is None
    only_red = img.map_bands(lambda name, band: wf.ifelse(name == "red", band, empty_col[0]))
    assert only_red.compute(ctx).ndarray is None
