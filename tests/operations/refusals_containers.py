"""Wrong uses of containers, functions and parameters."""

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from tests.operations.case import Refusal

INTS = "wf.List[wf.Int]([1])"
PAIR = "wf.Tuple[wf.Int, wf.Str]((1, 'a'))"
STRUCT = "wf.Struct[{'a': wf.Int, 'b': wf.Int}]"
FUNCTION = "wf.Function[{'x': wf.Int, 'y': wf.Int}, wf.Int](lambda x, y: x + y)"
X = "wf.parameter('x', wf.Int)"

CONTAINERS = [
    Refusal(
        "Tuple",
        "wf.Tuple[wf.Int, wf.Int]([1])",
        wf.ProxyTypeError,
        "expected an iterable of 2 items, but got 1",
    ),
    Refusal("Tuple", "wf.Tuple[wf.Int, wf.Int]([1, 'a'])", wf.ProxyTypeError, "Tuple[Int, Int]: item 1"),
    Refusal("Tuple.__getitem__", f"{PAIR}[2]", IndexError, "the tuple has 2 items"),
    Refusal("Tuple.__add__", f"{PAIR} + [3]", wf.ProxyTypeError, "expected Tuple or an object promotable"),
    Refusal("Tuple.__radd__", f"[3] + {PAIR}", TypeError, "can only concatenate list"),
    Refusal("Tuple.__lt__", f"{PAIR} < (1, 2)", wf.ProxyTypeError, "expected Tuple[Int, Str]"),
    Refusal(
        "Tuple.__lt__",
        "wf.proxify((True,)) < (False,)",
        wf.ProxyTypeError,
        "invalid for element Bool in Tuple[Bool]",
    ),
    Refusal("List", "wf.List[wf.Int](5)", wf.ProxyTypeError, "Expected an iterable for List[Int], got int 5"),
    Refusal("List", "wf.List[wf.Int](wf.List[wf.Str](['a']))", wf.ProxyTypeError, "from a List[Str] proxy"),
    Refusal(
        "List.__lt__",
        "wf.proxify([None]) < [None]",
        wf.ProxyTypeError,
        "Operator `<` invalid for List[NoneType]",
    ),
    Refusal(
        "List.__eq__", "wf.proxify([[None]]) == [[1]]", wf.ProxyTypeError, "expected List[List[NoneType]]"
    ),
    Refusal(
        "List.contains",
        "wf.List[wf.Image]([img]).contains(img)",
        wf.ProxyTypeError,
        "invalid for List[Image]",
    ),
    Refusal(
        "List.reduce", f"{INTS}.reduce(lambda a, n: a, initial=0)", wf.ProxyTypeError, "expected a proxy"
    ),
    Refusal("List.reduce", f"{INTS}.reduce(lambda a: a)", TypeError, "has 1 (a), expected 2 (Int, Int)"),
    Refusal(
        "List.reduce", f"{INTS}.reduce(lambda a, n: a / n)", TypeError, "must return Int, not a Float proxy"
    ),
    Refusal(
        "List.reduce",
        f"{INTS}[1:].reduce(lambda a, n: a)",
        JobInvalid,
        "needs an initial value",
        computed=True,
    ),
    Refusal("List.sorted", "wf.List[wf.Image]([img]).sorted()", wf.ProxyTypeError, "the items have no order"),
    Refusal(
        "List.sorted",
        f"{INTS}.sorted(key=lambda n: wf.NoneType(None))",
        wf.ProxyTypeError,
        "what key returns has no order",
    ),
    Refusal("wf.range", "wf.range()", TypeError, "Must pass the stop value to range"),
    Refusal("wf.range", "wf.range(1.5)", wf.ProxyTypeError, "cannot promote float 1.5 to Int"),
    Refusal("wf.range", "wf.range(0, 5, 0)", ValueError, "range(step=): expected another number than 0"),
    Refusal("wf.range", "wf.range(10 ** 9)", JobInvalid, "are more than 1,000,000", computed=True),
    Refusal("wf.zip", "wf.zip([1, 2])", wf.ProxyTypeError, "got list [1, 2] as sequence 1"),
    Refusal("wf.zip", f"wf.zip(col, {PAIR})", wf.ProxyTypeError, "Tuple[Int, Str] proxy as sequence 2"),
    Refusal("Dict", "wf.Dict[wf.Str, wf.Int](5)", wf.ProxyTypeError, "expected a mapping, got int 5"),
    Refusal("Dict", "wf.Dict[wf.Str, wf.Int]({}, {})", TypeError, "at most one positional argument, got 2"),
    Refusal(
        "Dict", "wf.Dict[wf.Str, wf.Int](wf.Dict[wf.Str, wf.Int](a=1), b=2)", NotImplementedError, "extended"
    ),
    Refusal("Dict", "list(wf.Dict[wf.Str, wf.Int](a=1))", TypeError, "use .keys().map(...)"),
    Refusal(
        "Dict.from_pairs",
        "wf.Dict[wf.Str, wf.Int].from_pairs([('a', 'b')])",
        wf.ProxyTypeError,
        "from_pairs()",
    ),
    Refusal(
        "Dict.get",
        "wf.Dict[wf.Str, wf.Int]().get('a', 'x')",
        wf.ProxyTypeError,
        "get(default=): expected Int",
    ),
    Refusal("KnownDict", "wf.KnownDict[wf.Str, wf.Int]({})", NotImplementedError, "cannot be constructed"),
    Refusal(
        "Slice", "wf.Slice(1, 'a')", wf.ProxyTypeError, "Slice(stop=): expected Int or None, got str 'a'"
    ),
    Refusal("Struct", f"{STRUCT}(a=1)", wf.ProxyTypeError, "Missing required keyword arguments to"),
    Refusal("Struct", f"{STRUCT}(a=1, b=2, c=3)", wf.ProxyTypeError, "has no field 'c'; it has a, b"),
    Refusal("Struct", f"{STRUCT}(a='x', b=2)", wf.ProxyTypeError, "(a=): expected Int, got str 'x'"),
    Refusal("Struct", "wf.Struct(a=1)", TypeError, "the fields must be specified"),
    Refusal("Struct", "wf.Struct[{'graft': wf.Int}]", TypeError, "cannot have a field 'graft'"),
    Refusal("Struct", "wf.Struct[wf.Int]", TypeError, "Struct takes a dict of Proxytypes by field"),
]

