"""How operands pair: pixels, bands, images, properties and bandinfo."""

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.scenes import NAN, area, pixels

RED, GREEN, BLUE = [[1, 2], [3, 4]], [[10, 20], [30, 40]], [[5, 5], [NAN, 5]]


def bands_of(result) -> list[str]:
    return list(result.bandinfo)


@pytest.fixture
def img(scenes):
    return scenes.image("a", {"red": RED, "green": GREEN, "blue": BLUE}, color="red", size="large")


@pytest.fixture
def col(scenes, img):
    """Two images: the pixels of `img`, and ten times as much."""
    scenes.add(
        "one", {"red": [[1, 1], [1, 1]], "green": [[2, 2], [2, 2]]}, product="col", color="red", size="small"
    )
    scenes.add(
        "two", {"red": [[3, 3], [3, 3]], "green": [[4, 4], [4, 4]]}, product="col", color="blue", size="large"
    )
    return wf.ImageCollection.from_id("col")


def test_a_number_goes_to_every_pixel_and_metadata_stays(img):
    plain, more = img.compute(area()), (img + 1).compute(area())

    assert pixels(more) == [[[2, 3], [4, 5]], [[11, 21], [31, 41]], [[6, 6], [None, 6]]]
    assert (more.properties, more.bandinfo) == (plain.properties, plain.bandinfo)


