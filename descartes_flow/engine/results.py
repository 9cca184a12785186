"""What `compute` hands out: plain holders of arrays and metadata. Here masked arrays of numpy are made."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..geo.pixels import Pixels

SHOWN_KEYS = 4


class _Result:
    """Base of ImageResult and ImageCollectionResult."""

    noun = ""

    def __init__(
        self,
        ndarray: np.ma.MaskedArray[Any, Any] | None,
        properties: Any,
        bandinfo: Mapping[str, dict[str, Any]],
        geocontext: dict[str, Any] | None,
    ) -> None:
        self.ndarray = ndarray
        self.properties = properties
        self.bandinfo: OrderedDict[str, dict[str, Any]] = OrderedDict(bandinfo)
        self.geocontext = geocontext
        self.issues: list[Any] = []

    def __len__(self) -> int:
        return 0 if self.ndarray is None else len(self.ndarray)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        assert isinstance(other, _Result), "same type"
        same_metadata = (self.properties, self.bandinfo, self.geocontext) == (
            other.properties,
            other.bandinfo,
            other.geocontext,
        )
        return same_metadata and _same_pixels(self.ndarray, other.ndarray)

    __hash__ = None  # type: ignore[assignment]

    def _said_properties(self) -> str:
        raise NotImplementedError

    def _headline(self) -> str:
        return f"{type(self).__name__}:"

    def __repr__(self) -> str:
        array = f"None (Empty {self.noun})"
        if self.ndarray is not None:
            array = f"MaskedArray<shape={self.ndarray.shape}, dtype={self.ndarray.dtype}>"
        return "\n".join(
            (
                self._headline(),
                f"  * ndarray: {array}",
                f"  * properties: {self._said_properties()}",
                f"  * bandinfo: {_first_keys(self.bandinfo)}",
                f"  * geocontext: {_first_keys(self.geocontext or {})}",
            )
        )


class ImageResult(_Result):
    """A computed Image.

    Attributes
    ----------
    ndarray : numpy.ma.MaskedArray or None
        Shape ``(band, y, x)``, rows from north to south; None for an empty Image.
    properties : dict
    bandinfo : OrderedDict
        Info by band name, in the order of the array's first axis.
    geocontext : dict
        The grid: geometry, resolution, crs, bounds, ...
    issues : list
        Bands that could not be read, where a run was told to skip them.
    """

    noun = "Image"

    def _said_properties(self) -> str:
        return _first_keys(self.properties)


class ImageCollectionResult(_Result):
    """A computed ImageCollection.

    Attributes
    ----------
    ndarray : numpy.ma.MaskedArray or None
        Shape ``(image, band, y, x)``, rows from north to south; None for an empty ImageCollection.
    properties : list of dict
        One per image.
    bandinfo : OrderedDict
        Info by band name, one for all images.
    geocontext : dict
    issues : list
        Bands that could not be read, where a run was told to skip them.
    """

    noun = "ImageCollection"

    def _said_properties(self) -> str:
        return f"{len(self.properties)} items"

    def _headline(self) -> str:
        return f"ImageCollectionResult of length {len(self)}:"


def _first_keys(mapping: Mapping[str, Any]) -> str:
    shown = ", ".join(map(repr, list(mapping)[:SHOWN_KEYS]))
    return f"{shown}, ..." if len(mapping) > SHOWN_KEYS else shown


def _same_pixels(first: Any, second: Any) -> bool:
    if first is None or second is None:
        return first is second
    if first.shape != second.shape or not np.array_equal(
        np.ma.getmaskarray(first), np.ma.getmaskarray(second)
    ):
        return False
    return bool(np.array_equal(first.compressed(), second.compressed(), equal_nan=first.dtype.kind == "f"))


def scalar(pixels: Pixels, row: int) -> Any:
    """The number of one image of a step that makes scalars; `numpy.ma.masked` where it has none."""
    if pixels.mask is not None and np.broadcast_to(pixels.mask, pixels.data.shape)[row, 0, 0, 0]:
        return np.ma.masked
    return pixels.data[row, 0, 0, 0].item()


def split_masked(array: Any) -> tuple[Any, Any, Any] | None:
    """Data, mask and fill value of a masked array, each a plain array; None for another array."""
    if not isinstance(array, np.ma.MaskedArray):
        return None
    if array is np.ma.masked:  # it has no fill value of its own
        array = np.ma.MaskedArray(0.0, mask=True)
    return array.data, np.asarray(array.mask), np.asarray(array.fill_value)


def join_masked(data: Any, mask: Any, fill_value: Any) -> np.ma.MaskedArray[Any, Any]:
    """The masked array that `split_masked` took apart; without dimensions and hidden: `numpy.ma.masked`."""
    if data.ndim == 0 and mask:
        return np.ma.masked
    return np.ma.MaskedArray(data, mask=mask if mask.shape else np.ma.nomask, fill_value=fill_value[()])
