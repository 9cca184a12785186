"""Run: a plan on a grid, eagerly: all reads at once, then the kernels; a value goes after its last use."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from .._settings import settings
from ..errors import JobCancelled, ReadError
from ..geo import Grid
from ..geo.pixels import Pixels
from ..ops.registry import OPERATIONS
from ..steps.arena import Step
from ..steps.read import ReadBands
from ..steps.reduce import Reduce
from .bind import USER_ERRORS, raise_located
from .caches import SingleFlightCache
from .halos import NONE, Pad, cropped, of_inputs, pads_of
from .plan import Plan

ReadBand = Callable[[Any, Grid, str], Pixels]
"""``(source, grid, resampling) -> Pixels`` of shape (rows, cols): `io.read_band`, or a fake in tests."""


class Progress(Protocol):
    """Who hears how far a run is."""

    def expect(self, steps: int) -> None:
        """That many more pieces of work lie ahead."""

    def done(self, steps: int = 1) -> None:
        """That many are done."""


class Silent:
    """Nobody listens."""

    def expect(self, steps: int) -> None:
        """Nothing."""

    def done(self, steps: int = 1) -> None:
        """Nothing."""


def _bytes_of(pixels: Pixels) -> int:
    return int(pixels.data.nbytes + (0 if pixels.mask is None else pixels.mask.nbytes))


VALUES: SingleFlightCache[Pixels] = SingleFlightCache(lambda: settings.value_cache_bytes, _bytes_of)
"""Values of reads and of reductions over images, by step and grid."""

_POOLS: dict[int, ThreadPoolExecutor] = {}
_POOLS_LOCK = threading.Lock()


def reading_pool() -> ThreadPoolExecutor:
    """The threads that read, shared by all runs of the process."""
    with _POOLS_LOCK:
        if settings.threads not in _POOLS:
            _POOLS[settings.threads] = ThreadPoolExecutor(
                settings.threads, thread_name_prefix="descartes-flow-read"
            )
        return _POOLS[settings.threads]


@dataclass(slots=True)
class Runner:
    """How plans are run: who reads, who may stop it, who hears of it, and what happens to bad scenes.

    Attributes
    ----------
    read_band : callable
    cancelled : callable
        Asked between steps, and for every item while binding; true ends the run with JobCancelled.
    progress : Progress
    use_cache : bool
        False: neither reads nor fills the cache of values.
    skip_errors : bool
        True: bands that cannot be read are hidden, and noted in `issues`; False: they end the run.
    issues : list of ReadError
        What was skipped.
    """

    read_band: ReadBand
    cancelled: Callable[[], bool] = lambda: False
    progress: Progress = field(default_factory=Silent)
    use_cache: bool = True
    skip_errors: bool = False
    issues: list[ReadError] = field(default_factory=list)

    def check(self) -> None:
        """Raise JobCancelled if the run is to end."""
        if self.cancelled():
            raise JobCancelled("the run was cancelled")

    def run(self, plan: Plan, grid: Grid) -> list[Pixels]:
        """The pixels of the plan's outputs on the grid."""
        return _Run(self, plan, grid).outputs()


class _Run:
    """One run of one plan on one grid."""

    def __init__(self, runner: Runner, plan: Plan, grid: Grid) -> None:
        self.runner = runner
        self.plan = plan
        self.grid = grid
        self._pads = pads_of(plan)
        self._windows: dict[Pad, _Window] = {}
        self._values: dict[int, Pixels] = {}

    def outputs(self) -> list[Pixels]:
        """Run all steps."""
        plan = self.plan
        self.runner.progress.expect(sum(len(step.sources) for step in plan.reads) + len(plan.steps))
        last = _last_uses(plan)
        for number, step in enumerate(plan.steps):
            self.runner.check()
            self._values[number] = self._value(number, step)
            self.runner.progress.done()
            for source in last.get(number, ()):
                del self._values[source]
        return [cropped(self._values[number], self._pads[number], NONE) for number in plan.outputs]

    def _window(self, pad: Pad) -> _Window:
        """The run's area and so much around it."""
        if pad not in self._windows:
            grid = self.grid if pad == NONE else self.grid.padded(*pad)
            self._windows[pad] = _Window(self.runner, grid)
        return self._windows[pad]

    def _inputs(self, step: Step, pad: Pad) -> list[Pixels]:
        """The values of a step's inputs on the window that it needs."""
        want = of_inputs(step, pad)
        return [cropped(self._values[source], self._pads[source], want) for source in step.inputs]

    def _value(self, number: int, step: Step) -> Pixels:
        pad = self._pads[number]
        window = self._window(pad)

        def make() -> Pixels:
            try:
                return step.run(self._inputs(step, pad), window)
            except USER_ERRORS as error:
                if not step.origin:
                    raise
                raise_located(error, step.origin)

        if not self.runner.use_cache or not isinstance(step, (ReadBands, Reduce)):
            return make()
        # on a larger window a value may hold scalars of the area, so it is that area's alone
        area = b"" if pad == NONE else self.grid.key
        key = (self.plan.keys[number], window.grid.key, area, self.runner.skip_errors)
        if self.runner.skip_errors:  # a degraded value is never kept, so look whether anything is skipped
            return self._degradable(key, make)
        return VALUES.get(key, make)

    def _degradable(self, key: Any, make: Callable[[], Pixels]) -> Pixels:
        try:
            return VALUES.get(key, lambda: self._whole(make))
        except _Degraded as degraded:
            if degraded.runner is self.runner:
                return degraded.pixels
            return make()  # another run shared the flight: its issues are not ours, so find our own

    def _whole(self, make: Callable[[], Pixels]) -> Pixels:
        pixels = make()
        if self.runner.issues:  # of this step or of one before it, which this one was made of
            raise _Degraded(self.runner, pixels)
        return pixels


