"""What one does with a map by hand: each tool is a button in the toolbar of the map."""

from .inspector import PixelInspector
from .legend import LegendTool
from .series import TimeSeries
from .tool import Tool
from .toolbar import Toolbar

TOOLS: tuple[type[Tool], ...] = (PixelInspector, TimeSeries, LegendTool)
"""In the order of the toolbar."""

__all__ = ["TOOLS", "LegendTool", "PixelInspector", "TimeSeries", "Tool", "Toolbar"]
