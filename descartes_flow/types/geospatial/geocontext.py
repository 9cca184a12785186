"""GeoContext: the area, CRS and resolution of a run."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

from ...errors import ProxyTypeError
from ...geo import AOI, DLTile, XYZTile
from ...graph import Node, apply, literal
from ..containers.tuple_ import Tuple
from ..methods import GeoContextMethods
from ..names import TYPES
from ..primitives.bool_ import Bool
from ..primitives.number import Float, Int
from ..primitives.string import Str
from ..proxytype import Proxytype, describe
from .geometry import Geometry

FIELDS: dict[str, type[Proxytype]] = {
    "geometry": Geometry,
    "resolution": Float,
    "crs": Str,
    "align_pixels": Bool,
    "bounds": Tuple[Float, Float, Float, Float],
    "bounds_crs": Str,
    "shape": Tuple[Int, Int],
    "all_touched": Bool,
}
"""Fields that the constructor takes, with their types."""

DERIVED: dict[str, type[Proxytype]] = {
    "arr_shape": Tuple[Int, Int],
    "gdal_geotrans": Tuple[Float, Float, Float, Float, Float, Float],
    "projected_bounds": Tuple[Float, Float, Float, Float],
}
"""Fields that follow from the others."""


class GeoContext(GeoContextMethods, Proxytype):
    """Where the pixels of a run lie: an area, a CRS and a resolution or a shape.

    Parameters
    ----------
    geometry : GeoJSON mapping or object with ``__geo_interface__``, optional
        Cutline in WGS84; pixels outside are masked.
    resolution : float, optional
        Edge of a pixel, in units of `crs`. Give either this or `shape`.
    crs : str
        EPSG code, PROJ string or WKT.
    align_pixels : bool
        Snap the bounds outward to multiples of the resolution.
    bounds : tuple of 4 floats, optional
        ``(min_x, min_y, max_x, max_y)`` in `bounds_crs`; left out: those of the geometry.
    bounds_crs : str
        CRS of the bounds.
    shape : tuple of 2 ints, optional
        ``(rows, cols)`` to fit within, keeping the aspect.
    all_touched : bool
        Whether pixels that the cutline merely touches count.

    Raises
    ------
    ProxyTypeError
        If a field has the wrong type, naming it. What the fields mean together is checked when something is
        computed (a plain `descartes_flow.geo.AOI` checks at once).
    """

    __slots__ = ()

    def __init__(
        self,
        geometry: AnyValue = None,
        resolution: AnyValue = None,
        crs: AnyValue = None,
        align_pixels: AnyValue = True,
        bounds: AnyValue = None,
        bounds_crs: AnyValue = "EPSG:4326",
        shape: AnyValue = None,
        all_touched: AnyValue = False,
    ) -> None:
        given = (geometry, resolution, crs, align_pixels, bounds, bounds_crs, shape, all_touched)
        fields: dict[str, Node] = {}
        for (name, kind), value in zip(FIELDS.items(), given, strict=True):
            if value is None:
                continue
            try:
                fields[name] = kind._promote(value)._node
            except ProxyTypeError as error:
                raise ProxyTypeError(
                    f"GeoContext({name}=): expected {kind.__name__}, got {describe(value)}; {error}"
                ) from error
        self._node = apply("GeoContext.create", **fields)

    @classmethod
    def from_xyz_tile(cls, x: AnyValue, y: AnyValue, z: AnyValue, all_touched: AnyValue = False) -> Self:
        """The context of one 256 x 256 web-mercator map tile (EPSG:3857)."""
        address = [Int._promote(value)._node for value in (x, y, z)]
        return cls._from_node(
            apply("GeoContext.from_xyz_tile", *address, all_touched=Bool._promote(all_touched)._node)
        )

    @classmethod
    def from_dltile_key(cls, key: AnyValue, all_touched: AnyValue = False) -> Self:
        """The context of a UTM tile ``tilesize:pad:resolution:zone:ti:tj``."""
        return cls._from_node(
            apply(
                "GeoContext.from_dltile_key",
                Str._promote(key)._node,
                all_touched=Bool._promote(all_touched)._node,
            )
        )

    @classmethod
    def from_geo(cls, context: AnyValue) -> Self:
        """The context of a plain `AOI`, `DLTile` or `XYZTile` of `descartes_flow.geo`.

        Raises
        ------
        TypeError
            If `context` is none of these.
        """
        try:
            return cls._promote(context)
        except ProxyTypeError as error:
            raise TypeError(str(error)) from error

    from_scenes = from_geo

    @classmethod
    def _promote(cls, value: AnyValue) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]):
            return cls._from_node(value._node)
        if isinstance(value, XYZTile):
            return cls.from_xyz_tile(value.x, value.y, value.z, value.all_touched)
        if isinstance(value, DLTile):
            return cls.from_dltile_key(value.key, value.all_touched)
        if isinstance(value, AOI):
            return cls(**{name: getattr(value, name) for name in FIELDS})
        raise ProxyTypeError(f"cannot promote {describe(value)} to GeoContext")

    def __getattr__(self, name: str) -> Proxytype:
        kind = FIELDS.get(name) or DERIVED.get(name)
        if kind is None:
            raise AttributeError(f"a GeoContext has no field {name!r}; known: {[*FIELDS, *DERIVED]}")
        return kind._from_node(apply("getattr", self._node, literal(name)))
