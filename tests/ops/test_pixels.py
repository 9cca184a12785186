"""Limits, scales and colours."""

import math

import pytest

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.scenes import NAN, area, pixels


@pytest.fixture
def img(scenes):
    return scenes.image("a", {"x": [[0, 1, 2, NAN]], "y": [[10, 20, 30, 40]]}, sensor="s")


@pytest.mark.parametrize(
    ("limits", "x", "y"),
    [
        ({"min": 1}, [1, 1, 2, None], [10, 20, 30, 40]),
        ({"max": 15}, [0, 1, 2, None], [10, 15, 15, 15]),
        ({"min": 1, "max": 25}, [1, 1, 2, None], [10, 20, 25, 25]),
        ({"min": [1, 25]}, [1, 1, 2, None], [25, 25, 30, 40]),
        ({"min": 0.5, "max": [1, 30]}, [0.5, 1, 1, None], [10, 20, 30, 30]),
    ],
)
def test_values_beyond_a_limit_become_the_limit(img, limits, x, y):
    clipped = img.clip_values(**limits).compute(area(1, 4))

    assert pixels(clipped) == [[x], [y]]
    assert clipped.bandinfo == img.bandinfo.compute()


def test_limits_by_band_need_one_for_each(img):
    with pytest.raises(JobInvalid, match=r"min: 3 limits for 2 bands \(x, y\)"):
        img.clip_values(min=[1, 2, 3]).compute(area(1, 4))


def test_a_limit_may_be_a_scalar_of_pixels(img):
    x = img.pick_bands("x")

    assert pixels(x.clip_values(min=x.mean(axis=None)).compute(area(1, 4))) == [[[1, 1, 2, None]]]


def test_a_given_domain_becomes_the_range_and_nothing_is_clipped(img):
    scaled = img.scale_values(0, 100, 0, 20).compute(area(1, 4))

    assert pixels(scaled) == [[[0, 5, 10, None]], [[50, 100, 150, 200]]]


def test_the_domain_is_that_of_each_band_where_it_is_left_out(img):
    assert pixels(img.scale_values(-1, 1).compute(area(1, 4)))[0] == [[-1, 0, 1, None]]
    assert pixels(img.scale_values(0, 3).compute(area(1, 4)))[1] == [[0, 1, 2, 3]]
    assert pixels(img.scale_values(0, 6, domain_max=40).compute(area(1, 4)))[1] == [[0, 2, 4, 6]]


def test_each_image_of_a_collection_has_a_domain_of_its_own(scenes):
    col = scenes.collection({"x": [[0, 1, 2]]}, {"x": [[10, 30, 20]]}, product="col")

    assert pixels(col.scale_values(0, 1).compute(area(1, 3))) == [[[[0, 0.5, 1]]], [[[0, 1, 0.5]]]]


def test_a_domain_without_extent_has_no_scale(scenes):
    img = scenes.image("flat", {"x": [[3, 3]]})

    assert pixels(img.scale_values(0, 1).compute(area(1, 2))) == [[[None, None]]]
    assert pixels(img.scale_values(0, 1, 5, 5).compute(area(1, 2))) == [[[None, None]]]


def test_colours_come_from_the_table_at_the_position_between_the_limits(scenes):
    img = scenes.image("a", {"x": [[0, 5, 10, NAN]]}, sensor="s")

    coloured = img.colormap("autumn", vmin=0, vmax=10).compute(area(1, 4))
    red, green, blue = pixels(coloured)
    assert (red, blue) == ([[1, 1, 1, None]], [[0, 0, 0, None]])
    assert (green[0][0], green[0][2], green[0][3]) == (0, 1, None)
    assert green[0][1] == pytest.approx(0.5, abs=1 / 255)
    assert list(coloured.bandinfo) == ["red", "green", "blue"]
    assert coloured.properties["sensor"] == "s"


def test_beyond_the_limits_the_first_and_last_colours_are_kept(scenes):
    img = scenes.image("a", {"x": [[0, -1e300, 10, 1e300, math.inf, -math.inf]]})

    red, green, blue = pixels(img.colormap("viridis", vmin=0, vmax=10).compute(area(1, 6)))
    for row in (red[0], green[0], blue[0]):
        assert row[0] == row[1] == row[5]
        assert row[2] == row[3] == row[4]


def test_without_limits_colours_span_each_image(scenes):
    col = scenes.collection({"x": [[0, 1]]}, {"x": [[100, 300]]}, product="col")

    first, second = pixels(col.colormap("viridis").compute(area(1, 2)))
    assert first == second


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda img: img.colormap("no such"),
            ValueError,
            r"colormap\(named=\): unknown colormap 'no such'; .*COLORMAPS lists them",
        ),
        (lambda img: img.colormap(vmin=0), ValueError, r"give both vmin and vmax, or neither"),
        (lambda img: img.clip_values(), ValueError, r"clip_values\(\): give min, max or both"),
        (
            lambda img: img.scale_values("a", 1),
            TypeError,
            r"Argument 'range_min' to function scale_values\(\)",
        ),
        (
            lambda img: img.scale_values(0),
            TypeError,
            r"scale_values\(\): missing a required argument: 'range_max'",
        ),
    ],
)
def test_a_wrong_call_fails_when_the_expression_is_built(call, error, message):
    with pytest.raises(error, match=message):
        call(wf.Image.from_id("p:a"))


def test_a_colormap_needs_one_band(img):
    with pytest.raises(
        JobInvalid, match=r"colormap \(test_pixels\.py:\d+\): a colormap needs one band, not 2 \(x, y\)"
    ):
        img.colormap().compute(area(1, 4))


def test_a_colormap_that_only_the_run_knows_is_checked_then(img):
    name = wf.parameter("table", wf.Str)

    with pytest.raises(JobInvalid, match="unknown colormap 'nothing'"):
        img.pick_bands("x").colormap(name).compute(area(1, 4), table="nothing")
