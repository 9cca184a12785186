"""One Image as a picture, for whatever area, without a map."""

from __future__ import annotations

from PIL import Image

from ..colour import Style
from ..colour.scales import MOST_BANDS
from ..engine.compute import bind_program, default_runner, image_pixels
from ..errors import ContextError
from ..geo import AOI
from ..geo.earth import LONLAT, WEB_MERCATOR
from ..geo.gridded import Gridded
from ..geo.pixels import Pixels
from ..graph import Node
from .extent import data_bounds
from .paint import paint
from .picture import blank
from .stretch import stretch

SIDE = 512
"""Pixels of the longer side of a picture of all data."""


def draw_image(node: Node, context: Gridded, style: Style) -> Image.Image:
    """The picture of an Image program on a grid; scales that the style lacks are found from its pixels.

    Parameters
    ----------
    node : Node
        Without parameters.
    context : Gridded
    style : Style

    Returns
    -------
    PIL.Image.Image
        RGBA.

    Raises
    ------
    StyleError
        If the bands do not go together with the style.
    JobComputeError, ReadError
        As compute does.
    """
    grid, runner = context.grid(), default_runner()
    raster, pixels = image_pixels(bind_program(node, grid, runner), grid, runner)
    if pixels is None:
        picture = blank(*grid.shape, checks=style.checkerboard)
    else:
        if style.scales is None and len(raster.bands) <= MOST_BANDS:
            style = Style(_found(pixels), style.colormap, style.checkerboard)
        picture = paint(pixels.data, pixels.mask, style, raster.bands)
    return Image.fromarray(picture.rgba())


def whole(node: Node, call: str) -> Gridded:
    """A context of all scenes and products that a program names, in web mercator.

    Raises
    ------
    ContextError
        If it names none.
    """
    bounds = data_bounds(node)
    if bounds is None:
        raise ContextError(f"{call}(geoctx=): expected a GeoContext, for the imagery has no area of its own")
    return AOI(bounds=bounds, bounds_crs=LONLAT, crs=WEB_MERCATOR, shape=(SIDE, SIDE), align_pixels=False)


def _found(pixels: Pixels) -> tuple[tuple[float, float], ...]:
    """2 to 98 % of each band; one without a value hides all pixels, whatever its scale."""
    return tuple(pair or (0.0, 1.0) for pair in stretch(pixels.data, pixels.mask))
