"""Demo imagery: five products that picture three invented landscapes, made on disk when first needed.

Nothing here is measured: relief, rivers, fields, towns, weather and the sensors' view of them are computed
from fixed seeds, so that nothing has to be downloaded.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from descartes_flow.catalog.invented.building import build as build

DESCRIPTIONS: dict[str, str] = {
    "landsat:LC08:PRE:TOAR": "Landsat 8 Pre-Collection, top-of-atmosphere reflectance "
    "(demo: Iowa, New Mexico; 2016)",
    "landsat:LC08:01:RT:TOAR": "Landsat 8 Collection 1 Real-Time, top-of-atmosphere reflectance "
    "(demo: New Mexico, Iowa; March to December 2017)",
    "sentinel-2:L1C": "Sentinel-2 Level-1C, top-of-atmosphere reflectance "
    "(demo: New Mexico, Virginia; 2018, 2019)",
    "sentinel-1:GRD": "Sentinel-1 ground range detected backscatter, linear power "
    "(demo: New Mexico, Virginia; 2018, 2019)",
    "modis:09:v2": "MODIS daily surface reflectance at 500 m (demo: New Mexico; January to July 2019)",
}
"""What each product of the demo is, by product id."""

PRODUCTS: tuple[str, ...] = tuple(DESCRIPTIONS)
"""Ids of the products that `build` makes."""

__all__ = ["DESCRIPTIONS", "PRODUCTS", "build"]


def __getattr__(name: str) -> Any:
    if name != "build":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.building").build
