"""Groups, windows and parts of collections."""

from __future__ import annotations

from tests.operations.case import NIR, RED, Case

FIRST, SECOND, THIRD = (
    {"red": RED, "nir": NIR},
    {"red": [[2, 2, 2], [2, 2, 2]], "nir": [[1, 1, 1], [1, 1, 1]]},
    {"red": [[0, None, 5], [7, 8, 9]], "nir": [[None, None, 3], [2, 1, 0]]},
)
ODD = 'col.groupby(lambda img: img.properties["number"] % 2)'
"""Two groups: 0 holds the first and the third image, 1 the second."""

SUM_OF_EVEN = {"red": [[1, 2, 8], [11, 8, 15]], "nir": [[10, 20, 33], [42, 51, 0]]}

CASES = [
    # groups
    Case("ImageCollectionGroupby.create", f"{ODD}.groups.keys()", [0, 1], local=False),
    Case("ImageCollectionGroupby.create", 'col.groupby(dates="month").groups.keys()', [6]),
    Case(
        "ImageCollectionGroupby.create",
        'col.groupby(dates=("year", "day")).groups.keys()',
        [(2020, 1), (2020, 2), (2020, 3)],
    ),
    Case(
        "ImageCollectionGroupby.create",
        "col.groupby(lambda i: wf.nan * i.properties['number']).groups.length()",
        1,
    ),
    Case("ImageCollectionGroupby.create", "nothing.groupby(lambda img: img.properties['number']).groups", {}),
    Case(
        "ImageCollectionGroupby.create",
        "col.groupby(lambda img: -img.properties['number']).groups.keys()",
        [-2, -1, 0],
    ),
    Case(
        "ImageCollectionGroupby.create",
        'col.groupby(lambda i: i.mean(axis="pixels")["red"] > 3).groups.values().map(lambda c: c.length())',
        [1, 2],
    ),
    Case("ImageCollectionGroupby.groups", f"{ODD}.groups", {0: [FIRST, THIRD], 1: [SECOND]}),
    Case("ImageCollectionGroupby.groups", f'{ODD}.groups[0].properties.map(lambda p: p["group"])', [0, 0]),
    Case("ImageCollectionGroupby.get", f"{ODD}[1]", [SECOND]),
    Case("ImageCollectionGroupby.get", f"{ODD}[7]", []),
    Case("ImageCollectionGroupby.one", f"{ODD}.one()", (0, [FIRST, THIRD])),
    Case("ImageCollectionGroupby.map", f"{ODD}.map(lambda group, imgs: imgs.length() + group)", {0: 2, 1: 2}),
    Case(
        "ImageCollectionGroupby.map",
        f'{ODD}.map(lambda group, imgs: imgs.filter(lambda i: i.properties["number"] > 0).length())',
        {0: 1, 1: 1},
    ),
    Case(
        "ImageCollectionGroupby.map",
        f'{ODD}.map(lambda group, imgs: imgs.map(lambda i: i.properties["number"] * 10))',
        {0: [0, 20], 1: [10]},
    ),
    Case("ImageCollectionGroupby.map", f"{ODD}.max()", {0: 50.0, 1: 2.0}),
    Case("ImageCollectionGroupby.map", f"{ODD}.min()", {0: 0.0, 1: 1.0}),
    Case("ImageCollectionGroupby.map", f"{ODD}.count()", {0: 19.0, 1: 12.0}),
    Case(
        "ImageCollectionGroupby.map",
        f'{ODD}.median(axis=("images", "pixels"))',
        {0: {"red": 4.5, "nir": 10.0}, 1: {"red": 2.0, "nir": 1.0}},
    ),
    Case("ImageCollectionGroupby.map_ic", f'{ODD}.sum(axis="images")', [SUM_OF_EVEN, SECOND]),
    Case(
        "ImageCollectionGroupby.map_ic",
        f'{ODD}.mean(axis="images").pick_bands("red")',
        [{"red": [[0.5, 2, 4], [5.5, 8, 7.5]]}, {"red": [[2, 2, 2], [2, 2, 2]]}],
    ),
    Case(
        "ImageCollectionGroupby.map_ic",
        f'{ODD}.std(axis="images").pick_bands("red")',
        [{"red": [[0.5, 0, 1], [1.5, 0, 1.5]]}, {"red": [[0, 0, 0], [0, 0, 0]]}],
    ),
    Case(
        "ImageCollectionGroupby.map_ic",
        f"{ODD}.map(lambda group, imgs: imgs.head(1) + group)",
        [FIRST, {"red": [[3, 3, 3], [3, 3, 3]], "nir": [[2, 2, 2], [2, 2, 2]]}],
    ),
    Case("ImageCollectionGroupby.map_ic", f"{ODD}.map(lambda group, imgs: imgs[-1])", [THIRD, SECOND]),
    Case("ImageCollectionGroupby.map_ic", f"{ODD}.map(lambda group, imgs: nothing)", []),
    Case(
        "ImageCollectionGroupby.map_ic",
        f'{ODD}.map(lambda key, imgs: imgs.filter(lambda i: i.properties["number"] > 1).max(axis="images"))',
        [THIRD],
    ),
    Case(
        "ImageCollectionGroupby.map_ic",
        f"{ODD}.mosaic()",
        [{"red": [[0, 2, 5], [7, 8, 9]], "nir": [[10, 20, 3], [2, 1, 0]]}, SECOND],
    ),
    Case(
        "ImageCollectionGroupby.map_ic",
        f"{ODD}.mosaic(reverse=True)",
        [{"red": [[1, 2, 3], [4, 8, 6]], "nir": [[10, 20, 30], [40, 50, 0]]}, SECOND],
    ),
    # windows
    Case(
        "ImageCollection.map_window",
        "col.map_window(lambda back, img, fwd: back.length() + fwd.length() * 10, back=1, fwd=1)",
        [11],
    ),
    Case(
        "ImageCollection.map_window",
        'col.map_window(lambda b, i, f: i.properties["number"] - b[0].properties["number"] * 10, back=2)',
        [2],
    ),
    Case(
        "ImageCollection.map_window",
        'col.map_window(lambda back, img, fwd: img.max(axis="pixels")["red"], fwd=1)',
        [6.0, 2.0],
    ),
    Case(
        "ImageCollection.map_window", "nothing.map_window(lambda back, img, fwd: back.length(), back=3)", []
    ),
    Case(
        "ImageCollection.map_window_ic",
        'col.map_window(lambda back, img, fwd: (img - back.mean(axis="images")).pick_bands("red"), back=2)',
        [{"red": [[-1.5, None, 2.5], [4, 6, 5]]}],
    ),
    Case(
        "ImageCollection.map_window_ic",
        "col.map_window(lambda back, img, fwd: back, back=1)",
        [FIRST, SECOND],
    ),
    Case(
        "ImageCollection.map_window_ic",
        "col.map_window(lambda back, img, fwd: fwd.concat(img), fwd=2)",
        [SECOND, THIRD, FIRST],
    ),
    Case(
        "ImageCollection.map_window_ic", "col.map_window(lambda back, img, fwd: img)", [FIRST, SECOND, THIRD]
    ),
    Case("ImageCollection.map_window_ic", "col.map_window(lambda back, img, fwd: none, back=1)", []),
    Case("ImageCollection.map_window_ic", "nothing.map_window(lambda back, img, fwd: back, back=1)", []),
    # order and folds
    Case("sorted", 'col.sorted(lambda img: -img.properties["number"])', [THIRD, SECOND, FIRST], local=False),
    Case(
        "sorted", 'col.sorted(lambda img: img.properties["number"] % 2, reverse=True)', [SECOND, FIRST, THIRD]
    ),
    Case(
        "sorted",
        'col.sorted(lambda img: img.mean(axis="pixels")["red"])',
        [SECOND, FIRST, THIRD],
        local=False,
    ),
    Case("sorted", "nothing.sorted(lambda img: img.nbands)", []),
    Case(
        "sorted",
        f'{ODD}.map(lambda group, imgs: imgs.sorted(lambda i: i.properties["number"], reverse=True)[0])',
        [THIRD, SECOND],
    ),
    Case(
        "reduce", 'col.reduce(lambda a, b: a + b).pick_bands("red")', {"red": [[3, None, 10], [13, None, 17]]}
    ),
    Case("reduce", 'col.reduce(lambda n, img: n + img.properties["number"], initial=wf.Int(10))', 13),
    Case("reduce", "col.reduce(lambda c, img: c.concat(img), initial=nothing)", [FIRST, SECOND, THIRD]),
    Case("reduce", "nothing.reduce(lambda a, b: a + b)", None),
    Case("reduce", "nothing.reduce(lambda n, img: n + 1, initial=wf.Int(10))", 10),
    # parts
    Case("ImageCollection.partition", "col.partition(1)", ([FIRST], [SECOND, THIRD])),
    Case("ImageCollection.partition", "col.partition(-1)[1]", [THIRD]),
    Case("ImageCollection.partition", "col.partition(5)", ([FIRST, SECOND, THIRD], [])),
    Case("ImageCollection.partition", "nothing.partition(0)", ([], [])),
]
