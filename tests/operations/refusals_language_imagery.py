"""Wrong uses of imagery: sources, bands, masks, values, reductions, collections."""

import descartes_flow as wf
from descartes_flow.errors import JobInvalid, NeedsContext
from tests.operations.case import Refusal

SOURCES = [
    Refusal("Image", "wf.Image('col:s00')", TypeError, "use a classmethod such as Image.from_id(...)"),
    Refusal(
        "Image.from_id", "wf.Image.from_id(1)", wf.ProxyTypeError, "Argument 'image_id' to function from_id()"
    ),
    Refusal(
        "Image.from_id", "wf.Image.from_id('a:b', resampler='best')", ValueError, "known: near, bilinear"
    ),
    Refusal(
        "Image.from_id", "wf.Image.from_id('col:x')", JobInvalid, "no image 'col:x' in the catalog", True
    ),
    Refusal(
        "ImageCollection", "wf.ImageCollection([col])", wf.ProxyTypeError, "expected images, got an ImageColl"
    ),
    Refusal(
        "ImageCollection", "wf.ImageCollection(img)", wf.ProxyTypeError, "expected images, got an Image proxy"
    ),
    Refusal(
        "ImageCollection.from_id",
        "wf.ImageCollection.from_id('col', [])",
        wf.ProxyTypeError,
        "'start_datetime'",
    ),
    Refusal(
        "ImageCollection.from_id",
        "wf.ImageCollection.from_id('no')",
        JobInvalid,
        "there is no product 'no'",
        True,
    ),
    Refusal(
        "ImageCollection.from_id",
        "wf.ImageCollection.from_id('col', limit=-1)",
        JobInvalid,
        "limit: expected a number of images, got -1",
        computed=True,
    ),
    Refusal(
        "ImageCollection.from_images",
        "wf.ImageCollection.from_images([1])",
        wf.ProxyTypeError,
        "List[Image]: item 0",
    ),
    Refusal(
        "ImageCollection.from_images",
        "wf.ImageCollection([img, img.pick_bands('red')])",
        JobInvalid,
        "images of one collection need the same bands: red, nir and red",
        computed=True,
    ),
    Refusal("wf.concat", "wf.concat(img)", ValueError, "give at least two Images or ImageCollections, got 1"),
    Refusal("wf.concat", "wf.concat(img, 1)", wf.ProxyTypeError, "but got int 1"),
    Refusal("wf.concat", "wf.concat(img, img.pick_bands('red'))", JobInvalid, "need the same bands", True),
    Refusal(
        "Imagery.concat", "img.concat()", ValueError, "concat(): give at least one Image or ImageCollection"
    ),
    Refusal("Imagery.concat", "col.concat(1)", wf.ProxyTypeError, "but got int 1"),
]

BANDS = [
    Refusal(
        "Imagery.preview",
        "img.preview(reduction='median')",
        ValueError,
        "expected an ImageCollection to reduce, got an Image",
    ),
    Refusal("Imagery.pick_bands", "img.pick_bands('')", ValueError, "expected the name of at least one band"),
    Refusal(
        "Imagery.pick_bands", "img.pick_bands([1])", wf.ProxyTypeError, "expected band names, got int 1 among"
    ),
    Refusal(
        "Imagery.pick_bands",
        "img.pick_bands('blue')",
        JobInvalid,
        "no band 'blue'; the bands are 'red', 'nir'",
        True,
    ),
    Refusal(
        "Imagery.unpack_bands", "img.unpack_bands('')", ValueError, "expected the name of at least one band"
    ),
    Refusal(
        "Imagery.unpack_bands", "img.unpack_bands('blue nir')[0]", JobInvalid, "no band 'blue'", computed=True
    ),
    Refusal(
        "Imagery.rename_bands", "img.rename_bands()", TypeError, "give the new names in order, or as old=new"
    ),
    Refusal("Imagery.rename_bands", "img.rename_bands('a', red='b')", TypeError, "but not both"),
    Refusal(
        "Imagery.rename_bands",
        "img.rename_bands(1)",
        wf.ProxyTypeError,
        "Argument 'new_names' to function rename",
    ),
    Refusal(
        "Imagery.rename_bands",
        "img.rename_bands('a', 'a')",
        JobInvalid,
        "two bands would have the same name",
        True,
    ),
    Refusal(
        "Imagery.rename_bands", "img.rename_bands(blue='b')", JobInvalid, "no band 'blue'", computed=True
    ),
    Refusal(
        "Imagery.rename_bands",
        "img.rename_bands('a', 'b', 'c')",
        JobInvalid,
        "3 names for 2 bands (red, nir)",
        True,
    ),
    Refusal("Image.concat_bands", "img.concat_bands(col)", wf.ProxyTypeError, "expected Image or an object"),
    Refusal("ImageCollection.concat_bands", "col.concat_bands('nir')", wf.ProxyTypeError, "got str 'nir'"),
    Refusal(
        "ImageCollection.concat_bands", "col.concat_bands(col.head(2))", JobInvalid, "different lengths", True
    ),
]

