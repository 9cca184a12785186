"""Geometries and features: what they are built from, their fields, and as collections."""

import json

import numpy as np
import pytest
import shapely

import descartes_flow as wf
from descartes_flow.errors import JobInvalid
from descartes_flow.geo.crs import project
from descartes_flow.ops.grafts import from_graft
from descartes_flow.result_types import (
    FeatureCollectionResult,
    FeatureResult,
    GeometryCollectionResult,
    GeometryResult,
)
from tests.scenes import Scenes, area

POINT = {"type": "Point", "coordinates": [1, 2]}
LINE = {"type": "LineString", "coordinates": [[0, 0], [2, 4]]}
FOO = {"type": "Feature", "geometry": POINT, "properties": {"foo": 1}}
BAR = {"type": "Feature", "geometry": LINE, "properties": {"foo": 3}}
BOTH = {"type": "FeatureCollection", "features": [FOO, BAR]}


@pytest.fixture
def points():
    """Three points at 3, 1, 2 E whose property ``x`` is that."""
    return wf.FeatureCollection([wf.Feature(wf.Geometry("Point", [x, 0]), {"x": x}) for x in (3, 1, 2)])


def xs(features):
    return [feature.properties["x"] for feature in features.compute()]


def test_a_shape_a_mapping_and_an_object_of_ours_are_the_same_geometry():
    results = [
        wf.Geometry("Point", [1, 2]).compute(),
        wf.Geometry.from_geojson(POINT).compute(),
        wf.Geometry.from_geo_interface(shapely.Point(1, 2)).compute(),
        wf.Geometry.from_geo_interface(GeometryResult("Point", [1, 2])).compute(),
    ]

    assert results == [GeometryResult("Point", [1, 2])] * 4


def test_type_is_read_whatever_its_case():
    assert wf.load_geojson({"type": "POINT", "coordinates": [1, 2]}).compute().type == "Point"
    assert wf.load_geojson({**BOTH, "type": "featureCOLLECTION"}).length().compute() == 2


@pytest.mark.parametrize(
    ("geojson", "kind"),
    [
        (POINT, wf.Geometry),
        ({"type": "GeometryCollection", "geometries": [POINT]}, wf.GeometryCollection),
        (FOO, wf.Feature),
        (BOTH, wf.FeatureCollection),
    ],
)
def test_load_geojson_picks_the_class_and_results_are_the_same_geojson(geojson, kind):
    proxy = wf.load_geojson(geojson)

    assert type(proxy) is kind
    assert proxy.compute().__geo_interface__ == geojson
    assert wf.load_geojson(proxy.compute()).compute() == proxy.compute()


def test_a_geometry_may_hold_parameters():
    lon = wf.parameter("lon", wf.Float)
    point = wf.Geometry("Point", [lon, 2.0])

    assert point.params == (lon,)
    assert point.compute(lon=9.0).coordinates == [9.0, 2.0]


def test_numpy_and_dates_are_said_as_json_says_them():
    feature = wf.Feature.from_geojson(
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": np.array([[0, 0], [1, 1]])},
            "properties": {"n": np.int64(3), "day": np.datetime64("2020-06-01").item()},
        }
    )

    assert feature.compute() == FeatureResult(
        GeometryResult("LineString", [[0, 0], [1, 1]]), {"n": 3, "day": "2020-06-01"}
    )


def test_moments_of_numpy_are_said_in_iso_8601_and_missing_ones_are_none():
    days = np.array(["2020-06-01T12:00", "NaT"], "datetime64[ns]")
    feature = wf.Feature(POINT, {"days": days, "day": np.datetime64("2020-06-01")})

    assert feature.compute().properties == {
        "days": ["2020-06-01T12:00:00.000000000", None],
        "day": "2020-06-01",
    }


def test_names_of_properties_are_texts():
    with pytest.raises(wf.ProxyTypeError, match=r"expected Dict\[Str, Any\], got a Dict\[Int, Int\] proxy"):
        wf.Feature(POINT, wf.Dict[wf.Int, wf.Int]({1: 2}))


