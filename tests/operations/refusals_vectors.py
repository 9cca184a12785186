"""Wrong uses of geometries and features."""

import descartes_flow as wf
from descartes_flow.errors import JobInvalid, NeedsContext, ReadError
from tests.operations.case import Refusal

POINT = "wf.Geometry('Point', [1, 2])"
BOTH = f"wf.GeometryCollection([{POINT}])"
FEATURE = f"wf.Feature({POINT}, {{'foo': 'x'}})"
FEATURES = f"wf.FeatureCollection([{FEATURE}])"

MAKING = [
    Refusal(
        "Geometry", "wf.Geometry(1, [1, 2])", wf.ProxyTypeError, "Geometry(type=): expected Str, got int 1"
    ),
    Refusal("Geometry", "wf.Geometry('Circle', [1])", JobInvalid, "got 'Circle'", computed=True),
    Refusal("Geometry", "wf.Geometry('Point', [float('nan')])", ValueError, "cannot hold nan"),
    Refusal("Geometry", "wf.Geometry('Point', object())", TypeError, "Geometry(coordinates=)"),
    Refusal(
        "Geometry.area", "wf.Geometry('Point', ['x']).area()", JobInvalid, "no coordinates", computed=True
    ),
    Refusal(
        "Geometry.from_geo_interface",
        "wf.Geometry.from_geo_interface(1)",
        TypeError,
        "with __geo_interface__",
    ),
    Refusal(
        "Geometry.from_geojson",
        "wf.Geometry.from_geojson({'type': 'Point'})",
        ValueError,
        "Geometry.from_geojson(): a Geometry needs the fields 'type', 'coordinates'; missing: 'coordinates'",
    ),
    Refusal(
        "Geometry.from_geojson", "wf.Geometry.from_geojson([1])", TypeError, "expected a GeoJSON mapping"
    ),
    Refusal(
        "GeometryCollection",
        "wf.GeometryCollection(1)",
        wf.ProxyTypeError,
        "expected Geometry items, got int 1",
    ),
    Refusal("GeometryCollection", "wf.GeometryCollection([1])", wf.ProxyTypeError, "(geometries=): item 0"),
    Refusal(
        "GeometryCollection",
        f"wf.GeometryCollection([{POINT}], type='Point')",
        ValueError,
        "expected 'GeometryCollection', got 'Point'",
    ),
    Refusal(
        "GeometryCollection.from_geo_interface",
        "wf.GeometryCollection.from_geo_interface(1)",
        TypeError,
        "with __geo_interface__",
    ),
    Refusal(
        "Feature", "wf.Feature(1, {})", wf.ProxyTypeError, "Feature(geometry=): expected Geometry, got int 1"
    ),
    Refusal("Feature", f"wf.Feature({POINT}, 1)", wf.ProxyTypeError, "expected Dict[Str, Any], got int 1"),
    Refusal(
        "Feature.from_geojson",
        "wf.Feature.from_geojson({'type': 'Point', 'geometry': None, 'properties': {}})",
        ValueError,
        "Feature.from_geojson(): expected the type 'Feature', got 'Point'",
    ),
    Refusal(
        "FeatureCollection", "wf.FeatureCollection([1])", wf.ProxyTypeError, "(features=): item 0: cannot"
    ),
    Refusal(
        "FeatureCollection",
        f"wf.FeatureCollection({POINT})",
        wf.ProxyTypeError,
        "expected Feature items, got a Geometry",
    ),
    Refusal(
        "FeatureCollection.from_vector_id",
        "wf.FeatureCollection.from_vector_id(1)",
        wf.ProxyTypeError,
        "Argument 'vector_id' to function from_vector_id(): expected Str",
    ),
    Refusal(
        "FeatureCollection.from_vector_id",
        "wf.FeatureCollection.from_vector_id('no such')",
        JobInvalid,
        "no vectors are called 'no such'",
        computed=True,
    ),
    Refusal(
        "FeatureCollection.from_vector_id",
        "wf.FeatureCollection.from_vector_id('http://example.com/a.fgb')",
        ReadError,
        "expected an absolute path or a URL with az, gs, https or s3",
        computed=True,
    ),
    Refusal("wf.load_geojson", "wf.load_geojson({})", ValueError, "missing 'type' field"),
    Refusal("wf.load_geojson", "wf.load_geojson({'type': 'x'})", ValueError, "Unsupported GeoJSON type 'x'"),
    Refusal("wf.load_geojson", "wf.load_geojson(1)", TypeError, "expected a GeoJSON mapping"),
    Refusal("wf.load_geojson_file", "wf.load_geojson_file('/no/such/file')", OSError, "/no/such/file"),
]

