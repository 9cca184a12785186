"""Cases of properties and bandinfo, of bands, of single pixels and of contexts."""

import numpy as np

from tests.operations.case import NIR, RED, SCENES, Case

BOTH, SECOND, THIRD = SCENES
ZEROS = [[0, 0, 0], [0, 0, 0]]
UTM = "bounds_crs='EPSG:32633', crs='EPSG:32633'"

FIELDS = [
    Case("with_properties", "img.with_properties(a=1)", BOTH),
    Case("with_properties", "img.with_properties(a=1, self=(2, 'b')).properties['a']", 1),
    Case("with_properties", "img.with_properties(a=(1, img.nbands)).properties['a']", (1, 2)),
    Case("with_properties", "img.with_properties(number=7).properties['number']", 7),
    Case("with_properties", "img.with_properties(date='2001-02-03').properties['date'].year", 2001),
    Case("with_properties", "img.with_properties(most=img.max()).properties['most']", 50.0),
    Case("with_properties", "col.with_properties(a='b').map(lambda i: i.properties['a'])", ["b", "b", "b"]),
    Case("with_properties", "col.with_properties(a=[4, 5, 6]).map(lambda i: i.properties['a'])", [4, 5, 6]),
    Case("with_properties", "col.with_properties(a=(4, 5)).properties[0]['a']", (4, 5)),
    Case(
        "with_properties",
        "col.map(lambda i: i.with_properties(twice=i.properties['number'] * 2))"
        ".map(lambda i: i.properties['twice'])",
        [0, 2, 4],
    ),
    Case(
        "with_properties",
        "col.with_properties(most=col['red'].max(axis=('bands', 'pixels')))"
        ".map(lambda i: i.properties['most'])",
        [6.0, 2.0, 9.0],
    ),
    Case(
        "with_properties",
        "col.map(lambda i: i.with_properties(most=i['red'].max()))"
        ".filter(lambda i: i.properties['most'] > 5)",
        [BOTH, THIRD],
        local=False,
    ),
    Case("with_properties", "none.with_properties(a=1)", None),
    Case("with_properties", "none.with_properties(a=1).properties", {}),
    Case("with_properties", "nothing.with_properties(a=[1, 2])", []),
    Case("without_properties", "img.without_properties('date')", BOTH),
    Case("without_properties", "img.without_properties('id', 'none').properties.contains('id')", False),
    Case("without_properties", "img.without_properties('id').properties['number']", 0),
    Case("without_properties", "nothing.without_properties('id').properties", []),
    Case("with_bandinfo", "col.with_bandinfo('red', unit='dB')", list(SCENES)),
    Case("with_bandinfo", "img.with_bandinfo('red', unit='dB').bandinfo['red']['unit']", "dB"),
    Case(
        "with_bandinfo",
        "img.with_bandinfo('red', data_range=[0, 1]).bandinfo['red']['data_range']",
        (0.0, 1.0),
    ),
    Case("with_bandinfo", "img.with_bandinfo('red', most=img.max()).bandinfo['red']['most']", 50.0),
    Case("with_bandinfo", "none.with_bandinfo('red', unit='dB').bandinfo", {}),
    Case(
        "without_bandinfo",
        "img.with_bandinfo('red', a=1, b=2).without_bandinfo('red', 'a', 'none').bandinfo['red']['b']",
        2,
    ),
    Case("without_bandinfo", "img.without_bandinfo('red', 'name').bandinfo['red'].contains('name')", False),
    Case("without_bandinfo", "none.without_bandinfo('red', 'name')", None),
]

BANDS = [
    Case("pick_bands", "img['nir red']", {"nir": NIR, "red": RED}),
    Case("pick_bands", "col['red'][1]", {"red": SECOND["red"]}, local=False),
    Case("pick_bands", "img.pick_bands(['nir red'])", {"nir": NIR, "red": RED}),
    Case("pick_bands", "img.rename_bands('my band')[['my band', 'nir']]", {"my band": RED, "nir": NIR}),
    Case("pick_bands", "img.rename_bands('my band').unpack_bands(['my band', 'nir'])[0]", {"my band": RED}),
    Case("pick_bands", "img.unpack_bands(['red', 'nir red'])", ({"red": RED}, {"nir": NIR, "red": RED})),
    Case("pick_bands_list", "col[['nir']]", [{"nir": scene["nir"]} for scene in SCENES]),
    Case(
        "rename_bands",
        "img.rename_bands(red='raster').rename_bands(raster='self')",
        {
            "self": RED,
            "nir": NIR,
        },
    ),
    Case("map_bands", "img.map_bands(lambda name, band: band.max())", {"red": 6.0, "nir": 50.0}),
    Case("map_bands", "img.map_bands(lambda name, band: name + '!')", {"red": "red!", "nir": "nir!"}),
    Case("map_bands", "col.map_bands(lambda name, band: band.length())", {"red": 3, "nir": 3}),
    Case("map_bands", "none.map_bands(lambda name, band: band.max())", {}),
    Case(
        "map_bands",
        "col.map(lambda i: i.map_bands(lambda name, band: band.max()))",
        [{"red": 6.0, "nir": 50.0}, {"red": 2.0, "nir": 1.0}, {"red": 9.0, "nir": 3.0}],
    ),
    Case(
        "map_bands_imagery",
        "img.map_bands(lambda name, band: band * 2)",
        {"red": [[2, 4, 6], [8, None, 12]], "nir": [[20, 40, 60], [80, 100, None]]},
    ),
    Case(
        "map_bands_imagery",
        "col.map_bands(lambda name, band: band.max(axis='images'))",
        {"red": [[2, 2, 5], [7, 8, 9]], "nir": [[10, 20, 30], [40, 50, 1]]},
    ),
    Case(
        "map_bands_imagery",
        "img['red'].map_bands(lambda name, band: band + col['nir'])",
        [
            {"red_add_nir": [[11, 22, 33], [44, None, None]]},
            {"red_add_nir": [[2, 3, 4], [5, None, 7]]},
            {"red_add_nir": [[None, None, 6], [6, None, 6]]},
        ],
    ),
    Case(
        "map_bands_imagery",
        "col.map(lambda i: i.map_bands(lambda name, band: band - band.min()))",
        [
            {"red": [[0, 1, 2], [3, None, 5]], "nir": [[0, 10, 20], [30, 40, None]]},
            {"red": ZEROS, "nir": ZEROS},
            THIRD,
        ],
        local=False,
    ),
    Case("map_bands_imagery", "nothing.map_bands(lambda name, band: band + 1)", []),
    Case("map_bands_imagery", "nothing.map_bands(lambda name, band: band.max(axis='images'))", None),
    Case("map_bands_imagery", "none.map_bands(lambda name, band: col)", []),
    Case("map_bands_imagery", "img.map_bands(lambda name, band: none)", None),
    Case("reduction", "img.reduction('max')", 50.0),
    Case("reduction", "img.reduction(wf.Str('ma') + 'x', axis=['bands', 'pixels'])", 50.0),
    Case("reduction", "img.reduction('sum', axis='bands')", {"sum": [[11, 22, 33], [44, 50, 6]]}),
    Case("reduction", "nothing.reduction('mosaic', axis='images')", None),
    Case("nbands", "none.nbands", 0),
    Case("nbands", "nothing.map_bands(lambda name, band: band).nbands", 0),
]

