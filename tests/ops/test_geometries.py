"""What is made of geometries and measured on them."""

import math

import pyproj
import pytest
import shapely

import descartes_flow as wf
from descartes_flow.errors import JobInvalid

SQUARE = shapely.box(0, 0, 2, 2)


def shape(proxy):
    return proxy.compute().shapely


def test_a_buffer_is_that_of_shapely_in_degrees():
    feature = wf.Feature(SQUARE, {"foo": 1}).buffer(0.5).compute()

    assert shape(wf.load_geojson(SQUARE).buffer(0.5)).equals(SQUARE.buffer(0.5))
    assert feature.shapely.equals(SQUARE.buffer(0.5))
    assert feature.properties == {"foo": 1}


def test_a_buffer_of_a_collection_is_that_of_its_box():
    corners = wf.GeometryCollection([shapely.Point(0, 0), shapely.Point(2, 2)])

    assert type(corners.buffer(1)) is wf.Geometry
    assert shape(corners.buffer(1)).equals(SQUARE.buffer(1))


@pytest.mark.parametrize(("lon", "lat"), [(15.98, 45.81), (-70.0, -33.0), (179.9999, 10.0)])
def test_a_buffer_in_metres_is_a_circle_on_the_ground(lon, lat):
    around = shape(wf.load_geojson(shapely.Point(lon, lat)).buffer(500, crs="utm"))
    points = shapely.get_coordinates(around)
    _, _, metres = pyproj.Geod(ellps="WGS84").inv([lon] * len(points), [lat] * len(points), *points.T)
    on_the_rim = [distance for distance, (x, _) in zip(metres, points, strict=True) if abs(x) != 180]

    assert [distance == pytest.approx(500, rel=1e-3) for distance in on_the_rim] == [True] * len(on_the_rim)
    assert around.bounds[0] >= -180 and around.bounds[2] <= 180


def test_a_buffer_across_the_antimeridian_has_two_parts():
    split = shapely.MultiPolygon([shapely.box(179.9, 0, 180, 0.1), shapely.box(-180, 0, -179.9, 0.1)])
    grown = wf.load_geojson(split).buffer(1000, crs="utm")

    assert [round(part.area, 2) for part in shape(grown).geoms] == [0.01, 0.01]
    assert grown.area().compute() == pytest.approx(
        22_264 * 11_057 + 2 * 1000 * 33_321 + math.pi * 1e6, rel=1e-3
    )


def test_another_crs_gives_its_unit():
    assert shape(wf.load_geojson(shapely.Point(0, 0)).buffer(1, crs="EPSG:4326")).bounds == (-1, -1, 1, 1)


def test_a_negative_buffer_does_not_begin_at_the_antimeridian():
    split = shapely.MultiPolygon([shapely.box(179, 0, 180, 2), shapely.box(-180, 0, -179, 2)])
    whole = shapely.box(5, 0, 7, 2)  # across the limit of two zones as well
    areas = [wf.load_geojson(part).buffer(-10_000, crs="utm").area().compute() for part in (split, whole)]

    assert areas[0] == pytest.approx(areas[1], rel=1e-9)


def test_a_crs_that_is_torn_where_the_geometry_lies_is_refused():
    split = shapely.MultiPolygon([shapely.box(179, 0, 180, 2), shapely.box(-180, 0, -179, 2)])

    with pytest.raises(
        JobInvalid, match="across the antimeridian, where EPSG:3857 is torn; choose crs='utm'"
    ):
        wf.load_geojson(split).buffer(1000, crs="EPSG:3857").compute()


@pytest.mark.parametrize(("lat", "distance"), [(89.9, 100_000), (-89.9, 100_000), (0, 1e8)])
def test_a_buffer_that_cannot_be_said_in_degrees_is_refused(lat, distance):
    with pytest.raises(JobInvalid, match="reaches over a pole, round the earth, or further than"):
        wf.load_geojson(shapely.Point(0, lat)).buffer(distance, crs="utm").compute()


def test_a_buffer_of_a_collection_beside_the_antimeridian_is_that_of_its_narrow_box():
    east, west = shapely.box(179, 0, 180, 2), shapely.box(-180, 0, -179, 2)
    both = wf.GeometryCollection([shapely.MultiPolygon([east, west]), shapely.Point(-179, 1)])

    assert [part.bounds for part in shape(both.buffer(0, crs="utm")).geoms] == [
        pytest.approx(west.bounds),
        pytest.approx(east.bounds),
    ]


@pytest.mark.parametrize("tolerance", [-1, float("nan")])
def test_a_tolerance_is_a_number_of_degrees(tolerance):
    with pytest.raises(JobInvalid, match=r"simplify\(tolerance=\): expected degrees, 0 or more, got"):
        wf.load_geojson(SQUARE).simplify(wf.Float(1) * tolerance).compute()


def test_a_wide_geometry_is_not_taken_for_one_across_the_antimeridian():
    wide = wf.load_geojson(shapely.box(-100, 0, 100, 10))

    assert shape(wide.buffer(0, crs="EPSG:3857")).bounds == pytest.approx((-100, 0, 100, 10))


