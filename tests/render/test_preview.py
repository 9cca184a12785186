"""Pictures of imagery without a map, with numbers worked out by hand."""

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.errors import ContextError
from tests.scenes import NAN, area
from tests.scenes import scenes as scenes


def rgba(image, *args, **options) -> list:
    return np.asarray(image.preview(*args, **options)).tolist()


def test_one_band_is_grey(scenes):
    image = scenes.image("s", {"a": [[0.0, 0.5], [1.0, 2.0]]})

    assert rgba(image, area(), [0, 1]) == [
        [[0, 0, 0, 255], [128, 128, 128, 255]],
        [[255, 255, 255, 255], [255, 255, 255, 255]],
    ]


def test_three_bands_are_red_green_and_blue(scenes):
    bands = {name: [[value] * 2] * 2 for name, value in {"r": 0.2, "g": 0.4, "b": 1.0}.items()}

    assert rgba(scenes.image("s", bands), area(), [[0, 1]] * 3)[0][0] == [51, 102, 255, 255]


def test_scales_are_found_from_the_picture(scenes):
    image = scenes.image("s", {"a": np.arange(101.0)[np.newaxis]})
    row = rgba(image, area(1, 101))[0]

    assert [row[x][0] for x in (0, 2, 50, 98, 100)] == [0, 0, 128, 255, 255]  # 2 and 98 % are 2 and 98


def test_hidden_pixels_are_checks_or_transparent(scenes):
    image = scenes.image("s", {"a": [[0.5, NAN], [0.5, 0.5]]})

    assert rgba(image, area(), [0, 1])[0][1] == [168, 168, 168, 255]
    assert rgba(image, area(), [0, 1], checkerboard=False)[0][1][3] == 0


def test_nothing_but_hidden_pixels_needs_no_scales(scenes):
    image = scenes.image("s", {"a": [[NAN, NAN], [NAN, NAN]], "b": [[1, 1], [1, 1]], "c": [[1, 1], [1, 1]]})

    assert rgba(image, area())[0][0] == [168, 168, 168, 255]


def test_collections_are_reduced(scenes):
    scenes.add("one", {"a": [[0.2, 0.2], [0.2, 0.2]]})
    scenes.add("two", {"a": [[0.6, 0.6], [0.6, 0.6]]})
    images = wf.ImageCollection.from_id("test")

    assert rgba(images, area(), [0, 1], reduction="mean")[0][0] == [102, 102, 102, 255]
    assert rgba(images, area(), [0, 1], reduction="max")[0][0] == [153, 153, 153, 255]


def test_parameters_get_values(scenes):
    image = scenes.image("s", {"a": [[0.2, 0.2], [0.2, 0.2]]}) * wf.parameter("by", wf.Float)

    assert rgba(image, area(), [0, 1], by=2.0)[0][0] == [102, 102, 102, 255]
    with pytest.raises(TypeError, match="missing values for the parameters by"):
        image.preview(area())


def test_without_an_area_all_data_are_seen(scenes):
    picture = scenes.image("s", {"a": np.full((20, 40), 0.4)}, pixel=100).preview(scales=[0, 1])

    assert max(picture.size) == 512
    assert picture.size[0] > 1.5 * picture.size[1]
    assert np.asarray(picture)[picture.size[1] // 2, 256].tolist() == [102, 102, 102, 255]


def test_what_lies_nowhere_needs_an_area(scenes):
    image = wf.ImageCollection.from_id("nowhere").mosaic()

    with pytest.raises(ContextError, match=r"preview\(geoctx=\)"):
        image.preview()


def test_four_bands_are_refused(scenes):
    image = scenes.image("s", {name: [[1, 1], [1, 1]] for name in "abcd"})

    with pytest.raises(ValueError, match=r"at most 3 bands.*pick_bands"):
        image.preview(area())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"colormap": "nice"}, "nice"),
        ({"reduction": "mean"}, "expected an ImageCollection"),
        ({"scales": [0, 1, 2]}, "scales="),
    ],
)
def test_wrong_arguments_are_named(options, message, scenes):
    with pytest.raises((ValueError, TypeError), match=message):
        scenes.image("s", {"a": [[1, 1], [1, 1]]}).preview(area(), **options)
