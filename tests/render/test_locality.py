import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.engine.compute import bind_program, default_runner
from descartes_flow.render.locality import extent_note
from tests.scenes import Scenes, area
from tests.scenes import scenes as scenes

GRID = area(2, 2).grid()


@pytest.fixture
def col(scenes: Scenes) -> wf.ImageCollection:
    return scenes.collection({"a": np.ones((2, 2))}, {"a": np.zeros((2, 2))}, {"a": np.ones((2, 2))})


def note_on(image):
    return extent_note(image._node, bind_program(image._node, GRID, default_runner()).plan)


DEPENDENT = {
    "mean of all pixels": (
        lambda col: col.mosaic() - col.mosaic().mean(axis=None),
        "mean (test_locality.py:",
    ),
    "mean in a function": (
        lambda col: col.map(lambda img: img - img.max(axis=None)).mosaic(),
        "max (test_locality.py:",
    ),
    "one of the images": (lambda col: col.pick_bands("a")[0], "get (test_locality.py:"),
    "some of the images": (lambda col: col[:2].mosaic(), "get (test_locality.py:"),
    "how many": (lambda col: col.sum(axis="images") / col.length(), "length (test_locality.py:"),
    "the last": (lambda col: col.reversed()[0], "get (test_locality.py:"),
    "the first": (lambda col: col.head(1).mosaic(), "head (test_locality.py:"),
    "windows": (
        lambda col: col.map_window(lambda back, img, fwd: back.mosaic() - img, back=1).mosaic(),
        "map_window",
    ),
}

LOCAL = {
    "composite": lambda col: col.median(axis="images"),
    "bands": lambda col: col.mosaic().mean(axis="bands"),
    "neighbours": lambda col: wf.conv2d(col.mosaic(), [[0, 1, 0], [1, 0, 1], [0, 1, 0]]),
    "each image": lambda col: col.map(lambda img: img * 2).max(axis="images"),
}


@pytest.mark.parametrize("name", DEPENDENT)
def test_what_depends_on_the_extent_is_named_with_the_users_line(col, name):
    program, expected = DEPENDENT[name]
    note = note_on(program(col))

    assert note is not None
    assert expected in note
    assert note.startswith("the values of this layer depend on the extent")


@pytest.mark.parametrize("name", LOCAL)
def test_what_is_local_is_not_spoken_of(col, name):
    assert note_on(LOCAL[name](col)) is None


def test_images_that_the_user_lists_are_the_same_everywhere(scenes):
    images = [scenes.image(name, {"a": np.ones((2, 2))}) for name in ("one", "two")]

    assert note_on(wf.ImageCollection(images)[0]) is None
