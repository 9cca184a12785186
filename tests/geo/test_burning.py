"""Burnt pixels against rasterio, by hand, and cut into windows."""

import concurrent.futures
import itertools

import numpy as np
import pytest
import shapely
from affine import Affine
from rasterio.enums import MergeAlg
from rasterio.features import rasterize

from descartes_flow.errors import ContextError
from descartes_flow.geo import AOI, Grid, Tile, burning, tile_bounds, tile_grid
from descartes_flow.geo.burning import burnt
from descartes_flow.geo.crs import project
from descartes_flow.geo.cutlines import bent, chord, read_geometry

# 4 x 4 pixels of 1 degree: 0 .. 4 E, 0 .. 4 N.
DEGREES = Grid("EPSG:4326", left=0.0, top=4.0, xres=1.0, yres=1.0, rows=4, cols=4)
UTM = Grid("EPSG:32633", left=500_000.3, top=5_000_000.7, xres=10.0, yres=10.0, rows=300, cols=520)


def burn(grid, shapes, values=None, add=True):
    """Rows of values, None where nothing lies."""
    content = tuple(shapely.to_wkb(read_geometry(shape)) for shape in shapes)
    data, mask = burnt(content, tuple(values or [1.0] * len(content)), add, grid)
    return np.where(mask, None, data).tolist()


def blobs(number=150):
    """Overlapping discs of many sizes around the middle of UTM, in degrees, and a value for each."""
    random = np.random.default_rng(7)
    x, y = random.uniform(500_000, 505_200, number), random.uniform(4_997_000, 5_000_000, number)
    lon, lat = project(x, y, "EPSG:32633", "EPSG:4326")
    sizes = random.uniform(2e-4, 4e-3, number)
    discs = [shapely.Point(*place).buffer(size) for *place, size in zip(lon, lat, sizes, strict=True)]
    return discs, random.uniform(-1, 1, number).tolist()


def star(corners):
    """A polygon around the middle of UTM, in degrees, whose border goes in and out."""
    lon, lat = project(502_600.0, 4_998_500.0, "EPSG:32633", "EPSG:4326")
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    reach = np.where(np.arange(corners) % 2, 0.01, 0.02)
    return shapely.Polygon(np.column_stack([lon + reach * np.cos(angles), lat + reach * np.sin(angles)]))


def arrays(grid, shapes, values, add):
    return burnt(tuple(map(shapely.to_wkb, shapes)), tuple(values), add, grid)


def test_north_is_up_and_east_is_right():
    assert burn(DEGREES, [shapely.Point(3.5, 3.5), shapely.Point(0.5, 0.5)], [1.0, 2.0]) == [
        [None, None, None, 1],
        [None, None, None, None],
        [None, None, None, None],
        [2, None, None, None],
    ]


@pytest.mark.parametrize(("lon", "col"), [(1.0, 1), (1.000001, 1), (0.9999, 0), (1.9999, 1)])
def test_a_point_burns_the_pixel_that_holds_it(lon, col):
    rows = burn(DEGREES, [shapely.Point(lon, 2.5)])

    assert rows[1][col] == 1
    assert sum(value is not None for row in rows for value in row) == 1


def test_a_polygon_covers_the_pixels_whose_centre_lies_inside():
    # the western edge at 0.6 passes the centre at 0.5 E, the eastern one at 2.4 stops before 2.5 E
    assert burn(DEGREES, [shapely.box(0.6, 2.0, 2.4, 4.0)]) == [[None, 1, None, None]] * 2 + [[None] * 4] * 2


def test_all_touched_covers_whatever_the_polygon_touches():
    touching = Grid("EPSG:4326", 0.0, 4.0, 1.0, 1.0, rows=4, cols=4, all_touched=True)

    assert burn(touching, [shapely.box(0.6, 2.1, 2.4, 3.9)]) == [[1, 1, 1, None]] * 2 + [[None] * 4] * 2


def test_a_line_burns_the_pixels_that_it_crosses():
    assert burn(DEGREES, [shapely.LineString([(0.5, 3.5), (3.5, 3.5), (3.5, 1.5)])]) == [
        [1, 1, 1, 1],
        [None, None, None, 1],
        [None, None, None, 1],
        [None, None, None, None],
    ]


def test_a_hole_stays_empty():
    ring = shapely.box(0, 0, 4, 4) - shapely.box(1, 1, 2, 2)

    assert burn(DEGREES, [ring])[2] == [1, None, 1, 1]


