"""How the images of a collection become the one that is drawn."""

from __future__ import annotations

from ..errors import ProxyTypeError
from ..types import Image, ImageCollection
from ..types.proxytype import describe

MOSAIC = "mosaic"
REDUCTIONS = (MOSAIC, "min", "max", "mean", "median", "sum", "std", "count")


def reduced(imagery: object, reduction: str | None, call: str) -> Image:
    """What is drawn of `imagery`: an Image as it is, a collection as one; a reduction of None is a mosaic.

    Raises
    ------
    ProxyTypeError
        If it is no imagery.
    ValueError
        If there is no such reduction, or nothing to reduce.
    """
    if not isinstance(imagery, (Image, ImageCollection)):
        raise ProxyTypeError(f"{call}(): expected an Image or ImageCollection, got {describe(imagery)}")
    if reduction not in (None, *REDUCTIONS):
        raise ValueError(f"{call}(reduction=): expected one of {', '.join(REDUCTIONS)}, got {reduction!r}")
    if isinstance(imagery, Image):
        if reduction not in (None, MOSAIC):
            raise ValueError(
                f"{call}(reduction={reduction!r}): expected an ImageCollection to reduce, got an Image"
            )
        return imagery
    if reduction in (None, MOSAIC):
        return imagery.mosaic()
    image: Image = getattr(imagery, reduction)(axis="images")
    return image
