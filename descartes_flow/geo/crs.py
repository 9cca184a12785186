"""Coordinate reference systems: their names, units and transforms; the one module that imports pyproj.

CRSs travel through the package as text: ``EPSG:n`` where such a code exists, else WKT. Coordinates are always
x (east, longitude) before y (north, latitude), whatever order the authority prescribes.
"""

import functools
import math
import threading

import cachetools
import numpy as np
import pyproj
from numpy.typing import ArrayLike, NDArray
from pyproj.exceptions import CRSError

from descartes_flow.errors import ContextError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.earth import EARTH_RADIUS, HALF_EQUATOR, LONLAT, WEB_MERCATOR, WEB_MERCATOR_LATITUDE

EDGE_POINTS = 32
"""Pieces into which an edge of an extent is cut before it is projected; even, so that its middle is kept."""

_local = threading.local()


def normalise_crs(crs: object, where: str = "crs=") -> str:
    """Canonical text of a CRS, the same for every way to write it.

    Parameters
    ----------
    crs : str, int or object with ``to_wkt``
        ``"EPSG:32633"``, ``32633``, a PROJ string, WKT, or a CRS object of pyproj or rasterio.
    where : str
        Call and argument, for the error.

    Returns
    -------
    str
        ``"EPSG:n"`` where such a code exists, else WKT. Only the horizontal part is kept.

    Raises
    ------
    ContextError
        If this is no CRS, or one that is neither geographic nor projected.

    Examples
    --------
    >>> normalise_crs("+proj=utm +zone=33 +datum=WGS84")
    'EPSG:32633'
    >>> normalise_crs("epsg:4326")
    'EPSG:4326'
    """
    text = f"EPSG:{crs}" if isinstance(crs, int) else crs.to_wkt() if hasattr(crs, "to_wkt") else crs
    try:
        return _canonical(text)
    except (CRSError, TypeError) as error:
        raise ContextError(
            f"{where}: expected a geographic or projected CRS such as 'EPSG:32633', a PROJ string or WKT, "
            f"got {crs!r} ({type(error).__name__})"
        ) from error


