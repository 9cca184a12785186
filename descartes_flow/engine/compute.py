"""The three stages joined: a node and a grid in, a result out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import ContextError, JobInvalid, NeedsContext
from ..geo import Grid
from ..geo.gridded import Gridded
from ..geo.pixels import Pixels
from ..graph import Node
from ..io import pieces_of, read_band, read_bands
from ..steps.arena import Arena
from ..steps.deferral import known_value
from ..steps.raster import Raster
from .bind import Binder, raise_located, where
from .blocks import run_plan
from .halos import NONE, border_of_composites
from .outcome import outcome, wanted_steps
from .plan import Plan, make_plan
from .run import Runner
from .sources import CatalogSources
from .world import World


@dataclass(frozen=True, slots=True)
class Bound:
    """A program bound to a grid.

    Attributes
    ----------
    value : object
        The bound value: plain values, rasters, deferred scalars, and containers of those.
    plan : Plan
        The steps that its pixels need.
    steps : tuple of int
        Which step of the binding each output of the plan is.
    forced : bool
        Whether pixels were read while binding.
    known : dict of int to Pixels
        Scalars that were computed while binding, by step.
    key : bytes
        Digest of what is computed, whether now or while binding: with equal ones pixels of a grid are equal.
    """

    value: Any
    plan: Plan
    steps: tuple[int, ...]
    forced: bool
    known: dict[int, Pixels]
    key: bytes


def bind_program(node: Node, grid: Grid | None, runner: Runner, *, metadata: bool = False) -> Bound:
    """Bind a program to a grid and plan it; nothing is read unless a value of pixels decides something.

    With `metadata` the plan computes also those properties of imagery that only pixels know.
    """
    return bind_in(World(CatalogSources(), grid), node, runner, metadata=metadata)


def bind_in(world: World, node: Node, runner: Runner, *, metadata: bool = False) -> Bound:
    """Bind a program in a world, which then knows what binding depends on."""

    def force(arena: Arena, steps: list[int]) -> list[Pixels]:
        return run_plan(runner, make_plan(arena, steps), world.grid)

    bound = _bound(Binder(world, force, runner.check), node, metadata)
    border = border_of_composites(bound.plan)
    if border == NONE:
        return bound
    return _bound(Binder(world, force, runner.check, border), node, metadata)


def _bound(binder: Binder, node: Node, metadata: bool) -> Bound:
    value = binder.bind(node)
    wanted = {step: known_value(binder.arena, step) for step in wanted_steps(value, metadata)}
    steps = tuple(step for step, known in wanted.items() if known is None)
    known = {step: pixels for step, pixels in wanted.items() if pixels is not None}
    plan = make_plan(binder.arena, steps)
    content = b"".join([plan.key, *(binder.arena.keys[step] for step in known)])
    key = hashlib.blake2b(content, digest_size=16).digest()
    return Bound(value, plan, steps, binder.forced, known, key)


def compute_node(node: Node, context: Gridded | None, runner: Runner) -> Any:
    """The result of a program over the area of a context."""
    if context is None:
        return compute_on(node, None, runner)
    return compute_on(node, context.grid(), runner, context.to_dict())


def compute_on(
    node: Node, grid: Grid | None, runner: Runner, geocontext: dict[str, Any] | None = None
) -> Any:
    """The result of a program over a grid; imagery says `geocontext` of it."""
    bound = bind_program(node, grid, runner, metadata=True)
    pixels = dict(bound.known)
    if bound.steps:
        if grid is None:
            raise NeedsContext
        pixels |= dict(zip(bound.steps, run_plan(runner, bound.plan, grid), strict=True))
    try:
        result = outcome(bound.value, pixels, grid, geocontext)
    except ContextError as error:  # a computed GeoContext that lacks a field
        raise_located(error, where(node))
    if runner.issues and hasattr(result, "issues"):
        result.issues.extend(runner.issues)
    return result


def bound_image(bound: Bound) -> Raster:
    """Metadata of a program that gives an Image; JobInvalid for others."""
    raster = bound.value
    if not isinstance(raster, Raster) or raster.collection:
        raise JobInvalid(f"only an Image can be drawn, not {type(raster).__name__}")
    return raster


def image_pixels(bound: Bound, grid: Grid, runner: Runner) -> tuple[Raster, Pixels | None]:
    """Metadata and pixels ``(band, y, x)`` of a program that gives an Image; None for an empty one."""
    raster = bound_image(bound)
    if raster.is_empty:
        return raster, None
    known = bound.known.get(raster.step)
    if known is not None:
        return raster, _image(known, len(raster.bands), grid)
    return raster, plan_pixels(bound.plan, len(raster.bands), grid, runner)


def plan_pixels(plan: Plan, bands: int, grid: Grid, runner: Runner) -> Pixels:
    """Pixels ``(band, y, x)`` of a plan whose one output is an image with so many bands."""
    return _image(run_plan(runner, plan, grid)[0], bands, grid)


def _image(pixels: Pixels, bands: int, grid: Grid) -> Pixels:
    """The one image of a stack, at its full size."""
    data, mask = pixels
    shape = (bands, *grid.shape)
    return Pixels(np.broadcast_to(data[0], shape), None if mask is None else np.broadcast_to(mask[0], shape))


def default_runner() -> Runner:
    """A runner that reads files."""
    return Runner(read_band, pieces_of, read_bands)


__all__ = [
    "Bound",
    "bind_in",
    "bind_program",
    "bound_image",
    "compute_node",
    "compute_on",
    "default_runner",
    "image_pixels",
    "plan_pixels",
]
