"""Run of a plan over a large grid: block by block on threads, with the same result as in one piece.

The plan is cut into stages at the scalars that it makes of pixels: reductions, picked pixels. In each stage
every block contributes partial results to those whose inputs are known; they are joined, and the next stage
sees them as constants. For a picked pixel nothing but that pixel is computed.
"""

from __future__ import annotations

import functools
import math
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any

import numpy as np

from .. import kernels
from .._settings import settings
from ..errors import JobOOM
from ..geo import Grid
from ..geo.pixels import Pixels
from ..kernels.scenes import compose
from ..steps.arena import Step
from ..steps.pick import PickPixel
from ..steps.pixelreduce import CELL
from ..steps.scalars import PixelScalars
from ..steps.select import Constant
from .native import native_pixels, spread
from .plan import Plan, part_of, steps_behind
from .recipes import recipes_of
from .run import Runner, full_mask

FLOAT_BYTES = 8

LARGE = 2
"""Blocks on a side from which it pays to wait for the compiled loops, some seconds the first time."""


def run_plan(runner: Runner, plan: Plan, grid: Grid) -> list[Pixels]:
    """The pixels of the plan's outputs: in one piece where that is small, else in blocks.

    Raises
    ------
    JobOOM
        If the result alone would take more than ``settings.memory_bytes``; nothing has been read then.
    """
    _refuse_too_large(plan, grid)
    if (
        grid.rows * grid.cols * _depth(plan) * FLOAT_BYTES > settings.memory_bytes // 4
        or max(grid.shape) > settings.block_size
    ):
        return run_blocks(runner, plan, grid)
    if _picks(plan):
        return _run_stages(runner, plan, grid, [grid])
    native = native_pixels(plan, grid)
    if native is not None:
        return [spread(pixels, native, grid) for pixels in runner.run(plan, native.grid)]
    return runner.run(plan, grid)


@functools.lru_cache(maxsize=64)
def _picks(plan: Plan) -> bool:
    """Whether single pixels are wanted."""
    return any(isinstance(step, PickPixel) for step in plan.steps)


def _depth(plan: Plan) -> int:
    """Bands of all images that the steps hold at once, at most."""
    return _layers(plan, kernels.ready())


@functools.lru_cache(maxsize=64)
def _layers(plan: Plan, in_one_go: bool) -> int:
    """The same, with or without the composites that need none of what they are made of."""
    used = steps_behind(plan.steps, plan.outputs, recipes_of(plan) if in_one_go else ())
    return sum(plan.steps[n].images * plan.steps[n].bands for n in used if not is_scalar(plan.steps[n]))


def is_scalar(step: Step) -> bool:
    """Whether a stack has one pixel."""
    return isinstance(step, (PixelScalars, Constant))


def _refuse_too_large(plan: Plan, grid: Grid) -> None:
    scalars = _scalar_steps(plan)
    layers = sum(plan.steps[n].images * plan.steps[n].bands for n in plan.outputs if n not in scalars)
    needed = layers * grid.rows * grid.cols * (FLOAT_BYTES + 1)
    if needed > settings.memory_bytes:
        raise JobOOM(
            f"the result has {layers} bands of {grid.rows} x {grid.cols} pixels, {needed / 2**20:,.0f} MiB, "
            f"more than settings.memory_bytes ({settings.memory_bytes / 2**20:,.0f} MiB); compute a smaller "
            "area, a coarser resolution or fewer bands"
        )


@functools.lru_cache(maxsize=64)
def _scalar_steps(plan: Plan) -> frozenset[int]:
    """Steps whose stacks have one pixel: scalars of pixels, constants, what follows from those alone."""
    found: set[int] = set()
    for number, step in enumerate(plan.steps):
        if is_scalar(step) or (step.inputs and all(source in found for source in step.inputs)):
            found.add(number)
    return frozenset(found)


def run_blocks(runner: Runner, plan: Plan, grid: Grid) -> list[Pixels]:
    """The same, always in blocks."""
    recipes = recipes_of(plan).values()
    if recipes and max(grid.shape) > LARGE * settings.block_size:
        kernels.wait([compose[recipe.bundle.dtype] for recipe in recipes])  # else it takes many times as long
    else:
        kernels.warm()  # by the time that the first blocks are read they may be there
    return _run_stages(runner, plan, grid, list(grid.blocks(block_side(plan))))


