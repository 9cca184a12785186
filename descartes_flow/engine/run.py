"""Run: a plan on a grid, eagerly: all reads at once, then the kernels; a value goes after its last use."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from .. import kernels
from .._settings import settings
from ..errors import JobCancelled, ReadError
from ..geo import Grid
from ..geo.pixels import Pixels
from ..io import Bundle
from ..io.stacks import FEW
from ..kernels.arrays import Share
from ..ops.registry import OPERATIONS
from ..steps.arena import Step
from ..steps.read import ReadBands
from ..steps.reduce import Reduce
from .bind import USER_ERRORS, raise_located
from .caches import SingleFlightCache
from .differences import differences_of, normalized_difference
from .halos import NONE, Pad, cropped, of_inputs, pads_of
from .onepass import compose
from .plan import Plan, part_of
from .recipes import Recipe, recipes_of
from .sharing import share

ReadBand = Callable[[Any, Grid, str, Pixels], Pixels]
"""``(source, grid, resampling, out) -> Pixels`` of shape (rows, cols): `io.read_band`, or a fake in tests."""

ReadBandsTogether = Callable[[Bundle, Grid, str, Share], Pixels | None]
"""``(bundle, grid, resampling, share) -> Pixels`` of shape (band, rows, cols), or None: `io.read_bands`."""

PiecesOf = Callable[[Any, Grid, str], list[Callable[[], object]]]
"""``(source, grid, resampling)`` -> what can be decoded ahead, in pieces: `io.pieces_of`."""


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


@dataclass(slots=True)
class Runner:
    """How plans are run: who reads, who may stop it, who hears of it, and what happens to bad scenes.

    Attributes
    ----------
    read_band : callable
    pieces_of : callable or None
        What of a band can be decoded ahead; None: nothing.
    read_bands : callable or None
        Reads bands that lie alike at once; None: there are no files, all goes through `read_band`.
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
    pieces_of: PiecesOf | None = None
    read_bands: ReadBandsTogether | None = None
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

    def __init__(self, runner: Runner, plan: Plan, grid: Grid, *, in_one_go: bool = True) -> None:
        self.runner = runner
        self.plan = plan
        self.grid = grid
        self._pads = pads_of(plan)
        self._keepable = _keepable(plan) if runner.use_cache else frozenset()
        self._recipes = recipes_of(plan) if in_one_go and runner.read_bands is not None else {}
        self._differences = {} if kernels.normalized_difference.compiled is None else differences_of(plan)
        self._windows: dict[Pad, _Window] = {}
        self._values: dict[int, Pixels] = {}

    def outputs(self) -> list[Pixels]:
        """Run the steps that the outputs need, but for what is kept."""
        plan = self.plan
        needed = self._needed()
        reads = (step for number in needed if isinstance(step := plan.steps[number], ReadBands))
        self.runner.progress.expect(sum(len(step.sources) for step in reads) + len(needed))
        last = self._last_uses(needed)
        with np.errstate(all="ignore"):  # what is no number is hidden
            for number in needed:
                self.runner.check()
                make = self._value if number in self._keepable else self._made
                self._values[number] = make(number, plan.steps[number])
                self.runner.progress.done()
                for source in last.get(number, ()):
                    del self._values[source]
        return [cropped(self._values[number], self._pads[number], NONE) for number in plan.outputs]

    def _needed(self) -> list[int]:
        """The steps to run, in their order; values that are kept are there already."""
        wanted = set(self.plan.outputs)
        needed: list[int] = []
        for number in range(len(self.plan.steps) - 1, -1, -1):
            if number not in wanted:
                continue
            kept = VALUES.peek(self._key(number)) if number in self._keepable else None
            if kept is not None:
                self._values[number] = kept
                continue
            needed.append(number)
            wanted.update(self._uses(number))
        return needed[::-1]

    def _uses(self, number: int) -> tuple[int, ...]:
        """The steps whose values a step takes; none if it is made of the files' pixels in one go."""
        if number in self._recipes:
            return ()
        return self._differences.get(number) or self.plan.steps[number].inputs

    def _last_uses(self, needed: Sequence[int]) -> dict[int, list[int]]:
        """For each step the steps that nothing uses after it."""
        last = {source: number for number in needed for source in self._uses(number)}
        freed: dict[int, list[int]] = {}
        for source, number in last.items():
            if source not in self.plan.outputs:
                freed.setdefault(number, []).append(source)
        return freed

    def _window(self, pad: Pad) -> _Window:
        """The run's area and so much around it."""
        if pad not in self._windows:
            grid = self.grid if pad == NONE else self.grid.padded(*pad)
            self._windows[pad] = _Window(self.runner, grid)
        return self._windows[pad]

    def _value(self, number: int, step: Step) -> Pixels:
        """The value of a step whose value is kept."""
        key = self._key(number)
        if self.runner.skip_errors:  # a degraded value is never kept, so look whether anything is skipped
            return self._degradable(key, lambda: self._made(number, step))
        return VALUES.get(key, lambda: self._made(number, step))

    def _key(self, number: int) -> Any:
        """What the value of a step is kept under."""
        pad = self._pads[number]
        # on a larger window a value may hold scalars of the area, so it is that area's alone
        area = b"" if pad == NONE else self.grid.key
        return self.plan.keys[number], self._window(pad).key, area, self.runner.skip_errors

    def _made(self, number: int, step: Step) -> Pixels:
        if number in self._recipes:
            return self._composed(number, self._recipes[number])
        if number in self._differences:
            return self._difference(number, step)
        want = of_inputs(step, self._pads[number])
        return self._done(number, step, [self._known(source, want) for source in step.inputs])

    def _known(self, number: int, want: Pad) -> Pixels:
        """The value of a step that was run, as far beyond the area as it is wanted."""
        return cropped(self._values[number], self._pads[number], want)

    def _done(self, number: int, step: Step, inputs: list[Pixels]) -> Pixels:
        """The value of a step; its errors name the user's line."""
        try:
            return step.run(inputs, self._window(self._pads[number]))
        except USER_ERRORS as error:
            if not step.origin:
                raise
            raise_located(error, step.origin)

    def _difference(self, number: int, step: Step) -> Pixels:
        """A normalized difference in one loop or, where that does not do, by its three steps."""
        pair = [self._known(source, self._pads[number]) for source in self._differences[number]]
        found = normalized_difference(*pair)
        if found is not None:
            return found
        return self._done(
            number, step, [self._done(source, self.plan.steps[source], pair) for source in step.inputs]
        )

    def _composed(self, number: int, recipe: Recipe) -> Pixels:
        """A composite from the files' pixels in one go or, where that does not do, step by step."""

        def run(plan: Plan, grid: Grid, read_band: ReadBand) -> Pixels:
            (found,) = Runner(read_band, use_cache=False).run(plan, grid)
            return found

        found = compose(recipe, self.grid, self._window(NONE).share, run)
        if found is not None:
            return found
        step = self.plan.steps[number]
        inputs = _Run(self.runner, part_of(self.plan, step.inputs), self.grid, in_one_go=False).outputs()
        return self._done(number, step, inputs)

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
    def key(self) -> bytes:
        """Digest of the grid."""
        return self.grid.key

    @functools.cached_property
    def cut(self) -> Any:
        """Pixels that the context's geometry excludes; None where it excludes none."""
        return self.grid.cutline_mask()

    def operation(self, name: str) -> Any:
        """The operation whose kernel a step runs."""
        return OPERATIONS[name]

    def read(self, step: ReadBands) -> Pixels:
        """The pixels of a read step: all bands of all scenes at once, on several threads."""
        data, mask = self._read_together(step) or self._read_apart(step)
        if self.cut is not None:
            mask = np.broadcast_to(self.cut, data.shape) if mask is None else mask | self.cut
        return Pixels(data, mask)

    def share(self, work: Callable[[Any], object], items: Sequence[Any], pixels: int | None = None) -> None:
        """Do `work` on every item, on several threads, until the run is to end."""

        def checked(item: Any) -> None:
            self.runner.check()
            work(item)

        share(checked, items, pixels)

    def _read_together(self, step: ReadBands) -> Pixels | None:
        """The bands, if they lie alike and can all be read."""
        read_bands = self.runner.read_bands
        if read_bands is None:
            return None
        bundle = _bundle_of(step)
        if bundle is None:
            return None
        try:
            found = read_bands(bundle, self.grid, step.resampling, self.share)
        except ReadError:
            return None  # read one by one it is known which
        if found is None:
            return None
        self.runner.progress.done(step.images)
        shape = (step.images, step.bands, *self.grid.shape)
        return Pixels(found.data.reshape(shape), None if found.mask is None else found.mask.reshape(shape))

    def _read_apart(self, step: ReadBands) -> Pixels:
        """The bands one by one."""
        shape = (step.images, step.bands, *self.grid.shape)
        data, mask = np.empty(shape), np.zeros(shape, bool)
        places = [(image, band) for image in range(step.images) for band in range(step.bands)]
        if len(places) < FEW * settings.threads:
            self._decode_ahead(step)
        hidden: list[bool] = []

        def read_into(place: tuple[int, int]) -> None:
            hidden.append(self._read_band(step, place, Pixels(data[place], mask[place])))
            if place[1] == step.bands - 1:
                self.runner.progress.done()

        self.share(read_into, places, data.size)
        return Pixels(data, mask if any(hidden) else None)

    def _decode_ahead(self, step: ReadBands) -> None:
        """Decode what the bands are made of, block by block."""
        if self.runner.pieces_of is None:
            return
        pieces: list[Callable[[], object]] = []
        failing = contextlib.suppress(ReadError)  # reading the band will say so
        for source in (source for row in step.sources for source in row if source is not None):
            with failing:
                pieces += self.runner.pieces_of(source, self.grid, step.resampling)

        def decode(piece: Callable[[], object]) -> None:
            with contextlib.suppress(ReadError):
                piece()

        if len(pieces) > 1:
            self.share(decode, pieces)

    def _read_band(self, step: ReadBands, place: tuple[int, int], out: Pixels) -> bool:
        """Write one band; whether any of it is hidden."""
        assert out.mask is not None, "part of the whole mask"
        source = step.sources[place[0]][place[1]]
        if source is not None:
            try:
                pixels = self.runner.read_band(source, self.grid, step.resampling, out)
            except ReadError as error:
                if not self.runner.skip_errors:
                    raise
                self.runner.issues.append(error)
            else:
                return pixels.mask is not None
        out.data[...] = 0.0
        out.mask[...] = True
        return True


@functools.lru_cache(maxsize=64)
def _keepable(plan: Plan) -> frozenset[int]:
    """The steps whose values are kept for later runs."""
    return frozenset(n for n, step in enumerate(plan.steps) if isinstance(step, (ReadBands, Reduce)))


@functools.lru_cache(maxsize=64)
def _bundle_of(step: ReadBands) -> Bundle | None:
    """The bands of a read step, if none is missing and all lie alike."""
    sources = [source for row in step.sources for source in row]
    return Bundle.of(sources) if None not in sources else None


class _Degraded(Exception):
    """A value that lacks scenes: handed on, never kept."""

    def __init__(self, runner: Runner, pixels: Pixels) -> None:
        super().__init__("scenes were skipped")
        self.runner = runner
        self.pixels = pixels


def full_mask(pixels: Pixels, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """The mask at its full shape; all False where nothing is hidden."""
    return np.broadcast_to(False if pixels.mask is None else pixels.mask, shape)


__all__ = ["VALUES", "Progress", "Runner", "Silent", "full_mask"]