def test_a_geometry_of_10_mib_is_too_large_for_a_program():
    with pytest.raises(ValueError, match="a program holds at most 10 MiB; keep it in a file"):
        wf.Geometry("LineString", [[0.123456789, 0.123456789]] * 500_000)


def test_fields_have_their_types():
    feature = wf.load_geojson(FOO)

    assert type(feature.geometry) is wf.Geometry
    assert type(feature.properties["foo"]) is wf.Any
    assert type(wf.load_geojson(BOTH).features) is wf.List[wf.Feature]
    assert feature.geometry.type.compute() == "Point"
    assert feature.geometry.coordinates.compute() == [1, 2]
    assert wf.GeometryCollection([POINT]).geometries[0].compute() == GeometryResult("Point", [1, 2])
    assert wf.load_geojson(BOTH).features.compute() == list(wf.load_geojson(BOTH).compute())


def test_the_geometry_of_a_context_is_a_geometry():
    box = shapely.box(0, 0, 1, 1)
    context = wf.GeoContext(geometry=box, crs="EPSG:4326", resolution=0.5)

    assert context.geometry.compute().shapely.equals(box)
    assert context.geometry.buffer(1).bounds().compute() == (-1, -1, 2, 2)
    assert context.compute()["geometry"]["type"] == "Polygon"


def test_a_parameter_may_be_a_geometry():
    place = wf.parameter("place", wf.Geometry)

    assert place.buffer(1).bounds().compute(place=shapely.Point(0, 0)) == (-1, -1, 1, 1)


def test_a_table_of_geopandas_is_a_collection():
    table = wf.load_geojson(BOTH).compute().to_geodataframe()

    assert wf.FeatureCollection(table).compute() == wf.load_geojson(BOTH).compute()


def test_a_program_survives_as_a_graft():
    features = wf.load_geojson(BOTH).filter(lambda f: f.properties["foo"] > 1).map(lambda f: f.buffer(1))
    text = json.dumps(features.graft)

    assert from_graft(json.loads(text), wf.FeatureCollection).compute() == features.compute()


def test_results_do_not_share_what_the_program_holds():
    geometry = wf.load_geojson(LINE)
    geometry.compute().coordinates[0][0] = 99

    assert geometry.compute().coordinates == [[0, 0], [2, 4]]


def test_map_to_a_feature_keeps_the_collection(points):
    moved = points.map(lambda f: wf.Feature(f.geometry, {"x": f.properties["x"] + 10}))

    assert type(moved) is wf.FeatureCollection
    assert xs(moved) == [13, 11, 12]
    assert type(moved.compute()) is FeatureCollectionResult


def test_map_to_anything_else_is_a_list(points):
    names = points.map(lambda f: f.geometry.type)

    assert type(names) is wf.List[wf.Str]
    assert names.compute() == ["Point"] * 3
    assert wf.FeatureCollection([]).map(lambda f: f.geometry.type).compute() == []
    assert wf.FeatureCollection([]).map(lambda f: f.buffer(1)).compute() == FeatureCollectionResult(())


def test_geometries_are_mapped_filtered_and_counted():
    both = wf.GeometryCollection([POINT, LINE])

    assert both.map(lambda g: g.centroid()).compute() == GeometryCollectionResult(
        "GeometryCollection", [GeometryResult("Point", [1, 2])] * 2
    )
    assert both.filter(lambda g: g.type == "Point").length().compute() == 1
    assert both.map(lambda g: g.type).compute() == ["Point", "LineString"]
    assert both.reversed()[0].type.compute() == "LineString"
    assert both.sorted(lambda g: g.bounds()[0])[0].type.compute() == "LineString"
    assert both.contains(POINT).compute() is True


def test_features_are_filtered_sorted_reversed_and_taken(points):
    assert xs(points.filter(lambda f: f.properties["x"] > 1)) == [3, 2]
    assert xs(points.sorted(lambda f: f.properties["x"])) == [1, 2, 3]
    assert xs(points.sorted(lambda f: f.properties["x"], reverse=True)) == [3, 2, 1]
    assert xs(reversed(points)) == [2, 1, 3]
    assert xs(points[1:]) == [1, 2]
    assert points[-1].properties["x"].compute() == 2
    assert points.features[0].properties["x"].compute() == 3


