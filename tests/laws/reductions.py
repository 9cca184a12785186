"""What reductions over images, bands and pixels give, in plain numpy."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from tests.laws.oracle import EMPTY, Col, Img, agreeing, pixelwise

REDUCERS: dict[str, Callable[..., Any]] = {
    "min": np.nanmin,
    "max": np.nanmax,
    "mean": np.nanmean,
    "median": np.nanmedian,
    "sum": np.nansum,
    "std": np.nanstd,
}

PERCENTILE = "percentile "
"""What the name of a percentile begins with; the percentage follows."""


def reduced(op: str, data: Any, mask: Any) -> float:
    """The valid values of a stack as one number; NaN where there are none."""
    return float(along(op, data.reshape(-1), mask.reshape(-1))[0])


def along(op: str, data: Any, mask: Any) -> tuple[Any, Any]:
    """Reduction over the first axis: values, and where there are none."""
    valid = (~mask).sum(axis=0)
    if op == "count":
        return valid.astype(float), np.zeros(valid.shape, bool)
    filled = np.where(mask, np.nan, data.astype(float))
    reducer = REDUCERS.get(op) or partial(_percentile, q=float(op.removeprefix(PERCENTILE)), valid=valid)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = np.where(valid > 0, reducer(filled, axis=0), np.nan)
    return values, np.isnan(values)


def _percentile(filled: Any, axis: int, q: float, valid: Any) -> Any:
    """Between the two sorted values around the place; NaN is sorted to the end."""
    ordered = np.sort(filled, axis)
    place = q / 100 * (np.maximum(valid, 1) - 1)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, np.maximum(valid, 1) - 1)
    below, above = (np.take_along_axis(ordered, at[None], axis)[0] for at in (low, high))
    part = place - low
    return np.where((part == 0) | (below == above), below, (1 - part) * below + part * above)


def over_bands(op: str, image: Img) -> Img:
    values, none = along(op, image.data, image.mask)
    return Img(values[None], none[None], {op.split()[0]: agreeing(list(image.info.values()))}, image.props)


def over_images(op: str, col: Col) -> Img:
    if col.empty:
        return EMPTY
    values, none = along(op, *_stacks(col))
    return Img(values, none, col.images[0].info, _shared(col))


def over_images_and_bands(op: str, col: Col) -> Img:
    if col.empty:
        return EMPTY
    values, none = along(op, *(np.concatenate(stack) for stack in _stacks(col)))
    return Img(
        values[None], none[None], {op.split()[0]: agreeing(list(col.images[0].info.values()))}, _shared(col)
    )


def _stacks(col: Col) -> tuple[Any, Any]:
    return np.stack([image.data for image in col.images]), np.stack([image.mask for image in col.images])


def _shared(col: Col) -> dict[str, Any]:
    return agreeing([image.props for image in col.images])


def over_pixels(op: str, image: Img) -> dict[str, float]:
    if image.empty:
        return {}
    return {
        band: reduced(op, *pixels) for band, *pixels in zip(image.bands, image.data, image.mask, strict=True)
    }


def over_images_and_pixels(op: str, col: Col) -> dict[str, float]:
    if col.empty:
        return {}
    data, mask = _stacks(col)
    return {band: reduced(op, data[:, row], mask[:, row]) for row, band in enumerate(col.images[0].bands)}


def over_everything(op: str, obj: Img | Col) -> float:
    if obj.empty:
        return 0.0 if op == "count" else float("nan")
    return reduced(op, *_stacks(obj if isinstance(obj, Col) else Col([obj])))


def mosaic(col: Col, reverse: bool) -> Img:
    if col.empty:
        return EMPTY
    images = col.images[::-1] if reverse else col.images
    data, mask = images[0].data.copy(), images[0].mask.copy()
    for image in images[1:]:
        data, mask = np.where(image.mask, data, image.data), mask & image.mask
    return Img(data, mask, col.images[0].info, _shared(col))


def scaled(image: Img, of: Img, low: float, high: float, start: float | None, stop: float | None) -> Img:
    """scale_values; an end of the domain that is None is the extreme of each band of `of`."""
    first, last = (
        np.array([reduced(op, *band) if end is None else end for band in zip(of.data, of.mask, strict=True)])
        .astype(float)
        .reshape(-1, 1, 1)
        for op, end in (("min", start), ("max", stop))
    )
    made = pixelwise(lambda x: (x - first) / (last - first) * (high - low) + low, image)
    return replace(made, mask=made.mask | (first == last))
