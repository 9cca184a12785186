"""ImageCollection."""

from __future__ import annotations

from typing import Any as AnyValue

from ...errors import ProxyTypeError
from ...graph import apply
from ..methods import ImageCollectionMethods
from ..proxytype import Proxytype, describe
from .image import Image
from .imagery import Imagery


class ImageCollection(ImageCollectionMethods, Imagery):
    """Images that share the same ordered bands.

    Axis order of the pixels is ``(image, band, y, x)``.

    Parameters
    ----------
    images : iterable of Image
        Empty images are dropped; band order and names are those of the first. With no image left the
        collection is empty.

    Examples
    --------
    >>> import descartes_flow as wf
    >>> col = wf.ImageCollection.from_id("landsat:LC08:PRE:TOAR")
    >>> composite = col.median(axis="images")
    >>> wf.ImageCollection([col[0], col[1]])
    <descartes_flow.types.geospatial.imagecollection.ImageCollection at 0x...>
    """

    __slots__ = ()

    def __init__(self, images: AnyValue) -> None:
        if isinstance(images, Proxytype) and not isinstance(images, ImageCollection):
            if getattr(type(images), "parameters", ()) != (Image,):
                raise ProxyTypeError(f"ImageCollection(): expected images, got {describe(images)}")
            self._node = apply("ImageCollection.from_images", images._node)
            return
        if isinstance(images, ImageCollection):
            self._node = images._node
            return
        if isinstance(images, str):
            raise ProxyTypeError(
                f"ImageCollection(): expected images, got {describe(images)}; "
                "ImageCollection.from_id finds the images of a product"
            )
        try:
            items = list(images)
        except TypeError as error:
            raise ProxyTypeError(f"ImageCollection(): expected images, got {describe(images)}") from error
        self._node = apply("ImageCollection.from_images", apply("list", *map(self._image_node, items)))

    @staticmethod
    def _image_node(item: object) -> AnyValue:
        try:
            return Image._promote(item)._node
        except ProxyTypeError as error:
            raise ProxyTypeError(
                f"ImageCollection(): expected images, got {describe(item)} among them"
            ) from error

    @classmethod
    def element_type(cls) -> type[Image]:
        """Type of the items: Image."""
        return Image
