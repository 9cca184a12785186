"""What a user asks the catalog: products, items, searches; and taking things out."""

import threading
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

import cachetools
import shapely
from shapely.geometry.base import BaseGeometry

from descartes_flow._spelling import did_you_mean
from descartes_flow.catalog.dates import microseconds, moment_of, utc
from descartes_flow.catalog.footprints import boxes_of, footprint_of, shape_of_bounds
from descartes_flow.catalog.items import Item, read_item
from descartes_flow.catalog.scenery import DEMO_PRODUCTS, make_available
from descartes_flow.catalog.store import Store, Summary, current_store
from descartes_flow.catalog.summaries import Product
from descartes_flow.errors import NotFound

KEPT_TEXT = 48 * 1024 * 1024
"""Items that are kept decoded, in characters of their text; decoded they take about four times as much."""

_IDS_SHOWN = 12
LOOKS = 5
"""How often to look for items that are being replaced while they are read."""

_Key = tuple[str, int, str]
_Decoded = tuple[Item, BaseGeometry, int]
_kept: cachetools.LRUCache[_Key, _Decoded] = cachetools.LRUCache(
    KEPT_TEXT, getsizeof=lambda decoded: decoded[2]
)
_kept_lock = threading.Lock()


def search(
    product_id: str,
    *,
    bounds: Iterable[float] | None = None,
    geometry: object = None,
    start: date | str | None = None,
    end: date | str | None = None,
    limit: int | None = None,
) -> list[Item]:
    """Images of a product by area and time, by date and then id.

    Parameters
    ----------
    product_id : str
        Id of the product.
    bounds : (west, south, east, north), optional
        Degrees; ``west > east`` crosses the antimeridian. Images whose footprint meets it, edges included.
    geometry : GeoJSON or object with ``__geo_interface__``, optional
        Lon/lat. Images whose footprint meets it.
    start, end : datetime, date or str, optional
        ``start <= date < end``; a string is ISO 8601, no time zone means UTC.
    limit : int, optional
        The first so many.

    Returns
    -------
    list of Item
        Empty if nothing is found.

    Raises
    ------
    NotFound
        If there is no such product.
    ValueError, TypeError
        If an argument is no area, date or number.

    Examples
    --------
    >>> [found] = search("landsat:LC08:PRE:TOAR", bounds=(-106, 35.6, -105.8, 35.8), end="2016-02-01")
    >>> found.id
    'landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1'
    """
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 0):
        raise ValueError(f"search(limit=): expected a whole number from 0, got {limit!r}")
    areas = []
    if bounds is not None:
        areas.append(shape_of_bounds(bounds, "search(bounds=)"))
    if geometry is not None:
        areas.append(footprint_of(geometry, "search(geometry=)"))
    first = None if start is None else microseconds(utc(start, "search(start=)"))
    last = None if end is None else microseconds(utc(end, "search(end=)"))
    store = store_with(product_id, "search(product_id=)")
    if not areas:
        return [item for item, _ in _items(store, lambda: store.find(product_id, None, first, last, limit))]
    area = shapely.intersection_all(areas)
    if area.is_empty:
        return []
    boxes = boxes_of(area)
    found = _items(store, lambda: store.find(product_id, boxes, first, last))
    shapely.prepare(area)
    meets = shapely.intersects(area, [shape for _, shape in found])
    return [item for (item, _), hit in zip(found, meets, strict=True) if hit][:limit]


def item(full_id: str) -> Item | None:
    """Image of this id, ``<product>:<item>``, or None. Both parts may hold colons themselves.

    Examples
    --------
    >>> item("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1").properties["acquired"]
    '2016-01-22T17:38:34.696493+00:00'
    """
    if not isinstance(full_id, str):
        raise TypeError(f"item(full_id=): expected a string, got {type(full_id).__name__} {full_id!r}")
    parts = full_id.split(":")
    splits = [(":".join(parts[:at]), ":".join(parts[at:])) for at in range(len(parts) - 1, 0, -1)]
    make_available({product for product, _ in splits})
    store = current_store()
    for split in splits:
        for found, _ in _items(store, partial(store.find_named, *split)):
            return found
    return None


