"""A small HTTP server of map tiles, for any object that fulfils `TileSource`.

It needs tornado and the standard library, and knows nothing of imagery.
"""

from tileserver.server import TileServer
from tileserver.source import LayerState, Response, TileRequest, TileSource
from tileserver.statistics import LayerCounts

__all__ = ["LayerCounts", "LayerState", "Response", "TileRequest", "TileServer", "TileSource"]
