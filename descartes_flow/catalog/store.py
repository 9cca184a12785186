"""What the catalog keeps: products and items in tables, footprints as boxes in an R*Tree.

Items are JSON text beside the few columns that a search needs. A footprint that crosses the antimeridian has
two boxes. Each change is one short transaction and makes the revision larger.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from descartes_flow._database import AtHome, Database
from descartes_flow.errors import CatalogError
from descartes_flow.geo.bounds import Bounds

SCHEMA_VERSION = 1
_KEYS_PER_QUERY = 500  # SQLite's oldest limit on the variables of one statement is 999

_SCHEMA = (
    "CREATE TABLE revision (number INTEGER NOT NULL)",
    # begins anywhere, so that what somebody keeps by revision cannot be mistaken after `home` has changed
    "INSERT INTO revision VALUES (abs(random()) >> 20)",
    "CREATE TABLE products (id TEXT PRIMARY KEY, description TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE removed (product TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE items (
        key INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again, so that a kept item cannot be mistaken
        product TEXT NOT NULL,
        name TEXT NOT NULL,
        datetime INTEGER NOT NULL,              -- microseconds since 1970, UTC
        version TEXT NOT NULL,
        west REAL NOT NULL, south REAL NOT NULL, east REAL NOT NULL, north REAL NOT NULL,
        bands TEXT NOT NULL,                    -- names, a JSON list
        document TEXT NOT NULL,
        UNIQUE (product, name)
    )""",
    # a search without an area reads this index and nothing else
    "CREATE INDEX items_by_time ON items (product, datetime, name, version)",
    # id >> 1 is the key of the item
    "CREATE VIRTUAL TABLE boxes USING rtree (id, west, east, south, north)",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the store keeps it."""

    name: str
    datetime: int
    version: str
    bounds: Bounds
    boxes: tuple[Bounds, ...]
    bands: tuple[str, ...]
    document: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the store knows about one product; datetimes in microseconds since 1970."""

    id: str
    description: str
    images: int
    start: int | None
    end: int | None
    bounds: Bounds | None
    bands: tuple[str, ...]


