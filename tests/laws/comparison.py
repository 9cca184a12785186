"""How a computed result differs from what the oracle says."""

from __future__ import annotations

from typing import Any

import numpy as np

from descartes_flow.result_types import ImageCollectionResult, ImageResult
from tests.laws.oracle import Col, Img

TOLERANCE = 1e-9


def difference(found: Any, wanted: Any) -> str:
    """In words; "" where both are the same."""
    if isinstance(wanted, Img):
        return _kind(found, ImageResult) or _imagery(found, wanted, [wanted], wanted.props)
    if isinstance(wanted, Col):
        properties = [image.props for image in wanted.images]
        return _kind(found, ImageCollectionResult) or _imagery(found, wanted, wanted.images, properties)
    return _plain(found, wanted)


def _kind(found: Any, wanted: type) -> str:
    return "" if type(found) is wanted else f"a {type(found).__name__}, not a {wanted.__name__}"


def _imagery(found: Any, wanted: Img | Col, images: list[Img], properties: Any) -> str:
    if wanted.empty:
        held = (found.ndarray, found.properties, dict(found.bandinfo))
        return "" if held == (None, {} if isinstance(wanted, Img) else [], {}) else f"not empty: {found!r}"
    if found.ndarray is None:
        return "empty"
    if list(found.bandinfo) != images[0].bands:
        return f"bands {list(found.bandinfo)}, not {images[0].bands}"
    several = isinstance(wanted, Col)
    data, mask = (
        np.stack([getattr(image, part) for image in images]) if several else getattr(wanted, part)
        for part in ("data", "mask")
    )
    return (
        pixel_difference(found.ndarray, np.ma.array(data, mask=mask))
        or _plain(dict(found.bandinfo), images[0].info)
        or _plain(found.properties, properties)
    )


def pixel_difference(found: Any, wanted: Any, tolerance: float = TOLERANCE) -> str:
    """How two masked arrays differ."""
    if found.shape != wanted.shape:
        return f"shape {found.shape}, not {wanted.shape}"
    if found.dtype not in (bool, float) or (wanted.dtype == bool and found.dtype != bool):
        return f"{found.dtype}, not {wanted.dtype}"
    hidden = np.ma.getmaskarray(wanted)
    wrong = np.ma.getmaskarray(found) != hidden
    if not wrong.any():
        values, right = np.where(hidden, 0, found.data), np.where(hidden, 0, wanted.data)
        wrong = ~np.isclose(values.astype(float), right.astype(float), tolerance, tolerance, equal_nan=True)
    if not wrong.any():
        return ""
    at = tuple(int(place) for place in np.argwhere(wrong)[0])
    return f"{found[at]!r}, not {wanted[at]!r} at {at}, and so in {wrong.sum()} of {wrong.size} pixels"


def _plain(found: Any, wanted: Any) -> str:
    if wanted is np.ma.masked:
        same, pairs = found is wanted, []
    elif isinstance(wanted, dict):
        same = isinstance(found, dict) and len(found) == len(wanted)
        pairs = list(zip(_by_key(found), _by_key(wanted), strict=True)) if same else []
    elif isinstance(wanted, (list, tuple)):
        same = type(found) is type(wanted) and len(found) == len(wanted)
        pairs = list(zip(found, wanted, strict=True)) if same else []
    elif isinstance(wanted, (float, np.number)) and not isinstance(wanted, bool):
        same, pairs = type(found) in (int, float) and _close(found, float(wanted)), []
    else:
        same, pairs = type(found) is type(wanted) and found == wanted, []
    if not same:
        return f"{found!r}, not {wanted!r}"
    return next((text for pair in pairs if (text := _plain(*pair))), "")


def _by_key(fields: dict[Any, Any]) -> list[tuple[Any, Any]]:
    """Keys and values in the order of the keys, of which numbers need be no more than close."""
    return sorted(fields.items(), key=lambda field: field[0])


def _close(found: float, wanted: float) -> bool:
    return bool(np.isclose(found, wanted, TOLERANCE, TOLERANCE, equal_nan=True))
