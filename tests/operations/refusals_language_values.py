"""Wrong uses of plain values: numbers, texts, containers, moments, contexts, parameters and grafts."""

import descartes_flow as wf
import descartes_flow.ops.grafts
from descartes_flow.errors import GraftError, GraftNameError, JobInvalid
from tests.operations.case import Refusal

LIST = "wf.List[wf.Int]([1])"
DICT = "wf.Dict[wf.Str, wf.Int]({'a': 1})"
CONTEXT = "wf.GeoContext(bounds=(0, 0, 1, 1), crs='EPSG:4326', resolution=0.5)"
FROM_GRAFT = "wf.from_graft"

MAKING = [
    Refusal("Any", "wf.Any(object())", wf.ProxyTypeError, "to Any: not a JSON-like value"),
    Refusal("Bool", "wf.Bool(1)", wf.ProxyTypeError, "cannot promote int 1 to Bool"),
    Refusal(
        "Datetime", "wf.Datetime('2020')", wf.ProxyTypeError, "Datetime(year=): expected Int, got str '2020'"
    ),
    Refusal("Datetime", "wf.Datetime(2020, 13)", JobInvalid, "month must be in 1..12", computed=True),
    Refusal("Dict", "wf.Dict({})", TypeError, "must be specified (like `Dict[Str, Int]`)"),
    Refusal("Dict", "wf.Dict[wf.Str, wf.Int](a='x')", wf.ProxyTypeError, "Dict[Str, Int]: item 'a'"),
    Refusal("Float", "wf.Float('1')", wf.ProxyTypeError, "cannot promote str '1' to Float"),
    Refusal(
        "GeoContext",
        "wf.GeoContext(resolution='x')",
        wf.ProxyTypeError,
        "GeoContext(resolution=): expected Float",
    ),
    Refusal(
        "GeoContext",
        "img.compute(wf.GeoContext(crs='EPSG:4326'))",
        JobInvalid,
        "AOI(bounds=): expected bounds",
    ),
    Refusal("Geometry", "wf.Geometry('Point')", TypeError, "coordinates"),
    Refusal("Int", "wf.Int(1.5)", wf.ProxyTypeError, "cannot promote float 1.5 to Int"),
    Refusal("Int", "wf.Int(wf.Str('x'))", JobInvalid, "invalid literal", computed=True),
    Refusal(
        "KnownDict",
        "wf.KnownDict[{}, wf.Str, wf.Any]()",
        NotImplementedError,
        "comes from metadata or a cast",
    ),
    Refusal("List", "wf.List([1])", TypeError, "must be specified (like `List[Int]`)"),
    Refusal(
        "List", "wf.List[wf.Int]([1, 'a'])", wf.ProxyTypeError, "List[Int]: item 1: cannot promote str 'a'"
    ),
    Refusal("List", "wf.List[wf.Int](5)", wf.ProxyTypeError, "Expected an iterable for List[Int], got int 5"),
    Refusal("NoneType", "wf.NoneType(0)", wf.ProxyTypeError, "cannot promote int 0 to NoneType"),
    Refusal("Number", "wf.Number(1)", TypeError, "a Number cannot be built; use Int or Float"),
    Refusal("Primitive", "wf.Primitive(1)", TypeError, "a Primitive cannot be built; use Int, Float"),
    Refusal("Proxytype", "wf.Proxytype(1)", TypeError, "takes no arguments"),
    Refusal("Slice", "wf.Slice('a')", wf.ProxyTypeError, "Slice(start=): expected Int or None, got str 'a'"),
    Refusal(
        "Slice.from_slice", "wf.Slice.from_slice(slice('a'))", wf.ProxyTypeError, "Slice(stop=): expected Int"
    ),
    Refusal("Str", "wf.Str(1)", wf.ProxyTypeError, "cannot promote int 1 to Str"),
    Refusal("Tuple", "wf.Tuple((1,))", TypeError, "must be specified (like `Tuple[Int, Str]`)"),
    Refusal(
        "Tuple",
        "wf.Tuple[wf.Int]((1, 2))",
        wf.ProxyTypeError,
        "expected an iterable of 1 items, but got 2 items",
    ),
    Refusal("GenericProxy.of", "wf.List.of(int)", TypeError, "Type parameters must be Proxytypes"),
    Refusal("GenericProxy.of", "wf.Dict[wf.Int]", TypeError, "Dict takes 2 type parameters, got 1"),
    Refusal("GenericProxy.of", "wf.List[wf.Int][wf.Int]", TypeError, "it has its type parameters already"),
]

