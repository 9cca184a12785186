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


def test_area_is_that_of_the_ellipsoid_whatever_way_a_ring_runs():
    ring = [[15, 0], [15, 1], [16, 1], [16, 0], [15, 0]]
    expected, _ = pyproj.Geod(ellps="WGS84").polygon_area_perimeter([15, 16, 16, 15], [0, 0, 1, 1])

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