def test_features_fold_into_one_value(points):
    total = points.reduce(lambda total, f: total + f.properties["x"].cast(wf.Int), initial=wf.Int(0))

    assert total.compute() == 6


def test_a_collection_knows_what_it_contains(points):
    assert points.contains(points[0]).compute() is True
    assert points.contains(FOO).compute() is False


def test_an_index_beyond_the_end_fails(points):
    with pytest.raises(JobInvalid, match="index 3 is beyond the end: there are 3 items"):
        points[3].compute()


def test_a_wrong_type_fails_when_computed():
    with pytest.raises(JobInvalid, match=r"LinearRing; got 'Circle'") as raised:
        wf.Geometry("Circle", [1, 2]).compute()

    assert isinstance(raised.value.__cause__, ValueError)


def test_a_feature_without_a_place_lies_nowhere():
    nowhere = wf.load_geojson({**FOO, "geometry": None})
    here = area(2, 2)

    assert nowhere.compute().geometry is None
    assert nowhere.rasterize().compute(here).ndarray.mask.all()


def test_results_show_themselves():
    feature = wf.Feature(wf.Geometry("Point", [1, 2]), {"foo": "bar"})

    assert repr(feature.compute()) == (
        "FeatureResult(geometry=GeometryResult(type=Point, coordinates=[1, 2]), properties={'foo': 'bar'})"
    )
    assert repr(wf.GeometryCollection([POINT, POINT]).compute()) == (
        "GeometryCollectionResult(type=GeometryCollection, geometries=("
        "GeometryResult(type=Point, coordinates=[1, 2]), GeometryResult(type=Point, coordinates=[1, 2])))"
    )


def test_results_are_shapes_and_tables():
    features = wf.load_geojson(BOTH).compute()
    table = features.to_geodataframe()

    assert wf.load_geojson(LINE).compute().shapely == shapely.LineString([(0, 0), (2, 4)])
    assert features[0].shapely == shapely.Point(1, 2)
    assert (len(features), table.crs.to_epsg(), table["foo"].tolist()) == (2, 4326, [1, 3])
    assert table.geometry[1] == shapely.LineString([(0, 0), (2, 4)])
    assert wf.FeatureCollection([]).compute().to_geodataframe().empty


def test_properties_may_be_values_of_pixels(scenes: Scenes):
    img = scenes.image("a", {"red": [[1, 2], [3, 4]]})
    corner = shapely.geometry.mapping(shapely.box(*lonlat(0, 0, 1, 1)))
    whole = shapely.geometry.mapping(shapely.box(*lonlat(-1, -1, 3, 3)))
    places = wf.FeatureCollection(
        [{"type": "Feature", "geometry": place, "properties": {}} for place in (corner, whole)]
    )

    def with_mean(feature):
        mean = img.mask(feature.geometry).mean(axis="pixels")["red"]
        return wf.Feature(feature.geometry, {"mean": mean})

    found = places.map(with_mean)

    assert [feature.properties["mean"] for feature in found.compute(area(2, 2))] == [1.0, 2.5]
    assert found.filter(lambda f: f.properties["mean"] > 2).length().compute(area(2, 2)) == 1


def test_properties_of_every_image_make_a_feature_each(scenes: Scenes):
    col = scenes.collection({"red": [[1, 2], [3, 4]]}, {"red": [[5, 5], [5, 5]]})

    def described(img):
        return wf.Feature(POINT, {"id": img.properties["id"], "max": img.max(axis="pixels")["red"]})

    found = col.map(described).compute(area(2, 2))

    assert [feature.properties for feature in found] == [
        {"id": "test:s00", "max": 4.0},
        {"id": "test:s01", "max": 5.0},
    ]


def lonlat(left, top, right, bottom):
    """Bounds in degrees just inside the pixels from `left` and `top` to before `right` and `bottom`."""
    x = [500_000 + 10 * left + 1, 500_000 + 10 * right - 1]
    y = [5_000_000 - 10 * bottom + 1, 5_000_000 - 10 * top - 1]
    lon, lat = project(x, y, "EPSG:32633", "EPSG:4326")
    return lon[0], lat[0], lon[1], lat[1]
