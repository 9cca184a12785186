"""Outlines of extents on the globe: longitudes and latitudes, poles, and the cut at the antimeridian."""

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from descartes_flow.errors import ContextError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.crs import EDGE_POINTS, crs_name, is_geographic, outline, project
from descartes_flow.geo.earth import EARTH_RADIUS, HALF_EQUATOR, LONLAT, WEB_MERCATOR

ROUNDING = 1e-9
"""Degrees that a projection and its inverse may be off."""


def footprint(bounds: Bounds, crs: str) -> BaseGeometry:
    """Outline of an extent as a Polygon in WGS84, or a MultiPolygon of its parts beside the antimeridian.

    Parameters
    ----------
    bounds : Bounds
        Extent in `crs`.
    crs : str
        In the form of `normalise_crs`.

    Raises
    ------
    ContextError
        If no part of the extent lies on the earth.

    Examples
    --------
    >>> footprint(Bounds(10.0, 45.0, 11.0, 46.0), "EPSG:4326").bounds
    (10.0, 45.0, 11.0, 46.0)
    """
    return fold_longitudes(shapely.Polygon(_continuous_ring(bounds, crs)))


def coverage(bounds: Bounds, crs: str) -> BaseGeometry:
    """The same area as `footprint`, with no more corners than it needs: those of a map tile are four.

    Examples
    --------
    >>> coverage(Bounds(0.0, 0.0, HALF_EQUATOR / 180, HALF_EQUATOR), "EPSG:3857").bounds
    (0.0, 0.0, 1.0, 85.0511287798066)
    """
    if crs != WEB_MERCATOR or bounds.left < -HALF_EQUATOR or bounds.right > HALF_EQUATOR:
        return footprint(bounds, crs)
    west, east = (180 * x / HALF_EQUATOR for x in (bounds.left, bounds.right))
    south, north = (math.degrees(math.atan(math.sinh(y / EARTH_RADIUS))) for y in (bounds.bottom, bounds.top))
    return shapely.box(west, south, east, north)


def lonlat_bounds(bounds: Bounds, crs: str) -> Bounds:
    """Extent in degrees around an extent in `crs`; ``left > right`` where it crosses the antimeridian.

    Raises
    ------
    ContextError
        If no part of the extent lies on the earth.
    """
    ring = _continuous_ring(bounds, crs)
    (left, bottom), (right, top) = ring.min(axis=0), ring.max(axis=0)
    if right - left >= 360 - ROUNDING:
        return Bounds(-180.0, float(bottom), 180.0, float(top))
    right -= 360 * (right > 180 + ROUNDING)
    return Bounds(float(left), float(bottom), float(min(right, 180.0)), float(top))


def lonlat_box(bounds: Bounds, crs: str) -> BaseGeometry:
    """Extent in degrees around an extent in `crs` that does not cross the antimeridian, as a Polygon."""
    return shapely.box(*lonlat_bounds(bounds, crs))


def fold_longitudes(geometry: BaseGeometry) -> BaseGeometry:
    """`geometry` with the parts beyond 180 degrees east or west brought back to -180 .. 180.

    Examples
    --------
    >>> [part.bounds for part in fold_longitudes(shapely.box(179, 0, 182, 1)).geoms]
    [(-180.0, 0.0, -178.0, 1.0), (179.0, 0.0, 180.0, 1.0)]
    """
    left, _, right, _ = geometry.bounds
    if left >= -180 and right <= 180:
        return geometry
    if left >= -180 - ROUNDING and right <= 180 + ROUNDING:
        return shapely.transform(geometry, lambda points: np.clip(points, -180, 180))
    turns = range(math.floor((left + 180) / 360), math.ceil((right - 180) / 360) + 1)
    worlds = [(shapely.box(360 * turn - 180, -90, 360 * turn + 180, 90), -360 * turn) for turn in turns]
    parts = [affinity.translate(geometry.intersection(world), xoff=shift) for world, shift in worlds]
    # what only touches a cut leaves a line or a point there
    dimensions = shapely.get_dimensions(geometry)
    return shapely.union_all([part for part in parts if shapely.get_dimensions(part) == dimensions])


def _continuous_ring(bounds: Bounds, crs: str) -> NDArray[np.float64]:
    """Outline ``(n, 2)`` in degrees without jumps: it starts in -180 .. 180 and may go on beyond."""
    pole = 0.0 if is_geographic(crs) else _pole_inside(bounds, crs)
    if pole:  # move an edge that runs through the pole off it: which way round the earth would be undecided
        bounds = bounds.grown(1e-6 * bounds.width, 1e-6 * bounds.height)
    lon, lat = _in_degrees(*outline(bounds), crs)
    if not np.isfinite(lon).all():
        return _box_of_visible_part(bounds, crs)
    ring = np.unwrap(np.append(lon, lon[0]), period=360.0)
    if pole and abs(ring[-1] - ring[0]) > 180:  # once around the earth: close it along the pole
        ring, lat = np.append(ring, ring[[-1, 0]]), np.append(lat, [lat[0], pole, pole])
    else:
        ring = ring[:-1]
    start = 360.0 * math.floor((ring.min() + 180.0 + ROUNDING) / 360.0)
    return np.column_stack([ring - start, lat])


def _in_degrees(
    x: NDArray[np.float64], y: NDArray[np.float64], crs: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """As `project`, but longitudes beyond 180 of WGS84 itself stay as they are."""
    return (x, y) if crs == LONLAT else project(x, y, crs, LONLAT)


def _pole_inside(bounds: Bounds, crs: str) -> float:
    """Latitude of the pole that lies in `bounds` or on their edge; 0 for none."""
    x, y = project([0.0, 0.0], [90.0, -90.0], LONLAT, crs)
    inside = (bounds.left <= x) & (x <= bounds.right) & (bounds.bottom <= y) & (y <= bounds.top)
    return 90.0 if inside[0] else -90.0 if inside[1] else 0.0


def _box_of_visible_part(bounds: Bounds, crs: str) -> NDArray[np.float64]:
    """Corners of the box around what a projection shows of the earth, for outlines that leave it."""
    x, y = np.meshgrid(
        np.linspace(bounds.left, bounds.right, 2 * EDGE_POINTS + 1),
        np.linspace(bounds.bottom, bounds.top, 2 * EDGE_POINTS + 1),
    )
    lon, lat = _in_degrees(x, y, crs)
    if not np.isfinite(lon).any():
        raise ContextError(
            f"bounds=: no part of {tuple(bounds)} in {crs_name(crs)} lies on the earth; check order and unit"
        )
    box = shapely.box(np.nanmin(lon), np.nanmin(lat), np.nanmax(lon), np.nanmax(lat))
    return shapely.get_coordinates(box.exterior)[:-1]
