"""Wrong uses of groups, windows and parts."""

from __future__ import annotations

from descartes_flow.errors import JobInvalid
from tests.operations.case import Refusal

ODD = 'col.groupby(lambda img: img.properties["number"] % 2)'

REFUSALS = [
    Refusal("ImageCollection.groupby", "col.groupby()", TypeError, "give either func"),
    Refusal(
        "ImageCollection.groupby", "col.groupby(lambda i: 1, dates='month')", TypeError, "give either func"
    ),
    Refusal(
        "ImageCollection.groupby", "col.groupby(dates='moon')", AttributeError, "a date has no part 'moon'"
    ),
    Refusal(
        "ImageCollection.groupby",
        "col.groupby(lambda i: i)",
        TypeError,
        "the key of a group cannot be an Image",
    ),
    Refusal("ImageCollection.groupby", "col.groupby(lambda i: i.bandinfo)", TypeError, "cannot be a Dict"),
    Refusal(
        "ImageCollection.groupby",
        "col.groupby(lambda i: wf.Any({'a': 1})).groups",
        JobInvalid,
        "the key of a group cannot be a dict",
        computed=True,
    ),
    Refusal("ImageCollectionGroupby", "wf.ImageCollectionGroupby()", TypeError, "comes from col.groupby"),
    Refusal("wf.compute", f"wf.compute({ODD})", TypeError, "compute its .groups"),
    Refusal("wf.inspect", f"wf.inspect({ODD})", TypeError, "compute its .groups"),
    Refusal("ImageCollectionGroupby.groups", f"{ODD}.groups()", TypeError, "not callable"),
    Refusal(
        "ImageCollectionGroupby.__getitem__",
        'col.groupby(dates="month")["June"]',
        TypeError,
        "keys are of type Int",
    ),
    Refusal(
        "ImageCollectionGroupby.one",
        "nothing.groupby(dates='month').one()",
        JobInvalid,
        "no groups",
        computed=True,
    ),
    Refusal("ImageCollectionGroupby.map", f"{ODD}.map(lambda imgs: imgs)", TypeError, "expected 2"),
    *(
        Refusal(
            f"ImageCollectionGroupby.{name}",
            f"{ODD}.{name}(axis='time')",
            ValueError,
            "cannot be reduced over 'time'",
        )
        for name in ("min", "max", "mean", "median", "sum", "std", "count")
    ),
    Refusal("ImageCollectionGroupby.mosaic", f"{ODD}.mosaic('yes')", TypeError, "expected Bool"),
    Refusal("ImageCollection.map_window", "col.map_window(lambda back, img: img)", TypeError, "expected 3"),
    Refusal(
        "ImageCollection.map_window",
        "col.map_window(lambda back, img, fwd: img, back=2, fwd=1)",
        JobInvalid,
        "a window of 4 images (back=2, fwd=1) is longer than the collection, which has 3",
        computed=True,
    ),
    Refusal(
        "ImageCollection.map_window",
        "col.map_window(lambda b, i, f: i, back=-1)",
        JobInvalid,
        "numbers of images",
        computed=True,
    ),
    Refusal("ImageCollection.partition", "col.partition('half')", TypeError, "expected Int"),
    Refusal("ImageCollection.sorted", "col.sorted()", TypeError, "missing a required argument: 'key'"),
    Refusal("ImageCollection.sorted", "col.sorted(lambda i: i.bandinfo)", TypeError, "no order"),
    Refusal("ImageCollection.reduce", "col.reduce(lambda a, b: a, initial=0)", TypeError, "expected a proxy"),
    Refusal("ImageCollection.reduce", "col.reduce(lambda a, b: 1)", TypeError, "must return Image"),
]
