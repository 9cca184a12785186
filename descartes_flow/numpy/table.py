"""Every function of ``wf.numpy`` that is no ufunc: a row says how it is called and what it gives."""

from __future__ import annotations

import numpy as np

from . import bounds
from .function import Row
from .masks import (
    all_close,
    by,
    data,
    instead,
    itemwise,
    moved,
    padded,
    products,
    valid,
    with_nan,
    with_zeros,
)
from .results import (
    ARRAY,
    ARRAY_OR_SCALAR,
    LIKE,
    LIKE_FIRST,
    LIKE_OR_SCALAR,
    LIST,
    ONE_OR_LIST,
    REDUCED,
    SCALAR,
    TRUTH,
    arrays,
)

INTERPOLATION = {"interpolation": "method"}

REDUCTIONS = (
    Row("all", "a: numeric, axis: ints = None", REDUCED, by()),
    Row("any", "a: numeric, axis: ints = None", REDUCED, by()),
    Row("max", "a: numeric, axis: ints = None", REDUCED, by()),
    Row("min", "a: numeric, axis: ints = None", REDUCED, by()),
    Row("mean", "a: numeric, axis: ints = None", REDUCED, by()),
    Row("median", "a: numeric, axis: ints = None", REDUCED, by()),
    Row("std", "a: numeric, axis: ints = None, ddof: int = 0", REDUCED, by()),
    Row("sum", "a: numeric, axis: ints = None", REDUCED, by()),
    Row("ptp", "a: numeric, axis: ints = None", REDUCED, by()),
    Row("var", "a: numeric, axis: ints = None, ddof: int = 0", REDUCED, by()),
    Row("prod", "a: numeric, axis: ints = None", REDUCED, by()),
    Row("nanmax", "a: numeric, axis: ints = None", REDUCED, by("max", invalid=True)),
    Row("nanmin", "a: numeric, axis: ints = None", REDUCED, by("min", invalid=True)),
    Row("nanmean", "a: numeric, axis: ints = None", REDUCED, by("mean", invalid=True)),
    Row("nanmedian", "a: numeric, axis: ints = None", REDUCED, by("median", invalid=True)),
    Row("nanstd", "a: numeric, axis: ints = None, ddof: int = 0", REDUCED, by("std", invalid=True)),
    Row("nansum", "a: numeric, axis: ints = None", REDUCED, by("sum", invalid=True)),
    Row("nanvar", "a: numeric, axis: ints = None, ddof: int = 0", REDUCED, by("var", invalid=True)),
    Row("nanprod", "a: numeric, axis: ints = None", REDUCED, by("prod", invalid=True)),
    Row("argmax", "a: array, axis: int = None", REDUCED, by()),
    Row("argmin", "a: array, axis: int = None", REDUCED, by()),
    Row("nanargmax", "a: array, axis: int = None", REDUCED, by("argmax", invalid=True)),
    Row("nanargmin", "a: array, axis: int = None", REDUCED, by("argmin", invalid=True)),
    Row("count_nonzero", "a: numeric, axis: ints = None", REDUCED, with_zeros),
    Row("average", "a: array, axis: ints = None, weights: array = None", REDUCED, by()),
    Row(
        "percentile",
        "a: array, q: numeric, interpolation: text = 'linear', axis: ints = None",
        LIKE,
        instead(np.nanpercentile),
        bounds.chosen("q"),
        renamed=INTERPOLATION,
    ),
    Row(
        "nanpercentile",
        "a: array, q: numeric, interpolation: text = 'linear', axis: ints = None",
        LIKE,
        instead(np.nanpercentile),
        bounds.chosen("q"),
        renamed=INTERPOLATION,
    ),
    Row(
        "quantile",
        "a: array, q: numeric, axis: ints = None, method: text = 'linear'",
        LIKE,
        instead(np.nanquantile),
        bounds.chosen("q"),
    ),
    Row("cumsum", "a: array, axis: int = None, dtype: dtype = None", LIKE, by()),
    Row("cumprod", "a: array, axis: int = None, dtype: dtype = None", LIKE, by()),
    Row("nancumsum", "a: array, axis: int = None, dtype: dtype = None", LIKE, by("cumsum", invalid=True)),
    Row("nancumprod", "a: array, axis: int = None, dtype: dtype = None", LIKE, by("cumprod", invalid=True)),
    Row("trapezoid", "y: array, x: array = None, dx: number = 1.0, axis: int = -1", LIKE, with_nan),
)

