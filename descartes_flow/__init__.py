"""descartes_flow: interactive mapping and geospatial analysis from composed, lazily evaluated imagery.

::

    import descartes_flow as wf

    img = wf.Image.from_id("landsat:LC08:PRE:TOAR:meta_LC80330352016022_v1")
    nir, red = img.unpack_bands("nir red")
    wf.normalized_difference(nir, red).visualize("NDVI", scales=[0, 1], colormap="viridis")
    wf.map
"""

import importlib
import typing

from . import catalog, exceptions, numpy, widgets
from ._channel import __version__ as __version__
from ._channel import _set_channel as _set_channel
from ._settings import settings
from .errors import JobComputeError, JobTimeoutError, ProxyTypeError
from .ops.collections import concat
from .ops.conditions import where
from .ops.control import ifelse
from .ops.convolution import conv2d
from .ops.formats import format
from .ops.grafts import dump, from_graft
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
from .ops.sequences import range_ as range
from .ops.sequences import zip_ as zip
from .types import (
    Any,
    Array,
    Bool,
    Datetime,
    Dict,
    Feature,
    FeatureCollection,
    Float,
    Function,
    GeoContext,
    Geometry,
    GeometryCollection,
    Image,
    ImageCollection,
    ImageCollectionGroupby,
    Int,
    Kernel,
    KnownDict,
    List,
    MaskedArray,
    NoneType,
    Number,
    Primitive,
    Proxytype,
    Slice,
    Str,
    Struct,
    Timedelta,
    Tuple,
    load_geojson,
    load_geojson_file,
    parameter,
    proxify,
)
from .types.mistakes import PACKAGE, unknown_function
from .types.proxytype import load_verbs

if typing.TYPE_CHECKING:
    from . import result_types
    from .api import clear_cache, compute, inspect, visualize
    from .models.job import Job

load_verbs.append(lambda: importlib.import_module("descartes_flow.api"))

_LAZY = {
    "Job": "models.job",
    "LayerController": "interactive.panel.controller",
    "LayerControllerList": "interactive.panel.rows",
    "Map": "interactive.map",
    "WorkflowsLayer": "interactive.layer",
    "clear_cache": "api",
    "compute": "api",
    "inspect": "api",
    "interactive": "interactive",
    "map": "interactive.shared",
    "result_types": "result_types",
    "visualize": "api",
    "__channel__": "_channel",
}
"""Names whose modules load when they are first used."""

__all__ = [
    "Any",
    "Array",
    "Bool",
    "Datetime",
    "Dict",
    "Feature",
    "FeatureCollection",
    "Float",
    "Function",
    "GeoContext",
    "Geometry",
    "GeometryCollection",
    "Image",
    "ImageCollection",
    "ImageCollectionGroupby",
    "Int",
    "Job",
    "JobComputeError",
    "JobTimeoutError",
    "Kernel",
    "KnownDict",
    "LayerController",
    "LayerControllerList",
    "List",
    "Map",
    "MaskedArray",
    "NoneType",
    "Number",
    "Primitive",
    "ProxyTypeError",
    "Proxytype",
    "Slice",
    "Str",
    "Struct",
    "Timedelta",
    "Tuple",
    "WorkflowsLayer",
    "arccos",
    "arcsin",
    "arctan",
    "arctan2",
    "catalog",
    "clear_cache",
    "compute",
    "concat",
    "conv2d",
    "cos",
    "dump",
    "e",
    "exceptions",
    "exp",
    "format",
    "from_graft",
    "ifelse",
    "inf",
    "inspect",
    "interactive",
    "load_geojson",
    "load_geojson_file",
    "log",
    "log10",
    "log1p",
    "log2",
    "map",
    "nan",
    "normalized_difference",
    "numpy",
    "parameter",
    "pi",
    "proxify",
    "range",
    "result_types",
    "settings",
    "sin",
    "sqrt",
    "square",
    "tan",
    "visualize",
    "where",
    "widgets",
    "zip",
]


PACKAGE.extend(__all__)


def __getattr__(name: str) -> typing.Any:
    if name not in _LAZY:
        raise AttributeError(unknown_function(name))
    module = importlib.import_module(f"{__name__}.{_LAZY[name]}")
    return getattr(module, name, module)  # a lazy module is the value itself


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
