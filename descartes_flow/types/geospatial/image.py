"""Image."""

from __future__ import annotations

from ..methods import ImageMethods
from .imagery import Imagery


class Image(ImageMethods, Imagery):
    """Bands of pixels with properties: a scene, or what operations made of scenes.

    Axis order of the pixels is ``(band, y, x)``, north up. Values are float64 in physical units where the
    metadata gives a scale, raw values otherwise; nodata, NaN and what lies outside the scene is masked.

    Build one with `Image.from_id`, or take one out of an ImageCollection.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    >>> ndvi = wf.normalized_difference(img.pick_bands("nir"), img.pick_bands("red"))
    """

    __slots__ = ()

    def __init__(self, *arguments: object, **named: object) -> None:
        raise TypeError("an Image cannot be built directly; use a classmethod such as Image.from_id(...)")
