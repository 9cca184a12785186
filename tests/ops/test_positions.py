"""Single pixels of imagery, and where pixels lie."""

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.engine.blocks import run_blocks
from descartes_flow.engine.compute import compute_node
from descartes_flow.engine.run import Runner, full_mask
from descartes_flow.errors import JobInvalid
from descartes_flow.geo import XYZTile
from descartes_flow.io import read_band
from tests.engine.programs import bound
from tests.scenes import LEFT, NAN, TOP, area, pixels

HERE = area(2, 3)


def centre(row: int, col: int) -> tuple[float, float]:
    """The middle of a pixel of a scene."""
    return LEFT + 10 * col + 5, TOP - 10 * row - 5


@pytest.fixture
def img(scenes):
    return scenes.image("a", {"x": [[1, 2, 3], [4, NAN, 6]], "y": [[10, 20, 30], [40, 50, 60]]})


@pytest.fixture
def col(scenes):
    return scenes.collection({"x": [[1, 2, 3], [4, NAN, 6]]}, {"x": [[7, 8, 9], [10, 11, 12]]}, product="col")


def test_each_pixel_is_found_where_it_lies(img):
    for row in range(2):
        for col in range(3):
            found = img.value_at(*centre(row, col)).compute(HERE)

            assert found["y"] == pixels(img.compute(HERE))[1][row][col]


def test_an_edge_belongs_to_the_pixel_after_it(img):
    assert img.value_at(LEFT, TOP)["x"].compute(HERE) == 1
    assert img.value_at(LEFT + 10, TOP - 10)["y"].compute(HERE) == 50
    with pytest.raises(JobInvalid, match="lies outside the area of the run"):
        img.value_at(LEFT + 30, TOP).compute(HERE)


def test_a_masked_pixel_is_numpy_s_masked_and_so_is_what_follows_from_it(img):
    value = img.value_at(*centre(1, 1))["x"]

    assert value.compute(HERE) is np.ma.masked
    assert (value * 2 + 1).compute(HERE) is np.ma.masked
    assert pixels((img + value).compute(HERE)) == [[[None] * 3] * 2] * 2


def test_a_masked_value_decides_nothing(img, col):
    value = img.value_at(*centre(1, 1))["x"]

    for decided in (value > 0, value < 0):
        assert wf.ifelse(decided, 1, 2).compute(HERE) == 2
    kept = col.filter(lambda image: image.value_at(*centre(1, 1))["x"] > 0)
    assert kept.map(lambda image: image.properties["number"]).compute(HERE) == [1]


def test_what_an_image_differs_by_from_one_of_its_pixels(img):
    difference = img["y"] - img.value_at(*centre(0, 1))["y"]

    assert pixels(difference.compute(HERE)) == [[[-10, 0, 10], [20, 30, 40]]]


def test_pixels_of_all_images_are_picked_at_once(col):
    values = col.map(lambda image: image.value_at(*centre(0, 2))["x"])

    assert values.compute(HERE) == [3, 9]
    steps = [type(step).__name__ for step in bound(values, HERE).plan.steps]
    assert steps == ["ReadBands", "PickPixel"]


def test_a_place_that_differs_by_image_is_evaluated_image_by_image(col):
    values = col.map(lambda image: image.value_at(LEFT + 5 + 10 * image.properties["number"], TOP - 5)["x"])

    assert values.compute(HERE) == [1, 8]


class Windows:
    """`read_band`, and the shapes of what was asked for."""

    def __init__(self):
        self.shapes = []

    def __call__(self, source, grid, resampling, out):
        self.shapes.append(grid.shape)
        return read_band(source, grid, resampling, out)


def test_only_the_pixel_is_read(img):
    read = Windows()
    found = compute_node((img * 2).value_at(*centre(1, 2))._node, HERE, Runner(read, use_cache=False))

    assert found == {"x": 12, "y": 120}
    assert set(read.shapes) == {(1, 1)}


def test_a_pixel_of_what_follows_from_the_whole_area_has_the_whole_area_behind_it(img):
    read = Windows()
    program = (img["y"] - img["y"].max()).value_at(*centre(0, 0))

    assert compute_node(program._node, HERE, Runner(read, use_cache=False)) == {"y": -50}
    assert sorted(read.shapes) == [(1, 1), (2, 3)]


def test_blocks_give_the_same_pixel(scenes, monkeypatch):
    monkeypatch.setattr(settings, "block_size", 256)
    rows, cols = 300, 520
    values = np.arange(rows * cols, dtype=float).reshape(rows, cols)
    values[290, 510] = NAN
    img, here = scenes.image("large", {"x": values}), area(rows, cols)

    for row, column in [(0, 0), (255, 256), (256, 255), (299, 519), (290, 510)]:
        program = bound((img + img.value_at(*centre(row, column))["x"]).max(axis="bands"), here)
        whole = run_blocks(Runner(read_band, use_cache=False), program.plan, here.grid())[0]
        eager = Runner(read_band, use_cache=False).run(program.plan, here.grid())[0]

        hidden = full_mask(whole, eager.data.shape)
        assert hidden.sum() == (rows * cols if (row, column) == (290, 510) else 1)
        assert (hidden == full_mask(eager, eager.data.shape)).all()
        assert (whole.data[~hidden] == eager.data[~hidden]).all()


def test_the_place_is_in_the_crs_of_the_context(img):
    tile = XYZTile(4504, 2916, 13)  # 15 degrees east, 45.15 degrees north: the corner of the scene
    x, y = tile.index_to_coords(0, 0)

    with pytest.raises(JobInvalid, match=r"in EPSG:3857; x and y are coordinates of this CRS"):
        img.value_at(LEFT, TOP).compute(tile)
    assert list(img.value_at(x + 1, y - 1).compute(tile)) == ["x", "y"]


def test_corners_of_pixels_and_back(img, col):
    here = area(2, 3, row=1, col=2)

    assert img.index_to_coords(1, 2).compute(here) == (LEFT + 40, TOP - 20)
    assert img.coords_to_index(LEFT + 45, TOP - 25).compute(here) == (1, 2)
    assert img.coords_to_index(LEFT, TOP).compute(here) == (-1, -2)
    x, y = col.index_to_coords(wf.Int(0), 0)
    assert (x.compute(here), y.compute(here)) == (LEFT + 20, TOP - 10)
    rows = col.map(lambda image: image.coords_to_index(LEFT + 5, TOP - 10 * image.properties["number"]))
    assert rows.compute(HERE) == [(0, 0), (1, 0)]
