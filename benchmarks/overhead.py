"""What a program costs besides its pixels: building, binding and planning it, and the loop that runs it."""

import itertools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import descartes_flow as wf
from benchmarks import ours, place
from benchmarks.many import in_catalog
from benchmarks.measuring import Contender, interleave
from benchmarks.row import ITSELF, Row, Target
from benchmarks.work import Effort, Work
from descartes_flow.engine.bindings import Bindings
from descartes_flow.engine.blocks import run_plan
from descartes_flow.engine.compute import bind_program, default_runner
from descartes_flow.geo import Grid, tile_grid

NAME = "bind and plan"
GRID = tile_grid(place.tile_at(place.MIDDLE, 14))
NEVER_SEEN = itertools.count(1)
"""Part of each program that must not be known from before."""


def works() -> Iterator[Work]:
    """Programs over the generated scenes, over many images, and long ones."""
    yield Work(f"{NAME}: usual programs", _usual)
    yield Work(f"{NAME}: 500 and 10,000 images", _many)
    yield Work(f"{NAME}: long programs, and the run loop", _long)


def _bound(name: str, make: Callable[[], wf.Proxytype], grid: Grid, at_most: float, effort: Effort) -> Row:
    """A program that was never bound before, each time another one."""
    program = make()

    def renew() -> None:
        nonlocal program
        program = make()

    contender = Contender("ours", lambda: bind_program(program._node, grid, default_runner()), renew)
    return _row(f"{NAME}: {name}", "new", contender, at_most, effort)


def _bound_again(name: str, program: wf.Proxytype, at_most: float, effort: Effort) -> Row:
    """One program on one tile after another of a view, which all show the same scenes."""
    grids = itertools.cycle([tile_grid(tile) for tile in place.pan(place.MIDDLE, 14)])
    bindings = Bindings()
    contender = Contender("ours", lambda: bindings.get(program._node, next(grids), default_runner()))
    return _row(f"{NAME}: {name}", "next tile", contender, at_most, effort)


def _row(name: str, state: str, contender: Contender, at_most: float, effort: Effort) -> Row:
    contender.seconds()
    times = interleave(contender, (), effort.budget(2, most=200))
    return Row(name, state, times.ours, targets=(Target(ITSELF, at_most, at_most=True),))


def _usual(effort: Effort) -> Iterator[Row]:
    ours.add_scenes()
    programs = {
        "RGB of a scene": lambda: ours.rgb() + next(NEVER_SEEN),
        "NDVI of a scene": lambda: ours.index() + next(NEVER_SEEN),
        "masked median of 24 scenes": lambda: ours.median() + next(NEVER_SEEN),
        "NDVI median of 24 scenes": lambda: ours.index_median() + next(NEVER_SEEN),
    }
    for name, make in programs.items():
        yield _bound(name, make, GRID, 0.5, effort)
        yield _bound_again(name, make(), 0.1, effort)


def _many(effort: Effort) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        for images, at_most in ((500, 1.0), (10_000, 8.0)):
            with in_catalog(Path(folder), images) as (product, area):
                grid = area.grid()

                def mapped(product: str = product) -> wf.Proxytype:
                    value = next(NEVER_SEEN)
                    return (
                        wf.ImageCollection.from_id(product).map(lambda img: img + value).median(axis="images")
                    )

                def filtered(product: str = product) -> wf.Proxytype:
                    value = next(NEVER_SEEN)
                    scenes = wf.ImageCollection.from_id(product)
                    return scenes.filter(lambda img: img.properties["cloud"] < 50).length() + value

                yield _bound(f"{images:,} images mapped, median", mapped, grid, at_most, effort)
                yield _bound(f"{images:,} images filtered by a property", filtered, grid, at_most, effort)


def _long(effort: Effort) -> Iterator[Row]:
    ours.add_scenes()
    yield _bound("1,000 operations", lambda: _chain(1_000), GRID, 12, effort)
    yield _bound("50,000 operations", lambda: _chain(50_000), GRID, 1_500, effort)
    building = interleave(Contender("ours", lambda: _chain(10_000)), (), effort.budget(2, most=20))
    yield Row(
        "build, per operation",
        "",
        [seconds / 10_000 for seconds in building.ours],
        targets=(Target(ITSELF, 0.010, at_most=True),),
    )
    yield Row(
        "run loop, per step on 16 pixels",
        "",
        _steps(effort),
        targets=(Target(ITSELF, 0.005, at_most=True),),
        note="with its kernel",
    )


def _chain(operations: int) -> wf.Proxytype:
    """A scene to which numbers are added, one after another."""
    image = ours.rgb(bands="red") + next(NEVER_SEEN)
    for number in range(operations - 1):
        image = image + number
    return image


def _steps(effort: Effort) -> list[float]:
    """Seconds of one step: what 900 more of them cost."""
    grid = GRID.window(0, 0, 4, 4)
    runner = default_runner()
    short, long = (bind_program(_chain(steps)._node, grid, runner).plan for steps in (100, 1_000))
    for plan in (short, long):
        run_plan(runner, plan, grid)
    times = interleave(
        Contender("long", lambda: run_plan(runner, long, grid)),
        [Contender("short", lambda: run_plan(runner, short, grid))],
        effort.budget(2, most=40),
    )
    fewer = times.others["short"]
    return [
        (more - less) / (len(long.steps) - len(short.steps))
        for more, less in zip(times.ours, fewer, strict=True)
    ]
