import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from odc.geo.geobox import GeoBox

from descartes_flow._settings import settings
from descartes_flow.errors import ContextError
from descartes_flow.geo import Bounds
from descartes_flow.geo.fitting import fitted_grid

UTM = "EPSG:32633"


@st.composite
def extents(draw):
    left, bottom = draw(st.floats(1e5, 9e5)), draw(st.floats(0, 9e6))
    return Bounds(left, bottom, left + draw(st.floats(0.1, 1e5)), bottom + draw(st.floats(0.1, 1e5)))


edges = st.sampled_from([0.1, 0.3, 7.0, 10.0, 30.0, 200.0, 1e5])


def fits(bounds, edge):
    return max(bounds.width, bounds.height) / edge < settings.max_side - 2


@given(bounds=extents(), edge=edges)
def test_aligned_edges_are_multiples_that_reach_just_far_enough(bounds, edge):
    assume(fits(bounds, edge))
    grid = fitted_grid(bounds, UTM, edge, align_pixels=True)
    found, slack = grid.bounds, 2e-6 * edge

    for side in (found.left, found.top):
        assert math.isclose(side / edge, round(side / edge), abs_tol=1e-6)
    assert bounds.left - edge < found.left <= bounds.left + slack
    assert bounds.right - slack <= found.right < bounds.right + edge + slack
    assert bounds.bottom - edge - slack < found.bottom <= bounds.bottom + slack
    assert bounds.top - slack <= found.top < bounds.top + edge


@given(bounds=extents(), edge=edges)
def test_unaligned_grids_start_at_the_corner_and_miss_by_half_a_pixel_at_most(bounds, edge):
    assume(fits(bounds, edge))
    found = fitted_grid(bounds, UTM, edge, align_pixels=False)

    assert (found.left, found.top) == (bounds.left, bounds.top)
    for pixels, side in ((found.cols, bounds.width), (found.rows, bounds.height)):
        assert pixels == 1 or abs(pixels * edge - side) <= 0.5000001 * edge
        assert pixels > 1 or side < 1.5 * edge


@pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")  # odc-geo 0.5 with affine 3
@given(bounds=extents(), edge=st.sampled_from([10.0, 30.0, 200.0]))
def test_aligned_grids_are_those_of_odc_geo(bounds, edge):
    assume(fits(bounds, edge))
    expected = GeoBox.from_bbox(tuple(bounds), UTM, resolution=edge, tol=1e-6)

    assert fitted_grid(bounds, UTM, edge, align_pixels=True).geobox == expected


@pytest.mark.parametrize(("aligned", "expected"), [(True, (4, 3)), (False, (4, 3))])
def test_multiples_survive_rounding(aligned, expected):
    # 0.3 / 0.1 is 2.9999999999999996 and 0.7 / 0.1 is 6.999999999999999.
    grid = fitted_grid(Bounds(0.3, 0.3, 0.6, 0.7), "EPSG:4326", 0.1, align_pixels=aligned)

    assert grid.shape == expected


@pytest.mark.parametrize(("width", "cols"), [(10.0, 1), (14.9, 1), (15.0, 2), (24.9, 2), (25.0, 3), (1.0, 1)])
def test_half_a_pixel_rounds_up_and_there_is_always_one(width, cols):
    grid = fitted_grid(Bounds(3.0, 5.0, 3.0 + width, 15.0), UTM, 10.0, align_pixels=False)

    assert grid.shape == (1, cols)


def test_an_aligned_extent_within_a_pixel_is_that_pixel():
    grid = fitted_grid(Bounds(13.0, 13.0, 14.0, 14.0), UTM, 10.0, align_pixels=True)

    assert (grid.shape, grid.bounds) == ((1, 1), (10.0, 10.0, 20.0, 20.0))


def test_a_point_on_a_corner_has_one_pixel():
    grid = fitted_grid(Bounds(10.0, 10.0, 10.0, 10.0), UTM, 10.0, align_pixels=True)

    assert grid.shape == (1, 1)


def test_the_side_is_limited_by_a_setting(monkeypatch):
    monkeypatch.setattr(settings, "max_side", 100)

    assert fitted_grid(Bounds(0.0, 0.0, 1000.0, 10.0), UTM, 10.0, align_pixels=True).shape == (1, 100)
    with pytest.raises(ContextError, match=r"resolution=\).*max_side = 100 pixels a side, got 1 x 101"):
        fitted_grid(Bounds(5.0, 0.0, 1005.0, 10.0), UTM, 10.0, align_pixels=True)


def test_a_resolution_in_the_wrong_unit_is_refused_before_anything_is_allocated():
    with pytest.raises(ContextError, match=r"in units of the crs"):
        fitted_grid(Bounds(0.0, 0.0, 1e6, 1e6), UTM, 1e-320, align_pixels=True)
