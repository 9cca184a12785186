"""A function for each band."""

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.engine.programs import bound, steps_of
from tests.scenes import area, pixels

HERE = area(1, 2)


@pytest.fixture
def col(scenes):
    return scenes.collection(
        *({"x": [[n, n + 1]], "y": [[10 * n, 10 * n]]} for n in range(3)),
        aliases={"x": "red"},
        sensor="s",
    )


def test_the_result_is_what_the_function_gives(col):
    assert type(col[0].map_bands(lambda name, band: band)) is wf.Image
    assert type(col.map_bands(lambda name, band: band)) is wf.ImageCollection
    assert type(col.map_bands(lambda name, band: band.max(axis="images"))) is wf.Image
    assert type(col[0].map_bands(lambda name, band: band + col)) is wf.ImageCollection
    assert type(col[0].map_bands(lambda name, band: band.max())) is wf.Dict[wf.Str, wf.Float]
    assert type(col.map_bands(lambda name, band: 1)) is wf.Dict[wf.Str, wf.Int]


def test_graphs_of_imagery_and_of_other_values_have_their_own_names(col):
    imagery, values = col.map_bands(lambda name, band: band), col.map_bands(lambda name, band: name)

    assert imagery._node.callee == "map_bands_imagery"
    assert values._node.callee == "map_bands"


def test_bands_properties_and_bandinfo_of_the_results_are_joined(col):
    found = col[1].map_bands(lambda name, band: (band + 1).concat_bands(band.rename_bands(name + "_0")))

    result = found.compute(HERE)
    assert list(result.bandinfo) == ["x", "x_0", "y", "y_0"]
    assert pixels(result) == [[[2, 3]], [[1, 2]], [[11, 11]], [[10, 10]]]
    assert result.properties["sensor"] == "s"
    assert result.bandinfo["y_0"] == col.bandinfo["y"].compute(HERE)


def test_aliases_of_bands_are_kept(col):
    mapped = col[1].map_bands(lambda name, band: band * 2)

    assert pixels(mapped.pick_bands("red").compute(HERE)) == [[[2, 4]]]


def test_properties_are_those_that_all_results_have(col):
    found = col[1].map_bands(lambda name, band: band.with_properties(of=name, a=1)).properties.compute(HERE)

    assert (found["a"], found["number"], "of" in found) == (1, 1, False)


def test_in_a_map_all_images_are_evaluated_at_once(col):
    mapped = col.map(lambda image: image.map_bands(lambda name, band: band + image["x"].rename_bands(name)))

    assert pixels(mapped.compute(HERE)) == [[[[2 * n, 2 * n + 2]], [[11 * n, 11 * n + 1]]] for n in range(3)]
    assert steps_of(bound(mapped, HERE).plan).count("add") == 2


def test_an_image_that_is_the_same_for_all_meets_bands_of_each(col):
    mapped = col.map(
        lambda image: image.map_bands(lambda name, band: wf.ifelse(name == "x", col[2]["x"], band))
    )

    assert pixels(mapped.compute(HERE)) == [[[[2, 3]], [[10 * n, 10 * n]]] for n in range(3)]
    assert [row["sensor"] for row in mapped.properties.compute(HERE)] == ["s", "s", "s"]


def test_a_result_that_is_the_same_for_all_images_stands_for_each(col):
    mapped = col.map(lambda image: image.map_bands(lambda name, band: col[2]["x"].rename_bands(name)))
    sums = col.map(lambda image: image.map_bands(lambda name, band: col[2]["x"].rename_bands(name)).sum())
    of_several = col.map(lambda image: image.map_bands(lambda name, band: col["x"].rename_bands(name))[1])

    assert pixels(mapped.compute(HERE)) == [[[[2, 3]], [[2, 3]]]] * 3
    assert sums.compute(HERE) == [10, 10, 10]
    assert pixels(of_several.compute(HERE)) == [[[[1, 2]], [[1, 2]]]] * 3


def test_results_that_differ_by_band_are_chosen_by_its_name(col):
    scaled = col[1].map_bands(lambda name, band: wf.ifelse(name == "y", band / 10, band))

    assert pixels(scaled.compute(HERE)) == [[[1, 2]], [[1, 1]]]


def test_collections_of_the_same_length_are_joined_image_by_image(col):
    mapped = col.map_bands(lambda name, band: band - band.min(axis="images"))

    assert pixels(mapped.compute(HERE)) == [[[[n, n]], [[10 * n, 10 * n]]] for n in range(3)]


def test_any_empty_result_makes_it_empty(col):
    some = col.map_bands(lambda name, band: band.pick_bands("x", allow_missing=True))

    assert (some.length().compute(HERE), some.nbands.compute(HERE)) == (0, 0)
    assert some[0].compute(HERE).ndarray is None


def test_two_bands_of_one_name_are_refused(col):
    with pytest.raises(JobInvalid, match="two bands would have the same name: max, max"):
        col.map_bands(lambda name, band: band.max(axis="bands")).compute(HERE)


def test_scalars_by_band_are_computed_together(col):
    spans = col.map(lambda image: image.map_bands(lambda name, band: band.max() - band.min()))

    assert spans.compute(HERE) == [{"x": 1, "y": 0}] * 3
    assert len([step for step in steps_of(bound(spans, HERE).plan) if step == "sub"]) == 2
