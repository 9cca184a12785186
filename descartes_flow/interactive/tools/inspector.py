"""`PixelInspector`: the values of all layers at the point that was clicked."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any as AnyValue

import ipywidgets
import traitlets

from ...errors import DescartesFlowError
from ...render.probing import FAILED, LOADING, NO_IMAGE, Reading, Spot, read_spot
from ..latest import Cancelled
from ..layer import WorkflowsLayer
from ..map import Map
from .pointing import PointTool, described

HINT = "Click on the map to read the values of its layers."
NO_LAYER = "No computed layer is visible."

Readings = list[tuple[str, Reading]]


class PixelInspector(PointTool["tuple[Spot, Readings]"]):
    """Click on the map: the values of the pixel there, of each visible layer, the topmost first.

    The pixel is that of the tile which the map shows, at its present zoom, so mostly nothing is computed.
    Scales and colours do not matter. In place of a value stand ∅ where the pixel is masked or the image
    empty, ⏱ where it was not ready in time, 💥 for an error, which the tooltip tells, and ❓ where a layer
    has no image, as a parameter is None.

    Parameters
    ----------
    map : Map
        Its trait `inspecting_pixels` and `active` are one.
    position : str
        Corner of the map for the table.
    layout : dict or ipywidgets.Layout, optional
        Of the table.

    Attributes
    ----------
    value : dict
        ``{layer: {band: value or None}}`` of what was read last; None where the pixel is masked, ``{}`` for a
        layer without values. Of layers with one name the topmost counts.
    readings : list of (str, Reading)
        The same with units, dates and reasons.
    point : (float, float) or None
        Longitude and latitude of the last click, degrees.

    Examples
    --------
    >>> from descartes_flow import Image, Map
    >>> map = Map(center=(35.7, -105.9), zoom=10)
    >>> scene = Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> layer = scene.pick_bands("nir").visualize("near infrared", scales=[0, 0.5], map=map)
    >>> list(PixelInspector(map).inspect(-105.9, 35.7)["near infrared"])
    ['nir']
    """

    name = "inspector"
    icon = "crosshairs"
    title = "Pixel values"
    value = traitlets.Dict(read_only=True)

    def __init__(self, map: Map, position: str = "bottomright", layout: AnyValue = None) -> None:
        super().__init__(map)
        self.position = position
        self.readings: Readings = []
        self._layout = layout
        self._table: ipywidgets.HTML | None = None
        self.active = map.inspecting_pixels
        map.observe(self._obey, "inspecting_pixels")
        self.observe(self._tell_map, "active")

    def inspect(self, lon: float, lat: float) -> dict[str, dict[str, float | None]]:
        """The values at a point, as in `value`; blocks until they are there, and needs no browser.

        Parameters
        ----------
        lon, lat : float
            Degrees.

        Raises
        ------
        ValueError
            If the point lies beyond the web-mercator world.

        Examples
        --------
        >>> from descartes_flow import Map
        >>> PixelInspector(Map()).inspect(-105.9, 35.7)
        {}
        """
        self.probe(lon, lat)
        return dict(self.value)

    def close(self) -> None:
        """End the tool for good."""
        self.map.unobserve(self._obey, "inspecting_pixels")
        super().close()

    def content(self) -> ipywidgets.Widget:
        """The table, with advice in place of rows."""
        layout = {} if self._layout is None else {"layout": self._layout}
        self._table = ipywidgets.HTML(f"<p>{HINT}</p>", **layout)
        self._table.add_class("descartes-flow-probe")
        return self._table

    def stop(self) -> None:
        """Let go of the map."""
        super().stop()
        self._table = None  # the card ends it

    def find(self, spot: Spot, cancelled: Cancelled) -> tuple[Spot, Readings] | None:
        """Read one layer after the other; those that are read are shown while others are on their way."""
        layers = self.visible_layers()
        readings = [(layer.name, Reading(sign=LOADING)) for layer in layers]
        for number, layer in enumerate(layers):
            self._show(spot, readings, cancelled)
            readings[number] = (layer.name, _read(layer, spot, cancelled))
        return None if cancelled() else (spot, readings)

    def take(self, found: tuple[Spot, Readings]) -> None:
        """Keep and show the values."""
        spot, self.readings = found
        self.set_trait("value", {name: reading.values for name, reading in reversed(self.readings)})
        self._show(spot, self.readings, lambda: False)

    def fail(self, error: ValueError) -> None:
        """Say why there are no values."""
        self._write(f"<p>{html.escape(str(error))}</p>")

    def _obey(self, change: object) -> None:
        self.active = self.map.inspecting_pixels

    def _tell_map(self, change: object) -> None:
        self.map.inspecting_pixels = self.active

    def _show(self, spot: Spot, readings: Readings, cancelled: Cancelled) -> None:
        if not cancelled():
            self._write(table(spot, readings))

    def _write(self, text: str) -> None:
        widget = self._table
        if widget is not None:
            widget.value = text


def _read(layer: WorkflowsLayer, spot: Spot, cancelled: Cancelled) -> Reading:
    try:
        image = layer.image_value
    except (DescartesFlowError, ValueError) as error:  # a widget holds what its parameter refuses
        return Reading(sign=FAILED, note=str(error))
    if image is None:
        return Reading(sign=NO_IMAGE, note="a parameter has no value")
    return read_spot(image._node, spot, cancelled)


def table(spot: Spot, readings: Readings) -> str:
    """The readings as HTML: a row per band, and below them where the pixel is."""
    rows = "".join(row for name, reading in readings for row in _rows(name, reading))
    body = f"<table>{rows}</table>" if rows else f"<p>{NO_LAYER}</p>"
    return f"{body}<p>{described(spot)}</p>"


def _rows(name: str, reading: Reading) -> Iterator[str]:
    cells = reading.cells()
    day = f"<br><small>{reading.date}</small>" if reading.date else ""
    heading = f'<th rowspan="{len(cells)}">{html.escape(name)}{day}</th>'
    tooltip = f' title="{html.escape(reading.note)}"' if reading.note else ""
    for band, value, unit in cells:
        said = f"{html.escape(value)} <small>{html.escape(unit)}</small>" if unit else html.escape(value)
        yield f"<tr>{heading}<td>{html.escape(band)}</td><td{tooltip}>{said}</td></tr>"
        heading = ""
