import functools

import pytest

from descartes_flow.errors import ContextError
from descartes_flow.geo import Bounds
from descartes_flow.interactive.view import View, area_context, assumed_view

CENTRE = (35.6870, -105.9378)


def test_the_context_of_a_view_has_its_pixels():
    view = assumed_view(CENTRE, 8)

    assert view.context().arr_shape == (400, 960)


def test_an_assumed_view_lies_around_its_centre():
    view = assumed_view(CENTRE, 8)
    west, south, east, north = view.bounds

    # A pixel of zoom 8 is 360 / (256 * 2**8) = 0.0054932 degrees wide: 960 of them are 5.2734 degrees.
    assert east - west == pytest.approx(5.2734375)
    assert (west + east) / 2 == pytest.approx(-105.9378)
    assert south < 35.687 < north


def test_the_pixels_of_the_context_are_those_of_the_zoom():
    grid = assumed_view(CENTRE, 8).context().grid()

    assert grid.xres == pytest.approx(40075016.68557849 / 65536, rel=1e-3)


def test_a_resolution_takes_the_place_of_the_shape():
    context = assumed_view(CENTRE, 8).context(resolution=1000.0, crs="EPSG:3857")

    assert context.grid().xres == 1000.0


def test_utm_is_the_zone_of_the_middle():
    assert assumed_view(CENTRE, 8).context(resolution=100.0, crs="utm").grid().crs == "EPSG:32613"


def test_resolution_and_shape_exclude_each_other():
    with pytest.raises(
        RuntimeError, match=r"geocontext\(resolution=, shape=\): expected one of them, got 10 and"
    ):
        assumed_view(CENTRE, 8).context(resolution=10, shape=(2, 2))


def test_a_map_that_was_dragged_around_the_world_shows_the_same_place():
    view = View(Bounds(254.0, 10.0, 255.0, 11.0), 100, 100)

    assert view.context().bounds == (-106.0, 10.0, -105.0, 11.0)


def test_a_view_wider_than_the_world_is_cut_to_it():
    view = View(Bounds(-300.0, -89.0, 300.0, 89.0), 1000, 500)

    assert view.context().bounds == pytest.approx((-180.0, -85.0511287798066, 180.0, 85.0511287798066))


def test_a_crs_has_to_be_given():
    square = {"type": "Polygon", "coordinates": [[[15, 45], [16, 45], [16, 46], [15, 46], [15, 45]]]}
    for make in (assumed_view(CENTRE, 8).context, functools.partial(area_context, square, 8)):
        with pytest.raises(ContextError, match=r"geocontext\(crs=\).*got None"):
            make(crs=None)
