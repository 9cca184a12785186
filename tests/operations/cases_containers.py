"""Cases of containers, functions and parameters."""

from tests.operations.case import NIR, RED, SCENES, Case

INTS = "wf.List[wf.Int]"
NUMBER = "i.properties['number'].cast(wf.Int)"
SECOND, THIRD = SCENES[1:]
PAIR = "wf.Tuple[wf.Int, wf.Str]((1, 'a'))"
DICT = "wf.Dict[wf.Str, wf.Int]({'b': 2}, a=1)"
KNOWN = "wf.Any({'when': '2020-01-01', 'n': 3}).cast(wf.KnownDict[{'n': wf.Int}, wf.Str, wf.Any])"

TUPLES = [
    Case("tuple", PAIR, (1, "a")),
    Case("tuple", "wf.Tuple[()](())", ()),
    Case("get", f"{PAIR}[-1]", "a"),
    Case("get", f"{PAIR}[wf.Int(1) - 1]", 1),
    Case("get", f"{PAIR}[1:]", ("a",)),
    Case("get", f"{PAIR}[wf.Int(1) - 1:]", (1, "a")),
    Case("length", f"{PAIR}.length()", 2),
    Case("add", f"{PAIR} + (None, 2.5)", (1, "a", None, 2.5)),
    Case("add", f"(True,) + {PAIR}", (True, 1, "a")),
    Case("lt", f"{PAIR} < (1, 'b')", True),
    Case("ge", f"{PAIR} >= (1, 'b')", False),
    Case("eq", f"(1, 'a') == {PAIR}", True),
    Case("get", f"col.map(lambda i: wf.Tuple[wf.Int, wf.Int](({NUMBER}, 5))[{NUMBER} - 1])", [5, 1, 5]),
    Case("add", f"col.map(lambda i: wf.Tuple[wf.Int](({NUMBER},)) + (7,))", [(0, 7), (1, 7), (2, 7)]),
    Case("lt", f"col.map(lambda i: wf.Tuple[wf.Int](({NUMBER},)) < (1,))", [True, False, False]),
]

LISTS = [
    Case("list", f"{INTS}(wf.Tuple[wf.Int, wf.Int]((1, 2)))", [1, 2]),
    Case("list.copy", f"{INTS}({INTS}([1, 2]))", [1, 2]),
    Case("list.copy", f"col.map(lambda i: {INTS}(wf.range({NUMBER})))", [[], [0], [0, 1]]),
    Case("add", f"[0] + {INTS}([1]) + [2]", [0, 1, 2]),
    Case("mul", f"2 * {INTS}([1, 2])", [1, 2, 1, 2]),
    Case("mul", f"col.map(lambda i: {INTS}([1, 2]) * {NUMBER})", [[], [1, 2], [1, 2, 1, 2]]),
    Case("ne", f"{INTS}([1]) != [1]", False),
    Case("le", "wf.List[wf.List[wf.Int]]([[1], [2]]) <= [[1], [3]]", True),
    Case("eq", f"col.map(lambda i: {INTS}([{NUMBER}, 1]) == [0, 1])", [True, False, False]),
    Case("lt", "col.map(lambda i: wf.List[wf.Float]([i.max(axis=None), 1.0]) < [20.0])", [False, True, True]),
    Case("contains", f"{INTS}([1, 2]).contains(3)", False),
    Case("contains", f"col.map(lambda i: {INTS}([{NUMBER}, 5]).contains(2))", [False, False, True]),
    Case("get", f"col.map(lambda i: {INTS}([4, 5, 6])[{NUMBER}])", [4, 5, 6]),
    Case("Slice.create", f"col.map(lambda i: {INTS}([4, 5, 6])[{NUMBER}:])", [[4, 5, 6], [5, 6], [6]]),
    Case("Slice.create", "wf.Slice(None, wf.Int(1) + 1)", slice(None, 2, None)),
    Case("reversed", f"col.map(lambda i: {INTS}([{NUMBER}, 5]).reversed())", [[5, 0], [5, 1], [5, 2]]),
    Case("reversed", "col.properties.reversed().map(lambda p: p['number'])", [2, 1, 0]),
    Case("map", f"{INTS}([1, 2]).map(lambda n: n / 2)", [0.5, 1.0]),
    Case("map", f"col.map(lambda i: {INTS}([{NUMBER}, 1]).map(lambda n: n * 2))", [[0, 2], [2, 2], [4, 2]]),
    Case("filter", f"{INTS}([1, 2, 3]).filter(lambda n: n % 2 == 1)", [1, 3]),
    Case(
        "filter", f"col.map(lambda i: {INTS}([{NUMBER}, 1]).filter(lambda n: n > 0))", [[1], [1, 1], [2, 1]]
    ),
    Case("reduce", f"{INTS}([3, 1, 2]).reduce(lambda a, n: a - n)", 0),
    Case("reduce", f"{INTS}([]).reduce(lambda a, n: a - n, initial=wf.Float(1))", 1.0),
    Case(
        "reduce", f"col.map(lambda i: {INTS}([1, 2]).reduce(lambda a, n: a * n, initial={NUMBER}))", [0, 2, 4]
    ),
    Case(
        "reduce",
        "col.map(lambda i: wf.List[wf.Image]([i, i * 2]).reduce(lambda a, b: a - b))[1] * -1",
        SECOND,
    ),
    Case("sorted", f"{INTS}([2, -3, 1]).sorted(key=abs, reverse=True)", [-3, 2, 1]),
    Case("sorted", f"col.map(lambda i: {INTS}([{NUMBER}, 1]).sorted())", [[0, 1], [1, 1], [1, 2]]),
    Case("sorted", "wf.List[wf.Float]([2, float('nan'), 1]).sorted(reverse=True)", [2.0, 1.0, float("nan")]),
    Case("get", "col.map(lambda i: wf.List[wf.Image]([i * 0, i])[i.properties['number'] - 2])[1]", SECOND),
    Case("range", "wf.range(3)", [0, 1, 2]),
    Case("range", "wf.range(stop=2)", [0, 1]),
    Case("range", "wf.range(5, 0, -2)", [5, 3, 1]),
    Case("range", f"col.map(lambda i: wf.range({NUMBER}, 2))", [[0, 1], [1], []]),
    Case("zip", "wf.zip()", []),
    Case("zip", f"wf.zip({INTS}([1, 2, 3]), wf.Str('ab'))", [(1, "a"), (2, "b")]),
    Case("zip", "wf.zip(wf.range(5), img).map(lambda t: t[0])", [0, 1]),
    Case(
        "zip",
        "wf.ImageCollection(wf.zip(col, wf.range(3))[1:].map(lambda t: t[0]))",
        [SECOND, THIRD],
        local=False,
    ),
    Case(
        "zip",
        f"col.map(lambda i: wf.zip(wf.range({NUMBER}), wf.Str('ab')))",
        [[], [(0, "a")], [(0, "a"), (1, "b")]],
    ),
    Case("zip", "col.map(lambda i: wf.zip(wf.range(5), i).length())", [2, 2, 2]),
]