def test_a_buffer_round_the_earth_is_refused():
    with pytest.raises(JobInvalid, match="reaches over a pole, round the earth"):
        wf.load_geojson(shapely.box(-180, 0, 180, 10)).buffer(1000, crs="EPSG:3857").compute()


def test_the_centre_of_parts_beside_the_antimeridian_lies_between_them():
    split = shapely.MultiPolygon([shapely.box(178, 0, 180, 2), shapely.box(-180, 0, -179, 2)])

    assert wf.load_geojson(split).centroid().coordinates.compute() == [179.5, 1]
    assert wf.load_geojson(shapely.box(180, 0, 184, 2)).centroid().coordinates.compute() == [-178, 1]


def test_a_feature_without_a_geometry_has_none_after_a_buffer():
    nowhere = {"type": "Feature", "geometry": None, "properties": {"foo": 1}}

    assert wf.Feature.from_geojson(nowhere).buffer(1).compute().__geo_interface__ == nowhere


def test_both_lobes_of_a_polygon_that_crosses_itself_count():
    # two triangles, west and east of (2, 2), each a quarter of the square
    bowtie = wf.Geometry("Polygon", [[[0, 0], [4, 4], [4, 0], [0, 4], [0, 0]]])
    west = wf.Geometry("Polygon", [[[0, 0], [2, 2], [0, 4], [0, 0]]])

    assert bowtie.area().compute() == pytest.approx(2 * west.area().compute())
    assert shape(bowtie.buffer(0)).area == 8
    assert shape(bowtie.intersection(shapely.box(0, 0, 2, 4))).area == 4
    assert bowtie.centroid().coordinates.compute() == [2, 2]


@pytest.mark.parametrize("measure", ["area", "centroid"])
def test_coordinates_that_are_no_numbers_are_not_measured(measure):
    place = wf.Geometry("Point", [wf.Float(1) * float("nan"), 2])

    with pytest.raises(JobInvalid, match="nan"):
        getattr(place, measure)().compute()


def test_latitudes_beyond_the_poles_have_no_area():
    with pytest.raises(JobInvalid, match=r"area\(\): expected longitudes and latitudes in degrees"):
        wf.load_geojson(shapely.box(0, 80, 4, 100)).area().compute()


def test_the_area_of_the_world_is_that_of_the_ellipsoid():
    world = wf.load_geojson(shapely.box(-180, -90, 180, 90))

    assert world.area().compute() == pytest.approx(510.0656e12, rel=1e-6)


def test_an_edge_is_straight_in_degrees_and_not_the_shortest_way():
    wide = wf.load_geojson(shapely.box(-100, 0, 100, 10)).area().compute()
    narrow = wf.load_geojson(shapely.box(0, 0, 1, 10)).area().compute()

    assert wide == pytest.approx(200 * narrow)


def test_area_is_that_of_the_ellipsoid_whatever_way_a_ring_runs():
    ring = [[15, 0], [15, 0.01], [15.01, 0.01], [15.01, 0], [15, 0]]
    expected, _ = pyproj.Geod(ellps="WGS84").polygon_area_perimeter(
        [15, 15.01, 15.01, 15], [0, 0, 0.01, 0.01]
    )

    assert wf.Geometry("Polygon", [ring]).area().compute() == pytest.approx(expected)
    assert wf.Geometry("Polygon", [ring[::-1]]).area().compute() == pytest.approx(expected)
    assert wf.load_geojson(shapely.Point(1, 1)).area().compute() == 0.0


def test_a_hole_has_no_area():
    ring = SQUARE - shapely.box(0.5, 0.5, 1, 1)
    areas = [wf.load_geojson(part).area().compute() for part in (ring, SQUARE, shapely.box(0.5, 0.5, 1, 1))]

    assert areas[0] == pytest.approx(areas[1] - areas[2])


def test_measures_of_a_collection_are_of_all_members():
    both = wf.GeometryCollection([SQUARE, shapely.box(4, 0, 6, 2)])

    assert both.centroid().coordinates.compute() == [3, 1]
    assert both.bounds().compute() == (0, 0, 6, 2)
    assert both.area().compute() == pytest.approx(2 * wf.load_geojson(SQUARE).area().compute())


def test_intersection_and_what_does_not_meet():
    square = wf.load_geojson(SQUARE)

    assert shape(square.intersection(shapely.box(1, 1, 3, 3))).equals(shapely.box(1, 1, 2, 2))
    assert shape(square.intersection(shapely.box(5, 5, 6, 6))).is_empty
    assert all(map(math.isnan, square.intersection(shapely.box(5, 5, 6, 6)).bounds().compute()))


def test_simplify_drops_points_within_the_tolerance():
    assert wf.Geometry("LineString", [[0, 0], [1, 0.01], [2, 0]]).simplify(0.1).coordinates.compute() == [
        [0, 0],
        [2, 0],
    ]


def test_an_unknown_crs_fails_when_computed():
    with pytest.raises(JobInvalid, match=r"buffer\(crs=\): expected a geographic or projected CRS"):
        wf.load_geojson(SQUARE).buffer(1, crs="nonsense").compute()
