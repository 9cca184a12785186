"""Reductions: over images, bands and pixels, in any combination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any as AnyValue

import numpy as np

from .._spelling import did_you_mean
from ..errors import JobInvalid, ProxyTypeError
from ..graph import Node, apply, literal
from ..steps.arena import Step
from ..steps.batch import CannotBatch, Deferred
from ..steps.metadata import BandInfo, Common, Lazy, common_fields
from ..steps.pixelreduce import ReducePixels
from ..steps.raster import Raster
from ..steps.reduce import Reduce
from ..steps.select import TakeBands, TakeImages
from ..types import Bool, Dict, Float, Image, ImageCollection, Imagery, List, Str
from ..types.proxytype import Proxytype, describe
from .arrays import reduced
from .registry import operation
from .statistics import KERNELS

AXES = ("images", "bands", "pixels")
IMAGE_RESULTS: dict[frozenset[str], type[Proxytype]] = {
    frozenset(AXES[1:]): Float,
    frozenset({"pixels"}): Dict[Str, Float],
    frozenset({"bands"}): Image,
}
COLLECTION_RESULTS: dict[frozenset[str], type[Proxytype]] = {
    frozenset(AXES): Float,
    frozenset({"pixels"}): List[Dict[Str, Float]],
    frozenset({"bands"}): ImageCollection,
    frozenset({"images"}): Image,
    frozenset({"bands", "pixels"}): List[Float],
    frozenset({"images", "pixels"}): Dict[Str, Float],
    frozenset({"images", "bands"}): Image,
}


def _cases(results: dict[frozenset[str], type[Proxytype]]) -> dict[AnyValue, type[Proxytype]]:
    """Types of the results for one axis by its name, and for all axes."""
    single = {axis: results[frozenset({axis})] for axis in AXES if frozenset({axis}) in results}
    return {**single, None: results[max(results, key=len)]}


CASES = {Image: _cases(IMAGE_RESULTS), ImageCollection: _cases(COLLECTION_RESULTS)}


def reduced_axes(owner: type, axis: AnyValue, call: str) -> tuple[frozenset[str], type[Proxytype]]:
    """The axes to reduce, and the type of the result; ValueError for what `owner` cannot reduce."""
    results = COLLECTION_RESULTS if issubclass(owner, ImageCollection) else IMAGE_RESULTS
    if axis is None:
        axes = max(results, key=len)
    else:
        names = [axis] if isinstance(axis, str) else axis
        if not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
            raise ProxyTypeError(f"{call}(axis=): expected {_axes_written(results)}, got {describe(axis)}")
        axes = frozenset(names)
        if len(axes) < len(list(names)):
            raise ValueError(f"{call}(axis=): an axis is named twice: {axis!r}")
    if axes not in results:
        unknown = [name for name in sorted(axes) if name not in AXES]
        meant = did_you_mean(unknown[0], AXES) if unknown else ""
        raise ValueError(
            f"{call}(axis=): {owner.__name__} cannot be reduced over {axis!r}; "
            f"expected {_axes_written(results)}{meant}"
        )
    return axes, results[axes]


def _axes_written(results: dict[frozenset[str], type[Proxytype]]) -> str:
    known = [f'"{axis}"' for axis in AXES if frozenset({axis}) in results]
    return f"{', '.join(known)}, several of them, or None for all"


def axis_node(axis: AnyValue) -> Node:
    """The axes of a reduction as the graph holds them."""
    if axis is None or isinstance(axis, str):
        return literal(axis)
    return apply("list", *(literal(name) for name in axis))


__test__: dict[str, str] = {}
"""The documentation of the declared reductions, whose examples doctest runs."""

MASKED = "a pixel with no valid value is masked, a Float with none is NaN."


def _reduction(name: str, summary: str, none: str = MASKED) -> None:
    """Declare a reduction as a method of Image and ImageCollection."""

    def declaration(self: Imagery, axis: object = None) -> AnyValue:
        result = reduced_axes(type(self), axis, name)[1]
        return result._from_node(apply(name, self._node, axis_node(axis)))

    declaration.__name__ = declaration.__qualname__ = name
    declaration.__doc__ = f"""{summary}

    Parameters
    ----------
    axis : None, "images", "bands", "pixels", or several of them in any order
        What is reduced; None: everything. Several axes are reduced jointly. An Image has no axis "images".

    Returns
    -------
    Image
        For "images" (a composite with the same bands) and ("images", "bands").
    Image or ImageCollection
        For "bands": one band called ``{name}``.
    Dict[Str, Float]
        By band, for "pixels" of an Image and ("images", "pixels").
    List
        For "pixels" (of Dict[Str, Float]) and ("bands", "pixels") (of Float) of an ImageCollection.
    Float
        For all axes.

        Masked pixels are ignored; {none}

    Raises
    ------
    ValueError
        If the axis does not exist.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> type(col.{name}(axis="images")).__name__
    'Image'
    >>> type(col.{name}(axis=("images", "pixels"))).__name__
    'Dict[Str, Float]'
    """
    __test__[name] = declaration.__doc__
    made = operation(name, on=Imagery, cases=CASES)(declaration)
    made.rule(lambda bind, value, axis=None: _reduced(bind, name, value, axis))
    made.kernel(KERNELS[name])


_reduction("min", "Smallest valid value.")
_reduction("max", "Largest valid value.")
_reduction("mean", "Mean of the valid values.")
_reduction("median", "Median of the valid values; of an even number the mean of the middle two.")
_reduction("sum", "Sum of the valid values.")
_reduction("std", "Standard deviation of the valid values (of the population, ddof 0).")
_reduction("count", "Number of valid values.", "where there is none the count is 0, unmasked.")
REDUCTIONS = ("min", "max", "mean", "median", "sum", "std", "count")


@operation("reduction", on=Imagery)
def reduction(self: Imagery, operation: Str, axis: object = None) -> AnyValue:
    """A reduction chosen by name.

    Parameters
    ----------
    operation : str
        min, max, mean, median, sum, std, count, or for collections with axis "images" also mosaic. The name
        may be a proxy, such as a parameter.
    axis : None, str or sequence of str
        As for the method of that name.

    Returns
    -------
    Float, Dict, List, Image or ImageCollection
        As the method of that name gives for this axis.

    Raises
    ------
    ValueError
        If the operation or the axis is unknown.
    JobInvalid
        When computed, if the name was not known before and is that of no such operation.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> ImageCollection.from_id("sentinel-2:L1C").reduction("median", axis="images")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    axes, result = reduced_axes(type(self), axis, "reduction")
    if operation.literal_value is not None and not _reduces(operation.literal_value, axes):
        raise ValueError(_no_reduction(operation.literal_value))
    return result._from_node(apply("reduction", self._node, operation._node, axis_node(axis)))