class Store:
    """One catalog file, made on first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = Database(path, _SCHEMA, SCHEMA_VERSION, "catalog", CatalogError)

    def close(self) -> None:
        """Close the file as soon as nobody uses it."""
        self._database.close()

    def revision(self) -> int:
        """Number that every change makes larger."""
        with self._database.reading() as connection:
            number: int = connection.execute("SELECT number FROM revision").fetchone()[0]
        return number

    def write(self, product: str, description: str | None, rows: Iterable[Row]) -> set[str]:
        """Put items into a product, which is made if need be; items of the same names are replaced.

        Parameters
        ----------
        description : str or None
            None keeps the present one.

        Returns
        -------
        set of str
            Names that were there before, also where nothing about them changed.
        """
        before = set()
        with self._database.writing() as connection:
            changed = _write_product(connection, product, description)
            for row in rows:
                known = connection.execute(
                    "SELECT key, version FROM items WHERE product = ? AND name = ?", (product, row.name)
                ).fetchone()
                if known is not None:
                    before.add(row.name)
                    if known[1] == row.version:
                        continue
                    _delete(connection, [known[:1]])
                _insert(connection, product, row)
                changed = True
            if changed:
                _bump(connection)
        return before

    def remove_item(self, product: str, name: str) -> bool:
        """Take out one item; False if it is not there."""
        with self._database.writing() as connection:
            keys = connection.execute("SELECT key FROM items WHERE product = ? AND name = ?", (product, name))
            found = _delete(connection, keys.fetchall()) > 0
            if found:
                _bump(connection)
        return found

    def remove_product(self, product: str, remember: bool) -> bool:
        """Take out a product with its items, and remember that it was removed; False if it is not there."""
        with self._database.writing() as connection:
            if remember:
                connection.execute("INSERT OR IGNORE INTO removed VALUES (?)", (product,))
            found = connection.execute("DELETE FROM products WHERE id = ?", (product,)).rowcount > 0
            if found:
                keys = connection.execute("SELECT key FROM items WHERE product = ?", (product,))
                _delete(connection, keys.fetchall())
                _bump(connection)
        return found

    def clear(self, removed: Iterable[str]) -> None:
        """Take out everything, and remember these products as removed."""
        with self._database.writing() as connection:
            for table in ("items", "boxes", "products"):
                connection.execute(f"DELETE FROM {table}")
            if _has_vectors(connection):
                connection.execute("DELETE FROM vectors")
            connection.executemany("INSERT OR IGNORE INTO removed VALUES (?)", [(name,) for name in removed])
            _bump(connection)

    def vectors(self) -> dict[str, str]:
        """Places of files of features, by the names that were given to them, sorted."""
        with self._database.reading() as connection:
            if not _has_vectors(connection):
                return {}
            return dict(connection.execute("SELECT name, href FROM vectors ORDER BY name").fetchall())

    def write_vectors(self, name: str, href: str | None) -> None:
        """Give a name to a file of features, or, with None, take the name out."""
        with self._database.writing() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors (name TEXT PRIMARY KEY, href TEXT NOT NULL) WITHOUT ROWID"
            )
            connection.execute("DELETE FROM vectors WHERE name = ?", (name,))
            if href is not None:
                connection.execute("INSERT INTO vectors VALUES (?, ?)", (name, href))
            _bump(connection)

    def removed(self) -> set[str]:
        """Products that a user took out and nobody added since."""
        with self._database.reading() as connection:
            return {product for (product,) in connection.execute("SELECT product FROM removed")}

    def product_ids(self) -> list[str]:
        """Ids of all products, sorted."""
        with self._database.reading() as connection:
            return [product for (product,) in connection.execute("SELECT id FROM products ORDER BY id")]

    def has_product(self, product: str) -> bool:
        """Whether there is a product of this id, with or without items."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT 1 FROM products WHERE id = ?", (product,)).fetchone()
        return row is not None

    def summary(self, product: str) -> Summary | None:
        """What is known about a product; None if there is none of this id."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT description FROM products WHERE id = ?", (product,)).fetchone()
            if row is None:
                return None
            images, start, end, *corners = connection.execute(
                """SELECT count(*), min(datetime), max(datetime),
                          min(iif(west > east, -180.0, west)), min(south),
                          max(iif(west > east, 180.0, east)), max(north)
                   FROM items WHERE product = ?""",
                (product,),
            ).fetchone()
            lists = connection.execute(
                "SELECT bands FROM items WHERE product = ? GROUP BY bands ORDER BY min(datetime), bands",
                (product,),
            )
            names = dict.fromkeys(name for (text,) in lists for name in json.loads(text))
        bounds = Bounds(*corners) if images else None
        return Summary(product, row[0], images, start, end, bounds, tuple(names))

    def find(
        self,
        product: str,
        boxes: Sequence[Bounds] | None = None,
        start: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[tuple[int, str]]:
        """Keys and versions of items, by datetime and name.

        Parameters
        ----------
        boxes : sequence of Bounds, optional
            Those whose box meets one of these, edges included.
        start, end : int, optional
            ``start <= datetime < end``, microseconds since 1970.
        """
        where, parameters = _conditions(product, boxes, start, end)
        query = f"SELECT key, version FROM items WHERE {where} ORDER BY datetime, name LIMIT ?"
        with self._database.reading() as connection:
            return connection.execute(query, [*parameters, -1 if limit is None else limit]).fetchall()

    def find_boxes(
        self, product: str, boxes: Sequence[Bounds], start: int | None = None, end: int | None = None
    ) -> list[tuple[int, str, float, float, float, float]]:
        """As `find`, with west, south, east and north of each item's box; twice, where it has two of them."""
        where, parameters = _conditions(product, boxes, start, end)
        query = (
            "SELECT key, version, boxes.west, boxes.south, boxes.east, boxes.north "
            "FROM items JOIN boxes ON boxes.id IN (2 * key, 2 * key + 1) "
            f"WHERE {where} ORDER BY datetime, name"
        )
        with self._database.reading() as connection:
            return connection.execute(query, parameters).fetchall()

    def find_named(self, product: str, name: str) -> list[tuple[int, str]]:
        """Key and version of the item of this name; empty if there is none."""
        query = "SELECT key, version FROM items WHERE product = ? AND name = ?"
        with self._database.reading() as connection:
            return connection.execute(query, (product, name)).fetchall()

    def documents(self, keys: Sequence[int]) -> Iterator[tuple[int, str, str, int, str, str]]:
        """(key, product, name, datetime, version, document) of those items that are still there."""
        for first in range(0, len(keys), _KEYS_PER_QUERY):
            some = keys[first : first + _KEYS_PER_QUERY]
            marks = ",".join("?" * len(some))
            query = (
                f"SELECT key, product, name, datetime, version, document FROM items WHERE key IN ({marks})"
            )
            with self._database.reading() as connection:
                rows = connection.execute(query, some).fetchall()
            yield from rows