PIXELS = [
    Case("value_at", "img.value_at(500005, 4999995)", {"red": 1.0, "nir": 10.0}),
    Case("value_at", "img.value_at(x=500029.5, y=4999980.5)", {"red": 6.0, "nir": np.ma.masked}),
    Case(
        "value_at",
        "col.value_at(500010, 5000000)",
        [{"red": 2.0, "nir": 20.0}, {"red": 2.0, "nir": 1.0}, {"red": np.ma.masked, "nir": np.ma.masked}],
    ),
    Case("value_at", "(img > 1).value_at(500005, 4999995)", {"red": 0.0, "nir": 1.0}),
    Case("value_at", "none.value_at(0, 0)", {}),
    Case("value_at", "nothing.value_at(0, 0)", []),
    Case("value_at", "col.map(lambda i: i.value_at(500005, 4999995)['red'])", [1.0, 2.0, 0.0]),
    Case(
        "value_at", "img.value_at(500005, 4999995)['red'] + img['nir'].value_at(500015, 4999995)['nir']", 21.0
    ),
    Case("value_at", "wf.ifelse(img.value_at(500015, 4999985)['red'] > 0, 1, 2)", 2),
    Case("value_at", "(img - img.mean()).value_at(500005, 4999995)['red']", 1 - 166 / 10),
    Case("index_to_coords", "img.index_to_coords(1, 2)", (500020.0, 4999990.0)),
    Case("index_to_coords", "nothing.index_to_coords(0, 0)", (500000.0, 5000000.0)),
    Case(
        "index_to_coords",
        "col.map(lambda i: i.index_to_coords(0, i.properties['number'])[0])",
        [500000.0, 500010.0, 500020.0],
    ),
    Case("coords_to_index", "img.coords_to_index(500025, 4999985)", (1, 2)),
    Case("coords_to_index", "col.coords_to_index(500010.0, 5000010)", (-1, 1)),
]

WIDE = f"wf.GeoContext(bounds=(500155, 5000000, 501155, 5000500), shape=(100, 10), {UTM})"
DLTILE = "wf.GeoContext.from_dltile_key('512:0:10.0:36:-65:216')"

CONTEXTS = [
    Case("GeoContext.create", f"{WIDE}.arr_shape", (5, 10)),
    Case("GeoContext.create", f"{WIDE}.gdal_geotrans", (500155.0, 100.0, 0.0, 5000500.0, 0.0, -100.0)),
    Case(
        "GeoContext.create",
        f"wf.GeoContext(bounds=(258292.5, 4503907.5, 493732.5, 4743307.5), resolution=200, "
        f"align_pixels=False, {UTM}).arr_shape",
        (1197, 1177),
    ),
    Case(
        "GeoContext.create",
        f"wf.GeoContext(bounds=(500001, 5000001, 500099, 5000042), resolution=10, {UTM}).arr_shape",
        (5, 10),
    ),
    Case(
        "GeoContext.create",
        "wf.GeoContext.from_bounds((15.9, 45.7, 16.1, 45.9), shape=(10, 10)).crs",
        "EPSG:32633",
    ),
    Case("GeoContext.from_dltile_key", f"{DLTILE}.bounds", (167200.0, 1105920.0, 172320.0, 1111040.0)),
    Case(
        "GeoContext.from_dltile_key", f"{DLTILE}.gdal_geotrans", (167200.0, 10.0, 0.0, 1111040.0, 0.0, -10.0)
    ),
    Case("GeoContext.index_to_coords", f"{DLTILE}.index_to_coords(4, 2)", (167220.0, 1111000.0)),
    Case("GeoContext.coords_to_index", f"{DLTILE}.coords_to_index(167220.0, 1111000)", (4, 2)),
]

CASES = [*FIELDS, *BANDS, *PIXELS, *CONTEXTS]