@reduction.rule
def _reduction_by_name(bind: AnyValue, raster: Raster, name: AnyValue, axis: AnyValue = None) -> AnyValue:
    op = bind.decided(name)
    if not _reduces(op, reduced_axes(ImageCollection if raster.collection else Image, axis, "reduction")[0]):
        raise JobInvalid(_no_reduction(op))
    return reduce_raster(bind, op, raster, axis)


def _reduces(name: AnyValue, axes: frozenset[str]) -> bool:
    return name in REDUCTIONS or (name == "mosaic" and axes == {"images"})


def _no_reduction(name: AnyValue) -> str:
    return (
        f"reduction(operation=): {name!r} is not one of {', '.join(REDUCTIONS)}, "
        'or mosaic for a collection with axis "images"'
    )


@operation("mosaic", on=ImageCollection)
def mosaic(self: ImageCollection, reverse: Bool = False) -> Image:  # type: ignore[assignment]
    """Images laid over each other.

    Parameters
    ----------
    reverse : bool
        False: the last image lies on top. True: the first.

    Returns
    -------
    Image
        Per pixel and band the topmost valid value, masked where there is none; properties that all images
        share. Empty for an empty collection.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> latest_on_top = col.mosaic()
    >>> earliest_on_top = col.mosaic(reverse=True)
    """
    ...


mosaic.kernel(KERNELS["mosaic"])


@mosaic.rule
def _mosaic(bind: AnyValue, raster: Raster, reverse: bool = False) -> Raster:
    if raster.is_empty or not bind.decided(reverse):
        return reduce_raster(bind, "mosaic", raster, "images")
    return reduce_raster(bind, "mosaic", raster.select(lambda length: np.arange(length)[::-1]), "images")


