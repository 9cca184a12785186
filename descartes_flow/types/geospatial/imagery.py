"""The base that Image and ImageCollection share."""

from __future__ import annotations

from typing import Any as AnyValue

import numpy as np

from ...errors import ProxyTypeError
from ..containers.known_dict import KnownDict
from ..containers.tuple_ import Tuple
from ..datetimes.datetime_ import Datetime
from ..methods import ImageryMethods
from ..names import TYPES
from ..primitives.any_ import Any
from ..primitives.number import Float
from ..primitives.string import Str
from ..proxytype import Proxytype, describe, verb

PropertiesType = KnownDict.of(
    {
        "crs": Str,
        "date": Datetime,
        "geotrans": Tuple[Float, Float, Float, Float, Float, Float],
        "id": Str,
        "product": Str,
    },
    Str,
    Any,
)
"""Type of an image's properties: what is known of the field types, alphabetically."""

BandInfoType = KnownDict.of({"data_range": Tuple[Float, Float], "id": Str, "name": Str}, Str, Any)
"""Type of one band's info."""


class Imagery(ImageryMethods, Proxytype):
    """Image or ImageCollection: pixels without extent or resolution until a GeoContext is given. Abstract."""

    __slots__ = ()
    __array_ufunc__ = None  # numpy then leaves `array + imagery` to Python, which refuses it

    _elsewhere = '; a band is x["{name}"], metadata are in x.properties and x.bandinfo, pixels in x.ndarray'
    _written = "Image, ImageCollection"
    _instead_of_if = "wf.where (for each pixel) or wf.ifelse"

    def visualize(
        self,
        name: str,
        scales: AnyValue = None,
        colormap: str | None = None,
        checkerboard: bool = True,
        **options: AnyValue,
    ) -> AnyValue:
        """Show on the map; see `descartes_flow.visualize`."""
        return verb("visualize")(self, name, scales, colormap, checkerboard, **options)

    @classmethod
    def _promote(cls, value: AnyValue) -> AnyValue:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]) and cls is not Imagery:
            return cls._from_node(value._node)
        raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}{_advice(value)}")


def _advice(value: object) -> str:
    if isinstance(value, (TYPES["Array"], TYPES["MaskedArray"], np.ndarray)):
        return "; an array has no grid: use wf.numpy with arrays, or make it imagery by arr.to_imagery()"
    return ""
