import pytest
import shapely

from descartes_flow.catalog.footprints import (
    bounds_of,
    boxes_of,
    footprint_of,
    geojson_of,
    shape_of_bounds,
)
from tests.catalog.files import square


def polygon(*points: tuple[float, float]) -> dict:
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


# 2 degrees wide, from 179 east to 179 west, written without a cut as most providers do
CROSSING = polygon((179, 10), (-179, 10), (-179, 11), (179, 11))


def test_a_footprint_away_from_the_antimeridian_stays_as_it_is():
    shape = footprint_of(square(15, 45), "geometry")

    assert bounds_of(shape) == (15, 45, 16, 46)
    assert boxes_of(shape) == [(15, 45, 16, 46)]
    assert geojson_of(shape) == square(15, 45)


def test_a_ring_that_jumps_across_the_antimeridian_is_cut_there():
    shape = footprint_of(CROSSING, "geometry")

    assert shape.area == pytest.approx(2)
    assert boxes_of(shape) == [(179, 10, 180, 11), (-180, 10, -179, 11)]
    assert bounds_of(shape) == (179, 10, -179, 11)


def test_longitudes_beyond_180_are_brought_back():
    shape = footprint_of(square(179, 10, side=2), "geometry")

    assert boxes_of(shape) == [(179, 10, 180, 12), (-180, 10, -179, 12)]


def test_a_hole_across_the_antimeridian_stays_a_hole():
    hole = [[179.5, 10.25], [-179.5, 10.25], [-179.5, 10.75], [179.5, 10.75], [179.5, 10.25]]
    shape = footprint_of({"type": "Polygon", "coordinates": [*CROSSING["coordinates"], hole]}, "geometry")

    assert shape.area == pytest.approx(2 - 0.5)
    assert not shape.contains(shapely.Point(180, 10.5))


def test_a_ring_around_a_pole_covers_the_pole():
    shape = footprint_of(polygon((-135, -80), (-45, -80), (45, -80), (135, -80)), "geometry")

    assert shape.contains(shapely.Point(10, -89))
    assert not shape.contains(shapely.Point(10, -79))
    assert boxes_of(shape) == [(-180, -90, 180, -80)]


def test_the_edge_of_the_whole_world_is_no_crossing():
    world = polygon((-180, -90), (180, -90), (180, 90), (-180, 90))

    assert bounds_of(footprint_of(world, "geometry")) == (-180, -90, 180, 90)


def test_parts_on_both_sides_of_the_globe_that_do_not_meet_there_have_one_box():
    both = {
        "type": "MultiPolygon",
        "coordinates": [square(-180, 0)["coordinates"], square(100, 0)["coordinates"]],
    }

    assert boxes_of(footprint_of(both, "geometry")) == [(-180, 0, 101, 1)]


def test_features_collections_and_shapes_are_geometries_too():
    feature = {"type": "Feature", "properties": {}, "geometry": square(15, 45)}
    several = {"type": "FeatureCollection", "features": [feature, {**feature, "geometry": square(20, 45)}]}

    assert bounds_of(footprint_of(feature, "geometry")) == (15, 45, 16, 46)
    assert bounds_of(footprint_of(several, "geometry")) == (15, 45, 21, 46)
    assert bounds_of(footprint_of(shapely.box(15, 45, 16, 46), "geometry")) == (15, 45, 16, 46)


def test_bounds_whose_west_is_east_of_their_east_cross_the_antimeridian():
    assert boxes_of(shape_of_bounds((170, -5, -170, 5), "bounds")) == [(170, -5, 180, 5), (-180, -5, -170, 5)]


def test_bounds_wider_than_half_the_world_are_no_crossing():
    assert boxes_of(shape_of_bounds((-100, -5, 100, 5), "bounds")) == [(-100, -5, 100, 5)]


@pytest.mark.parametrize(
    "bounds", [(1, 2, 3), (0, 10, 1, 5), (0, 0, 1, float("nan")), (0, -91, 1, 0), "abcd"]
)
def test_bounds_that_describe_no_area_are_refused(bounds):
    with pytest.raises(ValueError, match=r"^search\(bounds=\): expected"):
        shape_of_bounds(bounds, "search(bounds=)")


@pytest.mark.parametrize("geometry", [{"type": "Polygon"}, {"type": "Circle", "coordinates": [0, 0]}, {}])
def test_what_is_no_geometry_is_refused(geometry):
    with pytest.raises(ValueError, match=r"^search\(geometry=\): expected GeoJSON"):
        footprint_of(geometry, "search(geometry=)")


def test_an_empty_geometry_is_refused():
    with pytest.raises(ValueError, match="empty"):
        footprint_of({"type": "Polygon", "coordinates": []}, "geometry")
    with pytest.raises(TypeError, match="expected GeoJSON or a geometry, got int"):
        footprint_of(5, "geometry")
