"""Geometries and features as imagery, and as masks."""

import numpy as np
import pytest
import shapely
from affine import Affine
from rasterio.features import rasterize

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.errors import JobInvalid, NeedsContext
from descartes_flow.geo import AOI
from descartes_flow.geo.crs import project
from tests.scenes import LEFT, TOP, UTM, Scenes, area, pixels

HERE = area(2, 3)
NOWHERE = {"type": "Point", "coordinates": [100, 0]}


def lonlat(col, row):
    """Longitude and latitude of a position in pixels of the scenes' grid."""
    lon, lat = project([LEFT + 10 * col], [TOP - 10 * row], UTM, "EPSG:4326")
    return [float(lon[0]), float(lat[0])]


def point(col, row):
    return {"type": "Point", "coordinates": lonlat(col + 0.5, row + 0.5)}


def box(left, top, right, bottom):
    """The pixels from column `left` and row `top` to before `right` and `bottom`."""
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    return {"type": "Polygon", "coordinates": [[lonlat(col, row) for col, row in corners]]}


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def features(*members):
    return wf.FeatureCollection(list(members))


def rows(image, where=HERE, **options):
    return pixels(image.compute(where, **options))[0]


def test_a_geometry_is_one_number_where_it_lies():
    result = wf.load_geojson(box(1, 0, 3, 1)).rasterize(5).compute(HERE)

    assert pixels(result) == [[[None, 5, 5], [None, None, None]]]
    assert result.ndarray.data.tolist() == [[[0, 5, 5], [0, 0, 0]]]
    assert result.ndarray.dtype == np.float64
    assert (result.properties, dict(result.bandinfo)) == ({}, {"features": {}})


def test_north_west_is_the_first_pixel():
    assert rows(wf.load_geojson(point(0, 0)).rasterize()) == [[1, None, None], [None] * 3]
    assert rows(wf.load_geojson(point(2, 1)).rasterize()) == [[None] * 3, [None, None, 1]]


def test_a_grid_that_is_moved_by_half_a_pixel_burns_other_pixels():
    moved = AOI(
        bounds=(LEFT + 5, TOP - 25, LEFT + 35, TOP - 5),
        bounds_crs=UTM,
        crs=UTM,
        resolution=10,
        align_pixels=False,
    )
    square = wf.load_geojson(box(0.6, 0.6, 2.4, 1.6)).rasterize()

    assert rows(square) == [[None] * 3, [None, 1, None]]
    assert rows(square, moved) == [[1, 1, None], [None] * 3]


def test_members_of_a_geometry_collection_are_one():
    both = wf.GeometryCollection([box(0, 0, 2, 1), box(1, 0, 3, 1)])

    assert rows(both.rasterize(2)) == [[2, 2, 2], [None] * 3]


def test_a_feature_burns_a_number_or_a_property():
    foo = wf.load_geojson(feature(point(0, 0), foo=7, missing=None))
    result = foo.rasterize("foo").compute(HERE)

    assert result.properties == {"foo": 7, "missing": None}
    assert pixels(result)[0][0] == [7, None, None]
    assert rows(foo.rasterize(3))[0] == [3, None, None]
    assert rows(foo.rasterize("no such", default_value=4))[0] == [4, None, None]
    assert rows(foo.rasterize("missing", default_value=4))[0] == [4, None, None]


def test_features_are_added_or_replaced():
    three = features(*[feature(point(0, 0), foo=1)] * 3)

    assert three.rasterize("foo").max(axis="pixels")["features"].compute(HERE) == 3
    assert three.rasterize("foo", merge_algorithm="replace").max().compute(HERE) == 1


def test_the_last_feature_replaces():
    overlapping = features(feature(box(0, 0, 2, 2), n=1), feature(box(1, 0, 3, 1), n=20))

    assert rows(overlapping.rasterize("n")) == [[1, 21, 20], [1, 1, None]]
    assert rows(overlapping.rasterize("n", merge_algorithm="replace")) == [[1, 20, 20], [1, 1, None]]
    assert rows(overlapping[::-1].rasterize("n", merge_algorithm="replace")) == [[1, 1, 20], [1, 1, None]]


@pytest.mark.parametrize("nothing", [wf.FeatureCollection([]), wf.load_geojson(NOWHERE)])
def test_nothing_inside_is_masked_and_not_empty(nothing):
    assert rows(nothing.rasterize()) == [[None] * 3] * 2


def test_a_number_that_is_computed_can_be_burnt():
    one = wf.load_geojson(point(0, 0))

    assert rows(one.rasterize(wf.parameter("n", wf.Int) * 2), n=4)[0] == [8, None, None]


def test_the_cutline_of_the_context_hides():
    here = HERE.assign(geometry=box(1, 0, 3, 1))

    assert rows(wf.load_geojson(box(0, 0, 2, 2)).rasterize(), here) == [[None, 1, None], [None] * 3]


def test_all_touched_of_the_context_counts():
    small = wf.load_geojson(box(0.1, 0.1, 1.1, 0.2)).rasterize()

    assert rows(small) == [[None] * 3] * 2
    assert rows(small, HERE.assign(all_touched=True)) == [[1, 1, None], [None] * 3]


def test_burning_needs_a_context():
    with pytest.raises(NeedsContext):
        wf.load_geojson(NOWHERE).rasterize().compute()


def test_a_property_that_is_no_number_fails():
    with pytest.raises(JobInvalid, match="property 'foo': expected a number to burn, got 'x'"):
        features(feature(point(0, 0), foo="x")).rasterize("foo").compute(HERE)


