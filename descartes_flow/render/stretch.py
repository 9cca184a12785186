"""Scales that suit the values in view."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

TINY = 1e-6
"""What keeps the ends of a constant band apart, as a share of its value (or of 1, if that is more)."""

Values = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Percentiles:
    """From one percentile to another, interpolated linearly between values.

    Raises
    ------
    ValueError
        Unless ``0 <= low < high <= 100``.
    """

    low: float = 2
    high: float = 98

    def __post_init__(self) -> None:
        if not 0 <= self.low < self.high <= 100:
            raise ValueError(
                "Percentiles(low=, high=): expected 0 <= low < high <= 100, "
                f"got {self.low!r} and {self.high!r}"
            )

    def ends(self, values: Values) -> tuple[float, float]:
        """The two percentiles of float64 values, of which there is one at least."""
        low, high = np.percentile(values, [self.low, self.high])
        return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Deviations:
    """So many standard deviations below and above the mean, but not beyond the values themselves.

    Raises
    ------
    ValueError
        Unless the number is above 0.
    """

    count: float = 2

    def __post_init__(self) -> None:
        if not self.count > 0:
            raise ValueError(f"Deviations(count=): expected a number above 0, got {self.count!r}")

    def ends(self, values: Values) -> tuple[float, float]:
        """The two ends for float64 values, of which there is one at least."""
        mean, reach = float(values.mean()), self.count * float(values.std())
        return max(mean - reach, float(values.min())), min(mean + reach, float(values.max()))


Rule = Percentiles | Deviations
"""How scales follow from values."""

USUAL = Percentiles()
"""From 2 to 98 %."""


def stretch(data: Values, mask: Mask | None, rule: Rule = USUAL) -> list[tuple[float, float] | None]:
    """Scales of each band, from pixels that have a finite value.

    Parameters
    ----------
    data : numpy.ndarray
        ``(band, y, x)``, numbers or bool.
    mask : numpy.ndarray or None
        Bool, broadcast to `data`, True = hidden; None hides nothing. Each band counts its own pixels.
    rule : Percentiles or Deviations

    Returns
    -------
    list of (float, float) or None
        One per band. None where no pixel counts: leave that scale as it is, and say so. A band with one value
        gets a narrow scale around it; a bool band 0 to 1.

    Examples
    --------
    >>> reflectance = np.arange(101.0).reshape(1, 1, 101)
    >>> stretch(reflectance, None)
    [(2.0, 98.0)]
    >>> stretch(reflectance, np.array(True))
    [None]
    """
    return [_ends(values, rule) for values in counted(data, mask)]


def counted(data: Values, mask: Mask | None) -> list[Values]:
    """Values of each band that a statistic counts, flat: finite, and not hidden.

    Parameters
    ----------
    data : numpy.ndarray
        ``(band, y, x)``.
    mask : numpy.ndarray or None
        Bool, broadcast to `data`, True = hidden.
    """
    shown = np.isfinite(data)
    if mask is not None:
        shown &= ~np.broadcast_to(mask, data.shape)
    return [values[where] for values, where in zip(data, shown, strict=True)]


def _ends(values: Values, rule: Rule) -> tuple[float, float] | None:
    if values.size == 0:
        return None
    if values.dtype == np.bool_:
        return 0.0, 1.0
    darkest, brightest = rule.ends(values.astype(np.float64))
    return around(darkest) if darkest == brightest else (darkest, brightest)


def around(value: float) -> tuple[float, float]:
    """A narrow range around the one value that a band has."""
    margin = TINY * max(abs(value), 1.0)
    return value - margin, value + margin