FUNCTIONS = [
    *(
        Refusal(
            f"wf.{name}",
            f"wf.{name}('x')",
            wf.ProxyTypeError,
            f"Argument 'x' to function {name}(): expected Int, Float, Image, ImageCollection",
        )
        for name in ("arccos", "arcsin", "arctan", "cos", "exp", "log", "log10", "log1p", "log2")
    ),
    *(
        Refusal(f"wf.{name}", f"wf.{name}(None)", wf.ProxyTypeError, f"Argument 'x' to function {name}()")
        for name in ("sin", "sqrt", "square", "tan")
    ),
    Refusal("wf.arctan2", "wf.arctan2(1, 'x')", wf.ProxyTypeError, "Argument 'x' to function arctan2()"),
    Refusal(
        "wf.normalized_difference", "wf.normalized_difference(img, 'x')", wf.ProxyTypeError, "Image.__sub__()"
    ),
    Refusal(
        "wf.ifelse", "wf.ifelse(wf.Bool(True), 1, 'a')", TypeError, "need the same type, got Int and Str"
    ),
    Refusal(
        "wf.ifelse",
        "wf.ifelse(img > 1, 1, 2)",
        wf.ProxyTypeError,
        "Argument 'condition' to function ifelse()",
    ),
]

CONTAINERS = [
    Refusal("Any.__getitem__", "wf.Any([1])[object()]", wf.ProxyTypeError, "not a JSON-like value"),
    Refusal(
        "Any.__getitem__", "wf.Any([1])[3]", JobInvalid, "index 3 is beyond the end: there are 1 items", True
    ),
    Refusal(
        "Any.cast", "wf.Any(1).cast(int)", TypeError, "cast(): expected a proxy type, got type <class 'int'>"
    ),
    Refusal(
        "Any.cast",
        "wf.Any(1).cast(wf.List)",
        TypeError,
        "lacks its type parameters; write for example List[Int]",
    ),
    Refusal(
        "Any.contains",
        "wf.Any([1]).contains(object())",
        wf.ProxyTypeError,
        "Argument 'other' to function contains",
    ),
    Refusal(
        "Any.length", "wf.Any(1).length()", JobInvalid, "object of type 'int' has no len()", computed=True
    ),
    Refusal("Any", "wf.Any(1)(2)", TypeError, "an Any cannot be called; cast it to a Function first"),
    Refusal(
        "Dict.__getitem__",
        f"{DICT}[1]",
        wf.ProxyTypeError,
        "Dict keys are of type Str, but indexed with int 1",
    ),
    Refusal("Dict.__getitem__", f"{DICT}['b']", JobInvalid, "no key 'b'; the keys are 'a'", computed=True),
    Refusal("Dict.contains", f"{DICT}.contains(1)", wf.ProxyTypeError, "cannot promote int 1 to Str"),
    Refusal("List.__getitem__", f"{LIST}['a']", wf.ProxyTypeError, "cannot promote str 'a' to Int"),
    Refusal(
        "List.__getitem__", f"{LIST}[1]", JobInvalid, "index 1 is beyond the end: there are 1 items", True
    ),
    Refusal(
        "List.contains", f"{LIST}.contains('a')", wf.ProxyTypeError, "Argument 'other' to function contains()"
    ),
    Refusal("List.contains", f"2 in {LIST}", TypeError, "in does not work on a List[Int]"),
    Refusal("List.filter", f"{LIST}.filter(lambda x: x)", TypeError, "must return Bool, not an Int proxy"),
    Refusal("List.map", f"{LIST}.map(None)", wf.ProxyTypeError, "expected a function, got None"),
    Refusal("Str.__getitem__", "wf.Str('abc')['a']", wf.ProxyTypeError, "cannot promote str 'a' to Int"),
    Refusal(
        "Str.__getitem__",
        "wf.Str('abc')[5]",
        JobInvalid,
        "index 5 is beyond the end: there are 3 items",
        True,
    ),
    Refusal(
        "Str.contains",
        "wf.Str('abc').contains(1)",
        wf.ProxyTypeError,
        "Argument 'other' to function contains()",
    ),
    Refusal("Str.split", "wf.Str('abc').split(1)", wf.ProxyTypeError, "Argument 'sep' to function split()"),
    Refusal(
        "Tuple.__getitem__", "wf.Tuple[wf.Int]((1,))['a']", wf.ProxyTypeError, "cannot promote str 'a' to Int"
    ),
    Refusal(
        "Tuple.__getitem__", "wf.Tuple[wf.Int]((1,))[1]", IndexError, "Tuple[Int][1]: the tuple has 1 items"
    ),
]

