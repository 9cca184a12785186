"""GeoContext: the area, CRS and resolution of a run."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import Self

from ...errors import ContextError, ProxyTypeError
from ...geo import AOI, DLTile, XYZTile
from ...geo.context import AUTO_UTM, CHECKS
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

CHECKED_AT_ONCE = ("resolution", "crs", "bounds", "bounds_crs", "shape")
"""Fields whose plain values are refused when the context is built if they can describe no grid."""


def _is_plain(value: AnyValue) -> bool:
    items = value if isinstance(value, (list, tuple)) else [value]
    return not any(isinstance(item, Proxytype) for item in items)


class GeoContext(GeoContextMethods, Proxytype):
    """Where the pixels of a run lie: an area, a CRS and a resolution or a shape.

    Parameters
    ----------
    geometry : GeoJSON mapping or object with ``__geo_interface__``, optional
        Cutline in WGS84; pixels outside are masked.
    resolution : float, optional
        Edge of a pixel, in units of `crs`. Give either this or `shape`.
    crs : str
        EPSG code, PROJ string, WKT, a CRS object of pyproj or rasterio, or ``"utm"``: the UTM zone of the
        middle.
    align_pixels : bool
        Snap the bounds outward to multiples of the resolution.
    bounds : tuple of 4 floats, optional
        ``(min_x, min_y, max_x, max_y)`` in `bounds_crs`; left out: those of the geometry.
    bounds_crs : str
        CRS of the bounds.
    shape : tuple of 2 ints, optional
        ``(rows, cols)`` to fit within, keeping the aspect: square pixels from the upper left corner of the
        bounds, never more of them than the shape has.
    all_touched : bool
        Whether pixels that the cutline merely touches count.

    Raises
    ------
    ProxyTypeError
        If a field has the wrong type, naming it.
    ContextError
        If a plain value describes no grid: a resolution of 0, bounds in the wrong order, an unknown CRS, both
        resolution and shape. What is missing, or depends on proxies, is found when something is computed
        (JobInvalid).

    Examples
    --------
    >>> ctx = GeoContext(bounds=(15.9, 45.7, 16.1, 45.9), crs="EPSG:32633", resolution=10.0)
    >>> ctx.arr_shape.compute()
    (2242, 1583)
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
        if not any(value is None or isinstance(value, Proxytype) for value in (resolution, shape)):
            raise ContextError(
                f"GeoContext(resolution=, shape=): expected one of them, got {resolution!r} and {shape!r}"
            )
        for (name, kind), value in zip(FIELDS.items(), given, strict=True):
            if value is None:
                continue
            if kind is Str and (isinstance(value, int) or hasattr(value, "to_wkt")):
                value = CHECKS[name](f"GeoContext({name}=)", value)
            try:
                fields[name] = kind._promote(value)._node
            except ProxyTypeError as error:
                raise ProxyTypeError(
                    f"GeoContext({name}=): expected {kind.__name__}, got {describe(value)}; {error}"
                ) from error
            if name in CHECKED_AT_ONCE and _is_plain(value):
                CHECKS[name](f"GeoContext({name}=)", value)
        self._node = apply("GeoContext.create", **fields)

    @classmethod
    def from_bounds(
        cls,
        bounds: AnyValue,
        resolution: AnyValue = None,
        shape: AnyValue = None,
        crs: AnyValue = AUTO_UTM,
        bounds_crs: AnyValue = "EPSG:4326",
    ) -> Self:
        """Pixels that cover `bounds`, in the UTM zone of its middle unless another crs is given.

        Parameters
        ----------
        bounds : tuple of 4 floats
            ``(min_x, min_y, max_x, max_y)`` in `bounds_crs`.
        resolution : float, optional
            Edge of a pixel, in units of `crs` (metres, for UTM). Give either this or `shape`.
        shape : tuple of 2 ints, optional
            ``(rows, cols)`` to fit within.
        crs, bounds_crs : str, optional
            As for the class itself.

        Examples
        --------
        >>> GeoContext.from_bounds((15.9, 45.7, 16.1, 45.9), resolution=10.0).compute()["crs"]
        'EPSG:32633'
        """
        return cls(bounds=bounds, resolution=resolution, shape=shape, crs=crs, bounds_crs=bounds_crs)

    @classmethod
    def from_xyz_tile(cls, x: AnyValue, y: AnyValue, z: AnyValue, all_touched: AnyValue = False) -> Self:
        """The context of one 256 x 256 web-mercator map tile (EPSG:3857).

        Examples
        --------
        >>> GeoContext.from_xyz_tile(1, 2, 3).arr_shape.compute()
        (256, 256)
        """
        address = [Int._promote(value)._node for value in (x, y, z)]
        return cls._from_node(
            apply("GeoContext.from_xyz_tile", *address, all_touched=Bool._promote(all_touched)._node)
        )

    @classmethod
    def from_dltile_key(cls, key: AnyValue, all_touched: AnyValue = False) -> Self:
        """The context of a UTM tile ``tilesize:pad:resolution:zone:ti:tj``.

        Zones are the northern ones; south of the equator northings are negative.

        Examples
        --------
        >>> GeoContext.from_dltile_key("512:0:10.0:36:-65:216").projected_bounds.compute()
        (167200.0, 1105920.0, 172320.0, 1111040.0)
        """
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

        Examples
        --------
        >>> from descartes_flow.geo import XYZTile
        >>> GeoContext.from_geo(XYZTile(1, 2, 3)).crs.compute()
        'EPSG:3857'
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