def _conditions(
    product: str, boxes: Sequence[Bounds] | None, start: int | None, end: int | None
) -> tuple[str, list[str | int | float]]:
    """What follows WHERE to find items of a product by place and time, and its parameters."""
    conditions = ["product = ?"]
    parameters: list[str | int | float] = [product]
    if start is not None:
        conditions.append("datetime >= ?")
        parameters.append(start)
    if end is not None:
        conditions.append("datetime < ?")
        parameters.append(end)
    if boxes is not None:
        meets = "SELECT id >> 1 FROM boxes WHERE east >= ? AND west <= ? AND north >= ? AND south <= ?"
        conditions.append(f"key IN ({' UNION '.join([meets] * len(boxes))})")
        for west, south, east, north in boxes:
            parameters += [west, east, south, north]
    return " AND ".join(conditions), parameters


def _has_vectors(connection: sqlite3.Connection) -> bool:
    """Whether names were given to files of features; a catalog from before there were any lacks the table."""
    query = "SELECT 1 FROM sqlite_master WHERE name = 'vectors'"
    return connection.execute(query).fetchone() is not None


def _write_product(connection: sqlite3.Connection, product: str, description: str | None) -> bool:
    """Make the product or change its description; whether anything changed."""
    connection.execute("DELETE FROM removed WHERE product = ?", (product,))
    row = connection.execute("SELECT description FROM products WHERE id = ?", (product,)).fetchone()
    if row is None:
        connection.execute("INSERT INTO products VALUES (?, ?)", (product, description or ""))
        return True
    if description is None or description == row[0]:
        return False
    connection.execute("UPDATE products SET description = ? WHERE id = ?", (description, product))
    return True


def _insert(connection: sqlite3.Connection, product: str, row: Row) -> None:
    values = (product, row.name, row.datetime, row.version, *row.bounds, json.dumps(row.bands), row.document)
    columns = "product, name, datetime, version, west, south, east, north, bands, document"
    marks = ",".join("?" * len(values))
    key = connection.execute(f"INSERT INTO items ({columns}) VALUES ({marks})", values).lastrowid
    assert key is not None  # an INSERT that succeeds has a row
    for number, (west, south, east, north) in enumerate(row.boxes):
        connection.execute(
            "INSERT INTO boxes VALUES (?, ?, ?, ?, ?)", (2 * key + number, west, east, south, north)
        )


def _delete(connection: sqlite3.Connection, keys: list[tuple[int]]) -> int:
    connection.executemany("DELETE FROM items WHERE key = ?", keys)
    connection.executemany(
        "DELETE FROM boxes WHERE id IN (?, ?)", [(2 * key, 2 * key + 1) for (key,) in keys]
    )
    return len(keys)


def _bump(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE revision SET number = number + 1")


STORE = AtHome(lambda home: Store(home / "catalog.sqlite"))
"""The catalog's."""


def current_store() -> Store:
    """The store in ``settings.home``, also after that has changed."""
    return STORE.current()
