"""Where pixels lie: grids, tiles, CRSs, and the plain contexts AOI, DLTile and XYZTile.

Values only: nothing here reads a pixel or knows a proxy. Importing this package loads none of the libraries
behind it. They are the ordinary imports of a few modules, each loaded when it is first asked for as an
attribute of this package:

* ``crs``: pyproj
* ``footprints``, ``coverings``, ``shapes``: shapely
* ``areas``, ``burning``, ``cutlines``: shapely and rasterio.features
* ``geoboxes``: odc-geo
* ``lattice``: through ``crs``
"""

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.context import AOI
from descartes_flow.geo.dltile import DLTile
from descartes_flow.geo.grid import Grid
from descartes_flow.geo.gridded import Gridded, as_context
from descartes_flow.geo.tiles import Tile, tile_bounds, tile_grid, tiles_of_view
from descartes_flow.geo.xyztile import XYZTile

if TYPE_CHECKING:
    from descartes_flow.geo import areas as areas
    from descartes_flow.geo import burning as burning
    from descartes_flow.geo import coverings as coverings
    from descartes_flow.geo import crs as crs
    from descartes_flow.geo import cutlines as cutlines
    from descartes_flow.geo import footprints as footprints
    from descartes_flow.geo import geoboxes as geoboxes
    from descartes_flow.geo import lattice as lattice
    from descartes_flow.geo import shapes as shapes

__all__ = [
    "AOI",
    "Bounds",
    "DLTile",
    "Grid",
    "Gridded",
    "Tile",
    "XYZTile",
    "as_context",
    "tile_bounds",
    "tile_grid",
    "tiles_of_view",
]

_LOADED_WHEN_NEEDED = (
    *("areas", "burning", "coverings", "crs", "cutlines", "footprints"),
    *("geoboxes", "lattice", "shapes"),
)


def __getattr__(name: str) -> ModuleType:
    if name in _LOADED_WHEN_NEEDED:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
