"""What goes to a worker process and what comes back: plain data, and how an order is carried out."""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..._settings import Settings, settings
from ...colour import Style
from ...engine.compute import Bound, bound_image, default_runner, plan_pixels
from ...engine.plan import Plan
from ...errors import ReadError
from ...geo import Grid
from ..paint import paint
from ..pixels import kept_pixels
from ..png import encode_png

KEPT_PLANS = 32
"""Neighbouring tiles mostly have one plan; each side keeps so many, ready for the next tile."""

PATCH = 4 * 256
"""Side of a patch of neighbouring tiles, in pixels."""

SHARED = (
    "block_cache_bytes",
    "memory_bytes",
    "threads",
    "tile_cache_bytes",
    "value_cache_bytes",
)
"""Settings that tell what a process may use: the workers share them out."""


class Notice(enum.Enum):
    """What a worker is told beside orders."""

    CANCEL = "nobody waits for the present order"
    CLEAR = "forget what is kept in memory"


@dataclass(frozen=True, slots=True)
class Order:
    """One tile to make; needs neither catalog nor graph.

    Attributes
    ----------
    plan : bytes
        A bound plan, as `Plan.to_bytes` wrote it; it has one output, the image.
    bands : tuple of str
    grid : Grid
    style : Style
    settings : mapping
        The kernel's, with the worker's share of its budgets.
    """

    plan: bytes
    bands: tuple[str, ...]
    grid: Grid
    style: Style
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tile that was made.

    Attributes
    ----------
    body : bytes
        A PNG file.
    issues : tuple of ReadError
        Scenes that were skipped.
    """

    body: bytes
    issues: tuple[ReadError, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A bug of ours that an order came upon: its traceback, as text."""

    traceback: str


def order_for(bound: Bound, style: Style, grid: Grid) -> Order:
    """The order that draws a bound Image; JobInvalid if it is something else."""
    bands = bound_image(bound).bands
    return Order(_plan_bytes(bound.plan), bands, grid, style, share(max(1, settings.worker_processes)))


def neighbourhood(grid: Grid) -> int:
    """Which worker likely has the blocks of a tile: patches of tiles alternate, like a chessboard."""
    return grid.row_off // PATCH + grid.col_off // PATCH


def share(workers: int) -> dict[str, Any]:
    """The settings for one of so many workers."""
    values = {option.name: getattr(settings, option.name) for option in fields(Settings)}
    shares = {name: max(1, values[name] // workers) for name in SHARED}
    return {**values, **shares, "worker_processes": 0}


_plan_bytes = functools.lru_cache(KEPT_PLANS)(Plan.to_bytes)
_kept_plan = functools.lru_cache(KEPT_PLANS)(Plan.from_bytes)


def fulfil(order: Order, cancelled: Callable[[], bool]) -> Drawn:
    """Make the tile of an order, in whatever process this is called.

    Raises
    ------
    JobCancelled
        Once ``cancelled()`` is true.
    DescartesFlowError
        If the tile cannot be made.
    """
    runner = default_runner()
    runner.cancelled, runner.skip_errors = cancelled, True
    plan, bands = _kept_plan(order.plan), len(order.bands)
    data, mask = kept_pixels(
        plan.key, order.grid, runner, lambda: plan_pixels(plan, bands, order.grid, runner)
    )
    body = encode_png(paint(data, mask, order.style, order.bands))
    return Drawn(body, tuple(runner.issues))
