import json
import pickle

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from descartes_flow.errors import ContextError
from descartes_flow.geo import DLTile
from descartes_flow.geo.crs import project

KEY = "512:0:10.0:36:-65:216"
ZAGREB = shapely.box(15.9, 45.7, 16.1, 45.9)


def test_the_tile_of_the_specification():
    tile = DLTile.from_key(KEY)

    assert tile.projected_bounds == (167200.0, 1105920.0, 172320.0, 1111040.0)
    assert tile.grid().crs == "EPSG:32636"
    assert tile.arr_shape == (512, 512)
    assert tile.gdal_geotrans == (167200.0, 10.0, 0.0, 1111040.0, 0.0, -10.0)
    assert tile.index_to_coords(4, 2) == (167220.0, 1111000.0)
    assert tile.coords_to_index(167220.0, 1111000.0) == (4, 2)


def test_padding_is_added_on_every_side():
    tile = DLTile.from_key("512:16:10.0:36:-65:216")

    assert tile.arr_shape == (544, 544)
    assert tile.projected_bounds == (167040.0, 1105760.0, 172480.0, 1111200.0)


def test_tiles_of_the_south_have_negative_northings():
    tile = DLTile.from_latlon(-33.4, -70.6, resolution=10, tilesize=512)

    assert tile.crs == "EPSG:32619"
    assert tile.projected_bounds.top < 0
    assert shape(tile).contains(shapely.Point(-70.6, -33.4))


@given(
    tilesize=st.integers(1, 4096),
    pad=st.integers(0, 64),
    resolution=st.sampled_from([0.5, 1.5, 10.0, 1e-05, 1234.25]),
    zone=st.integers(1, 60),
    ti=st.integers(-500, 500),
    tj=st.integers(-500, 500),
)
def test_keys_go_there_and_back(tilesize, pad, resolution, zone, ti, tj):
    tile = DLTile(tilesize, pad, resolution, zone, ti, tj)

    assert DLTile.from_key(tile.key) == tile


@pytest.mark.parametrize(
    "key",
    [
        "", "512", "512:0:10.0:36:-65", KEY + ":1", "512:0:ten:36:-65:216", "512:0:10.0:36:-6.5:216",
        "-512:0:10.0:36:-65:216", "512:-1:10.0:36:-65:216", "512:0:nan:36:-65:216", " " + KEY, KEY + "\n",
        None, 5,
    ],
)  # fmt: skip
def test_bad_keys_are_refused(key):
    with pytest.raises(
        ContextError, match=r"from_key\(key=\): expected 'tilesize:pad:resolution:zone:ti:tj'"
    ):
        DLTile.from_key(key)


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("0:0:10.0:36:-65:216", "tilesize"),
        ("512:0:0.0:36:-65:216", "resolution"),
        ("512:0:10.0:0:-65:216", "zone"),
        ("512:0:10.0:61:-65:216", "zone"),
        ("512:99999:10.0:36:-65:216", "pad"),
        ("512:20000:10.0:36:-65:216", "pad"),
        ("512:0:10.0:36:-65:99999999999", "tj"),
    ],
)
def test_keys_that_describe_no_tile_name_the_field(key, field):
    with pytest.raises(ContextError, match=rf"DLTile\(.*{field}=\): expected"):
        DLTile.from_key(key)