@functools.lru_cache(maxsize=256)
def _canonical(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(text)
    crs = pyproj.CRS.from_user_input(text)
    if len(crs.axis_info) > 2 and not crs.is_geocentric:
        crs = crs.to_2d()
    if not (crs.is_geographic or crs.is_projected):
        raise CRSError("neither geographic nor projected")
    if crs.equals(_parsed(LONLAT), ignore_axis_order=True):
        return LONLAT  # OGC:CRS84 differs only in its axis order, which we never follow
    code = crs.to_epsg()
    return crs.to_wkt() if code is None else f"EPSG:{code}"


@functools.lru_cache(maxsize=256)
def _parsed(crs: str) -> pyproj.CRS:
    return pyproj.CRS.from_user_input(crs)


def is_geographic(crs: str) -> bool:
    """Whether the coordinates of `crs` are angles."""
    return bool(_parsed(crs).is_geographic)


def crs_unit(crs: str) -> str:
    """Unit of the coordinates of `crs`, such as ``metre`` or ``degree``."""
    return str(_parsed(crs).axis_info[0].unit_name)


def crs_name(crs: str) -> str:
    """What a message calls `crs`: its code, or the name that its WKT gives."""
    return crs if crs.startswith("EPSG:") else repr(str(_parsed(crs).name))


def metres_per_unit(crs: str) -> float:
    """Metres in a unit of `crs`; for angles, along the equator.

    Examples
    --------
    >>> metres_per_unit("EPSG:32633"), round(metres_per_unit("EPSG:4326"), 1)
    (1.0, 111319.5)
    """
    factor = float(_parsed(crs).axis_info[0].unit_conversion_factor)  # metres or radians
    return factor * EARTH_RADIUS if is_geographic(crs) else factor


def utm_zone(lon: float, lat: float) -> int:
    """UTM zone of a point, with the exceptions of southern Norway and Svalbard.

    Examples
    --------
    >>> utm_zone(15.98, 45.81), utm_zone(5.32, 60.39), utm_zone(15.63, 78.22)
    (33, 32, 33)
    """
    lon = (lon + 180) % 360 - 180
    if 56 <= lat < 64 and 3 <= lon < 12:
        return 32
    if 72 <= lat <= 84 and 0 <= lon < 42:
        return 31 + 2 * math.floor((lon + 3) / 12)
    return math.floor((lon + 180) / 6) % 60 + 1


def utm_crs(lon: float, lat: float) -> str:
    """The UTM CRS (WGS 84) of a point; the polar stereographic one (UPS) above 84 N and below 80 S.

    Examples
    --------
    >>> utm_crs(-43.2, -22.9), utm_crs(0.0, 88.0)
    ('EPSG:32723', 'EPSG:5041')
    """
    if lat > 84:
        return "EPSG:5041"
    if lat < -80:
        return "EPSG:5042"
    return f"EPSG:{(32600 if lat >= 0 else 32700) + utm_zone(lon, lat)}"


def project(
    x: ArrayLike, y: ArrayLike, source: str, target: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of the CRS `source` in the CRS `target`; NaN where `target` does not reach.

    Parameters
    ----------
    x, y : array-like
        Coordinates of equal shape in `source`, east before north.
    source, target : str
        CRSs in the form of `normalise_crs`.

    Examples
    --------
    >>> x, y = project([15.0], [0.0], "EPSG:4326", "EPSG:32633")
    >>> float(round(x[0])), float(round(y[0]))
    (500000.0, 0.0)
    """
    x, y = _transformer(source, target).transform(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    outside = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(outside, np.nan, x), np.where(outside, np.nan, y)


def _transformer(source: str, target: str) -> pyproj.Transformer:
    """The transformer of this thread: they cost milliseconds to make and must not be shared by threads."""
    if not hasattr(_local, "transformers"):
        _local.transformers = cachetools.LRUCache(maxsize=64)
    kept: cachetools.LRUCache[tuple[str, str], pyproj.Transformer] = _local.transformers
    if (source, target) not in kept:
        kept[source, target] = pyproj.Transformer.from_crs(_parsed(source), _parsed(target), always_xy=True)
    return kept[source, target]


def outline(bounds: Bounds) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Corners of `bounds` and points between them, clockwise from the upper left, none of them twice."""
    there = np.linspace(0.0, 1.0, EDGE_POINTS, endpoint=False)
    x = bounds.left + bounds.width * np.concatenate([there, np.ones_like(there), 1 - there, 0 * there])
    y = bounds.top - bounds.height * np.concatenate([0 * there, there, np.ones_like(there), 1 - there])
    return x, y


def envelope(bounds: Bounds, source: str, target: str) -> Bounds:
    """Smallest extent in `target` around the outline of `bounds`, an extent in `source`.

    The edges are cut into points first, since straight lines of one CRS bend in the other. Latitudes beyond
    85.0511 end at the edge of the square world of EPSG:3857.

    Raises
    ------
    ContextError
        If part of the outline has no place in `target`, or if it crosses the antimeridian and `target` is
        torn there (EPSG:3857 and geographic CRSs).

    Examples
    --------
    >>> envelope(Bounds(12.0, 0.0, 18.0, 1.0), "EPSG:4326", "EPSG:3857").width
    667916.94...
    """
    if source == target:
        return bounds
    if target == WEB_MERCATOR and is_geographic(source):
        limit = WEB_MERCATOR_LATITUDE
        bounds = bounds._replace(bottom=max(bounds.bottom, -limit), top=min(bounds.top, limit))
    x, y = project(*outline(bounds), source, target)
    if not is_geographic(source) and _torn(x, target):
        raise ContextError(
            f"AOI(bounds=): {tuple(bounds)} in {crs_name(source)} cross the antimeridian, where the crs "
            f"{crs_name(target)} is torn; use a crs that is not (such as 'utm'), or two contexts, one for "
            "either side"
        )
    found = Bounds(float(x.min()), float(y.min()), float(x.max()), float(y.max()))  # NaN if any point is
    if not _holds_inside(found, bounds, source, target):
        raise ContextError(
            f"AOI(bounds=): {tuple(bounds)} in {crs_name(source)} reach beyond the area where the crs "
            f"{crs_name(target)} is defined; choose smaller bounds or another crs ('utm': the UTM zone of "
            "their middle)"
        )
    return found


def _holds_inside(envelope: Bounds, bounds: Bounds, source: str, target: str) -> bool:
    """Whether points inside `bounds` lie in the envelope of the outline: where a CRS tears, they leave it."""
    x, y = np.meshgrid(np.linspace(bounds.left, bounds.right, 9), np.linspace(bounds.bottom, bounds.top, 9))
    x, y = project(x, y, source, target)
    around = envelope.grown(0.01 * envelope.width, 0.01 * envelope.height)
    inside = (around.left <= x) & (x <= around.right) & (around.bottom <= y) & (y <= around.top)
    return bool(inside.all())


def _torn(x: NDArray[np.float64], crs: str) -> bool:
    """Whether neighbours on a closed line lie on opposite edges of the world."""
    world = 360.0 if is_geographic(crs) else 2 * HALF_EQUATOR if crs == WEB_MERCATOR else math.inf
    return bool(np.abs(np.diff(x, append=x[0])).max() > world / 2)
