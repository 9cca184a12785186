"""Cases of plain values: numbers, truth values, texts, containers, moments, contexts."""

import datetime
import math

from descartes_flow.result_types import GeometryResult
from tests.operations.case import Case

INTS = "wf.List[wf.Int]([3, 1, 2])"
NAMES = "wf.Dict[wf.Str, wf.Int]({'a': 1}, b=2)"
UTC = datetime.UTC
UTM = "crs='EPSG:32633', bounds_crs='EPSG:32633'"
AOI = f"wf.GeoContext(bounds=(500000, 5000000, 500040, 5000020), resolution=10, {UTM})"

NUMBERS = [
    Case("add", "wf.Int(7) + 2", 9),
    Case("sub", "2 - wf.Int(7)", -5),
    Case("mul", "wf.Int(7) * 2", 14),
    Case("div", "wf.Int(7) / 2", 3.5),
    Case("div", "wf.Int(1) / 0", math.inf),
    Case("div", "wf.Int(0) / 0", math.nan),
    Case("floordiv", "-wf.Int(7) // 2", -4),
    Case("mod", "wf.Int(-7) % 4", 1),
    Case("mod", "wf.Float(1) % 0", math.nan),
    Case("pow", "2 ** wf.Int(7)", 128),
    Case("pow", "wf.Float(-8) ** (1 / 3)", math.nan),
    Case("neg", "-wf.Int(7)", -7),
    Case("pos", "+wf.Float(1.5)", 1.5),
    Case("abs", "abs(wf.Int(-6))", 6),
    Case("lt", "wf.Int(1) < 2.0", True),
    Case("le", "wf.Str('a') <= 'a'", True),
    Case("eq", "wf.nan == wf.nan", False),
    Case("ne", "wf.Bool(True) != True", False),
    Case("gt", f"{INTS} > [3, 0, 9]", True),
    Case("ge", "wf.Datetime(2020) >= '2020-01-02'", False),
    Case("and", "wf.Int(6) & 3", 2),
    Case("and", "wf.Bool(True) & 0", False),
    Case("or", "wf.Int(6) | 1", 7),
    Case("xor", "wf.Int(6) ^ 3", 5),
    Case("invert", "~wf.Int(6)", -7),
    Case("invert", "~wf.Bool(True)", False),
    Case("lshift", "wf.Int(3) << 2", 12),
    Case("rshift", "wf.Int(13) >> 2", 3),
    Case("Int.cast", "wf.Int(wf.Float(-1.9))", -1),
    Case("Int.cast", "wf.Int(wf.Str('12'))", 12),
    Case("Float.cast", "wf.Float(wf.Str('1e3'))", 1000.0),
    Case("ifelse", "wf.ifelse(wf.Int(1) > 0, 'yes', 'no')", "yes"),
]

CONTAINERS = [
    Case("list", INTS, [3, 1, 2]),
    Case("list.copy", f"wf.List[wf.Int]({INTS})", [3, 1, 2]),
    Case("tuple", "wf.Tuple[wf.Int, wf.Float]((1, wf.nan))", (1, math.nan)),
    Case("dict.create", NAMES, {"a": 1, "b": 2}),
    Case("dict.keys", f"{NAMES}.keys()", ["a", "b"]),
    Case("dict.values", f"{NAMES}.values()", [1, 2]),
    Case("dict.items", f"{NAMES}.items()", [("a", 1), ("b", 2)]),
    Case("Slice.create", f"{INTS}[wf.Slice(1, None)]", [1, 2]),
    Case("Slice.create", "wf.Str('abc')[::-1]", "cba"),
    Case("get", f"{INTS}[-1]", 2),
    Case("get", f"{NAMES}['b']", 2),
    Case("get", f"{NAMES}.get('c', 9)", 9),
    Case("get", "wf.Tuple[wf.Int, wf.Str]((1, 'x'))[wf.Int(1)]", "x"),
    Case("get", "wf.Any([1, {'a': 2}])[1]['a']", 2),
    Case("add", f"{INTS} + [9]", [3, 1, 2, 9]),
    Case("mul", f"2 * {INTS}", [3, 1, 2, 3, 1, 2]),
    Case("add", "wf.Tuple[wf.Int]((1,)) + wf.Tuple[wf.Str](('x',))", (1, "x")),
    Case("length", f"{INTS}.length()", 3),
    Case("length", "wf.Str('abc').length()", 3),
    Case("contains", f"{INTS}.contains(5)", False),
    Case("contains", f"{NAMES}.contains('a')", True),
    Case("contains", "wf.Str('abc').contains('bc')", True),
    Case("reversed", f"reversed({INTS})", [2, 1, 3]),
    Case("map", f"{INTS}.map(lambda x: x / 2)", [1.5, 0.5, 1.0]),
    Case("filter", f"{INTS}.filter(lambda x: x > 1)", [3, 2]),
    Case("Str.split", "wf.Str('a b  c').split()", ["a", "b", "c"]),
    Case("Str.split", "wf.Str('a,b,c').split(',', 1)", ["a", "b,c"]),
]

MOMENTS = [
    Case(
        "datetime.from_components",
        "wf.Datetime(2020, 2, 3, 4, 5, 6, 7)",
        datetime.datetime(2020, 2, 3, 4, 5, 6, 7, UTC),
    ),
    Case(
        "datetime.from_string",
        "wf.Datetime.from_string('2020-02-03T04:05:06+02:00')",
        datetime.datetime(2020, 2, 3, 2, 5, 6, tzinfo=UTC),
    ),
    Case(
        "datetime.from_timestamp",
        "wf.Datetime.from_timestamp(86400)",
        datetime.datetime(1970, 1, 2, tzinfo=UTC),
    ),
    Case("datetime.is_between", "wf.Datetime(2020).is_between('2020-01-01', '2020-01-02')", True),
    Case(
        "datetime.is_between",
        "wf.Datetime(2020).is_between('2020-01-01', '2020-01-02', inclusive=False)",
        False,
    ),
    *(
        Case("getattr", f"wf.Datetime(2020, 2, 3, 4, 5, 6, 7).{part}", value)
        for part, value in zip(
            ("year", "month", "day", "hour", "minute", "second", "microsecond"),
            (2020, 2, 3, 4, 5, 6, 7),
            strict=True,
        )
    ),
]

PLACES = [
    Case("GeoContext.create", f"{AOI}.arr_shape", (2, 4)),
    Case("GeoContext.index_to_coords", f"{AOI}.index_to_coords(1, 2)", (500020.0, 5000010.0)),
    Case("GeoContext.coords_to_index", f"{AOI}.coords_to_index(500025, 5000015)", (0, 2)),
    Case("GeoContext.from_xyz_tile", "wf.GeoContext.from_xyz_tile(0, 0, 0).crs", "EPSG:3857"),
    Case("GeoContext.from_dltile_key", "wf.GeoContext.from_dltile_key('64:0:10.0:33:0:0').resolution", 10.0),
    Case(
        "Geometry.create",
        "wf.Geometry('Point', [1.5, 2])",
        GeometryResult("Point", [1.5, 2]),
    ),
]

CASES = [*NUMBERS, *CONTAINERS, *MOMENTS, *PLACES]
