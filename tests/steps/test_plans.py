"""Narrowing a plan to what is used changes no pixel of what is left."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from descartes_flow.engine.plan import make_plan
from descartes_flow.engine.run import Runner, _Run
from descartes_flow.geo import Grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.steps.arena import Arena
from descartes_flow.steps.pixelreduce import ReducePixels
from descartes_flow.steps.pointwise import Hidden, Hide, Pointwise, Slot
from descartes_flow.steps.read import Read
from descartes_flow.steps.reduce import Reduce
from descartes_flow.steps.scenes import Selection
from descartes_flow.steps.select import ConcatBands, ConcatImages, Constant, Fill, TakeBands, TakeImages

GRID = Grid("EPSG:32633", 0.0, 0.0, 1.0, 1.0, 4, 5)
IMAGES, NAMES = 4, ("a", "b", "c")


class FakeScene:
    """A scene whose sources are (scene number, band name)."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.id = f"fake:{number}"
        self.version = "1"

    def source(self, band: str) -> tuple[int, str]:
        return self.number, band


def read(source: tuple[int, str], grid: Grid, resampling: str, out: Pixels) -> Pixels:
    """Noise that depends on the scene and the band alone; a quarter of it hidden."""
    noise = np.random.default_rng([source[0], ord(source[1])])
    out.data[...] = noise.normal(size=grid.shape)
    out.mask[...] = noise.random(grid.shape) < 0.25
    return out


def plus(arena: Arena, first: int, second: int) -> int:
    sizes = tuple((arena.steps[n].images, arena.steps[n].bands) for n in (first, second))
    images, bands = max(s[0] for s in sizes), max(s[1] for s in sizes)
    return arena.add(Pointwise("add", (first, second), (Slot(0), Slot(1)), sizes, images, bands, True))


def reduced(arena: Arena, name: str, source: int, images: bool, bands: bool, kind: type = Reduce) -> int:
    step = arena.steps[source]
    segments = [step.images] if images else []
    return arena.add(kind(name, source, (step.images, step.bands), images, bands, segments))


def program(arena: Arena) -> list[int]:
    """Steps of every kind over one read; the numbers of all of them."""
    stack = arena.add(Read(Selection([FakeScene(n) for n in range(IMAGES)]), NAMES, "near"))
    turned = arena.add(TakeBands(stack, IMAGES, [2, 0, 1], 3))
    back = arena.add(TakeImages(stack, [3, 2, 1, 0], IMAGES, 3))
    one = arena.add(TakeBands(stack, IMAGES, [1], 3))
    summed = plus(arena, turned, back)
    paired = plus(arena, summed, one)
    masked = arena.add(Hide((paired, one), (IMAGES, IMAGES), False, IMAGES, 3))
    flags = arena.add(Hidden(masked, IMAGES, 3))
    composite = reduced(arena, "median", masked, True, False)
    anomaly = plus(arena, masked, composite)
    flat = reduced(arena, "mean", anomaly, False, True)
    scalar = reduced(arena, "max", anomaly, False, False, ReducePixels)
    scaled = plus(arena, anomaly, scalar)
    wide = arena.add(ConcatBands((scaled, flat, flags), (3, 1, 1), (IMAGES, IMAGES, IMAGES), IMAGES))
    both = arena.add(ConcatImages((wide, wide), (IMAGES, IMAGES), 5))
    number = arena.add(Constant(np.arange(2 * IMAGES, dtype=float)[:, None]))
    last = plus(arena, both, number)
    return [stack, turned, back, summed, masked, flags, composite, flat, scalar, scaled, wide, both, last]