def block_side(plan: Plan) -> int:
    """Side of the blocks of a plan: what all threads hold is a small part of the memory; at least a cell.

    Small blocks are as fast, as their pixels stay in the caches of the processor.
    """
    budget = settings.memory_bytes // 8
    fitting = math.isqrt(budget // (max(1, _depth(plan)) * FLOAT_BYTES * settings.threads))
    return max(CELL, min(settings.block_size, fitting) // CELL * CELL)


def _workers(plan: Plan, blocks: list[Grid]) -> int:
    """How many blocks of a plan are run at once: no more than fit into memory, but one."""
    largest = max(block.rows * block.cols for block in blocks)
    fitting = settings.memory_bytes // (max(1, _depth(plan)) * FLOAT_BYTES * largest)
    return max(1, min(settings.threads, fitting))


def _run_stages(runner: Runner, plan: Plan, grid: Grid, blocks: list[Grid]) -> list[Pixels]:
    """The plan stage by stage, each on windows that cover the grid."""
    known: dict[int, Pixels] = {}
    while ready := _ready_scalars(plan, known):
        picked = {number: window for number in ready if (window := _picked(plan, number, known, grid))}
        for window in dict.fromkeys(picked.values()):
            _reduce(runner, plan, [window], [n for n, found in picked.items() if found == window], known)
        if reduced := [number for number in ready if number not in picked]:
            _reduce(runner, plan, blocks, reduced, known)
    return _assembled(runner, plan, grid, blocks, known, _scalar_steps(plan))


def _picked(plan: Plan, number: int, known: dict[int, Pixels], grid: Grid) -> Grid | None:
    """The window of the one pixel that a ready scalar needs; None if it needs more."""
    step = plan.steps[number]
    if not isinstance(step, PickPixel):
        return None
    behind = part_of(plan, step.inputs, known).steps
    return step.window(grid) if all(source.pixelwise for source in behind) else None


def _ready_scalars(plan: Plan, known: dict[int, Pixels]) -> list[int]:
    """Scalars of pixels that are not known yet, but all of those behind them are."""
    waiting: set[int] = set()
    ready = []
    for number, step in enumerate(plan.steps):
        blocked = any(source in waiting for source in step.inputs)
        if isinstance(step, PixelScalars) and number not in known:
            waiting.add(number)
            if not blocked:
                ready.append(number)
        elif blocked and number not in known:
            waiting.add(number)
    return ready


def _reduce(
    runner: Runner, plan: Plan, blocks: list[Grid], ready: list[int], known: dict[int, Pixels]
) -> None:
    sources = [plan.steps[number].inputs[0] for number in ready]
    stage = part_of(plan, sources, known)
    partials: list[list[Any]] = [[] for _ in ready]

    def work(runner: Runner, block: Grid) -> list[Any]:
        pixels = runner.run(stage, block)
        steps = [plan.steps[number] for number in ready]
        return [step.partial(p, block) for step, p in zip(steps, pixels, strict=True)]  # type: ignore[attr-defined]

    def keep(block: Grid, found: list[Any]) -> None:
        for kept, partial in zip(partials, found, strict=True):
            kept.append(partial)

    _each_block(runner, blocks, _workers(stage, blocks), work, keep)
    for number, found in zip(ready, partials, strict=True):
        step = plan.steps[number]
        assert isinstance(step, PixelScalars), "only scalars of pixels are ready"
        known[number] = step.combined(found)


def _assembled(
    runner: Runner,
    plan: Plan,
    grid: Grid,
    blocks: list[Grid],
    known: dict[int, Pixels],
    scalars: frozenset[int],
) -> list[Pixels]:
    """The outputs at full size, written block by block."""
    stage = part_of(plan, plan.outputs, known)
    if scalars.issuperset(plan.outputs):  # every block would give the same
        blocks = blocks[:1]
    sizes = [(plan.steps[number].images, plan.steps[number].bands) for number in plan.outputs]
    data: list[Any] = [None] * len(sizes)
    masks: list[Any] = [None] * len(sizes)

    def keep(block: Grid, found: list[Pixels]) -> None:
        rows = slice(block.row_off - grid.row_off, block.row_off - grid.row_off + block.rows)
        cols = slice(block.col_off - grid.col_off, block.col_off - grid.col_off + block.cols)
        for i, (pixels, size) in enumerate(zip(found, sizes, strict=True)):
            if plan.outputs[i] in scalars:
                data[i], masks[i] = pixels
                continue
            if data[i] is None:
                data[i] = np.empty((*size, *grid.shape), pixels.data.dtype)
                masks[i] = np.zeros((*size, *grid.shape), bool)
            data[i][:, :, rows, cols] = pixels.data
            masks[i][:, :, rows, cols] = full_mask(pixels, (*size, *block.shape))

    workers = _workers(stage, blocks)
    _each_block(runner, blocks, workers, lambda runner, block: runner.run(stage, block), keep)
    return [
        Pixels(values, mask if mask is not None and mask.any() else None)
        for values, mask in zip(data, masks, strict=True)
    ]


def _each_block(
    runner: Runner,
    blocks: list[Grid],
    workers: int,
    work: Callable[[Runner, Grid], Any],
    keep: Callable[[Grid, Any], None],
) -> None:
    """`work` on every block, at most twice as many ahead as there are workers; `keep` in this thread.

    `work` gets a runner that stops at its next step once another block has failed, or the user interrupts.
    """
    ended = threading.Event()
    asked = runner.cancelled
    stoppable = replace(runner, cancelled=lambda: ended.is_set() or asked())
    waiting = iter(blocks)
    running: dict[Future[Any], Grid] = {}
    with ThreadPoolExecutor(workers, thread_name_prefix="descartes-flow-block") as pool:
        try:
            while True:
                for block in waiting:
                    running[pool.submit(work, stoppable, block)] = block
                    if len(running) >= 2 * workers:
                        break
                if not running:
                    return
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    keep(running.pop(future), future.result())
        except BaseException:
            ended.set()
            for future in running:
                future.cancel()
            raise
