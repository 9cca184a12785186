"""The workloads through our public API, and tiles as the layer renders them."""

from functools import cache
from typing import Any

import descartes_flow as wf
from benchmarks import imagery
from benchmarks.looks import BRIGHTEST, CLOUDY_FROM, COLORMAP, RGB, SHADOW
from descartes_flow.colour import Style
from descartes_flow.geo import AOI, Tile
from descartes_flow.render.drawing import Drawing
from descartes_flow.render.layers import LAYERS
from tileserver import TileRequest

RGB_STYLE = Style(scales=((0, BRIGHTEST * imagery.SCALE),) * 3, checkerboard=False)
INDEX_STYLE = Style(scales=((0, 1),), colormap=COLORMAP, checkerboard=False)
FIRST_SCENE = f"{imagery.PRODUCT}:scene-00"


@cache
def add_scenes() -> list[dict[str, Any]]:
    """The STAC items of the generated scenes, which are now in the catalog as well."""
    items = imagery.make(imagery.folder())
    wf.catalog.add(imagery.PRODUCT, items)
    return items


def rgb(scene: str = FIRST_SCENE, bands: str = " ".join(RGB)) -> wf.Image:
    """Three bands of one scene."""
    return wf.Image.from_id(scene, resampler="bilinear").pick_bands(bands)


def index() -> wf.Image:
    """NDVI of one scene."""
    nir, red = wf.Image.from_id(FIRST_SCENE, resampler="bilinear").unpack_bands("nir red")
    return wf.normalized_difference(nir, red)


def clear(resampler: str) -> wf.ImageCollection:
    """All scenes without what their classes hide."""
    scenes = wf.ImageCollection.from_id(imagery.PRODUCT, resampler=resampler)
    classes = scenes.pick_bands(imagery.CLASSES)
    return scenes.mask((classes == SHADOW) | (classes >= CLOUDY_FROM))


def median(resampler: str = "bilinear") -> wf.Image:
    """Median of three bands of all scenes."""
    return clear(resampler).pick_bands(" ".join(RGB)).median(axis="images")


def index_median() -> wf.Image:
    """Median of the NDVI of all scenes."""
    nir, red = clear("bilinear").unpack_bands("nir red")
    return wf.normalized_difference(nir, red).median(axis="images")


def drawing(image: wf.Image, style: Style) -> Drawing:
    """What a layer would show."""
    return Drawing.of(image._node, style)


class Layer:
    """An image as a layer of this process, of which single tiles are asked for.

    Parameters
    ----------
    name : str
        A new drawing under a name replaces the one before.
    image : wf.Image
    style : Style
    """

    def __init__(self, name: str, image: wf.Image, style: Style) -> None:
        self.name = name
        self.drawing = drawing(image, style)
        LAYERS.show(name, self.drawing)

    def tile(self, tile: Tile) -> bytes:
        """A tile as the server would send it; an error tile raises."""
        request = TileRequest(layer=self.name, version=self.drawing.version, x=tile.x, y=tile.y, z=tile.z)
        response = LAYERS.render_tile(request, lambda: False)
        if response.status != 200 or response.headers:
            raise RuntimeError(f"{self.name}: {tile}: {response.status}, {dict(response.headers)}")
        return response.body


def computed(image: wf.Image, area: AOI) -> Any:
    """The pixels of an image over an area, masked."""
    return image.compute(area, progress_bar=False, cache=False).ndarray
