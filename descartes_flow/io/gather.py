"""Values of target pixels out of a window of source pixels: nearest and bilinear."""

import numpy as np

from descartes_flow.geo.pixels import Pixels
from descartes_flow.io.places import Bools, Corners, Floats, Places
from descartes_flow.io.windows import Window


def gather_nearest(window: Window, places: Places) -> Pixels:
    """Values of the nearest source pixels, in the window's type."""
    return Pixels(window.data.take(places.nearest), _hidden(window, places))


def gather_bilinear(window: Window, places: Places, corners: Corners) -> Pixels:
    """Values between the centres of 2 x 2 source pixels, as float64.

    Neighbours without a value do not count and the weights of the others are scaled up, but where the
    nearest source pixel has no value the result has none (the rule of GDAL). The kernel does not grow when
    the target is coarser than the source.
    """
    data, hidden = window.data.astype(float), _hidden(window, places)
    infinite = np.isinf(data) if window.data.dtype.kind == "f" else None
    if infinite is None or not infinite.any():
        values = _between(data, corners)
    else:
        values = _between(np.where(infinite, 0.0, data), corners)
        # Infinity wins over numbers wherever it has any weight, and has no value against its opposite.
        above, below = (_between(data == sign, corners) > 0 for sign in (np.inf, -np.inf))
        values[above], values[below] = np.inf, -np.inf
        opposed = above & below
        if opposed.any():
            hidden = opposed if hidden is None else hidden | opposed
    if window.hidden is not None:
        missing = _between(window.hidden, corners)
        # Hidden pixels hold 0. Where none is near this divides by exactly 1, as if the window had none.
        np.divide(values, 1 - missing, out=values, where=missing < 1)
    return Pixels(values, hidden)


def _hidden(window: Window, places: Places) -> Bools | None:
    """A new array: True where there is no source pixel, or the nearest one has no value."""
    if window.hidden is None:
        return None if places.outside is None else places.outside.copy()
    hidden = window.hidden.take(places.nearest)
    if places.outside is not None:
        hidden |= places.outside
    return hidden if hidden.any() else None


def _between(data: Floats | Bools, corners: Corners) -> Floats:
    data = data.astype(float, copy=False)
    width = data.shape[1]
    upper, lower = corners.upper_left, corners.upper_left + width
    rows = [
        data.take(left) + (data.take(left + 1) - data.take(left)) * corners.across for left in (upper, lower)
    ]
    between: Floats = rows[0] + (rows[1] - rows[0]) * corners.down
    return between
