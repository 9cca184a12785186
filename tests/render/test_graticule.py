from decimal import Decimal

import mercantile
import pytest

from descartes_flow.geo import Tile
from descartes_flow.render.graticule import CLOSEST, meridians, parallels, step


@pytest.mark.parametrize(
    ("zoom", "degrees"), [(0, "90"), (3, "30"), (5, "5"), (8, "1"), (10, "0.2"), (14, "0.01"), (20, "0.0002")]
)
def test_lines_are_round_degrees_apart(zoom, degrees):
    assert step(zoom) == Decimal(degrees)


@pytest.mark.parametrize("zoom", range(2, 23))
def test_meridians_are_neither_too_close_nor_too_far_apart(zoom):
    pixels = step(zoom) / 360 * 256 * 2**zoom

    assert CLOSEST <= pixels < 3 * CLOSEST


@pytest.mark.parametrize(("lon", "lat", "zoom"), [(-105.94, 35.69, 10), (179.9, -16.5, 7), (15.6, 80.1, 5)])
def test_lines_lie_on_the_pixels_that_hold_them(lon, lat, zoom):
    address = mercantile.tile(lon, lat, zoom)
    tile = Tile(x=address.x, y=address.y, z=zoom)
    bounds = mercantile.xy_bounds(address)
    edge = (bounds.right - bounds.left) / 256
    for line in meridians(tile):
        x, _ = mercantile.xy(float(line.degrees), 0)
        assert 0 <= (x - bounds.left) / edge - line.pixel < 1 + 1e-6
    for line in parallels(tile):
        _, y = mercantile.xy(0, float(line.degrees))
        assert 0 <= (bounds.top - y) / edge - line.pixel < 1 + 1e-6

    assert meridians(tile) and parallels(tile)


def test_neighbours_agree_about_lines_beside_their_common_edge():
    west, east = Tile(x=3, y=12, z=5), Tile(x=4, y=12, z=5)
    beyond = {(line.pixel - 256, line.degrees) for line in meridians(west, 90) if line.pixel >= 256}
    inside = {(line.pixel, line.degrees) for line in meridians(east) if line.pixel < 90}

    assert beyond == inside


def test_east_of_the_antimeridian_degrees_are_west():
    last = Tile(x=31, y=12, z=5)

    assert [line.degrees for line in meridians(last, 90)][-1] == -180
