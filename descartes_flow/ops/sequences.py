"""Lists made of numbers or of other sequences: `range` and `zip`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any as AnyValue

from ..errors import JobInvalid, ProxyTypeError
from ..steps.batch import CannotBatch, Column
from ..steps.raster import Raster
from ..types import Image, Int, List, NoneType, Proxytype, Str, Tuple
from ..types.proxytype import describe
from .registry import operation
from .sizes import LARGEST

PARTS: dict[type, Callable[..., Sequence[AnyValue]]] = {}
"""By class of a bound value that is no list: ``(bind, value) -> its items``."""


@operation("range", method="range")
def range_(start: Int | None = None, stop: Int | None = None, step: Int | None = None) -> List[Int]:
    """Whole numbers from `start` up to, but without, `stop`, as Python's ``range``.

    Parameters
    ----------
    start : int, optional
        The first number; left out: 0. A single argument is the `stop`.
    stop : int
        The end, which is not part of the list.
    step : int, optional
        From one number to the next; left out: 1. Negative: downwards.

    Returns
    -------
    List[Int]

    Raises
    ------
    TypeError
        If there is no `stop`.
    ValueError
        If `step` is 0.
    JobInvalid
        When computed, if there are more than a million numbers.

    Examples
    --------
    >>> range_(3).compute(), range_(5, 0, -2).compute(), range_(stop=2).compute()
    ([0, 1, 2], [5, 3, 1], [0, 1])
    """
    given: list[AnyValue] = [start, stop, step]
    if isinstance(stop, NoneType):
        given[:2] = Int(0), start
    if isinstance(given[1], NoneType):
        raise TypeError("Must pass the stop value to range")
    whole = [
        Int(default) if isinstance(value, NoneType) else value
        for value, default in zip(given, (0, 0, 1), strict=True)
    ]
    if whole[2].literal_value == 0:
        raise ValueError("range(step=): expected another number than 0")
    return _range_of.build(None, whole)  # type: ignore[return-value]


@operation("range", public=False)
def _range_of(start: Int, stop: Int, step: Int) -> List[Int]:
    """The numbers of three known parts."""
    ...


@range_.value
def _range(start: int | None, stop: int, step: int | None = None) -> list[int]:
    numbers = range(start or 0, stop, 1 if step is None else step)
    if len(numbers) > LARGEST:
        raise JobInvalid(f"range: {len(numbers):,} numbers are more than {LARGEST:,}")
    return list(numbers)


@operation("zip", method="zip", returns=lambda given: List.of(Tuple.of(*map(_item_type, given))))
def zip_(*sequences: object) -> List:
    """Tuples of the first items of all sequences, of the second ones, and so on, to the end of the shortest.

    Parameters
    ----------
    *sequences : List, ImageCollection, Image, Str or another collection
        Proxies. A collection gives its images, an Image its bands, each as an Image of one band, a Str its
        characters.

    Returns
    -------
    List[Tuple]

    Raises
    ------
    ProxyTypeError
        If one is none of these; a Python list has to be made a List first.

    Examples
    --------
    >>> from descartes_flow import Int, List, Str
    >>> zip_(List[Int]([1, 2, 3]), Str("ab")).compute()
    [(1, 'a'), (2, 'b')]
    """
    for position, sequence in enumerate(sequences, start=1):
        if _item_type(sequence) is None:
            raise ProxyTypeError(
                f"zip(): expected a List, ImageCollection, Image or Str proxy, got {describe(sequence)} as "
                f"sequence {position}; a Python list becomes one by wf.List[...]"
            )
    return None  # type: ignore[return-value]


def _item_type(sequence: AnyValue) -> type[Proxytype] | None:
    """Type of the items of what can be zipped."""
    if isinstance(sequence, (Image, Str)):
        return Image if isinstance(sequence, Image) else Str
    of_items = getattr(type(sequence), "element_type", None) if isinstance(sequence, Proxytype) else None
    return None if of_items is None else of_items()


@zip_.rule
def _zip(bind: AnyValue, *sequences: AnyValue) -> AnyValue:
    parts = tuple(_parts(bind, sequence) for sequence in sequences)
    if any(isinstance(part, Column) for part in parts):
        return bind.elementwise(_tuples, parts)
    return _tuples(*parts)


def _tuples(*parts: Sequence[AnyValue]) -> list[tuple[AnyValue, ...]]:
    return list(zip(*parts, strict=False))


def _parts(bind: AnyValue, sequence: AnyValue) -> AnyValue:
    """The items of a bound sequence; a Column for one that differs by image."""
    if type(sequence) in PARTS:
        return PARTS[type(sequence)](bind, sequence)
    if not isinstance(sequence, Raster):
        return sequence if isinstance(sequence, Column) else bind.items(sequence)
    if not sequence.collection:
        return [sequence.take_bands([i]) for i in range(len(sequence.bands))]
    if sequence.axis is not None:
        raise CannotBatch(sequence.axis, "the images of a collection for every image")
    return [sequence.take_images([i], collection=False) for i in range(sequence.images)]
