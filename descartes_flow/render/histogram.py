"""Histograms of what a view shows: how often each band has which values."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..geo.gridded import Gridded
from ..graph import Node
from .sample import sample
from .stretch import Mask, Values, around, counted

MOST_BINS = 64

LARGEST_WHOLE = 2.0**52
"""Beyond it floats have no halves, between which whole numbers would lie."""

OUTERMOST = (0.5, 99.5)
"""Percentiles of a band between which its ordinary values lie."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many pixels of a band have a value in which bin; bins are equally wide.

    Attributes
    ----------
    low, high : float
        Lower edge of the first bin and upper edge of the last.
    counts : numpy.ndarray
        Pixels in each bin, from low values to high ones. A value on an edge belongs to the bin above; on
        `high` to the last.
    below, above : int
        Pixels that are too far away to be shown.
    """

    low: float
    high: float
    counts: npt.NDArray[np.intp]
    below: int = 0
    above: int = 0

    @property
    def whole(self) -> bool:
        """Whether its bins lie around whole numbers."""
        width = (self.high - self.low) / len(self.counts)
        return width.is_integer() and (self.low + 0.5).is_integer()


@dataclass(frozen=True, slots=True)
class ViewHistogram:
    """Histograms of the bands of an image over a view.

    Attributes
    ----------
    bands : tuple of str
        Empty for an empty image.
    histograms : tuple of Histogram or None
        One per band; None where every pixel is masked, or has no finite value.
    """

    bands: tuple[str, ...]
    histograms: tuple[Histogram | None, ...]

    def __iter__(self) -> Iterator[tuple[str, Histogram | None]]:
        return zip(self.bands, self.histograms, strict=True)

    @property
    def all_masked(self) -> bool:
        """Whether no band has any value here."""
        return not any(self.histograms)


def view_histogram(
    node: Node, context: Gridded, cancelled: Callable[[], bool] | None = None
) -> ViewHistogram:
    """The histogram of each band over the area of a context, from at most 256 x 256 pixels.

    Parameters
    ----------
    node : Node
        A program without parameters that gives an Image.
    context : Gridded
        The view.
    cancelled : callable, optional
        Whether nobody waits for it any more.

    Raises
    ------
    JobComputeError, ReadError
        As compute does. It blocks: call it off the main thread.
    """
    found = sample(node, context, cancelled)
    if found.pixels is None:
        return ViewHistogram((), ())
    return ViewHistogram(found.bands, tuple(histograms(found.pixels.data, found.pixels.mask)))


def histograms(data: Values, mask: Mask | None) -> list[Histogram | None]:
    """The histogram of each band.

    Whole numbers and truth values get bins in whose middle such a number lies, or several of them where
    there are more than 64. Values that lie far outside those of 99 % of the pixels are only counted, so that
    a few of them do not press all others into one bin.

    Parameters
    ----------
    data : numpy.ndarray
        ``(band, y, x)``, numbers or bool.
    mask : numpy.ndarray or None
        Bool, broadcast to `data`, True = hidden; None hides nothing. Each band counts its own pixels.

    Returns
    -------
    list of Histogram or None
        One per band; None where no pixel has a finite value. A band with one value has one bin around it.

    Examples
    --------
    >>> (found,) = histograms(np.array([[[1.0, 2.0, 2.0, 4.0]]]), None)
    >>> found.low, found.high, found.counts.tolist()
    (0.5, 4.5, [1, 2, 0, 1])
    """
    return [_histogram(values) for values in counted(data, mask)]


def _histogram(values: Values) -> Histogram | None:
    if values.size == 0:
        return None
    if values.dtype == np.bool_:
        return Histogram(-0.5, 1.5, np.bincount(values, minlength=2))
    numbers = values.astype(np.float64)
    low, high = _ordinary(numbers)
    if max(abs(low), abs(high)) < LARGEST_WHOLE and (numbers == np.rint(numbers)).all():
        edges = _whole_edges(low, high)
    elif low == high:
        edges = np.array(around(low))
    else:
        edges = np.linspace(low, high, MOST_BINS + 1)
    counts, _ = np.histogram(numbers, edges)
    first, last = float(edges[0]), float(edges[-1])
    return Histogram(
        first, last, counts, below=int((numbers < first).sum()), above=int((numbers > last).sum())
    )


def _ordinary(values: Values) -> tuple[float, float]:
    """Least and greatest value, but none beyond 99 % of the pixels by more than half their spread."""
    least, low, high, greatest = np.percentile(values, [0, *OUTERMOST, 100])
    if low == high:
        return float(least), float(greatest)
    margin = (high - low) / 2
    return float(max(least, low - margin)), float(min(greatest, high + margin))


def _whole_edges(low: float, high: float) -> npt.NDArray[np.float64]:
    """Edges half-way between whole numbers, around all from `low` to `high`."""
    first, last = math.floor(low), math.ceil(high)
    width = -(-(last - first + 1) // MOST_BINS)
    bins = -(-(last - first + 1) // width)
    return first - 0.5 + width * np.arange(bins + 1, dtype=np.float64)
