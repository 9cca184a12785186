"""Cases of geometries and features.

The boundary of the first two columns of pixels lies at 15.000127 E, that of the two rows at 45.153387 N;
``points.geojson`` holds a point in the first pixel, one in the last, one far away.
"""

from pathlib import Path

from descartes_flow.result_types import (
    FeatureCollectionResult,
    FeatureResult,
    GeometryCollectionResult,
    GeometryResult,
)
from tests.operations.case import Case

FILE = str(Path(__file__).with_name("points.geojson"))
POINTS = f"wf.FeatureCollection.from_vector_id({FILE!r})"

POINT = "wf.Geometry('Point', [1, 2])"
LINE = "wf.Geometry('LineString', [[0, 0], [2, 4]])"
BOTH = f"wf.GeometryCollection([{POINT}, {LINE}])"
WEST = "wf.load_geojson({'type': 'Polygon', 'coordinates': [[[14, 45], [15.000127, 45], [15.000127, 46], "
WEST += "[14, 46], [14, 45]]]})"
NORTH = "wf.load_geojson({'type': 'Polygon', 'coordinates': [[[14, 45.153387], [16, 45.153387], [16, 46], "
NORTH += "[14, 46], [14, 45.153387]]]})"
FEATURE = f"wf.Feature({POINT}, {{'foo': 1}})"
FEATURES = f"wf.FeatureCollection([{FEATURE}, wf.Feature({LINE}, {{'foo': 3}})])"
ZONES = f"wf.FeatureCollection([wf.Feature({WEST}, {{'n': 2}}), wf.Feature({NORTH}, {{}})])"

A_POINT = GeometryResult("Point", [1, 2])
A_LINE = GeometryResult("LineString", [[0, 0], [2, 4]])
FIRST = FeatureResult(A_POINT, {"foo": 1})
SECOND = FeatureResult(A_LINE, {"foo": 3})

VALUES = [
    Case("Geometry.create", POINT, A_POINT),
    Case("Geometry.create", "wf.Geometry('Point', [wf.Int(1), wf.Int(1) + 1])", A_POINT),
    Case("Geometry.create", "wf.load_geojson({'type': 'point', 'coordinates': (1, 2)})", A_POINT),
    Case(
        "GeometryCollection.create", BOTH, GeometryCollectionResult("GeometryCollection", (A_POINT, A_LINE))
    ),
    Case("GeometryCollection.create", "wf.GeometryCollection([]).length()", 0),
    Case("Feature.create", FEATURE, FIRST),
    Case(
        "Feature.create",
        f"wf.Feature({POINT}, {{'most': img.max(axis='pixels')['red']}})",
        FeatureResult(A_POINT, {"most": 6.0}),
    ),
    Case(
        "Feature.create",
        f"col.map(lambda img: wf.Feature({POINT}, {{'n': img.properties['number']}}))[1]",
        FeatureResult(A_POINT, {"n": 1}),
    ),
    Case("FeatureCollection.create", FEATURES, FeatureCollectionResult((FIRST, SECOND))),
    Case("FeatureCollection.create", "wf.FeatureCollection([])", FeatureCollectionResult(())),
    Case("FeatureCollection.from_vector", f"{POINTS}.map(lambda f: f.properties['n'])", [3, 4]),
    Case("getattr", f"{LINE}.coordinates", [[0, 0], [2, 4]]),
    Case("getattr", f"{BOTH}.geometries", [A_POINT, A_LINE]),
    Case("getattr", f"{BOTH}.type", "GeometryCollection"),
    Case("getattr", f"{FEATURE}.geometry.type", "Point"),
    Case("getattr", f"{FEATURE}.properties", {"foo": 1}),
    Case("getattr", f"{FEATURES}.features", [FIRST, SECOND]),
]

