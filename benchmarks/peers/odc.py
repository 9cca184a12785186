"""odc-stac."""

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
import odc.stac
import pystac

from benchmarks.imagery import CLASSES
from benchmarks.looks import AS_MADE, FAST, RGB, cloudy, draw_index, draw_rgb
from benchmarks.peers.peer import Scene, Values
from benchmarks.row import TUNED
from descartes_flow.geo import AOI, Grid, Tile, tile_grid


class OdcStac:
    """`odc.stac.load` into the pixels of the tile, then xarray; as in its documentation.

    Parameters
    ----------
    scenes : sequence of Scene
    how : {"", "dask", "tuned"}
        At once, as dask arrays on threads, or at once on a pool of threads with fast PNG.
    """

    def __init__(self, scenes: Sequence[Scene], how: str = "") -> None:
        self._items = [pystac.Item.from_dict(scene) for scene in scenes]
        self._dask = how == "dask"
        tuned = how == "tuned"
        self._options: dict[str, Any] = {"pool": os.cpu_count()} if tuned else {}
        self._png = FAST if tuned else AS_MADE
        self.name = {"": "odc-stac", "dask": "odc-stac, dask", "tuned": f"odc-stac {TUNED}"}[how]

    def _load(self, items: Sequence[pystac.Item], bands: Sequence[str], grid: Grid, warp: str) -> Any:
        chunks = {"chunks": {"x": 1024, "y": 1024}} if self._dask else {}
        return odc.stac.load(
            items,
            bands=bands,
            geobox=grid.geobox,
            resampling={"*": warp, CLASSES: "nearest"},
            **chunks,
            **self._options,
        )

    def rgb(self, tile: Tile) -> bytes:
        """See `Peer`."""
        found = self._load(self._items[:1], RGB, tile_grid(tile), "bilinear").compute()
        values = np.stack([found[band].values[0] for band in RGB])
        return draw_rgb(values, (values == 0).any(axis=0), self._png)

    def index(self, tile: Tile) -> bytes:
        """See `Peer`."""
        found = self._load(self._items[:1], ("nir", "red"), tile_grid(tile), "bilinear")
        values = _index(found).isel(time=0).values
        return draw_index(values, np.isnan(values), self._png)

    def median(self, tile: Tile, warp: str) -> bytes:
        """See `Peer`."""
        found = self._load(self._items, (*RGB, CLASSES), tile_grid(tile), warp)
        clear = found[list(RGB)].where((found[list(RGB)] != 0) & ~cloudy(found[CLASSES]))
        middle = self._whole(clear).median("time").compute()
        values = np.stack([middle[band].values for band in RGB])
        return draw_rgb(values, np.isnan(values).any(axis=0), self._png)

    def index_median(self, area: AOI) -> Values:
        """See `Compositor`."""
        found = self._load(self._items, ("nir", "red", CLASSES), area.grid(), "bilinear")
        index = _index(found).where(~cloudy(found[CLASSES]))
        values = self._whole(index).median("time").values
        return Values(values, np.isnan(values))

    def _whole(self, found: Any) -> Any:
        """All dates in one chunk, as dask needs them for a median."""
        return found.chunk({"time": -1}) if self._dask else found

    def forget(self) -> None:
        """Nothing is kept: files are closed after each load."""


def _index(found: Any) -> Any:
    """NDVI, NaN where one of the bands has no value."""
    nir, red = found["nir"].astype("float32"), found["red"].astype("float32")
    return ((nir - red) / (nir + red)).where((nir != 0) & (red != 0))
