"""Percentiles: a reduction with an argument."""

from __future__ import annotations

from typing import Any as AnyValue

from ..errors import JobInvalid
from ..graph import apply
from ..steps.raster import Raster
from ..types import Float, Imagery, Int
from .reductions import CASES, axis_node, reduce_raster, reduced_axes
from .registry import operation
from .statistics import KERNELS


@operation("percentile", on=Imagery, cases=CASES)
def percentile(self: Imagery, q: Float | Int, axis: object = None) -> AnyValue:
    """The value below which a percentage of the valid values lies.

    Parameters
    ----------
    q : float
        0 (the smallest value) to 100 (the largest). Between two values it is interpolated linearly, as
        ``numpy.percentile`` does by default.
    axis : None, str or sequence of str
        As for `median`.

    Returns
    -------
    Float, Image, ImageCollection, Dict or List
        As `median`; over "bands" the band is called ``percentile``. Masked pixels are ignored; a pixel with
        no valid value is masked, a Float with none is NaN.

    Raises
    ------
    ValueError
        If `q` is not from 0 to 100, or the axis does not exist.

    Examples
    --------
    >>> from descartes_flow import ImageCollection
    >>> ImageCollection.from_id("my-product").percentile(25, axis="images")
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    if q.literal_value is not None:
        _check_percentage(q.literal_value, "percentile(q=): ", ValueError)
    result = reduced_axes(type(self), axis, "percentile")[1]
    return result._from_node(apply("percentile", self._node, q._node, axis_node(axis)))


percentile.kernel(KERNELS["percentile"])


@percentile.rule
def _percentile(bind: AnyValue, raster: Raster, q: AnyValue, axis: AnyValue = None) -> AnyValue:
    q = bind.decided(q)
    _check_percentage(q, "q: ", JobInvalid)
    return reduce_raster(bind, "percentile", raster, axis, float(q))


def _check_percentage(q: AnyValue, where: str, error: type[Exception]) -> None:
    if not 0 <= q <= 100:
        raise error(f"{where}expected a percentage from 0 to 100, got {q!r}")
