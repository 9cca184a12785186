"""Tables of features in other formats than GeoJSON: through pyogrio, GeoParquet through pyarrow.

Both load when they are first needed. pyogrio brings a GDAL of its own, whose drivers cannot be limited before
it opens a file: local files are told by their first bytes, and the driver that answered is checked before
anything else is read.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from descartes_flow.geo.crs import normalise_crs
from descartes_flow.geo.cutlines import bent
from descartes_flow.geo.earth import LONLAT

FORMATS = frozenset({"FlatGeobuf", "GPKG", "GeoJSON"})
"""Drivers that may read a file."""

_PATIENCE = "max_retry=3&retry_delay=0.2&timeout=20&connecttimeout=5&list_dir=no&empty_dir=yes"
"""What `io.datasets` sets for rasters, as part of the name: settings of a process belong to the user."""


class Table(NamedTuple):
    """Features of a file."""

    shapes: NDArray[np.object_]
    """In WGS84."""

    properties: Sequence[Mapping[str, Any]]


def in_lonlat(shapes: Any, crs: str) -> Any:
    """An array of shapes of a CRS in WGS84.

    Raises
    ------
    ValueError
        If these are no longitudes and latitudes: the file says nothing of its CRS, or something wrong.
    """
    placed = shapes if crs == LONLAT else bent(shapes, crs, LONLAT)
    points, owners = shapely.get_coordinates(placed, return_index=True)
    wrong = ~(np.isfinite(points).all(axis=1) & (np.abs(points[:, 1]) <= 90))
    if wrong.any():
        number, (x, y) = owners[wrong][0], points[wrong][0]
        raise ValueError(
            f"feature {number} has a point at longitude {x:g}, latitude {y:g}; repair it, or write the file "
            "again with the CRS of its coordinates"
        )
    return placed


def from_gdal(href: str, area: BaseGeometry, expected: str = "") -> Table:
    """The features of the first layer whose boxes meet the area."""
    import pyogrio

    name = _name(href)
    info = pyogrio.read_info(name)
    if info["driver"] not in ({expected} if expected else FORMATS):
        raise ValueError(f"neither GeoJSON, GeoPackage nor FlatGeobuf, but {info['driver']}")
    if info["crs"] is None:
        raise ValueError("the layer names no CRS; write it again with one")
    crs = normalise_crs(info["crs"])
    box = _box(area, crs)
    meta, _, geometry, columns = pyogrio.raw.read(name, bbox=box, force_2d=True)
    return _table(shapely.from_wkb(geometry), crs, dict(zip(meta["fields"], columns, strict=True)))


def _name(href: str) -> str:
    """What GDAL calls a place."""
    scheme, _, place = href.partition("://")
    if not place:
        if "!" in href or ".zip" in href.lower():
            raise ValueError("a path with '!' or '.zip' would be read as an archive; move the file")
        return href
    if scheme == "https":
        return f"/vsicurl?{_PATIENCE}&url={quote(href, safe='')}"
    return f"/vsi{scheme}/{place}"


def from_parquet(path: str, area: BaseGeometry) -> Table:
    """The features of a GeoParquet file; those whose boxes meet the area, where the file holds boxes.

    References
    ----------
    GeoParquet 1.1.0.
    """
    try:
        from pyarrow import dataset
    except ImportError as error:
        raise ImportError('GeoParquet needs pyarrow: pip install "descartes_flow[parquet]"') from error
    table = dataset.dataset(path, format="parquet")
    said = (table.schema.metadata or {}).get(b"geo")
    if said is None:
        raise ValueError("a Parquet file without geometries; write it as GeoParquet")
    geo = json.loads(said)
    name = geo["primary_column"]
    column = geo["columns"][name]
    if column["encoding"] != "WKB":
        raise ValueError(f"geometries are encoded as {column['encoding']}; write them as WKB")
    crs = LONLAT if "crs" not in column else normalise_crs(json.dumps(column["crs"]))
    box = _box(area, crs)
    covering = column.get("covering", {}).get("bbox")
    meets = None
    if covering is not None and box is not None:
        corner = {side: dataset.field(*covering[side]) for side in ("xmin", "ymin", "xmax", "ymax")}
        meets = (corner["xmin"] <= box[2]) & (corner["xmax"] >= box[0])
        meets &= (corner["ymin"] <= box[3]) & (corner["ymax"] >= box[1])
    found = table.to_table(filter=meets)
    unread = {*geo["columns"], *((covering["xmin"][0],) if covering is not None else ())}
    columns = {key: found[key].to_pylist() for key in found.column_names if key not in unread}
    return _table(shapely.from_wkb(found[name].to_pylist()), crs, columns)


def _box(area: BaseGeometry, crs: str) -> tuple[float, float, float, float] | None:
    """Bounds of an area in degrees, in another CRS; None where that has no place for all of it."""
    left, bottom, right, top = area.bounds
    if crs != LONLAT:
        outline = shapely.segmentize(area, max(right - left, top - bottom, 1e-6) / 32)
        left, bottom, right, top = bent(outline, LONLAT, crs).bounds
    # between the points of its outline an area bulges
    more = 0.01 * max(right - left, top - bottom)
    box = left - more, bottom - more, right + more, top + more
    return box if np.isfinite(box).all() else None


def _table(shapes: Any, crs: str, columns: Mapping[str, Any]) -> Table:
    """Features with a place, from columns."""
    plain = [_values(column) for column in columns.values()]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*plain, strict=True)] or [{}] * len(shapes)
    placed = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    shapes = in_lonlat(shapely.force_2d(shapes[placed]), crs)
    return Table(shapes, [row for row, kept in zip(rows, placed, strict=True) if kept])


def _values(column: Any) -> list[Any]:
    """Plain values: dates as text, None for what is missing."""
    if getattr(column, "dtype", None) is not None and column.dtype.kind == "M":
        column = np.where(np.isnat(column), None, np.datetime_as_string(column).astype(object))
    values = column.tolist() if hasattr(column, "tolist") else column
    return [
        None if value != value else value.isoformat() if hasattr(value, "isoformat") else value
        for value in values
    ]
