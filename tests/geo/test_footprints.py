import json

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from descartes_flow.errors import ContextError
from descartes_flow.geo import Bounds, Grid, Tile, tile_grid
from descartes_flow.geo.crs import normalise_crs, project
from descartes_flow.geo.footprints import fold_longitudes, footprint, lonlat_bounds

GEOSTATIONARY = normalise_crs("+proj=geos +h=35785831 +lon_0=0 +a=6378137 +b=6378137")


def test_edges_are_cut_finely_enough_to_follow_the_curve():
    # The northern edge of a UTM extent reaches its northernmost latitude in the middle of the zone.
    bounds = Bounds(200000.0, 6000000.0, 800000.0, 6500000.0)
    middle = project([500000.0], [6500000.0], "EPSG:32633", "EPSG:4326")[1][0]
    corner = project([200000.0], [6500000.0], "EPSG:32633", "EPSG:4326")[1][0]

    assert lonlat_bounds(bounds, "EPSG:32633").top == pytest.approx(middle)
    assert middle > corner + 0.1


def test_a_footprint_is_valid_geojson():
    geojson = Grid("EPSG:32633", 500000.0, 5100000.0, 10.0, 10.0, 100, 100).footprint()

    assert geojson["type"] == "Polygon"
    assert shape(geojson).is_valid


def test_a_footprint_holds_the_centres_of_its_pixels():
    grid = Grid("EPSG:3035", 4600000.0, 2600000.0, 1000.0, 1000.0, rows=400, cols=300)
    x, y = np.meshgrid(grid.centre_x(), grid.centre_y())
    lon, lat = project(x, y, grid.crs, "EPSG:4326")

    assert shapely.contains_xy(shape(grid.footprint()), lon, lat).all()


def test_the_world_is_360_degrees_wide():
    assert tile_grid(Tile(x=0, y=0, z=0)).lonlat_bounds() == pytest.approx(
        (-180, -85.0511, 180, 85.0511), abs=1e-4
    )


@pytest.mark.parametrize("x", [0, 7])
def test_tiles_at_the_edge_of_the_world_end_there(x):
    bounds = tile_grid(Tile(x=x, y=3, z=3)).lonlat_bounds()

    assert (bounds.left, bounds.right) == pytest.approx((-180 + 45 * x, -135 + 45 * x))


def test_a_grid_across_the_antimeridian_has_two_parts():
    # UTM zone 1, whose 180 W meridian is at easting 166,021 on the equator.
    grid = Grid("EPSG:32601", 100000.0, 100000.0, 1000.0, 1000.0, rows=100, cols=200)
    geojson, bounds = grid.footprint(), grid.lonlat_bounds()
    parts = sorted(part.bounds for part in shape(geojson).geoms)

    assert geojson["type"] == "MultiPolygon"
    assert [parts[0][0], parts[1][2]] == [-180.0, 180.0]
    assert bounds.left > bounds.right
    assert (bounds.left, bounds.right) == (pytest.approx(parts[1][0]), pytest.approx(parts[0][2]))


@pytest.mark.parametrize(
    ("crs", "bounds"),
    [
        ("EPSG:5041", Bounds(1e6, 1e6, 3e6, 3e6)),  # UPS: the pole is at (2,000,000, 2,000,000)
        ("EPSG:5041", Bounds(2e6, 2e6, 3e6, 3e6)),  # at the corner
        ("EPSG:3413", Bounds(-1e6, 0.0, 1e6, 1e6)),  # on an edge
        ("EPSG:3035", Bounds(2e6, 6e6, 6e6, 9e6)),  # not at the origin
    ],
)
def test_a_footprint_around_the_north_pole_goes_round_the_earth(crs, bounds):
    found, outline = lonlat_bounds(bounds, crs), footprint(bounds, crs)

    assert (found.left, found.right, found.top) == (-180.0, 180.0, 90.0)
    assert outline.is_valid
    assert outline.contains(shapely.Point(0.0, 89.99)) or outline.contains(shapely.Point(-45.0, 89.99))


def test_a_footprint_around_the_south_pole_reaches_it():
    assert lonlat_bounds(Bounds(-1e6, -1e6, 1e6, 1e6), "EPSG:3031")[:2] == (-180.0, -90.0)


def test_a_footprint_beside_the_pole_does_not():
    found = lonlat_bounds(Bounds(1e5, 1e5, 1e6, 1e6), "EPSG:3031")

    assert found.bottom > -90
    assert (found.left, found.right) == pytest.approx((5.71, 84.29), abs=0.01)  # arctan(1/10), arctan(10)


def test_an_extent_that_leaves_the_earth_has_the_box_around_what_is_seen():
    found = lonlat_bounds(Bounds(-6e6, -6e6, 6e6, 6e6), GEOSTATIONARY)

    assert -82 < found.left < -70 and 70 < found.right < 82
    assert -82 < found.bottom < -70 and 70 < found.top < 82


def test_an_extent_off_the_earth_is_refused():
    with pytest.raises(ContextError, match=r"bounds=: no part of .* lies on the earth"):
        footprint(Bounds(6e6, 6e6, 7e6, 7e6), GEOSTATIONARY)


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (shapely.box(10, 0, 20, 5), shapely.box(10, 0, 20, 5)),
        (shapely.box(190, 0, 200, 5), shapely.box(-170, 0, -160, 5)),
        (shapely.box(-200, 0, -190, 5), shapely.box(160, 0, 170, 5)),
        (shapely.box(170, 0, 190, 5), shapely.box(170, 0, 180, 5) | shapely.box(-180, 0, -170, 5)),
        (shapely.Point(181, 1), shapely.Point(-179, 1)),
        (
            shapely.LineString([(179, 0), (181, 0)]),
            shapely.MultiLineString([[(179, 0), (180, 0)], [(-180, 0), (-179, 0)]]),
        ),
        (shapely.box(-180, 0, 180, 5), shapely.box(-180, 0, 180, 5)),
        (shapely.box(-10, 0, 350, 5), shapely.box(-180, 0, 180, 5)),
    ],
)
def test_longitudes_beyond_180_come_back_on_the_other_side(geometry, expected):
    assert fold_longitudes(geometry).equals(expected)


def test_extents_of_real_scenes_are_those_that_their_catalog_says(imagery):
    items = json.loads((imagery / "manifest.json").read_text())["features"]
    scenes = [item for item in items if item["properties"].get("proj:epsg")]
    for scene in scenes:
        asset = next(iter(scene["assets"].values()))
        a, _, left, _, e, top = asset["proj:transform"][:6]
        grid = Grid(f"EPSG:{scene['properties']['proj:epsg']}", left, top, a, -e, *asset["proj:shape"])
        pixel = max(a, -e) / (1 if grid.crs == "EPSG:4326" else 80000)  # about a degree, rounding up

        assert grid.lonlat_bounds() == pytest.approx(tuple(scene["bbox"]), abs=pixel), scene["id"]

    assert len(scenes) > 100