class _Window:
    """Where steps of a run are run, the area or more: their context."""

    def __init__(self, runner: Runner, grid: Grid) -> None:
        self.runner = runner
        self.grid = grid

    @functools.cached_property
    def cut(self) -> Any:
        """Pixels that the context's geometry excludes; None where it excludes none."""
        return self.grid.cutline_mask()

    def operation(self, name: str) -> Any:
        """The operation whose kernel a step runs."""
        return OPERATIONS[name]

    def read(self, step: ReadBands) -> Pixels:
        """The pixels of a read step: all bands of all scenes at once, on the reading pool."""
        shape = (step.images, step.bands, *self.grid.shape)
        data = np.zeros(shape)
        mask = np.zeros(shape, bool)
        places = [(image, band) for image in range(step.images) for band in range(step.bands)]
        futures = [
            reading_pool().submit(self._read_into, step, chunk, data, mask)
            for chunk in _chunks(places, 2 * settings.threads)
        ]
        self._wait(futures)
        if self.cut is not None:
            mask |= self.cut
        return Pixels(data, mask if mask.any() else None)

    def _wait(self, futures: Sequence[Future[None]]) -> None:
        try:
            for future in as_completed(futures):
                future.result()
        except BaseException:
            for future in futures:
                future.cancel()
            raise

    def _read_into(self, step: ReadBands, places: Iterable[tuple[int, int]], data: Any, mask: Any) -> None:
        for image, band in places:
            self.runner.check()
            source = step.sources[image][band]
            if source is None:
                mask[image, band] = True
            else:
                self._read_band(source, step.resampling, data[image, band], mask[image, band])
            if band == step.bands - 1:
                self.runner.progress.done()

    def _read_band(self, source: Any, resampling: str, data: Any, mask: Any) -> None:
        try:
            pixels = self.runner.read_band(source, self.grid, resampling)
        except ReadError as error:
            if not self.runner.skip_errors:
                raise
            self.runner.issues.append(error)
            mask[...] = True
            return
        data[...] = pixels.data
        if pixels.mask is not None:
            mask[...] = pixels.mask


class _Degraded(Exception):
    """A value that lacks scenes: handed on, never kept."""

    def __init__(self, runner: Runner, pixels: Pixels) -> None:
        super().__init__("scenes were skipped")
        self.runner = runner
        self.pixels = pixels


def _last_uses(plan: Plan) -> dict[int, list[int]]:
    """For each step the steps that nothing uses after it."""
    last: dict[int, int] = {}
    for number, step in enumerate(plan.steps):
        for source in step.inputs:
            last[source] = number
    freed: dict[int, list[int]] = {}
    for source, number in last.items():
        if source not in plan.outputs:
            freed.setdefault(number, []).append(source)
    return freed


def _chunks(items: Sequence[tuple[int, int]], number: int) -> list[Sequence[tuple[int, int]]]:
    """At most `number` runs of consecutive items, of nearly equal length."""
    size = max(1, -(-len(items) // number))
    return [items[start : start + size] for start in range(0, len(items), size)]


def full_mask(pixels: Pixels, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """The mask at its full shape; all False where nothing is hidden."""
    return np.broadcast_to(False if pixels.mask is None else pixels.mask, shape)


__all__ = ["VALUES", "Progress", "Runner", "Silent", "full_mask", "reading_pool"]
