"""What holds for every operation whose result has pixels, shown on every case."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.engine.blocks import run_blocks
from descartes_flow.engine.compute import bind_program, default_runner
from descartes_flow.engine.plan import Plan
from descartes_flow.errors import JobInvalid
from descartes_flow.geo import AOI, Grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.result_types import ImageCollectionResult, ImageResult
from tests.operations.gathering import CASES, LOCAL, WITH_PIXELS, case_id
from tests.operations.world import HERE, World
from tests.scenes import area

BLOCK = 256
WIDE = area(260, 265, row=1 - BLOCK, col=2 - BLOCK)
"""Four blocks: their corner lies between the pixels of the images."""


each_with_pixels = pytest.mark.parametrize("case", WITH_PIXELS, ids=case_id)
each_local = pytest.mark.parametrize("case", LOCAL, ids=case_id)
each_case = pytest.mark.parametrize("case", CASES, ids=case_id)


def computed(proxy: wf.Proxytype, context: AOI = HERE) -> Any:
    return wf.compute(proxy, context, cache=False)


def same_array(found: Any, expected: Any) -> None:
    """Fails where two masked arrays differ in a mask or in a valid value, by however little."""
    np.testing.assert_array_equal(np.ma.getmaskarray(found), np.ma.getmaskarray(expected))
    np.testing.assert_array_equal(np.ma.filled(found, 0), np.ma.filled(expected, 0))


# Parts of the area


@each_local
def test_a_part_of_the_area_computed_alone_is_that_part_of_the_whole(world, case):
    proxy = world.proxy(case.expression)
    whole = computed(proxy).ndarray

    for row, col, rows, cols in [(0, 0, 1, 3), (1, 1, 1, 2), (0, 2, 2, 1)]:
        part = computed(proxy, area(rows, cols, row=row, col=col)).ndarray
        same_array(part, whole[..., row : row + rows, col : col + cols])


# Parts of the result


@each_with_pixels
def test_a_band_of_a_result_taken_alone_is_that_band(world, case):
    proxy = world.proxy(case.expression)
    whole = computed(proxy)

    for number, band in enumerate(whole.bandinfo):
        part = computed(proxy.pick_bands([band])).ndarray
        same_array(part, whole.ndarray[..., number : number + 1, :, :])


@pytest.mark.parametrize(
    "case", [case for case in WITH_PIXELS if isinstance(case.expected, list)], ids=case_id
)
def test_an_image_of_a_result_taken_alone_is_that_image(world, case):
    proxy = world.proxy(case.expression)
    whole = computed(proxy)

    for number in range(len(whole)):
        same(computed(proxy[number]), ImageResult(*part_of(whole, number)))


def part_of(whole: ImageCollectionResult, number: int) -> tuple[Any, ...]:
    return whole.ndarray[number], whole.properties[number], whole.bandinfo, whole.geocontext


# Ways to run a plan


def ran(runner_of_plan: Any, plan: Plan, grid: Grid) -> list[Any]:
    runner = default_runner()
    runner.use_cache = False
    return [masked_stack(pixels) for pixels in runner_of_plan(runner, plan, grid)]


def masked_stack(pixels: Pixels) -> Any:
    mask = False if pixels.mask is None else np.broadcast_to(pixels.mask, pixels.data.shape)
    return np.ma.array(pixels.data, mask=mask)


@each_with_pixels
def test_blocks_give_what_one_piece_gives(world, monkeypatch, case):
    monkeypatch.setattr(settings, "block_size", BLOCK)
    plan = bind_program(world.proxy(case.expression)._node, WIDE.grid(), default_runner()).plan
    whole = ran(lambda runner, plan, grid: runner.run(plan, grid), plan, WIDE.grid())

    for found, expected in zip(ran(run_blocks, plan, WIDE.grid()), whole, strict=True):
        same_array(found, expected)


@each_case
def test_a_plan_that_went_through_bytes_gives_the_same_pixels(world, case):
    plan = bind_program(world.proxy(case.expression)._node, HERE.grid(), default_runner()).plan
    here = ran(lambda runner, plan, grid: runner.run(plan, grid), plan, HERE.grid())

    sent = Plan.from_bytes(plan.to_bytes())
    assert sent.key == plan.key
    for found, expected in zip(
        ran(lambda runner, plan, grid: runner.run(plan, grid), sent, HERE.grid()), here, strict=True
    ):
        same_array(found, expected)


# Empty imagery

FILLS = {"Image.replace_empty_with", "ImageCollection.replace_empty_with"}
"""Operations that are there to make something of empty imagery."""

KEEPS_THE_REST = {
    "concat": "drops empties",
    "ImageCollection.from_images": "drops empties",
    "mask": "an empty mask changes nothing",
    "ifelse": "computes what is chosen only",
}
"""Operations that give pixels where one of `img` and `col` is empty, and why."""

EMPTIED = [
    case
    for case in WITH_PIXELS
    if case.operation not in FILLS
    and World.uses(case.expression, "img", "col")
    and "from_id" not in case.expression
]
BOTH = [
    case
    for case in EMPTIED
    if case.operation not in KEEPS_THE_REST
    and World.uses(case.expression, "img")
    and World.uses(case.expression, "col")
]


@pytest.mark.parametrize("case", EMPTIED, ids=case_id)
def test_of_empty_imagery_comes_empty_imagery_of_the_same_type(world, case):
    proxy = world.proxy(case.expression, img=world.names["none"], col=world.names["nothing"])

    assert type(proxy) is type(world.proxy(case.expression))
    found = computed(proxy)
    assert (found.ndarray, dict(found.bandinfo)) == (None, {})
    assert found.properties == ([] if isinstance(proxy, wf.ImageCollection) else {})


@pytest.mark.parametrize("case", BOTH, ids=case_id)
@pytest.mark.parametrize(("operand", "empty"), [("img", "none"), ("col", "nothing")])
def test_one_empty_operand_makes_the_result_empty(world, case, operand, empty):
    proxy = world.proxy(case.expression, **{operand: world.names[empty]})

    assert computed(proxy).ndarray is None


# Lambdas


def outcome(proxy: wf.Proxytype) -> Any:
    """The computed value; JobInvalid itself where the program is not valid."""
    try:
        return computed(proxy)
    except JobInvalid:
        return JobInvalid


def same(found: Any, expected: Any) -> None:
    """Fails where two computed values differ, pixels and metadata included."""
    if isinstance(expected, (list, tuple)):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            same(one, other)
    elif isinstance(expected, np.ndarray):
        same_array(found, expected)
    elif isinstance(expected, float):
        np.testing.assert_equal(found, expected)
    elif isinstance(expected, dict):
        assert list(found) == list(expected)
        same(list(found.values()), list(expected.values()))
    else:
        assert found == expected


def each_alone(proxies: list[wf.Proxytype]) -> Any:
    """The values of bodies computed one by one, as a map gives them; JobInvalid if any is not valid."""
    values = [outcome(proxy) for proxy in proxies]
    if JobInvalid in [value for value in values if isinstance(value, type)]:
        return JobInvalid
    if not all(isinstance(value, ImageResult) for value in values):
        return values
    return [(value.ndarray, value.properties) for value in values if value.ndarray is not None]


def all_at_once(proxy: wf.Proxytype) -> Any:
    """The value of a map, in the form of `each_alone`."""
    found = outcome(proxy)
    if not isinstance(found, ImageCollectionResult):
        return found
    pixels = [] if found.ndarray is None else list(found.ndarray)
    return list(zip(pixels, found.properties, strict=True))


@pytest.mark.parametrize("case", [case for case in CASES if World.uses(case.expression, "img")], ids=case_id)
def test_a_map_gives_what_its_body_gives_for_each_image_alone(world, case):
    col = world.names["col"]
    mapped = col.map(lambda image: world.proxy(case.expression, img=image))

    same(all_at_once(mapped), each_alone([world.proxy(case.expression, img=col[i]) for i in range(3)]))


@pytest.mark.parametrize("case", [case for case in CASES if World.uses(case.expression, "col")], ids=case_id)
def test_a_map_of_collections_gives_what_its_body_gives_for_each_alone(world, case):
    """Each image meets all images of the collection: an image axis within another."""
    col = world.names["col"]

    def body(image: wf.Image) -> wf.Proxytype:
        return world.proxy(case.expression, col=col.map(lambda other: other + image.properties["number"]))

    same(all_at_once(col.map(body)), each_alone([body(col[i]) for i in range(3)]))
