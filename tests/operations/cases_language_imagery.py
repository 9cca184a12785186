"""Cases of arithmetic, bands, masks and colours of imagery."""

import math

from tests.operations.case import NIR, RED, SCENES, Case

R = "img.pick_bands('red')"
N = "img.pick_bands('nir')"
FILTERED_TRUTH = [[False, True, True], [False, None, False]]


def on_red(operation: str, expression: str, rows: list[list[object]], name: str = "red") -> Case:
    """A case whose ``R`` is the red band of `img`, and whose result has one band."""
    return Case(operation, expression.replace("R", R), {name: rows})


ARITHMETIC = [
    Case("add", "img + 1", {"red": [[2, 3, 4], [5, None, 7]], "nir": [[11, 21, 31], [41, 51, None]]}),
    Case(
        "add",
        f"{R} + col.pick_bands('red')",
        [
            {"red": [[2, 4, 6], [8, None, 12]]},
            {"red": [[3, 4, 5], [6, None, 8]]},
            {"red": [[1, None, 8], [11, None, 15]]},
        ],
    ),
    Case("add", "nothing + img", []),
    Case("add", "none + 1", None),
    Case("add", "wf.Int(1) + wf.Float(0.5)", 1.5),
    Case("sub", "10 - img", {"red": [[9, 8, 7], [6, None, 4]], "nir": [[0, -10, -20], [-30, -40, None]]}),
    on_red("sub", "R - R", [[0, 0, 0], [0, None, 0]]),
    on_red("mul", "R * wf.Float(0.5)", [[0.5, 1, 1.5], [2, None, 3]]),
    Case("div", f"{N} / {R}", {"nir_div_red": [[10, 10, 10], [10, None, None]]}),
    on_red("div", "1 / (R - 1)", [[None, 1, 0.5], [1 / 3, None, 0.2]]),
    on_red("floordiv", "R // 2", [[0, 1, 1], [2, None, 3]]),
    on_red("floordiv", "7 // (R - 2)", [[-7, None, 7], [3, None, 1]]),
    on_red("mod", "R % 3", [[1, 2, 0], [1, None, 0]]),
    on_red("mod", "R % (R - 1)", [[None, 0, 1], [1, None, 1]]),
    on_red("pow", "R ** 2", [[1, 4, 9], [16, None, 36]]),
    on_red("pow", "(R - 1) ** -1", [[None, 1, 0.5], [1 / 3, None, 0.2]]),
    on_red("neg", "-R", [[-1, -2, -3], [-4, None, -6]]),
    on_red("pos", "+R", RED),
    on_red("abs", "abs(R - 4)", [[3, 2, 1], [0, None, 2]]),
]

COMPARISONS = [
    on_red("lt", "R < 3", [[True, True, False], [False, None, False]]),
    on_red("le", "R <= 3", [[True, True, True], [False, None, False]]),
    on_red("eq", "R == 3", [[False, False, True], [False, None, False]]),
    on_red("ne", "R != 3", [[True, True, False], [True, None, True]]),
    on_red("gt", "R > 2", [[False, False, True], [True, None, True]]),
    on_red("ge", "2 <= R", [[False, True, True], [True, None, True]]),
    Case(
        "gt",
        "col.pick_bands('nir') > col[0].pick_bands('red')",
        [
            {"nir_gt_red": [[True, True, True], [True, None, None]]},
            {"nir_gt_red": [[False, False, False], [False, None, False]]},
            {"nir_gt_red": [[None, None, False], [False, None, False]]},
        ],
    ),
    on_red("and", "(R > 1) & (R < 4)", FILTERED_TRUTH),
    on_red("or", "(R < 2) | (R > 4)", [[True, False, False], [False, None, True]]),
    on_red("xor", "(R > 1) ^ (R > 3)", FILTERED_TRUTH),
    on_red("and", "(R > 1) & True", [[False, True, True], [True, None, True]]),
    on_red("invert", "~(R > 2)", [[True, True, False], [False, None, False]]),
]


def _function(name: str, expected: object, argument: str = "R") -> list[Case]:
    """A function of an image, as a function and as a method; the two are one operation."""
    return [
        on_red(name, f"wf.{name}({argument})", expected),
        on_red(name, f"({argument}).{name}()", expected),
    ]


def _each(function: object, rows: list[list[float | None]] = RED) -> list[list[float | None]]:
    return [[None if value is None else function(value) for value in row] for row in rows]


