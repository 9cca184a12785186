"""Wrong uses of where, convolution, composites by a band and percentiles."""

from __future__ import annotations

from descartes_flow.errors import JobInvalid, ProxyTypeError
from tests.operations.case import Refusal

REFUSALS = [
    Refusal(
        "wf.where",
        "wf.where('red > 2', 1, 0)",
        ProxyTypeError,
        "Argument 'condition' to function where(): expected Image, ImageCollection, Bool",
    ),
    Refusal(
        "wf.where",
        "wf.where(img > 2, np.ones((2, 3)), 0)",
        ProxyTypeError,
        "Argument 'x' to function where(): expected Image, ImageCollection, Int, Float",
    ),
    Refusal(
        "wf.where",
        "wf.where(img > 1, img, img.rename_bands('a', 'b'))",
        JobInvalid,
        "bands do not match: red, nir and a, b",
        computed=True,
    ),
    Refusal(
        "wf.where",
        "wf.where(col > 1, col[1:], 0)",
        JobInvalid,
        "collections of different lengths do not combine: 2, 3",
        computed=True,
    ),
    Refusal("Kernel", "wf.Kernel((2, 2), [1, 2, 3])", ValueError, "2 x 2 weights are 4, but data has 3"),
    Refusal("Kernel", "wf.Kernel((0, 2), [])", ValueError, "expected at least one row and one column"),
    Refusal("Kernel", "wf.Kernel((1, 1), [math.nan])", ValueError, "data: expected finite weights"),
    Refusal("Kernel", "wf.Kernel(3, [1])", ProxyTypeError, "Kernel(dims=): expected two whole numbers"),
    Refusal(
        "Kernel", "wf.Kernel((1, 2, 3), [1])", ProxyTypeError, "Kernel(dims=): expected two whole numbers"
    ),
    Refusal(
        "Kernel", "wf.Kernel((1, 1.5), [1])", ProxyTypeError, "Kernel(dims=): expected two whole numbers"
    ),
    Refusal("Kernel", "wf.Kernel((1, 1), 7)", ProxyTypeError, "Kernel(data=): expected numbers, row by row"),
    Refusal("Kernel", "wf.Kernel((1, 1), np.eye(1))", ProxyTypeError, "Kernel(data=): expected numbers"),
    Refusal(
        "Kernel",
        "wf.Kernel((2, wf.Int(1) + 1), [1, 2, 3])",
        JobInvalid,
        "2 x 2 weights are 4, but data has 3",
        computed=True,
    ),
    Refusal(
        "wf.conv2d",
        "wf.conv2d(img, [[1, 2], [3]])",
        ProxyTypeError,
        "cannot promote list [[1, 2], [3]] to Kernel: its rows differ in length",
    ),
    Refusal(
        "wf.conv2d",
        "wf.conv2d(1, wf.Kernel((1, 1), [1]))",
        ProxyTypeError,
        "Argument 'obj' to function conv2d(): expected Image, ImageCollection",
    ),
    Refusal(
        "ImageCollection.sortby_composite",
        'col.sortby_composite("red", operation="max")',
        ValueError,
        "sortby_composite(operation=): 'max' is not one of 'argmax', 'argmin'",
    ),
    Refusal(
        "ImageCollection.sortby_composite",
        "col.sortby_composite(img)",
        ProxyTypeError,
        "Argument 'band' to function sortby_composite(): expected Str, ImageCollection",
    ),
    Refusal(
        "ImageCollection.sortby_composite",
        'col.sortby_composite("blue")',
        JobInvalid,
        "no band 'blue'; the bands are 'red', 'nir'",
        computed=True,
    ),
    Refusal(
        "ImageCollection.sortby_composite",
        "col.sortby_composite(col)",
        JobInvalid,
        "one band decides, not 2 (red, nir); use pick_bands",
        computed=True,
    ),
    Refusal(
        "ImageCollection.sortby_composite",
        'col.sortby_composite(col[1:].pick_bands("red"))',
        JobInvalid,
        "collections of different lengths do not combine: 2, 3",
        computed=True,
    ),
    Refusal(
        "Image.percentile",
        "img.percentile(101)",
        ValueError,
        "percentile(q=): expected a percentage from 0 to 100, got 101",
    ),
    Refusal(
        "Image.percentile",
        'img.percentile(50, axis="images")',
        ValueError,
        "percentile(axis=): Image cannot be reduced over 'images'",
    ),
    Refusal(
        "Image.percentile",
        "img.percentile(wf.Float(100) + 1)",
        JobInvalid,
        "q: expected a percentage from 0 to 100, got 101.0",
        computed=True,
    ),
]