def _reduced(bind: AnyValue, op: str, value: AnyValue, axis: AnyValue) -> AnyValue:
    """The reduction of imagery, by names of axes, or of an array, by their positions."""
    if isinstance(value, Raster):
        return reduce_raster(bind, op, value, axis)
    return bind.elementwise(reduced, (op, value, axis))


def reduce_raster(bind: AnyValue, op: str, raster: Raster, axis: AnyValue, *arguments: float) -> AnyValue:
    """The bound value of a reduction; its kernel takes the arguments too."""
    owner = ImageCollection if raster.collection else Image
    axes, _ = reduced_axes(owner, axis, op)
    if "pixels" in axes:
        return _scalars(bind, op, raster, axes, arguments)
    if raster.is_empty:
        return raster.emptied(collection=raster.collection and "images" not in axes)
    over_images, over_bands = "images" in axes, "bands" in axes
    segments = segments_of(raster)
    source, of, rows = raster.step, raster.images, None
    taken = bind.arena.steps[source]
    if over_images and isinstance(taken, TakeImages):  # so that no stack of the taken images is made
        source, of, rows = taken.inputs[0], taken.of, taken.rows
    size = of, len(raster.bands)
    step = Reduce(op, source, size, over_images, over_bands, segments, rows, arguments)
    changes: dict[str, AnyValue] = {}
    if over_bands:
        changes.update(bands=(op,), bandinfo=Lazy(lambda: _joined_info(op, raster), raster.bandinfo))
    if over_images:
        changes.update(collection=False, segments=None, properties=Common(raster.properties, segments))
    return raster.with_step(step, bind.origin, **changes)


def segments_of(raster: Raster) -> np.ndarray[AnyValue, AnyValue]:
    """Numbers of consecutive images that make one composite each."""
    if raster.segments is None:
        return np.asarray([raster.images], np.int32)
    if raster.some_empty:
        raise CannotBatch(raster.axis, "some of the collections are empty")
    return raster.segments


def _joined_info(name: str, raster: Raster) -> BandInfo:
    return {name: common_fields(list(raster.bandinfo.get().values()))}


def _scalars(
    bind: AnyValue, op: str, raster: Raster, axes: frozenset[str], arguments: tuple[float, ...]
) -> AnyValue:
    """Floats, in the containers that the axes ask for; each is known only when pixels are."""
    over_images, over_bands = "images" in axes, "bands" in axes
    if raster.is_empty:
        return _nothing(op, raster, axes)
    if raster.collection and raster.axis is not None and not over_images:
        raise CannotBatch(raster.axis, "a list of unknown length for every image")
    segments = segments_of(raster) if over_images else ()
    source, of = raster.step, raster.images
    taken = bind.arena.steps[source]
    if not over_images and isinstance(taken, TakeImages):  # scalars of all images may be known already
        source, of = taken.inputs[0], taken.of
    size = of, len(raster.bands)
    step: Step = ReducePixels(op, source, size, over_images, over_bands, segments, arguments)
    number = bind.arena.add(step, bind.origin)
    if source != raster.step:
        assert isinstance(taken, TakeImages), "its images were taken"
        step = TakeImages(number, taken.rows, of, step.bands)
        number = bind.arena.add(step)

    def scalar(image: int | None, band: int) -> Deferred:
        taken = number
        if not over_bands and len(raster.bands) > 1:
            taken = bind.arena.add(TakeBands(taken, step.images, [band], step.bands))
        return Deferred(taken, raster.axis, image or 0)

    def of_image(image: int | None) -> AnyValue:
        if over_bands:
            return scalar(image, 0)
        return {name: scalar(image, band) for band, name in enumerate(raster.bands)}

    if raster.collection and not over_images:
        return [of_image(image) for image in range(raster.images)]
    return of_image(None)


def _nothing(op: str, raster: Raster, axes: frozenset[str]) -> AnyValue:
    """The reduction of empty imagery."""
    if raster.collection and "images" not in axes:
        return []
    if "bands" not in axes:
        return {}
    return 0.0 if op == "count" else float("nan")
