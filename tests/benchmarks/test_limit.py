"""What the limit of the machine counts: the blocks that a tile needs, whole and right."""

import numpy as np
import rasterio
from rasterio.warp import transform

from benchmarks import limit, looks, place
from benchmarks.place import CRS, LEFT, PIXEL, TOP, Place
from descartes_flow.geo import tile_grid
from tests.benchmarks.conftest import SIDE

CORNER = (LEFT, TOP, PIXEL)


def href(scene, band="red"):
    return scene["assets"][band]["href"]


def touched(grid, factor):
    """Rows and columns of the blocks that bilinear resampling looks at, pixel by pixel."""
    x, y = np.meshgrid(grid.centre_x(), grid.centre_y())
    x, y = (np.array(axis) for axis in transform(grid.crs, CRS, x.ravel(), y.ravel()))
    cols, rows = (x - LEFT) / (PIXEL * factor) - 0.5, (TOP - y) / (PIXEL * factor) - 0.5
    last = SIDE // factor - 1
    return {
        (int(row) // 512, int(col) // 512)
        for down in (0, 1)
        for right in (0, 1)
        for row, col in zip(np.floor(rows) + down, np.floor(cols) + right, strict=True)
        if 0 <= row <= last and 0 <= col <= last
    }


def test_a_tile_needs_the_blocks_that_its_pixels_touch(small_scenes):
    for step, zoom, factor in ((300, 16, 1), (512, 16, 1), (512, 14, 1), (512, 12, 2), (512, 11, 4)):
        grid = tile_grid(place.tile_at(Place(LEFT + PIXEL * step, TOP - PIXEL * step, CRS), zoom))

        blocks = limit.needed_blocks(href(small_scenes[0]), CRS, CORNER, grid)
        assert len(blocks) == len(touched(grid, factor))


def test_decoded_blocks_hold_what_rasterio_reads(small_scenes):
    grid = tile_grid(place.tile_at(Place(LEFT + PIXEL * 512, TOP - PIXEL * 512, CRS), 14))
    with rasterio.open(href(small_scenes[0])) as file:
        whole = file.read(1)

    found = limit.decode(limit.needed_blocks(href(small_scenes[0]), CRS, CORNER, grid))
    quarters = [whole[r : r + 512, c : c + 512] for r in (0, 512) for c in (0, 512)]
    assert len(found) >= 2
    for block in found:
        assert any(np.array_equal(block, quarter) for quarter in quarters)


def test_the_encoded_picture_is_the_picture():
    colours = np.random.default_rng(1).integers(0, 256, (20, 30, 4), dtype=np.uint8)

    np.testing.assert_array_equal(looks.pixels_of(limit.encode(colours)), colours)
    np.testing.assert_array_equal(looks.pixels_of(limit.encode(colours[..., :3]))[..., :3], colours[..., :3])
    np.testing.assert_array_equal(looks.pixels_of(limit.encode(colours[..., 0]))[..., 0], colours[..., 0])
