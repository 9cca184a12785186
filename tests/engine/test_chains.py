"""Programs of 50,000 operations build, serialise, pickle and run: nothing recurses, nothing is quadratic."""

import json
import pickle

import pytest

import descartes_flow as wf
from descartes_flow.graph import read_graft
from tests.scenes import NAN, area, pixels

LENGTH = 50_000


@pytest.fixture(scope="module")
def numbers():
    chain = wf.Int(0)
    for _ in range(LENGTH):
        chain = chain + 1
    return chain


def test_a_chain_of_numbers_is_computed(numbers):
    assert numbers.compute() == LENGTH


def test_a_chain_is_written_and_pickled_and_read_back(numbers):
    text = json.dumps(numbers.graft)

    assert len(json.loads(text)) == 2 * LENGTH + 2
    assert pickle.loads(pickle.dumps(numbers))._node is numbers._node


def test_a_graft_from_outside_has_its_limits(numbers):
    with pytest.raises(wf.errors.GraftError):
        read_graft(numbers.graft)


def test_a_chain_over_an_image_is_computed(scenes):
    image = scenes.image("a", {"x": [[1, NAN]]})
    for _ in range(LENGTH):
        image = image + 1

    assert pixels(image.compute(area(1, 2))) == [[[LENGTH + 1, None]]]
    assert pickle.loads(pickle.dumps(image))._node is image._node


def test_a_chain_of_bands_and_selections_is_computed(scenes):
    image = scenes.image("a", {"x": [[1, 2]], "y": [[3, 4]]})
    for _ in range(2000):
        image = image.pick_bands("y x").rename_bands("x", "y")

    assert pixels(image.compute(area(1, 2))) == [[[1, 2]], [[3, 4]]]


def test_a_chain_inside_a_function_is_computed(scenes):
    col = scenes.collection({"x": [[1]]}, {"x": [[2]]})

    def body(img):
        for _ in range(5000):
            img = img + 1
        return img

    assert pixels(col.map(body).compute(area(1, 1))) == [[[[5001]]], [[[5002]]]]


def test_properties_and_bandinfo_at_the_end_of_long_chains(scenes):
    one = scenes.image("a", {"x": [[1]]}, sensor="s", orbit=1)
    other = scenes.image("b", {"x": [[2]]}, sensor="s", orbit=2)
    for _ in range(1000):
        one, other = one + other, wf.ImageCollection([other, one]).max(axis="images")

    assert "orbit" not in one.properties.compute()
    assert one.properties["sensor"].compute() == "s"
    assert one.bandinfo["x"]["resolution"].compute() == 10


def test_what_doubles_itself_is_computed_once_each(scenes):
    image = scenes.image("a", {"x": [[1]]})
    for _ in range(1000):
        image = (image + image) / 2

    assert pixels(image.compute(area(1, 1))) == [[[1]]]
