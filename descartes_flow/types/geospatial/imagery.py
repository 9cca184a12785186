"""The base that Image and ImageCollection share."""

from __future__ import annotations

from typing import Any as AnyValue
from typing import NoReturn

import numpy as np

from ...errors import ProxyTypeError
from ..array.dispatch import OPERATORS
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

    _elsewhere = '; a band is x["{name}"], metadata are in x.properties and x.bandinfo, pixels in x.ndarray'
    _written = "Image, ImageCollection"
    _instead_of_if = "wf.where (for each pixel) or wf.ifelse"

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: AnyValue, **options: AnyValue
    ) -> AnyValue:
        """``np.sqrt(img)`` is ``img.sqrt()``; numbers of numpy are numbers to an operator."""
        plain = [value.item() if isinstance(value, np.generic) else value for value in inputs]
        if any(isinstance(value, np.ndarray) for value in plain):
            raise ProxyTypeError(NO_COMMON_GRID)
        if method == "__call__" and not options:
            if ufunc in OPERATORS:
                return OPERATORS[ufunc](*plain)
            if len(plain) == 1 and ufunc.__name__ in dir(type(self)):
                return getattr(self, ufunc.__name__)()
        raise TypeError(_of_numpy(ufunc, type(self)))

    def __array_function__(self, function: AnyValue, *call: AnyValue) -> NoReturn:
        raise TypeError(_of_numpy(function, type(self)))

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

    def tile_layer(
        self,
        name: str | None = None,
        scales: AnyValue = None,
        colormap: str | None = None,
        checkerboard: bool = True,
        **options: AnyValue,
    ) -> AnyValue:
        """A layer that is not on the map yet; see `descartes_flow.api.tile_layer`."""
        return verb("tile_layer")(self, name, scales, colormap, checkerboard, **options)

    def preview(
        self,
        geoctx: AnyValue = None,
        scales: AnyValue = None,
        colormap: str | None = None,
        **options: AnyValue,
    ) -> AnyValue:
        """A picture (PIL) of an area, without a map; see `descartes_flow.api.preview`."""
        return verb("preview")(self, geoctx, scales, colormap, **options)

    @classmethod
    def _promote(cls, value: AnyValue) -> AnyValue:
        if isinstance(value, cls):
            return value
        if isinstance(value, TYPES["Any"]) and cls is not Imagery:
            return cls._from_node(value._node)
        raise ProxyTypeError(f"cannot promote {describe(value)} to {cls.__name__}{_advice(value)}")


NO_COMMON_GRID = (
    "numpy arrays and imagery do not combine: they have no common grid; use .ndarray of the imagery"
)


def _of_numpy(function: AnyValue, cls: type) -> str:
    name = function.__name__
    own = f"the method .{name}(...), or " if name in dir(cls) else ""
    return f"np.{name} does not take imagery; use {own}wf.numpy with .ndarray of the imagery"


def _advice(value: object) -> str:
    if isinstance(value, (TYPES["Array"], TYPES["MaskedArray"], np.ndarray)):
        return "; an array has no grid: use wf.numpy with arrays, or make it imagery by arr.to_imagery()"
    return ""
