"""Results follow the order of the bands they are given: in the world of these tests it is nir, red."""

import pytest

import descartes_flow as wf
from tests.operations.gathering import WITH_PIXELS, case_id
from tests.operations.world import HERE, Bands, difference

BANDS = ["red", "nir"]

ORDERING = {
    "clip_values": "limits by band follow the order",
    "concat_bands": "has the bands of the first image first",
    "pick_bands": "gives the order that is asked for",
    "rename_bands": "gives names that were another band's",
    "rename_bands_positionally": "names the first, second, ... band",
}
"""Operations whose cases name an order of their own."""


def changed(bands: Bands) -> Bands:
    return dict(reversed(bands.items()))


def images_of(expected):
    return expected if isinstance(expected, list) else [expected]


WITH_BOTH = [
    case
    for case in WITH_PIXELS
    if case.operation not in ORDERING and all(list(image) == BANDS for image in images_of(case.expected))
]


@pytest.mark.parametrize("case", WITH_BOTH, ids=case_id)
def test_the_bands_of_a_result_are_in_the_order_of_its_operands(world, case):
    turned = [changed(image) for image in images_of(case.expected)]

    found = wf.compute(world.proxy(case.expression), HERE, cache=False)
    assert not difference(found, turned if isinstance(case.expected, list) else turned[0])
