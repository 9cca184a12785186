"""Where there is land: outlines of Natural Earth, which the wheels of pyogrio bring with them."""

import functools
import importlib.util
import threading
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from descartes_flow.io.tables import from_gdal

IN_PYOGRIO = "tests/fixtures/naturalearth_lowres/naturalearth_lowres.shp"
"""Countries at 1:110 million, in the public domain."""

WHOLE_EARTH = shapely.box(-180, -90, 180, 90)


_lock = threading.Lock()  # many tiles at once want it first


def land() -> BaseGeometry:
    """The land of the earth at 1:110 million, longitudes and latitudes; good to some ten kilometres.

    Countries are made one, so that no line takes sides about a border. Empty where pyogrio was installed
    without its tests, as some distributions do.
    """
    with _lock:
        return _read()


@functools.cache
def _read() -> BaseGeometry:
    found = importlib.util.find_spec("pyogrio")
    path = None if found is None or found.origin is None else Path(found.origin).parent / IN_PYOGRIO
    if path is None or not path.exists():
        return shapely.Polygon()
    return shapely.union_all(from_gdal(str(path), WHOLE_EARTH, "ESRI Shapefile").shapes)
