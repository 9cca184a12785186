"""Scales that suit the values in view."""

from typing import Any

import numpy as np
import numpy.typing as npt

TINY = 1e-6
"""What keeps the ends of a constant band apart, as a share of its value (or of 1, if that is more)."""


def stretch(
    data: npt.NDArray[Any], mask: npt.NDArray[np.bool_] | None, low: float = 2, high: float = 98
) -> list[tuple[float, float] | None]:
    """Percentiles of each band, over pixels that have a finite value.

    Parameters
    ----------
    data : numpy.ndarray
        ``(band, y, x)``, numbers or bool.
    mask : numpy.ndarray or None
        Bool, broadcast to `data`, True = hidden; None hides nothing. Each band counts its own pixels.
    low, high : float
        Percentiles, ``0 <= low < high <= 100``, interpolated linearly between values.

    Returns
    -------
    list of (float, float) or None
        One per band. None where no pixel counts: leave that scale as it is, and say so. A band with one value
        gets a narrow scale around it; a bool band 0 to 1.

    Raises
    ------
    ValueError
        If the percentiles are out of order or out of range.

    Examples
    --------
    >>> reflectance = np.arange(101.0).reshape(1, 1, 101)
    >>> stretch(reflectance, None)
    [(2.0, 98.0)]
    >>> stretch(reflectance, np.array(True))
    [None]
    """
    if not 0 <= low < high <= 100:
        raise ValueError(f"stretch(low=, high=): expected 0 <= low < high <= 100, got {low!r} and {high!r}")
    counted = np.isfinite(data)
    if mask is not None:
        counted &= ~np.broadcast_to(mask, data.shape)
    return [_ends(values[shown], low, high) for values, shown in zip(data, counted, strict=True)]


def _ends(values: npt.NDArray[Any], low: float, high: float) -> tuple[float, float] | None:
    if values.size == 0:
        return None
    if values.dtype == np.bool_:
        return 0.0, 1.0
    darkest, brightest = (float(end) for end in np.percentile(values.astype(np.float64), [low, high]))
    if darkest == brightest:
        margin = TINY * max(abs(darkest), 1.0)
        return darkest - margin, brightest + margin
    return darkest, brightest