FUNCTIONS = [
    Refusal("Function", "wf.Function(abs)", TypeError, "Cannot instantiate a generic Function"),
    Refusal(
        "Function", "wf.Function[wf.Int, wf.Int](3)", wf.ProxyTypeError, "expected a function, got int 3"
    ),
    Refusal("Function", "wf.Function[{'class': wf.Int}, wf.Int]", TypeError, "must be Python identifiers"),
    Refusal(
        "Function", "wf.Function[3, wf.Int]", TypeError, "Type parameters of a Function must be Proxytypes"
    ),
    Refusal(
        "Function",
        "wf.Function[{'x': wf.Int}, wf.Int](lambda y: y)",
        TypeError,
        "takes the wrong parameters: <lambda> has 1 (y), expected 1 (x: Int)",
    ),
    Refusal(
        "Function",
        f"wf.Function[wf.Int, wf.Int]({FUNCTION})",
        wf.ProxyTypeError,
        "signatures are incompatible",
    ),
    Refusal("Function", f"{FUNCTION}(1)", TypeError, "missing a required argument: 'y'"),
    Refusal("Function", f"{FUNCTION}(1, 2, 3)", TypeError, "too many positional arguments"),
    Refusal(
        "Function", f"{FUNCTION}(1, 'a')", wf.ProxyTypeError, "Expected Int for argument 'y' to Function[{'x'"
    ),
    Refusal(
        "Function",
        "wf.Function[wf.Int, wf.Int]('no')(1)",
        JobInvalid,
        "no operation is called 'no'",
        computed=True,
    ),
    Refusal(
        "Function.from_callable",
        "wf.Function.from_callable(lambda x: x)",
        TypeError,
        "'x' of <lambda> has no annotation",
    ),
    Refusal(
        "Function.from_callable",
        "wf.Function.from_callable(lambda x: x, wf.List)",
        TypeError,
        "lacks its type",
    ),
    Refusal(
        "Function.from_callable",
        "wf.Function.from_callable(3)",
        wf.ProxyTypeError,
        "expected a function, got int 3",
    ),
    Refusal(
        "Function.from_callable",
        f"wf.Function.from_callable({FUNCTION}, wf.Str, wf.Int)",
        TypeError,
        "signatures are incompatible",
    ),
    Refusal("Function.from_object", f"wf.Function.from_object({X})", ValueError, "'x' is a parameter itself"),
    Refusal(
        "Function.from_object", "wf.Function.from_object(3)", wf.ProxyTypeError, "expected a proxy, got int 3"
    ),
    Refusal("wf.compute", f"wf.compute({FUNCTION})", TypeError, "call it and compute the result"),
    Refusal("wf.compute", f"wf.compute({FUNCTION}, x=1)", TypeError, "pass all its arguments by name"),
    Refusal("wf.compute", f"wf.compute([{FUNCTION}])", TypeError, "call it and compute the result"),
    Refusal(
        "wf.compute",
        f"wf.compute({FUNCTION}, x=1, y=2, z=3)",
        TypeError,
        "unknown arguments z; the parameters are x, y",
    ),
    Refusal(
        "wf.compute",
        f"wf.compute({FUNCTION}, x=1, y={X})",
        ValueError,
        "wf.Function.from_object makes a function",
    ),
    Refusal("wf.compute", "wf.compute(None)", TypeError, "there is nothing to compute in None"),
    Refusal(
        "wf.compute", "wf.compute(wf.Any([1])._cast(wf.List))", TypeError, "its type parameters are not known"
    ),
    Refusal("wf.compute", f"wf.Any({FUNCTION})", JobInvalid, "a function is no result", computed=True),
    Refusal("wf.inspect", "wf.inspect(1, timeout=0)", ValueError, "expected a number of seconds above 0"),
    Refusal("wf.proxify", "wf.proxify({'a': wf.Int(1)})", NotImplementedError, "build the container by hand"),
    Refusal("wf.ifelse", "wf.ifelse(True, [1], [1.5])", TypeError, "got List[Int] and List[Float]"),
    Refusal("wf.dump", "wf.dump(3)", wf.ProxyTypeError, "dump(obj=): expected a proxy, got int 3"),
]

REFUSALS = CONTAINERS + FUNCTIONS
