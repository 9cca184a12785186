"""Geometries and features as imagery."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any as AnyValue
from typing import Literal

import descartes_flow.geo as geo

from ..errors import JobInvalid
from ..geo.features import FeatureCollectionResult, FeatureResult, Vector, vector
from ..steps.burn import Burn
from ..steps.metadata import Lazy, Listed
from ..steps.raster import Raster
from ..types import Feature, FeatureCollection, Float, Geometry, GeometryCollection, Image, Int, Str
from .registry import operation

BAND = "features"
MERGING = ("add", "replace")


@operation("rasterize", on=Geometry, method="rasterize", named=("value",))
def rasterize(self: Geometry, value: Float | Int = 1) -> Image:  # type: ignore[assignment]
    """An Image of one number where the geometry lies.

    A polygon covers the pixels whose centre lies inside, a line those that it runs through, a point the one
    that holds it; with ``all_touched`` of the GeoContext, all of them every pixel that they touch.

    Parameters
    ----------
    value : float

    Returns
    -------
    Image
        One band, ``features``, float64; elsewhere 0 and masked. It has no properties. A geometry outside the
        area gives a fully masked Image, not an empty one.

    Raises
    ------
    JobInvalid
        When computed, if the type or the coordinates of the geometry are wrong.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> point = Geometry("Point", [0.25, 0.75]).rasterize(7)
    >>> here = wf.GeoContext(bounds=(0, 0, 1, 1), crs="EPSG:4326", resolution=0.5)
    >>> point.compute(here).ndarray.tolist()
    [[[7.0, None], [None, None]]]
    """
    ...


@operation("rasterize", on=GeometryCollection, method="rasterize", named=("value",))
def rasterize_geometries(self: GeometryCollection, value: Float | Int = 1) -> Image:  # type: ignore[assignment]
    """An Image of one number where any of the geometries lies; see `Geometry.rasterize`.

    Examples
    --------
    >>> GeometryCollection([Geometry("Point", [0, 0])]).rasterize(7)
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    ...


@operation("rasterize", on=Feature, method="rasterize", named=("value", "default_value"))
def rasterize_feature(
    self: Feature,
    value: Float | Int | Str = 1,  # type: ignore[assignment]
    default_value: Float | Int = 1,  # type: ignore[assignment]
) -> Image:
    """An Image of one number where the feature lies; see `Geometry.rasterize`.

    Parameters
    ----------
    value : float or str
        The number; or the name of a property that holds it.
    default_value : float
        The number where the feature lacks this property, or where it is None.

    Returns
    -------
    Image
        With the properties of the feature.

    Raises
    ------
    JobInvalid
        When computed, if the property is no number.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> point = Feature(Geometry("Point", [0.25, 0.75]), {"foo": 7})
    >>> here = wf.GeoContext(bounds=(0, 0, 1, 1), crs="EPSG:4326", resolution=0.5)
    >>> point.rasterize("foo").compute(here).ndarray.tolist()
    [[[7.0, None], [None, None]]]
    """
    ...


@operation(
    "rasterize",
    on=FeatureCollection,
    method="rasterize",
    named=("value", "default_value", "merge_algorithm"),
)
def rasterize_features(
    self: FeatureCollection,
    value: Float | Int | Str = 1,  # type: ignore[assignment]
    default_value: Float | Int = 1,  # type: ignore[assignment]
    merge_algorithm: Literal["add", "replace"] = "add",
) -> Image:
    """An Image of the features; see `Geometry.rasterize`.

    Parameters
    ----------
    value : float or str
        One number for all; or the name of a property that holds that of each feature.
    default_value : float
        The number of features that lack this property, or where it is None.
    merge_algorithm : str
        Where features overlap: ``"add"`` adds their numbers up, with ``"replace"`` the last feature counts.

    Returns
    -------
    Image
        Fully masked if no feature lies in the area.

    Raises
    ------
    ValueError
        If `merge_algorithm` is another word.
    JobInvalid
        When computed, if a property is no number.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> point = Feature(Geometry("Point", [0.25, 0.75]), {"foo": 1})
    >>> here = wf.GeoContext(bounds=(0, 0, 1, 1), crs="EPSG:4326", resolution=0.5)
    >>> FeatureCollection([point] * 3).rasterize("foo").compute(here).ndarray.tolist()
    [[[3.0, None], [None, None]]]
    >>> last = FeatureCollection([point] * 3).rasterize("foo", merge_algorithm="replace")
    >>> last.compute(here).ndarray.tolist()
    [[[1.0, None], [None, None]]]
    """
    ...


@rasterize.rule
def _rasterize(
    bind: AnyValue,
    shape: AnyValue,
    value: AnyValue = 1,
    default_value: AnyValue = 1,
    merge_algorithm: AnyValue = "add",
) -> Raster:
    shape, value, default, merging = bind.decided((shape, value, default_value, merge_algorithm))
    if merging not in MERGING:
        raise JobInvalid(f"merge_algorithm: expected one of {', '.join(map(repr, MERGING))}, got {merging!r}")
    return burnt(bind, vector(shape), value, default, add=merging == "add")


def burnt(
    bind: AnyValue, shape: Vector, value: AnyValue = 1, default: float = 1, *, add: bool = False
) -> Raster:
    """The imagery of a geometry or of features."""
    shapes, values = [], []
    for place, properties in _places(shape):
        content = geo.shapes.burnable(place, "rasterize()")
        if content is not None:
            shapes.append(content)
            values.append(_number(value, properties, default))
    own = Listed([shape.properties if isinstance(shape, FeatureResult) else {}])
    number = bind.arena.add(Burn(shapes, values, add), bind.origin)
    return Raster(bind.arena, number, 1, (BAND,), own, Lazy(lambda: {BAND: {}}), False)


def _places(shape: Vector) -> Iterator[tuple[Vector, dict[str, AnyValue]]]:
    """What is burnt one by one, with the properties that may give the number."""
    if isinstance(shape, FeatureCollectionResult):
        for feature in shape:
            yield from _places(feature)
    elif not isinstance(shape, FeatureResult):
        yield shape, {}
    elif shape.geometry is not None:
        yield shape.geometry, shape.properties


def _number(value: AnyValue, properties: dict[str, AnyValue], default: AnyValue) -> float:
    found = value
    if isinstance(value, str):
        found = properties.get(value)
        found = default if found is None else found
    if not isinstance(found, (int, float)):
        raise JobInvalid(f"property {value!r}: expected a number to burn, got {found!r}")
    return float(found)
