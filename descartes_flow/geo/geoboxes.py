"""Grids for odc-geo; the one module that imports it."""

from affine import Affine
from odc.geo.geobox import GeoBox

from descartes_flow.geo.grid import Grid


def to_geobox(grid: Grid) -> GeoBox:
    """The window `grid` as a GeoBox, without its cutline."""
    return GeoBox(grid.shape, Affine(*grid.transform), grid.crs)
