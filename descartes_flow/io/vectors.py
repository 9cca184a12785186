"""`read_features`: the features of a file that meet an area.

What a local file begins with decides how it is read, never its name. GeoJSON is read with Python's own
parser, so that properties stay what they are; other formats, and what is remote, by `io.tables`.
"""

import functools
import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import cachetools
import shapely
from shapely.geometry.base import BaseGeometry

from descartes_flow.errors import ReadError
from descartes_flow.geo.crs import normalise_crs
from descartes_flow.geo.earth import LONLAT
from descartes_flow.geo.features import FeatureCollectionResult, FeatureResult, vector
from descartes_flow.geo.footprints import fold_longitudes
from descartes_flow.geo.shapes import shape_of, value_of
from descartes_flow.io.datasets import local_fingerprint
from descartes_flow.io.hrefs import is_remote, refusal, shown
from descartes_flow.io.tables import Table, from_gdal, from_parquet, in_lonlat

MOST_FEATURES = 100_000
"""More of them in one area are refused: a run on them would take minutes before its first pixel."""

_MAGIC = {b"SQLite format 3\0": "GPKG", b"fgb\x03fgb": "FlatGeobuf", b"PAR1": "Parquet"}

_kept: cachetools.LRUCache[Any, FeatureCollectionResult] = cachetools.LRUCache(64)
_lock = threading.Lock()


def read_features(href: str, area: BaseGeometry) -> FeatureCollectionResult:
    """The features that meet an area, whole, in the order of the file.

    Parameters
    ----------
    href : str
        Absolute path, or URL with one of the schemes https, s3, gs, az.
    area : shapely geometry
        In WGS84.

    Returns
    -------
    FeatureCollectionResult
        In WGS84. What was read is kept until `clear_features`, or until a local file changes.

    Raises
    ------
    ReadError
        If the file is missing, refused, of no known format or without a CRS, or if more than `MOST_FEATURES`
        features meet the area.
    """
    reason = refusal(href)
    if reason:
        raise ReadError(shown(href), "", reason)
    try:
        state = (0, 0) if is_remote(href) else local_fingerprint(href)
        return _meeting(href, state, area)
    except (OSError, RuntimeError, ValueError, LookupError, ImportError) as error:
        raise ReadError(shown(href), "", _said(href, error)) from error


def _said(href: str, error: Exception) -> str:
    """What went wrong, without the query of a URL, which can hold a signature."""
    said = str(error).replace(href, shown(href))
    return said.replace(quote(href, safe=""), shown(href))


def clear_features() -> None:
    """Forget what was read."""
    with _lock:
        _kept.clear()
    _geojson.cache_clear()


def _table(href: str, state: tuple[int, int], area: BaseGeometry) -> Table:
    """The features of a file: at least those that meet the area."""
    if is_remote(href):
        return from_gdal(href, area)
    if not os.path.isfile(href):
        raise ValueError("it is no file")  # a pipe, say, which one would wait for
    with open(href, "rb") as file:
        head = file.read(1024)
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if kind == "Parquet":
        return from_parquet(href, area)
    if kind is not None:
        return from_gdal(href, area, kind)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return _geojson(href, state)
    raise ValueError("neither GeoJSON, GeoPackage, FlatGeobuf nor GeoParquet")


@functools.lru_cache(maxsize=4)
def _geojson(path: str, state: tuple[int, int]) -> Table:
    """All features of a GeoJSON file, kept for the tiles that want some of them each."""
    content = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    found = vector(content)
    if isinstance(found, FeatureCollectionResult):
        features = found.features
    else:
        features = (found if isinstance(found, FeatureResult) else FeatureResult(found),)
    shapes = shapely.force_2d([shape_of(feature) for feature in features])
    return Table(in_lonlat(shapes, _named_crs(content)), [feature.properties for feature in features])


def _named_crs(content: Mapping[str, Any]) -> str:
    """The CRS that a GeoJSON object names: that of 2008 could, and programs still write it."""
    named = content.get("crs")
    if named is None:
        return LONLAT
    try:
        return normalise_crs(named["properties"]["name"])
    except (TypeError, LookupError):
        raise ValueError(f"its member 'crs' names no CRS: {str(named)[:80]}") from None


@cachetools.cached(_kept, lambda href, state, area: (href, state, area.wkb), _lock)
def _meeting(href: str, state: tuple[int, int], area: BaseGeometry) -> FeatureCollectionResult:
    """The features of a file that meet the area."""
    table = _table(href, state, area)
    shapes = table.shapes
    sound = shapely.make_valid(shapes)  # what crosses itself may not be tested
    rows = shapely.intersects(sound, area).nonzero()[0].tolist()
    if len(rows) > MOST_FEATURES:
        raise ValueError(f"{len(rows):,} features meet the area, more than {MOST_FEATURES:,}; zoom in")
    return FeatureCollectionResult(
        tuple(
            FeatureResult(value_of(fold_longitudes(shapes[row])), dict(table.properties[row])) for row in rows
        )
    )
