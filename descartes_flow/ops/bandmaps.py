"""`map_bands`: a function called for each band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid
from ..graph import apply, literal
from ..steps.batch import CannotBatch, joint_axis
from ..steps.families import all_aligned
from ..steps.metadata import Intersected, Properties
from ..steps.raster import Raster, concat_bands, require_imagery
from ..types import Bool, Callback, Dict, Image, ImageCollection, Imagery, Same, Str
from .registry import BUILD, operation


@operation("map_bands", on=Imagery, returns=lambda self, func: Dict.of(Str, func.return_type))
def map_bands(self: Imagery, func: Callback((Str, Same))) -> AnyValue:  # type: ignore[valid-type]
    """The results of a function for each band.

    Parameters
    ----------
    func : callable
        Takes the name of a band (Str) and the imagery with that band alone. It is called once, while the
        graph is built.

    Returns
    -------
    Image or ImageCollection
        Where the function returns such: the bands of all results one after the other, with the properties
        that all have in common; empty if any result is.
    Dict
        Where it returns anything else: the results by band name; ``{}`` for empty imagery.

    Raises
    ------
    JobInvalid
        When computed, if two results have a band of the same name.

    Examples
    --------
    >>> from descartes_flow import Image
    >>> img = Image.from_id("sentinel-2:L1C:a")
    >>> anomaly = img.map_bands(lambda name, band: band - band.mean(axis=None))
    >>> img.map_bands(lambda name, band: band.max(axis=None))
    <descartes_flow.types.containers.dict_.Dict[Str, Float] at 0x...>
    """
    kind = func.return_type
    if not issubclass(kind, Imagery):
        return BUILD
    named = {}
    if not issubclass(type(self), kind):  # without bands the results could not tell it
        named["collection"] = literal(issubclass(kind, ImageCollection))
    return kind._from_node(apply("map_bands_imagery", self._node, func._node, **named))


@operation("map_bands_imagery", on=Imagery, named=("collection",), public=False)
def map_bands_imagery(
    self: Imagery,
    func: Callback((Str, Same), Image | ImageCollection),  # type: ignore[valid-type]
    collection: Bool | None = None,
) -> Imagery:
    """`map_bands` whose function gives imagery; `collection` says which, if not what the object itself is."""
    ...


@map_bands.rule
def _map_bands(bind: AnyValue, raster: Raster, func: AnyValue) -> dict[str, AnyValue]:
    if raster.some_empty:
        raise CannotBatch(raster.axis, "some of the collections are empty")
    return {
        name: bind.call(func, name, raster.take_bands([index])) for index, name in enumerate(raster.bands)
    }


@map_bands_imagery.rule
def _map_bands_imagery(
    bind: AnyValue, raster: Raster, func: AnyValue, collection: bool | None = None
) -> Raster:
    parts = list(_map_bands(bind, raster, func).values())
    require_imagery(parts)
    if not parts or any(part.is_empty for part in parts):
        axis = joint_axis([raster, *parts])
        return Raster.empty(bind.arena, raster.collection if collection is None else collection, axis)
    return _with_bands_of(parts)


def _with_bands_of(parts: Sequence[Raster]) -> Raster:
    """The bands of all parts in one raster; the same for all images of a lambda around if all parts are."""
    names = [name for part in parts for name in part.bands]
    if len(set(names)) < len(names):
        raise JobInvalid(
            f"map_bands: two bands would have the same name: {', '.join(names)}; let the function rename "
            "what it returns, for example with rename_bands"
        )
    brought, shape = all_aligned(parts, joint_axis(parts))
    properties = _common(list(dict.fromkeys(part.properties for part in brought)))
    images = max(part.images for part in brought)
    if properties.length < images:
        properties = properties.take(np.zeros(images, np.int32))
    return concat_bands(brought[0], brought, names, properties=properties, **shape.changes())


def _common(properties: Sequence[Properties]) -> Properties:
    """Fields that all have; halves at a time, so that many bands nest little."""
    if len(properties) == 1:
        return properties[0]
    half = len(properties) // 2
    return Intersected(_common(properties[:half]), _common(properties[half:]))
