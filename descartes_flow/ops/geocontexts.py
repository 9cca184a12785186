"""GeoContext: from its fields to the plain context that describes a grid."""

from __future__ import annotations

from typing import Any as AnyValue

from ..geo import AOI, DLTile, XYZTile
from ..types import Any, Bool, Float, GeoContext, Int, Str, Tuple
from .registry import operation


@operation("GeoContext.create", public=False)
def create(**fields: Any) -> GeoContext:
    """The context of the given fields."""
    ...


@create.value
def _create(**fields: AnyValue) -> AOI:
    return AOI(**fields)


@operation("GeoContext.from_xyz_tile", public=False, named=("all_touched",))
def from_xyz_tile(x: Int, y: Int, z: Int, all_touched: Bool = False) -> GeoContext:  # type: ignore[assignment]
    """The context of a map tile."""
    ...


@from_xyz_tile.value
def _from_xyz_tile(x: int, y: int, z: int, all_touched: bool = False) -> XYZTile:
    return XYZTile(x, y, z, all_touched=all_touched)


@operation("GeoContext.from_dltile_key", public=False, named=("all_touched",))
def from_dltile_key(key: Str, all_touched: Bool = False) -> GeoContext:  # type: ignore[assignment]
    """The context of a UTM tile."""
    ...


@from_dltile_key.value
def _from_dltile_key(key: str, all_touched: bool = False) -> DLTile:
    return DLTile.from_key(key, all_touched=all_touched)


@operation("GeoContext.index_to_coords", on=GeoContext, method="index_to_coords")
def index_to_coords(self: GeoContext, row: Int, col: Int) -> Tuple[Float, Float]:
    """``(x, y)`` of the upper left corner of a pixel, in the CRS of the context.

    Examples
    --------
    >>> GeoContext.from_dltile_key("512:0:10.0:36:-65:216").index_to_coords(4, 2).compute()
    (167220.0, 1111000.0)
    """
    ...


@index_to_coords.value
def _index_to_coords(context: AnyValue, row: int, col: int) -> tuple[float, float]:
    x, y = context.index_to_coords(row, col)
    return x, y


@operation("GeoContext.coords_to_index", on=GeoContext, method="coords_to_index")
def coords_to_index(self: GeoContext, x: Float | Int, y: Float | Int) -> Tuple[Int, Int]:
    """``(row, col)`` of the pixel that holds a point, inside or not; an edge belongs to the pixel after it.

    Examples
    --------
    >>> GeoContext.from_dltile_key("512:0:10.0:36:-65:216").coords_to_index(167220, 1111000).compute()
    (4, 2)
    """
    ...


@coords_to_index.value
def _coords_to_index(context: AnyValue, x: float, y: float) -> tuple[int, int]:
    row, col = context.coords_to_index(x, y)
    return row, col
