"""Parts of collections, and functions of their images."""

import datetime

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.scenes import area, pixels


@pytest.fixture
def col(scenes):
    """Five images of one pixel: 0, 1, 2, 3, 4."""
    return scenes.collection(*({"x": [[number]]} for number in range(5)))


def numbers(collection) -> list[float]:
    """The pixel of each image."""
    result = collection.compute(area(1, 1))
    assert [row["number"] for row in result.properties] == [
        value % 10 for value in result.ndarray[:, 0, 0, 0]
    ]
    return result.ndarray[:, 0, 0, 0].tolist()


def test_images_come_by_date(scenes):
    for name, day in (
        ("late", "2020-03-01"),
        ("early", "2020-01-01"),
        ("b", "2020-02-01"),
        ("a", "2020-02-01"),
    ):
        scenes.add(name, {"x": [[0]]}, date=day)

    found = wf.ImageCollection.from_id("test").properties.compute(area(1, 1))
    assert [row["id"] for row in found] == ["test:early", "test:a", "test:b", "test:late"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"start_datetime": "2020-06-03"}, [2, 3, 4]),
        ({"end_datetime": "2020-06-03"}, [0, 1]),
        ({"start_datetime": "2020-06-02T10:00:00Z", "end_datetime": "2020-06-03T10:00:00Z"}, [1]),
        ({"start_datetime": datetime.date(2020, 6, 4)}, [3, 4]),
        ({"limit": 2}, [0, 1]),
        ({"limit": 0}, []),
        ({"start_datetime": "2021-01-01"}, []),
    ],
)
def test_a_product_is_narrowed_by_time_and_number(col, options, expected):
    part = wf.ImageCollection.from_id("test", **options)

    assert [row["number"] for row in part.properties.compute(area(1, 1))] == expected


def test_only_scenes_that_meet_the_area_are_there(scenes):
    scenes.add("here", {"x": [[1]]})
    scenes.add("far", {"x": [[2]]}, row=1000)

    found = wf.ImageCollection.from_id("test")
    assert found.length().compute(area(1, 1)) == 1
    assert found.length().compute(area(1100, 1)) == 2


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (lambda c: c[:2], [0, 1]),
        (lambda c: c[-2:], [3, 4]),
        (lambda c: c[::2], [0, 2, 4]),
        (lambda c: c[::-1], [4, 3, 2, 1, 0]),
        (lambda c: c[1:100], [1, 2, 3, 4]),
        (lambda c: c[wf.Int(1) : wf.Int(1) + 2], [1, 2]),
        (lambda c: c.head(2), [0, 1]),
        (lambda c: c.head(9), [0, 1, 2, 3, 4]),
        (lambda c: c.tail(2), [3, 4]),
        (lambda c: c.tail(9), [0, 1, 2, 3, 4]),
        (lambda c: reversed(c), [4, 3, 2, 1, 0]),
        (lambda c: c[1:4][1:].head(1), [2]),
        (lambda c: c.concat(c[0]), [0, 1, 2, 3, 4, 0]),
        (lambda c: c[3].concat(c[:2], c[4]), [3, 0, 1, 4]),
        (lambda c: wf.concat(c[4], c[0]), [4, 0]),
        (lambda c: wf.ImageCollection([c[2], c[2]]), [2, 2]),
        (lambda c: c.head(c.length() - 3), [0, 1]),
    ],
    ids=range(17),
)
def test_parts_and_joins_of_collections(col, part, expected):
    assert numbers(part(col)) == expected


def test_a_single_image_by_position(col):
    assert pixels(col[1].compute(area(1, 1))) == [[[1]]]
    assert pixels(col[-1].compute(area(1, 1))) == [[[4]]]
    assert col[wf.Int(3)].properties["number"].compute(area(1, 1)) == 3


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (
            lambda c: c[5],
            r"get \(test_collections\.py:\d+\): index 5 is beyond the end: the collection has 5 images",
        ),
        (lambda c: c[-6], "index -6 is beyond the end"),
        (lambda c: c.head(-1), "expected a number of images, got -1"),
        (
            lambda c: wf.ImageCollection.from_id("test", limit=-1),
            "limit: expected a number of images, got -1",
        ),
        (lambda c: c.concat(c.rename_bands("y")), "images of one collection need the same bands: x and y"),
    ],
)
def test_what_does_not_fit_the_collection_fails_when_it_is_computed(col, part, message):
    with pytest.raises(JobInvalid, match=message):
        part(col).compute(area(1, 1))


