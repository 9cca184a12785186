"""Which items of a product meet an area, from memory: neighbouring tiles ask for nearly the same.

The boxes of all items around an area are read from the store at once. The next areas there are compared with
these, and an exact look at the footprints follows only for items whose box meets the area.
"""

import math
import threading
from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

import cachetools
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from descartes_flow.catalog.dates import microseconds, utc
from descartes_flow.catalog.footprints import boxes_of
from descartes_flow.catalog.items import Item
from descartes_flow.catalog.listing import LOOKS, decoded, store_with
from descartes_flow.catalog.store import Store
from descartes_flow.errors import CatalogError
from descartes_flow.geo.bounds import Bounds

T = TypeVar("T")
S = TypeVar("S")

REACH = 4
"""By how many times its width the surroundings of an area reach beyond it, at least."""

KEPT_BOXES = 1_000_000
KEPT_SELECTIONS = 256

_Row = tuple[int, str, float, float, float, float]


class Surroundings(Generic[T, S]):
    """The items of a product around an area; their documents are read when they are first met.

    Parameters
    ----------
    store : Store
    rows : sequence
        What `Store.find_boxes` found.
    one : callable
        ``(item) -> scene``: what stands for an item.
    several : callable
        ``(scenes) -> selection``: what stands for some of them; made once for equal ones.
    """

    def __init__(
        self,
        store: Store,
        rows: Sequence[_Row],
        one: Callable[[Item], T],
        several: Callable[[list[T]], S],
    ) -> None:
        self._store = store
        self._rows = rows
        self._one = one
        self._several = several
        self._west, self._south, self._east, self._north = (
            np.array([row[2:] for row in rows], dtype=float).reshape(-1, 4).T
        )
        self._scenes: dict[int, T] = {}
        self._shapes = np.full(len(rows), None, dtype=object)
        self._selections: dict[bytes, S] = {}

    def __len__(self) -> int:
        return 1 + len(self._rows)

    def meeting(self, area: BaseGeometry) -> S | None:
        """What stands for the items whose footprint meets `area`; None if the store has changed meanwhile."""
        west, south, east, north = area.bounds
        near = (self._east >= west) & (self._west <= east) & (self._north >= south) & (self._south <= north)
        rows = near.nonzero()[0]
        if not self._learn([row for row in rows.tolist() if row not in self._scenes]):
            return None
        shapely.prepare(area)
        rows = rows[shapely.intersects(area, self._shapes[rows])]
        key = rows.tobytes()
        found = self._selections.get(key)
        if found is None:
            if len(self._selections) >= KEPT_SELECTIONS:
                self._selections.clear()
            scenes = {self._rows[row][0]: self._scenes[row] for row in rows.tolist()}
            found = self._selections[key] = self._several(list(scenes.values()))
        return found

    def _learn(self, rows: Sequence[int]) -> bool:
        """Read the documents of some rows; False if one is not there any more."""
        wanted = {self._rows[row][:2]: row for row in rows}  # of an item with two boxes one
        found = decoded(self._store, list(wanted)) if wanted else []
        if len(found) < len(wanted):
            return False
        known = {key: (self._one(item), shape) for key, (item, shape) in zip(wanted, found, strict=True)}
        for row in rows:
            scene, self._shapes[row] = known[self._rows[row][:2]]
            self._scenes[row] = scene  # last: a row that is there has its footprint, for other threads too
        return True


class Search(Generic[T, S]):
    """Searches by area that remember the surroundings, until the catalog changes.

    Parameters
    ----------
    one, several : callable
        What stands for an item, and for all that were found; see `Surroundings`.
    """

    def __init__(self, one: Callable[[Item], T], several: Callable[[list[T]], S]) -> None:
        self._one = one
        self._several = several
        self._lock = threading.Lock()
        self._kept: cachetools.LRUCache[object, Surroundings[T, S]] = cachetools.LRUCache(KEPT_BOXES, len)

    def meeting(
        self, product_id: str, area: BaseGeometry, start: date | None, end: date | None, revision: int
    ) -> S:
        """What stands for the images of a product that meet an area, by date and then id.

        Parameters
        ----------
        product_id : str
        area : geometry
            In degrees, cut at the antimeridian where it crosses it.
        start, end : datetime, optional
            ``start <= date < end``.
        revision : int
            Of the catalog, now.

        Raises
        ------
        NotFound
            If there is no such product.
        CatalogError
            If it changes faster than it can be read.
        """
        boxes = tuple(_grown(box) for box in boxes_of(area))
        key = (product_id, start, end, boxes, revision)
        for _ in range(LOOKS):
            with self._lock:
                around = self._kept.get(key)
            if around is None:
                around = self._read(product_id, boxes, start, end)
                with self._lock:
                    if len(around) <= KEPT_BOXES:
                        self._kept[key] = around
            found = around.meeting(area)
            if found is not None:
                return found
            with self._lock:
                self._kept.pop(key, None)
        raise CatalogError(f"product {product_id!r} changes faster than it can be read; try again")

    def _read(
        self, product_id: str, boxes: Sequence[Bounds], start: date | None, end: date | None
    ) -> Surroundings[T, S]:
        store = store_with(product_id, "search(product_id=)")
        first = None if start is None else microseconds(utc(start, "search(start=)"))
        last = None if end is None else microseconds(utc(end, "search(end=)"))
        rows = store.find_boxes(product_id, boxes, first, last)
        return Surroundings(store, rows, self._one, self._several)


def _grown(box: Bounds) -> Bounds:
    """The surroundings of a box: those of most of its neighbours too, since they begin at whole steps."""
    step = 2.0 ** math.ceil(math.log2(max(REACH * box.width, REACH * box.height, 1e-6)))
    west, south = (math.floor(edge / step) * step for edge in (box.left, box.bottom))
    return Bounds(west, south, west + 2 * step, south + 2 * step)
