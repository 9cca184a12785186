"""From imagery to arrays and back, over scenes whose pixels are known."""

from __future__ import annotations

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.engine.blocks import run_blocks
from descartes_flow.engine.compute import bind_program, default_runner, image_pixels
from descartes_flow.engine.plan import Plan
from descartes_flow.engine.run import Runner
from descartes_flow.errors import JobInvalid, JobOOM, NeedsContext
from descartes_flow.io import read_band
from tests.scenes import NAN, area, pixels

HERE = area(2, 2)
FIRST = {"red": [[1, 2], [3, 4]], "nir": [[10, 20], [30, 40]]}
SECOND = {"red": [[5, NAN], [7, 8]], "nir": [[1, 2], [3, 4]]}


class Counting:
    """Reads bands, and counts how often."""

    def __init__(self):
        self.reads = 0

    def __call__(self, *args):
        self.reads += 1
        return read_band(*args)


def computed(proxy, reader, grid=None):
    """What `proxy` is bound to, and its pixels, read by `reader`."""
    runner = Runner(reader, use_cache=False)
    bound = bind_program(proxy._node, grid or HERE.grid(), runner)
    return image_pixels(bound, grid or HERE.grid(), runner)[1]


def test_the_guides_example_gives_imagery_with_numbered_bands(scenes):
    col = scenes.collection(FIRST, SECOND)
    target = wf.Array([1, 10])
    delta = col.ndarray - target[None, :, None, None]

    result = delta.std(axis=0).to_imagery()[0].compute(HERE)
    assert result.ndarray.shape == (2, 2, 2) and result.ndarray.dtype == float
    assert list(result.bandinfo) == ["band_1", "band_2"] and result.properties == {}
    assert pixels(result) == [[[2, 0], [2, 2]], [[4.5, 9], [13.5, 18]]]


def test_properties_and_bandinfo_are_those_that_are_given(scenes):
    arr = scenes.image("a", FIRST).ndarray

    result = arr.to_imagery({"foo": "bar"}, {"r": {"id": "x"}, "n": {}})[0].compute(HERE)
    assert result.properties == {"foo": "bar"}
    assert dict(result.bandinfo) == {"r": {"id": "x"}, "n": {}}


def test_a_list_of_properties_belongs_to_the_images(scenes):
    col = scenes.collection(FIRST, SECOND).ndarray.to_imagery([{"n": 1}, {"n": 2}])

    assert col.map(lambda img: img.properties["n"]).compute(HERE) == [1, 2]


def test_masked_pixels_stay_masked_both_ways(scenes):
    img = scenes.image("a", SECOND)

    assert img.ndarray.compute(HERE).mask.tolist()[0] == [[False, True], [False, False]]
    assert pixels((img.ndarray * 2).to_imagery()[0].compute(HERE))[0] == [[10, None], [14, 16]]


def test_what_is_no_number_is_masked_in_imagery():
    arr = wf.Array([[[1.0, np.nan], [np.inf, 0.0]]])

    assert pixels(arr.to_imagery()[0].compute(HERE)) == [[[1, None], [np.inf, 0]]]


def test_imagery_of_arrays_combines_with_imagery(scenes):
    img = scenes.image("a", FIRST).pick_bands("red")

    assert pixels((img + wf.numpy.ones((1, 2, 2)).to_imagery()[0]).compute(HERE)) == [[[2, 3], [4, 5]]]


def test_a_scalar_of_an_array_works_with_imagery(scenes):
    img = scenes.image("a", FIRST).pick_bands("red")

    assert pixels((img - img.ndarray.mean()).compute(HERE)) == [[[-1.5, -0.5], [0.5, 1.5]]]


def test_an_item_of_known_rank_is_a_scalar(scenes):
    item = scenes.image("a", FIRST).ndarray[1, 0, 1]

    assert type(item).__name__ == "Scalar"
    assert item.compute(HERE) == 20


def test_pixels_decide_through_an_array(scenes):
    img = scenes.image("a", FIRST)

    assert wf.ifelse(img.ndarray.max() > 30, "bright", "dark").compute(HERE) == "bright"


# Once


def test_pixels_that_an_array_is_made_of_are_read_once(scenes):
    img = scenes.image("a", FIRST)
    reader = Counting()

    whole = computed(img - img.ndarray.min().compute(HERE), Counting())
    found = computed(img - img.ndarray.min(), reader)
    np.testing.assert_array_equal(found.data, whole.data)
    assert reader.reads == 2  # its two bands


