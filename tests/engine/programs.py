"""Binding and running by hand, for tests that look inside a run."""

from collections.abc import Callable
from typing import Any

import descartes_flow as wf
from descartes_flow.engine.compute import Bound, bind_program, default_runner
from descartes_flow.engine.plan import Plan
from descartes_flow.engine.run import Runner
from descartes_flow.geo.gridded import Gridded
from descartes_flow.geo.pixels import Pixels
from descartes_flow.io import read_band


def bound(proxy: wf.Proxytype, context: Gridded) -> Bound:
    """The proxy's program, bound to the grid of a context."""
    return bind_program(proxy._node, context.grid(), default_runner())


def steps_of(plan: Plan) -> list[str]:
    """Kinds of the plan's steps, kernels by the name of their operation."""
    return [getattr(step, "op", type(step).__name__) for step in plan.steps]


def bands_read(plan: Plan) -> list[tuple[str, str]]:
    """Scene and band of every file that the plan reads."""
    sources = [source for step in plan.reads for row in step.sources for source in row]
    return [(source.item, source.band) for source in sources if source is not None]


class CountedReads:
    """`read_band`, and which bands were asked for, in no particular order."""

    def __init__(self) -> None:
        self.bands: list[str] = []

    def __call__(self, source: Any, grid: Any, resampling: str, out: Pixels) -> Pixels:
        """Pixels of a band."""
        self.bands.append(source.band)
        return read_band(source, grid, resampling, out)


def run(
    plan: Plan, context: Gridded, read: Callable[..., Pixels] = read_band, **options: Any
) -> list[Pixels]:
    """The plan's outputs over a context, without any cache of values."""
    return Runner(read, use_cache=False, **options).run(plan, context.grid())