PLACES = (
    Row("squeeze", "a: numeric, axis: ints = None", LIKE_OR_SCALAR, moved),
    Row("take", "a: array, indices: indices, axis: int = None", LIKE, moved, bounds.chosen("indices")),
    Row("repeat", "a: array, repeats: ints, axis: int = None", LIKE, moved, bounds.repeated("repeats")),
    Row("reshape", "a: array, newshape: ints", LIKE, moved),
    Row("ravel", "a: numeric", LIKE_OR_SCALAR, moved),
    Row("transpose", "a: array, axes: ints = None", LIKE, moved),
    Row("swapaxes", "a: array, axis1: int, axis2: int", LIKE, moved),
    Row("moveaxis", "a: array, source: ints, destination: ints", LIKE, moved),
    Row("rollaxis", "a: array, axis: int, start: int = 0", LIKE, moved),
    Row("expand_dims", "a: array, axis: ints", LIKE, moved),
    Row("roll", "a: numeric, shift: ints, axis: ints = None", LIKE_OR_SCALAR, moved),
    Row("flip", "m: array, axis: ints = None", LIKE, moved),
    Row("rot90", "m: array, k: int = 1, axes: ints = (0, 1)", LIKE, moved),
    Row("tile", "A: array, reps: ints", LIKE, moved, bounds.repeated("reps")),
    Row("broadcast_to", "array: array, shape: ints", LIKE, moved, bounds.shaped("shape")),
    Row("broadcast_arrays", "*args: array", LIST, moved),
    Row("atleast_1d", "*arys: array", ONE_OR_LIST, moved),
    Row("atleast_2d", "*arys: array", ONE_OR_LIST, moved),
    Row("atleast_3d", "*arys: array", ONE_OR_LIST, moved),
    Row("concatenate", "arrays: arrays, axis: int = 0", LIKE, moved),
    Row("stack", "arrays: arrays, axis: int = 0", LIKE, moved),
    Row("hstack", "tup: arrays", LIKE, moved),
    Row("vstack", "tup: arrays", LIKE, moved),
    Row("dstack", "tup: arrays", LIKE, moved),
    Row("split", "ary: array, indices_or_sections: ints, axis: int = 0", LIST, moved, bounds.sections),
    Row("insert", "arr: array, obj: slices, values: array, axis: int = None", LIKE, moved, bounds.inserted),
    Row("pad", "array: array, pad_width: pairs, mode: text = 'constant'", LIKE, padded, bounds.padded),
    Row("diagonal", "a: array, offset: int = 0, axis1: int = 0, axis2: int = 1", LIKE, moved),
    Row("diag", "v: array, k: int = 0", LIKE, moved, bounds.diagonal),
    Row("tril", "m: array, k: int = 0", LIKE, moved),
    Row("triu", "m: array, k: int = 0", LIKE, moved),
    Row("compress", "condition: indices, a: array, axis: int = None", LIKE, moved),
    Row("sort", "a: array, axis: int = -1", LIKE, by()),
    Row("argsort", "a: array, axis: int = -1", LIKE, by()),
)

ITEMS = (
    Row("fix", "x: numeric", LIKE_OR_SCALAR, itemwise),
    Row("nan_to_num", "x: numeric", LIKE_OR_SCALAR, itemwise),
    Row("real", "val: numeric", LIKE_OR_SCALAR, itemwise),
    Row("imag", "val: array", LIKE, itemwise),
    Row("angle", "z: array, deg: flag = False", LIKE, itemwise),
    Row("round", "a: numeric, decimals: int = 0", LIKE_OR_SCALAR, itemwise),
    Row("around", "a: numeric, decimals: int = 0", LIKE_OR_SCALAR, itemwise),
    Row(
        "clip",
        "a: numeric, a_min: numeric = None, a_max: numeric = None",
        LIKE_OR_SCALAR,
        itemwise,
        bounds.crossed,
    ),
    Row("where", "condition: array, x: numeric, y: numeric", LIKE, by(), bounds.crossed),
    Row(
        "isclose",
        "a: numeric, b: numeric, rtol: number = 1e-05, atol: number = 1e-08, equal_nan: flag = False",
        LIKE_OR_SCALAR,
        itemwise,
        bounds.crossed,
    ),
    Row(
        "allclose",
        "a: numeric, b: numeric, rtol: number = 1e-05, atol: number = 1e-08, equal_nan: flag = False",
        SCALAR,
        all_close,
        bounds.crossed,
    ),
    Row(
        "isin",
        "element: numeric, test_elements: numeric, assume_unique: flag = False, invert: flag = False",
        LIKE_OR_SCALAR,
        by(),
    ),
    Row("isposinf", "x: numeric", TRUTH, itemwise),
    Row("isneginf", "x: numeric", TRUTH, itemwise),
    Row("isreal", "x: numeric", LIKE_OR_SCALAR, itemwise),
    Row("digitize", "x: numeric, bins: array, right: flag = False", LIKE_FIRST, itemwise),
    Row("interp", "x: numeric, xp: array, fp: array", LIKE_FIRST),
)

