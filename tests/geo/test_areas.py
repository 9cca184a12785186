import functools
import math

import pytest
import shapely

from descartes_flow.errors import ContextError
from descartes_flow.geo.areas import read_area

RING = [[15.0, 45.0], [16.0, 45.0], [16.0, 46.0], [15.0, 46.0], [15.0, 45.0]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}
ENDLESS = functools.reduce(lambda inner, _: {"type": "Feature", "geometry": inner}, range(3000), {})
EAST = {"type": "Polygon", "coordinates": [[[lon + 2, lat] for lon, lat in RING]]}


@pytest.mark.parametrize(
    "value",
    [
        SQUARE,
        {"type": "Feature", "properties": {"a": 1}, "geometry": SQUARE},
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": SQUARE, "properties": {}}],
        },
        {"type": "GeometryCollection", "geometries": [SQUARE]},
        shapely.Polygon(RING),
    ],
)
def test_an_area_is_a_plain_polygon_however_it_is_written(value):
    area = read_area(value)

    assert area["type"] == "Polygon"
    assert shapely.geometry.shape(area).equals(shapely.box(15, 45, 16, 46))


def test_several_polygons_are_one_area():
    features = [{"type": "Feature", "geometry": part, "properties": {}} for part in (SQUARE, EAST)]
    area = read_area({"type": "FeatureCollection", "features": features})

    assert area["type"] == "MultiPolygon"
    assert shapely.geometry.shape(area).area == 2


def test_what_crosses_the_antimeridian_lies_on_both_sides():
    area = read_area(shapely.box(179, 0, 181, 1))

    assert sorted(part.bounds[0] for part in shapely.geometry.shape(area).geoms) == [-180, 179]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"type": "Polygon", "coordinates": [RING[:-1]]}, r"closed rings.*\[15.0, 45.0\] to \[15.0, 46.0\]"),
        ({"type": "LineString", "coordinates": RING}, "with an area, got a LineString"),
        ({"type": "Point", "coordinates": [15, 45]}, "with an area, got a Point"),
        ({"type": "Polygon", "coordinates": [[[15, 45], [16, math.nan], [16, 46], [15, 45]]]}, "degrees"),
        (
            {"type": "Polygon", "coordinates": [[[15e5, 45e5], [16e5, 45e5], [16e5, 46e5], [15e5, 45e5]]]},
            "4326",
        ),
        ({"type": "Polygon", "coordinates": []}, "empty Polygon"),
        ({"type": "Polygon"}, "GeoJSON"),
        ({"type": "Polygon", "coordinates": 5}, "GeoJSON"),
        ({"type": "MultiPolygon", "coordinates": [[5]]}, "GeoJSON"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [10**400, 0], [1, 1], [0, 0]]]}, "GeoJSON"),
        ({"type": "FeatureCollection", "features": 5}, "GeoJSON"),
        (
            functools.reduce(lambda inner, _: {"type": "Feature", "geometry": inner}, range(3000), {}),
            "GeoJSON",
        ),
        ({"type": "Feature", "geometry": None, "properties": {}}, "GeoJSON"),
        ("15,45,16,46", "GeoJSON"),
        ((15, 45, 16, 46), "GeoJSON"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")  # shapely says so of NaN, too
def test_what_is_no_area_is_told(value, said):
    with pytest.raises(ContextError, match=rf"^aoi=: .*{said}"):
        read_area(value)
