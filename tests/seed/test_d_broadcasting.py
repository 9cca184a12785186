"""Broadcasting: examples 33 to 42 of the guide."""

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.exceptions import JobInvalid
from tests.scenes import Scenes, area
from tests.scenes import scenes as scenes


@pytest.fixture
def ic():
    return wf.ImageCollection.from_id("sentinel-2:L1C").pick_bands("red green blue").head(3)


@pytest.fixture
def img(ic):
    return ic[0]


def same(a, b, ctx) -> bool:
    a, b = a.compute(ctx), b.compute(ctx)
    return list(a.bandinfo) == list(b.bandinfo) and np.ma.allclose(a.ndarray, b.ndarray, rtol=1e-12)


def values(proxy, ctx):
    return proxy.compute(ctx).ndarray


def test_33_a_number_is_added_to_every_pixel(img, ic, ctx):
    assert np.ma.allequal(values(img + 1, ctx), values(img, ctx) + 1)
    assert np.ma.allequal(values(ic + 1, ctx), values(ic, ctx) + 1)
    assert values(img, ctx).count() > 0


def test_34_imagery_is_added_to_itself(img, ic, ctx):
    assert same(img + img, img * 2, ctx)
    assert same(ic + ic, ic * 2, ctx)


def test_35_one_band_is_added_to_every_band(img, ic, ctx):
    assert np.ma.allequal(values(img + img.pick_bands("red"), ctx), values(img, ctx) + values(img, ctx)[:1])
    assert np.ma.allequal(values(ic + ic.pick_bands("red"), ctx), values(ic, ctx) + values(ic, ctx)[:, :1])
    assert list((img + img.pick_bands("red")).bandinfo.compute(ctx)) == ["red", "green", "blue"]


def test_36_bands_are_matched_by_name(img, ctx):
    in_order = img.pick_bands("red green") + img.pick_bands("red green")
    turned = img.pick_bands("red green") + img.pick_bands("green red")

    assert same(in_order, turned, ctx)
    assert list(turned.bandinfo.compute(ctx)) == ["red", "green"]


def test_37_an_image_is_added_to_every_image(img, ic, ctx):
    assert np.ma.allequal(values(ic + img, ctx), values(ic, ctx) + values(img, ctx))
    assert np.ma.allequal(values(ic + img.pick_bands("red"), ctx), values(ic, ctx) + values(img, ctx)[:1])


def test_38_other_shapes_do_not_combine(ic, ctx):
    with pytest.raises(JobInvalid, match="bands do not match: red, green, blue and red, green"):
        (ic + ic.pick_bands("red green")).compute(ctx)
    with pytest.raises(JobInvalid, match="collections of different lengths do not combine: 2, 3"):
        (ic + ic.head(2)).compute(ctx)


def test_39_properties_are_intersected(scenes: Scenes):
    here = area(1, 1)
    my_image = scenes.image("a", {"red": [[1]]}, color="red", size="large")
    scenes.add("b", {"red": [[1]]}, product="two", date="2020-01-01", color="red", size="small")
    scenes.add("c", {"red": [[1]]}, product="two", date="2020-01-02", color="blue", size="large")
    my_imagecollection = wf.ImageCollection.from_id("two")
    result = my_image + my_imagecollection

    chosen = [
        {key: row[key] for key in ("color", "size") if key in row} for row in result.properties.compute(here)
    ]
    assert chosen == [{"color": "red"}, {"size": "large"}]


def test_40_bandinfo_keeps_what_all_bands_agree_on(scenes: Scenes):
    here = area(1, 1)
    whole = scenes.image("a", {"red": [[1]], "blue": [[2]]})
    for band, color in (("red", "Red"), ("blue", "Blue")):
        whole = whole.without_bandinfo(band, *whole.bandinfo.compute(here)[band])
        whole = whole.with_bandinfo(band, color=color, product="sentinel-2:L1C")
    my_image, my_imagecollection = whole.pick_bands("red"), wf.ImageCollection([whole])
    result = my_image + my_imagecollection

    product = {"product": "sentinel-2:L1C"}
    assert my_image.bandinfo.compute(here) == {"red": {"color": "Red"} | product}
    assert result.bandinfo.compute(here) == {"red": product, "blue": product}


def test_41_the_order_of_the_first_operand_is_kept(img, ctx):
    turned = img.pick_bands("blue green red") + img

    assert list(turned.bandinfo.compute(ctx)) == ["blue", "green", "red"]


def test_42_two_single_bands_get_a_name_of_both(img, ctx):
    first = img.pick_bands("red")
    second = img.pick_bands("blue")
    result = first + second

    assert list(result.bandinfo.compute(ctx)) == ["red_add_blue"]
