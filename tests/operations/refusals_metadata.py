"""Wrong uses of properties and bandinfo, of bands, of single pixels and of contexts."""

import descartes_flow as wf
from descartes_flow.errors import ContextError, JobInvalid
from tests.operations.case import Refusal

FIELDS = [
    Refusal(
        "Imagery.with_properties",
        "img.with_properties(a=object())",
        ValueError,
        "with_properties(a=): no proxy stands for object",
    ),
    Refusal(
        "Imagery.with_properties",
        "img.with_properties(id=5)",
        ValueError,
        "with_properties(id=): the field 'id' is always Str, got int 5; call the new field otherwise",
    ),
    Refusal(
        "Imagery.with_properties",
        "col.with_properties(a=[1])",
        JobInvalid,
        "with_properties(a=): expected one value for each of the 3 images, got 1; a tuple is one value",
        computed=True,
    ),
    Refusal("Imagery.with_properties", "img.with_properties(5)", TypeError, "too many positional arguments"),
    Refusal(
        "Imagery.without_properties",
        "img.without_properties(1)",
        wf.ProxyTypeError,
        "Argument 'names' to function without_properties(): expected Str",
    ),
    Refusal(
        "Imagery.with_bandinfo",
        "img.with_bandinfo('blue', a=1)",
        JobInvalid,
        "no band 'blue'; the bands are 'red', 'nir'",
        computed=True,
    ),
    Refusal(
        "Imagery.with_bandinfo",
        "img.with_bandinfo('red', data_range=5)",
        ValueError,
        "with_bandinfo(data_range=): the field 'data_range' is always Tuple[Float, Float], got int 5",
    ),
    Refusal(
        "Imagery.with_bandinfo",
        "img.with_bandinfo(1, a=1)",
        wf.ProxyTypeError,
        "Argument 'band' to function with_bandinfo(): expected Str",
    ),
    Refusal(
        "Imagery.without_bandinfo",
        "img.without_bandinfo('red', 1)",
        wf.ProxyTypeError,
        "Argument 'fields' to function without_bandinfo(): expected Str",
    ),
    Refusal(
        "Imagery.without_bandinfo",
        "col.without_bandinfo('blue', 'a')",
        JobInvalid,
        "no band 'blue'",
        computed=True,
    ),
]

BANDS = [
    Refusal("Image.__getitem__", "img[0]", wf.ProxyTypeError, "but got int 0"),
    Refusal("Image.__getitem__", "img['blue']", JobInvalid, "no band 'blue'", computed=True),
    Refusal("ImageCollection.__getitem__", "col['blue']", JobInvalid, "no band 'blue'", computed=True),
    Refusal(
        "Imagery.rename_bands",
        "img.pick_bands('red').rename_bands(red='a', B04='b')",
        JobInvalid,
        "no band 'B04'",
        computed=True,
    ),
    Refusal(
        "Imagery.map_bands",
        "img.map_bands(lambda band: band)",
        TypeError,
        "expected 2 (Str, Image)",
    ),
    Refusal("Imagery.map_bands", "img.map_bands(1)", wf.ProxyTypeError, "expected a function, got int 1"),
    Refusal(
        "Imagery.map_bands",
        "img.map_bands(lambda name, band: band.rename_bands('x'))",
        JobInvalid,
        "map_bands: two bands would have the same name: x, x; let the function rename what it returns",
        computed=True,
    ),
    Refusal(
        "Imagery.reduction",
        "img.reduction(wf.Str('max') + 'imum')",
        JobInvalid,
        "'maximum' is not one of min, max, mean",
        computed=True,
    ),
    Refusal("Imagery.reduction", "img.reduction(1)", wf.ProxyTypeError, "Argument 'operation' to function"),
    Refusal(
        "Image.replace_empty_with",
        "none.replace_empty_with(1, bandinfo={'v': 1})",
        ValueError,
        "replace_empty_with(bandinfo=): expected a dict of fields for each band, like {'vv': {}}, got "
        "{'v': 1}",
    ),
    Refusal(
        "Image.replace_empty_with",
        "none.replace_empty_with(1, bandinfo=none.bandinfo)",
        JobInvalid,
        "expected a dict of fields for each band, like {'vv': {}}, got {}",
        computed=True,
    ),
]

PIXELS = [
    Refusal(
        "Image.value_at",
        "img.value_at(15.0, 45.1)",
        JobInvalid,
        "value_at: the point (15.0, 45.1) lies outside the area of the run, (500000.0, 4999980.0, 500030.0, "
        "5000000.0) in EPSG:32633; x and y are coordinates of this CRS",
        computed=True,
    ),
    Refusal(
        "Image.value_at",
        "img.value_at('a', 1)",
        wf.ProxyTypeError,
        "Argument 'x' to function value_at(): expected Float, Int",
    ),
    Refusal(
        "ImageCollection.value_at",
        "col.value_at(500030, 4999990)",
        JobInvalid,
        "lies outside the area",
        computed=True,
    ),
    Refusal(
        "ImageCollection.value_at",
        "col.value_at(float('nan'), 0)",
        JobInvalid,
        "the point (nan, 0",
        computed=True,
    ),
    Refusal(
        "Imagery.index_to_coords",
        "img.index_to_coords(0.5, 1)",
        wf.ProxyTypeError,
        "Argument 'row' to function index_to_coords(): expected Int",
    ),
    Refusal(
        "Imagery.coords_to_index",
        "img.coords_to_index(0, 'b')",
        wf.ProxyTypeError,
        "Argument 'y' to function coords_to_index(): expected Float, Int",
    ),
]

CONTEXTS = [
    Refusal(
        "GeoContext",
        "wf.GeoContext(resolution=10, shape=(2, 2))",
        ContextError,
        "GeoContext(resolution=, shape=): expected one of them, got 10 and (2, 2)",
    ),
    Refusal("GeoContext", "wf.GeoContext(resolution=0)", ContextError, "GeoContext(resolution=): expected a"),
    Refusal(
        "GeoContext", "wf.GeoContext(crs='EPSG:0')", ContextError, "GeoContext(crs=): expected a geographic"
    ),
    Refusal("GeoContext", "wf.GeoContext(bounds=(1, 2, 0, 3))", ContextError, "with min < max"),
    Refusal(
        "GeoContext", "wf.GeoContext(shape=(0, 5))", ContextError, "GeoContext(shape=): expected a whole"
    ),
    Refusal("GeoContext", "wf.GeoContext(arr_shape=(5, 5))", TypeError, "arr_shape"),
    Refusal(
        "GeoContext",
        "wf.GeoContext(bounds=(15, 45, 16, 46), resolution=10)",
        JobInvalid,
        "AOI(crs=): expected a CRS",
        computed=True,
    ),
    Refusal(
        "GeoContext.from_bounds",
        "wf.GeoContext.from_bounds('everywhere', resolution=10)",
        wf.ProxyTypeError,
        "GeoContext(bounds=): expected Tuple[Float, Float, Float, Float]",
    ),
    Refusal(
        "GeoContext.from_bounds",
        "wf.GeoContext.from_bounds((15, 45, 16, 46))",
        JobInvalid,
        "AOI(resolution=, shape=): expected one of them, got neither",
        computed=True,
    ),
]

REFUSALS = [*FIELDS, *BANDS, *PIXELS, *CONTEXTS]
