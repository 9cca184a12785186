"""Hiding pixels, and asking which are hidden."""

import pytest
from pyproj import Transformer

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.scenes import LEFT, NAN, TOP, UTM, area, pixels


@pytest.fixture
def img(scenes):
    """Two bands; the second lacks its first pixel."""
    return scenes.image("a", {"x": [[1, 2, 3, 4]], "y": [[NAN, 6, 7, 8]]}, sensor="s")


@pytest.fixture
def hides(scenes):
    """True, false, false and no value (where the file holds a 0, which would be true)."""
    return scenes.image("m", {"m": [[0, 1, 1, NAN]]}) < 0.5


def test_a_mask_hides_where_it_is_true_and_its_own_masked_pixels_do_not(img, hides):
    masked = img.mask(hides).compute(area(1, 4))

    assert pixels(masked) == [[[None, 2, 3, 4]], [[None, 6, 7, 8]]]
    assert (masked.properties, masked.bandinfo) == (img.properties.compute(), img.bandinfo.compute())


def test_a_replaced_mask_forgets_the_own_one_and_its_masked_pixels_hide(img, scenes):
    hides = scenes.image("n", {"m": [[0, 1, 0, NAN]]}) > 0

    replaced = img.mask(hides, replace=True).compute(area(1, 4))
    assert replaced.ndarray.mask.tolist() == [[[False, True, False, True]]] * 2
    assert pixels(replaced)[0] == [[1, None, 3, None]]


def test_any_number_but_zero_hides(img, scenes):
    numbers = scenes.image("n", {"m": [[0, 0.5, -1, 0]]})

    assert pixels(img.pick_bands("x").mask(numbers).compute(area(1, 4))) == [[[1, None, None, 4]]]


def test_a_mask_of_one_image_hides_the_same_pixels_of_every_image(scenes, hides):
    col = scenes.collection({"x": [[1, 2, 3, 4]]}, {"x": [[5, 6, 7, 8]]}, product="col")

    assert pixels(col.mask(hides).compute(area(1, 4))) == [[[[None, 2, 3, 4]]], [[[None, 6, 7, 8]]]]


def test_a_collection_masks_a_collection_image_by_image(scenes):
    col = scenes.collection({"x": [[1, 2, 3, 4]]}, {"x": [[5, 6, 7, 8]]}, product="col")

    assert pixels(col.mask((col > 2) & (col < 7)).compute(area(1, 4))) == [
        [[[1, 2, None, None]]],
        [[[None, None, 7, 8]]],
    ]


def test_a_mask_needs_one_band(img):
    with pytest.raises(JobInvalid, match=r"a mask needs one band, not 2 \(x, y\); use pick_bands"):
        img.mask(img > 1).compute(area(1, 4))


def test_an_image_is_not_masked_by_a_collection(img):
    with pytest.raises(TypeError, match="an Image cannot be masked by an ImageCollection"):
        img.mask(wf.ImageCollection.from_id("test"))


def test_getmask_is_true_where_any_band_is_hidden_and_hides_nothing_itself(img):
    found = img.getmask().compute(area(1, 5))

    assert pixels(found) == [[[True, False, False, False, True]]]
    assert not found.ndarray.mask.any()
    assert found.bandinfo == {"mask": {}}
    assert found.properties["sensor"] == "s"


def test_a_mask_taken_from_one_image_hides_in_another(img):
    x = img.pick_bands("x")

    assert pixels(x.mask(img.pick_bands("y").getmask()).compute(area(1, 4))) == [[[None, 2, 3, 4]]]


def test_a_composite_of_masks_is_still_a_mask(scenes):
    clouds = scenes.collection({"c": [[1, 0, 0]]}, {"c": [[0, 1, NAN]]}) > 0

    ever, always = clouds.max(axis="images"), clouds.min(axis="images")
    assert pixels((~ever).compute(area(1, 3))) == [[[False, False, True]]]
    assert pixels(always.compute(area(1, 3))) == [[[False, False, False]]]
    assert clouds.mosaic().compute(area(1, 3)).ndarray.dtype == bool
    assert pixels(clouds.sum(axis="images").compute(area(1, 3))) == [[[1, 1, 0]]]


def test_pixels_outside_the_cutline_are_hidden(scenes):
    rows = [[float(10 * row + col) for col in range(4)] for row in range(4)]
    img = scenes.image("a", {"x": rows})
    whole = area(4, 4)
    west, south, east, north = (whole.outline().bounds[i] for i in range(4))
    half = {
        "type": "Polygon",
        "coordinates": [
            [[west - 1, south - 1], [(west + east) / 2, south - 1], [(west + east) / 2, north + 1],
             [west - 1, north + 1], [west - 1, south - 1]]
        ],
    }  # fmt: skip

    cut = (img + 1).compute(whole.assign(geometry=half))
    assert pixels(cut) == [[[row[0] + 1, row[1] + 1, None, None] for row in rows]]
    assert (img.count(axis=None)).compute(whole.assign(geometry=half)) == 8


@pytest.fixture
def middle():
    """A context of four pixels of which the geometry holds the middle two."""
    to_degrees = Transformer.from_crs(UTM, "EPSG:4326", always_xy=True)
    ring = [(LEFT + x, TOP - y) for x, y in ((12, 1), (28, 1), (28, 9), (12, 9), (12, 1))]
    polygon = {"type": "Polygon", "coordinates": [[to_degrees.transform(x, y) for x, y in ring]]}
    return area(1, 4).assign(geometry=polygon)


def test_what_the_geometry_excludes_stays_masked_under_a_replaced_mask(img, scenes, middle):
    hides = scenes.image("n", {"m": [[0, 1, 0, 0]]}) > 0

    assert pixels(img.mask(hides, replace=True).compute(middle))[0] == [[None, None, 3, None]]
    assert img.mask(hides, replace=True).count(axis="pixels").compute(middle) == {"x": 1, "y": 1}
    assert pixels(img.mask(img.getmask(), replace=True).compute(middle))[0] == [[None, 2, 3, None]]


def test_what_the_geometry_excludes_is_masked_in_a_number_for_empty_imagery(img, middle):
    nothing = img.pick_bands("none", allow_missing=True)
    ones = nothing.replace_empty_with(1, mask=False, bandinfo={"v": {}})

    assert pixels(ones.compute(middle)) == [[[None, 1, 1, None]]]
    assert ones.sum(axis=None).compute(middle) == 2


def test_what_the_geometry_excludes_is_true_in_a_mask_that_hides_nothing_itself(img, middle):
    assert pixels(img.getmask().compute(middle)) == [[[True, False, False, True]]]
