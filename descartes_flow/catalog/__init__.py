"""`wf.catalog`: products and their images, kept in one SQLite file in ``settings.home``.

The functions below load with the libraries behind them (rasterio, shapely, pystac) when first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from descartes_flow.catalog.adding import add as add
    from descartes_flow.catalog.items import Band as Band
    from descartes_flow.catalog.items import Item as Item
    from descartes_flow.catalog.listing import clear as clear
    from descartes_flow.catalog.listing import item as item
    from descartes_flow.catalog.listing import product as product
    from descartes_flow.catalog.listing import products as products
    from descartes_flow.catalog.listing import remove as remove
    from descartes_flow.catalog.listing import revision as revision
    from descartes_flow.catalog.listing import search as search
    from descartes_flow.catalog.scenery import demo as demo
    from descartes_flow.catalog.summaries import AddReport as AddReport
    from descartes_flow.catalog.summaries import Product as Product
    from descartes_flow.catalog.vectorfiles import add_vectors as add_vectors
    from descartes_flow.catalog.vectorfiles import remove_vectors as remove_vectors
    from descartes_flow.catalog.vectorfiles import vectors as vectors

_MODULES = {
    "AddReport": "summaries",
    "Band": "items",
    "Item": "items",
    "Product": "summaries",
    "add": "adding",
    "add_vectors": "vectorfiles",
    "clear": "listing",
    "demo": "scenery",
    "item": "listing",
    "product": "listing",
    "products": "listing",
    "remove": "listing",
    "remove_vectors": "vectorfiles",
    "revision": "listing",
    "search": "listing",
    "vectors": "vectorfiles",
}

__all__ = [
    "AddReport",
    "Band",
    "Item",
    "Product",
    "add",
    "add_vectors",
    "clear",
    "demo",
    "item",
    "product",
    "products",
    "remove",
    "remove_vectors",
    "revision",
    "search",
    "vectors",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
