"""Tiles that would cost too much, before anything is read; a scene of 60 x 60 pixels of 100 m."""

import dataclasses

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow import io, kernels
from descartes_flow.engine.compute import bind_program, default_runner
from descartes_flow.engine.memory import peak_bytes
from descartes_flow.errors import TileTooCostly
from descartes_flow.render import cost
from descartes_flow.render.cost import refuse_costly
from tests.scenes import Scenes, area
from tests.scenes import scenes as scenes

SIDE = 60


@pytest.fixture
def image(scenes: Scenes) -> wf.Image:
    ones = np.ones((SIDE, SIDE))
    return scenes.image("one", {"a": ones, "b": ones}, pixel=100)


def plan_of(image, grid):
    return bind_program(image._node, grid, default_runner()).plan


def source_of(image, grid):
    (read,) = plan_of(image, grid).reads
    return read.sources[0][0]


COARSE = area(6, 6, pixel=1000).grid()
"""The whole scene, ten of its pixels to one of the grid: centres at rows 5, 15, ... 55."""


def test_without_overviews_all_pixels_between_the_first_and_the_last_are_read(image):
    source = source_of(image.pick_bands("a"), COARSE)

    assert io.decoded_pixels(source, COARSE) == 51 * 51
    assert io.most_decoded_pixels(source, COARSE) == pytest.approx(SIDE * SIDE)


def test_an_overview_is_read_in_place_of_the_pixels_that_it_stands_for(image):
    source = dataclasses.replace(source_of(image.pick_bands("a"), COARSE), overviews=(2, 4, 16))

    assert io.decoded_pixels(source, COARSE) == 163  # 51 * 51 / 16, rounded up
    assert io.most_decoded_pixels(source, COARSE) == pytest.approx(SIDE * SIDE / 16)


def test_a_window_reads_what_lies_under_it_and_nothing_beside_the_scene(image):
    inside, beside = area(2, 3, pixel=100).grid(), area(2, 2, row=500, pixel=100).grid()
    source = source_of(image.pick_bands("a"), inside)

    assert io.decoded_pixels(source, inside) == 2 * 3
    assert io.decoded_pixels(source, beside) == 0


def test_all_bands_count(image, monkeypatch):
    plan = plan_of(image, COARSE)
    monkeypatch.setattr(wf.settings, "max_tile_pixels", 2 * 51 * 51)
    refuse_costly(plan, COARSE)
    monkeypatch.setattr(wf.settings, "max_tile_pixels", 2 * 51 * 51 - 1)

    with pytest.raises(TileTooCostly, match=r"settings\.max_tile_pixels is 5,201; zoom in") as raised:
        refuse_costly(plan, COARSE)
    assert raised.value.kind == "Zoom in"


def test_a_band_that_needs_too_much_is_named(image, monkeypatch):
    monkeypatch.setattr(wf.settings, "max_read_pixels", 51 * 51 - 1)

    with pytest.raises(TileTooCostly, match=r"band 'a' of 'test:one' has no overview") as raised:
        refuse_costly(plan_of(image, COARSE), COARSE)
    assert "settings.max_read_pixels" in raised.value.limit
    assert "overviews" in raised.value.limit


def test_what_certainly_is_cheap_is_not_looked_at_band_by_band(image, monkeypatch):
    monkeypatch.setattr(cost, "decoded_pixels", None)

    refuse_costly(plan_of(image, COARSE), COARSE)


def test_a_stack_is_held_until_its_last_use(image):
    # most when one band is taken out of the two and doubled: before that it goes, and after it the two
    both = image.pick_bands("a") * 2 - image.pick_bands("b")
    plan = plan_of(both, COARSE)

    assert [step.images * step.bands for step in plan.steps] == [2, 1, 1, 1, 1]
    assert peak_bytes(plan, COARSE) == (2 + 1 + 1) * 6 * 6 * 9


def test_neighbours_that_a_kernel_weighs_are_read_and_held_too(image, monkeypatch):
    window = area(2, 3, row=20, col=20, pixel=100).grid()
    plan = plan_of(wf.conv2d(image.pick_bands("a"), wf.Kernel((5, 9), [1.0] * 45)), window)
    read = (2 + 2 * 2) * (3 + 2 * 4)
    monkeypatch.setattr(wf.settings, "max_tile_pixels", read - 1)

    assert peak_bytes(plan, window) == (read + 2 * 3) * 9
    with pytest.raises(TileTooCostly, match=f"this tile would read {read} source pixels"):
        refuse_costly(plan, window)


def test_what_a_composite_below_a_kernel_is_made_of_is_held(scenes):
    kernels.wait()
    col = scenes.collection(*[{"a": np.ones((SIDE, SIDE))}] * 5, pixel=100)
    median = col.median(axis="images")
    blurred = wf.conv2d(median, wf.Kernel((3, 3), [1.0] * 9))

    held = 1 if kernels.ready() else 5 + 1  # compiled, a composite is made in one go
    assert peak_bytes(plan_of(median, COARSE), COARSE) == held * 6 * 6 * 9
    assert peak_bytes(plan_of(blurred, COARSE), COARSE) == (5 + 1) * 8 * 8 * 9


def test_windows_that_repeat_images_are_refused_where_they_do_not_fit(scenes, monkeypatch):
    ones = np.ones((SIDE, SIDE))
    col = scenes.collection(*[{"a": ones}] * 12, pixel=100)
    windows = col.map_window(lambda back, img, fwd: (back - img).mean(axis="images"), back=5)
    plan = plan_of(windows.max(axis="images"), COARSE)
    held = peak_bytes(plan, COARSE)
    monkeypatch.setattr(wf.settings, "memory_bytes", 4 * held - 4)

    assert held >= 2 * 7 * 5 * 6 * 6 * 9  # five images behind each of seven, and their differences
    with pytest.raises(TileTooCostly, match=r"a quarter of settings\.memory_bytes; choose fewer") as raised:
        refuse_costly(plan, COARSE)
    assert raised.value.kind == "Out of memory"