def products() -> list[Product]:
    """All products, by id; those of the demo imagery among them, which is made now if it is missing.

    Examples
    --------
    >>> "sentinel-2:L1C" in [product.id for product in products()]
    True
    """
    make_available(DEMO_PRODUCTS)
    store = current_store()
    summaries = [store.summary(product_id) for product_id in store.product_ids()]
    return [_product(summary) for summary in summaries if summary is not None]


def product(id: str) -> Product:
    """The product of this id.

    Raises
    ------
    NotFound
        If there is none; the message names those with similar ids.

    Examples
    --------
    >>> product("sentinel-1:GRD").bands
    ('vv', 'vh')
    """
    found = store_with(id, "product(id=)").summary(id)
    if found is None:  # another process took it out a moment ago
        raise NotFound(f"product(id=): there is no product {id!r} any more")
    return _product(found)


def remove(product_id: str, item: str | None = None) -> None:
    """Take a product out of the catalog, or one of its images; no file is deleted.

    A product of the demo imagery stays away until `demo` or `add` brings it back.

    Raises
    ------
    NotFound
        If there is no such product or image.

    Examples
    --------
    >>> remove("fields", "2020-06-01")
    Traceback (most recent call last):
    descartes_flow.errors.NotFound: remove(item=): product 'fields' has no image '2020-06-01'; see ...
    """
    store = current_store()
    if item is not None:
        if not store.remove_item(product_id, item):
            raise NotFound(
                f"remove(item=): product {product_id!r} has no image {item!r}; see search({product_id!r})"
            )
        return
    belongs_to_demo = product_id in DEMO_PRODUCTS
    if not store.remove_product(product_id, remember=belongs_to_demo) and not belongs_to_demo:
        raise NotFound(_unknown(product_id, "remove(product_id=)", store))


def clear() -> None:
    """Take everything out of the catalog, the demo imagery too; no file is deleted."""
    current_store().clear(DEMO_PRODUCTS)


def revision() -> int:
    """Number of the catalog's present state: every change makes it larger, in whatever process it happens.

    Catalogs in different folders begin at different numbers.

    Examples
    --------
    >>> before = revision()
    >>> before == revision()
    True
    """
    return current_store().revision()


def store_with(product_id: str, call: str) -> Store:
    """The present store, which has this product; NotFound for `call` if there is none."""
    store = current_store()
    if store.has_product(product_id):
        return store
    make_available({product_id})
    if not store.has_product(product_id):
        raise NotFound(_unknown(product_id, call, store))
    return store


def _unknown(product_id: str, call: str, store: Store) -> str:
    known = sorted({*store.product_ids(), *DEMO_PRODUCTS.difference(store.removed())})
    hint = did_you_mean(str(product_id), known)
    listed = f"; known: {known[:_IDS_SHOWN]}" if known and not hint else ""
    return f"{call}: there is no product {product_id!r}{hint}{listed}; wf.catalog.add makes one"


def _product(summary: Summary) -> Product:
    return Product(
        id=summary.id,
        description=summary.description,
        bands=summary.bands,
        images=summary.images,
        start=None if summary.start is None else moment_of(summary.start),
        end=None if summary.end is None else moment_of(summary.end),
        bounds=summary.bounds,
    )


def _items(store: Store, find: Callable[[], list[tuple[int, str]]]) -> list[tuple[Item, BaseGeometry]]:
    """What `find` finds, decoded, with footprints.

    Another thread or process may replace an item after it was found and before it is read: then we look
    again, since an image that is only being updated must not be missing.
    """
    for _ in range(LOOKS):
        found = find()
        items = decoded(store, found)
        if len(items) == len(found):
            break
    return items


def decoded(store: Store, found: list[tuple[int, str]]) -> list[tuple[Item, BaseGeometry]]:
    """Items that are still there, in this order; each is decoded once."""
    place = str(store.path)
    keys = [(place, key, version) for key, version in found]
    here: dict[_Key, _Decoded] = {}
    missing = []
    with _kept_lock:
        for key in keys:
            try:
                here[key] = _kept[key]
            except KeyError:
                missing.append(key[1])
    for number, product_id, name, moment, version, text in store.documents(missing):
        image = read_item(product_id, name, moment_of(moment), version, text)
        new = (image, shapely.geometry.shape(image.geometry), len(text))
        here[place, number, version] = new
        with _kept_lock:
            if len(text) <= KEPT_TEXT:
                _kept[place, number, version] = new
    return [here[key][:2] for key in keys if key in here]
