import json
import pickle

import mercantile
import pytest
from shapely.geometry import shape

from descartes_flow.errors import ContextError, TileError
from descartes_flow.geo import Tile, XYZTile, tile_bounds, tile_grid


def test_the_tile_of_the_specification():
    west, south, east, north = XYZTile(1, 2, 3).outline().bounds

    assert (west, east) == pytest.approx((-135.0, -90.0))
    assert (round(south, 4), round(north, 4)) == (40.9799, 66.5133)


def test_its_grid_is_that_of_the_address():
    assert XYZTile(1, 2, 3).grid() == tile_grid(Tile(x=1, y=2, z=3))
    assert XYZTile(1, 2, 3, all_touched=True).grid().all_touched


def test_its_outline_is_that_of_mercantile():
    assert shape(XYZTile(4460, 2912, 13)).bounds == pytest.approx(tuple(mercantile.bounds(4460, 2912, 13)))


def test_its_dict_starts_with_the_address():
    found = XYZTile(1, 2, 3).to_dict()

    assert list(found)[:5] == ["x", "y", "z", "geometry", "tilesize"]
    assert list(found)[-4:] == ["projected_bounds", "arr_shape", "geotrans", "gdal_geotrans"]
    assert (found["x"], found["y"], found["z"], found["tilesize"]) == (1, 2, 3, 256)
    assert (found["crs"], found["arr_shape"], found["align_pixels"]) == ("EPSG:3857", (256, 256), False)
    assert found["resolution"] == 2 * 20037508.342789244 / 2**3 / 256
    assert found["bounds"] == found["projected_bounds"] == tile_bounds(Tile(x=1, y=2, z=3))
    assert json.loads(json.dumps(found))["geometry"]["type"] == "Polygon"


def test_x_goes_round_the_earth():
    assert XYZTile(9, 2, 3) == XYZTile(1, 2, 3)


def test_an_address_outside_is_refused():
    with pytest.raises(TileError, match=r"Tile\(y=\): expected a whole number in 0 .. 7 at z=3, got 8"):
        XYZTile(1, 8, 3)
    with pytest.raises(ContextError, match=r"XYZTile\(all_touched=\): expected True or False, got 1"):
        XYZTile(1, 2, 3, all_touched=1)


def test_it_is_a_value():
    tile = XYZTile(1, 2, 3)

    assert pickle.loads(pickle.dumps(tile)) == tile
    assert len({tile, XYZTile(9, 2, 3)}) == 1