COLLECTIONS = [
    refusal
    for name, members in (("FeatureCollection", FEATURES), ("GeometryCollection", BOTH))
    for refusal in (
        Refusal(f"{name}.__getitem__", f"{members}['a']", wf.ProxyTypeError, "expected Int, Slice"),
        Refusal(f"{name}.__getitem__", f"{members}[1]", JobInvalid, "there are 1 items", computed=True),
        Refusal(f"{name}.contains", f"{members}.contains(1)", wf.ProxyTypeError, "Argument 'other'"),
        Refusal(f"{name}.filter", f"{members}.filter(lambda item: 1)", TypeError, "must return Bool"),
        Refusal(f"{name}.map", f"{members}.map(1)", wf.ProxyTypeError, "expected a function"),
        Refusal(f"{name}.reduce", f"{members}.reduce(lambda a, b: 1)", TypeError, "must return"),
        Refusal(
            f"{name}.reduce", f"{members}.reduce(lambda a, b: a, initial=1)", wf.ProxyTypeError, "Int(0)"
        ),
        Refusal(f"{name}.sorted", f"{members}.sorted(lambda item: item)", TypeError, "has no order"),
    )
]

MEASURES = [
    Refusal("Geometry.buffer", f"{POINT}.buffer('x')", wf.ProxyTypeError, "expected Float, Int"),
    Refusal(
        "Geometry.buffer",
        f"{POINT}.buffer(1, crs='x')",
        JobInvalid,
        "expected a geographic or projected",
        computed=True,
    ),
    Refusal("GeometryCollection.buffer", f"{BOTH}.buffer(None)", wf.ProxyTypeError, "expected Float, Int"),
    Refusal("Feature.buffer", f"{FEATURE}.buffer([1])", wf.ProxyTypeError, "expected Float, Int"),
    Refusal("FeatureCollection.buffer", f"{FEATURES}.buffer(1)", AttributeError, "buffer"),
    Refusal("Geometry.intersection", f"{POINT}.intersection(1)", wf.ProxyTypeError, "expected Geometry"),
    Refusal(
        "GeometryCollection.intersection", f"{BOTH}.intersection(1)", wf.ProxyTypeError, "expected Geometry"
    ),
    Refusal("Geometry.simplify", f"{POINT}.simplify('x')", wf.ProxyTypeError, "expected Float, Int"),
    Refusal("GeometryCollection.simplify", f"{BOTH}.simplify('x')", wf.ProxyTypeError, "expected Float, Int"),
]

PIXELS = [
    Refusal("Geometry.rasterize", f"{POINT}.rasterize('foo')", TypeError, "expected Float, Int"),
    Refusal("Geometry.rasterize", f"{POINT}.rasterize().compute()", NeedsContext, "needs a GeoContext"),
    Refusal("GeometryCollection.rasterize", f"{BOTH}.rasterize('foo')", TypeError, "expected Float, Int"),
    Refusal(
        "Feature.rasterize",
        f"{FEATURE}.rasterize('foo')",
        JobInvalid,
        "property 'foo': expected a number",
        computed=True,
    ),
    Refusal(
        "FeatureCollection.rasterize",
        f"{FEATURES}.rasterize(merge_algorithm='max')",
        ValueError,
        "'max' is not one of 'add', 'replace'",
    ),
    Refusal(
        "FeatureCollection.rasterize",
        f"{FEATURES}.rasterize(merge_algorithm=wf.Str('m') + 'ax')",
        JobInvalid,
        "expected one of 'add', 'replace', got 'max'",
        computed=True,
    ),
    Refusal(
        "Image.mask",
        "img.mask({'type': 'Circle'})",
        wf.ProxyTypeError,
        "expected Image, ImageCollection, Geometry",
    ),
]

REFUSALS = [*MAKING, *COLLECTIONS, *MEASURES, *PIXELS]
