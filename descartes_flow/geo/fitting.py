"""Rounding an extent to whole pixels."""

import math

from descartes_flow._settings import settings
from descartes_flow.errors import ContextError
from descartes_flow.geo.bounds import Bounds
from descartes_flow.geo.grid import Grid, floor_index


def fitted_grid(bounds: Bounds, crs: str, edge: float, align_pixels: bool) -> Grid:
    """Square pixels of side `edge` over `bounds`: from the upper left, at least one, rounded to whole pixels.

    Parameters
    ----------
    bounds : Bounds
        Extent in `crs`.
    crs : str
        In the form of `normalise_crs`.
    edge : float
        Edge of a pixel, in units of `crs`.
    align_pixels : bool
        Whether edges move outward to multiples of `edge`; else the last row and column may reach half a pixel
        too far or fall half a pixel short.

    Raises
    ------
    ContextError
        If a side would be longer than ``settings.max_side``.

    Examples
    --------
    >>> fitted_grid(Bounds(5.0, 5.0, 34.0, 24.0), "EPSG:32633", 10.0, align_pixels=True).bounds
    Bounds(left=0.0, bottom=0.0, right=40.0, top=30.0)
    >>> fitted_grid(Bounds(5.0, 5.0, 34.0, 24.0), "EPSG:32633", 10.0, align_pixels=False).bounds
    Bounds(left=5.0, bottom=4.0, right=35.0, top=24.0)
    """
    _check_sides(bounds.height / edge, bounds.width / edge)
    if not align_pixels:
        rows, cols = math.floor(bounds.height / edge + 0.5), math.floor(bounds.width / edge + 0.5)
        return Grid(crs, bounds.left, bounds.top, edge, edge, max(rows, 1), max(cols, 1))
    left, top = floor_index(bounds.left / edge), -floor_index(-bounds.top / edge)
    rows, cols = top - floor_index(bounds.bottom / edge), -floor_index(-bounds.right / edge) - left
    _check_sides(rows, cols)
    return Grid(crs, left * edge, top * edge, edge, edge, max(rows, 1), max(cols, 1))


def _check_sides(rows: float, cols: float) -> None:
    if not max(rows, cols) <= settings.max_side:  # so that NaN fails too
        raise ContextError(
            f"AOI(resolution=): expected at most settings.max_side = {settings.max_side} pixels a side, got "
            f"{rows:.6g} x {cols:.6g}; use a coarser resolution (in units of the crs), smaller bounds, or "
            "raise the setting"
        )