def test_what_overlaps_is_added_or_replaced():
    boxes = [shapely.box(0, 2, 2, 4), shapely.box(1, 2, 3, 4), shapely.box(1, 3, 2, 4)]

    assert burn(DEGREES, boxes, [1.0, 10.0, 100.0])[:2] == [[1, 111, 10, None], [1, 11, 10, None]]
    assert burn(DEGREES, boxes, [1.0, 10.0, 100.0], add=False)[:2] == [[1, 100, 10, None], [1, 10, 10, None]]


@pytest.mark.parametrize(
    "shape",
    [
        shapely.MultiPoint([(0.2, 3.5), (0.8, 3.5)]),
        shapely.LineString([(0.1, 3.1), (0.9, 3.9), (0.1, 3.9), (0.9, 3.1)]),
        shapely.GeometryCollection([shapely.box(0, 3, 1, 4), shapely.Point(0.5, 3.5)]),
    ],
)
def test_a_geometry_counts_once_in_a_pixel(shape):
    assert burn(DEGREES, [shape, shape])[0] == [2, None, None, None]


def test_nothing_inside_is_all_hidden():
    assert burn(DEGREES, [shapely.Point(50, 50)]) == [[None] * 4] * 4
    assert burn(DEGREES, []) == [[None] * 4] * 4


def test_a_value_that_is_no_number_is_hidden():
    assert burn(DEGREES, [shapely.Point(0.5, 3.5)], [float("nan")])[0] == [None] * 4


@pytest.mark.parametrize("add", [True, False])
@pytest.mark.parametrize("all_touched", [True, False])
def test_rasterio_burns_the_same(add, all_touched):
    shapes, values = blobs()
    grid = Grid("EPSG:32633", UTM.left, UTM.top, 10.0, 10.0, rows=300, cols=520, all_touched=all_touched)
    projected = [bent(shapely.segmentize(shape, 1e-3), "EPSG:4326", UTM.crs) for shape in shapes]
    options = {"out_shape": UTM.shape, "transform": Affine(*UTM.transform), "all_touched": all_touched}
    expected = [
        rasterize([(shape, value)], dtype="float64", **options)
        for shape, value in zip(projected, values, strict=True)
    ]
    wanted = sum(expected) if add else rasterize(zip(projected, values, strict=True), **options)
    data, mask = arrays(grid, shapes, values, add)

    assert np.array_equal(~mask, np.any([layer != 0 for layer in expected], axis=0))
    assert np.allclose(data, wanted, rtol=0, atol=1e-12)


