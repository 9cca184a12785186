"""Values of target pixels out of a window of source pixels: nearest and bilinear."""

import numpy as np

from descartes_flow import kernels
from descartes_flow.geo.pixels import Pixels
from descartes_flow.io.places import Corners, Places
from descartes_flow.io.windows import Window
from descartes_flow.kernels.arrays import Bools, Floats


def gather_nearest(window: Window, places: Places, scale: float, offset: float, out: Pixels) -> bool:
    """Write the values of the nearest source pixels, times `scale` plus `offset`, to `out`.

    Where the source has no value, `out` becomes 0 and hidden. Returns whether any pixel is hidden.
    """
    assert out.mask is not None, "the caller brings a mask of False"
    found = _gathered(window, places, scale, offset, out)
    if found is not None:
        return found
    return _written(window.data.take(places.nearest), None, window, places, scale, offset, out)


def gather_bilinear(
    window: Window, places: Places, corners: Corners, scale: float, offset: float, out: Pixels
) -> bool:
    """Write the values between the centres of 2 x 2 source pixels, as `gather_nearest` does.

    Neighbours without a value do not count and the weights of the others are scaled up, but where the
    nearest source pixel has no value the result has none (the rule of GDAL). The kernel does not grow when
    the target is coarser than the source.
    """
    assert out.mask is not None, "the caller brings a mask of False"
    found = None if window.infinite else _gathered(window, places, scale, offset, out)
    if found is not None:
        return found
    values, opposed = _interpolated(window, corners)
    return _written(values, opposed, window, places, scale, offset, out)


def _gathered(window: Window, places: Places, scale: float, offset: float, out: Pixels) -> bool | None:
    """Do it by the compiled loop; None if that is not there."""
    loop = kernels.gather["float64"]
    if loop.compiled is None:
        return None
    assert out.mask is not None, "the caller brings a mask of False"
    marked = window.data if window.hidden is None else np.where(window.hidden, np.nan, window.data)
    hidden: bool = loop.run(
        *(marked.reshape(-1), window.hidden is not None, scale, offset, np.nan, *places.for_loops),
        *(out.data.reshape(-1), out.mask.reshape(-1)),
    )
    return hidden


def _interpolated(window: Window, corners: Corners) -> tuple[Floats, Bools | None]:
    """Values between the pixels, and where they are none."""
    opposed = None
    if not window.infinite:
        values = _between(window.data, corners)
    else:
        values = _between(np.where(np.isinf(window.data), 0.0, window.data), corners)
        # Infinity wins over numbers wherever it has any weight, and has no value against its opposite.
        above, below = (_between(window.data == sign, corners) > 0 for sign in (np.inf, -np.inf))
        values[above], values[below] = np.inf, -np.inf
        opposed = above & below
    if window.hidden is not None:
        missing = _between(window.hidden, corners)
        # Hidden pixels hold 0. Where none is near this divides by exactly 1, as if the window had none.
        np.divide(values, 1 - missing, out=values, where=missing < 1)
    return values, opposed


def _written(
    values: Floats,
    opposed: Bools | None,
    window: Window,
    places: Places,
    scale: float,
    offset: float,
    out: Pixels,
) -> bool:
    assert out.mask is not None, "the caller brings a mask of False"
    shape = out.data.shape
    out.data[...] = values.reshape(shape)
    if (scale, offset) != (1.0, 0.0):
        np.multiply(out.data, scale, out=out.data)
        np.add(out.data, offset, out=out.data)
    hidden = None if window.hidden is None else window.hidden.take(places.nearest)
    for further in (places.outside, opposed):
        if further is not None:
            hidden = further if hidden is None else hidden | further
    if hidden is None or not hidden.any():
        return False
    out.mask[...] = hidden.reshape(shape)
    out.data[out.mask] = 0.0
    return True


def _between(data: Floats | Bools, corners: Corners) -> Floats:
    data = data.astype(float, copy=False)
    upper, lower = corners.upper_left, corners.upper_left + data.shape[1]
    rows = [
        data.take(left) + (data.take(left + 1) - data.take(left)) * corners.across for left in (upper, lower)
    ]
    between: Floats = rows[0] + (rows[1] - rows[0]) * corners.down
    return between