PIXELS = [
    Refusal(
        "Imagery.mask",
        "img.mask(col)",
        TypeError,
        "an Image cannot be masked by an ImageCollection; reduce it",
    ),
    Refusal("Imagery.mask", "img.mask(True)", wf.ProxyTypeError, "Argument 'mask' to function mask()"),
    Refusal(
        "Imagery.mask",
        "img.mask(img > 1)",
        JobInvalid,
        "a mask needs one band, not 2 (red, nir)",
        computed=True,
    ),
    Refusal("Imagery.clip_values", "img.clip_values()", ValueError, "clip_values(): give min, max or both"),
    Refusal(
        "Imagery.clip_values",
        "img.clip_values('a')",
        wf.ProxyTypeError,
        "Argument 'min' to function clip_values()",
    ),
    Refusal(
        "Imagery.clip_values",
        "img.clip_values([1, 2, 3])",
        JobInvalid,
        "min: 3 limits for 2 bands",
        computed=True,
    ),
    Refusal(
        "Imagery.scale_values", "img.scale_values(0)", TypeError, "missing a required argument: 'range_max'"
    ),
    Refusal(
        "Imagery.scale_values",
        "img.scale_values(0, 'x')",
        wf.ProxyTypeError,
        "Argument 'range_max' to function",
    ),
    Refusal(
        "Imagery.colormap",
        "img.colormap('blues!')",
        ValueError,
        "unknown colormap 'blues!'; did you mean 'Blues'",
    ),
    Refusal("Imagery.colormap", "img.colormap(vmin=0)", ValueError, "give both vmin and vmax, or neither"),
    Refusal(
        "Imagery.colormap",
        "img.colormap()",
        JobInvalid,
        "a colormap needs one band, not 2 (red, nir)",
        computed=True,
    ),
    Refusal("Image.replace_empty_with", "none.replace_empty_with(1)", ValueError, "a number needs bandinfo"),
    Refusal(
        "Image.replace_empty_with",
        "none.replace_empty_with(col)",
        wf.ProxyTypeError,
        "Argument 'fill' to function",
    ),
    Refusal(
        "Image.replace_empty_with",
        "none.replace_empty_with(1, bandinfo=['v'])",
        TypeError,
        "a dict by band name",
    ),
    Refusal(
        "Image.replace_empty_with",
        "none.replace_empty_with(1, bandinfo={})",
        ValueError,
        "a dict of fields for each band",
    ),
    Refusal(
        "ImageCollection.replace_empty_with",
        "nothing.replace_empty_with(1)",
        ValueError,
        "a number needs bandinfo",
    ),
    Refusal(
        "ImageCollection.replace_empty_with",
        "nothing.replace_empty_with(img)",
        wf.ProxyTypeError,
        "ImageCollection, Float",
    ),
]

REDUCTIONS = [
    *(
        Refusal(
            f"Imagery.{name}",
            f"img.{name}(axis='images')",
            ValueError,
            f'{name}(axis=): Image cannot be reduced over \'images\'; expected "bands", "pixels"',
        )
        for name in ("min", "max", "mean", "median", "sum", "std", "count")
    ),
    Refusal("Imagery.max", "col.max(axis=['bands', 'bands'])", ValueError, "an axis is named twice"),
    Refusal(
        "Imagery.max",
        "col.max(axis=1)",
        wf.ProxyTypeError,
        'max(axis=): expected "images", "bands", "pixels", several of them, or None for',
    ),
    Refusal(
        "Imagery.reduction", "img.reduction('average')", ValueError, "'average' is not one of min, max, mean"
    ),
    Refusal(
        "Imagery.reduction",
        "col.reduction('mosaic', axis='bands')",
        ValueError,
        'collection with axis "images"',
    ),
    Refusal(
        "ImageCollection.mosaic",
        "col.mosaic(reverse='yes')",
        wf.ProxyTypeError,
        "Argument 'reverse' to function",
    ),
]

