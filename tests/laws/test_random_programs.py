"""Random programs compute what the documentation says, and the same in blocks and tiles as in one piece.

A failure shows the smallest part of the program that fails. ``DESCARTES_FLOW_TEST_PROGRAMS`` is the number
of programs, 300 if it is not set, and ``DESCARTES_FLOW_TEST_FIRST`` that of the first, so that many can be
tried in several runs; a number always names the same program.
"""

from __future__ import annotations

import contextlib
import os
from typing import Any

import mercantile
import numpy as np
import pytest
from pyproj import Transformer

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.engine.blocks import run_blocks
from descartes_flow.engine.compute import bind_program, default_runner, image_pixels
from descartes_flow.errors import DescartesFlowError
from descartes_flow.geo import AOI, Grid, Tile, tile_grid
from tests.laws.comparison import difference, pixel_difference
from tests.laws.neighbourhoods import margin_for
from tests.laws.nodes import Node
from tests.laws.oracle import Refused, Undecided
from tests.laws.programs import Programs
from tests.laws.worlds import World
from tests.scenes import LEFT, TOP, UTM

EACH = 10
FIRST = int(os.environ.get("DESCARTES_FLOW_TEST_FIRST", 0)) // EACH
WORLDS = range(FIRST, FIRST + max(1, int(os.environ.get("DESCARTES_FLOW_TEST_PROGRAMS", 300)) // EACH))
DEEPEST = 6
ZOOM = 16
TILE = 256


def programs_of(world: World, seed: int) -> list[Node]:
    """The programs of a world."""
    makers = [Programs(seed * EACH + number, world.env()) for number in range(EACH)]
    return [maker.program(maker.random.randint(1, DEEPEST)) for maker in makers]


def proxy_of(program: Node, world: World) -> wf.Proxytype:
    return eval(program.text, dict(world.proxies))


def failure(program: Node, world: World) -> str:
    """How a program differs from its oracle; "" if it does not."""
    env = world.env(margin_for(program.text))
    try:
        wanted = env["area"].cropped(program.value(env))
    except Undecided:
        return ""
    except Refused as reason:
        wanted = reason
    try:
        found = wf.compute(proxy_of(program, world), world.here)
    except DescartesFlowError as error:
        return "" if isinstance(wanted, Refused) else f"{program.text}\n  raises {error!r}"
    if isinstance(wanted, Refused):
        return f"{program.text}\n  is not refused, although {wanted}"
    text = difference(found, wanted)
    return text and f"{program.text}\n  gives {text}"


@pytest.mark.parametrize("seed", WORLDS)
def test_a_program_computes_what_the_documentation_says(seed, scenes):
    world = World(seed, scenes.folder)

    failures = []
    for program in programs_of(world, seed):
        if failure(program, world):
            failures.append(next(filter(None, (failure(part, world) for part in program.closed()))))
    assert not failures, "\n".join(failures)


def in_one_piece_and_in_blocks(proxy: wf.Proxytype, context: AOI) -> list[tuple[Any, Any]]:
    """For each output of the plan both arrays; none where the program is not valid over the context."""
    runner, grid = default_runner(), context.grid()
    runner.use_cache = False
    try:
        plan = bind_program(proxy._node, grid, runner).plan
        whole = runner.run(plan, grid)
    except DescartesFlowError:  # for instance as more images meet the larger area
        return []
    pairs = zip(whole, run_blocks(runner, plan, grid), strict=True)
    return [(as_masked(*piece), as_masked(*blocks)) for piece, blocks in pairs]


def as_masked(data: Any, mask: Any) -> Any:
    return np.ma.array(data, mask=False if mask is None else np.broadcast_to(mask, data.shape))


@pytest.mark.parametrize("seed", WORLDS)
def test_blocks_give_the_same_numbers_as_one_piece(seed, scenes, monkeypatch):
    monkeypatch.setattr(settings, "block_size", TILE)
    world = World(seed, scenes.folder)

    failures = []
    for program in programs_of(world, seed):
        if failure(program, world) or program.kind in ("metadata", "flag"):
            continue
        for whole, blocks in in_one_piece_and_in_blocks(proxy_of(program, world), world.beyond()):
            text = pixel_difference(blocks, whole, 0 if program.local else 1e-11)
            failures += [f"{program.text}\n  in blocks: {text}"] if text else []
    assert not failures, "\n".join(failures)


def drawn(proxy: wf.Proxytype, grid: Grid) -> Any:
    """Pixels of an Image as a tile has them, None for an empty one."""
    runner = default_runner()
    _, pixels = image_pixels(bind_program(proxy._node, grid, runner), grid, runner)
    return None if pixels is None else as_masked(*pixels)


class FourTiles:
    """Four tiles around the scenes of a world, and the area that they make up."""

    def __init__(self, world: World) -> None:
        middle = LEFT + world.cols * 5, TOP - world.rows * 5
        to_degrees = Transformer.from_crs(UTM, "EPSG:4326", always_xy=True)
        tile = mercantile.tile(*to_degrees.transform(*middle), ZOOM)
        self.tiles = {(row, col): (tile.x - 1 + col, tile.y - 1 + row) for row, col in np.ndindex(2, 2)}
        left, _, _, top = mercantile.xy_bounds(*self.tiles[0, 0], ZOOM)
        _, bottom, right, _ = mercantile.xy_bounds(*self.tiles[1, 1], ZOOM)
        self.area = AOI(
            bounds=(left, bottom, right, top),
            bounds_crs="EPSG:3857",
            crs="EPSG:3857",
            shape=(2 * TILE, 2 * TILE),
            align_pixels=False,
        )

    def difference(self, proxy: wf.Proxytype) -> str:
        """How the tiles differ from the parts of the whole; a tile that meets no scene is empty."""
        whole = drawn(proxy, self.area.grid())
        for (row, col), (x, y) in self.tiles.items() if whole is not None else ():
            part = drawn(proxy, tile_grid(Tile(x=x, y=y, z=ZOOM)))
            wanted = whole[:, row * TILE : (row + 1) * TILE, col * TILE : (col + 1) * TILE]
            text = "" if part is None else pixel_difference(part, wanted, 1e-12)
            if text:
                return text
        return ""


@pytest.mark.parametrize("seed", WORLDS)
def test_four_tiles_are_the_parts_of_the_whole(seed, scenes):
    world = World(seed, scenes.folder)
    four = FourTiles(world)

    failures = []
    for program in programs_of(world, seed):
        if program.kind != "image" or not program.local:
            continue
        with contextlib.suppress(DescartesFlowError):  # fewer images meet a tile: not valid for all
            text = four.difference(proxy_of(program, world))
            failures += [f"{program.text}\n  in a tile: {text}"] if text else []
    assert not failures, "\n".join(failures)
