"""`TimeSeries`: the values of a collection over time at the point that was clicked."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import NamedTuple

import traitlets

from ... import catalog
from ...errors import DescartesFlowError, JobCancelled
from ...render.probing import Spot
from ...render.series import Series, series_at
from ...types import ImageCollection
from ..latest import Cancelled
from ..layer import WorkflowsLayer
from ..map import Map
from .pointing import PointTool, described
from .series_card import SeriesCard

HINT = "Click on the map to see how the topmost collection changes there over time."
NO_COLLECTION = (
    "no visible layer shows an ImageCollection; visualize a collection itself, not an image made of it: "
    'images.visualize("name", reduction="median")'
)


class Outcome(NamedTuple):
    """What was found at a spot: values, or why there are none."""

    spot: Spot
    layer: str
    series: Series | None
    error: Exception | None = None


class TimeSeries(PointTool[Outcome]):
    """Click on the map: a chart and a table of the values there, over time.

    The values are those of each image of the topmost visible layer that shows a collection, before its images
    are reduced, at the pixel of the map at its present zoom.

    Parameters
    ----------
    map : Map

    Attributes
    ----------
    value : Series or None
        What was found last: ``value.dates``, ``value.bands``, ``value.values``, ``value.to_pandas()``.
    point : (float, float) or None
        Longitude and latitude of the last click, degrees.
    """

    name = "series"
    icon = "line-chart"
    title = "Values over time"
    value = traitlets.Instance(Series, allow_none=True, read_only=True)

    def __init__(self, map: Map) -> None:
        super().__init__(map)
        self._shown: SeriesCard | None = None
        self._known: tuple[AnyValue, Series] | None = None

    def series(self, lon: float, lat: float) -> Series:
        """The values at a point; blocks until they are there, and needs no browser.

        Parameters
        ----------
        lon, lat : float
            Degrees.

        Returns
        -------
        Series
            Of the images that meet the pixel; masked values are NaN. At most 500 images, the latest.

        Raises
        ------
        ValueError
            If no visible layer shows a collection, one of its parameters is None, or the point lies beyond
            the web-mercator world.
        JobComputeError
            As compute does.

        Examples
        --------
        >>> from descartes_flow import ImageCollection, Map
        >>> map = Map(center=(35.7, -105.9), zoom=10)
        >>> june = ImageCollection.from_id("sentinel-2:L1C", "2018-06-01", "2018-07-01").pick_bands("red")
        >>> layer = june.visualize("june", scales=[0, 0.4], map=map)
        >>> found = TimeSeries(map).series(-105.9, 35.7)
        >>> found.bands, len(found.dates)
        (('red',), 3)
        >>> map.close()
        """
        found = self.probe(lon, lat)
        if found is None or found.series is None:
            raise ValueError(NO_COLLECTION) if found is None or found.error is None else found.error
        return found.series

    def content(self) -> SeriesCard:
        """The card with advice in place of a chart."""
        self._shown = SeriesCard(self.map.page, HINT)
        return self._shown

    def stop(self) -> None:
        """Let go of the map."""
        super().stop()
        self._shown = None  # the card ends it

    def find(self, spot: Spot, cancelled: Cancelled) -> Outcome | None:
        """Compute the values, unless those that are known are of the same images and pixel."""
        layer = self._layer()
        if layer is None:
            return Outcome(spot, "", None, ValueError(f"series(): {NO_COLLECTION}"))
        try:
            return Outcome(spot, layer.name, self._values(layer, spot, cancelled))
        except JobCancelled:
            raise
        except (DescartesFlowError, ValueError) as error:
            return Outcome(spot, layer.name, None, error)

    def take(self, found: Outcome) -> None:
        """Keep and show the values."""
        self.set_trait("value", found.series)
        card = self._shown
        if card is None:
            return
        if found.series is None:
            card.say(str(found.error).removeprefix("series(): "))
        elif not found.series.dates:
            card.say(f"No image of {found.layer!r} meets this point. {described(found.spot)}")
        else:
            card.show(found.layer, described(found.spot), found.series)

    def fail(self, error: ValueError) -> None:
        """Say why there are no values."""
        if self._shown is not None:
            self._shown.say(str(error))

    def _layer(self) -> WorkflowsLayer | None:
        """The topmost visible layer that shows a collection."""
        return next((layer for layer in self.visible_layers() if layer.reducible), None)

    def _values(self, layer: WorkflowsLayer, spot: Spot, cancelled: Cancelled) -> Series:
        images = layer.value
        if not isinstance(images, ImageCollection):
            raise ValueError(f"series(): a parameter of the layer {layer.name!r} has no value")
        wanted = (images._node, spot, catalog.revision())
        known = self._known
        if known is not None and known[0] == wanted:
            return known[1]
        card = self._shown
        if card is not None and not cancelled():
            card.say(f"Reading the images of {layer.name!r} ...")
        series = series_at(images, spot, cancelled)
        self._known = None if series.notes else (wanted, series)  # what could not be read is tried again
        return series
