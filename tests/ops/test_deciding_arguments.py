"""Arguments that decide what is computed may differ by image, or be known only when pixels are."""

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.scenes import area, pixels

HERE = area(1, 1)


@pytest.fixture
def col(scenes):
    """Two images with x = 1, y = 5 and x = 2, y = 6, which say themselves which of their bands is best."""
    scenes.add("s0", {"x": [[1]], "y": [[5]]}, date="2020-06-01", number=0, best="y", low=True)
    scenes.add("s1", {"x": [[2]], "y": [[6]]}, date="2020-06-02", number=1, best="x", low=False)
    return wf.ImageCollection.from_id("test")


BY_IMAGE = {
    "pick_bands": (lambda i: i.pick_bands(i.properties["best"]).rename_bands("b"), [[5], [2]]),
    "pick_bands of several": (
        lambda i: i.pick_bands(["y", i.properties["best"].cast(wf.Str)]).max("bands"),
        [[5], [6]],
    ),
    "rename_bands": (lambda i: i.rename_bands(i.properties["best"], "z").pick_bands("z"), [[5], [6]]),
    "rename_bands by name": (lambda i: i.rename_bands(x=i.properties["best"] + "q").max("bands"), [[5], [6]]),
    "clip_values by band": (
        lambda i: i.clip_values([i.max(), i.properties["number"].cast(wf.Float)]),
        [[5, 5], [6, 6]],
    ),
    "mask": (lambda i: i.mask(i.pick_bands("x") > 9, replace=i.properties["low"]), [[1, 5], [2, 6]]),
    "mosaic": (
        lambda i: wf.ImageCollection([i, i * 2]).mosaic(reverse=i.properties["low"]),
        [[1, 5], [4, 12]],
    ),
    "Image.from_id": (lambda i: wf.Image.from_id(i.properties["id"]), [[1, 5], [2, 6]]),
    "dates": (
        lambda i: wf.ImageCollection.from_id("test", i.properties["date"]).sum("images"),
        [[3, 11], [2, 6]],
    ),
    "limit": (
        lambda i: wf.ImageCollection.from_id("test", limit=i.properties["number"] + 1).sum("images"),
        [[1, 5], [3, 11]],
    ),
    "a fill": (
        lambda i: i.pick_bands("none", True).replace_empty_with(
            i.max(), mask=i.properties["low"], bandinfo={"v": {}}
        ),
        [[None], [6]],
    ),
}


@pytest.mark.parametrize(("body", "expected"), BY_IMAGE.values(), ids=BY_IMAGE)
def test_what_decides_may_differ_by_image(col, body, expected):
    found = pixels(col.map(body).compute(HERE))

    assert [[band[0][0] for band in image] for image in found] == expected


def test_a_number_of_pixels_fills_what_is_empty(col):
    empty = col[0].pick_bands("none", allow_missing=True)

    filled = empty.replace_empty_with(col.max(axis=None), mask=False, bandinfo={"v": {}})
    assert pixels(filled.compute(HERE)) == [[[6]]]


def test_a_fill_that_is_no_number_is_masked(col):
    empty = col[0].pick_bands("none", allow_missing=True)

    filled = empty.replace_empty_with(wf.nan, mask=False, bandinfo={"v": {}})
    assert pixels(filled.compute(HERE)) == [[[None]]]


def test_bandinfo_of_a_fill_needs_a_dict_for_each_band(col):
    empty = col[0].pick_bands("none", allow_missing=True)

    with pytest.raises(ValueError, match=r"expected a dict of fields for each band, like .* got \{'v': 3\}"):
        empty.replace_empty_with(1, bandinfo={"v": 3})
    with pytest.raises(JobInvalid, match=r"expected a dict of fields for each band, like .* got \{'v': 3\}"):
        empty.replace_empty_with(1, bandinfo=wf.Any({"v": 3})).compute(HERE)


@pytest.mark.parametrize("nothing", ["", "  ", []])
def test_picking_needs_a_name(col, nothing):
    with pytest.raises(ValueError, match=r"pick_bands\(bands=\): expected the name of at least one band"):
        col.pick_bands(nothing)


def test_a_band_of_one_image_beside_those_of_many_is_there_for_each(col):
    beside = col.concat_bands(col[1].pick_bands("x"))

    assert pixels(beside.pick_bands("x_1")[0].compute(HERE)) == [[[2]]]
    assert pixels(beside.pick_bands("x_1").sum(axis="images").compute(HERE)) == [[[4]]]
