"""`Raster`: an Image or ImageCollection while a program is bound, before any pixel is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np

from .._spelling import did_you_mean
from ..errors import JobInvalid, JobInvalidTyping
from .arena import Arena
from .batch import Axis, rows_of
from .metadata import NOTHING, Info, Joined, Lazy, Properties, common_fields
from .select import ConcatBands, ConcatImages, TakeBands, TakeImages, as_rows

NO_BANDINFO = Lazy(dict)


@dataclass(slots=True, eq=False)  # not frozen: that makes the many that binding makes thrice as slow
class Raster:
    """Metadata of imagery and the step that makes its pixels; never changed, `replace` makes another one.

    Attributes
    ----------
    arena : Arena
    step : int
        Number of the step; -1 for empty imagery.
    images : int
        Images of the stack.
    bands : tuple of str
    properties : Properties
        One dict per image of the stack.
    bandinfo : Info
    collection : bool
        Whether the user holds an ImageCollection.
    axis : Axis or None
        Set inside a lambda that is evaluated for all images at once: this is then one image, or one
        collection, per image of the axis.
    segments : numpy.ndarray or None
        For a collection with an axis: how many consecutive images of the stack each one has.
    aliases : mapping
        Other names of bands, such as ``red`` for ``B04``.
    """

    arena: Arena
    step: int
    images: int
    bands: tuple[str, ...]
    properties: Properties
    bandinfo: Info
    collection: bool
    axis: Axis | None = None
    segments: np.ndarray[Any, Any] | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def empty(cls, arena: Arena, collection: bool, axis: Axis | None = None) -> Raster:
        """Imagery without images, bands and metadata."""
        segments = np.zeros(axis.length, np.int32) if collection and axis is not None else None
        return cls(arena, -1, 0, (), NOTHING, NO_BANDINFO, collection, axis, segments)

    @property
    def is_empty(self) -> bool:
        """Whether there is no image or no band."""
        return self.step < 0

    @property
    def lengths(self) -> np.ndarray[Any, Any]:
        """The segments, for a collection with an axis."""
        assert self.segments is not None, "a batched collection has segments"
        return self.segments

    def emptied(self, collection: bool | None = None) -> Raster:
        """The empty imagery that an operation on this gives."""
        return Raster.empty(self.arena, self.collection if collection is None else collection, self.axis)

    def with_step(self, step: Any, origin: str = "", **changes: Any) -> Raster:
        """The same imagery with other pixels, and other metadata where `changes` says so."""
        number = self.arena.add(step, origin)
        return replace(self, step=number, images=step.images, **changes)

    def band_indices(self, names: Sequence[str]) -> list[int]:
        """Positions of bands by name or alias; JobInvalid naming what is missing."""
        if not all(isinstance(name, str) for name in names):
            raise JobInvalidTyping(f"expected names of bands, got {', '.join(map(repr, names))}")
        known = {name: i for i, name in enumerate(self.bands)}
        for alias, name in self.aliases.items():
            if name in known:
                known.setdefault(alias, known[name])
        missing = [name for name in names if name not in known]
        if missing:
            raise JobInvalid(
                f"no band {', '.join(map(repr, missing))}; the bands are "
                f"{', '.join(map(repr, self.bands))}{did_you_mean(missing[0], known)}"
            )
        return [known[name] for name in names]

    def take_bands(self, indices: Iterable[int], names: Sequence[str] | None = None) -> Raster:
        """Some bands in a given order, called `names`."""
        rows = list(indices)
        old = [self.bands[row] for row in rows]
        called = tuple(old if names is None else names)
        if not rows:
            return self.emptied()
        step = TakeBands(self.step, self.images, rows, len(self.bands))
        aliases = _carried(self.aliases, old, called)

        def bandinfo() -> dict[str, dict[str, Any]]:
            info = self.bandinfo.get()
            return {new: info.get(name, {}) for new, name in zip(called, old, strict=True)}

        made = Lazy(bandinfo, self.bandinfo)
        if step.changes_nothing:
            return replace(self, bands=called, bandinfo=made, aliases=aliases)
        return self.with_step(step, bands=called, bandinfo=made, aliases=aliases)

    def take_images(self, rows: Any, **changes: Any) -> Raster:
        """Some images of the stack in a given order; with none of them the imagery is empty."""
        chosen = as_rows(rows)
        if not len(chosen):
            empty = self.emptied(changes.get("collection", self.collection))
            return replace(empty, **changes)
        step = TakeImages(self.step, chosen, self.images, len(self.bands))
        if step.changes_nothing:
            return replace(self, **changes)
        return self.with_step(step, properties=self.properties.take(chosen), **changes)

    def on(self, axis: Axis | None) -> Raster:
        """The same imagery repeated for each image of a finer axis; what has no axis stays as it is."""
        if self.axis is axis or self.axis is None or axis is None:
            return self
        rows = rows_of(self.axis, axis)
        if not self.collection:
            return self.take_images(rows, axis=axis)
        lengths = self.lengths
        starts = np.cumsum(lengths) - lengths
        pieces = [np.arange(starts[row], starts[row] + lengths[row]) for row in rows]
        flat = np.concatenate(pieces) if pieces else as_rows([])
        return self.take_images(flat, axis=axis, segments=lengths[rows])

    def each(self, axis: Axis) -> list[Raster]:
        """The image, or collection, of each image of an axis."""
        spread = self.on(axis)
        return [spread.item(row) for row in range(axis.length)]

    def by_image(self) -> tuple[Axis, Raster]:
        """The axis of a lambda over the images of a collection, and what stands for each image in it."""
        if not self.collection:
            raise JobInvalidTyping("an Image has no images; expected an ImageCollection")
        rows = None
        if self.axis is not None:
            rows = np.repeat(np.arange(self.axis.length, dtype=np.int32), self.lengths)
        axis = Axis(self.images, self.axis, rows)
        return axis, replace(self, collection=False, axis=axis, segments=None)

    def select(self, chosen: Callable[[int], Any]) -> Raster:
        """Images at some positions of the collection, or of each collection of a batched one.

        Parameters
        ----------
        chosen : callable
            ``(number of images) -> positions``, in the wanted order.
        """
        if self.axis is None:
            return self.take_images(chosen(self.images))
        starts = np.cumsum(self.lengths) - self.lengths
        pieces = [
            start + as_rows(chosen(int(length))) for start, length in zip(starts, self.lengths, strict=True)
        ]
        segments = as_rows([len(piece) for piece in pieces])
        return self.take_images(np.concatenate(pieces) if pieces else [], segments=segments)

    @property
    def some_empty(self) -> bool:
        """Whether this stands for several collections, some of them empty: they lack bands and metadata."""
        return self.segments is not None and not self.segments.all()

    def item(self, row: int) -> Raster:
        """The image, or collection, of one image of the axis."""
        if self.is_empty:
            return replace(self, axis=None, segments=None)
        if not self.collection:
            return self.take_images([row], axis=None)
        start = int(self.lengths[:row].sum())
        return self.take_images(np.arange(start, start + int(self.lengths[row])), axis=None, segments=None)


def require_imagery(parts: Sequence[Any]) -> None:
    """JobInvalidTyping for a value that is no imagery: a function of a graft may give anything."""
    for part in parts:
        if not isinstance(part, Raster):
            raise JobInvalidTyping(f"expected imagery, got a value of type {type(part).__name__}")


def concat_images(arena: Arena, parts: Sequence[Raster]) -> Raster:
    """Images of all parts in one collection; empties are dropped, bands are put in the order of the first.

    Raises
    ------
    JobInvalid
        If the parts have different bands.
    JobInvalidTyping
        If one is no imagery.
    """
    require_imagery(parts)
    full = [part for part in parts if not part.is_empty]
    if not full:
        return Raster.empty(arena, collection=True)
    first = full[0]
    for part in full[1:]:
        if sorted(part.bands) != sorted(first.bands):
            raise JobInvalid(
                "images of one collection need the same bands: "
                f"{', '.join(first.bands)} and {', '.join(part.bands)}"
            )
    aligned = [
        part if part.bands == first.bands else part.take_bands(part.band_indices(first.bands))
        for part in full
    ]
    properties = Joined([part.properties for part in aligned])
    infos = [part.bandinfo for part in aligned]
    bandinfo = Lazy(lambda: shared_bandinfo([info.get() for info in infos]), *infos)
    if len(aligned) == 1:
        return replace(first, collection=True, axis=None, segments=None)
    step = ConcatImages(
        tuple(part.step for part in aligned), tuple(part.images for part in aligned), len(first.bands)
    )
    aliases = {
        alias: name
        for alias, name in first.aliases.items()
        if all(part.aliases.get(alias) == name for part in aligned)
    }
    number = arena.add(step)
    return Raster(arena, number, step.images, first.bands, properties, bandinfo, True, aliases=aliases)


def concat_bands(first: Raster, parts: Sequence[Raster], names: Sequence[str], **changes: Any) -> Raster:
    """Bands of `parts` one after the other, called `names`; their stacks have as many images, or one."""
    images = max(part.images for part in parts)
    step = ConcatBands(
        tuple(part.step for part in parts),
        tuple(len(part.bands) for part in parts),
        tuple(part.images for part in parts),
        images,
    )

    def bandinfo() -> dict[str, dict[str, Any]]:
        infos = [part.bandinfo.get().get(name, {}) for part in parts for name in part.bands]
        return dict(zip(names, infos, strict=True))

    new = iter(names)
    carried = [_carried(part.aliases, part.bands, list(islice(new, len(part.bands)))) for part in parts]
    aliases = {alias: name for found in reversed(carried) for alias, name in found.items()}
    made = Lazy(bandinfo, *(part.bandinfo for part in parts))
    return first.with_step(step, bands=tuple(names), bandinfo=made, aliases=aliases, **changes)


def _carried(aliases: Mapping[str, str], old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """Aliases of bands that are called otherwise now; of a band taken twice they mean the first."""
    renamed = dict(zip(reversed(old), reversed(new), strict=True))
    return {alias: renamed[name] for alias, name in aliases.items() if name in renamed}


def shared_bandinfo(infos: Sequence[dict[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Per band the fields that all have with equal values; bands of the first."""
    return {band: common_fields([info.get(band, {}) for info in infos]) for band in infos[0]}
