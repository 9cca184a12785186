"""Cases of collections of images: their sources, order, items and what is done for each."""

from tests.operations.case import NIR, RED, SCENES, Case

FIRST, SECOND, THIRD = SCENES
BOTH = {"red": RED, "nir": NIR}
SEVEN = {"v": [[7, 7, 7], [7, 7, 7]]}

CASES = [
    Case("Image.load", "img", BOTH),
    Case("Image.load", "wf.Image.from_id('col:s01')", SECOND),
    Case("ImageCollection.from_id", "col", list(SCENES)),
    Case("ImageCollection.from_id", "wf.ImageCollection.from_id('col', '2020-06-02')", [SECOND, THIRD]),
    Case("ImageCollection.from_id", "wf.ImageCollection.from_id('col', limit=1)", [FIRST], local=False),
    Case("ImageCollection.from_id", "wf.ImageCollection.from_id('col', '2021-01-01')", []),
    Case(
        "ImageCollection.from_images", "wf.ImageCollection([col[1], none, img])", [SECOND, FIRST], local=False
    ),
    Case("ImageCollection.from_images", "nothing", []),
    Case("concat", "wf.concat(img, nothing, img)", [FIRST, FIRST]),
    Case("concat", "img.concat(wf.Image.from_id('col:s02'))", [FIRST, THIRD]),
    Case("concat", "nothing.concat(none)", []),
    Case("get", "col[1]", SECOND, local=False),
    Case("get", "col[-3]", FIRST, local=False),
    Case("get", "col[::-2]", [THIRD, FIRST], local=False),
    Case("get", "nothing[5]", None),
    Case("get", "img.properties['number']", 0),
    Case("get", "img.properties.get('no such', 5)", 5),
    Case("getattr", "col.properties[2]['id']", "col:s02"),
    Case("getattr", "img.bandinfo.keys()", ["red", "nir"]),
    Case("getattr", "none.properties", {}),
    Case("getattr", "none.bandinfo", {}),
    Case("getattr", "nothing.properties", []),
    Case("length", "col.length()", 3),
    Case("length", "nothing.length()", 0),
    Case("reversed", "reversed(col)", [THIRD, SECOND, FIRST]),
    Case("reversed", "col.reversed().reversed()", list(SCENES)),
    Case("ImageCollection.head", "col.head(2)", [FIRST, SECOND], local=False),
    Case("ImageCollection.head", "nothing.head(2)", []),
    Case("ImageCollection.tail", "col.tail(2)", [SECOND, THIRD], local=False),
    Case("ImageCollection.tail", "col.tail(9)", list(SCENES), local=False),
    Case("map", "col.map(lambda image: image.properties['number'])", [0, 1, 2]),
    Case("map", "col.map(lambda image: image.pick_bands('red').sum())", [16.0, 12.0, 29.0], local=False),
    Case("map", "nothing.map(lambda image: image.sum())", []),
    Case(
        "map_imagery",
        "col.map(lambda image: image.pick_bands('red') + image.properties['number'])",
        [
            {"red": RED},
            {"red": [[3, 3, 3], [3, 3, 3]]},
            {"red": [[2, None, 7], [9, 10, 11]]},
        ],
    ),
    Case("map_imagery", "nothing.map(lambda image: image + 1)", []),
    Case("filter", "col.filter(lambda image: image.properties['number'] != 1)", [FIRST, THIRD]),
    Case("filter", "col.filter(lambda image: image.max() > 8)", [FIRST, THIRD], local=False),
    Case("filter", "col.filter(lambda image: image.nbands > 2)", []),
    Case("ifelse", "wf.ifelse(col.length() > 2, img, none)", BOTH),
    Case("ifelse", "wf.ifelse(wf.Bool(False), img, none)", None),
    Case("Image.replace_empty_with", "none.replace_empty_with(7, mask=False, bandinfo={'v': {}})", SEVEN),
    Case(
        "Image.replace_empty_with",
        "none.replace_empty_with(7, bandinfo={'v': {}})",
        {"v": [[None, None, None], [None, None, None]]},
    ),
    Case("Image.replace_empty_with", "none.replace_empty_with(img, mask=False)", BOTH),
    Case("Image.replace_empty_with", "img.replace_empty_with(7, bandinfo={'v': {}})", BOTH),
    Case(
        "ImageCollection.replace_empty_with",
        "nothing.replace_empty_with(7, mask=False, bandinfo={'v': {}})",
        [SEVEN],
    ),
    Case("ImageCollection.replace_empty_with", "nothing.replace_empty_with(col, mask=False)", list(SCENES)),
]
