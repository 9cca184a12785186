"""Imagery without images or bands is a value of its own: it goes through every operation."""

import math

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.scenes import area, pixels

HERE = area(1, 2)


@pytest.fixture
def full(scenes):
    """Three images, bands x and y."""
    return scenes.collection(*({"x": [[n, n]], "y": [[n, n]]} for n in range(3)))


@pytest.fixture
def nothing(full):
    return full.filter(lambda img: img.properties["number"] > 99)


def test_empty_results_have_nothing_but_their_context(nothing):
    image, collection = nothing[0].compute(HERE), nothing.compute(HERE)

    assert (image.ndarray, image.properties, image.bandinfo, len(image)) == (None, {}, {}, 0)
    assert (collection.ndarray, collection.properties, collection.bandinfo, len(collection)) == (
        None,
        [],
        {},
        0,
    )
    assert image.geocontext["arr_shape"] == collection.geocontext["arr_shape"] == (1, 2)
    assert "None (Empty Image)" in repr(image)
    assert "None (Empty ImageCollection)" in repr(collection)


TO_IMAGES = {
    "+": lambda e, f: e + f,
    "reflected +": lambda e, f: f + e,
    "number": lambda e, f: e * 2,
    "compare": lambda e, f: e > 1,
    "log": lambda e, f: wf.log(e),
    "arctan2": lambda e, f: wf.arctan2(f, e),
    "mask of empty": lambda e, f: e.mask(f.pick_bands("x")),
    "getmask": lambda e, f: e.getmask(),
    "clip_values": lambda e, f: e.clip_values(0, 1),
    "scale_values": lambda e, f: e.scale_values(0, 1),
    "colormap": lambda e, f: e.colormap(),
    "pick_bands": lambda e, f: e.pick_bands("whatever"),
    "rename_bands": lambda e, f: e.rename_bands("a", "b", "c"),
    "concat_bands": lambda e, f: e.concat_bands(f),
    "concat_bands reflected": lambda e, f: f.concat_bands(e),
    "mean of bands": lambda e, f: e.mean(axis="bands"),
}


@pytest.mark.parametrize("operation", TO_IMAGES.values(), ids=TO_IMAGES)
def test_an_empty_operand_gives_an_empty_of_the_type_the_operation_gives(full, nothing, operation):
    collection = operation(nothing, full)
    image = operation(nothing[0], full[0])

    assert type(collection) is wf.ImageCollection
    assert collection.compute(HERE).ndarray is None
    assert type(image) is wf.Image
    assert image.compute(HERE).ndarray is None


def test_an_empty_image_with_a_full_collection_is_an_empty_collection(full, nothing):
    assert (nothing[0] + full).length().compute(HERE) == 0
    assert (full + nothing[0]).compute(HERE).properties == []


@pytest.mark.parametrize(
    "part",
    [
        lambda c: c[:2],
        lambda c: c.head(1),
        lambda c: c.tail(1),
        lambda c: reversed(c),
        lambda c: c.filter(lambda img: img.properties["number"] > 0),
        lambda c: c.map(lambda img: img + 1),
        lambda c: c.map(lambda img: img * img.properties["number"]),
    ],
)
def test_parts_and_maps_of_an_empty_collection_are_empty(nothing, part):
    assert part(nothing).length().compute(HERE) == 0
    assert part(nothing).compute(HERE).ndarray is None


def test_any_position_of_an_empty_collection_is_an_empty_image(nothing):
    for position in (0, 7, -3):
        assert nothing[position].compute(HERE).ndarray is None
        assert nothing[position].nbands.compute(HERE) == 0


def test_a_list_mapped_from_an_empty_collection_is_empty(nothing):
    assert nothing.map(lambda img: img.properties["date"].year).compute(HERE) == []
    assert nothing.map(lambda img: img.mean(axis="pixels")["x"]).compute(HERE) == []
    assert nothing.map(lambda img: (img.properties["id"], img.nbands)).compute(HERE) == []


