"""What can be done with the groups of a collection: a function of each, composites."""

from __future__ import annotations

from dataclasses import replace
from typing import Any as AnyValue

from ..graph import apply
from ..steps.batch import Axis, Column, per_image
from ..steps.raster import Raster
from ..types import Bool, Callback, Dict, Function, ImageCollection, ImageCollectionGroupby, Imagery, Key
from ..types.proxytype import Proxytype
from .grouping import Groups
from .mapping import imagery_of_each
from .registry import BUILD, operation


def _mapped(self: ImageCollectionGroupby, func: Function) -> type[Proxytype]:
    return Dict.of(self.key_type, func.return_type)


@operation("ImageCollectionGroupby.map", on=ImageCollectionGroupby, method="map", returns=_mapped)
def map_groups(self: ImageCollectionGroupby, func: Callback((Key, ImageCollection))) -> AnyValue:  # type: ignore[valid-type]
    """The results of a function for each group.

    Parameters
    ----------
    func : callable
        Takes the key and the collection of a group. It is called once, while the graph is built.

    Returns
    -------
    ImageCollection
        If the function returns an Image or an ImageCollection: all of them, in the order of the groups;
        empties are dropped.
    Dict[K, R]
        What it returns otherwise, by key.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> months = ImageCollection.from_id("sentinel-2:L1C").groupby(dates="month")
    >>> months.map(lambda month, imgs: imgs.length())
    <descartes_flow.types.containers.dict_.Dict[Int, Int] at 0x...>
    """
    if issubclass(func.return_type, Imagery):
        return ImageCollection._from_node(apply("ImageCollectionGroupby.map_ic", self._node, func._node))
    return BUILD


@map_groups.rule
def _map_groups(bind: AnyValue, value: Groups, func: AnyValue) -> dict[AnyValue, AnyValue]:
    if not value.keys:
        return {}
    axis, arguments = _each_group(value)
    results = bind.for_each(axis, arguments, func, lambda result: per_image(result, axis), list)
    return dict(zip(value.keys, results, strict=True))


@operation("ImageCollectionGroupby.map_ic", on=ImageCollectionGroupby, public=False)
def map_groups_imagery(
    self: ImageCollectionGroupby,
    func: Callback((Key, ImageCollection), Imagery),  # type: ignore[valid-type]
) -> ImageCollection:
    """`ImageCollectionGroupby.map` whose function gives imagery."""
    ...


@map_groups_imagery.rule
def _map_groups_imagery(bind: AnyValue, value: Groups, func: AnyValue) -> Raster:
    if not value.keys:
        return value.raster.emptied(collection=True)
    axis, arguments = _each_group(value)
    return imagery_of_each(bind, axis, arguments, func)


def _each_group(value: Groups) -> tuple[Axis, list[AnyValue]]:
    """The axis of a lambda over groups, and what stands for key and collection in it."""
    axis = Axis(len(value.keys))
    return axis, [Column(value.keys, axis), replace(value.raster, axis=axis, segments=value.lengths)]


def _reduced(name: str, summary: str) -> None:
    """Declare a reduction of each group."""

    def declaration(self: ImageCollectionGroupby, axis: object = None) -> AnyValue:
        return map_groups(self, lambda group, imgs: getattr(imgs, name)(axis=axis))

    declaration.__name__ = declaration.__qualname__ = name
    declaration.__doc__ = f"""{summary} in each group; see `ImageCollection.{name}`.

    Parameters
    ----------
    axis : None, "images", "bands", "pixels", or several of them in any order

    Returns
    -------
    ImageCollection
        For "images", "bands" or both: the results of the groups, in their order.
    Dict
        By key, otherwise.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> months = ImageCollection.from_id("sentinel-2:L1C").groupby(dates="month")
    >>> months.{name}(axis="images")
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    """
    operation("ImageCollectionGroupby.map", on=ImageCollectionGroupby, method=name)(declaration)


_reduced("min", "Smallest valid value")
_reduced("max", "Largest valid value")
_reduced("mean", "Mean of the valid values")
_reduced("median", "Median of the valid values")
_reduced("sum", "Sum of the valid values")
_reduced("std", "Standard deviation of the valid values")
_reduced("count", "Number of valid values")


@operation("ImageCollectionGroupby.map_ic", on=ImageCollectionGroupby, method="mosaic")
def mosaic_groups(self: ImageCollectionGroupby, reverse: Bool = False) -> ImageCollection:  # type: ignore[assignment]
    """The images of each group laid over each other; see `ImageCollection.mosaic`.

    Parameters
    ----------
    reverse : bool
        False: the last image lies on top. True: the first.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> ImageCollection.from_id("sentinel-2:L1C").groupby(dates="month").mosaic()
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    """
    made: ImageCollection = map_groups(self, lambda group, imgs: imgs.mosaic(reverse=reverse))
    return made