DICTS = [
    Case("dict.create", DICT, {"b": 2, "a": 1}),
    Case("dict.create", "wf.Dict[wf.Int, wf.Str]({1: 'a'})", {1: "a"}),
    Case(
        "dict.create",
        f"col.map(lambda i: wf.Dict[wf.Str, wf.Int](n={NUMBER}))",
        [{"n": 0}, {"n": 1}, {"n": 2}],
    ),
    Case("dict.from_pairs", "wf.Dict[wf.Str, wf.Int].from_pairs([(wf.Str('a') + 'b', 1)])", {"ab": 1}),
    Case(
        "dict.from_pairs",
        f"col.map(lambda i: wf.Dict[wf.Int, wf.Int].from_pairs([({NUMBER}, 1)]))",
        [{0: 1}, {1: 1}, {2: 1}],
    ),
    Case("get", f"{DICT}['b']", 2),
    Case("get", f"{DICT}.get('c', 3)", 3),
    Case("get", f"{KNOWN}['n'] + 1", 4),
    Case("get", f"{KNOWN}.get('m', 'none')", "none"),
    Case("get", f"col.map(lambda i: i.properties.get('nothing', {NUMBER}))", [0, 1, 2]),
    Case("get", f"col.map(lambda i: wf.Dict[wf.Str, wf.Int](n={NUMBER})['n'])", [0, 1, 2]),
    Case("contains", f"{DICT}.contains('c')", False),
    Case("contains", f"col.map(lambda i: wf.Dict[wf.Str, wf.Int](n={NUMBER}).contains('n'))", [True] * 3),
    Case("length", f"{DICT}.length()", 2),
    Case("dict.keys", f"{DICT}.keys()", ["b", "a"]),
    Case("dict.values", f"col.map(lambda i: wf.Dict[wf.Str, wf.Int](n={NUMBER}).values())", [[0], [1], [2]]),
    Case("dict.items", f"{DICT}.items()", [("b", 2), ("a", 1)]),
    Case("struct", "wf.Struct[{'a': wf.Int, 'b': wf.Float}](b=2, a=1)", {"b": 2.0, "a": 1}),
    Case("struct", "wf.Struct[{'a': wf.Int}](a=1).a + 1", 2),
    Case("struct", f"col.map(lambda i: wf.Struct[{{'n': wf.Int}}](n={NUMBER}).n)", [0, 1, 2]),
]

FUNCTIONS = [
    Case("mul", "wf.Function[{'x': wf.Int}, wf.Int](lambda x: x * 2)(x=4)", 8),
    Case("mul", "wf.Function.from_callable(lambda a, b: a * b, wf.Int, wf.Float)(2, b=1.5)", 3.0),
    Case("add", "wf.Function[wf.Int, wf.Int, wf.Int]('add')(1, 2)", 3),
    Case("sub", "wf.Function[wf.Int, wf.Function[wf.Int, wf.Int]](lambda a: lambda b: a - b)(5)(3)", 2),
    Case("map", f"{INTS}([1, 2]).map(wf.Function.from_callable(lambda x: x * 2, wf.Float))", [2.0, 4.0]),
    Case("mul", "wf.Function[wf.Image, wf.Image](lambda i: i * 1)(img)", {"red": RED, "nir": NIR}),
    Case(
        "pick_bands", "wf.Function.from_callable(lambda i: i.pick_bands('red'), wf.Image)(img)", {"red": RED}
    ),
]

CASES = TUPLES + LISTS + DICTS + FUNCTIONS