def test_joining_drops_the_empties(full, nothing):
    assert full.concat(nothing).length().compute(HERE) == 3
    assert nothing.concat(full).length().compute(HERE) == 3
    assert full.concat(nothing, full).length().compute(HERE) == 6
    assert wf.ImageCollection([full[0], nothing[0], nothing[1]]).length().compute(HERE) == 1
    assert wf.ImageCollection([nothing[0], nothing[1]]).length().compute(HERE) == 0
    assert wf.ImageCollection([]).length().compute(HERE) == 0
    assert wf.ImageCollection([]).length().compute() == 0


def test_a_map_whose_results_are_all_empty_is_empty(full):
    mapped = full.map(lambda img: img.pick_bands("none", allow_missing=True))

    assert mapped.length().compute(HERE) == 0
    assert mapped.compute(HERE).ndarray is None
    assert (mapped + 1).max(axis="images").compute(HERE).ndarray is None


def test_a_map_drops_the_results_that_are_empty(full):
    mapped = full.map(lambda img: wf.ifelse(img.properties["number"] == 1, img.pick_bands("none", True), img))

    assert [row["number"] for row in mapped.properties.compute(HERE)] == [0, 2]


def test_an_empty_mask_changes_nothing(full, nothing):
    assert full.mask(nothing).compute(HERE) == full.compute(HERE)
    assert full[1].mask(nothing[0]).compute(HERE) == full[1].compute(HERE)
    assert nothing.mask(full.pick_bands("x")).length().compute(HERE) == 0


def test_reductions_of_nothing(nothing):
    image = nothing[0]

    assert image.mean(axis="pixels").compute(HERE) == {}
    assert nothing.mean(axis=("images", "pixels")).compute(HERE) == {}
    assert nothing.mean(axis="pixels").compute(HERE) == []
    assert nothing.mean(axis=("bands", "pixels")).compute(HERE) == []
    for empty in (image, nothing):
        assert math.isnan(empty.max(axis=None).compute(HERE))
        assert empty.count(axis=None).compute(HERE) == 0.0
    assert nothing.median(axis="images").compute(HERE).ndarray is None
    assert nothing.mosaic().compute(HERE).ndarray is None
    assert nothing.mosaic(reverse=True).compute(HERE).ndarray is None
    assert nothing.sum(axis=("images", "bands")).compute(HERE).bandinfo == {}


def test_metadata_of_nothing(nothing):
    assert nothing[0].properties.compute(HERE) == {}
    assert nothing.properties.compute(HERE) == []
    assert nothing.bandinfo.compute(HERE) == {}
    assert nothing.nbands.compute(HERE) == 0
    with pytest.raises(JobInvalid, match="has no property 'date'"):
        nothing[0].properties["date"].compute(HERE)


def test_a_time_without_scenes_is_empty_and_no_error(full):
    none = wf.ImageCollection.from_id("test", start_datetime="1999-01-01", end_datetime="1999-02-01")

    assert none.length().compute(HERE) == 0
    assert wf.ImageCollection([none.min(axis="images"), full.max(axis="images")]).length().compute(HERE) == 1


def test_a_level_that_a_scene_does_not_have_gives_an_empty_image(scenes):
    identity = scenes.add("a", {"x": [[1, 1]]}, product="levels", processing_level="toa")

    assert wf.Image.from_id(identity, processing_level="surface").compute(HERE).ndarray is None
    assert pixels(wf.Image.from_id(identity, processing_level="toa").compute(HERE)) == [[[1, 1]]]


def test_a_scene_beside_the_area_is_masked_and_not_empty(scenes):
    far = scenes.image("far", {"x": [[1]]}, row=100, product="far")

    assert pixels(far.compute(HERE)) == [[[None, None]]]
    assert far.properties.compute(HERE)["id"] == "far:far"
