"""Values that are computed only if they are needed."""

import pytest

import descartes_flow as wf
from descartes_flow import io
from descartes_flow.errors import JobInvalid
from tests.scenes import NAN, area, pixels

MISSING = wf.Image.from_id("test:there is none")
"""Computing this fails."""


@pytest.fixture
def img(scenes):
    return scenes.image("a", {"x": [[1, 2]]}, cloudy=True)


@pytest.fixture
def empty(img):
    return img.pick_bands("none", allow_missing=True)


def test_only_the_chosen_branch_is_computed(img):
    assert pixels(wf.ifelse(True, img, MISSING).compute(area(1, 2))) == [[[1, 2]]]
    assert pixels(wf.ifelse(wf.Int(1) > 2, MISSING, img + 1).compute(area(1, 2))) == [[[2, 3]]]
    with pytest.raises(JobInvalid, match="no image 'test:there is none'"):
        wf.ifelse(False, img, MISSING).compute(area(1, 2))


def test_the_pixels_of_the_other_branch_are_not_read(scenes, img):
    other = scenes.image("other", {"x": [[5, 6]]}, product="other")
    scenes.files["other:other", "x"].unlink()

    assert pixels(wf.ifelse(img.properties["cloudy"], img, other).compute(area(1, 2))) == [[[1, 2]]]


def test_a_condition_may_need_pixels(img):
    bright = img.mean(axis=None) > 1

    assert wf.ifelse(bright, "bright", "dark").compute(area(1, 2)) == "bright"
    assert pixels(wf.ifelse(bright, img * 10, img).compute(area(1, 2))) == [[[10, 20]]]


def test_what_condition_and_branch_share_is_read_once(img):
    shared = img + 1

    assert pixels(wf.ifelse(shared.max(axis=None) > 2, shared, MISSING).compute(area(1, 2))) == [[[2, 3]]]
    assert io.BLOCKS.reads == 1


def test_branches_may_nest_and_differ_by_image(scenes):
    col = scenes.collection({"x": [[0]]}, {"x": [[1]]}, {"x": [[2]]}, product="col")

    def chosen(image):
        number = image.properties["number"]
        return wf.ifelse(number == 0, image - 100, wf.ifelse(number == 1, image, image + 100))

    assert pixels(col.map(chosen).compute(area(1, 1))) == [[[[-100]]], [[[1]]], [[[102]]]]


def test_both_values_need_one_type():
    with pytest.raises(TypeError, match=r"ifelse\(\): both values need the same type, got Int and Str"):
        wf.ifelse(True, 1, "a")
    with pytest.raises(TypeError, match=r"Argument 'condition' to function ifelse\(\): expected Bool"):
        wf.ifelse(1, 1, 2)


def test_a_stand_in_is_computed_only_for_what_is_empty(img, empty):
    assert pixels(img.replace_empty_with(MISSING).compute(area(1, 2))) == [[[1, 2]]]
    with pytest.raises(JobInvalid, match="no image"):
        empty.replace_empty_with(MISSING).compute(area(1, 2))


def test_a_number_stands_in_with_the_bands_that_are_named(empty):
    filled = empty.replace_empty_with(1.5, mask=False, bandinfo={"vv": {"unit": "dB"}, "vh": {}}).compute(
        area(1, 2)
    )

    assert pixels(filled) == [[[1.5, 1.5]], [[1.5, 1.5]]]
    assert (filled.properties, dict(filled.bandinfo)) == ({}, {"vv": {"unit": "dB"}, "vh": {}})


def test_a_stand_in_is_masked_unless_told_otherwise(img, empty):
    holes = img.mask(img > 1)

    assert pixels(empty.replace_empty_with(0, bandinfo={"x": {}}).compute(area(1, 2))) == [[[None, None]]]
    masked = empty.replace_empty_with(holes).compute(area(1, 2))
    assert pixels(masked) == [[[None, None]]]
    assert masked.properties["cloudy"] is True
    assert pixels(empty.replace_empty_with(holes, mask=False).compute(area(1, 2))) == [[[1, None]]]


def test_bands_may_be_those_of_another_image(img, empty):
    filled = empty.replace_empty_with(7, mask=False, bandinfo=img.bandinfo)

    assert filled.compute(area(1, 2)).bandinfo == img.bandinfo.compute()


def test_a_collection_gets_one_image_or_a_collection(scenes, img):
    col = scenes.collection({"x": [[1, NAN]]}, {"x": [[2, 3]]}, product="col")
    nothing = col.filter(lambda image: image.properties["number"] > 9)

    assert (
        nothing.replace_empty_with(1.1, bandinfo={"red": {}, "green": {}}).length().compute(area(1, 2)) == 1
    )
    assert pixels(nothing.replace_empty_with(1.1, mask=False, bandinfo={"red": {}}).compute(area(1, 2))) == [
        [[[1.1, 1.1]]]
    ]
    assert nothing.replace_empty_with(col).compute(area(1, 2)).ndarray.mask.all()
    assert pixels(nothing.replace_empty_with(col, mask=False).compute(area(1, 2))) == [
        [[[1, None]]],
        [[[2, 3]]],
    ]
    assert col.replace_empty_with(MISSING.concat(MISSING)).length().compute(area(1, 2)) == 2


def test_one_pass_without_data_leaves_the_other(scenes):
    """The guide's ascending and descending passes."""
    col = scenes.collection({"vv": [[1, 2]]}, {"vv": [[3, 0]]}, product="s1", direction="DESCENDING")
    up = col.filter(lambda i: i.properties["direction"] == "ASCENDING").min(axis="images")
    down = col.filter(lambda i: i.properties["direction"] == "DESCENDING").min(axis="images")

    assert pixels(wf.ImageCollection([up, down]).max(axis="images").compute(area(1, 2))) == [[[1, 0]]]
    zero = up.replace_empty_with(0, mask=False, bandinfo={"vv": {}})
    assert pixels(wf.ImageCollection([zero, down - 5]).max(axis="images").compute(area(1, 2))) == [[[0, 0]]]


def test_a_number_needs_to_know_its_bands():
    with pytest.raises(
        ValueError, match=r"replace_empty_with\(\): a number needs bandinfo to name the bands"
    ):
        MISSING.replace_empty_with(1)
    with pytest.raises(TypeError, match=r"replace_empty_with"):
        MISSING.replace_empty_with(1, bandinfo=["x"])
    with pytest.raises(TypeError, match=r"Argument 'fill' to function replace_empty_with"):
        MISSING.replace_empty_with(wf.ImageCollection.from_id("p"))
