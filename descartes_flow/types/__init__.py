"""The proxies that users hold; they build nodes and compute nothing."""

from .array.array_ import Array
from .array.arraylike import Arraylike
from .array.dtype import DType
from .array.masked_array import MaskedArray
from .array.scalar import Scalar
from .containers.dict_ import Dict
from .containers.known_dict import KnownDict
from .containers.list_ import List
from .containers.slice import Slice
from .containers.struct import Struct
from .containers.tuple_ import Tuple
from .datetimes.datetime_ import Datetime
from .datetimes.timedelta import Timedelta
from .function.function import Function
from .geospatial.convolution import Kernel
from .geospatial.feature import Feature
from .geospatial.featurecollection import FeatureCollection
from .geospatial.geocontext import GeoContext
from .geospatial.geometry import Geometry
from .geospatial.geometrycollection import GeometryCollection
from .geospatial.groupby import ImageCollectionGroupby
from .geospatial.image import Image
from .geospatial.imagecollection import ImageCollection
from .geospatial.imagery import BandInfoType, Imagery, PropertiesType
from .geospatial.loading import load_geojson, load_geojson_file
from .parameter import parameter
from .primitives.any_ import Any
from .primitives.bool_ import Bool
from .primitives.none import NoneType
from .primitives.number import Float, Int, Number
from .primitives.primitive import Primitive
from .primitives.string import Str
from .promotion import Callback, Element, Key, Same
from .proxify import proxify
from .proxytype import Proxytype

__all__ = [
    "Any",
    "Array",
    "Arraylike",
    "BandInfoType",
    "Bool",
    "Callback",
    "DType",
    "Datetime",
    "Dict",
    "Element",
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
    "Imagery",
    "Int",
    "Key",
    "Kernel",
    "KnownDict",
    "List",
    "MaskedArray",
    "NoneType",
    "Number",
    "Primitive",
    "PropertiesType",
    "Proxytype",
    "Same",
    "Scalar",
    "Slice",
    "Str",
    "Struct",
    "Timedelta",
    "Tuple",
    "load_geojson",
    "load_geojson_file",
    "parameter",
    "proxify",
]
