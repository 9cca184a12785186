"""Families of operations: how rasters go through most operations, written once for each family."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

import numpy as np

from ..errors import JobInvalid
from .arena import Arena
from .arrays import is_array
from .batch import Axis, CannotBatch, Column, Deferred, joint_axis, rows_of
from .deferral import known_value
from .metadata import Intersected, Paired
from .pointwise import Pointwise as PointwiseStep
from .pointwise import slot
from .raster import Raster
from .select import Constant, TakeImages

LONGEST_NAME = 120


class Bind(Protocol):
    """What an operation may use while a program is bound."""

    arena: Arena

    @property
    def origin(self) -> str:
        """The operation being bound and the user's line."""

    def decided(self, value: Any) -> Any:
        """`value`, known and the same for all images."""

    def known(self, value: Any) -> Any:
        """`value` with every scalar of pixels in it computed."""

    def elementwise(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """A plain function of plain values, once for all or once per image."""


class Named(Protocol):
    """An operation, as far as a family looks at it."""

    name: str
    value: Callable[..., Any] | None


Names = Callable[[str, Sequence[Any]], tuple[str, ...]]
"""``(op, arguments) -> names`` of the result's bands, from arguments of which at least one is a Raster."""


def _names_of_two(op: str, args: Sequence[Any]) -> tuple[str, ...]:
    """The bands of the widest operand; both names of two single bands that are called differently."""
    rasters = [arg for arg in args if isinstance(arg, Raster)]
    bands = widest_of(rasters).bands
    if len(bands) == 1 and len(rasters) == 2 and rasters[0].bands != rasters[1].bands:
        return (joined_name(rasters[0].bands[0], op, rasters[1].bands[0]),)
    return bands


@dataclass(frozen=True, slots=True)
class Pointwise:
    """Operations on corresponding pixels, with the broadcasting rules of imagery.

    Attributes
    ----------
    invalid : callable or None
        Which pixels have no value, from the kernel's arguments; a result that is no number is hidden anyway.
    step : type
        The step that runs it.
    names : callable
        Names of the result's bands.
    """

    invalid: Callable[..., Any] | None = None
    step: type[PointwiseStep] = PointwiseStep
    names: Names = _names_of_two

    def bind(self, bind: Bind, operation: Named, args: Sequence[Any]) -> Any:
        """The result of rasters, deferred scalars, columns and plain numbers going through the operation.

        An array is computed while binding, so what it meets has to be known.
        """
        rasters = [arg for arg in args if isinstance(arg, Raster)]
        if operation.value is not None and not USUAL.issuperset(map(type, args)):
            numeric = rasters or all(map(_is_numeric, args))
            if not numeric or any(map(is_array, args)):  # not numeric: a duration times a mean of pixels
                return bind.elementwise(operation.value, tuple(args))
        axis = joint_axis(args)
        for raster in rasters:
            if raster.is_empty:
                return Raster.empty(bind.arena, any(raster.collection for raster in rasters), axis)
        if len(rasters) > 1:
            args = _paired_bands(args)
            rasters = [arg for arg in args if isinstance(arg, Raster)]
        shape = _Shape.of(rasters, axis)
        step = self._made(bind.arena, operation.name, args, shape, imagery=bool(rasters))
        number = bind.arena.add(step, bind.origin)
        if not rasters:
            return Deferred(number, axis)
        names = self.names(operation.name, args)
        return _raster(bind.arena, number, step, names, rasters, shape)

    def _made(
        self, arena: Arena, op: str, args: Sequence[Any], shape: _Shape, imagery: bool
    ) -> PointwiseStep:
        """The step that runs the operation on these arguments."""
        inputs: list[int] = []
        arguments: list[Any] = []
        sizes: list[tuple[int, int]] = []
        images = bands = 0
        for arg in args:
            if type(arg) in NUMBERS:
                arguments.append(arg)
                continue
            operand = _operand(arena, arg, shape)
            if operand.step < 0:
                arguments.append(operand.value)
                continue
            arguments.append(slot(len(inputs)))
            inputs.append(operand.step)
            sizes.append((operand.images, operand.bands))
            images, bands = max(images, operand.images), max(bands, operand.bands)
        return self.step(op, tuple(inputs), tuple(arguments), tuple(sizes), images, bands, imagery)


NUMBERS = frozenset((bool, int, float))
USUAL = NUMBERS | {Raster}
"""Types of the arguments of most calls."""


def _is_numeric(arg: Any) -> bool:
    """Whether a step can compute with an argument; texts, moments and durations it cannot."""
    sample = next(iter(arg.values), None) if isinstance(arg, Column) else arg
    return not isinstance(sample, (str, datetime, timedelta, list, tuple, dict))


@dataclass(frozen=True, slots=True)
class _Shape:
    """The image axis of a pointwise result."""

    axis: Axis | None
    images: int
    collection: bool
    segments: Any

    @classmethod
    def of(cls, rasters: Sequence[Raster], axis: Axis | None) -> _Shape:
        collections = [raster for raster in rasters if raster.collection]
        if axis is None and not collections:
            return ONE_IMAGE
        if axis is None:
            lengths = {raster.images for raster in collections}
            if len(lengths) > 1:
                raise JobInvalid(
                    f"collections of different lengths do not combine: {', '.join(map(str, sorted(lengths)))}"
                )
            return cls(None, lengths.pop(), True, None)
        if not collections:
            return cls(axis, axis.length, False, None)
        batched = [raster.on(axis) for raster in collections]
        if any(raster.axis is None for raster in batched):
            raise CannotBatch(axis, "every image meets a whole collection")
        segments = batched[0].lengths
        if any(not np.array_equal(raster.lengths, segments) for raster in batched):
            raise JobInvalid("collections of different lengths do not combine")
        return cls(axis, int(segments.sum()), True, segments)

    def rows(self) -> Any:
        """For each image of the result its position on the axis."""
        return np.repeat(np.arange(len(self.segments), dtype=np.int32), self.segments)

    def changes(self) -> dict[str, Any]:
        """The fields of a Raster of this shape."""
        return {"collection": self.collection, "axis": self.axis, "segments": self.segments}

    def brought(self, raster: Raster) -> Raster:
        """`raster` with one image for each of the result, or one that pairs with all."""
        if raster.axis is None:
            return raster
        raster = raster.on(self.axis)
        if raster.axis is not None and self.collection and not raster.collection:
            return raster.take_images(self.rows())
        return raster


ONE_IMAGE = _Shape(None, 1, False, None)


def aligned(first: Raster, second: Raster, axis: Axis | None) -> tuple[Raster, Raster, _Shape]:
    """Two rasters with corresponding images, or one image that pairs with all; and what results from both."""
    (left, right), shape = all_aligned([first, second], axis)
    return left, right, shape


def all_aligned(rasters: Sequence[Raster], axis: Axis | None) -> tuple[list[Raster], _Shape]:
    """Any number of rasters as `aligned` brings two together."""
    shape = _Shape.of(rasters, axis)
    return [shape.brought(raster) for raster in rasters], shape


class Operand(NamedTuple):
    """An argument of a kernel: a step and the size of its stack, or a plain value where there is no step."""

    step: int
    images: int
    bands: int
    value: Any = None


def _operand(arena: Arena, arg: Any, shape: _Shape) -> Operand:
    """An argument brought to the images of the result."""
    if isinstance(arg, Operand):
        return arg
    if isinstance(arg, Raster):
        raster = shape.brought(arg)
        return Operand(raster.step, raster.images, len(raster.bands))
    if isinstance(arg, Column):
        assert shape.axis is not None, "a column has an axis"
        values = np.asarray(arg.each(shape.axis))
        if values.dtype.kind not in "bif":
            raise TypeError(f"expected numbers, got {values[:1].tolist()!r}")
        if shape.collection:
            values = values[shape.rows()]
        return Operand(arena.add(Constant(values[:, None])), len(values), 1)
    if isinstance(arg, Deferred):
        return _deferred(arena, arg, shape)
    if not isinstance(arg, (bool, int, float, np.generic)):
        raise TypeError(f"expected numbers, got a value of type {type(arg).__name__}")
    return Operand(-1, 1, 1, arg)


def _deferred(arena: Arena, arg: Deferred, shape: _Shape) -> Operand:
    images = arena.steps[arg.step].images
    if arg.axis is None or shape.axis is None:
        rows = np.asarray([arg.row])
    else:
        rows = rows_of(arg.axis, shape.axis)
        if shape.collection:
            rows = rows[shape.rows()]
    known = known_value(arena, arg.step)
    if known is not None and known.mask is None:
        return Operand(arena.add(Constant(known.data[rows, :, 0, 0])), len(rows), 1)
    step = TakeImages(arg.step, rows, images, 1)
    number = arg.step if step.changes_nothing else arena.add(step)
    return Operand(number, len(rows), 1)


def _raster(
    arena: Arena,
    number: int,
    step: PointwiseStep,
    bands: tuple[str, ...],
    rasters: Sequence[Raster],
    shape: _Shape,
) -> Raster:
    """The result's metadata: properties and bandinfo by the rules of broadcasting."""
    widest = widest_of(rasters)
    properties = shape.brought(rasters[0]).properties
    for raster in rasters[1:]:
        properties = Intersected(properties, shape.brought(raster).properties)
    if properties.length == 1 and shape.images > 1:
        properties = properties.take(np.zeros(shape.images, np.int32))
    info = widest.bandinfo
    if len(rasters) > 1 or bands != widest.bands:
        info = Paired([raster.bandinfo for raster in rasters], bands)
    return Raster(
        arena,
        number,
        step.images,
        bands,
        properties,
        info,
        shape.collection,
        shape.axis,
        shape.segments,
        widest.aliases,
    )


def widest_of(rasters: Sequence[Raster]) -> Raster:
    """The first with the most bands."""
    widest = rasters[0]
    for raster in rasters[1:]:
        if len(raster.bands) > len(widest.bands):
            widest = raster
    return widest


def _paired_bands(args: Sequence[Any]) -> Sequence[Any]:
    """The bands of all rasters in the order of the first that has several; one band pairs with any."""
    first = next((arg for arg in args if isinstance(arg, Raster) and len(arg.bands) > 1), None)
    if first is None:
        return args
    return [_in_order_of(first, arg) if isinstance(arg, Raster) else arg for arg in args]


def _in_order_of(first: Raster, second: Raster) -> Raster:
    if len(second.bands) == 1 or second.bands == first.bands:
        return second
    if sorted(first.bands) != sorted(second.bands):
        raise JobInvalid(
            f"bands do not match: {', '.join(first.bands)} and {', '.join(second.bands)}; "
            "use pick_bands or rename_bands, or combine with a single band"
        )
    return second.take_bands(second.band_indices(first.bands))


def joined_name(first: str, op: str, second: str) -> str:
    """``red_add_blue``; past 120 characters it ends in a digest, since repeated use doubles the length."""
    name = f"{first}_{op}_{second}"
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
    return f"{name[: LONGEST_NAME - 9]}_{digest}"