def test_operands_keep_the_order_in_which_they_are_written(img):
    red = img.pick_bands("red")

    assert pixels((10 - red).compute(area())) == [[[9, 8], [7, 6]]]
    assert pixels((12 / red).compute(area())) == [[[12, 6], [4, 3]]]
    assert pixels((2**red).compute(area())) == [[[2, 4], [8, 16]]]
    assert pixels((10 // red).compute(area())) == [[[10, 5], [3, 2]]]
    assert pixels((10 % red).compute(area())) == [[[0, 0], [1, 2]]]


def test_an_image_added_to_itself_is_its_double(img):
    assert pixels((img + img).compute(area())) == pixels((img * 2).compute(area()))


def test_bands_are_matched_by_name_in_the_order_of_the_first(img):
    straight = (img.pick_bands("red green") + img.pick_bands("red green")).compute(area())
    crossed = (img.pick_bands("red green") + img.pick_bands("green red")).compute(area())

    assert bands_of(crossed) == ["red", "green"]
    assert pixels(crossed) == pixels(straight) == [[[2, 4], [6, 8]], [[20, 40], [60, 80]]]


def test_one_band_pairs_with_each_of_several_and_their_names_stay(img):
    right = (img - img.pick_bands("red")).compute(area())
    left = (img.pick_bands("red") - img).compute(area())

    assert bands_of(right) == bands_of(left) == ["red", "green", "blue"]
    assert pixels(right) == [[[0, 0], [0, 0]], [[9, 18], [27, 36]], [[4, 3], [None, 1]]]
    assert pixels(left) == [[[0, 0], [0, 0]], [[-9, -18], [-27, -36]], [[-4, -3], [None, -1]]]


def test_two_single_bands_of_different_names_are_named_after_what_was_done(img):
    red, green = img.unpack_bands("red green")
    index = (green - red) / (green + red)

    assert bands_of((red + green).compute(area())) == ["red_add_green"]
    assert bands_of(index.compute(area())) == ["green_sub_red_div_green_add_red"]
    assert bands_of((red >= green).compute(area())) == ["red_ge_green"]
    assert bands_of(wf.arctan2(red, green).compute(area())) == ["red_arctan2_green"]
    assert bands_of((red + red).compute(area())) == ["red"]


def test_names_stay_short_however_often_bands_are_combined(img):
    value, other = img.unpack_bands("red green")
    for _ in range(40):
        value, other = value + other, value

    (name,) = value.bandinfo.compute()
    assert len(name) <= 120


def test_bands_that_do_not_match_are_refused_by_name(img):
    with pytest.raises(JobInvalid, match="bands do not match: red, green and green, blue"):
        (img.pick_bands("red green") + img.pick_bands("green blue")).compute(area())
    with pytest.raises(JobInvalid, match="bands do not match: red, green and red, green, blue"):
        (img.pick_bands("red green") * img).compute(area())


def test_an_image_meets_every_image_of_a_collection_on_either_side(img, col):
    red = img.pick_bands("red")

    after, before = (col + red).compute(area()), (red - col).compute(area())
    assert bands_of(after) == ["red", "green"]
    assert pixels(after) == [
        [[[2, 3], [4, 5]], [[3, 4], [5, 6]]],
        [[[4, 5], [6, 7]], [[5, 6], [7, 8]]],
    ]
    assert pixels(before)[1] == [[[-2, -1], [0, 1]], [[-3, -2], [-1, 0]]]


def test_collections_pair_image_by_image(col):
    assert pixels((col + col).compute(area())) == pixels((col * 2).compute(area()))
    assert pixels((col * col.pick_bands("green")).compute(area()))[1] == [
        [[12, 12], [12, 12]],
        [[16, 16], [16, 16]],
    ]


def test_collections_of_different_lengths_do_not_combine_and_one_is_not_stretched(col):
    with pytest.raises(JobInvalid, match="different lengths do not combine: 1, 2"):
        (col + col[:1]).compute(area())


def test_properties_are_those_that_agree(img, col):
    both = (img.pick_bands("red green") + col).properties.compute(area())

    assert [{key: row.get(key) for key in ("color", "size")} for row in both] == [
        {"color": "red", "size": None},
        {"color": None, "size": "large"},
    ]
    assert "id" not in both[0]


def test_the_bandinfo_of_a_new_name_is_what_both_bands_agree_on(img):
    red, blue = img.unpack_bands("red blue")
    before = img.bandinfo.compute()

    (info,) = (red + blue).bandinfo.compute().items()
    assert info[0] == "red_add_blue"
    assert info[1] == {key: value for key, value in before["red"].items() if before["blue"].get(key) == value}
    assert "color" not in info[1]
    assert info[1]["resolution"] == 10


def test_one_band_with_many_keeps_a_field_only_where_all_agree(img):
    red = img.pick_bands("red")

    info = (img.pick_bands("red blue") + red).bandinfo.compute()
    assert list(info) == ["red", "blue"]
    assert ["color" in fields for fields in info.values()] == [False, False]
    assert [fields["resolution"] for fields in info.values()] == [10, 10]


def test_masks_join_and_comparisons_are_bool_but_still_masked(img):
    blue, red = img.unpack_bands("blue red")

    compared = (blue > red).compute(area())
    assert compared.ndarray.dtype == bool
    assert pixels(compared) == [[[True, True], [None, True]]]
    assert pixels((red * blue).compute(area())) == [[[5, 10], [None, 20]]]


@pytest.mark.parametrize(
    ("compare", "expected"),
    [
        (lambda x: x < 2, [[True, False], [False, False]]),
        (lambda x: x <= 2, [[True, True], [False, False]]),
        (lambda x: x == 2, [[False, True], [False, False]]),
        (lambda x: x != 2, [[True, False], [True, True]]),
        (lambda x: x > 2, [[False, False], [True, True]]),
        (lambda x: x >= 2, [[False, True], [True, True]]),
        (lambda x: (x > 1) & (x < 4), [[False, True], [True, False]]),
        (lambda x: (x < 2) | (x == 4), [[True, False], [False, True]]),
        (lambda x: (x > 1) ^ (x > 2), [[False, True], [False, False]]),
        (lambda x: ~(x > 1), [[True, False], [False, False]]),
        (lambda x: (x > 1) & True, [[False, True], [True, True]]),
        (lambda x: (x > 3) + (x > 1), [[0, 1], [1, 2]]),
    ],
)
def test_comparisons_and_their_combinations_by_hand(img, compare, expected):
    assert pixels(compare(img.pick_bands("red")).compute(area())) == [expected]


def test_a_scalar_of_pixels_is_an_operand_like_any_other(img):
    red = img.pick_bands("red")

    anomaly = red - red.mean(axis=None)
    assert pixels(anomaly.compute(area())) == [[[-1.5, -0.5], [0.5, 1.5]]]
    assert (red.max(axis=None) > 3).compute(area()) is True
    assert (red.mean(axis=None) * 2 + 1).compute(area()) == 6


def test_an_area_that_is_larger_than_the_scene_is_masked_outside(img):
    red = img.pick_bands("red") + 1

    assert pixels(red.compute(area(3, 3))) == [[[2, 3, None], [4, 5, None], [None, None, None]]]


def test_bitwise_operators_refuse_floats_by_name(img):
    with pytest.raises(TypeError, match=r"Image\.__and__\(\): expected Bool, Int, .* but got float 1\.5"):
        img & 1.5
    with pytest.raises(
        JobInvalid, match=r"and \(test_broadcasting\.py:\d+\): and does not work on values of float64"
    ):
        (img & 1).compute(area())
