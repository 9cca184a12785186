"""What is bound once serves every grid for which binding would be told the same, and no other."""

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.engine.bindings import Bindings
from descartes_flow.engine.compute import bind_program, default_runner
from descartes_flow.engine.sources import CatalogSources
from tests.engine.programs import bands_read
from tests.scenes import area

WIDE = np.ones((4, 4))
SMALL = np.ones((2, 2))


@pytest.fixture
def bindings() -> Bindings:
    return Bindings()


@pytest.fixture
def two(scenes):
    """One scene of 4 x 4 pixels, and one in the upper left quarter of it."""
    scenes.add("wide", {"a": WIDE, "b": WIDE})
    scenes.add("small", {"a": SMALL, "b": SMALL}, date="2020-06-02")
    return scenes


def read(bindings: Bindings, proxy: wf.Proxytype, **where: int) -> list[str]:
    """Scenes that the bound program reads in 1 pixel, whose row and column are given."""
    bound = bindings.get(proxy._node, area(1, 1, **where).grid(), default_runner())
    return [scene.removeprefix("test:") for scene, _ in bands_read(bound.plan)]


def composite() -> wf.Image:
    return wf.ImageCollection.from_id("test").pick_bands("a").max(axis="images")


@pytest.mark.usefixtures("two")
def test_grids_with_the_same_scenes_share_what_is_bound(bindings):
    # two pixels off the edge of the small scene, whose footprint may touch the next
    found = [read(bindings, composite(), row=row, col=3) for row in (0, 1, 2, 3)]

    assert found == [["wide"]] * 4
    assert (bindings.bound, bindings.hits) == (1, 3)


@pytest.mark.usefixtures("two")
def test_a_grid_with_other_scenes_is_bound_anew(bindings):
    found = [read(bindings, composite(), row=row, col=row) for row in (0, 3, 0, 3)]

    assert found == [["wide", "small"], ["wide"]] * 2
    assert (bindings.bound, bindings.hits) == (2, 2)


@pytest.mark.usefixtures("two")
def test_a_question_that_follows_from_an_answer_is_asked_too(bindings):
    other = wf.ImageCollection.from_id("test", "2020-06-02")
    several = wf.ImageCollection.from_id("test").length() > 1
    image = wf.ifelse(several, other, wf.ImageCollection.from_id("test", None, "2020-06-02")).max("images")

    found = [set(read(bindings, image, row=row, col=row)) for row in (0, 3, 0, 3)]

    assert found == [{"small"}, {"wide"}] * 2
    assert (bindings.bound, bindings.hits) == (2, 2)


def test_scenes_that_only_the_border_of_a_composite_meets_count(bindings, scenes):
    scenes.add("wide", {"a": np.ones((8, 8))})
    scenes.add("small", {"a": SMALL}, date="2020-06-02")
    smooth = wf.conv2d(composite(), wf.Kernel(dims=(3, 3), data=[1 / 9] * 9))

    found = [set(read(bindings, smooth, row=row, col=row)) for row in (2, 6, 2, 5)]

    assert found == [{"wide", "small"}, {"wide"}, {"wide", "small"}, {"wide"}]
    assert (bindings.bound, bindings.hits) == (2, 2)


@pytest.mark.usefixtures("two")
def test_a_scene_that_comes_replaced_or_not_at_all_any_more_is_seen_at_once(bindings, two):
    before = bindings.get(composite()._node, area(1, 1, row=3, col=3).grid(), default_runner()).key
    two.add("wide", {"a": 2 * WIDE, "b": WIDE})
    replaced = bindings.get(composite()._node, area(1, 1, row=3, col=3).grid(), default_runner()).key
    two.add("third", {"a": WIDE, "b": WIDE}, date="2020-06-03")
    grown = read(bindings, composite(), row=3, col=3)
    wf.catalog.remove("test", "wide")
    shrunk = read(bindings, composite(), row=3, col=3)

    assert replaced != before
    assert (grown, shrunk) == (["wide", "third"], ["third"])


@pytest.mark.usefixtures("two")
def test_one_image_that_is_replaced_is_seen_at_once(bindings, two):
    image = wf.Image.from_id("test:wide").pick_bands("a")
    before = bindings.get(image._node, area(1, 1).grid(), default_runner())
    same = bindings.get(image._node, area(1, 1, row=1).grid(), default_runner())
    two.add("wide", {"a": 3 * WIDE, "b": WIDE})
    after = bindings.get(image._node, area(1, 1).grid(), default_runner())

    assert same is before
    assert after.key != before.key


@pytest.mark.usefixtures("two")
def test_a_product_that_is_gone_is_told_with_the_users_line(bindings):
    image = composite()
    read(bindings, image)
    wf.catalog.remove("test")

    with pytest.raises(wf.exceptions.JobInvalid, match=r"ImageCollection\.from_id \(test_bindings\.py:"):
        read(bindings, image)


LOOKING = {
    "a pixel's place": lambda image: image + image.index_to_coords(0, 0)[0],
    "a value of pixels that decides": lambda image: wf.ifelse(image.max(axis=None) > 0, image, -image),
    "an array": lambda image: (image.ndarray + 1).to_imagery(),
}


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("program", LOOKING.values(), ids=LOOKING.keys())
def test_a_program_that_looks_at_the_grid_or_at_pixels_is_bound_for_each_grid(bindings, program):
    image = program(wf.Image.from_id("test:wide").pick_bands("a"))
    grids = [area(1, 1, row=row).grid() for row in (0, 1, 0)]

    keys = [bindings.get(image._node, grid, default_runner()).key for grid in grids]

    assert keys == [bind_program(image._node, grid, default_runner()).key for grid in grids]
    assert (bindings.bound, bindings.hits) == (3, 0)


@pytest.mark.usefixtures("two")
def test_programs_that_differ_in_a_number_are_two(bindings):
    keys = {
        bindings.get((composite() * factor)._node, area(1, 1).grid(), default_runner()).key
        for factor in (2, 3, 2)
    }

    assert len(keys) == 2
    assert (bindings.bound, bindings.hits) == (2, 1)


@pytest.mark.usefixtures("two")
def test_what_cannot_be_bound_is_not_kept(bindings):
    broken = composite().pick_bands("missing")

    for _ in range(2):
        with pytest.raises(wf.exceptions.JobInvalid):
            bindings.get(broken._node, area(1, 1).grid(), default_runner())
    assert bindings.hits == 0


@pytest.mark.usefixtures("two")
def test_two_pictures_of_values_known_from_binding_have_two_keys():
    """A step that was computed while binding is no part of the plan, yet of what is shown."""
    a, b = (wf.Image.from_id("test:wide").pick_bands(band) for band in "ab")
    bound = [
        bind_program(wf.ifelse(image.ndarray.sum() > 0, image, -image)._node, area().grid(), default_runner())
        for image in (a, b)
    ]

    assert bound[0].key != bound[1].key


def test_an_area_is_searched_once_until_the_catalog_changes(two, monkeypatch):
    searched: list[str] = []
    meeting = CatalogSources._search.meeting

    def counted(product: str, *rest):
        searched.append(product)
        return meeting(product, *rest)

    monkeypatch.setattr(CatalogSources._search, "meeting", counted)
    grid = area(1, 1).grid()
    found = [len(CatalogSources().search("test", grid, None, None)) for _ in range(2)]
    two.add("new", {"a": WIDE, "b": WIDE}, date="2020-06-03")
    found.append(len(CatalogSources().search("test", grid, None, None)))

    assert found == [2, 2, 3]
    assert searched == ["test", "test"]
