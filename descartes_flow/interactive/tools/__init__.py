"""What one does with a map by hand: each tool is a button in the toolbar of the map."""

from .area import AreaTool
from .basemap import BasemapTool
from .inspector import PixelInspector
from .legend import LegendTool
from .series import TimeSeries
from .swipe import SwipeTool
from .tool import Tool
from .toolbar import Toolbar

TOOLS: tuple[type[Tool], ...] = (PixelInspector, TimeSeries, LegendTool, AreaTool, SwipeTool, BasemapTool)
"""In the order of the toolbar."""

__all__ = ["TOOLS", "LegendTool", "PixelInspector", "TimeSeries", "Tool", "Toolbar"]
