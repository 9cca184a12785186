"""rio-tiler."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import bottleneck
import numpy as np
import pystac
from rio_tiler.io import Reader, STACReader
from rio_tiler.models import ImageData
from rio_tiler.mosaic import mosaic_reader
from rio_tiler.mosaic.methods import MedianMethod

from benchmarks.imagery import CLASSES
from benchmarks.looks import BRIGHTEST, FAST, RGB, cloudy, colours, draw_index, draw_rgb
from benchmarks.peers.peer import Scene
from benchmarks.row import TUNED
from descartes_flow.geo import Tile

NDVI = "(b1-b2)/(b1+b2)"
Image = np.ma.MaskedArray[Any, Any]


def _methods(warp: str) -> dict[str, str]:
    """For overviews and for the projection."""
    return {"resampling_method": warp, "reproject_method": warp}


class RioTiler:
    """As in its documentation: a reader of STAC items (bands on threads), a mosaic with `MedianMethod`."""

    name = "rio-tiler"

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self._items = [pystac.Item.from_dict(scene) for scene in scenes]
        self._colormap = {
            value: (int(red), int(green), int(blue), 255)
            for value, (red, green, blue) in enumerate(colours()[:, :3])
        }

    def rgb(self, tile: Tile) -> bytes:
        """See `Peer`."""
        with STACReader(None, item=self._items[0]) as scene:
            image = scene.tile(tile.x, tile.y, tile.z, assets=RGB, **_methods("bilinear"))
        return _drawn(image)

    def index(self, tile: Tile) -> bytes:
        """See `Peer`."""
        with STACReader(None, item=self._items[0]) as scene:
            image = scene.tile(
                tile.x, tile.y, tile.z, assets=("nir", "red"), expression=NDVI, **_methods("bilinear")
            )
        image.rescale(((0, 1),))
        return bytes(image.render(img_format="PNG", colormap=self._colormap))

    def median(self, tile: Tile, warp: str) -> bytes:
        """See `Peer`."""

        def clear(item: pystac.Item, x: int, y: int, z: int) -> ImageData:
            with STACReader(None, item=item) as scene:
                image = scene.tile(x, y, z, assets=RGB, **_methods(warp))
                classes = scene.tile(x, y, z, assets=CLASSES, **_methods("nearest"))
            image.array.mask |= cloudy(classes.array.data)
            return image

        image, _ = mosaic_reader(self._items, clear, tile.x, tile.y, tile.z, pixel_selection=MedianMethod())
        return _drawn(image)

    def forget(self) -> None:
        """Nothing is kept: GDAL drops the blocks of a file when it is closed."""


def _drawn(image: ImageData) -> bytes:
    image.rescale(((0, BRIGHTEST),) * 3)
    return bytes(image.render(img_format="PNG"))


class TunedRioTiler:
    """Files stay open, so GDAL keeps their blocks; bands on all cores, medians by bottleneck, fast PNG."""

    name = f"rio-tiler {TUNED}"

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self._files = [{name: asset["href"] for name, asset in scene["assets"].items()} for scene in scenes]
        self._open: dict[str, Reader] = {}
        self._pool = ThreadPoolExecutor(os.cpu_count())

    def rgb(self, tile: Tile) -> bytes:
        """See `Peer`."""
        stack = self._bands(tile, [(self._files[0][band], "bilinear") for band in RGB])
        hidden = np.any([band.mask for band in stack], axis=0)
        return draw_rgb(np.stack([band.data for band in stack]), hidden, FAST)

    def index(self, tile: Tile) -> bytes:
        """See `Peer`."""
        nir, red = self._bands(tile, [(self._files[0][band], "bilinear") for band in ("nir", "red")])
        hidden = np.ma.getmaskarray(nir) | np.ma.getmaskarray(red)
        high, low = nir.data.astype(np.float32), red.data.astype(np.float32)
        total = np.where(hidden, 1, high + low)
        return draw_index((high - low) / total, hidden, FAST)

    def median(self, tile: Tile, warp: str) -> bytes:
        """See `Peer`."""
        wanted = [(files[band], warp) for files in self._files for band in RGB]
        wanted += [(files[CLASSES], "nearest") for files in self._files]
        bands = self._bands(tile, wanted)
        hidden = np.stack([cloudy(classes.data) for classes in bands[-len(self._files) :]])

        def middle(place: int) -> Any:
            images = bands[place : -len(self._files) : len(RGB)]
            values = np.stack([image.data for image in images]).astype(np.float32)
            values[hidden | np.stack([np.ma.getmaskarray(image) for image in images])] = np.nan
            return bottleneck.nanmedian(values, axis=0)

        values = np.stack(list(self._pool.map(middle, range(len(RGB)))))
        return draw_rgb(values, np.isnan(values).any(axis=0), FAST)

    def forget(self) -> None:
        """Close all files and open them again."""
        for path, reader in self._open.items():
            reader.close()
            self._open[path] = Reader(path)

    def _bands(self, tile: Tile, wanted: Iterable[tuple[str, str]]) -> list[Image]:
        """Each file is asked once, so no two threads use one reader."""

        def read(path: str, warp: str) -> Image:
            if path not in self._open:
                self._open[path] = Reader(path)
            return self._open[path].tile(tile.x, tile.y, tile.z, **_methods(warp)).array[0]

        return list(self._pool.map(lambda one: read(*one), wanted))
