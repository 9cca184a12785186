"""descartes_flow: interactive mapping and geospatial analysis from composed, lazily evaluated imagery.

import descartes_flow as wf

img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
nir, red = img.unpack_bands("nir red")
wf.normalized_difference(nir, red).visualize("NDVI", scales=[0, 1], colormap="viridis")
wf.map
"""

import importlib
import typing

from . import catalog, errors, ops
from ._settings import settings
from .errors import ProxyTypeError
from .ops.collections import concat
from .ops.control import ifelse
from .ops.math import (
    arccos,
    arcsin,
    arctan,
    arctan2,
    cos,
    e,
    exp,
    inf,
    log,
    log1p,
    log2,
    log10,
    nan,
    normalized_difference,
    pi,
    sin,
    sqrt,
    square,
    tan,
)
from .types import (
    Any,
    Bool,
    Datetime,
    Dict,
    Float,
    Function,
    GeoContext,
    Geometry,
    Image,
    ImageCollection,
    Int,
    KnownDict,
    List,
    NoneType,
    Number,
    Primitive,
    Proxytype,
    Slice,
    Str,
    Tuple,
    parameter,
    proxify,
)
from .types.proxytype import load_verbs

load_verbs.append(lambda: importlib.import_module("descartes_flow.api"))

_LAZY = {"compute": "api", "inspect": "api"}
"""Names whose modules load when they are first used."""

__version__ = "0.1.0"


def __getattr__(name: str) -> typing.Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LAZY[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
