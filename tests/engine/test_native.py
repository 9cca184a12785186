"""Zoomed in by near, a program is run on the scenes' own pixels, and nothing shows it but the time."""

from collections.abc import Callable

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.engine import blocks
from descartes_flow.engine.run import Runner
from descartes_flow.geo import AOI, Grid, Tile, tile_grid
from descartes_flow.io import read_band
from tests.engine.programs import bound
from tests.scenes import LEFT, NAN, TOP, UTM, area

TILE = tile_grid(Tile(x=35499, y=23536, z=16))
"""Within the scenes, in another CRS and about nine times as fine."""


class Shapes:
    """`read_band`, and the shapes of what was asked for."""

    def __init__(self) -> None:
        self.seen: set[tuple[int, int]] = set()

    def __call__(self, source, grid, resampling, out):
        self.seen.add(grid.shape)
        return read_band(source, grid, resampling, out)


@pytest.fixture
def col(scenes):
    noise = np.random.default_rng(11)
    for number in range(4):
        bands = {name: noise.normal(size=(150, 150)) for name in ("x", "y")}
        bands["x"][noise.random((150, 150)) < 0.3] = NAN
        scenes.add(f"s{number}", bands, date=f"2020-06-0{number + 1}", number=number, row=-20, col=-20)
    return wf.ImageCollection.from_id("test")


PROGRAMS: dict[str, Callable] = {
    "an image": lambda col: col[0],
    "the best pixels": lambda col: col.sortby_composite("x"),
    "a masked median": lambda col: col.mask(col.pick_bands("x") > 0.5).median(axis="images"),
    "a mean": lambda col: col.mean(axis="images"),
    "a count": lambda col: col.count(axis="images"),
    "bands": lambda col: col.map(lambda img: img.pick_bands("x") / img.pick_bands("y")).mosaic(),
    "a collection": lambda col: col.map(lambda img: img * img.properties["number"]),
    "a mask that replaces": lambda col: col[0].mask(col[1].pick_bands("y") < 0, replace=True),
    "colours": lambda col: col[0].pick_bands("y").colormap("viridis", vmin=-1, vmax=1),
}


def run(program, grid: Grid) -> tuple[list[list], set[tuple[int, int]]]:
    """Values and masks, and the shapes that were read."""
    reads = Shapes()
    plan = bound(program, TILE_CONTEXT).plan
    found = blocks.run_plan(Runner(reads, use_cache=False), plan, grid)
    full = [(p.data, np.broadcast_to(False if p.mask is None else p.mask, p.data.shape)) for p in found]
    return [[np.where(mask, 0, data).tolist(), mask.tolist()] for data, mask in full], reads.seen


TILE_CONTEXT = AOI(
    bounds=(LEFT, TOP - 1300, LEFT + 1300, TOP), bounds_crs=UTM, crs=UTM, resolution=10, align_pixels=False
)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_result_is_that_of_the_fine_grid(col, name: str, monkeypatch: pytest.MonkeyPatch):
    found, shapes = run(PROGRAMS[name](col), TILE)

    monkeypatch.setattr(blocks, "native_pixels", lambda plan, grid: None)
    expected, fine = run(PROGRAMS[name](col), TILE)
    assert found == expected
    assert fine == {(256, 256)}
    assert all(rows * cols < 256 * 256 / 4 for rows, cols in shapes)


@pytest.mark.parametrize(
    "program",
    [
        lambda col: wf.ImageCollection.from_id("test", resampler="bilinear").mosaic(),
        lambda col: col[0] + col.mean(axis=None),
        lambda col: wf.conv2d(col[0], wf.Kernel(dims=(3, 3), data=[1.0] * 9)),
    ],
    ids=["bilinear", "a scalar of all pixels", "neighbours"],
)
def test_what_depends_on_more_than_the_pixel_is_run_where_it_was_asked_for(col, program):
    _, shapes = run(program(col), TILE)

    assert all(rows >= 256 and cols >= 256 for rows, cols in shapes)


def test_where_pixels_lie_beside_the_image_the_grid_stays(col, monkeypatch):
    monkeypatch.setattr(settings, "block_size", 2000)
    beside = TILE.window(-200, -2000, 256, 2000)
    _, shapes = run(col.mosaic(), beside)

    assert shapes == {(256, 2000)}


def test_scenes_on_two_grids_stay_on_the_fine_one(col, scenes):
    scenes.add("other", {"x": np.ones((300, 300)), "y": np.ones((300, 300))}, pixel=7.3, row=-20, col=-20)
    _, shapes = run(wf.ImageCollection.from_id("test").mosaic(), TILE)

    assert shapes == {(256, 256)}


def test_a_cutline_is_cut_on_the_grid_that_was_asked_for(col):
    fine = area(300, 300, pixel=2)
    inside = {
        "type": "Polygon",
        "coordinates": [[[15.001, 45.149], [15.004, 45.149], [15.003, 45.151], [15.001, 45.149]]],
    }
    cut = AOI(inside, crs=UTM, resolution=2, align_pixels=False)
    _, shapes = run(col.mosaic(), cut.grid())
    _, whole = run(col.mosaic(), fine.grid())

    assert shapes == {cut.grid().shape}
    assert whole == {(60, 60)}