MEMBERS = [
    Case("get", f"{FEATURES}[-1]", SECOND),
    Case("get", f"{FEATURES}[1:]", FeatureCollectionResult((SECOND,))),
    Case("get", f"{BOTH}[0]", A_POINT),
    Case("length", f"{FEATURES}.length()", 2),
    Case("contains", f"{FEATURES}.contains({FEATURE})", True),
    Case("contains", f"{BOTH}.contains(wf.Geometry('Point', [2, 1]))", False),
    Case("reversed", f"reversed({FEATURES})", FeatureCollectionResult((SECOND, FIRST))),
    Case("reversed", f"{BOTH}.reversed().map(lambda g: g.type)", ["LineString", "Point"]),
    Case("map", f"{FEATURES}.map(lambda f: f.properties['foo'])", [1, 3]),
    Case("map", f"{FEATURES}.map(lambda f: f)", FeatureCollectionResult((FIRST, SECOND))),
    Case("map", "wf.FeatureCollection([]).map(lambda f: f.geometry)", []),
    Case(
        "filter", f"{FEATURES}.filter(lambda f: f.properties['foo'] > 1)", FeatureCollectionResult((SECOND,))
    ),
    Case("sorted", f"{FEATURES}.sorted(lambda f: 0 - f.properties['foo'])[0]", SECOND),
    Case("sorted", f"{BOTH}.sorted(lambda g: g.type)[0]", A_LINE),
    Case("reduce", f"{FEATURES}.reduce(lambda a, b: b)", SECOND),
]

MEASURES = [
    Case("buffer", f"{POINT}.buffer(0.5).bounds()", (0.5, 1.5, 1.5, 2.5)),
    Case("buffer", f"{FEATURE}.buffer(0.5).properties", {"foo": 1}),
    Case("buffer", f"{BOTH}.buffer(1).bounds()", (-1.0, -1.0, 3.0, 5.0)),
    Case("area", f"{BOTH}.area()", 0.0),
    Case("centroid", f"{LINE}.centroid()", A_POINT),
    Case("bounds", f"{LINE}.bounds()", (0.0, 0.0, 2.0, 4.0)),
    Case("intersection", f"{LINE}.intersection({POINT})", A_POINT),
    Case("simplify", "wf.Geometry('LineString', [[0, 0], [1, 2], [2, 4]]).simplify(0.1)", A_LINE),
]

PIXELS = [
    Case("rasterize", f"{WEST}.rasterize()", {"features": [[1, None, None], [1, None, None]]}),
    Case("rasterize", f"{NORTH}.rasterize(-2.5)", {"features": [[-2.5] * 3, [None] * 3]}),
    Case(
        "rasterize",
        f"wf.GeometryCollection([{WEST}, {NORTH}]).rasterize(2)",
        {"features": [[2] * 3, [2, None, None]]},
    ),
    Case("rasterize", f"{ZONES}[0].rasterize('n')", {"features": [[2, None, None], [2, None, None]]}),
    Case("rasterize", f"{ZONES}.rasterize('n', 10)", {"features": [[12, 10, 10], [2, None, None]]}),
    Case(
        "rasterize",
        f"{ZONES}.rasterize('n', 10, merge_algorithm='replace')",
        {"features": [[10, 10, 10], [2, None, None]]},
    ),
    Case("rasterize", f"{POINTS}.rasterize('n')", {"features": [[3, None, None], [None, None, 4]]}),
    Case("rasterize", "wf.FeatureCollection([]).rasterize()", {"features": [[None] * 3] * 2}),
    Case(
        "mask",
        f"img.mask({WEST})",
        {"red": [[1, None, None], [4, None, None]], "nir": [[10, None, None], [40, None, None]]},
    ),
    Case("mask", f"col.pick_bands('red').mask({NORTH})[1]", {"red": [[2, 2, 2], [None] * 3]}, local=False),
    Case(
        "mask",
        f"img.pick_bands('red').mask({POINTS}, replace=True)",
        {"red": [[1, None, None], [None, None, 6]]},
    ),
]

CASES = [*VALUES, *MEMBERS, *MEASURES, *PIXELS]
