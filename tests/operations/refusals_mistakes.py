"""What users get wrong most often, whatever the operation: names, axes, Python's own control flow."""

from descartes_flow.errors import GraftNameError, JobInvalid, JobInvalidTyping, ProxyTypeError
from tests.operations.case import Refusal

MISSPELT = [
    Refusal(
        "Image", "img.pick_band('red')", AttributeError, "no attribute 'pick_band'; did you mean 'pick_bands'"
    ),
    Refusal("Image", "img.clip(0, 1)", AttributeError, "did you mean 'clip_values'?"),
    Refusal(
        "Image", "img.red", AttributeError, "'Image' object has no attribute 'red'; a band is x[\"red\"]"
    ),
    Refusal("Image", "img.where(img > 1)", AttributeError, "it is a function: wf.where(...)"),
    Refusal(
        "Image",
        "wf.Image.from_ids",
        AttributeError,
        "type object 'Image' has no attribute 'from_ids'; did you",
    ),
    Refusal("ImageCollection", "wf.List[wf.Str](['a']).upper()", AttributeError, "item.upper..."),
    Refusal(
        "Image.properties",
        "img.properties.date",
        AttributeError,
        "no attribute 'date'; an item is x[\"date\"]",
    ),
    Refusal("Datetime.year", "wf.Datetime(2020).yaer", AttributeError, "did you mean 'year'?"),
    Refusal(
        "wf.groupby",
        "wf.groupby(col)",
        AttributeError,
        "it is a method: x.groupby(...) of an ImageCollection",
    ),
    Refusal(
        "wf.GeoContext", "wf.Geocontext", AttributeError, "wf has no 'Geocontext'; did you mean 'GeoContext'?"
    ),
    Refusal("wf.numpy.mean", "wf.numpy.meen", AttributeError, "did you mean 'mean'?"),
    Refusal(
        "Image.pick_bands",
        "img.pick_bands('red', allow_mising=True)",
        TypeError,
        "did you mean 'allow_missing'?",
    ),
    Refusal(
        "Image.mean", "img.mean(dim='bands')", TypeError, "keyword argument 'dim'; the arguments are axis"
    ),
    Refusal(
        "Image.with_properties", "img.with_properties({'a': 1})", TypeError, "the arguments are **fields"
    ),
    Refusal("Image.mean", "col.mean('image')", ValueError, 'over \'image\'; expected "images", "bands"'),
    Refusal("Image.pick_bands", "img.pick_bands('Red')", JobInvalid, "did you mean 'red'?", computed=True),
    Refusal(
        "Image.properties", "col[0].properties['dat']", JobInvalid, "did you mean 'date'?", computed=True
    ),
    Refusal(
        "wf.compute",
        "wf.parameter('size', wf.Int).compute(sise=1)",
        TypeError,
        "sise; the parameters are size; did",
    ),
]

PYTHON = [
    Refusal("Image", "0.1 < img < 0.3", TypeError, "(a < x) & (x < b) instead of a < x < b"),
    Refusal(
        "Image", "1 if img else 0", TypeError, "use wf.where (for each pixel) or wf.ifelse instead of if"
    ),
    Refusal("Float", "f'{img.mean():.2f}'", TypeError, "wf.format('{:.2f}', x) formats it lazily"),
    Refusal("List", "wf.List[int]([1])", TypeError, "List got <class 'int'>; did you mean wf.Int?"),
]

FUNCTIONS = [
    Refusal(
        "ImageCollection.map", "col.map(lambda i: None)", TypeError, "returned None; a function of several"
    ),
    Refusal("ImageCollection.map", "col.map(np.mean)", TypeError, "or wrap it: lambda x: mean(x)"),
    Refusal(
        "ImageCollection.map",
        "col.map(lambda i: i.compute())",
        GraftNameError,
        "compute(): 'i' is an argument of a function and has no value of its own",
    ),
    Refusal(
        "ImageCollection.map",
        "col.map(lambda i: i + 'a')",
        ProxyTypeError,
        "Argument 'other' to function Image",
    ),
    Refusal(
        "List.sorted",
        "wf.List[wf.Int]([1]).sorted(lambda i: i + 'a')",
        ProxyTypeError,
        "function Int.__add__",
    ),
    Refusal(
        "List.map",
        "wf.List[wf.Tuple[wf.Int, wf.Int]]([(1, 2)]).map(lambda a, b: a)",
        TypeError,
        "expected 1 (Tuple[Int, Int]); the one argument is a tuple, which can be unpacked: a, b = t",
    ),
    Refusal(
        "List.filter",
        "wf.List[wf.Int]([1]).filter(lambda i: i)",
        TypeError,
        "compare it first, like `x != 0`",
    ),
    Refusal("ImageCollection.groupby", "col.groupby('month')", ProxyTypeError, "groupby(dates='month')"),
]

ELSEWHERE = [
    Refusal(
        "Image.mean",
        "np.mean(img)",
        TypeError,
        "np.mean does not take imagery; use the method .mean(...), or",
    ),
    Refusal(
        "Image",
        "np.interp(img, [1], [2])",
        TypeError,
        "np.interp does not take imagery; use wf.numpy with .nd",
    ),
    Refusal("Image", "np.hypot(img, 1)", TypeError, "np.hypot does not take imagery"),
    Refusal(
        "Image.__add__", "np.ones(3) + img", ProxyTypeError, "no common grid; use .ndarray of the imagery"
    ),
    Refusal(
        "ImageCollection.properties",
        "col.properties['date']",
        ProxyTypeError,
        "to take it of each item: x.map(lambda item: item['date'])",
    ),
    Refusal(
        "Image.__and__",
        "img & 1",
        JobInvalidTyping,
        "bit n of whole numbers is x // 2**n % 2 == 1",
        computed=True,
    ),
    Refusal(
        "ImageCollection.from_id",
        "wf.ImageCollection.from_id('a', '1/2/2020')",
        ProxyTypeError,
        "no ISO 8601",
    ),
    Refusal(
        "wf.ifelse", "wf.ifelse(img > 1, 1, 2)", ProxyTypeError, "wf.where chooses, and .mask hides, pixel by"
    ),
    Refusal(
        "wf.where",
        "wf.where(wf.Array([1]) > 0, 1, 2)",
        ProxyTypeError,
        "use wf.numpy with arrays, or make it",
    ),
    Refusal(
        "ImageCollection",
        "wf.ImageCollection('a')",
        ProxyTypeError,
        "ImageCollection.from_id finds the images",
    ),
    Refusal("wf.load_geojson", "wf.load_geojson('a.geojson')", TypeError, "load_geojson_file reads a file"),
    Refusal("Datetime", "wf.Datetime('2020-01-01')", ProxyTypeError, "Datetime.from_string reads a date"),
    Refusal(
        "Datetime.from_string",
        "wf.Datetime.from_string('1/2/2020')",
        JobInvalid,
        "no ISO 8601 date, such as '2017-06-01'",
        computed=True,
    ),
]

REFUSALS = [*MISSPELT, *PYTHON, *FUNCTIONS, *ELSEWHERE]
