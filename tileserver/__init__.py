"""A small HTTP server of map tiles, for any object that fulfils `TileSource`.

It needs tornado and the standard library, and knows nothing of imagery. Tornado loads with `TileServer`: who
only makes tiles does without.
"""

import importlib
from typing import TYPE_CHECKING, Any

from tileserver.source import LayerState, Response, TileRequest, TileSource
from tileserver.statistics import LayerCounts, Place, Served

if TYPE_CHECKING:
    from tileserver.server import TileServer

__all__ = [
    "LayerCounts",
    "LayerState",
    "Place",
    "Response",
    "Served",
    "TileRequest",
    "TileServer",
    "TileSource",
]


def __getattr__(name: str) -> Any:
    if name != "TileServer":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module("tileserver.server").TileServer