def test_an_image_whose_array_decides_is_not_computed_again(scenes):
    img = scenes.image("a", FIRST)
    reader = Counting()

    found = computed(wf.ifelse(img.ndarray.max() > 30, img, img * 0), reader)
    assert found.data[0].tolist() == FIRST["red"]
    assert reader.reads == 2


# Lambdas


def test_arrays_in_a_lambda_are_computed_for_all_images_at_once(scenes):
    col = scenes.collection(FIRST, SECOND)
    reader = Counting()
    runner = Runner(reader, use_cache=False)

    bound = bind_program(col.map(lambda img: img.ndarray.sum())._node, HERE.grid(), runner)
    assert bound.value == [110, 30]
    assert reader.reads == 4


def test_images_made_of_arrays_in_a_lambda_are_a_collection(scenes):
    col = scenes.collection(FIRST, SECOND)

    doubled = col.map(lambda img: (img.ndarray * 2).to_imagery(img.properties, {"r": {}, "n": {}})[0])
    assert [row["number"] for row in doubled.compute(HERE).properties] == [0, 1]
    assert pixels(doubled.max(axis="images").compute(HERE))[0] == [[10, 4], [14, 16]]


def test_too_many_pixels_for_one_batch_are_computed_image_by_image(scenes, monkeypatch):
    col = scenes.collection(FIRST, SECOND)
    monkeypatch.setattr(settings, "memory_bytes", 400)  # an array of one image takes 72, a quarter is 100

    assert col.map(lambda img: img.ndarray.sum()).compute(HERE) == [110, 30]


# Empty


@pytest.mark.parametrize("empty", [wf.ImageCollection([]), wf.ImageCollection([])[0]], ids=["col", "img"])
def test_the_array_of_nothing_is_nothing(empty):
    arr = empty.ndarray

    assert arr.compute(HERE) is None
    assert (np.sqrt(arr + 1) * 2)[0].compute(HERE) is None
    assert arr.to_imagery().compute(HERE).ndarray is None
    assert np.isnan(arr.mean().compute(HERE)) and np.isnan(wf.numpy.median(arr).compute(HERE))
    assert arr.sum().compute(HERE) == 0 and arr.count().compute(HERE) == 0
    assert arr.mean(axis=0).compute(HERE) is None
    assert wf.numpy.concatenate([arr, [1]]).compute(HERE) is None
    assert wf.numpy.nonzero(arr).compute(HERE) == []
    assert arr.size.compute(HERE) == 0


def test_empty_images_in_a_lambda_have_no_array(scenes):
    col = scenes.collection(FIRST, SECOND)
    parts = col.map(
        lambda img: col.filter(lambda other: other.properties["number"] < img.properties["number"])
    )

    assert parts.map(lambda part: part.ndarray.sum()).compute(HERE) == [0, 110]


# Large


def test_imagery_of_an_array_is_cut_into_blocks_as_any_other(scenes):
    rows, cols = 300, 280
    grid = area(rows, cols).grid()
    ramp = wf.numpy.reshape(wf.numpy.arange(rows * cols), (1, rows, cols)).to_imagery()[0]
    bound = bind_program((ramp * 2)._node, grid, default_runner())
    plan = Plan.from_bytes(bound.plan.to_bytes())

    (found,) = run_blocks(default_runner(), plan, grid)
    assert (found.data[0, 0] == 2 * np.arange(rows * cols).reshape(rows, cols)).all()


def test_an_array_that_exceeds_the_memory_is_refused_before_it_is_read(scenes, monkeypatch):
    img = scenes.image("a", FIRST)
    reader = Counting()
    monkeypatch.setattr(settings, "memory_bytes", 50)

    with pytest.raises(
        JobOOM, match=r"getattr .*: ndarray: the array would take .* more than settings.memory_bytes"
    ):
        computed(img.ndarray.to_imagery()[0], reader)
    assert reader.reads == 0


def test_arrays_of_imagery_need_a_context(scenes):
    with pytest.raises(NeedsContext):
        scenes.image("a", FIRST).ndarray.mean().compute()


def test_an_array_of_another_size_is_no_imagery_of_the_area():
    with pytest.raises(JobInvalid, match=r"has 1 x 3 pixels \(y, x\), the GeoContext 2 x 2"):
        wf.numpy.ones((1, 1, 3)).to_imagery().compute(HERE)
