"""Choosing, renaming and joining bands."""

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.scenes import area, pixels


@pytest.fixture
def img(scenes):
    bands = {"B02": [[2]], "B03": [[3]], "B04": [[4]]}
    return scenes.image("a", bands, aliases={"B02": "blue", "B03": "green", "B04": "red"}, sensor="s")


def bands_of(image) -> dict[str, float]:
    """The one pixel of each band, by name."""
    result = image.compute(area(1, 1))
    return dict(zip(result.bandinfo, (band[0][0] for band in pixels(result)), strict=True))


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ("B04 B02", {"B04": 4, "B02": 2}),
        (["B04", "B02"], {"B04": 4, "B02": 2}),
        (("B03",), {"B03": 3}),
        ("red green blue", {"red": 4, "green": 3, "blue": 2}),
        ("B02 B04 B02 B02", {"B02": 2, "B04": 4, "B02_1": 2, "B02_2": 2}),
        (wf.Str("B03"), {"B03": 3}),
        (wf.List[wf.Str](["B03", "B02"]), {"B03": 3, "B02": 2}),
    ],
    ids=str,
)
def test_bands_come_in_the_order_in_which_they_are_named(img, bands, expected):
    assert bands_of(img.pick_bands(bands)) == expected
    assert list(bands_of(img.pick_bands(bands))) == list(expected)


def test_a_missing_band_is_named_with_those_that_exist(img):
    with pytest.raises(
        JobInvalid,
        match=r"pick_bands \(test_bands\.py:\d+\): no band 'nir'; the bands are 'B02', 'B03', 'B04'",
    ):
        img.pick_bands("red nir").compute(area(1, 1))


def test_a_missing_band_may_be_left_out(img):
    assert bands_of(img.pick_bands("nir red", allow_missing=True)) == {"red": 4}
    assert img.pick_bands("nir", allow_missing=True).compute(area(1, 1)).ndarray is None


def test_unpacked_bands_are_python_variables(img):
    red, pair = img.unpack_bands(["red", "B02 B03"])

    assert bands_of(red) == {"red": 4}
    assert bands_of(pair) == {"B02": 2, "B03": 3}
    assert isinstance(img.unpack_bands("red"), wf.Image)
    assert len(img.unpack_bands("red green blue")) == 3


def test_bands_are_renamed_in_order_or_by_name(img):
    assert bands_of(img.rename_bands("a", "b", "c")) == {"a": 2, "b": 3, "c": 4}
    assert bands_of(img.rename_bands("a")) == {"a": 2, "B03": 3, "B04": 4}
    assert bands_of(img.rename_bands(B03="x")) == {"B02": 2, "x": 3, "B04": 4}
    assert bands_of(img.rename_bands(green="x")) == {"B02": 2, "x": 3, "B04": 4}
    assert bands_of(img.rename_bands(B02="B03", B03="B02")) == {"B03": 2, "B02": 3, "B04": 4}


def test_another_name_follows_its_band(img):
    swapped = img.rename_bands(B02="B03", B03="B02")

    assert bands_of(swapped.pick_bands("blue green red")) == {"blue": 2, "green": 3, "red": 4}
    assert bands_of(img.pick_bands("red").rename_bands("x").pick_bands("x")) == {"x": 4}


@pytest.mark.parametrize(
    ("rename", "message"),
    [
        (lambda i: i.rename_bands("a", "b", "c", "d"), r"4 names for 3 bands \(B02, B03, B04\)"),
        (lambda i: i.rename_bands("B03"), "two bands would have the same name: B03, B03, B04"),
        (lambda i: i.rename_bands(B02="B03"), "two bands would have the same name"),
        (lambda i: i.rename_bands(nir="x"), "no band 'nir'"),
    ],
)
def test_names_that_do_not_fit_the_bands_are_refused(img, rename, message):
    with pytest.raises(JobInvalid, match=message):
        rename(img).compute(area(1, 1))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda i: i.rename_bands(), r"rename_bands\(\): give the new names in order, or as old=new"),
        (lambda i: i.rename_bands("a", b="c"), "but not both"),
        (lambda i: i.rename_bands(1), "Argument 'new_names' to function rename_bands"),
        (lambda i: i.pick_bands(3), r"Argument 'bands' to function pick_bands\(\): .* but got int 3"),
        (lambda i: i.pick_bands(["a", 1]), r"expected band names, got int 1 among them"),
        (
            lambda i: i.unpack_bands(wf.Str("a b")),
            r"Argument 'bands' to function unpack_bands\(\): .* but got a Str proxy",
        ),
        (
            lambda i: i.concat_bands(wf.ImageCollection.from_id("p")),
            "Argument 'other' to function concat_bands",
        ),
    ],
)
def test_a_wrong_call_is_a_type_error_at_once(call, message):
    with pytest.raises(TypeError, match=message):
        call(wf.Image.from_id("p:a"))


def test_joined_bands_whose_name_is_taken_get_the_next_number(img):
    again = img.pick_bands("B02").concat_bands(img.pick_bands("B02 B03")).concat_bands(img.pick_bands("B02"))

    assert bands_of(again) == {"B02": 2, "B02_1": 2, "B03": 3, "B02_2": 2}


def test_joined_bands_are_found_by_their_other_names(img):
    joined = img.pick_bands("B02").concat_bands(img.pick_bands("B04"))

    assert bands_of(joined.pick_bands("red blue")) == {"red": 4, "blue": 2}


def test_the_images_of_a_collection_are_found_by_their_bands_other_names(img):
    col = wf.ImageCollection([img, img + 1])

    assert pixels(col.pick_bands("red").compute(area(1, 1))) == [[[[4]]], [[[5]]]]


def test_an_image_is_joined_to_every_image(scenes, img):
    col = scenes.collection({"x": [[1]]}, {"x": [[2]]}, product="col", sensor="s")

    joined = col.concat_bands(img.pick_bands("red")).compute(area(1, 1))
    assert pixels(joined) == [[[[1]], [[4]]], [[[2]], [[4]]]]
    assert [row["sensor"] for row in joined.properties] == ["s", "s"]
    assert "id" not in joined.properties[0]
    assert list(joined.bandinfo) == ["x", "red"]


def test_collections_are_joined_image_by_image(scenes):
    col = scenes.collection({"x": [[1]]}, {"x": [[2]]}, product="col")

    assert pixels(col.concat_bands(col * 10).compute(area(1, 1))) == [[[[1]], [[10]]], [[[2]], [[20]]]]
    with pytest.raises(JobInvalid, match="different lengths"):
        col.concat_bands(col[:1]).compute(area(1, 1))


def test_nbands_counts(img):
    assert img.nbands.compute() == 3
    assert img.pick_bands("none", allow_missing=True).nbands.compute() == 0
