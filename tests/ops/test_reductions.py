"""Every reduction over every axis, on numbers that can be followed by hand."""

import math
import warnings

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from descartes_flow.ops.grafts import from_graft
from tests.scenes import NAN, area, pixels

FIRST = {"x": [[1, 2]], "y": [[3, NAN]]}
SECOND = {"x": [[5, NAN]], "y": [[9, NAN]]}
STACK = np.array([[[[1, 2]], [[3, NAN]]], [[[5, NAN]], [[9, NAN]]]])
"""Image, band, y, x; NaN is masked."""

NAMES = ("min", "max", "mean", "median", "sum", "std", "count")
NUMPY = {name: getattr(np, f"nan{name}") for name in NAMES if name != "count"}


def over(values, name, axis):
    """numpy's reduction over axes of STACK, None where nothing is valid."""
    count = np.isfinite(values).sum(axis=axis)
    if name == "count":
        return count.astype(float).tolist()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # numpy warns of what has no valid value
        found = NUMPY[name](values, axis=axis)
    return np.where(count == 0, None, found).tolist()


@pytest.fixture
def col(scenes):
    return scenes.collection(FIRST, SECOND, sensor="s")


def rounded(value):
    """Floats to 12 digits, wherever they are."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return value if value is None or math.isnan(value) else round(value, 12)


@pytest.mark.parametrize("name", NAMES)
def test_over_images(col, name):
    assert rounded(pixels(getattr(col, name)(axis="images").compute(area(1, 2)))) == rounded(
        over(STACK, name, 0)
    )


@pytest.mark.parametrize("name", NAMES)
def test_over_bands(col, name):
    result = getattr(col, name)(axis="bands").compute(area(1, 2))

    assert list(result.bandinfo) == [name]
    assert rounded([image[0] for image in pixels(result)]) == rounded(over(STACK, name, 1))


@pytest.mark.parametrize("name", NAMES)
def test_over_images_and_bands_jointly(col, name):
    result = col.reduction(name, axis=("bands", "images")).compute(area(1, 2))

    assert list(result.bandinfo) == [name]
    assert rounded(pixels(result)[0]) == rounded(over(STACK, name, (0, 1)))


@pytest.mark.parametrize("name", NAMES)
def test_over_pixels(col, name):
    by_band = over(STACK, name, (2, 3))

    found = getattr(col, name)(axis="pixels").compute(area(1, 2))
    assert rounded(found) == rounded([{"x": x, "y": y} for x, y in by_band])


@pytest.mark.parametrize("name", NAMES)
def test_over_bands_and_pixels(col, name):
    found = getattr(col, name)(axis=["bands", "pixels"]).compute(area(1, 2))

    assert rounded(found) == rounded(over(STACK, name, (1, 2, 3)))


@pytest.mark.parametrize("name", NAMES)
def test_over_images_and_pixels(col, name):
    found = getattr(col, name)(axis=("images", "pixels")).compute(area(1, 2))

    assert rounded(found) == rounded(dict(zip("xy", over(STACK, name, (0, 2, 3)), strict=True)))


@pytest.mark.parametrize("name", NAMES)
def test_over_everything(col, name):
    everything = over(STACK, name, (0, 1, 2, 3))

    for axis in (None, ("images", "bands", "pixels")):
        found = getattr(col, name)(axis=axis).compute(area(1, 2))
        assert type(found) is float
        assert rounded(found) == rounded(everything)


@pytest.mark.parametrize("name", NAMES)
def test_of_one_image(col, name):
    img = col[0]

    reduce = getattr(img, name)
    assert rounded(pixels(reduce(axis="bands").compute(area(1, 2)))[0]) == rounded(over(STACK[0], name, 0))
    assert rounded(reduce(axis="pixels").compute(area(1, 2))) == rounded(
        dict(zip("xy", over(STACK[0], name, (1, 2)), strict=True))
    )
    assert rounded(reduce().compute(area(1, 2))) == rounded(over(STACK[0], name, (0, 1, 2)))
    assert rounded(reduce(("bands", "pixels")).compute(area(1, 2))) == rounded(
        over(STACK[0], name, (0, 1, 2))
    )


def test_the_values_by_hand(col):
    assert pixels(col.mean(axis="images").compute(area(1, 2))) == [[[3, 2]], [[6, None]]]
    assert pixels(col.count(axis="images").compute(area(1, 2))) == [[[2, 1]], [[2, 0]]]
    assert col.mean(axis=None).compute(area(1, 2)) == 4  # of 1, 2, 3, 5, 9: of all values, not of means
    assert col.median(axis=None).compute(area(1, 2)) == 3
    assert col[1].std(axis="pixels").compute(area(1, 2)) == {"x": 0, "y": 0}
    assert col.std(axis=("images", "pixels")).compute(area(1, 2))["y"] == 3  # of 3 and 9, ddof 0


def test_nothing_valid_is_nan_and_counts_zero(scenes):
    img = scenes.image("a", {"x": [[NAN, NAN]]})

    for name in NAMES:
        found = img.reduction(name, axis=None).compute(area(1, 2))
        assert found == 0 if name == "count" else math.isnan(found)
        reduced = img.reduction(name, axis="bands").compute(area(1, 2))
        assert reduced.ndarray.mask.all() == (name != "count")
    assert pixels(img.count(axis="bands").compute(area(1, 2))) == [[[0, 0]]]


def test_a_composite_keeps_what_all_images_share(col):
    composite, bands = col.max(axis="images").compute(area(1, 2)), col.max(axis="bands").compute(area(1, 2))

    assert composite.properties["sensor"] == "s"
    assert not {"id", "number"} & set(composite.properties)
    assert composite.bandinfo == col.bandinfo.compute(area(1, 2))
    assert [row["number"] for row in bands.properties] == [0, 1]
    assert bands.bandinfo["max"]["resolution"] == 10
    assert "name" not in bands.bandinfo["max"]


def test_the_last_image_lies_on_top_of_a_mosaic_and_the_first_in_reverse(scenes):
    col = scenes.collection({"x": [[1, 1, NAN, NAN]]}, {"x": [[2, NAN, 2, NAN]]}, {"x": [[NAN, 3, NAN, NAN]]})

    assert pixels(col.mosaic().compute(area(1, 4))) == [[[2, 3, 2, None]]]
    assert pixels(col.mosaic(reverse=True).compute(area(1, 4))) == [[[1, 1, 2, None]]]
    assert pixels(col.reduction("mosaic", axis="images").compute(area(1, 4))) == [[[2, 3, 2, None]]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda img, col: img.mean(axis="images"),
            r"mean\(axis=\): Image cannot be reduced over 'images'; expected \"bands\", \"pixels\"",
        ),
        (lambda img, col: col.mean(axis="time"), r"ImageCollection cannot be reduced over 'time'"),
        (lambda img, col: col.mean(axis=("images", "images")), "an axis is named twice"),
        (lambda img, col: col.reduction("average"), "'average' is not one of min, max, mean"),
        (lambda img, col: col.reduction("mosaic", axis="bands"), "'mosaic' is not one of"),
        (lambda img, col: img.reduction("mosaic", axis="bands"), "'mosaic' is not one of"),
        (lambda img, col: img.reduction("mosaic", axis="images"), "Image cannot be reduced over 'images'"),
        (lambda img, col: col.mean(axis=()), "cannot be reduced over"),
    ],
)
def test_a_reduction_that_does_not_exist_is_refused_at_once(call, message):
    with pytest.raises(ValueError, match=message):
        call(wf.Image.from_id("p:a"), wf.ImageCollection.from_id("p"))


def test_an_axis_that_is_no_name_is_a_type_error():
    with pytest.raises(TypeError, match=r"mean\(axis=\): expected \"images\", .*, got int 0"):
        wf.ImageCollection.from_id("p").mean(axis=0)


def test_a_stored_program_with_a_wrong_axis_is_refused_when_it_runs(scenes):
    scenes.collection(FIRST)
    graft = wf.ImageCollection.from_id("test").mean(axis="images").graft
    changed = {key: "time" if value == "images" else value for key, value in graft.items()}

    with pytest.raises(JobInvalid, match="cannot be reduced over 'time'"):
        from_graft(changed, wf.Image).compute(area(1, 2))
