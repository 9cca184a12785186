"""Convolution of imagery with a kernel."""

from __future__ import annotations

from typing import Any as AnyValue

import numpy as np

from ..errors import JobInvalid, JobInvalidTyping
from ..steps.convolve import Convolve
from ..steps.raster import Raster
from ..types import Float, Image, ImageCollection, Int, Kernel, List, Tuple
from ..types.geospatial.convolution import fault_of
from .registry import operation


@operation("Kernel.load", public=False)
def kernel_load(dims: Tuple[Int, Int], data: List[Float]) -> Kernel:
    """What `Kernel` builds: an array of weights, ``(row, col)``."""
    ...


@kernel_load.rule
def _kernel(bind: AnyValue, dims: AnyValue, data: AnyValue) -> np.ndarray[AnyValue, AnyValue]:
    dims, data = bind.decided((dims, data))
    fault = fault_of(dims, data)
    if fault:
        raise JobInvalid(fault)
    return np.asarray(data, float).reshape(dims)


@operation("conv2d", returns=lambda obj, kernel: type(obj))
def conv2d(obj: Image | ImageCollection, kernel: Kernel) -> AnyValue:
    """Each band of each image convolved with a kernel: weighted sums of the neighbours of every pixel.

    Pixels around the area are read as far as the kernel reaches, so that tiles and blocks join without a
    seam; what the context's geometry excludes, and what lies outside the scenes, counts as masked. Where a
    composite is convolved, its collection also has the scenes that meet only that border. The kernel counts
    in pixels of the context: on a map it covers less ground as one zooms in.

    Parameters
    ----------
    obj : Image or ImageCollection
        Truth values count as 0 and 1.
    kernel : Kernel
        Of ``r x c`` weights; rows of numbers, such as ``[[1, 1], [1, 1]]``, become one. It is flipped, as a
        convolution wants it: ``out[i, j]`` is the sum of
        ``kernel[m, n] * data[i + r // 2 - m, j + c // 2 - n]``.

    Returns
    -------
    Image or ImageCollection
        The same type, shape, bands and metadata. Masked pixels count as 0 and stay masked; neighbours with
        weight 0 do not count at all. Empty if `obj` is.

    Examples
    --------
    >>> from descartes_flow import Image, Kernel, conv2d
    >>> blur = Kernel(dims=(3, 3), data=[1 / 9] * 9)
    >>> conv2d(Image.from_id("my-product:my-image"), blur)
    <descartes_flow.types.geospatial.image.Image at 0x...>
    """
    ...


@conv2d.rule
def _conv2d(bind: AnyValue, raster: Raster, kernel: AnyValue) -> Raster:
    weights = bind.decided(kernel)
    if not isinstance(weights, np.ndarray):
        raise JobInvalidTyping(f"conv2d: expected a Kernel, got a value of type {type(weights).__name__}")
    if raster.is_empty:
        return raster
    step = Convolve(raster.step, weights, raster.images, len(raster.bands))
    return raster.with_step(step, bind.origin)
