"""Scalars of pixels: brought together from several places, and found again where they are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from ..geo.features import Vector
from ..geo.pixels import Pixels
from .arena import Arena
from .batch import Axis, CannotBatch, Deferred
from .pixelreduce import ReducePixels
from .pointwise import Pointwise
from .select import ConcatImages, Constant, TakeBands, TakeImages


def known_value(arena: Arena, number: int) -> Pixels | None:
    """The scalars of a step, if they were computed while binding, or are taken from such; else None."""
    takes = []
    while number not in arena.values:
        step = arena.steps[number]
        if not isinstance(step, (TakeBands, TakeImages)):
            return None
        takes.append(step)
        number = step.inputs[0]
    pixels = arena.values[number]
    for step in reversed(takes):
        pixels = step.taken(pixels)
    return pixels


def with_statistics(arena: Arena, numbers: Sequence[int]) -> list[int]:
    """Steps of scalars, and the reductions over pixels that they are made of: computed at the same price."""
    met = dict.fromkeys(numbers)
    waiting = list(met)
    while waiting:
        number = waiting.pop()
        if not isinstance(arena.steps[number], ReducePixels):
            new = [source for source in arena.steps[number].inputs if source not in met]
            met.update(dict.fromkeys(new))
            waiting.extend(new)
    return [n for n in met if n in numbers or isinstance(arena.steps[n], ReducePixels)]


def with_deferred(value: Any, change: Callable[[Deferred], Any]) -> Any:
    """`value` with every deferred scalar in it changed."""
    if isinstance(value, Deferred):
        return change(value)
    if isinstance(value, (list, tuple)):
        return type(value)(with_deferred(item, change) for item in value)
    if isinstance(value, dict):
        return {key: with_deferred(item, change) for key, item in value.items()}
    if isinstance(value, Vector):
        return value.with_parts(with_deferred(value.parts, change))
    return value


def gathered(arena: Arena, values: Sequence[Any], axis: Axis) -> Deferred:
    """Floats, some of which only pixels know, as one scalar per image of an axis.

    Raises
    ------
    CannotBatch
        If one is no float, or may be none: a step would make it one.
    """
    if not all(isinstance(value, (Deferred, float)) for value in values):
        raise CannotBatch(axis, "values of pixels meet others that are no floats")
    parts = list(_parts(arena, values))
    if len(parts) == 1:
        return Deferred(parts[0], axis)
    if len({_maker(arena, part) for part in parts}) > 1:
        raise CannotBatch(axis, "truth values of pixels may meet numbers")
    sizes = tuple(arena.steps[part].images for part in parts)
    return Deferred(arena.add(ConcatImages(tuple(parts), sizes, 1)), axis)


def _parts(arena: Arena, values: Sequence[Any]) -> Iterator[int]:
    """Steps of consecutive values: rows of one step, or numbers that are known."""
    for step, run in groupby(values, key=lambda value: getattr(value, "step", None)):
        chosen = list(run)
        if step is None:
            yield arena.add(Constant(np.asarray(chosen, float)[:, None]))
            continue
        take = TakeImages(step, [value.row for value in chosen], arena.steps[step].images, 1)
        yield step if take.changes_nothing else arena.add(take)


def _maker(arena: Arena, number: int) -> str:
    """The operation that makes the scalars of a step; for statistics and known floats none."""
    step = arena.steps[number]
    while isinstance(step, (TakeBands, TakeImages)):
        step = arena.steps[step.inputs[0]]
    return step.op if isinstance(step, Pointwise) else ""