def pixels_of(arena: Arena, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Data and mask of one step, at full size."""
    (found,) = Runner(read, use_cache=False).run(make_plan(arena, [number]), GRID)
    step = arena.steps[number]
    shape = (step.images, step.bands, *found.data.shape[2:])
    mask = np.broadcast_to(False if found.mask is None else found.mask, shape)
    return np.where(mask, 0, np.broadcast_to(found.data, shape)), mask


@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_part_of_any_step_equals_that_part_of_the_whole_step(data):
    arena = Arena()
    number = data.draw(st.sampled_from(program(arena)))
    step = arena.steps[number]
    images = data.draw(st.lists(st.integers(0, step.images - 1), min_size=1, max_size=3))
    bands = data.draw(st.lists(st.integers(0, step.bands - 1), min_size=1, max_size=3))
    whole, hidden = pixels_of(arena, number)

    some = arena.add(TakeImages(number, images, step.images, step.bands))
    part = arena.add(TakeBands(some, len(images), bands, step.bands))
    values, mask = pixels_of(arena, part)
    np.testing.assert_array_equal(mask, hidden[images][:, bands])
    np.testing.assert_array_equal(values, whole[images][:, bands])


@settings(max_examples=30, deadline=None, derandomize=True)
@given(data=st.data())
def test_steps_planned_together_equal_steps_planned_alone(data):
    arena = Arena()
    numbers = data.draw(st.lists(st.sampled_from(program(arena)), min_size=2, max_size=4))

    together = Runner(read, use_cache=False).run(make_plan(arena, numbers), GRID)
    for number, found in zip(numbers, together, strict=True):
        (alone,) = Runner(read, use_cache=False).run(make_plan(arena, [number]), GRID)
        np.testing.assert_array_equal(found.data, alone.data)
        np.testing.assert_array_equal(
            np.broadcast_to(False if found.mask is None else found.mask, found.data.shape),
            np.broadcast_to(False if alone.mask is None else alone.mask, alone.data.shape),
        )


def test_equal_steps_have_one_number_and_one_key():
    first, second = Arena(), Arena()

    assert program(first) == program(second)
    assert program(first) == program(first)
    assert first.keys == second.keys
    assert len(set(first.keys)) == len(first.keys)


def test_steps_that_compute_something_else_have_another_key():
    arena = Arena()
    source = arena.add(Read(Selection([FakeScene(n) for n in range(IMAGES)]), NAMES, "near"))
    others = [
        Read(Selection([FakeScene(n) for n in range(IMAGES)]), NAMES, "bilinear"),
        Read(Selection([FakeScene(n) for n in range(IMAGES)]), NAMES[::-1], "near"),
        Read(Selection([FakeScene(n + 1) for n in range(IMAGES)]), NAMES, "near"),
        TakeBands(source, IMAGES, [0], 3),
        TakeBands(source, IMAGES, [1], 3),
        TakeImages(source, [0], IMAGES, 3),
        *(
            Pointwise(op, (source,), arguments, ((IMAGES, 3),), IMAGES, 3, imagery)
            for op, arguments, imagery in (
                ("add", (Slot(0), 1), True),
                ("add", (Slot(0), 1.0), True),
                ("add", (Slot(0), True), True),
                ("add", (1, Slot(0)), True),
                ("add", (Slot(0), 1), False),
                ("sub", (Slot(0), 1), True),
            )
        ),
        Reduce("max", source, (IMAGES, 3), True, False, [4]),
        Reduce("max", source, (IMAGES, 3), True, False, [2, 2]),
        Reduce("max", source, (IMAGES, 3), False, True, []),
        Reduce("min", source, (IMAGES, 3), True, False, [4]),
        ReducePixels("max", source, (IMAGES, 3), True, False, [4]),
        Constant([[1.0]]),
        Constant([[1]]),
        Constant([[True]]),
        Fill(1.0, True, 1, 1),
        Fill(1.0, False, 1, 1),
        Fill(1.0, True, 2, 1),
    ]
    numbers = [arena.add(step) for step in others]

    assert len({source, *numbers}) == 1 + len(others)
    assert len(set(arena.keys)) == len(arena.steps)


def test_plans_of_the_same_bands_of_the_same_scenes_share_what_is_read():
    scenes = Selection([FakeScene(n) for n in range(IMAGES)])
    plans = []
    for resampling in ("near", "bilinear"):
        arena = Arena()
        stack = arena.add(Read(scenes, NAMES, resampling))
        plans.append(make_plan(arena, [arena.add(TakeBands(stack, IMAGES, [2, 0], 3))]))
    first, second = (plan.reads[0].sources for plan in plans)

    assert first is second
    assert first[1] == ((1, "a"), (1, "c"))


def test_a_value_is_freed_after_its_last_use():
    arena = Arena()
    number = arena.add(Read(Selection([FakeScene(0)]), ("a",), "near"))
    for _ in range(50):
        number = plus(arena, number, number)
    run = _Run(Runner(read, use_cache=False), make_plan(arena, [number]), GRID)
    held: list[int] = []

    run.runner.cancelled = lambda: held.append(len(run._values)) is not None
    run.outputs()
    assert len(held) > 50
    assert max(held) == 1
