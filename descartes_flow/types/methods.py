"""Where declared operations attach their methods: one empty class per kind of proxy.

The methods come from `descartes_flow.ops`; ``methods.pyi`` beside this file, written by
``python -m descartes_flow.ops.stubs``, shows them to editors and type checkers.
"""


class IntMethods:
    """Methods of Int."""

    __slots__ = ()


class FloatMethods:
    """Methods of Float."""

    __slots__ = ()


class BoolMethods:
    """Methods of Bool."""

    __slots__ = ()


class StrMethods:
    """Methods of Str."""

    __slots__ = ()


class AnyMethods:
    """Methods of Any."""

    __slots__ = ()


class TupleMethods:
    """Methods of Tuple."""

    __slots__ = ()


class ListMethods:
    """Methods of List."""

    __slots__ = ()


class DictMethods:
    """Methods of Dict and KnownDict."""

    __slots__ = ()


class DatetimeMethods:
    """Methods of Datetime."""

    __slots__ = ()


class TimedeltaMethods:
    """Methods of Timedelta."""

    __slots__ = ()


class ImageryMethods:
    """Methods that Image and ImageCollection share."""

    __slots__ = ()


class ImageMethods:
    """Methods that Image alone has."""

    __slots__ = ()


class ImageCollectionMethods:
    """Methods that ImageCollection alone has."""

    __slots__ = ()


class ImageCollectionGroupbyMethods:
    """Methods of ImageCollectionGroupby."""

    __slots__ = ()


class GeoContextMethods:
    """Methods of GeoContext."""

    __slots__ = ()


class GeometryMethods:
    """Methods of Geometry."""

    __slots__ = ()


class GeometryCollectionMethods:
    """Methods of GeometryCollection."""

    __slots__ = ()


class FeatureMethods:
    """Methods of Feature."""

    __slots__ = ()


class FeatureCollectionMethods:
    """Methods of FeatureCollection."""

    __slots__ = ()


class ArraylikeMethods:
    """Methods that Array and MaskedArray share."""

    __slots__ = ()


class MaskedArrayMethods:
    """Methods that MaskedArray alone has."""

    __slots__ = ()


class ScalarMethods:
    """Methods of Scalar."""

    __slots__ = ()
