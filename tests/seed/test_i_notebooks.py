"""What the example notebooks do: examples 72 to 81 of the guide."""

import datetime

import ipywidgets
import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.exceptions import JobInvalid
from tests.interactive.conftest import eventually, fetch
from tests.seed.test_h_maps import HERE


@pytest.fixture
def s2():
    return wf.ImageCollection.from_id(
        "sentinel-2:L1C", start_datetime="2018-04-01", end_datetime="2018-10-01"
    )


@pytest.fixture
def img(s2):
    return s2[0]


def test_72_ndvi_of_sixteen_days(ctx):
    modis = wf.ImageCollection.from_id("modis:09:v2", start_datetime="2019-05-01", end_datetime="2019-06-05")
    nir, red = modis.unpack_bands("nir red")
    ndvi = (nir - red) / (nir + red)
    daily = ndvi.groupby(lambda i: i.properties["date"] // wf.Timedelta(days=1)).max(axis="images")
    smooth = daily.map_window(lambda back, img, fwd: back.max(axis="images"), back=16)

    days = daily.length().compute(ctx)
    assert days == 35
    assert smooth.length().compute(ctx) == days - 16
    result, source = smooth.compute(ctx).ndarray, daily.compute(ctx).ndarray
    assert np.ma.allclose(result[0], source[:16].max(axis=0))


def test_73_groups_of_cloudiness(s2, ctx):
    groups = s2.pick_bands("red").groupby(lambda i: i.properties["cloud_fraction"] // 0.25).groups
    counts = groups.items().map(lambda kv: kv[1].length())
    share = counts[0] / counts.reduce(lambda a, x: a + x)
    fractions = [row["cloud_fraction"] for row in s2.properties.compute(ctx)]

    keys = groups.keys().compute(ctx)
    assert keys == sorted({fraction // 0.25 for fraction in fractions})
    expected = [sum(fraction // 0.25 == key for fraction in fractions) for key in keys]
    assert counts.compute(ctx) == expected
    assert share.compute(ctx) == pytest.approx(expected[0] / len(fractions))
    composite = groups[0].median(axis="images").compute(ctx)
    assert composite.ndarray.shape == (1, 111, 182)
    assert composite.properties["group"] == 0


def test_74_clouds_are_masked_and_cloudy_images_left_out(s2, ctx):
    clouds, cirrus = s2.unpack_bands("cloud-mask cirrus-cloud-mask")
    bands = s2.pick_bands("red green blue")
    clear = bands.mask((clouds > 0) | (cirrus > 0)).filter(lambda i: i.properties["cloud_fraction"] < 0.3)
    mean = clear.mean(axis="images").compute(ctx)

    data, cloudy = (
        bands.compute(ctx).ndarray,
        s2.pick_bands("cloud-mask cirrus-cloud-mask").compute(ctx).ndarray,
    )
    keep = [row["cloud_fraction"] < 0.3 for row in s2.properties.compute(ctx)]
    hidden = np.ma.getmaskarray(data) | (cloudy.filled(0) > 0).any(axis=1, keepdims=True)
    wanted = np.ma.array(data.data, mask=hidden)[keep].mean(axis=0)
    assert 0 < sum(keep) < len(keep)
    assert np.ma.allclose(mean.ndarray, wanted)
    assert np.array_equal(np.ma.getmaskarray(mean.ndarray), np.ma.getmaskarray(wanted))


def test_75_one_product_masks_another(ctx):
    s1_img = wf.ImageCollection.from_id("sentinel-1:GRD", "2018-01-01", "2018-03-01")[0]
    l8_mean = wf.ImageCollection.from_id("landsat:LC08:01:RT:TOAR").pick_bands("red").mean(axis="images")
    masked = s1_img.mask(l8_mean > 0.2).compute(ctx)

    bright = l8_mean.compute(ctx).ndarray > 0.2
    assert list(masked.bandinfo) == ["vv", "vh"]
    assert bright.filled(False).any()
    assert np.ma.getmaskarray(masked.ndarray)[:, bright.filled(False)[0]].all()
    assert masked.ndarray.count() > 0


def test_76_bands_get_numbers_and_are_matched_by_name(ctx):
    col = wf.ImageCollection.from_id("sentinel-1:GRD", "2018-01-01", "2019-01-01")
    asc = col.filter(lambda i: i.properties["pass"] == "ASCENDING").mean(axis="images")
    desc = col.filter(lambda i: i.properties["pass"] == "DESCENDING").mean(axis="images")

    assert list(asc.concat_bands(asc.pick_bands("vv")).bandinfo.compute(ctx)) == ["vv", "vh", "vv_1"]
    ratio = (asc / desc.pick_bands("vh vv")).compute(ctx)
    assert list(ratio.bandinfo) == ["vv", "vh"]
    assert np.ma.allclose(ratio.ndarray, asc.compute(ctx).ndarray / desc.compute(ctx).ndarray)


def test_77_a_difference_over_a_sum_is_called_after_both(img, ctx):
    nir, red = img.unpack_bands("nir red")
    ndvi = (nir - red) / (nir + red)

    assert list(ndvi.bandinfo.compute(ctx)) == ["nir_sub_red_div_nir_add_red"]
    assert list(ndvi.rename_bands("ndvi").bandinfo.compute(ctx)) == ["ndvi"]


def test_78_a_list_of_dates_and_numbers(s2, ctx):
    nir, red = s2.unpack_bands("nir red")
    col = ((nir - red) / (nir + red)).rename_bands("ndvi")
    series = col.map(lambda img: (img.properties["date"], img.mean(axis="pixels")["ndvi"]))

    assert type(series).__name__ == "List[Tuple[Datetime, Float]]"
    found = series.compute(ctx)
    dates = [date for date, _ in found]
    assert dates == sorted(dates)
    assert all(date.tzinfo is datetime.UTC for date in dates)
    means = col.compute(ctx).ndarray.mean(axis=(1, 2, 3))
    assert np.allclose([value for _, value in found], means.filled(np.nan), equal_nan=True)


def test_79_parameters_are_values_dates_and_widgets(ctx):
    vv = wf.ImageCollection.from_id("sentinel-1:GRD", "2018-01-01", "2018-06-01").mean(axis="images")["vv"]
    threshold = wf.parameter("threshold", wf.Float)
    masked = vv.mask(vv > threshold)
    lyr = masked.visualize("n", colormap="viridis", scales=[0, 0.5], threshold=0.04)
    first, before = lyr.url, fetch(lyr.url, HERE)
    lyr.parameters.threshold = 0.06
    eventually(lambda: lyr.url != first)
    assert not np.array_equal(fetch(lyr.url, HERE), before)
    slider = ipywidgets.FloatSlider(value=0.04, min=0, max=1)
    lyr = masked.visualize("n", colormap="viridis", scales=[0, 0.5], threshold=slider)
    eventually(lambda: lyr.url == first)
    assert np.array_equal(fetch(lyr.url, HERE), before)
    wf.map.clear_layers()

    start = wf.Datetime(2018, 4, 1)
    end = start + wf.Timedelta(weeks=wf.parameter("weeks", wf.Int))
    col = wf.ImageCollection.from_id("sentinel-2:L1C", start_datetime=start, end_datetime=end)
    few, more = (col.length().compute(ctx, weeks=weeks) for weeks in (4, 8))
    assert 0 < few < more
    assert (
        masked.compute(ctx, threshold=0.04).ndarray.count()
        < masked.compute(ctx, threshold=0.5).ndarray.count()
    )


def test_80_bands_match_or_one_pairs_with_all(img, ctx):
    with pytest.raises(JobInvalid, match="bands do not match: red, green and red, green, blue"):
        (img.pick_bands("red green") * img.pick_bands("red green blue")).compute(ctx)
    product = (img.pick_bands("green") * img.pick_bands("red green blue")).compute(ctx)
    assert list(product.bandinfo) == ["red", "green", "blue"]


def test_81_the_view_of_the_map_is_a_context(img, capsys):
    view = wf.map.geocontext()
    rgb = img.pick_bands("red green blue")

    assert rgb.compute(view).ndarray.ndim == 3
    geotrans = rgb.properties["geotrans"].compute(view, progress_bar=True)
    assert len(geotrans) == 6
    assert "Steps: 0/0" in capsys.readouterr().out
