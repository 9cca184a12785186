"""Arrays and imagery: examples 62 to 65 of the guide."""

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.exceptions import ProxyTypeError


@pytest.fixture
def rgb():
    imgs = wf.ImageCollection.from_id(
        "sentinel-2:L1C", start_datetime="2018-01-01", end_datetime="2018-03-01"
    )
    return imgs.pick_bands("red green blue")


@pytest.fixture
def delta_std(rgb):
    spectral_target = [0.2, 0.3, 0.4]  # per-band spectral targets
    spectral_target_arr = wf.Array(spectral_target)
    delta = rgb.ndarray - spectral_target_arr[None, :, None, None]
    return delta.std(axis=0)  # std deviation over axis 0, aka `axis="images"`


def test_62_arrays_and_imagery_do_not_combine(rgb):
    arr, img = wf.Array([1, 2]), rgb[0]
    with pytest.raises(ProxyTypeError, match="ndarray"):
        arr + img
    with pytest.raises(ProxyTypeError, match="ndarray"):
        img + arr


def test_63_an_array_becomes_imagery(rgb, delta_std, ctx):
    delta_img = delta_std.to_imagery()[0]  # no properties/bandinfo given
    result = delta_img.compute(ctx)

    assert repr(result).splitlines() == [
        "ImageResult:",
        "  * ndarray: MaskedArray<shape=(3, 111, 182), dtype=float64>",
        "  * properties: ",
        "  * bandinfo: 'band_1', 'band_2', 'band_3'",
        "  * geocontext: 'geometry', 'resolution', 'crs', 'bounds', ...",
    ]
    target = np.array([0.2, 0.3, 0.4])[None, :, None, None]
    assert np.ma.allclose(result.ndarray, (rgb.compute(ctx).ndarray - target).std(axis=0))


def test_64_with_metadata(delta_std, ctx):
    delta_img_with_metadata = delta_std.to_imagery(
        {"foo": "bar"}, {"red_d": {}, "green_d": {}, "blue_d": {}}
    )[0]

    assert repr(delta_img_with_metadata.compute(ctx)).splitlines()[2:4] == [
        "  * properties: 'foo'",
        "  * bandinfo: 'red_d', 'green_d', 'blue_d'",
    ]


def test_65_imagery_of_an_array_is_a_collection(delta_std, ctx):
    assert isinstance(delta_std.to_imagery(), wf.ImageCollection)
    assert isinstance(delta_std.to_imagery()[0], wf.Image)
    assert delta_std.to_imagery().length().compute(ctx) == 1
