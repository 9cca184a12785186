"""The area of interest of a map: a polygon that was drawn or set, and its outline."""

from __future__ import annotations

from typing import Any as AnyValue

import ipyleaflet
import traitlets

from .. import geo
from .arranging import ARRANGING

OUTLINE = "area of interest"

CASING = {"color": "#ffffff", "weight": 5, "opacity": 0.85, "fill": False, "interactive": False}
STROKE = {"color": "#c2185b", "weight": 2, "opacity": 1.0, "fill": False, "interactive": False}
"""A coloured line on a white one stands out from light and from dark imagery."""


class Area(traitlets.HasTraits):
    """The part of a Map that has an area of interest."""

    aoi = traitlets.Any(None)
    send_layers: AnyValue  # of the Map that this is a part of
    _outline: AnyValue = None

    @traitlets.validate("aoi")
    def _polygons_only(self, proposal: AnyValue) -> AnyValue:
        return None if proposal.value is None else geo.areas.read_area(proposal.value, "aoi")

    @traitlets.observe("aoi")
    def _draw_outline(self, change: AnyValue) -> None:
        with ARRANGING:
            gone = None
            if self.aoi is None:
                gone, self._outline = self._outline, None
            elif self._outline is None:
                self._outline = ipyleaflet.GeoJSON(name=OUTLINE, data=_drawn(self.aoi))
            else:
                self._outline.data = _drawn(self.aoi)
                return
            self.send_layers()
            if gone is not None:
                gone.close()

    @property
    def outlines(self) -> tuple[AnyValue, ...]:
        """The layer that shows the area of interest, if there is one."""
        return () if self._outline is None else (self._outline,)

    def _area(self, aoi: AnyValue, where: str) -> AnyValue:
        """The geometry that `aoi` means: True the area of interest, else itself, as GeoJSON.

        Raises
        ------
        RuntimeError
            If there is no area of interest.
        ContextError
            If it is no polygon.
        """
        if aoi is True and self.aoi is None:
            raise RuntimeError(
                f"{where}: there is no area yet; draw one with the tool 'area' of the map, set map.aoi, "
                "or give a geometry instead of True"
            )
        return self.aoi if aoi is True else geo.areas.read_area(aoi, where)


def _drawn(area: AnyValue) -> AnyValue:
    """The two lines of an outline as GeoJSON."""
    features = [
        {"type": "Feature", "geometry": area, "properties": {"style": style}} for style in (CASING, STROKE)
    ]
    return {"type": "FeatureCollection", "features": features}
