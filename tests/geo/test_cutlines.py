import json
from dataclasses import replace

import numpy as np
import pyproj
import pytest
import shapely
from shapely.geometry import mapping

from descartes_flow.errors import ContextError
from descartes_flow.geo import Grid
from descartes_flow.geo.cutlines import geometry_text, read_geometry

BOX = {"type": "Polygon", "coordinates": [[[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]]}

# 4 x 4 pixels of 1 degree: 0 .. 4 E, 0 .. 4 N.
DEGREES = Grid("EPSG:4326", left=0.0, top=4.0, xres=1.0, yres=1.0, rows=4, cols=4)


def cut(grid, geometry, all_touched=False):
    return replace(grid, cutline=geometry_text(read_geometry(geometry)), all_touched=all_touched)


def shown(grid, geometry, all_touched=False):
    mask = cut(grid, geometry, all_touched).cutline_mask()
    return np.ones(grid.shape, int) if mask is None else (~mask).astype(int)


def test_pixels_outside_the_cutline_are_hidden():
    assert shown(DEGREES, BOX).tolist() == [[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0]]


def test_a_pixel_counts_by_its_centre():
    # The western edge at 0.6 passes the centre at 0.5 E, the eastern one at 2.4 stops before 2.5 E.
    assert shown(DEGREES, shapely.box(0.6, 0.0, 2.4, 4.0)).tolist() == [[0, 1, 0, 0]] * 4


def test_all_touched_counts_what_the_cutline_touches():
    assert shown(DEGREES, shapely.box(0.6, 0.0, 2.4, 4.0), all_touched=True).tolist() == [[1, 1, 1, 0]] * 4


def test_a_hole_hides():
    ring = shapely.box(0, 0, 4, 4) - shapely.box(1, 1, 2, 2)

    assert shown(DEGREES, ring).tolist() == [[1, 1, 1, 1], [1, 1, 1, 1], [1, 0, 1, 1], [1, 1, 1, 1]]


def test_without_a_cutline_or_within_it_nothing_is_hidden():
    assert DEGREES.cutline_mask() is None
    assert cut(DEGREES, shapely.box(-10, -10, 10, 10)).cutline_mask() is None


def test_beside_the_cutline_everything_is_hidden():
    assert cut(DEGREES, shapely.box(20, 20, 30, 30)).cutline_mask().all()


def test_a_point_shows_its_pixel_if_all_touched():
    assert shown(DEGREES, shapely.Point(2.2, 0.7), all_touched=True).tolist() == [[0] * 4] * 3 + [
        [0, 0, 1, 0]
    ]


@pytest.mark.parametrize("size", [7, 64, 100])
@pytest.mark.parametrize("all_touched", [False, True])
def test_blocks_equal_the_whole_bit_for_bit(size, all_touched):
    # A five-pointed star, in pieces that are longer than a block.
    angles = np.radians(90 + 144 * np.arange(5))
    star = shapely.Polygon(np.column_stack([15.5 + 0.2 * np.cos(angles), 45.8 + 0.14 * np.sin(angles)]))
    grid = cut(Grid("EPSG:32633", 515000.0, 5100000.0, 200.0, 200.0, rows=220, cols=200), star, all_touched)
    whole, parts = grid.cutline_mask(), np.zeros(grid.shape, bool)
    for block in grid.blocks(size):
        mask = block.cutline_mask()
        inside = np.s_[block.row_off : block.row_off + block.rows, block.col_off : block.col_off + block.cols]
        parts[inside] = False if mask is None else mask

    assert 0 < whole.sum() < whole.size
    assert np.array_equal(parts, whole)


def test_edges_bend_with_the_parallels():
    # South of 60 N is hidden: in UTM that edge sags by 12 km between the borders of the zone.
    grid = Grid("EPSG:32633", 340000.0, 6720000.0, 1000.0, 1000.0, rows=80, cols=320)
    mask = cut(grid, shapely.box(10, 60, 20, 65)).cutline_mask()
    x, y = np.meshgrid(grid.centre_x(), grid.centre_y())
    lat = pyproj.Transformer.from_crs(grid.crs, "EPSG:4326", always_xy=True).transform(x, y)[1]
    sure = np.abs(lat - 60) > 0.05 / 111  # 0.05 pixels

    assert np.array_equal(mask[sure], (lat < 60)[sure])
    assert mask.any() and not mask.all()


def test_a_cutline_larger_than_the_crs_can_show_works():
    assert (
        cut(Grid("EPSG:32633", 5e5, 5e6, 10.0, 10.0, 10, 10), shapely.box(-180, -90, 180, 90)).cutline_mask()
        is None
    )


def test_a_cutline_across_the_antimeridian_is_whole_where_the_crs_is():
    # 179.9 E .. 179.9 W in zone 1, 22 km across; easting 166,021 is 180 at the equator.
    grid = Grid("EPSG:32601", 146021.0, 50000.0, 1000.0, 1000.0, rows=50, cols=40)
    row = shown(grid, shapely.box(179.9, -1, 180.1, 1))[25]

    assert row.tolist() == [0] * 9 + [1] * 22 + [0] * 9


@pytest.mark.parametrize(
    "value",
    [
        BOX,
        shapely.box(1, 1, 3, 3),
        {"type": "Feature", "properties": {}, "geometry": BOX},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": BOX}]},
        {"type": "GeometryCollection", "geometries": [BOX]},
        {"type": "Polygon", "coordinates": [[[*point, 100.0] for point in BOX["coordinates"][0]]]},
    ],
)
def test_geometries_come_in_many_forms(value):
    geometry = read_geometry(value)

    assert geometry.bounds == (1.0, 1.0, 3.0, 3.0)
    assert shown(DEGREES, value).sum() == 4


def test_a_bow_tie_is_repaired():
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}

    assert read_geometry(bow_tie).is_valid
    assert read_geometry(bow_tie).area == pytest.approx(2.0)


def test_parts_that_are_nowhere_are_left_out():
    """GEOS ends the process where it densifies them."""
    nowhere = {"type": "Polygon", "coordinates": []}
    point = {"type": "Point", "coordinates": [15.5, 45]}
    inner = {"type": "GeometryCollection", "geometries": [nowhere, point]}

    found = read_geometry({"type": "GeometryCollection", "geometries": [point, nowhere, inner]})
    assert found.wkt == "GEOMETRYCOLLECTION (POINT (15.5 45), GEOMETRYCOLLECTION (POINT (15.5 45)))"
    assert shapely.segmentize(found, 1).equals(found)


def test_text_is_exact():
    geometry = shapely.Polygon([(0.1, 1 / 3), (2 / 3, 0.2), (0.7, 0.9)])

    assert json.loads(geometry_text(geometry)) == json.loads(json.dumps(mapping(geometry)))


@pytest.mark.parametrize(
    "value",
    [
        "POINT (1 2)",
        5,
        {},
        {"type": "Polygon"},
        {"type": "Nonsense", "coordinates": [1, 2]},
        {"type": "Feature", "properties": {}, "geometry": None},
        {"type": "Polygon", "coordinates": [[[0, 0], [1]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Point", "coordinates": [500000.0, 5100000.0]},
        {"type": "Point", "coordinates": [float("nan"), 0.0]},
    ],
)
def test_what_is_no_geometry_is_refused_with_the_field(value):
    with pytest.raises(ContextError, match=r"^AOI\(geometry=\): expected "):
        read_geometry(value, "AOI(geometry=)")