COLLECTIONS = [
    Refusal("ImageCollection.__getitem__", "col[1.5]", wf.ProxyTypeError, "cannot promote float 1.5 to Int"),
    Refusal(
        "ImageCollection.__getitem__",
        "col[3]",
        JobInvalid,
        "beyond the end: the collection has 3 images",
        True,
    ),
    Refusal("ImageCollection.head", "col.head('x')", wf.ProxyTypeError, "Argument 'n' to function head()"),
    Refusal(
        "ImageCollection.head",
        "col.head(-1)",
        JobInvalid,
        "expected a number of images, got -1",
        computed=True,
    ),
    Refusal("ImageCollection.tail", "col.tail(1.5)", wf.ProxyTypeError, "Argument 'n' to function tail()"),
    Refusal(
        "ImageCollection.tail",
        "col.tail(-1)",
        JobInvalid,
        "expected a number of images, got -1",
        computed=True,
    ),
    Refusal("ImageCollection.filter", "col.filter(1)", wf.ProxyTypeError, "expected a function, got int 1"),
    Refusal("ImageCollection.filter", "col.filter(lambda: True)", TypeError, "has 0 (), expected 1 (Image)"),
    Refusal(
        "ImageCollection.filter",
        "col.filter(lambda image: image)",
        TypeError,
        "must return Bool, not an Image",
    ),
    Refusal("ImageCollection.map", "col.map(1)", wf.ProxyTypeError, "expected a function, got int 1"),
    Refusal(
        "ImageCollection.map", "col.map(lambda image, x=1: image)", TypeError, "its argument 'x' is starred"
    ),
    Refusal("ImageCollection.map", "col.map(lambda image: object())", TypeError, "must return a proxy"),
    Refusal(
        "ImageCollection.map",
        "col.map(lambda image: image if image.max() > 1 else -image)",
        TypeError,
        "use wf.ifelse instead of if",
    ),
    Refusal(
        "Image.properties", "img.properties['no such']", JobInvalid, "has no property 'no such'; it has", True
    ),
    Refusal("Image.properties", "none.properties['id']", JobInvalid, "has no property 'id'", computed=True),
    Refusal("ImageCollection.length", "len(col)", TypeError, "known only after .compute(); use .length()"),
    Refusal("ImageCollection.map", "list(col)", TypeError, "use .map(...)"),
]

SHOWN = [
    Refusal(
        "Proxytype.compute", "img.compute()", NeedsContext, "this needs a GeoContext: pass one to compute"
    ),
    Refusal("Proxytype.inspect", "col.max().inspect()", NeedsContext, "this needs a GeoContext"),
    Refusal(
        "wf.visualize",
        "wf.visualize(wf.Int(1), 'a')",
        wf.ProxyTypeError,
        "expected an Image or ImageCollection",
    ),
    Refusal(
        "wf.visualize",
        "wf.visualize(img, 'a', scales=[0, 1, 2])",
        wf.ProxyTypeError,
        "a pair [min, max], got int",
    ),
    Refusal("Imagery.tile_layer", "img.tile_layer(1)", wf.ProxyTypeError, "expected a str, got int 1"),
    Refusal(
        "Imagery.visualize", "img.visualize('a', log_level='high')", wf.ProxyTypeError, "a number of logging"
    ),
    Refusal("Imagery.visualize", "img.visualize('a', colormap='no')", ValueError, "unknown colormap 'no'"),
    Refusal(
        "Imagery.visualize", "col.visualize('a', reduction='no')", ValueError, "expected one of mosaic, min"
    ),
]

REFUSALS = [*SOURCES, *BANDS, *PIXELS, *REDUCTIONS, *COLLECTIONS, *SHOWN]