MOMENTS_AND_PLACES = [
    Refusal(
        "Datetime.from_string",
        "wf.Datetime.from_string(2020)",
        wf.ProxyTypeError,
        "cannot promote int 2020 to Str",
    ),
    Refusal(
        "Datetime.from_string",
        "wf.Datetime.from_string('x')",
        JobInvalid,
        "'x' is no ISO 8601 date",
        computed=True,
    ),
    Refusal(
        "Datetime.from_timestamp", "wf.Datetime.from_timestamp('x')", wf.ProxyTypeError, "str 'x' to Float"
    ),
    Refusal(
        "Datetime.is_between",
        "wf.Datetime(2020).is_between(None, 0)",
        wf.ProxyTypeError,
        "Argument 'start' to",
    ),
    Refusal(
        "GeoContext.coords_to_index",
        f"{CONTEXT}.coords_to_index('x', 1)",
        wf.ProxyTypeError,
        "Argument 'x' to",
    ),
    Refusal(
        "GeoContext.index_to_coords",
        f"{CONTEXT}.index_to_coords(0.5, 1)",
        wf.ProxyTypeError,
        "Argument 'row' to",
    ),
    Refusal(
        "GeoContext.from_dltile_key",
        "wf.GeoContext.from_dltile_key(1)",
        wf.ProxyTypeError,
        "promote int 1 to Str",
    ),
    Refusal(
        "GeoContext.from_dltile_key",
        "wf.GeoContext.from_dltile_key('1')",
        JobInvalid,
        "tilesize:pad:resol",
        True,
    ),
    Refusal(
        "GeoContext.from_geo", "wf.GeoContext.from_geo(1)", TypeError, "cannot promote int 1 to GeoContext"
    ),
    Refusal(
        "GeoContext.from_scenes",
        "wf.GeoContext.from_scenes(1)",
        TypeError,
        "cannot promote int 1 to GeoContext",
    ),
    Refusal(
        "GeoContext.from_xyz_tile",
        "wf.GeoContext.from_xyz_tile(0, 0, 'z')",
        wf.ProxyTypeError,
        "str 'z' to Int",
    ),
    Refusal(
        "Geometry.from_geo_interface", "wf.Geometry.from_geo_interface(1)", TypeError, "__geo_interface__"
    ),
    Refusal("Geometry.from_geojson", "wf.Geometry.from_geojson({})", ValueError, "'type'"),
]

VERBS = [
    Refusal("wf.compute", "wf.compute(object())", TypeError, "compute(): no proxy stands for object"),
    Refusal("wf.compute", "wf.compute(None)", TypeError, "there is nothing to compute in None"),
    Refusal(
        "wf.compute", "wf.compute(wf.Int(1), 5)", TypeError, "expected a GeoContext, AOI, DLTile or XYZTile"
    ),
    Refusal(
        "wf.compute",
        "wf.compute(wf.parameter('x', wf.Int))",
        TypeError,
        "missing values for the parameters x",
    ),
    Refusal(
        "wf.compute",
        "wf.compute(wf.Int(1), x=2)",
        TypeError,
        "Expected no arguments, as nothing here is a para",
    ),
    Refusal(
        "wf.compute",
        "wf.parameter('x', wf.Int).compute(x='a')",
        TypeError,
        "compute(x=): expected Int, got str 'a'",
    ),
    Refusal(
        "wf.compute",
        "wf.compute(1, on_error='ignore')",
        ValueError,
        "expected 'raise' or 'skip', got 'ignore'",
    ),
    Refusal("wf.inspect", "wf.inspect(object())", TypeError, "no proxy stands for object"),
    Refusal(
        "wf.parameter",
        "wf.parameter('a b', wf.Int)",
        ValueError,
        "expected a Python identifier, got str 'a b'",
    ),
    Refusal(
        "wf.parameter", "wf.parameter('geoctx', wf.Int)", ValueError, "is an argument of compute or visualize"
    ),
    Refusal("wf.parameter", "wf.parameter('x', int)", TypeError, "expected a proxy type such as wf.Float"),
    Refusal("wf.parameter", "wf.parameter('x', wf.List)", ValueError, "lacks its type parameters"),
    Refusal("wf.proxify", "wf.proxify(object())", NotImplementedError, "build the container by hand"),
    Refusal("wf.from_graft", f"{FROM_GRAFT}({{'returns': '1'}}, wf.Int)", GraftError, "'1'"),
    Refusal(
        "wf.from_graft",
        f"{FROM_GRAFT}({{'1': ['no'], 'returns': '1'}}, wf.Int)",
        GraftNameError,
        "is called 'no'",
    ),
    Refusal(
        "wf.from_graft", f"{FROM_GRAFT}({{'1': 1, 'returns': '1'}}, int)", TypeError, "expected a proxy type"
    ),
]

PYTHON = [
    Refusal(
        "Bool", "bool(wf.Bool(True))", TypeError, "The truth value of a Bool is known only after .compute()"
    ),
    Refusal("Int", "int(wf.Int(1))", TypeError, "wf.Int(x)"),
    Refusal("Int", "range(wf.Int(3))", TypeError, "known only after .compute()"),
    Refusal("Image", "setattr(img, 'a', 1)", AttributeError, "an Image is immutable: cannot set 'a'"),
]

REFUSALS = [*MAKING, *FUNCTIONS, *CONTAINERS, *MOMENTS_AND_PLACES, *VERBS, *PYTHON]
