"""Operations on pixels: masks, limits, scaling, colours."""

from __future__ import annotations

from typing import Any as AnyValue

import numpy as np

from .._spelling import did_you_mean
from ..colour.tables import COLORMAPS, apply_colormap, require_colormap
from ..errors import JobInvalid
from ..geo.features import vector
from ..steps.batch import joint_axis
from ..steps.families import Operand, Pointwise, aligned
from ..steps.metadata import Lazy
from ..steps.pixelreduce import ReducePixels
from ..steps.pointwise import Bandwise, Hidden, Hide, Slot
from ..steps.raster import Raster
from ..steps.select import Constant
from ..types import (
    Bool,
    Feature,
    FeatureCollection,
    Float,
    Geometry,
    GeometryCollection,
    Image,
    ImageCollection,
    Imagery,
    Int,
    List,
    NoneType,
    Same,
    Str,
)
from .rasterizing import burnt
from .registry import BUILD, operation

Limit = Float | Int | List[Float]


@operation("mask", on=Imagery, named=("replace",))
def mask(
    self: Imagery,
    mask: Image | ImageCollection | Geometry | GeometryCollection | Feature | FeatureCollection,
    replace: Bool = False,  # type: ignore[assignment]
) -> Same:
    """Hide pixels.

    Parameters
    ----------
    mask : Image, ImageCollection, Geometry, GeometryCollection, Feature or FeatureCollection
        Imagery of one band: pixels are hidden where it is true (or not 0). An Image hides the same pixels of
        every image of a collection; a collection hides image by image and needs the same length. Of anything
        else, a GeoJSON mapping and a shape of shapely among them: pixels are hidden where it does not lie,
        which is ``mask.rasterize().getmask()``.
    replace : bool
        False: pixels hidden before stay hidden, and masked pixels of the mask count as false. True: the own
        mask is forgotten, and masked pixels of the mask hide; what the context's geometry excludes, and what
        has no value, stays masked.

    Returns
    -------
    Image or ImageCollection
        The type, bands and metadata of the object itself. An empty mask changes nothing.

    Raises
    ------
    TypeError
        If an Image is to be masked by an ImageCollection.
    JobInvalid
        When computed, if the mask has several bands.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> bright = img.pick_bands("red") > 0.4
    >>> dark = img.mask(bright)
    """
    if isinstance(self, Image) and isinstance(mask, ImageCollection):
        raise TypeError(
            "mask(mask=): an Image cannot be masked by an ImageCollection; reduce it first, for example "
            'with mask.max(axis="images")'
        )
    return BUILD


@mask.rule
def _mask(bind: AnyValue, raster: Raster, mask: AnyValue, replace: bool = False) -> Raster:
    if not isinstance(mask, Raster):
        mask = _getmask(bind, burnt(bind, vector(bind.decided(mask))))
    axis = joint_axis([raster, mask])
    if raster.is_empty:
        return Raster.empty(bind.arena, raster.collection or mask.collection, axis)
    if mask.is_empty:
        return raster
    if len(mask.bands) != 1:
        raise JobInvalid(
            f"a mask needs one band, not {len(mask.bands)} ({', '.join(mask.bands)}); use pick_bands"
        )
    source, hides, shape = aligned(raster, mask, axis)
    images = max(source.images, hides.images)
    sizes = source.images, hides.images
    step = Hide((source.step, hides.step), sizes, bind.decided(replace), images, len(raster.bands))
    properties = source.properties
    if properties.length < images:
        properties = properties.take(np.zeros(images, np.int32))
    return source.with_step(step, bind.origin, properties=properties, **shape.changes())


@operation("getmask", on=Imagery)
def getmask(self: Imagery) -> Same:
    """Where pixels are hidden, as imagery with one band called ``mask``.

    Returns
    -------
    Image or ImageCollection
        True where any band is masked; itself nowhere masked, not even where the context's geometry excludes
        pixels (there it is True). Properties are kept.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> invalid = img.getmask()
    """
    ...


@getmask.rule
def _getmask(bind: AnyValue, raster: Raster) -> Raster:
    if raster.is_empty:
        return raster
    step = Hidden(raster.step, raster.images, len(raster.bands))
    return raster.with_step(step, bind.origin, bands=("mask",), bandinfo=Lazy(lambda: {"mask": {}}))


@operation("clip_values", on=Imagery, named=("min", "max"))
def clip_values(self: Imagery, min: Limit | None = None, max: Limit | None = None) -> Same:
    """Limit pixel values to the range from `min` to `max`; masked pixels stay masked.

    Parameters
    ----------
    min, max : float, or list of float with one limit per band, optional
        Give at least one.

    Raises
    ------
    ValueError
        If both are left out.
    JobInvalid
        When computed, if a list has another length than there are bands.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1").pick_bands("red nir")
    >>> limited = img.clip_values(0, 1)
    >>> limited = img.clip_values(max=[0.3, 0.6])
    """
    if isinstance(min, NoneType) and isinstance(max, NoneType):
        raise ValueError("clip_values(): give min, max or both")
    return BUILD


@clip_values.rule
def _clip_values(bind: AnyValue, raster: Raster, min: AnyValue = None, max: AnyValue = None) -> Raster:
    if raster.is_empty:
        return raster
    limits = [_limit(bind, raster, limit, name) for limit, name in ((min, "min"), (max, "max"))]
    return CLIP.bind(bind, clip_values.operation, [raster, *limits])


CLIP = Pointwise()
clip_values.operation.family = CLIP


