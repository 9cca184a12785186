"""Bind: everything of a program that is not pixels, for one grid.

The result is a value in which rasters are metadata and a step, and scalars that only pixels know are
deferred.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator, Sequence
from datetime import datetime
from typing import Any, NoReturn

import numpy as np

from .._notebook import place
from ..errors import (
    DescartesFlowError,
    JobCancelled,
    JobComputeError,
    JobInvalid,
    JobInvalidTyping,
    ReadError,
)
from ..geo import Grid
from ..geo.features import COLLECTIONS, Vector
from ..geo.pixels import Pixels
from ..graph import Kind, Node
from ..ops.math import CONSTANTS
from ..ops.metadata import ImageProperties, holds_imagery
from ..ops.misfits import refuse_misfits
from ..ops.registry import OPERATIONS, Operation
from ..steps.arena import Arena
from ..steps.batch import (
    Axis,
    CannotBatch,
    Column,
    Deferred,
    batch_axis,
    elementwise,
    is_batched,
    per_image,
)
from ..steps.deferral import known_value, with_deferred, with_statistics
from ..steps.families import Operand
from ..steps.raster import Raster
from ..steps.scenes import Selection
from .evaluation import Closure, Evaluator, Scope, Thunk
from .world import OneScene, ScenesHere, World

USER_ERRORS = (TypeError, ValueError, LookupError, ArithmeticError, DescartesFlowError)
"""What an operation may raise on values that do not suit it."""

OF_PIXELS = (Raster, Deferred, Operand)
"""Values that go through the family of an operation."""

Force = Callable[[Arena, list[int]], list[Pixels]]
"""Computes pixels now: ``(arena, steps) -> their pixels``."""


class Binder:
    """Binds programs to one grid; equal work of several programs is shared.

    Parameters
    ----------
    world : World
        What can be asked: scenes, the grid.
    force : callable
        Runs a small plan where a value of pixels decides what is computed.
    check : callable
        Called before every function of the program; raises what ends the run.
    border : tuple of int
        Rows and columns around the grid that neighbourhoods of composites read.

    Attributes
    ----------
    arena : Arena
        The steps of all that was bound.
    forced : bool
        Whether pixels were needed: then the grid is part of the plan's identity.
    """

    def __init__(
        self,
        world: World,
        force: Force,
        check: Callable[[], None],
        border: tuple[int, int] = (0, 0),
    ) -> None:
        self.world = world
        self._border = border
        self._force = force
        self._check = check
        self.arena = Arena()
        self.forced = False
        self._root = Scope({})
        self._node: Node | None = None
        self._origins: dict[object, str] = {}
        self._evaluator = Evaluator(self._apply, _by_need(), CONSTANTS)

    @property
    def grid(self) -> Grid:
        """The grid of the run; NeedsContext where there is none."""
        return self.world.grid

    def scene(self, image_id: str) -> Selection:
        """The scene with this id, or none."""
        return self.world.ask(OneScene(image_id))

    def scenes(self, product_id: str, start: datetime | None, end: datetime | None) -> Selection:
        """Scenes of a product that meet the grid, or the border around it, by date."""
        return self.world.ask(ScenesHere(product_id, start, end, self._border))

    @property
    def origin(self) -> str:
        """The operation being bound and the user's line."""
        if self._node is None:
            return ""
        key = self._node.callee, self._node.origin
        found = self._origins.get(key)
        if found is None:
            found = self._origins[key] = where(self._node)
        return found

    def bind(self, node: Node) -> Any:
        """The bound value of a program."""
        return self._evaluator.value(node, self._root)

    def _apply(self, node: Node, scope: Scope, values: list[Any]) -> Any:
        outer, self._node = self._node, node
        try:
            operation = OPERATIONS.get(node.callee) if isinstance(node.callee, str) else None
            if operation is not None and operation.by_need:
                return self._located(operation, node, scope)
            named: dict[str, Any] = {}
            if node.kwargs:
                positional = len(values) - len(node.kwargs)
                named = dict(zip([name for name, _ in node.kwargs], values[positional:], strict=True))
                values = values[:positional]
            if operation is not None:
                return self._operate(operation, values, named)
            if isinstance(node.callee, str):
                raise JobInvalid(f"no operation is called {node.callee!r}")
            return self.call(*values, **named)
        except USER_ERRORS as error:
            raise_located(error, where(node))
        finally:
            self._node = outer

    def _located(self, operation: Operation, node: Node, scope: Scope) -> Generator[Any, Any, Any]:
        """A rule by need, whose errors name the operation as those of the others do."""
        assert operation.rule is not None, "an operation by need has a rule"
        args = [Thunk(arg, scope) for arg in node.args]
        named = {name: Thunk(arg, scope) for name, arg in node.kwargs}
        try:
            return (yield from operation.rule(self, *args, **named))
        except USER_ERRORS as error:
            raise_located(error, where(node))

    def _operate(self, operation: Operation, args: list[Any], named: dict[str, Any]) -> Any:
        refuse_misfits(operation, args)
        if operation.rule is not None:
            return operation.rule(self, *args, **named)
        if operation.family is not None:
            for value in (*args, *named.values()):
                if isinstance(value, OF_PIXELS):
                    return operation.family.bind(self, operation, _in_declared_order(operation, args, named))
        if operation.value is None:
            kinds = ", ".join(type(value).__name__ for value in (*args, *named.values()))
            raise TypeError(f"{operation.name} does not work on {kinds}")
        return self.elementwise(operation.value, tuple(args), named)

    def elementwise(
        self, function: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any] | None = None
    ) -> Any:
        """A plain function of plain values, once, or once per image of a batched lambda."""
        args = tuple(self._plain(arg) for arg in args)
        named = {name: self._plain(arg) for name, arg in (named or {}).items()}
        values = (*args, *named.values())
        if any(map(is_batched, values)):
            if holds_imagery(values):
                raise CannotBatch(batch_axis(values), "a container of images differs by image")
            return _of_plain_values(elementwise, function, args, named)
        return _of_plain_values(function, *args, **named)

    def _plain(self, value: Any) -> Any:
        if isinstance(value, ImageProperties):
            if value.axis is not None:
                return Column(self.known(value.properties.dicts()), value.axis)
            return self.known(value.plain())
        return self.known(value)

    def call(self, function: Any, *args: Any, **named: Any) -> Any:
        """The result of a function of the program."""
        self._check()
        if not isinstance(function, Closure):
            raise TypeError(f"expected a function, got {type(function).__name__}")
        parameters = function.node.params
        if len(args) + len(named) != len(parameters):
            raise JobInvalid(
                f"a function of {len(parameters)} arguments was called with {len(args) + len(named)}"
            )
        values = dict(zip(parameters, args, strict=False))
        values.update({parameter: named[parameter.value[0]] for parameter in parameters[len(args) :]})
        body = function.node.body
        assert body is not None, "a function has a body"
        return self._evaluator.value(body, Scope(values, function.scope))

    def items(self, value: Any) -> Sequence[Any]:
        """The items of a list that is mapped over."""
        if isinstance(value, ImageProperties):
            value = self._plain(value)
        if isinstance(value, Column):
            raise CannotBatch(value.axis, "a list for every image")
        if isinstance(value, COLLECTIONS):
            return list(value)
        if not isinstance(value, (list, tuple, str)):
            raise TypeError(f"expected a list, got {type(value).__name__}")
        return value

    def for_each(
        self,
        axis: Axis,
        arguments: Sequence[Any],
        function: Any,
        batched: Callable[[Any], Any],
        collected: Callable[[list[Any]], Any],
    ) -> Any:
        """A function for each image of an axis: evaluated once for all, or image by image if that fails.

        Parameters
        ----------
        axis : Axis
        arguments : sequence
            What the function takes: values per image of the axis.
        function : Closure
        batched : callable
            ``(result) -> value``: what the one evaluation means; may raise CannotBatch.
        collected : callable
            ``(results) -> value``: what the evaluations image by image mean.
        """
        try:
            return batched(self.call(function, *arguments))
        except CannotBatch as refusal:
            if refusal.axis is not axis:
                raise
            if axis.parent is not None:
                raise CannotBatch(axis.parent, str(refusal)) from refusal
        columns = [per_image(argument, axis) for argument in arguments]
        results = [self.call(function, *(column[row] for column in columns)) for row in range(axis.length)]
        for result in results:
            if is_batched(result):
                raise CannotBatch(batch_axis(result), "a value of the enclosing lambda leaves the inner one")
        return collected(results)

    def decided(self, value: Any) -> Any:
        """`value`, known and the same for all images, as that must be which decides what is computed."""
        value = self.known(value)
        if is_batched(value):
            raise CannotBatch(batch_axis(value), "what is computed differs by image")
        return value

    def known(self, value: Any) -> Any:
        """`value` with every deferred scalar in it computed."""
        wanted: dict[int, None] = {}
        _collect(value, wanted)
        if not wanted:
            return value
        unknown = [step for step in wanted if known_value(self.arena, step) is None]
        if unknown:
            self.pixels(with_statistics(self.arena, unknown))
        numbers = {step: self._numbers(step) for step in wanted}

        def number(scalar: Deferred) -> Any:
            found, axis = numbers[scalar.step], scalar.axis
            if axis is None:
                return found[scalar.row]
            return Column(found if len(found) == axis.length else found * axis.length, axis)

        return with_deferred(value, number)

    def pixels(self, steps: list[int]) -> list[Pixels]:
        """The pixels of some steps, computed now, at most once."""
        self.forced = True
        unknown = [step for step in steps if step not in self.arena.values]
        self.arena.values.update(zip(unknown, self._force(self.arena, unknown), strict=True))
        return [self.arena.values[step] for step in steps]

    def _numbers(self, step: int) -> list[Any]:
        """The scalars of a step that is known, one per image; a masked one is no number, and not true."""
        pixels = known_value(self.arena, step)
        assert pixels is not None, "it was computed"
        data, mask = pixels
        if mask is not None:
            data = np.where(mask, False if data.dtype == bool else np.nan, data)
        return data[:, 0, 0, 0].tolist()  # type: ignore[no-any-return]


