"""The tool that draws the area of interest of a map, and says how many pixels it has."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any as AnyValue

import ipyleaflet
import ipywidgets
import traitlets

from ... import geo
from ...errors import ContextError
from ...geo.earth import WEB_MERCATOR
from ...types import GeoContext
from ..area import STROKE
from ..map import Map
from ..number_box import NumberBox
from ..view import area_context
from .tool import Tool

UTM = "utm"
CRSS = (("UTM", UTM), ("Web mercator", WEB_MERCATOR))

SHAPES = {"Rectangle": "square-o", "Polygon": "pencil"}
"""What can be drawn, as Geoman calls it, and its icon."""

DRAWING = {"pathOptions": {**STROKE, "fill": True, "fillOpacity": 0.1}, "snappable": False}


class AreaTool(Tool):
    """Draws the area of interest: ``wf.map.aoi``.

    Attributes
    ----------
    shape : str or None
        What is being drawn: ``"Rectangle"``, ``"Polygon"`` or nothing.
    resolution : float or None
        Edge of a pixel, in units of `crs`; None takes that of the map at its present zoom.
    crs : str
        ``"utm"`` or ``"EPSG:3857"``.
    """

    name = "area"
    icon = "pencil-square-o"
    title = "Area of interest"
    takes_clicks = True

    shape = traitlets.Enum(list(SHAPES), default_value=None, allow_none=True)
    resolution = traitlets.Float(None, allow_none=True)
    crs = traitlets.Enum([crs for _, crs in CRSS], default_value=UTM)

    def __init__(self, map: Map) -> None:
        self._pen: ipyleaflet.GeomanDrawControl | None = None
        self._told: AreaCard | None = None
        super().__init__(map)

    def geocontext(self) -> GeoContext:
        """The area with the pixels that the card describes; errors as of `Map.geocontext`."""
        return self.map.geocontext(resolution=self.resolution, crs=self.crs, aoi=True)

    def start(self) -> ipywidgets.Widget:
        """Let the user draw."""
        if self._pen is None:
            self._pen = _pen()
            self._pen.observe(self._take, "data")
        if self._pen not in self.map.controls:
            # Never taken off: the page would keep listening (ipyleaflet issue 1237).
            self.map.add(self._pen)
        if self.map.aoi is None:
            self.shape = next(iter(SHAPES))
        return AreaCard(self)

    def stop(self) -> None:
        """Stop drawing; the area stays."""
        self.shape = None

    def close(self) -> None:
        """End the tool; its control ends with the map."""
        super().close()
        if self._pen is not None:
            self._pen.unobserve(self._take, "data")

    @traitlets.validate("resolution")
    def _above_zero(self, proposal: AnyValue) -> float | None:
        resolution: float | None = proposal.value
        if resolution is not None and not 0 < resolution < float("inf"):
            raise traitlets.TraitError(f"resolution: expected a number above 0, got {resolution!r}")
        return resolution

    @traitlets.observe("shape")
    def _draw(self, change: AnyValue) -> None:
        if self._pen is not None:
            self._pen.current_mode = None if self.shape is None else f"draw:{self.shape}"

    def _take(self, change: AnyValue) -> None:
        """Make what was drawn the area, and the drawing its outline."""
        if change.new:
            try:
                self.map.aoi = change.new[-1]
            except ContextError as error:  # both corners are one
                self.map.layer_log.add("", "WARNING", str(error))
            change.owner.data = []
            self.shape = None


class AreaCard(ipywidgets.VBox):  # type: ignore[misc]
    """What to draw, how large the area is, and in which pixels it would be computed."""

    def __init__(self, tool: AreaTool) -> None:
        self._tool = tool
        buttons = {shape: _shape_button(shape, icon) for shape, icon in SHAPES.items()}
        zoom = ipywidgets.Button(description="Zoom to", icon="search", tooltip="Show the whole area")
        clear = ipywidgets.Button(description="Clear", icon="trash-o", tooltip="Forget the area")
        zoom.on_click(lambda _: tool.map.zoom_to())
        clear.on_click(lambda _: setattr(tool.map, "aoi", None))
        self._needing = (zoom, clear)
        resolution = NumberBox(tool, "resolution", "as shown", "Edge of a pixel; empty: as on the map now")
        crs = ipywidgets.Dropdown(options=CRSS, value=tool.crs, tooltip="Projection of the pixels")
        self._links = [
            traitlets.link((tool, "crs"), (crs, "value")),
            *(
                traitlets.link((tool, "shape"), (button, "value"), transform=_pressed(shape))
                for shape, button in buttons.items()
            ),
        ]
        self._facts = ipywidgets.HTML()
        rows = (
            ipywidgets.HBox([*buttons.values(), zoom, clear]),
            ipywidgets.HBox([ipywidgets.Label("Pixels of"), resolution, ipywidgets.Label("m in"), crs]),
        )
        super().__init__(children=(rows[0], self._facts, rows[1]))
        self.add_class("descartes-flow-area")
        tool.map.observe(self._tell, ["aoi", "zoom"])
        tool.observe(self._tell, ["resolution", "crs", "shape"])
        self._tell()

    def close(self) -> None:
        """Let go of the tool and the map."""
        if self.comm is None:
            return  # closed before
        self._tool.map.unobserve(self._tell, ["aoi", "zoom"])
        self._tool.unobserve(self._tell, ["resolution", "crs", "shape"])
        for link in self._links:
            link.unlink()
        super().close()

    def _tell(self, change: object = None) -> None:
        for button in self._needing:
            button.disabled = self._tool.map.aoi is None
        self._facts.value = facts(self._tool)


def facts(tool: AreaTool) -> str:
    """HTML of the size of the area, in metres and in pixels, and of the code that gives its context."""
    area = tool.map.aoi
    if area is None:
        drawing = {
            None: "Choose what to draw.",
            "Rectangle": "Click on one corner, then on the opposite one.",
            "Polygon": "Click on the corners, at last on the first one again.",
        }
        return f"<p>{drawing[tool.shape]}</p>"
    size = square_metres(geo.shapes.area(geo.shapes.value_of(geo.cutlines.read_geometry(area))))
    try:
        context = area_context(area, tool.map.zoom, tool.resolution, None, tool.crs)
        rows, cols = context.grid().shape
    except ContextError as error:
        return f"<p><b>{size}</b></p><p>{html.escape(str(error))}</p>"
    edge = f"{context.resolution:.4g}"
    told = "" if tool.resolution is None else f"resolution={tool.resolution:g}, "
    return (
        f"<p><b>{size}</b> &ensp; {cols:,} &times; {rows:,} pixels of {edge} m</p>"
        f"<code>wf.map.geocontext({told}crs={tool.crs!r}, aoi=True)</code>"
    )


def square_metres(area: float) -> str:
    """An area in the unit that suits it.

    Examples
    --------
    >>> square_metres(950.0), square_metres(52_300.0), square_metres(12_340_000.0), square_metres(9.6e12)
    ('950 m²', '5.23 ha', '12.3 km²', '9,600,000 km²')
    """
    for least, unit in ((1e6, "km²"), (1e4, "ha")):
        if area >= least:
            number = area / least
            return f"{number:,.0f} {unit}" if number >= 100 else f"{number:.3g} {unit}"
    return f"{area:,.0f} m²"


def _pen() -> ipyleaflet.GeomanDrawControl:
    """What draws, without buttons of its own."""
    nothing: dict[str, AnyValue] = {}
    return ipyleaflet.GeomanDrawControl(
        rectangle=DRAWING,
        polygon=DRAWING,
        **dict.fromkeys(("polyline", "circlemarker", "marker", "circle", "text"), nothing),
        **dict.fromkeys(("edit", "drag", "remove", "cut", "rotate"), False),
        hide_controls=True,
    )


def _shape_button(shape: str, icon: str) -> ipywidgets.ToggleButton:
    return ipywidgets.ToggleButton(False, description=shape, icon=icon, tooltip=f"Draw a {shape.lower()}")


def _pressed(shape: str) -> tuple[Callable[[str | None], bool], Callable[[bool], str | None]]:
    """Whether the button of a shape is pressed, and what pressing it means."""
    return (lambda drawn: drawn == shape), (lambda pressed: shape if pressed else None)
