"""What a changed parameter, or changed looks of a layer, cost against what a tile costs at first."""

import itertools
from collections.abc import Callable, Iterator

from benchmarks import ours, place, states
from benchmarks.looks import BRIGHTEST
from benchmarks.measuring import Contender, interleave
from benchmarks.row import Row, Target
from benchmarks.work import Effort, Work
from descartes_flow.colour import Style

COLD, WARM = "our own cold tile", "our own warm tile"
ZOOM = 14


def works() -> Iterator[Work]:
    """A slider that a composite is compared with, its scales, and the colormap of an index."""
    yield Work("threshold slider on a composite of 24, tile", _slider)
    yield Work("changed scales of a composite of 24, tile", _scales)
    yield Work("changed colormap of an index, tile", _colormap)


def _slider(effort: Effort) -> Iterator[Row]:
    ours.add_scenes()
    composite = ours.median()
    style = Style(scales=((0, 1),) * 3, checkerboard=False)
    thresholds = (0.05 + number / 10_000 for number in itertools.count())
    name = "threshold slider on a composite of 24, tile"

    def moved() -> ours.Layer:
        return ours.Layer("slider", composite > next(thresholds), style)

    yield _row(name, moved, COLD, Target(COLD, goal=20), effort)


def _scales(effort: Effort) -> Iterator[Row]:
    ours.add_scenes()
    composite = ours.median()
    tops = (BRIGHTEST * 1e-4 + number / 10_000 for number in itertools.count())

    def moved() -> ours.Layer:
        return ours.Layer("scales", composite, Style(scales=((0, next(tops)),) * 3, checkerboard=False))

    yield _row("changed scales of a composite of 24, tile", moved, WARM, Target(WARM), effort)


def _colormap(effort: Effort) -> Iterator[Row]:
    ours.add_scenes()
    index = ours.index()
    looks = itertools.product(range(1_000_000), ("magma", "viridis", "plasma"))

    def moved() -> ours.Layer:
        number, name = next(looks)
        return ours.Layer("colormap", index, Style(scales=((0, 1 + number / 1_000_000),), colormap=name))

    yield _row("changed colormap of an index, tile", moved, WARM, Target(WARM), effort)


def _row(name: str, moved: Callable[[], ours.Layer], beside: str, target: Target, effort: Effort) -> Row:
    """A tile whose values are there, beside one for which pixels (cold) or values (warm) have to be made.

    Each is asked for with looks or a parameter that no tile had before.
    """
    tile = place.tile_at(place.MIDDLE, ZOOM)
    layer = moved()
    layer.tile(tile)

    def move() -> None:
        nonlocal layer
        layer = moved()

    def begin() -> None:
        move()
        (states.forget_pixels if beside == COLD else states.forget_values)()

    # What is timed second leaves the values that the first finds.
    again = Contender("ours", lambda: layer.tile(tile), move)
    first = Contender(beside, lambda: layer.tile(tile), begin)
    times = interleave(again, [first], effort.budget(8))
    return Row(name, "values cached", times.ours, times.others, (target,))
