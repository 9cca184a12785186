"""A collection over time: its days, and the values of its images at one pixel."""

from __future__ import annotations

import collections
import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from ..engine.compute import bind_program, compute_on, default_runner
from ..geo import Grid
from ..steps.raster import Raster
from ..types import ImageCollection
from .probing import Spot

MOST_IMAGES = 500
"""Of one series; the latest are taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The values of all images of a collection at one pixel, by date.

    Attributes
    ----------
    bands : tuple of str
    dates : tuple of (datetime or None)
        In UTC, one per image; None for an image without a date. Those come last.
    ids : tuple of str
        One per image; "" for an image without an id.
    values : numpy.ndarray
        ``(image, band)``, float64; NaN where the pixel is masked.
    units : dict of str to str
        By band, where they are known.
    left_out : int
        Images before the first of these, which were too many to read.
    notes : tuple of str
        Scenes that could not be read, and why.
    """

    bands: tuple[str, ...]
    dates: tuple[datetime.datetime | None, ...]
    ids: tuple[str, ...]
    values: npt.NDArray[np.float64]
    units: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0
    notes: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether every image has a date."""
        return None not in self.dates

    def to_pandas(self) -> Any:
        """The values as a pandas.DataFrame: a column per band, by date; by number where dates are missing.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError(
                "to_pandas() needs pandas; install it with: pip install pandas. "
                "The values are there without it as `values`, `dates` and `bands`"
            ) from error
        columns = {band: self.values[:, place] for place, band in enumerate(self.bands)}
        return pd.DataFrame(columns, index=pd.to_datetime(list(self.dates)) if self.dated else None)

    def code(self) -> str:
        """The values as code that makes the same DataFrame, to twelve digits, for pasting.

        Examples
        --------
        >>> day = datetime.datetime(2018, 6, 5, 17, 49, tzinfo=datetime.UTC)
        >>> print(Series(("red",), (day, day), ("a", "b"), np.array([[0.25], [np.nan]])).code())
        import pandas as pd
        <BLANKLINE>
        nan = float("nan")
        series = pd.DataFrame(
            {
                "red": [0.25, nan],
            },
            index=pd.to_datetime([
                "2018-06-05T17:49:00+00:00",
                "2018-06-05T17:49:00+00:00",
            ]),
        )
        """
        names = [name for name, found in _NOT_FINITE.items() if found(self.values).any()]
        lines = ["import pandas as pd", "", *(f'{name} = float("{name}")' for name in names)]
        columns = [
            f"        {json.dumps(band)}: {[float(f'{value:.12g}') for value in self.values[:, place]]},"
            for place, band in enumerate(self.bands)
        ]
        lines += ["series = pd.DataFrame(", "    {", *columns, "    },"]
        if self.dated:
            dates = [date for date in self.dates if date is not None]
            digits = "microseconds" if any(date.microsecond for date in dates) else "seconds"  # of all alike
            days = [f'        "{date.isoformat(timespec=digits)}",' for date in dates]
            lines += ["    index=pd.to_datetime([", *days, "    ]),"]
        return "\n".join([*lines, ")"])


_NOT_FINITE: Mapping[str, Callable[[Any], Any]] = {"nan": np.isnan, "inf": np.isinf}


def series_at(images: ImageCollection, spot: Spot, cancelled: Callable[[], bool] = lambda: False) -> Series:
    """The values of the images that meet a pixel of the map, computed in one run over this pixel alone.

    Parameters
    ----------
    images : ImageCollection
        Without parameters.
    spot : Spot
    cancelled : callable
        Whether nobody waits for it any more.

    Returns
    -------
    Series
        Without images where no image meets the pixel. Of more than 500 images the latest are taken: the last
        in the order of the collection.

    Raises
    ------
    JobCancelled
        If it was cancelled.
    JobComputeError, ReadError
        As compute does.
    """
    runner = default_runner()
    runner.cancelled, runner.skip_errors = cancelled, True
    left_out = max(0, _bound(images, spot.grid).images - MOST_IMAGES)
    result = compute_on((images.tail(MOST_IMAGES) if left_out else images)._node, spot.grid, runner)
    if result.ndarray is None:
        return Series((), (), (), np.empty((0, 0)))
    dates = [_moment(properties) for properties in result.properties]
    order = sorted(range(len(dates)), key=lambda place: (dates[place] is None, dates[place] or NEVER))
    units = {band: info["unit"] for band, info in result.bandinfo.items() if info.get("unit")}
    return Series(
        bands=tuple(result.bandinfo),
        dates=tuple(dates[place] for place in order),
        ids=tuple(str(result.properties[place].get("id", "")) for place in order),
        values=result.ndarray[order, :, 0, 0].astype(np.float64).filled(np.nan),
        units=units,
        left_out=left_out,
        notes=tuple(map(str, result.issues)),
    )


def days(images: ImageCollection, grid: Grid | None) -> dict[datetime.date, int]:
    """The days of a collection without parameters over a grid, in order, and how many images each has.

    Images without a date are left out. No pixel is computed, unless the collection depends on pixels.
    """
    found = [_moment(properties) for properties in _bound(images, grid).properties.dicts()]
    counts = collections.Counter(date.date() for date in found if date is not None)
    return dict(sorted(counts.items()))


NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)


def _bound(images: ImageCollection, grid: Grid | None) -> Raster:
    raster: Raster = bind_program(images._node, grid, default_runner()).value
    return raster


def _moment(properties: Mapping[str, Any]) -> datetime.datetime | None:
    """The date of an image in UTC; without a time zone it is UTC."""
    date = properties.get("date")
    if not isinstance(date, datetime.datetime):
        return None
    return date.astimezone(datetime.UTC) if date.tzinfo else date.replace(tzinfo=datetime.UTC)
