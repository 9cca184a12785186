"""FeatureCollection and GeometryCollection as collections: map, filter, order, items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyValue

from ..geo.features import COLLECTIONS, same_collection
from ..graph import apply
from ..types import (
    Bool,
    Callback,
    Feature,
    FeatureCollection,
    Function,
    Geometry,
    GeometryCollection,
    List,
    Same,
    Slice,
)
from ..types.proxytype import Proxytype
from .containers import contains, length, reversed_list
from .items import list_item
from .lists import SORTERS, folded, sort
from .ordering import sorted_collection
from .registry import BUILD, operation


def _mapped(self: AnyValue, func: Function) -> Proxytype:
    """A function that gives members keeps the collection; another one is mapped over the list of them."""
    kind = func.return_type
    if issubclass(kind, self.element_type()):
        return BUILD
    members = self.features if isinstance(self, FeatureCollection) else self.geometries
    return List.of(kind)._from_node(apply("map", members._node, func._node))


@operation("map", on=FeatureCollection, method="map", returns=lambda self, func: type(self))
def map_features(self: FeatureCollection, func: Callback((Feature,))) -> AnyValue:  # type: ignore[valid-type]
    """The results of a function for each feature.

    Parameters
    ----------
    func : callable
        Takes the proxy of a feature. It is called once, while the graph is built.

    Returns
    -------
    FeatureCollection
        If the function returns a Feature.
    List
        Of what it returns otherwise.

    Examples
    --------
    >>> from descartes_flow import Feature, FeatureCollection, Geometry
    >>> points = FeatureCollection([Feature(Geometry("Point", [x, 0]), {"x": x}) for x in (1, 2)])
    >>> points.map(lambda f: f.properties["x"]).compute()
    [1, 2]
    >>> points.map(lambda f: f.buffer(1)).length().compute()
    2
    """
    return _mapped(self, func)


@operation("map", on=GeometryCollection, method="map", returns=lambda self, func: type(self))
def map_geometries(self: GeometryCollection, func: Callback((Geometry,))) -> AnyValue:  # type: ignore[valid-type]
    """The results of a function for each geometry.

    Parameters
    ----------
    func : callable
        Takes the proxy of a geometry. It is called once, while the graph is built.

    Returns
    -------
    GeometryCollection
        If the function returns a Geometry.
    List
        Of what it returns otherwise.

    Examples
    --------
    >>> both = GeometryCollection([Geometry("Point", [2, 0]), Geometry("Point", [1, 0])])
    >>> both.map(lambda g: g.type).compute()
    ['Point', 'Point']
    """
    return _mapped(self, func)


@operation("filter", on=FeatureCollection, method="filter")
def filter_features(self: FeatureCollection, func: Callback((Feature,), Bool)) -> Same:  # type: ignore[valid-type]
    """The features for which a function is true.

    Parameters
    ----------
    func : callable
        Takes the proxy of a feature, returns a Bool. It is called once, while the graph is built.

    Examples
    --------
    >>> from descartes_flow import Feature, FeatureCollection, Geometry
    >>> points = FeatureCollection([Feature(Geometry("Point", [x, 0]), {"x": x}) for x in (1, 2)])
    >>> points.filter(lambda f: f.properties["x"] > 1).length().compute()
    1
    """
    ...


@operation("filter", on=GeometryCollection, method="filter")
def filter_geometries(
    self: GeometryCollection,
    func: Callback((Geometry,), Bool),  # type: ignore[valid-type]
) -> Same:
    """The geometries for which a function is true.

    Parameters
    ----------
    func : callable
        Takes the proxy of a geometry, returns a Bool. It is called once, while the graph is built.

    Examples
    --------
    >>> both = GeometryCollection([Geometry("Point", [2, 0]), Geometry("Point", [1, 0])])
    >>> both.filter(lambda g: g.bounds()[0] > 1).length().compute()
    1
    """
    ...


def _reduced(self: AnyValue, func: Callable[..., object], initial: object = None) -> AnyValue:
    """One value from all members: ``func(func(initial, a), b)``.

    Parameters
    ----------
    func : callable
        Takes what it gave last and the next member, returns a value of the type of the former. It is called
        once, while the graph is built.
    initial : proxy, optional
        What it starts with; a proxy already, as it decides the type of the result. Left out: the first
        member.

    Raises
    ------
    ProxyTypeError
        If `initial` is no proxy.
    JobInvalid
        When computed, if the collection is empty and there is no `initial`.

    Examples
    --------
    >>> both = GeometryCollection([Geometry("Point", [2, 0]), Geometry("Point", [1, 0])])
    >>> both.reduce(lambda last, g: g).coordinates.compute()
    [1, 0]
    """
    return folded(self, func, initial)


for _cls in (FeatureCollection, GeometryCollection):
    operation("reduce", on=_cls, method="reduce")(_reduced)
    operation("length", on=_cls)(length.function)
    operation("contains", on=_cls)(contains.function)
    operation("reversed", on=_cls, method="reversed")(reversed_list.function)
    operation("reversed", on=_cls, method="__reversed__")(reversed_list.function)
    operation(
        "get",
        on=_cls,
        method="__getitem__",
        returns=lambda self, index: type(self) if isinstance(index, Slice) else self.element_type(),
    )(list_item.function)


@operation("sorted", on=FeatureCollection, method="sorted", named=("reverse",))
def sorted_features(
    self: FeatureCollection,
    key: Callback((Feature,)),  # type: ignore[valid-type]
    reverse: Bool = False,  # type: ignore[assignment]
) -> Same:
    """The features in the order of what a function gives for each; equal ones keep theirs.

    Parameters
    ----------
    key : callable
        Takes the proxy of a feature, returns what is compared. It is called once, while the graph is built.
    reverse : bool
        Largest first. NaN comes last in both directions.

    Raises
    ------
    TypeError
        If what `key` returns has no order.

    Examples
    --------
    >>> from descartes_flow import Feature, FeatureCollection, Geometry
    >>> points = FeatureCollection([Feature(Geometry("Point", [x, 0]), {"x": x}) for x in (2, 1)])
    >>> points.sorted(lambda f: f.properties["x"])[0].properties["x"].compute()
    1
    """
    return sorted_collection.function(self, key, reverse)


@operation("sorted", on=GeometryCollection, method="sorted", named=("reverse",))
def sorted_geometries(
    self: GeometryCollection,
    key: Callback((Geometry,)),  # type: ignore[valid-type]
    reverse: Bool = False,  # type: ignore[assignment]
) -> Same:
    """The geometries in the order of what a function gives for each; see `FeatureCollection.sorted`.

    Examples
    --------
    >>> both = GeometryCollection([Geometry("Point", [2, 0]), Geometry("Point", [1, 0])])
    >>> both.sorted(lambda g: g.bounds()[0])[0].coordinates.compute()
    [1, 0]
    """
    return sorted_features.function(self, key, reverse)


def _sorted(bind: AnyValue, value: AnyValue, key: AnyValue, reverse: AnyValue) -> AnyValue:
    return same_collection(value, sort(bind, list(value), key, reverse))


for _kind in COLLECTIONS:
    SORTERS[_kind] = _sorted