def _of_plain_values(function: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """A plain function; what it does not find in a value of another type is the fault of the program."""
    try:
        return function(*args, **named)
    except AttributeError as error:
        raise JobInvalidTyping(str(error)) from error


def _collect(value: Any, wanted: dict[int, None]) -> None:
    if isinstance(value, Deferred):
        wanted[value.step] = None
    elif isinstance(value, (list, tuple)):
        for item in value:
            _collect(item, wanted)
    elif isinstance(value, dict):
        for item in value.values():
            _collect(item, wanted)
    elif isinstance(value, Vector):
        _collect(value.parts, wanted)


def _in_declared_order(operation: Operation, args: list[Any], named: dict[str, Any]) -> list[Any]:
    """All arguments in the order of the declaration, which is that of the kernel."""
    if not named:
        return args
    positional = iter(args)
    return [
        named[argument.name] if argument.name in named else next(positional, argument.default)
        for argument in operation.overloads[0].arguments
    ]


@functools.cache
def _by_need() -> frozenset[str]:
    """Names of the operations that ask for their arguments themselves."""
    return frozenset(name for name, operation in OPERATIONS.items() if operation.by_need)


def where(node: Node) -> str:
    """An operation and the user's line that made it, for errors."""
    name = node.callee if isinstance(node.callee, str) else "call"
    if node.kind is not Kind.APPLICATION or node.origin is None:
        return str(name)
    return f"{name} ({place(*node.origin)})"


def raise_located(error: Exception, origin: str) -> NoReturn:
    """Raise `error` as a JobComputeError whose message begins with the operation and the user's line, once.

    A band that cannot be read, and a run that was stopped, say what they are themselves.
    """
    if isinstance(error, (ReadError, JobCancelled)) or getattr(error, "is_located", False):
        raise error
    if isinstance(error, JobComputeError):
        made: JobComputeError = type(error)(f"{origin}: {error.message}", error.id)
    else:
        text = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
        made = JobInvalid(f"{origin}: {text}")
    made.is_located = True  # type: ignore[attr-defined]
    raise made from error