SERIES = (
    Row("diff", "a: array, n: int = 1, axis: int = -1", LIKE, by()),
    Row("ediff1d", "ary: array, to_end: array = None, to_begin: array = None", LIKE, by()),
    Row("gradient", "f: array, *varargs: number, edge_order: int = 1, axis: ints = None", LIST, with_nan),
    Row("convolve", "a: array, v: array, mode: text = 'full'", LIKE, by()),
    Row(
        "histogram",
        "a: array, bins: indices = 10, range: pair = None, weights: array = None, density: flag = None",
        arrays(2),
        valid,
        bounds.bins,
    ),
    Row("bincount", "x: array, weights: array = None, minlength: int = 0", ARRAY, bound=bounds.largest("x")),
    Row("unique", "ar: array", ARRAY, valid),
)

PRODUCTS = (
    Row("trace", "a: array, offset: int = 0, axis1: int = 0, axis2: int = 1", LIKE, by()),
    Row("dot", "a: numeric, b: numeric", LIKE_OR_SCALAR, products, bounds.contracted),
    Row("matmul", "x1: array, x2: array", LIKE, products, bounds.matrices),
    Row("tensordot", "a: array, b: array, axes: pairs = 2", LIKE, products, bounds.contracted),
    Row("outer", "a: array, b: array", LIKE, by(), bounds.joint),
    Row("vdot", "a: array, b: array", ARRAY),
    Row(
        "einsum",
        "subscripts: text, *operands: array, dtype: dtype = None, casting: text = 'safe', "
        "optimize: flag = False",
        ARRAY,
        bound=bounds.summed,
    ),
    Row("corrcoef", "x: array, y: array = None, rowvar: flag = True", LIKE, by(), bounds.variables),
    Row(
        "cov",
        "m: array, y: array = None, rowvar: flag = True, bias: flag = False, ddof: int = None, "
        "fweights: array = None, aweights: array = None",
        LIKE,
        by(),
        bounds.variables,
    ),
)

POSITIONS = (
    Row("argwhere", "a: array", ARRAY, with_zeros),
    Row("flatnonzero", "a: array", ARRAY, with_zeros),
    Row("nonzero", "a: array", LIST, with_zeros),
    Row("unravel_index", "indices: array, shape: ints", LIST),
    Row("meshgrid", "*xi: array, indexing: text = 'xy', sparse: flag = False", LIST, bound=bounds.gridded),
    Row("indices", "dimensions: ints, dtype: dtype = 'int'", ARRAY, bound=bounds.shaped("dimensions")),
)

MAKERS = (
    Row("eye", "N: int, M: int = None, k: int = 0, dtype: dtype = 'float'", ARRAY, bound=bounds.square),
    Row("ones", "shape: ints, dtype: dtype = 'float'", ARRAY, bound=bounds.shaped("shape")),
    Row("zeros", "shape: ints, dtype: dtype = 'float'", ARRAY, bound=bounds.shaped("shape")),
    Row("full", "shape: ints, fill_value: numeric, dtype: dtype = None", ARRAY, bound=bounds.shaped("shape")),
    Row("ones_like", "a: array, dtype: dtype = None", ARRAY, data),
    Row("zeros_like", "a: numeric, dtype: dtype = None", ARRAY_OR_SCALAR, data),
    Row("full_like", "a: array, fill_value: numeric, dtype: dtype = None", ARRAY, data),
    Row(
        "arange",
        "start: number, stop: number = None, step: number = 1, dtype: dtype = None",
        ARRAY,
        bound=bounds.stepped,
    ),
    Row(
        "linspace",
        "start: number, stop: number, num: int = 50, endpoint: flag = True, dtype: dtype = None",
        ARRAY,
        bound=bounds.shaped("num"),
    ),
)

ROWS = (*REDUCTIONS, *PLACES, *ITEMS, *SERIES, *PRODUCTS, *POSITIONS, *MAKERS)
