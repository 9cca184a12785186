"""`AOI`: the grid of a run described by area, CRS and resolution or shape."""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import descartes_flow.geo as geo
from descartes_flow._settings import settings
from descartes_flow.errors import ContextError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.earth import LONLAT
from descartes_flow.geo.fields import check_degrees, extent, flag, positive, rows_and_cols
from descartes_flow.geo.fitting import fitted_grid
from descartes_flow.geo.grid import EDGE_TOLERANCE, Grid
from descartes_flow.geo.gridded import Gridded

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

AUTO_UTM = "utm"
"""As a crs: the UTM zone of the middle of the bounds."""


@dataclass(frozen=True, slots=True)
class AOI(Gridded):
    """An area and the pixels to cut it into; immutable, every field optional until the grid is needed.

    What a field says is checked at once, what is missing when `grid` is called.

    Raises
    ------
    ContextError
        If a field, or the fields together, describe no grid; the message names the field.

    Examples
    --------
    >>> iowa = AOI(
    ...     resolution=200.0, crs="EPSG:32615", align_pixels=False,
    ...     bounds=(258292.5, 4503907.5, 493732.5, 4743307.5), bounds_crs="EPSG:32615",
    ... )
    >>> iowa.arr_shape
    (1197, 1177)
    >>> AOI(bounds=(15.9, 45.7, 16.1, 45.9), crs="utm", resolution=10).grid().crs
    'EPSG:32633'
    """

    geometry: Any = None
    """Cutline in WGS84 (GeoJSON or an object with ``__geo_interface__``; kept as a shapely geometry)."""
    resolution: float | None = None
    """Edge of a pixel, in units of `crs`."""
    crs: str | None = None
    """CRS of the grid: EPSG code, PROJ string, WKT, an object with ``to_wkt``, or ``"utm"``."""
    align_pixels: bool = True
    """Whether the grid's edges are moved outward to multiples of the resolution; a `shape` is met without."""
    bounds: tuple[float, float, float, float] | None = None
    """``(min_x, min_y, max_x, max_y)`` in `bounds_crs`; default: those of the geometry."""
    bounds_crs: str = LONLAT
    """CRS of `bounds`, written like `crs`."""
    shape: tuple[int, int] | None = None
    """``(rows, cols)`` to fit into, instead of a resolution: square pixels from the upper left corner."""
    all_touched: bool = False
    """Whether pixels that the cutline merely touches count."""

    def __post_init__(self) -> None:
        for name, check in CHECKS.items():
            value = getattr(self, name)
            if value is not None or name not in _OPTIONAL:
                object.__setattr__(self, name, check(f"AOI({name}=)", value))
        if self.resolution is not None and self.shape is not None:
            raise ContextError(
                f"AOI(resolution=, shape=): expected one of them, got resolution={self.resolution} and "
                f"shape={self.shape}; with assign, set the other one to None"
            )
        if self.bounds is not None:
            check_degrees("AOI(bounds=)", Bounds(*self.bounds), self.bounds_crs)
            self._check_extent(Bounds(*self.bounds))

    @classmethod
    def from_bounds(
        cls,
        bounds: tuple[float, float, float, float],
        resolution: float | None = None,
        shape: tuple[int, int] | None = None,
        crs: str = AUTO_UTM,
        bounds_crs: str = LONLAT,
    ) -> "AOI":
        """Pixels that cover `bounds`, in the UTM zone of its middle unless another crs is given.

        Pixels are aligned to multiples of `resolution`; with a `shape` they start at the upper left corner.

        Examples
        --------
        >>> AOI.from_bounds((15.9, 45.7, 16.1, 45.9), resolution=10).arr_shape
        (2242, 1583)
        """
        return cls(None, resolution, crs, True, bounds, bounds_crs, shape)

    def assign(self, **changes: Any) -> "AOI":
        """A copy with other fields.

        Raises
        ------
        TypeError
            If there is no such field.

        Examples
        --------
        >>> AOI(resolution=10, crs="EPSG:32633").assign(resolution=None, shape=(256, 256)).shape
        (256, 256)
        """
        known = [field.name for field in fields(self)]
        if unknown := sorted(set(changes) - set(known)):
            raise TypeError(f"AOI.assign: no field {unknown}; known: {known}")
        return replace(self, **changes)

    def grid(self) -> Grid:
        """The pixels that this context describes.

        Raises
        ------
        ContextError
            If a field is missing, or the grid would be too large; the message names the field.
        """
        bounds = self.projected_bounds
        if self.shape is not None:
            edge = max(bounds.width / self.shape[1], bounds.height / self.shape[0])
            aligned = False  # else there could be a row and a column more than the shape has
        elif self.resolution is not None:
            edge = self.resolution
            aligned = self.align_pixels
        else:
            raise ContextError("AOI(resolution=, shape=): expected one of them, got neither")
        grid = fitted_grid(bounds, self._target_crs(), edge, aligned)
        cutline = None if self.geometry is None else geo.cutlines.geometry_text(self.geometry)
        return replace(grid, cutline=cutline, all_touched=self.all_touched)

    @property
    def projected_bounds(self) -> Bounds:
        """Envelope of the bounds reprojected into the CRS of the grid.

        Raises
        ------
        ContextError
            If bounds or crs are missing, or the bounds have no place in the crs.
        """
        return geo.crs.envelope(self._area(), self.bounds_crs, self._target_crs())

    def outline(self) -> "BaseGeometry":
        """The geometry, or else the outline of the bounds, in WGS84."""
        if self.geometry is not None:
            outline: BaseGeometry = self.geometry
            return outline
        return geo.footprints.footprint(self._area(), self.bounds_crs)

    def geocontext_arguments(self) -> tuple[str | None, dict[str, Any]]:
        """The fields that are set."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return None, {name: value for name, value in given.items() if value is not None}

    def to_dict(self) -> dict[str, Any]:
        """Fields and what was derived from them: what ``ImageResult.geocontext`` shows."""
        return {
            "geometry": None if self.geometry is None else self.__geo_interface__,
            "resolution": self.resolution,
            "crs": self._target_crs(),
            "bounds": tuple(self._area()),
            "bounds_crs": self.bounds_crs,
            "shape": self.shape,
            "align_pixels": self.align_pixels,
            "all_touched": self.all_touched,
            **self._derived(),
        }

    def _area(self) -> Bounds:
        """The bounds, or else those of the geometry, in `bounds_crs`."""
        if self.bounds is not None:
            return Bounds(*self.bounds)
        if self.geometry is None:
            raise ContextError("AOI(bounds=): expected bounds or a geometry, got neither")
        if self.bounds_crs != LONLAT:
            raise ContextError(
                f"AOI(bounds=): expected bounds in {geo.crs.crs_name(self.bounds_crs)}, got None; those of "
                f"the geometry are in {LONLAT}: set bounds_crs to that to use them"
            )
        return _bounds_of(self.geometry, self.all_touched)

    def _target_crs(self) -> str:
        if self.crs is None:
            raise ContextError("AOI(crs=): expected a CRS such as 'EPSG:32633', or 'utm', got None")
        return self.crs if self.crs != AUTO_UTM else geo.crs.utm_crs(*_middle(self._area(), self.bounds_crs))

    def _check_extent(self, bounds: Bounds) -> None:
        if self.resolution is not None and self.crs == self.bounds_crs and not self.all_touched:
            smaller = min(bounds.width, bounds.height) / self.resolution
            if smaller < 1 - EDGE_TOLERANCE:
                raise ContextError(
                    f"AOI(bounds=): expected at least one pixel of {self.resolution}, got {bounds.width} x "
                    f"{bounds.height}; use a finer resolution, or all_touched=True for such small areas"
                )
        if self.geometry is not None:
            outline = geo.footprints.footprint(bounds, self.bounds_crs)
            if not self.geometry.intersects(outline):
                raise ContextError(
                    f"AOI(geometry=, bounds=): expected them to meet, got a geometry within "
                    f"{self.geometry.bounds} and bounds {tuple(bounds)} in "
                    f"{geo.crs.crs_name(self.bounds_crs)}; "
                    "check the order (lon, lat) and bounds_crs"
                )


_OPTIONAL = ("geometry", "resolution", "crs", "bounds", "shape")

CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "geometry": lambda where, value: geo.cutlines.read_geometry(value, where),
    "resolution": lambda where, value: positive(where, value, "edge of a pixel in units of the crs"),
    "crs": lambda where, value: AUTO_UTM if value == AUTO_UTM else geo.crs.normalise_crs(value, where),
    "align_pixels": flag,
    "bounds": extent,
    "bounds_crs": lambda where, value: geo.crs.normalise_crs(value, where),
    "shape": lambda where, value: rows_and_cols(where, value, settings.max_side),
    "all_touched": flag,
}
"""By field ``(call and argument, for the error, value) -> plain value``; ContextError if it is none."""


def _bounds_of(geometry: "BaseGeometry", all_touched: bool) -> Bounds:
    bounds = Bounds(*geometry.bounds)
    if min(bounds.width, bounds.height) == 0 and not all_touched:
        raise ContextError(
            f"AOI(geometry=): expected a geometry with an extent, got {geometry.geom_type} within "
            f"{tuple(bounds)}; give bounds, or all_touched=True for the pixels that it touches"
        )
    parts = getattr(geometry, "geoms", [geometry])
    if bounds.width == 360 and all(part.bounds[2] - part.bounds[0] < 360 for part in parts):
        raise ContextError(
            "AOI(geometry=): lies on both sides of the antimeridian, so that its bounds in degrees go around "
            "the earth; take two geometries, one for either side, or give bounds in a CRS that is not torn "
            "there, such as UTM, with bounds_crs"
        )
    return bounds


def _middle(bounds: Bounds, crs: str) -> tuple[float, float]:
    """Longitude and latitude of the middle of `bounds`."""
    x, y = bounds.centre
    lon, lat = geo.crs.project([x], [y], crs, LONLAT)
    if not math.isfinite(lon[0]):
        raise ContextError(
            f"AOI(bounds=): the middle of {tuple(bounds)} in {geo.crs.crs_name(crs)} is not on the earth; "
            "check bounds_crs"
        )
    return float(lon[0]), float(lat[0])