def test_rasterio_merges_the_same():
    shapes, values = blobs(20)
    projected = [bent(shapely.segmentize(shape, 1e-3), "EPSG:4326", UTM.crs) for shape in shapes]
    pairs = list(zip(projected, values, strict=True))
    wanted = rasterize(
        pairs, UTM.shape, transform=Affine(*UTM.transform), merge_alg=MergeAlg.add, dtype="float64"
    )

    assert np.allclose(arrays(UTM, shapes, values, add=True).data, wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize("all_touched", [True, False])
def test_many_small_things_in_few_pixels_are_added_as_rasterio_does(all_touched):
    random = np.random.default_rng(1)
    centres = random.integers(0, 4 * 8, (400, 2)) / 8  # every eighth point lies on the edge of a pixel
    ends = centres + random.uniform(-0.2, 0.2, (400, 2))
    shapes = [
        (shapely.Point(centre), shapely.LineString([centre, end]), shapely.Point(centre).buffer(0.15))[
            kind % 3
        ]
        for kind, (centre, end) in enumerate(zip(centres, ends, strict=True))
    ]
    grid = Grid("EPSG:4326", 0.0, 4.0, 1.0, 1.0, rows=4, cols=4, all_touched=all_touched)
    frame = {"out_shape": grid.shape, "transform": Affine(*grid.transform), "all_touched": all_touched}
    wanted = sum(rasterize([(shape, 1)], dtype="float64", **frame) for shape in shapes)

    assert np.array_equal(arrays(grid, shapes, np.ones(400), add=True).data, wanted)


@pytest.mark.parametrize("size", [64, 100, 256])
@pytest.mark.parametrize("all_touched", [True, False])
def test_blocks_equal_the_whole_bit_for_bit(size, all_touched):
    shapes, values = blobs()
    shapes.append(shapely.LineString([(15.0, 45.13), (15.07, 45.15), (15.01, 45.15)]))
    grid = Grid("EPSG:32633", UTM.left, UTM.top, 10.0, 10.0, rows=300, cols=520, all_touched=all_touched)
    whole = arrays(grid, shapes, [*values, 5.0], add=True)
    for block in grid.blocks(size):
        part = arrays(block, shapes, [*values, 5.0], add=True)
        inside = np.s_[block.row_off : block.row_off + block.rows, block.col_off : block.col_off + block.cols]

        assert np.array_equal(part.data, whole.data[inside])
        assert np.array_equal(part.mask, whole.mask[inside])
    assert 0 < whole.mask.sum() < whole.mask.size


def test_blocks_on_several_threads_meet_the_same_shapes():
    windows = [UTM.window(row, col, 30, 65) for row in (120, 150, 180) for col in range(0, 520, 65)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for number in range(8):  # other shapes each time, so that the threads are the first to ask them
            stars = tuple(shapely.to_wkb(star(20 * number + corners + 40)) for corners in range(6))

            def meeting(window, stars=stars):
                placed, owners = burning._placed(stars, window)
                return shapely.to_wkb(placed).tolist(), owners.tolist()

            assert list(pool.map(meeting, windows)) == list(map(meeting, windows))
            kept = burning._densified(stars, chord(10.0))
            assert not shapely.is_prepared(kept).any()  # which crashes, but not every time


def test_map_tiles_equal_the_area_that_they_tile():
    shapes, values = blobs()
    tiles = [Tile(x=x, y=y, z=14) for x, y in itertools.product((8875, 8876, 8877), (5884, 5885))]
    bounds = [tile_bounds(tile) for tile in tiles]
    area = (
        *(min(box.left for box in bounds), min(box.bottom for box in bounds)),
        *(max(box.right for box in bounds), max(box.top for box in bounds)),
    )
    shape = (512, 768)
    grid = AOI(bounds=area, bounds_crs="EPSG:3857", crs="EPSG:3857", shape=shape, align_pixels=False).grid()
    whole = arrays(grid, shapes, values, add=True)
    for tile in tiles:
        part = arrays(tile_grid(tile), shapes, values, add=True)
        row, col = (tile.y - 5884) * 256, (tile.x - 8875) * 256

        assert np.array_equal(part.data, whole.data[row : row + 256, col : col + 256])
        assert np.array_equal(part.mask, whole.mask[row : row + 256, col : col + 256])
    assert 0 < whole.mask.sum() < whole.mask.size


def test_half_a_pixel_decides():
    there = Grid("EPSG:4326", left=0.0, top=4.0, xres=1.0, yres=1.0, rows=1, cols=4)
    shifted = Grid("EPSG:4326", left=-0.5, top=4.5, xres=1.0, yres=1.0, rows=1, cols=4)
    square = shapely.box(0.9, 3.0, 2.1, 5.0)

    assert burn(there, [square]) == [[None, 1, None, None]]
    assert burn(shifted, [square]) == [[None, 1, 1, None]]


@pytest.mark.parametrize("zoom", [0, 1, 5])
def test_the_whole_world_covers_every_tile(zoom):
    world = shapely.box(-180, -90, 180, 90)

    assert not burnt((world.wkb,), (1.0,), True, tile_grid(Tile(x=0, y=0, z=zoom))).mask.any()


def test_a_polygon_across_the_antimeridian_covers_both_sides():
    grid = Grid("EPSG:32601", left=160_000.0, top=10_000.0, xres=10_000.0, yres=10_000.0, rows=1, cols=4)
    across = shapely.box(179.0, -1.0, 181.0, 1.0)

    assert burn(grid, [across]) == [[1, 1, 1, 1]]


def test_edges_bend_with_the_parallels():
    # a parallel is an arc in UTM: 3 degrees from the central meridian it lies some kilometres further north
    band = shapely.box(12.0, 40.0, 18.0, 45.0)
    x, y = project([15.0, 12.05], [45.0, 45.0], "EPSG:4326", "EPSG:32633")
    here = Grid("EPSG:32633", x[1] - 50, y[1] + 1000, 100.0, 100.0, rows=20, cols=1)
    covered = [row[0] is not None for row in burn(here, [band])]

    assert y[1] - y[0] > 4000
    assert covered == [False] * 10 + [True] * 10


def test_a_geometry_where_the_crs_ends_is_refused():
    grid = Grid("+proj=ortho +lat_0=0 +lon_0=0", left=-7e6, top=7e6, xres=1e6, yres=1e6, rows=14, cols=14)

    with pytest.raises(ContextError, match="reaches beyond the area where the crs"):
        burn(grid, [shapely.box(-100, -20, 100, 20)])
