"""Which images of a collection a layer draws, and how they become one."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any as AnyValue

import traitlets

from ..geo.gridded import Gridded
from ..jobs.work import plain_context
from ..render.reduction import MOSAIC, REDUCTIONS
from ..render.series import days
from ..types import Image, ImageCollection


class DrawnImages(traitlets.HasTraits):
    """Reduction and date of a layer; see `WorkflowsLayer`."""

    name: str
    _view: Callable[[], Gridded]

    reduction = traitlets.Enum(REDUCTIONS, default_value=MOSAIC)
    date = traitlets.Instance(datetime.date, allow_none=True)
    reducible = traitlets.Bool(False, read_only=True)

    @property
    def imagery(self) -> Image | ImageCollection:
        """What was visualized."""
        raise NotImplementedError

    @property
    def value(self) -> Image | ImageCollection | None:
        """The imagery with values for its parameters; None while one is None."""
        raise NotImplementedError

    def dates(self, geoctx: AnyValue = None) -> dict[datetime.date, int]:
        """The days on which the images of the collection were taken, in order, and how many each day has.

        No pixel is computed, unless the collection depends on pixels.

        Parameters
        ----------
        geoctx : GeoContext, AOI, DLTile or XYZTile, optional
            The area that the images meet; by default what the map shows.

        Returns
        -------
        dict of datetime.date to int
            Days in UTC; images without a date are left out. Empty while a parameter is None.

        Raises
        ------
        ValueError
            If the layer has an Image.
        JobComputeError, TypeError
            As compute does.

        Examples
        --------
        >>> from descartes_flow import ImageCollection
        >>> summer = ImageCollection.from_id("sentinel-2:L1C", "2018-06-01", "2018-07-01")
        >>> layer = summer.pick_bands("red").visualize("summer", scales=[0, 0.4])
        >>> for day in layer.dates():
        ...     layer.date = day
        """
        value = self.value
        if isinstance(value, Image):
            raise ValueError(f"dates(): expected a layer of an ImageCollection, {self.name!r} has an Image")
        if value is None:
            return {}
        context = self._view() if geoctx is None else plain_context(geoctx)
        return days(value, None if context is None else context.grid())

    @traitlets.validate("reduction")
    def _reducible_only(self, proposal: AnyValue) -> str:
        reduction: str = proposal.value
        if reduction != MOSAIC and isinstance(self.imagery, Image):
            raise traitlets.TraitError(
                f"reduction={reduction!r}: expected a collection, the layer has an Image"
            )
        return reduction

    @traitlets.validate("date")
    def _day_of_a_collection(self, proposal: AnyValue) -> datetime.date | None:
        day: datetime.date | None = proposal.value
        if day is not None and isinstance(self.imagery, Image):
            raise traitlets.TraitError(
                f"date={day}: expected a collection, the layer has an Image; visualize the ImageCollection "
                "that it is made of, with a reduction"
            )
        if isinstance(day, datetime.datetime):
            return day.astimezone(datetime.UTC).date() if day.tzinfo else day.date()
        return day
