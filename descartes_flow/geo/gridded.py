"""`Gridded`: what AOI, DLTile and XYZTile have in common."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import descartes_flow.geo as geo
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.grid import Grid

if TYPE_CHECKING:
    from odc.geo.geobox import GeoBox
    from shapely.geometry.base import BaseGeometry


class Gridded(ABC):
    """A plain, immutable description of a grid, and everything that follows from the grid."""

    __slots__ = ()

    @abstractmethod
    def grid(self) -> Grid:
        """The pixels that this context describes.

        Raises
        ------
        ContextError
            If it describes none; the message names the field.
        """

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """What a computed GeoContext is: its fields, and what was derived from them, as plain values."""

    @abstractmethod
    def geocontext_arguments(self) -> tuple[str | None, dict[str, Any]]:
        """How to make a GeoContext that means the same.

        Returns
        -------
        constructor : str or None
            Class method of GeoContext; None for the class itself.
        arguments : dict
            By name.
        """

    @property
    @abstractmethod
    def projected_bounds(self) -> Bounds:
        """Extent in the CRS of the grid, before it was rounded to whole pixels."""

    @abstractmethod
    def outline(self) -> "BaseGeometry":
        """The area in WGS84, as a shapely geometry."""

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The area in WGS84, as GeoJSON."""
        return dict(self.outline().__geo_interface__)

    @property
    def arr_shape(self) -> tuple[int, int]:
        """``(rows, cols)`` of the grid."""
        return self.grid().shape

    @property
    def gdal_geotrans(self) -> tuple[float, float, float, float, float, float]:
        """GDAL's geotransform of the grid: ``(left, xres, 0, top, 0, -yres)``."""
        a, b, c, d, e, f = self.grid().transform
        return c, a, b, f, d, e

    @property
    def geotrans(self) -> tuple[float, ...]:
        """Affine matrix of the grid, row by row: ``(xres, 0, left, 0, -yres, top, 0, 0, 1)``."""
        return *self.grid().transform, 0.0, 0.0, 1.0

    def index_to_coords(self, row: int, col: int) -> tuple[float, float]:
        """``(x, y)`` of the upper left corner of a pixel; see `Grid.index_to_coords`."""
        return self.grid().index_to_coords(row, col)

    def coords_to_index(self, x: float, y: float) -> tuple[int, int]:
        """``(row, col)`` of the pixel that holds a point; see `Grid.coords_to_index`."""
        return self.grid().coords_to_index(x, y)

    def to_geobox(self) -> "GeoBox":
        """The grid for odc-geo."""
        return geo.geoboxes.to_geobox(self.grid())

    def _derived(self) -> dict[str, Any]:
        """The entries with which every `to_dict` ends."""
        return {
            "projected_bounds": tuple(self.projected_bounds),
            "arr_shape": self.arr_shape,
            "geotrans": self.geotrans,
            "gdal_geotrans": self.gdal_geotrans,
        }


def as_context(value: object) -> Gridded:
    """`value` if it is an AOI, DLTile or XYZTile.

    Raises
    ------
    TypeError
        If it is anything else.
    """
    if isinstance(value, Gridded):
        return value
    raise TypeError(
        f"Invalid GeoContext {value!r}: expected an AOI, DLTile or XYZTile (descartes_flow.geo), "
        f"got {type(value).__name__}"
    )
