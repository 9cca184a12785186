"""What is hidden stays hidden: the world of these tests has one valid pixel less in every band."""

import numpy as np
import pytest

import descartes_flow as wf
from tests.operations.gathering import LOCAL, WITH_PIXELS, case_id
from tests.operations.world import HERE, NAN, Bands, expected_array

ROW, COL = 0, 2
"""The pixel, which is valid everywhere in the world of the cases."""

UNMASKING = {
    "count": "where nothing is valid the count is 0",
    "rasterize": "geometries lie where they lie",
    "getmask": "says of every pixel whether it is hidden",
    "Image.replace_empty_with": "a number covers the whole area",
    "ImageCollection.replace_empty_with": "a number covers the whole area",
    "where": "a number that a Bool chooses is hidden nowhere",
}
"""Operations documented to give a value where all that they are given is hidden."""

NEIGHBOURHOODS = {"conv2d"}
"""Operations whose pixels depend on those around them, of which hidden ones count as 0."""


def changed(bands: Bands) -> Bands:
    hidden = {name: values.copy() for name, values in bands.items()}
    for values in hidden.values():
        values[ROW, COL] = NAN
    return hidden


@pytest.mark.parametrize(
    "case", [case for case in WITH_PIXELS if case.operation not in UNMASKING], ids=case_id
)
def test_a_pixel_that_is_hidden_in_all_images_is_hidden_in_the_result(world, case):
    found = wf.compute(world.proxy(case.expression), HERE, cache=False).ndarray

    assert found is None or found.mask[..., ROW, COL].all()


@pytest.mark.parametrize(
    "case", [case for case in LOCAL if case.operation not in NEIGHBOURHOODS], ids=case_id
)
def test_hiding_a_pixel_changes_no_other_pixel(world, case):
    found = wf.compute(world.proxy(case.expression), HERE, cache=False).ndarray
    expected = expected_array(case.expected)

    other = np.ones(found.shape, bool)
    other[..., ROW, COL] = False
    np.testing.assert_array_equal(found.mask[other], np.ma.getmaskarray(expected)[other])
    np.testing.assert_allclose(
        found[other].filled(0).astype(float), expected[other].filled(0).astype(float), rtol=1e-12
    )
