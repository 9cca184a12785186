import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.geo import AOI
from descartes_flow.graph import apply, literal
from descartes_flow.interactive.scaling import scales_of_area, scales_of_view
from descartes_flow.render.extent import data_bounds
from descartes_flow.render.stretch import Percentiles
from tests.interactive.conftest import PIXEL, SIDE
from tests.scenes import NAN, area

ELSEWHERE = AOI(bounds=(-106, 35, -105, 36), crs="EPSG:3857", shape=(100, 100), align_pixels=False)
ALL = Percentiles(0, 100)
HERE = area(SIDE, SIDE, pixel=PIXEL)


@pytest.fixture
def ramp(scenes):
    """One band, 0 to 39 from west to east."""
    return scenes.image("ramp", {"a": np.tile(np.arange(float(SIDE)), (SIDE, 1))}, pixel=PIXEL)


def test_scales_are_percentiles_of_the_view(ramp):
    found = scales_of_view(ramp._node, HERE, ALL)

    assert found.pairs == ((0.0, 39.0),)
    assert found.notes == ()


def test_data_that_lie_elsewhere_are_scaled_as_a_whole(ramp):
    found = scales_of_view(ramp._node, ELSEWHERE, ALL)

    assert found.pairs == ((0.0, 39.0),)
    place = "the data lie at lon 15.00 to 17.54, lat 43.33 to 45.15"
    assert found.notes == (f"no pixel in view has a value: scaled over all data; {place}",)


def test_a_band_without_values_is_named(scenes):
    bands = {"a": np.full((SIDE, SIDE), 1.0), "b": np.full((SIDE, SIDE), NAN)}
    found = scales_of_view(scenes.image("half", bands, pixel=PIXEL)._node, HERE, Percentiles())

    assert found.pairs[1] is None
    assert found.notes == ("no pixel in view has a value in band 2",)


def test_an_area_is_not_left_for_other_data(ramp):
    assert scales_of_area(ramp._node, HERE, ALL).pairs == ((0.0, 39.0),)

    found = scales_of_area(ramp._node, ELSEWHERE, ALL)
    assert found.pairs == ()
    assert found.notes == ("no pixel of the area has a value to find scales from",)


def test_where_nothing_has_a_value_it_says_so(scenes):
    nothing = scenes.image("nothing", {"a": np.full((SIDE, SIDE), NAN)}, pixel=PIXEL)
    found = scales_of_view(nothing._node, HERE, Percentiles())

    assert found.pairs == ()
    assert found.notes[0].startswith("no pixel has a value, in view or elsewhere")


def test_an_empty_image_has_no_scales(ramp):
    empty = wf.ImageCollection.from_id("test", "1990-01-01", "1991-01-01").mosaic()
    found = scales_of_view(empty._node, HERE, Percentiles())

    assert found.pairs == ()


def test_bounds_are_those_of_all_scenes_and_products(scenes):
    first = scenes.image("first", {"a": [[1.0]]}, pixel=100_000, product="one")
    scenes.image("second", {"a": [[1.0]]}, pixel=100_000, product="two", col=1)
    second = wf.ImageCollection.from_id("two").mosaic()

    # 200 km east of longitude 15 at 45 degrees north: 200 / (111.32 * cos 45.15) = 2.55 degrees.
    bounds = data_bounds((first + second)._node)
    assert bounds.left == pytest.approx(15.0, abs=0.01)
    assert bounds.right == pytest.approx(17.55, abs=0.01)


def test_a_program_that_names_no_data_has_no_bounds():
    assert data_bounds(apply("add", literal(1), literal(2))) is None


def test_a_product_that_is_not_there_has_no_bounds(scenes):
    assert data_bounds(wf.ImageCollection.from_id("nowhere").mosaic()._node) is None
