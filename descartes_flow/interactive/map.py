"""`Map`: an ipyleaflet map that knows its area as a GeoContext and has room for computed layers."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

import ipyleaflet
import ipywidgets
import traitlets

from .. import geo
from ..geo import AOI, Bounds, Tile
from ..types import GeoContext
from .area import Area
from .arranging import ARRANGING
from .background import Background
from .closing import close_parts
from .export.picture import with_picture
from .export.portable_map import PortableMap
from .layer import WorkflowsLayer
from .layer_stack import LayerStack
from .log import Log
from .page import Page
from .panel.log_panel import LogPanel
from .swipe import Swipe
from .view import ASSUMED_SIZE, View, area_context, assumed_view, framing, shown_tiles

SANTA_FE = (35.6870, -105.9378)
"""Latitude and longitude of the middle of a new map."""


def _on_page(layers: AnyValue, map: Map) -> AnyValue:
    """`layers` as the page gets them."""
    written = ipywidgets.widget_serialization["to_json"]
    return written(map.page_layers(), map)


class Map(Area, Background, Swipe, LayerStack, PortableMap, ipyleaflet.Map):  # type: ignore[misc]
    """A map with a plain background; ``wf.map`` holds the one that `visualize` uses.

    Takes all arguments of `ipyleaflet.Map`; layers are listed from the lowest to the topmost.

    Attributes
    ----------
    center : (float, float)
        Latitude and longitude, degrees.
    zoom : float
    logs : LogPanel
        What the layers have to say.
    page : Page
        What the browser can do for the map: ``map.page.copy(text)``.
    inspecting_pixels : bool
        Whether a click tells the values of the layers; of a map in a MapApp, or one with a `PixelInspector`.
    aoi : dict or None
        The area of interest, a GeoJSON Polygon or MultiPolygon in longitudes and latitudes; the map shows its
        outline. Takes such geometries, features, and what has ``__geo_interface__``; ValueError for others.
    basemap : str, ipyleaflet.TileLayer or None
        What lies under the layers: ``"offline"`` (no network is needed), ``"OpenStreetMap"`` (``"osm"``),
        ``"OpenTopoMap"``, ``"CartoDB light"``, ``"CartoDB dark"``, ``"Esri imagery"``, a layer, one of
        ``ipyleaflet.basemaps``, or None. ``"auto"``: that of a MapApp is offline once it is displayed.
    swiped : (layer, layer) or None
        The two layers that `swipe` compares; read-only.

    Examples
    --------
    >>> map = Map(center=(44.2, 16.2), zoom=9)
    >>> map.layout.height = "600px"
    >>> map.geocontext(resolution=100, crs="utm").compute()["crs"]
    'EPSG:32633'
    """

    # What the page shows may differ from `layers`; see `page_layers`.
    layers: AnyValue = traitlets.Tuple().tag(
        trait=traitlets.Instance(ipyleaflet.Layer),
        sync=True,
        to_json=_on_page,
        from_json=ipywidgets.widget_serialization["from_json"],
    )

    inspecting_pixels = traitlets.Bool(False)

    # Tiles that still fade in are passed over when a layer gets a new address.
    fade_animation = traitlets.Bool(False).tag(sync=True, o=True)

    def __init__(self, **options: AnyValue) -> None:
        defaults = {"center": SANTA_FE, "zoom": 8, "min_zoom": 5, "scroll_wheel_zoom": True, "layers": ()}
        self.layer_log = Log()
        self._logs = LogPanel(self.layer_log)
        self._marks: list[ipyleaflet.Layer] = []
        super().__init__(**(defaults | options))
        self.page = Page(self, self.layer_log)
        self.observe(self._tell_layers, ["layers", "bounds"])
        self.add(ipyleaflet.FullScreenControl())
        self.add(ipyleaflet.ScaleControl(position="bottomleft"))

    @property
    def logs(self) -> LogPanel:
        """What the layers have to say, as a widget."""
        return self._logs

    def map_dimensions(self) -> tuple[int, int]:
        """Width and height of the map in pixels; an assumed size before it is displayed."""
        if not self.displayed:
            return ASSUMED_SIZE
        (left, top), (right, bottom) = self.pixel_bounds
        return round(right - left), round(bottom - top)

    @property
    def displayed(self) -> bool:
        """Whether a browser has drawn the map and told what it shows."""
        return bool(self.right > self.left)

    def view(self) -> View:
        """What the map shows; an assumed size before it is displayed."""
        if not self.displayed:
            return assumed_view(self.center, self.zoom)
        return View(Bounds(self.west, self.south, self.east, self.north), *self.map_dimensions())

    def tiles_in_view(self) -> frozenset[Tile] | None:
        """The tiles that a layer needs to cover the map; None before it is displayed."""
        if not self.displayed:
            return None
        bounds = Bounds(self.west, self.south, self.east, self.north)
        return shown_tiles(bounds, Bounds(left=self.left, bottom=self.bottom, right=self.right, top=self.top))

    def geocontext(
        self,
        resolution: float | None = None,
        shape: tuple[int, int] | None = None,
        crs: str = "EPSG:3857",
        aoi: AnyValue = None,
    ) -> GeoContext:
        """What the map shows, or an area on it, to compute it.

        Before the map is displayed nobody knows its size: then 960 x 400 pixels around its centre are
        assumed, and the log says so.

        Parameters
        ----------
        resolution : float, optional
            Edge of a pixel, in units of `crs`.
        shape : (int, int), optional
            ``(rows, cols)`` to fit into; by default the size of the map in pixels, and for an area the
            resolution that the map has there now.
        crs : str
            ``"utm"`` takes the UTM zone of the middle, with the exceptions of Norway and Svalbard; above 84
            degrees north and below 80 south, where UTM ends, the polar stereographic CRS that goes on from
            there (UPS, EPSG:5041 and 5042).
        aoi : True or geometry, optional
            An area instead of the view: True for the map's `aoi`, or what `aoi` may be set to. Pixels cover
            its bounds, and those outside it are masked.

        Raises
        ------
        RuntimeError
            If both resolution and shape are given, or ``aoi=True`` and there is no area.
        ContextError
            If they describe no grid.
        """
        if aoi is not None and aoi is not False:
            area = self._area(aoi, "geocontext(aoi=)")
            return GeoContext.from_geo(area_context(area, self.zoom, resolution, shape, crs))
        if not self.displayed:
            width, height = ASSUMED_SIZE
            self.layer_log.add(
                "", "INFO", f"geocontext(): the map is not displayed yet, assuming {width} x {height} pixels"
            )
        return GeoContext.from_geo(self.view().context(resolution, shape, crs))

    def view_context(self) -> AOI:
        """The area of the map as a plain context."""
        return self.view().context()

    def zoom_to(self, area: AnyValue = True) -> None:
        """Show an area as large as the map has room for it.

        Parameters
        ----------
        area : True or geometry
            True for `aoi`, or what `aoi` may be set to.

        Raises
        ------
        RuntimeError
            If there is no area.
        """
        shown = geo.shapes.joined(geo.cutlines.read_geometry(self._area(area, "zoom_to(area=)")))
        center, zoom = framing(Bounds(*shown.bounds), *self.map_dimensions())
        with self.hold_sync():
            self.center, self.zoom = center, max(zoom, self.min_zoom or 0)

    def page_layers(self) -> tuple[AnyValue, ...]:
        """What the page is to show: the layers of the map without the swiped, outline of `aoi`, marks."""
        swiped = self.swiped or ()
        layers = [layer for layer in self.layers if not any(layer is one for one in swiped)]
        return (*layers, *self.outlines, *self._marks)

    def mark(self, layer: ipyleaflet.Layer) -> None:
        """Show on the page, over all others, what is no layer of the map: a tool's own, which ends it."""
        with ARRANGING:
            self._marks.append(layer)
            self.send_layers()

    def unmark(self, layer: ipyleaflet.Layer) -> None:
        """Take off the page what `mark` put there."""
        with ARRANGING:
            self._marks.remove(layer)
            self.send_layers()

    def add(self, item: AnyValue, index: int | None = None) -> Self:
        """Put a layer on top of the others, or at a place among them, or add a control."""
        with ARRANGING:
            super().add(item, index)
        return self

    def substitute(self, old: AnyValue, new: AnyValue) -> Self:
        """Put a layer or control in the place of another one, which lives on."""
        with ARRANGING:
            super().substitute(old, new)
        return self

    def remove(self, item: AnyValue) -> Self:
        """Take a layer or control off the map; a computed layer ends (set ``visible`` to hide it only)."""
        with ARRANGING:
            super().remove(item)
        if isinstance(item, WorkflowsLayer):
            item.close()
        return self

    def clear(self) -> Self:
        """Remove all layers, base layers and controls too; computed layers end.

        Examples
        --------
        >>> from descartes_flow import Map
        >>> Map(basemap="offline").clear().layers
        ()
        """
        with ARRANGING:
            self.clear_layers()
            super().clear()
        return self

    def close(self) -> None:
        """Remove all layers, and take the map off the page."""
        if self.comm is None:
            return  # closed before
        self.clear_layers()
        self.page.close()
        self._logs.close()
        self.aoi = None
        parts = (*self.layers, *self.controls)
        self.layers, self.controls = (), ()
        for part in parts:
            part.close()
        close_parts(self)
        super().close()

    @property
    def description(self) -> str:
        """Where the map is, and what lies on it."""
        layers = ", ".join(layer.name for layer in self.layers if not layer.base) or "no layers"
        return f"around {tuple(self.center)}, zoom {self.zoom:g}: {layers}"

    def _repr_mimebundle_(self, **options: AnyValue) -> AnyValue:
        return with_picture(super()._repr_mimebundle_(**options), self, repr(self))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.description}>"

    @traitlets.observe("layers", "controls")
    def _follow(self, change: AnyValue) -> None:
        """Hear when an item is closed: with one that is, nothing could be added any more."""
        before, now = set(change.old or ()), set(change.new)
        for item in before - now:
            item.unobserve(self._let_go, "comm")
        for item in now - before:
            item.observe(self._let_go, "comm")

    def _let_go(self, change: AnyValue) -> None:
        """Take off what was closed while it was on the map."""
        if change.new is None:
            with ARRANGING:
                self.layers = tuple(layer for layer in self.layers if layer is not change.owner)
                self.controls = tuple(control for control in self.controls if control is not change.owner)

    def _tell_layers(self, change: object) -> None:
        tiles = self.tiles_in_view()
        for layer in self.layers:
            if isinstance(layer, WorkflowsLayer):
                layer.look(tiles)