def test_concat_needs_something_to_join():
    with pytest.raises(ValueError, match=r"concat\(\): give at least two Images or ImageCollections, got 1"):
        wf.concat(wf.Image.from_id("p:a"))
    with pytest.raises(ValueError, match="give at least one"):
        wf.ImageCollection.from_id("p").concat()
    with pytest.raises(TypeError, match="Argument 'imgs' to function concat"):
        wf.concat(wf.Image.from_id("p:a"), 3)


def test_joined_images_keep_the_bands_of_the_first_and_the_info_they_share(scenes):
    first = scenes.image("one", {"x": [[1]], "y": [[2]]})
    second = scenes.image("two", {"y": [[3]], "x": [[4]]}, pixel=20)

    joined = first.concat(second).compute(area(1, 1))
    assert list(joined.bandinfo) == ["x", "y"]
    assert pixels(joined) == [[[[1]], [[2]]], [[[4]], [[3]]]]
    assert "resolution" not in joined.bandinfo["x"]
    assert "name" in joined.bandinfo["x"]


def test_a_function_of_each_image_gives_a_collection_or_a_list(col):
    assert numbers(col.map(lambda img: img + 10)) == [10, 11, 12, 13, 14]
    assert col.map(lambda img: img.properties["number"]).compute(area(1, 1)) == [0, 1, 2, 3, 4]
    assert col.map(lambda img: img.properties["date"].day * 2).compute(area(1, 1)) == [2, 4, 6, 8, 10]
    assert col.map(lambda img: (img.properties["id"], img.nbands)).compute(area(1, 1))[0] == ("test:s00", 1)
    assert col.map(lambda img: img.max(axis=None) + 0.5).compute(area(1, 1)) == [0.5, 1.5, 2.5, 3.5, 4.5]
    assert col.map(lambda img: img.mean(axis="pixels")["x"]).compute(area(1, 1)) == [0, 1, 2, 3, 4]
    assert (
        col.map(lambda img: img.properties.length()).compute(area(1, 1))
        == [len(col[0].properties.compute(area(1, 1)))] * 5
    )


def test_images_are_kept_by_their_properties_or_their_pixels(col):
    assert numbers(col.filter(lambda img: img.properties["number"] > 2)) == [3, 4]
    assert numbers(col.filter(lambda img: img.properties["date"].day == 2)) == [1]
    assert numbers(
        col.filter(lambda img: (img.properties["number"] > 0) & (img.properties["id"] != "test:s02"))
    ) == [
        1,
        3,
        4,
    ]
    assert numbers(col.filter(lambda img: img.mean(axis=None) >= 3)) == [3, 4]
    assert numbers(col.filter(lambda img: img.properties["date"].is_between("2020-06-02", "2020-06-04"))) == [
        1,
        2,
    ]


def test_a_property_that_an_image_lacks_names_the_image(scenes, col):
    scenes.add("other", {"x": [[1]]})

    with pytest.raises(JobInvalid, match="image 'test:other' has no property 'number'; it has "):
        wf.ImageCollection.from_id("test").map(lambda img: img.properties["number"]).compute(area(1, 1))
    lengths = wf.ImageCollection.from_id("test").map(lambda img: img.properties.length()).compute(area(1, 1))
    assert [length - lengths[0] for length in lengths] == [0, 1, 1, 1, 1, 1]
    assert wf.ImageCollection.from_id("test").map(lambda img: img.properties.get("number", -1)).compute(
        area(1, 1)
    ) == [-1, 0, 1, 2, 3, 4]
