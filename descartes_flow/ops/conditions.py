"""The choice between two values, pixel by pixel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any as AnyValue

from ..steps.families import Pointwise, joined_name, widest_of
from ..steps.pointwise import Choose
from ..steps.raster import Raster
from ..types import Bool, Float, Image, ImageCollection, Imagery, Int
from .registry import operation

Value = Image | ImageCollection | Int | Float


def _chosen_type(condition: AnyValue, x: AnyValue, y: AnyValue) -> type:
    """ImageCollection if any operand is one, else Image if any is; Int if both numbers are, else Float."""
    given = (condition, x, y)
    if any(isinstance(value, ImageCollection) for value in given):
        return ImageCollection
    if any(isinstance(value, Imagery) for value in given):
        return Image
    return Int if isinstance(x, Int) and isinstance(y, Int) else Float


def _chosen_names(op: str, args: Sequence[AnyValue]) -> tuple[str, ...]:
    """``<x>_or_<y>_where_<condition>``, band by band, with what there is of it."""
    condition, *values = args
    rasters = [value for value in values if isinstance(value, Raster)]
    if not isinstance(condition, Raster):
        bands = widest_of(rasters).bands
        return bands if len(bands) > 1 else (_either([raster.bands[0] for raster in rasters]),)
    names = []
    for band in range(max(len(raster.bands) for raster in (condition, *rasters))):
        own = _band_at(condition, band)
        names.append(joined_name(_either([_band_at(raster, band) for raster in rasters]) or own, op, own))
    return tuple(names)


def _band_at(raster: Raster, band: int) -> str:
    """A band by position; a single one stands at every position."""
    return raster.bands[band if len(raster.bands) > 1 else 0]


def _either(names: Sequence[str]) -> str:
    """One name for the bands of both sides; "" where neither side has bands."""
    first, *others = names or ("",)
    return joined_name(first, "or", others[0]) if others and others[0] != first else first


@operation("where", returns=_chosen_type, family=Pointwise(step=Choose, names=_chosen_names))
def where(condition: Image | ImageCollection | Bool, x: Value, y: Value) -> AnyValue:
    """Values of `x` where a condition is true, else of `y`.

    Both sides are computed; to compute only the one that a Bool chooses, use `ifelse`.

    Parameters
    ----------
    condition : Image, ImageCollection or Bool
        Numbers other than 0 count as true. A Bool chooses one side for all pixels.
    x, y : Image, ImageCollection, Int or Float
        All three pair by the rules of broadcasting: an Image with every image of a collection, a single band
        with each of several, bands of the same names in the order of the first that has several.

    Returns
    -------
    ImageCollection, Image, Int or Float
        ImageCollection if any argument is one, else Image if any is imagery; with a Bool and two numbers a
        number. Pixels are masked where the condition is, or the value that is chosen, and where the context's
        geometry excludes them; what the side that is not chosen hides does not matter. Bands are called
        ``<x>_where_<condition>``; of two sides with bands of different names
        ``<x>_or_<y>_where_<condition>``, of two numbers ``<condition>_where_<condition>``. A Bool leaves the
        names of the sides, or ``<x>_or_<y>``. Properties and bandinfo are what all arguments share. Empty if
        any argument is.

    Raises
    ------
    JobInvalid
        When computed, if bands or lengths do not match.

    Examples
    --------
    >>> from descartes_flow import Image, where
    >>> red = Image.from_id("my-product:my-image").pick_bands("red")
    >>> where(red > 0.5, red, 0)
    <descartes_flow.types.geospatial.image.Image at 0x...>
    >>> where(True, 1, 2.5).compute()
    1.0
    """
    ...


@where.value
def _where(condition: bool, x: float, y: float) -> float:
    chosen = x if condition else y
    return float(chosen) if isinstance(x, float) or isinstance(y, float) else chosen
