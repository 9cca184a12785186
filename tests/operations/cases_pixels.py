"""Choosing pixel by pixel, convolution, composites by a band, percentiles."""

from __future__ import annotations

import numpy as np

from tests.operations.case import NIR, RED, Case

KERNEL_2X2 = "wf.Kernel((2, 2), [1, 10, 100, 1000])"
ROW_3 = "wf.Kernel((1, 3), [1, 2, 3])"

CASES = [
    # where: the condition's mask, or that of the value that is chosen
    Case(
        "where",
        'wf.where(img.pick_bands("red") > 2, img.pick_bands("red"), 0)',
        {"red_where_red": [[0, 0, 3], [4, None, 6]]},
    ),
    Case(
        "where",
        'wf.where(img.pick_bands("red") > 2, 1, 0.5)',
        {"red_where_red": [[0.5, 0.5, 1], [1, None, 1]]},
    ),
    Case(
        "where",
        'wf.where(img.pick_bands("red") > 2, img.pick_bands("nir"), img.pick_bands("red"))',
        {"nir_or_red_where_red": [[1, 2, 30], [40, None, None]]},
    ),
    Case(
        "where",
        'wf.where(img.pick_bands("nir") > 45, img.pick_bands("nir"), img.pick_bands("red"))',
        {"nir_or_red_where_nir": [[1, 2, 3], [4, 50, None]]},
    ),
    Case(
        "where",
        'wf.where(img.pick_bands("red") - 1, 1, 0)',
        {"red_where_red": [[0, 1, 1], [1, None, 1]]},
    ),
    Case(
        "where",
        "wf.where(img > 3, img, 0)",
        {
            "red_where_red": [[0, 0, 0], [4, None, 6]],
            "nir_where_nir": [[10, 20, 30], [40, 50, None]],
        },
    ),
    Case(
        "where",
        'wf.where(img.pick_bands("red") > 2, img, -img.pick_bands("red"))',
        {
            "red_where_red": [[-1, -2, 3], [4, None, 6]],
            "nir_or_red_where_red": [[-1, -2, 30], [40, None, None]],
        },
    ),
    Case("where", "wf.where(True, img, 0.5)", {"red": RED, "nir": NIR}),
    Case("where", "wf.where(False, img, 0.5)", {"red": [[0.5] * 3] * 2, "nir": [[0.5] * 3] * 2}),
    Case(
        "where",
        'wf.where(True, img.pick_bands("red"), img.pick_bands("nir"))',
        {"red_or_nir": RED},
    ),
    Case(
        "where",
        'wf.where(img.count(axis=None) > 9, img.pick_bands("red"), 0)',
        {"red": RED},
        local=False,
    ),
    Case(
        "where",
        'wf.where(col.pick_bands("red") > 2, img.pick_bands("red"), -1)',
        [
            {"red_where_red": [[-1, -1, 3], [4, None, 6]]},
            {"red_where_red": [[-1] * 3] * 2},
            {"red_where_red": [[-1, None, 3], [4, None, 6]]},
        ],
    ),
    Case(
        "where",
        'col[:2].map(lambda i: wf.where(i.properties["number"] > 0, i, 7))',
        [{"red": [[7] * 3] * 2, "nir": [[7] * 3] * 2}, {"red": [[2] * 3] * 2, "nir": [[1] * 3] * 2}],
    ),
    Case("where", "wf.where(none, 1, 0)", None),
    Case("where", "wf.where(img > 1, nothing, 0)", []),
    Case("where", "wf.where(wf.Int(2) > 1, 1, 2)", 1),
    Case("where", "wf.where(False, 1, 2.5)", 2.5),
    Case("where", "wf.where(img.max(axis=None) > 49, 1, 2)", 1, local=False),
    Case(
        "where",
        'col.map(lambda i: wf.where(i.properties["number"] > 0, i.max(axis=None), 0))',
        [0, 2, 9],
        local=False,
    ),
    # convolution: flipped, masked pixels count as 0 and stay masked
    Case("Kernel.load", "wf.Kernel((2, 2), [1, 2, 3, 4])", np.array([[1.0, 2.0], [3.0, 4.0]])),
    Case(
        "conv2d",
        f'wf.conv2d(img.pick_bands("red"), {ROW_3})',
        {"red": [[4, 10, 12], [8, None, 12]]},
    ),
    Case(
        "conv2d",
        f'wf.conv2d(img.pick_bands("nir"), {KERNEL_2X2})',
        {"nir": [[12450, 23500, 30000], [45000, 50000, None]]},
    ),
    Case(
        "conv2d",
        "wf.conv2d(img, wf.Kernel((1, 1), [2]))",
        {"red": [[2, 4, 6], [8, None, 12]], "nir": [[20, 40, 60], [80, 100, None]]},
    ),
    Case(
        "conv2d",
        'wf.conv2d(col.pick_bands("red")[:2] > 1, wf.Kernel((3, 1), [1, 1, 1]))',
        [{"red": [[1, 1, 2], [1, None, 2]]}, {"red": [[2, 2, 2], [2, 2, 2]]}],
    ),
    Case(
        "conv2d",
        f'col.pick_bands("red").map(lambda i: wf.conv2d(i, {ROW_3}) * i.properties["number"])[1:2]',
        [{"red": [[6, 12, 10], [6, 12, 10]]}],
    ),
    Case(
        "conv2d",
        'col[1:].map(lambda i: wf.conv2d(i.pick_bands("nir"), wf.Kernel((1, 1), [i.properties["number"]])))',
        [{"nir": [[1, 1, 1], [1, 1, 1]]}, {"nir": [[None, None, 6], [4, 2, 0]]}],
    ),
    Case(
        "conv2d",
        f'wf.conv2d(wf.conv2d(img.pick_bands("red"), {ROW_3}), wf.Kernel((2, 1), [0, 1]))',
        {"red": [[4, 10, 12], [8, None, 12]]},
    ),
    Case(
        "conv2d",
        'wf.conv2d(img.pick_bands("red"), [[1, 1, 1]]) - wf.conv2d(img, np.ones((1, 3)))["red"]',
        {"red": [[0, 0, 0], [0, None, 0]]},
    ),
    Case("conv2d", f"wf.conv2d(nothing, {ROW_3})", []),
    # composites by a band
    Case(
        "ImageCollection.sortby_composite",
        'col.sortby_composite("red")',
        {"red": [[2, 2, 5], [7, 8, 9]], "nir": [[1, 20, 3], [2, 1, 0]]},
    ),
    Case(
        "ImageCollection.sortby_composite",
        'col.sortby_composite("red", operation="argmin")',
        {"red": [[0, 2, 2], [2, 2, 2]], "nir": [[None, 20, 1], [1, 1, 1]]},
    ),
    Case(
        "ImageCollection.sortby_composite",
        'col.sortby_composite(col.pick_bands("nir"), "argmin")',
        {"red": [[2, 2, 2], [2, 2, 9]], "nir": [[1, 1, 1], [1, 1, 0]]},
    ),
    Case(
        "ImageCollection.sortby_composite",
        'wf.ImageCollection([img]).sortby_composite("nir")',
        {"red": [[1, 2, 3], [4, None, None]], "nir": NIR},
    ),
    Case(
        "ImageCollection.sortby_composite",
        'col.groupby(lambda i: i.properties["number"] % 2).map(lambda k, c: c.sortby_composite("red"))'
        '.pick_bands("nir")',
        [{"nir": [[10, 20, 3], [2, 1, 0]]}, {"nir": [[1, 1, 1], [1, 1, 1]]}],
    ),
    Case("ImageCollection.sortby_composite", 'nothing.sortby_composite("red")', None),
    # percentiles
    Case("percentile", "img.percentile(50)", 8.0, local=False),
    Case("percentile", 'img.percentile(25, axis="pixels")', {"red": 2.0, "nir": 20.0}, local=False),
    Case(
        "percentile",
        'col.percentile(75, axis="images")',
        {"red": [[1.5, 2, 4], [5.5, 6.5, 7.5]], "nir": [[7.75, 15.25, 16.5], [21, 25.5, 0.75]]},
    ),
    Case("percentile", 'img.percentile(10, "bands")', {"percentile": [[1.9, 3.8, 5.7], [7.6, 50, 6]]}),
    Case(
        "percentile",
        'col.pick_bands("red").percentile(100, axis=("bands", "pixels"))',
        [6.0, 2.0, 9.0],
        local=False,
    ),
    Case("percentile", "nothing.percentile(5)", float("nan")),
]