@given(lat=st.floats(-80, 84), lon=st.floats(-180, 180))
def test_a_point_lies_in_its_tile(lat, lon):
    tile = DLTile.from_latlon(lat, lon, resolution=30, tilesize=256)
    x, y = project([lon], [lat], "EPSG:4326", tile.crs)
    bounds = tile.projected_bounds

    assert tile.zone == min(int((lon + 180) // 6) + 1, 60)
    assert bounds.left <= x[0] < bounds.right
    assert bounds.bottom <= y[0] < bounds.top


def test_longitudes_go_round_the_earth():
    assert DLTile.from_latlon(10, 185, 10, 512) == DLTile.from_latlon(10, -175, 10, 512)


@pytest.mark.parametrize(("lat", "lon", "field"), [(91, 0, "lat"), (float("nan"), 0, "lat"), (0, "x", "lon")])
def test_points_off_the_earth_are_refused(lat, lon, field):
    with pytest.raises(ContextError, match=rf"from_latlon\({field}=\)"):
        DLTile.from_latlon(lat, lon, 10, 512)


def test_tiles_of_a_shape_cover_it_without_overlap():
    tiles = DLTile.from_shape(ZAGREB, resolution=10, tilesize=512)
    covered = shapely.union_all([shapely.box(*tile.projected_bounds) for tile in tiles])
    lon, lat = np.meshgrid(np.linspace(15.9, 16.1, 50), np.linspace(45.7, 45.9, 50))
    x, y = project(lon, lat, "EPSG:4326", "EPSG:32633")

    assert shapely.contains_xy(covered.buffer(0.1), x, y).all()
    assert covered.area == pytest.approx(len(tiles) * 5120**2)
    assert {tile.zone for tile in tiles} == {33}


def test_every_tile_of_a_shape_meets_it():
    for tile in DLTile.iter_from_shape(ZAGREB, resolution=10, tilesize=512, pad=0):
        assert shape(tile).intersects(ZAGREB)


def test_tiles_come_from_the_north_and_the_west():
    tiles = [(-tile.tj, tile.ti) for tile in DLTile.iter_from_shape(ZAGREB, resolution=10, tilesize=512)]

    assert tiles == sorted(tiles)


def test_the_tile_of_a_tile_is_itself():
    tile = DLTile.from_latlon(45.8, 15.97, resolution=10, tilesize=512)

    assert DLTile.from_shape(tile, resolution=10, tilesize=512) == [tile]


def test_padding_adds_no_tiles():
    bare = DLTile.from_shape(ZAGREB, resolution=10, tilesize=512)
    padded = DLTile.from_shape(ZAGREB, resolution=10, tilesize=512, pad=100)

    assert [(tile.zone, tile.ti, tile.tj) for tile in padded] == [(t.zone, t.ti, t.tj) for t in bare]
    assert {tile.arr_shape for tile in padded} == {(712, 712)}


def test_a_shape_in_two_zones_has_tiles_of_both():
    tiles = DLTile.from_shape(shapely.box(17.9, 45.0, 18.1, 45.1), resolution=10, tilesize=1024)

    assert [zone for zone in (32, 33, 34, 35) if any(tile.zone == zone for tile in tiles)] == [33, 34]


def test_a_shape_across_the_antimeridian_has_tiles_on_both_sides():
    tiles = DLTile.from_shape(shapely.box(179.9, 10.0, 180.1, 10.1), resolution=10, tilesize=1024)

    assert {tile.zone for tile in tiles} == {1, 60}


@given(
    lat=st.integers(-80_000_000, 84_000_000).map(lambda n: n / 1e6),
    lon=st.integers(-180_000_000, 179_999_999).map(lambda n: n / 1e6),
)
def test_a_point_as_a_shape_has_its_own_tile(lat, lon):
    tiles = DLTile.from_shape(shapely.Point(lon, lat), resolution=10, tilesize=512)

    assert tiles == [DLTile.from_latlon(lat, lon, resolution=10, tilesize=512)]


def test_a_polygon_smaller_than_a_pixel_across_an_edge_is_not_lost():
    on_the_equator = shapely.box(14.0, -1e-9, 14.0 + 2e-9, 1e-9)

    assert DLTile.from_shape(on_the_equator, resolution=10, tilesize=512)


def test_iterating_makes_tiles_one_by_one():
    world = shapely.box(-180, -80, 180, 84)
    first = next(iter(DLTile.iter_from_shape(world, resolution=10, tilesize=512)))

    assert first.zone == 1


def test_a_bad_shape_is_refused_before_iterating():
    with pytest.raises(ContextError, match=r"from_shape\(shape=\): expected a GeoJSON geometry"):
        DLTile.iter_from_shape("Zagreb", resolution=10, tilesize=512)


def test_subtiles_cover_the_tile():
    tile = DLTile.from_key("512:16:10.0:36:-65:216")
    parts = list(tile.subtile(2))
    bare = DLTile.from_key(KEY).projected_bounds
    covered = shapely.union_all(
        [shapely.box(*DLTile.from_key(p.key.replace(":16:", ":0:")).projected_bounds) for p in parts]
    )

    assert [part.tilesize for part in parts] == [256] * 4
    assert {part.pad for part in parts} == {16}
    assert covered.equals(shapely.box(*bare))


def test_subtiles_may_have_another_resolution_and_padding():
    parts = list(DLTile.from_key(KEY).subtile(4, resolution=5, pad=0))

    assert len(parts) == 16
    assert {(part.tilesize, part.resolution, part.pad) for part in parts} == {(256, 5.0, 0)}


@pytest.mark.parametrize(
    ("subdivide", "resolution"), [(3, None), (2, 3.0), (0, None), (1.5, None), (1, 10000.0)]
)
def test_subtiles_are_whole_pixels(subdivide, resolution):
    with pytest.raises(ContextError, match=r"DLTile.subtile\(subdivide=\): expected"):
        DLTile.from_key(KEY).subtile(subdivide, resolution=resolution)


def test_neighbours_agree_about_coordinates_bit_for_bit():
    west, east = (DLTile(512, 4, 0.1, 33, ti, 7).grid() for ti in (11, 12))

    assert west.centre_x()[-8:].tobytes() == east.centre_x()[:8].tobytes()


def test_its_dict_starts_with_geometry_and_key():
    found = DLTile.from_key(KEY).to_dict()

    assert list(found)[:5] == ["geometry", "key", "resolution", "tilesize", "pad"]
    assert list(found)[-4:] == ["projected_bounds", "arr_shape", "geotrans", "gdal_geotrans"]
    assert (found["key"], found["shape"], found["crs"]) == (KEY, (512, 512), "EPSG:32636")
    assert found["bounds"] == (167200.0, 1105920.0, 172320.0, 1111040.0)
    assert json.loads(json.dumps(found))["geometry"]["type"] == "Polygon"


def test_it_is_a_value():
    tile = DLTile.from_key(KEY)

    assert (pickle.loads(pickle.dumps(tile)), hash(DLTile.from_key(KEY))) == (tile, hash(tile))
