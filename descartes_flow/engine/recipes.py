"""Which reductions of a plan can be computed straight from the files' pixels, and from what.

The usual composite samples bands of many scenes, hides what a band of classes says, perhaps takes a
normalized difference, and sorts. Done step by step it writes and reads every pixel of every scene several
times; done in one loop (`kernels.scenes`) it gives the same bits and writes the result alone.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from ..io import Bundle
from ..io.together import SAMPLED
from ..kernels.composites import MOST_SORTED, SORTED
from ..steps.pointwise import Hide
from ..steps.read import ReadBands
from ..steps.reduce import Reduce
from ..steps.select import TakeBands
from .differences import differences_of
from .halos import NONE, pads_of
from .native import IMAGE_BY_IMAGE
from .plan import Plan, part_of, steps_behind


@dataclass(slots=True, eq=False)
class Recipe:
    """What a reduction is made of.

    Attributes
    ----------
    images : int
    bundle : Bundle
        The bands whose values count: those of the first image, then those of the second, and so on.
    resampling : str
    difference : bool
        Whether the value is the normalized difference of two bands.
    classes : Bundle or None
        By image the band of classes; None if none hides anything.
    hides : Plan or None
        Whether a class hides: a plan whose reads are those of the bands of classes.
    percentage : float
        Of a percentile; -1 for a median.
    table : numpy.ndarray or None
        ``(image, class)``: whether it hides; filled when it is first used.
    """

    images: int
    bundle: Bundle
    resampling: str
    difference: bool
    classes: Bundle | None
    hides: Plan | None
    percentage: float
    table: Any = None


MOST_STEPS = 64
"""Longer plans are not looked through."""


@functools.lru_cache(maxsize=64)
def recipes_of(plan: Plan) -> dict[int, Recipe]:
    """The steps of a plan that can be computed in one go; tiles and blocks of one plan share them.

    Those of which the pixels around an area are needed too are none of them.
    """
    if len(plan.steps) > MOST_STEPS:
        return {}
    within = (number for number, pad in enumerate(pads_of(plan)) if pad == NONE)
    found = {number: recipe_of(plan, number) for number in within}
    return {number: recipe for number, recipe in found.items() if recipe is not None}


@dataclass(frozen=True, slots=True)
class _Bands:
    """Bands of one read step, and the steps that hide pixels of them."""

    read: int
    columns: tuple[int, ...]
    hides: frozenset[int]
    difference: bool = False


def recipe_of(plan: Plan, number: int) -> Recipe | None:
    """How to compute a step in one go; None if that is not known."""
    step = plan.steps[number]
    if not isinstance(step, Reduce) or step.op not in SORTED or step.over_bands or not step.over_images:
        return None
    if len(step.segments) != 1 or step.rows is not None:
        return None
    found = _bands(plan, step.inputs[0])
    if found is None or len(found.hides) > 1:
        return None
    read = plan.steps[found.read]
    assert isinstance(read, ReadBands), "where bands come from"
    if read.resampling not in SAMPLED or read.images > MOST_SORTED:
        return None
    classes: tuple[Any, ...] = ()
    hides = None
    for hide in found.hides:
        column = _class_column(plan, hide)
        if column is None:
            return None
        classes, hides = column, part_of(plan, [hide])
    sources = [row[column] for row in read.sources for column in found.columns]
    if any(source is None for source in (*sources, *classes)):
        return None
    bundle, kinds = Bundle.of(sources), Bundle.of(classes) if classes else None
    if bundle is None or (classes and kinds is None):
        return None
    percentage = float(step.arguments[0]) if step.arguments else -1.0
    return Recipe(read.images, bundle, read.resampling, found.difference, kinds, hides, percentage)


def _bands(plan: Plan, number: int) -> _Bands | None:
    """Where the bands of a step come from, if only chosen and hidden on the way."""
    step = plan.steps[number]
    if isinstance(step, ReadBands):
        return _Bands(number, tuple(range(step.bands)), frozenset())
    if isinstance(step, TakeBands):
        found = _bands(plan, step.inputs[0])
        if found is None or found.difference:
            return None
        columns = tuple(found.columns[row] for row in step.rows)
        return _Bands(found.read, columns, found.hides)
    if isinstance(step, Hide) and not step.replace and step.sizes == (step.images, step.images):
        found = _bands(plan, step.inputs[0])
        if found is None:
            return None
        return _Bands(found.read, found.columns, found.hides | {step.inputs[1]}, found.difference)
    return _difference(plan, number)


def _difference(plan: Plan, number: int) -> _Bands | None:
    """The two bands of a normalized difference, ``(x - y) / (x + y)``."""
    pair = differences_of(plan).get(number)
    if pair is None:
        return None
    first, second = (_bands(plan, source) for source in pair)
    if first is None or second is None or first.read != second.read or first.hides != second.hides:
        return None
    if first.difference or second.difference or len(first.columns) != 1 or len(second.columns) != 1:
        return None
    return _Bands(first.read, first.columns + second.columns, first.hides, difference=True)


def _class_column(plan: Plan, hide: int) -> tuple[Any, ...] | None:
    """The one band of whole numbers, sampled by near, on which a step depends alone; by image."""
    behind = sorted(steps_behind(plan.steps, (hide,)))
    if not all(isinstance(plan.steps[number], IMAGE_BY_IMAGE) for number in behind):
        return None
    reads = [number for number in behind if isinstance(plan.steps[number], ReadBands)]
    if len(reads) != 1:
        return None
    read = plan.steps[reads[0]]
    assert isinstance(read, ReadBands), "of that kind"
    if read.images != plan.steps[hide].images:
        return None  # one image of classes for all
    users = [plan.steps[number] for number in behind if reads[0] in plan.steps[number].inputs]
    columns = {_single_column(user) for user in users} if read.bands > 1 else {0}
    if len(columns) != 1 or None in columns:
        return None
    column = columns.pop() or 0
    sources = tuple(row[column] for row in read.sources)
    near = all(s is not None and (s.categorical or read.resampling == "near") for s in sources)
    small = near and all(s.dtype == sources[0].dtype and s.dtype in ("uint8", "uint16") for s in sources)
    return sources if small else None


def _single_column(step: Any) -> int | None:
    return int(step.rows[0]) if isinstance(step, TakeBands) and len(step.rows) == 1 else None