@clip_values.kernel
def _clipped(data: AnyValue, low: AnyValue, high: AnyValue) -> AnyValue:
    return np.clip(data, low, high)


def _limit(bind: AnyValue, raster: Raster, limit: AnyValue, name: str) -> AnyValue:
    """A number stays one; a list becomes one number per band, and no limit a plain argument of the kernel."""
    if limit is None:
        return Operand(-1, 1, 1)
    if not isinstance(limit, list):
        return limit
    if len(limit) != len(raster.bands):
        raise JobInvalid(
            f"{name}: {len(limit)} limits for {len(raster.bands)} bands ({', '.join(raster.bands)})"
        )
    numbers = np.asarray([bind.decided(limit)], float)
    return Operand(bind.arena.add(Constant(numbers)), 1, len(limit))


@operation("scale_values", on=Imagery, named=("domain_min", "domain_max"))
def scale_values(
    self: Imagery,
    range_min: Float | Int,
    range_max: Float | Int,
    domain_min: Float | Int | None = None,
    domain_max: Float | Int | None = None,
) -> Same:
    """Map values linearly so that the domain becomes the range; nothing is clipped.

    Parameters
    ----------
    range_min, range_max : float
        What the ends of the domain become.
    domain_min, domain_max : float, optional
        Left out: the smallest and largest valid value of each band of each image, over the area of the run
        (the result then depends on that area).

    Returns
    -------
    Image or ImageCollection
        Masked pixels stay masked; everything is masked where both ends of the domain are the same value.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> bytes_of_reflectance = img.scale_values(0, 255, domain_min=0, domain_max=1)
    """
    ...


@scale_values.rule
def _scale_values(
    bind: AnyValue,
    raster: Raster,
    range_min: AnyValue,
    range_max: AnyValue,
    domain_min: AnyValue = None,
    domain_max: AnyValue = None,
) -> Raster:
    if raster.is_empty:
        return raster
    low = extreme(bind, raster, "min") if domain_min is None else domain_min
    high = extreme(bind, raster, "max") if domain_max is None else domain_max
    family = scale_values.operation.family
    return family.bind(bind, scale_values.operation, [raster, range_min, range_max, low, high])


def _no_domain(data: AnyValue, low: AnyValue, high: AnyValue, start: AnyValue, stop: AnyValue) -> AnyValue:
    return np.equal(start, stop)


scale_values.operation.family = Pointwise(_no_domain)


@scale_values.kernel
def _scaled(data: AnyValue, low: AnyValue, high: AnyValue, start: AnyValue, stop: AnyValue) -> AnyValue:
    return (data - start) / np.subtract(stop, start) * (high - low) + low


def extreme(bind: AnyValue, raster: Raster, op: str) -> Operand:
    """The smallest or largest valid value of each band of each image, to pair with `raster`."""
    step = ReducePixels(op, raster.step, (raster.images, len(raster.bands)), False, False, ())
    return Operand(bind.arena.add(step, bind.origin), raster.images, len(raster.bands))


@operation("colormap", on=Imagery, named=("named", "vmin", "vmax"))
def colormap(
    self: Imagery,
    named: Str = "viridis",  # type: ignore[assignment]
    vmin: Float | Int | None = None,
    vmax: Float | Int | None = None,
) -> Same:
    """Colour a single band.

    Parameters
    ----------
    named : str
        Name of a colormap, such as viridis, magma or RdYlGn; ``_r`` reverses it.
    vmin, vmax : float, optional
        Values of the first and last colour; beyond them those colours are kept. Both or neither; left out:
        smallest and largest valid value of each image over the area of the run.

    Returns
    -------
    Image or ImageCollection
        Bands red, green and blue from 0 to 1; masked where the band is.

    Raises
    ------
    ValueError
        If the colormap is unknown, or only one of the limits is given.
    JobInvalid
        When computed, if there are several bands.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> nir, red = img.unpack_bands("nir red")
    >>> coloured = wf.normalized_difference(nir, red).colormap("viridis", vmin=0, vmax=1)
    """
    name = named.literal_value
    if name is not None:
        require_colormap(str(name), "colormap", "named")
    if isinstance(vmin, NoneType) != isinstance(vmax, NoneType):
        raise ValueError("colormap(): give both vmin and vmax, or neither")
    return BUILD


@colormap.rule
def _colormap(
    bind: AnyValue, raster: Raster, named: str = "viridis", vmin: AnyValue = None, vmax: AnyValue = None
) -> Raster:
    if raster.is_empty:
        return raster
    if len(raster.bands) != 1:
        raise JobInvalid(f"a colormap needs one band, not {len(raster.bands)} ({', '.join(raster.bands)})")
    named = bind.decided(named)
    if named not in COLORMAPS:
        raise JobInvalid(f"unknown colormap {named!r}{did_you_mean(str(named), COLORMAPS)}")
    low = extreme(bind, raster, "min") if vmin is None else vmin
    high = extreme(bind, raster, "max") if vmax is None else vmax
    scale = scale_values.operation
    scaled = scale.family.bind(bind, scale, [raster, 0.0, 1.0, low, high])
    size = ((raster.images, 1),)
    step = Bandwise("colormap", (scaled.step,), (Slot(0), named), size, raster.images, 3)
    colours = ("red", "green", "blue")
    return raster.with_step(
        step, bind.origin, bands=colours, bandinfo=Lazy(lambda: {name: {} for name in colours})
    )


@colormap.kernel
def _coloured(data: AnyValue, named: str) -> AnyValue:
    return apply_colormap(data[:, 0], named)
