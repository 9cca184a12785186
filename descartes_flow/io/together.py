"""`read_bands`: pixels of several bands that lie alike, where all they share is found once."""

import numpy as np

from descartes_flow import kernels
from descartes_flow.geo.grid import Grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.io.bundles import Bundle
from descartes_flow.io.stacks import Stack, read_stack
from descartes_flow.kernels.arrays import Share

SAMPLED = ("near", "bilinear")
"""Resamplers that the loops know; others are GDAL's."""


def read_bands(bundle: Bundle, grid: Grid, resampling: str, share: Share) -> Pixels | None:
    """What `read_band` gives of each, bit for bit.

    Parameters
    ----------
    bundle : Bundle
    grid : Grid
    resampling : str
    share : callable
        Runs a function on each of several items, on several threads.

    Returns
    -------
    Pixels or None
        ``(band, y, x)``; the mask is None where nothing is hidden. None if they have to be read one by one:
        see `read_stack`; also where the compiled loops are not there yet.

    Raises
    ------
    ReadError
        As `read_band`.
    """
    if resampling not in SAMPLED and not bundle.sources[0].categorical:
        return None
    if kernels.gather[bundle.dtype].compiled is None:
        return None
    stack = read_stack(bundle, grid, resampling, share)
    if stack is None:
        return None
    shape = (len(bundle.sources), *grid.shape)
    data, mask = np.empty(shape), np.zeros(shape, bool)
    hidden: list[bool] = []
    share(
        lambda row: hidden.append(_gather(stack, row, Pixels(data[row], mask[row]))),
        range(len(data)),
        data.size,
    )
    return Pixels(data, mask if any(hidden) else None)


def _gather(stack: Stack, row: int, out: Pixels) -> bool:
    """Write the pixels of one band to `out`; whether any is hidden."""
    assert out.mask is not None, "a mask of False"
    bundle = stack.bundle
    hidden: bool = kernels.gather[bundle.dtype].run(
        *(stack.windows[row], stack.spotted[row], bundle.scales[row], bundle.offsets[row], stack.nodata),
        *(*stack.places.for_loops, out.data.reshape(-1), out.mask.reshape(-1)),
    )
    return hidden
