"""Colour tables, scales and `Style`: how values become colours, without pixels, files or HTTP."""

from descartes_flow.colour.scales import validate_scales
from descartes_flow.colour.style import Style
from descartes_flow.colour.tables import COLORMAPS, apply_colormap, colours, require_colormap, table

__all__ = [
    "COLORMAPS",
    "Style",
    "apply_colormap",
    "colours",
    "require_colormap",
    "table",
    "validate_scales",
]
