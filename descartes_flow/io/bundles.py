"""`Bundle`: bands whose pixels lie at the same places and are alike, so that much is found once for all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from descartes_flow.io.decoding import Level
from descartes_flow.io.native import lies_like
from descartes_flow.io.source import BandSource
from descartes_flow.io.windows import stored_nodata

HELD_AS = {
    **dict.fromkeys(("uint8", "uint16"), "uint16"),
    **dict.fromkeys(("int8", "int16", "float32"), "float32"),
    **dict.fromkeys(("int32", "uint32", "float64"), "float64"),
}
"""Types of files, and those that hold their numbers exactly here."""


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Bands that can be read together; made by `Bundle.of`."""

    sources: tuple[BandSource, ...]
    dtype: str
    """A type that holds the numbers of all: uint16, float32 or float64."""

    nodata: Any
    """What pixels without a value hold, apart from NaN; None if there is no such number."""

    has_infinity: bool
    """Whether a file may hold infinite numbers."""

    scales: npt.NDArray[np.float64]
    offsets: npt.NDArray[np.float64]
    _levels: dict[int | None, tuple[Level, ...] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: Sequence[BandSource]) -> "Bundle | None":
        """A bundle; None if bands do not lie alike, hold other kinds of numbers, or masks of their own."""
        first = sources[0]
        if not all(_is_like(source, first) for source in sources):
            return None
        scales, offsets = (
            np.array([getattr(s, name) for s in sources], float) for name in ("scale", "offset")
        )
        real = any(source.dtype.startswith("f") for source in sources)
        return cls(tuple(sources), HELD_AS[first.dtype], stored_nodata(first), real, scales, offsets)

    def levels(self, number: int | None) -> tuple[Level, ...] | None:
        """One level of each band; None if the blocks of one are others than the first's.

        Raises
        ------
        ReadError
            As `Level.of`.
        """
        if number not in self._levels:
            levels = tuple(Level.of(source, number) for source in self.sources)
            alike = all(level.layout == levels[0].layout for level in levels)
            self._levels[number] = levels if alike else None
        return self._levels[number]


def _is_like(source: BandSource, first: BandSource) -> bool:
    return (
        HELD_AS.get(source.dtype) is not None
        and HELD_AS.get(source.dtype) == HELD_AS.get(first.dtype)
        and str(source.nodata) == str(first.nodata)  # NaN is like NaN
        and source.categorical == first.categorical
        and source.alpha is None
        and not source.internal_mask
        and (source.dtype == first.dtype or source.nodata is None)
        and lies_like(source, first)
    )
