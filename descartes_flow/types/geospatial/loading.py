"""`load_geojson` and `load_geojson_file`: the proxy that a GeoJSON object stands for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any as AnyValue

from ..proxytype import describe
from .feature import Feature
from .featurecollection import FeatureCollection
from .geometry import Geometry
from .geometrycollection import GeometryCollection
from .vector import HasGeoInterface, Vector, geo_interface

_CLASSES: dict[str, type[Vector]] = {
    **dict.fromkeys(
        ("point", "multipoint", "linestring", "multilinestring", "polygon", "multipolygon"), Geometry
    ),
    "geometrycollection": GeometryCollection,
    "feature": Feature,
    "featurecollection": FeatureCollection,
}


def load_geojson(geojson: Mapping[str, AnyValue] | HasGeoInterface) -> AnyValue:
    """The proxy of a GeoJSON object.

    Parameters
    ----------
    geojson : mapping, or object with ``__geo_interface__``
        Its ``type`` decides; upper and lower case are the same.

    Returns
    -------
    Geometry, GeometryCollection, Feature or FeatureCollection

    Raises
    ------
    TypeError
        If it is neither.
    ValueError
        If the type is missing or unknown, or a field that the type needs.

    Examples
    --------
    >>> load_geojson({"type": "Point", "coordinates": [1, 2]}).compute()
    GeometryResult(type=Point, coordinates=[1, 2])
    """
    found = geo_interface(geojson)
    if found is None:
        raise TypeError(
            f"load_geojson(): expected a GeoJSON mapping or an object with __geo_interface__, got "
            f"{describe(geojson)}" + ("; load_geojson_file reads a file" if isinstance(geojson, str) else "")
        )
    if "type" not in found:
        raise ValueError(
            f"load_geojson(): missing 'type' field; the fields are {', '.join(map(repr, found))}"
        )
    kind = _CLASSES.get(str(found["type"]).lower())
    if kind is None:
        raise ValueError(f"Unsupported GeoJSON type {found['type']!r}")
    return kind.from_geojson(found)


def load_geojson_file(path: str | Path) -> AnyValue:
    """The proxy of a GeoJSON file; see `load_geojson`.

    Parameters
    ----------
    path : str or Path
        ``~`` is the home folder.

    Returns
    -------
    Geometry, GeometryCollection, Feature or FeatureCollection

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it holds no GeoJSON object.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "point.geojson"
    ...     _ = path.write_text('{"type": "Point", "coordinates": [1, 2]}')
    ...     load_geojson_file(path).compute()
    GeometryResult(type=Point, coordinates=[1, 2])
    """
    text = Path(path).expanduser().read_text(encoding="utf-8-sig")
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ValueError(f"load_geojson_file(): {str(path)!r} is no JSON: {error}") from error
    return load_geojson(found)
