"""The demo imagery: made when it is first needed, unless the user took it out.

`catalog.add` and `invented.build` load what they need (pystac, ...) when they are called: most searches find
everything in place.
"""

import shutil
import sys
import threading
from collections.abc import Iterable

from descartes_flow import catalog
from descartes_flow._notebook import kernel_shell
from descartes_flow._settings import settings
from descartes_flow.catalog import invented
from descartes_flow.catalog.invented import DESCRIPTIONS, PRODUCTS
from descartes_flow.catalog.store import current_store
from descartes_flow.catalog.summaries import AddReport

DEMO_PRODUCTS = frozenset(PRODUCTS)
_building = threading.Lock()


def make_available(product_ids: Iterable[str]) -> None:
    """Make the demo imagery if one of these products belongs to it, is missing, and was not removed."""
    wanted = DEMO_PRODUCTS.intersection(product_ids)
    if not wanted or not wanted & _missing():
        return
    with _building:
        missing = _missing()  # again: another thread may have made it meanwhile
        if wanted & missing:
            _build(missing)


def demo() -> list[AddReport]:
    """Make the demo imagery anew, and bring back what was removed of it.

    Returns
    -------
    list of AddReport
        One for each product.
    """
    with _building:
        shutil.rmtree(settings.home / "demo", ignore_errors=True)
        return _build(DEMO_PRODUCTS)


def _missing() -> frozenset[str]:
    store = current_store()
    return DEMO_PRODUCTS.difference(store.product_ids(), store.removed())


def _build(product_ids: frozenset[str]) -> list[AddReport]:
    folder = settings.home / "demo"
    print(
        f"Making demo imagery of {len(PRODUCTS)} products in {folder}; this takes some seconds, once.",
        file=sys.stderr if kernel_shell() is None else sys.stdout,  # notebooks show stderr as an error
        flush=True,
    )
    return [
        catalog.add(product_id, items, description=DESCRIPTIONS[product_id])
        for product_id, items in invented.build(folder)
        if product_id in product_ids
    ]