FUNCTIONS = [
    *_function("log", [[None, 0, math.log(2)], [math.log(3), None, math.log(5)]], "R - 1"),
    *_function("log2", [[None, 0, 1], [math.log2(3), None, math.log2(5)]], "R - 1"),
    *_function("log10", [[0, 1, 2], [3, None, 5]], "10 ** (R - 1)"),
    *_function("log1p", [[None, 0, math.log(2)], [math.log(3), None, math.log(5)]], "R - 2"),
    *_function("sqrt", [[None, 0, 1], [math.sqrt(2), None, 2]], "R - 2"),
    *_function("square", [[1, 4, 9], [16, None, 36]]),
    *_function("exp", _each(math.exp)),
    *_function("sin", _each(math.sin)),
    *_function("cos", _each(math.cos)),
    *_function("tan", _each(math.tan)),
    *_function("arcsin", [[-math.pi / 2, 0, math.pi / 2], [None, None, None]], "R - 2"),
    *_function("arccos", [[math.pi, math.pi / 2, 0], [None, None, None]], "R - 2"),
    *_function("arctan", _each(math.atan)),
    on_red("arctan2", "wf.arctan2(R, R)", _each(lambda value: math.pi / 4)),
    Case("arctan2", "wf.arctan2(1, wf.Int(0))", math.pi / 2),
    Case("sqrt", "wf.sqrt(wf.Int(-1))", math.nan),
    Case("log", "wf.log(0)", -math.inf),
    Case("exp", "none.exp()", None),
    Case(
        "div",
        f"wf.normalized_difference({N}, {R})",
        {"nir_sub_red_div_nir_add_red": [[9 / 11, 9 / 11, 9 / 11], [9 / 11, None, None]]},
    ),
]

BANDS = [
    Case("pick_bands", "img.pick_bands('nir red')", {"nir": NIR, "red": RED}),
    Case("pick_bands", "img.pick_bands(['red', 'red'])", {"red": RED, "red_1": RED}),
    Case("pick_bands", "col.pick_bands('blue nir', allow_missing=True)[0]", {"nir": NIR}, local=False),
    Case("pick_bands", "img.pick_bands('blue', allow_missing=True)", None),
    Case("pick_bands", "none.pick_bands('nir')", None),
    Case("pick_bands", "img.unpack_bands('nir red')", ({"nir": NIR}, {"red": RED})),
    Case("pick_bands_list", "img.pick_bands(wf.List[wf.Str](['nir']))", {"nir": NIR}),
    Case("rename_bands", "img.rename_bands(nir='infra')", {"red": RED, "infra": NIR}),
    Case("rename_bands", "img.rename_bands(nir='red', red='nir')", {"nir": RED, "red": NIR}),
    Case("rename_bands_positionally", "img.rename_bands('a')", {"a": RED, "nir": NIR}),
    Case(
        "concat_bands",
        "img.concat_bands(col[1].pick_bands('nir'))",
        {"red": RED, "nir": NIR, "nir_1": [[1, 1, 1], [1, 1, 1]]},
        local=False,
    ),
    Case(
        "concat_bands",
        f"col.pick_bands('red').concat_bands({N})",
        [{"red": scene["red"], "nir": NIR} for scene in SCENES],
    ),
    Case("concat_bands", "img.concat_bands(none)", None),
    Case("nbands", "img.nbands", 2),
    Case("nbands", "nothing.nbands", 0),
]

MASKS = [
    Case(
        "mask",
        f"img.mask({R} > 3)",
        {"red": [[1, 2, 3], [None, None, None]], "nir": [[10, 20, 30], [None, 50, None]]},
    ),
    on_red("mask", "R.mask(R > 3).mask(R > 4, replace=True)", [[1, 2, 3], [4, None, None]]),
    Case(
        "mask",
        f"col.pick_bands('red').mask({R} > 2)",
        [
            {"red": [[1, 2, None], [None, None, None]]},
            {"red": [[2, 2, None], [None, 2, None]]},
            {"red": [[0, None, None], [None, 8, None]]},
        ],
    ),
    Case("mask", "img.mask(none)", {"red": RED, "nir": NIR}),
    Case("mask", f"none.mask({R})", None),
    Case("getmask", "img.getmask()", {"mask": [[False, False, False], [False, True, True]]}),
    Case("getmask", "nothing.getmask()", []),
]

VALUES = [
    Case(
        "clip_values",
        "img.clip_values(2, 5)",
        {"red": [[2, 2, 3], [4, None, 5]], "nir": _each(lambda _: 5, NIR)},
    ),
    Case(
        "clip_values",
        "img.clip_values(max=[3, 45])",
        {"red": [[1, 2, 3], [3, None, 3]], "nir": [[10, 20, 30], [40, 45, None]]},
    ),
    on_red("scale_values", "R.scale_values(0, 1, 0, 10)", [[0.1, 0.2, 0.3], [0.4, None, 0.6]]),
    on_red("scale_values", "R.scale_values(0, 1, 3, 3)", _each(lambda _: None)),
    Case(
        "scale_values",
        "img.scale_values(0, 1)",
        {"red": [[0, 0.2, 0.4], [0.6, None, 1]], "nir": [[0, 0.25, 0.5], [0.75, 1, None]]},
        local=False,
    ),
    Case(
        "colormap",
        f"(({R} > 3) * 1).colormap('gray', 0, 1)",
        {name: [[0, 0, 0], [1, None, 1]] for name in ("red", "green", "blue")},
    ),
    Case("colormap", "none.colormap()", None),
]

CASES = [*ARITHMETIC, *COMPARISONS, *FUNCTIONS, *BANDS, *MASKS, *VALUES]
