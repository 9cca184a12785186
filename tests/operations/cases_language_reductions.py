"""Cases of reductions: over bands, images and pixels."""

import math

from tests.operations.case import RED, Case

R = "img.pick_bands('red')"

BANDS = {
    "min": [[1, 2, 3], [4, 50, 6]],
    "max": [[10, 20, 30], [40, 50, 6]],
    "mean": [[5.5, 11, 16.5], [22, 50, 6]],
    "median": [[5.5, 11, 16.5], [22, 50, 6]],
    "sum": [[11, 22, 33], [44, 50, 6]],
    "std": [[4.5, 9, 13.5], [18, 0, 0]],
    "count": [[2, 2, 2], [2, 1, 1]],
}
"""Of `img`: red and nir of each pixel."""

IMAGES = {
    "min": {"red": [[0, 2, 2], [2, 2, 2]], "nir": [[1, 1, 1], [1, 1, 0]]},
    "max": {"red": [[2, 2, 5], [7, 8, 9]], "nir": [[10, 20, 30], [40, 50, 1]]},
    "mean": {
        "red": [[1, 2, 10 / 3], [13 / 3, 5, 17 / 3]],
        "nir": [[5.5, 10.5, 34 / 3], [43 / 3, 52 / 3, 0.5]],
    },
    "median": {"red": [[1, 2, 3], [4, 5, 6]], "nir": [[5.5, 10.5, 3], [2, 1, 0.5]]},
    "sum": {"red": [[3, 4, 10], [13, 10, 17]], "nir": [[11, 21, 34], [43, 52, 1]]},
    "count": {"red": [[3, 2, 3], [3, 2, 3]], "nir": [[2, 2, 3], [3, 3, 2]]},
}
"""Of `col`: the upper left red is 1, 2 and 0, the one beside it 2, 2 and masked."""

RED_PIXELS = {
    "min": 1.0,
    "max": 6.0,
    "mean": 3.2,
    "median": 3.0,
    "sum": 16.0,
    "count": 5.0,
    "std": math.sqrt(2.96),
}
"""Of the red band of `img`: 1, 2, 3, 4, 6."""

CASES = [
    *(Case(name, f"img.{name}(axis='bands')", {name: rows}) for name, rows in BANDS.items()),
    *(Case(name, f"col.{name}(axis='images')", bands) for name, bands in IMAGES.items()),
    *(Case(name, f"{R}.{name}(axis=None)", value, local=False) for name, value in RED_PIXELS.items()),
    Case(
        "std",
        "col.pick_bands('red').std('images')",
        {
            "red": [
                [math.sqrt(2 / 3), 0, math.sqrt(14) / 3],
                [math.sqrt(38) / 3, 3, math.sqrt(74) / 3],
            ]
        },
    ),
    Case("sum", "img.sum(axis='pixels')", {"red": 16.0, "nir": 150.0}, local=False),
    Case("max", "col.max(axis=['pixels', 'images'])", {"red": 9.0, "nir": 50.0}, local=False),
    Case("mean", "col.mean(axis=('bands', 'pixels'))", [16.6, 1.5, 35 / 9], local=False),
    Case("count", "col.count()", 31.0, local=False),
    Case("median", "img.median()", 8.0, local=False),
    Case(
        "min",
        "col.min('pixels')",
        [{"red": 1.0, "nir": 10.0}, {"red": 2.0, "nir": 1.0}, {"red": 0.0, "nir": 0.0}],
        local=False,
    ),
    Case("max", "col.max(axis=('images', 'bands'))", {"max": [[10, 20, 30], [40, 50, 9]]}),
    Case("max", "nothing.max(axis='images')", None),
    Case("sum", "nothing.sum(axis='bands')", []),
    Case("sum", "none.sum()", math.nan),
    Case("count", "none.count()", 0.0),
    Case("sum", "none.sum('pixels')", {}),
    Case("mean", f"{R}.mask({R} > 0).mean()", math.nan, local=False),
    Case("count", f"{R}.mask({R} > 0).count('bands')", {"count": [[0, 0, 0], [0, 0, 0]]}),
    Case("mean", f"{R}.mask({R} > 3).mean('bands')", {"mean": [[1, 2, 3], [None, None, None]]}),
    Case("reduction", "img.reduction('mean', axis='bands')", {"mean": BANDS["mean"]}),
    Case("mosaic", "col.mosaic()", {"red": [[0, 2, 5], [7, 8, 9]], "nir": [[1, 1, 3], [2, 1, 0]]}),
    Case(
        "mosaic",
        "col.mosaic(reverse=True)",
        {"red": [[1, 2, 3], [4, 2, 6]], "nir": [[10, 20, 30], [40, 50, 1]]},
    ),
    Case(
        "reduction", "col.pick_bands('red')[:1].reduction('mosaic', axis='images')", {"red": RED}, local=False
    ),
]
