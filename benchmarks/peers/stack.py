"""stackstac, which computes with dask."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pystac
import stackstac
from rasterio.enums import Resampling

from benchmarks.imagery import CLASSES
from benchmarks.looks import RGB, cloudy, draw_index, draw_rgb
from benchmarks.peers.peer import Scene, Values
from descartes_flow.geo import AOI, Grid, Tile, tile_grid


class StackStac:
    """`stackstac.stack` on the pixels of the tile, then xarray; as in its documentation."""

    name = "stackstac"

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self._items = [pystac.Item.from_dict(scene) for scene in scenes]

    def _stack(self, items: Sequence[pystac.Item], bands: Sequence[str], grid: Grid, warp: str) -> Any:
        return stackstac.stack(
            items,
            assets=list(bands),
            epsg=int(grid.crs.partition(":")[2]),
            bounds=tuple(grid.bounds),
            resolution=(grid.xres, grid.yres),
            snap_bounds=False,
            resampling=Resampling[warp],
            dtype="float32",
            fill_value=np.float32(np.nan),
            rescale=False,
            xy_coords=False,
        )

    def rgb(self, tile: Tile) -> bytes:
        """See `Peer`."""
        values = self._stack(self._items[:1], RGB, tile_grid(tile), "bilinear")[0].values
        return draw_rgb(values, np.isnan(values).any(axis=0))

    def index(self, tile: Tile) -> bytes:
        """See `Peer`."""
        values = _index(self._stack(self._items[:1], ("nir", "red"), tile_grid(tile), "bilinear"))[0].values
        return draw_index(values, np.isnan(values))

    def median(self, tile: Tile, warp: str) -> bytes:
        """See `Peer`."""
        grid = tile_grid(tile)
        middle = self._clear(self._stack(self._items, RGB, grid, warp), grid).median("time")
        values = middle.values
        return draw_rgb(values, np.isnan(values).any(axis=0))

    def index_median(self, area: AOI) -> Values:
        """See `Compositor`."""
        grid = area.grid()
        index = _index(self._stack(self._items, ("nir", "red"), grid, "bilinear"))
        values = self._clear(index, grid).median("time").values
        return Values(values, np.isnan(values))

    def _clear(self, found: Any, grid: Grid) -> Any:
        """Without clouds and shadows, all dates in one chunk."""
        classes = self._stack(self._items, (CLASSES,), grid, "nearest").isel(band=0, drop=True)
        return found.where(~cloudy(classes.fillna(0))).chunk({"time": -1})

    def forget(self) -> None:
        """Nothing is kept: files are closed after each computation."""


def _index(found: Any) -> Any:
    nir, red = found.isel(band=0, drop=True), found.isel(band=1, drop=True)
    return (nir - red) / (nir + red)