def test_coordinates_that_are_no_degrees_fail():
    metres = wf.Geometry("Point", [500_000, 5_000_000])

    with pytest.raises(JobInvalid, match=r"expected longitudes and latitudes in degrees \(WGS84\)"):
        metres.rasterize().compute(HERE)


def test_a_burnt_image_combines_with_others(scenes: Scenes):
    img = scenes.image("a", {"red": [[1, 2, 3], [4, 5, 6]]})
    zones = features(feature(box(0, 0, 1, 2), n=10), feature(box(1, 0, 3, 2), n=20)).rasterize("n")

    assert rows(img + zones) == [[11, 22, 23], [14, 25, 26]]


@pytest.mark.parametrize(
    "shape",
    [
        wf.load_geojson(box(1, 0, 3, 1)),
        wf.GeometryCollection([box(1, 0, 2, 1), box(2, 0, 3, 1)]),
        wf.load_geojson(feature(box(1, 0, 3, 1), n="x")),
        features(feature(box(1, 0, 2, 1)), feature(box(2, 0, 3, 1))),
        box(1, 0, 3, 1),
        feature(box(1, 0, 3, 1)),
        shapely.geometry.shape(box(1, 0, 3, 1)),
        shapely.GeometryCollection([shapely.geometry.shape(box(1, 0, 3, 1))]),
    ],
    ids=lambda shape: type(shape).__name__,
)
def test_a_mask_hides_outside_of_it(scenes: Scenes, shape):
    img = scenes.image("a", {"red": [[1, 2, 3], [4, 5, 6]]})

    assert rows(img.mask(shape)) == [[None, 2, 3], [None] * 3]


def test_a_mask_by_geometry_is_a_mask_by_what_it_burns(scenes: Scenes):
    col = scenes.collection({"red": [[1, 2], [3, float("nan")]]}, {"red": [[5, 6], [7, 8]]})
    shape = wf.load_geojson(box(0, 0, 2, 1))
    by_hand = shape.rasterize().getmask()
    here = area(2, 2)

    assert pixels(col.mask(shape).compute(here)) == [[[[1, 2], [None] * 2]], [[[5, 6], [None] * 2]]]
    for replace in (False, True):
        assert col.mask(shape, replace=replace).compute(here) == col.mask(by_hand, replace=replace).compute(
            here
        )


def test_an_empty_image_stays_empty_under_a_mask():
    assert wf.ImageCollection([])[0].mask(NOWHERE).compute(HERE).ndarray is None


def test_a_geometry_in_a_lambda_is_burnt_once(scenes: Scenes):
    col = scenes.collection({"red": [[1, 2]]}, {"red": [[3, 4]]})
    here = area(1, 2)
    zone = wf.load_geojson(box(0, 0, 1, 1))

    assert pixels(col.map(lambda img: img + zone.rasterize(10)).compute(here)) == [
        [[[11, None]]],
        [[[13, None]]],
    ]
    assert pixels(col.map(lambda img: zone.rasterize()).compute(here)) == [[[[1, None]]]] * 2


def test_a_number_of_each_image_is_burnt_for_each(scenes: Scenes):
    col = scenes.collection({"red": [[1, 2]]}, {"red": [[3, 4]]})
    zone = wf.load_geojson(box(0, 0, 1, 1))
    burnt = col.map(lambda img: zone.rasterize(img.properties["number"].cast(wf.Int) + 5))
    deferred = col.map(lambda img: zone.rasterize(img.max(axis="pixels")["red"]))

    assert pixels(burnt.compute(area(1, 2))) == [[[[5, None]]], [[[6, None]]]]
    assert pixels(deferred.compute(area(1, 2))) == [[[[2, None]]], [[[4, None]]]]


def test_a_mask_that_differs_by_image(scenes: Scenes):
    col = scenes.collection({"red": [[1, 2]]}, {"red": [[3, 4]]})
    zones = wf.List[wf.Geometry]([box(0, 0, 1, 1), box(1, 0, 2, 1)])
    masked = col.map(lambda img: img.mask(zones[img.properties["number"].cast(wf.Int)]))

    assert pixels(masked.compute(area(1, 2))) == [[[[1, None]]], [[[None, 4]]]]


def test_a_run_in_blocks_burns_the_same(monkeypatch: pytest.MonkeyPatch):
    here = AOI(
        bounds=(LEFT, TOP - 6000, LEFT + 6000, TOP),
        bounds_crs=UTM,
        crs=UTM,
        resolution=10,
        align_pixels=False,
    )
    discs = [shapely.Point(*lonlat(50 * n, 40 * n)).buffer(0.002 * (n % 4 + 1)) for n in range(12)]
    zones = features(*[feature(shapely.geometry.mapping(d), n=n / 7) for n, d in enumerate(discs)])
    burnt = zones.rasterize("n")
    whole = burnt.compute(here)
    monkeypatch.setattr(settings, "memory_bytes", 16 * 2**20)
    monkeypatch.setattr(settings, "block_size", 256)
    blocks = burnt.compute(here)
    projected = [
        shapely.transform(
            shapely.segmentize(disc, 1e-3),
            lambda p: np.column_stack(project(p[:, 0], p[:, 1], "EPSG:4326", UTM)),
        )
        for disc in discs
    ]
    grid = here.grid()
    oracle = sum(
        rasterize([(d, n / 7)], grid.shape, transform=Affine(*grid.transform), dtype="float64")
        for n, d in enumerate(projected)
    )

    assert whole == blocks
    assert np.allclose(whole.ndarray.filled(0)[0], oracle, rtol=0, atol=1e-12)
