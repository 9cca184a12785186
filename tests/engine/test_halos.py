"""Neighbourhoods reach beyond the area of a run, a block or a tile, and give there what the whole gives."""

import numpy as np
import pytest
from pyproj import Transformer

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.engine import blocks
from descartes_flow.engine.compute import bind_program, default_runner, image_pixels
from descartes_flow.engine.halos import border_of_composites, pads_of
from descartes_flow.engine.run import VALUES, _Window
from descartes_flow.errors import JobCancelled
from descartes_flow.geo import AOI, Tile, tile_grid
from descartes_flow.geo.pixels import Pixels
from descartes_flow.steps.convolve import Convolve
from tests.engine.programs import CountedReads, bound, run, steps_of
from tests.scenes import LEFT, NAN, TOP, UTM, area, pixels

ROWS, COLS = 600, 700
WHOLE = area(ROWS, COLS)
EDGE = wf.Kernel((3, 3), [-1, 0, 1, -2, 0, 2, -1, 0, 1.5])
EVEN = wf.Kernel((4, 2), [0.1, -0.7, 0.3, 0.2, 1.1, 0.4, -0.5, 0.6])


@pytest.fixture
def col(scenes):
    """Three scenes of noise with holes, all shifted, one on a grid of its own."""
    noise = np.random.default_rng(11)
    for number, (row, pixel) in enumerate([(-40, 10), (-3, 10), (250, 7.3)]):
        bands = {name: noise.normal(size=(ROWS, COLS)) for name in ("x", "y")}
        bands["x"][noise.random((ROWS, COLS)) < 0.2] = NAN
        scenes.add(f"s{number}", bands, date=f"2020-06-0{number + 1}", row=row, col=-number, pixel=pixel)
    return wf.ImageCollection.from_id("test")


PROGRAMS = {
    "odd": lambda col: wf.conv2d(col[0], EDGE),
    "even": lambda col: wf.conv2d(col[2], EVEN),
    "nested": lambda col: wf.conv2d(wf.conv2d(wf.conv2d(col[1], EDGE), EVEN), EDGE),
    "a collection": lambda col: wf.conv2d(col, EDGE),
    "in a map": lambda col: col.map(lambda img: wf.conv2d(img, EVEN) - img),
    "of a composite": lambda col: wf.conv2d(col.median(axis="images"), EDGE),
    "of a mosaic, with itself": lambda col: col.mosaic() + wf.conv2d(col.mosaic(), EDGE),
    "of a composite by a band": lambda col: wf.conv2d(col.sortby_composite("x"), EDGE),
    "composites of it": lambda col: wf.conv2d(col, EDGE).percentile(30, axis="images"),
    "choosing by it": lambda col: wf.where(wf.conv2d(col[0], EDGE) > 0, col[1], wf.conv2d(col[2], EVEN)),
    "below a mask": lambda col: col[0].mask(wf.conv2d(col[1].pick_bands("y"), EDGE) > 0),
    "of a replaced mask": lambda col: wf.conv2d(col[0].mask(col[0].pick_bands("y") > 1, replace=True), EDGE),
    "of a scale from the area": lambda col: wf.conv2d(col[0].scale_values(0, 1), EDGE),
    "its scale": lambda col: wf.conv2d(col[0], EDGE).scale_values(0, 1),
    "of an anomaly": lambda col: wf.conv2d(col - col.mean(axis=None), EVEN).mean(axis="images"),
    "a pixel of it": lambda col: wf.conv2d(col[0], EDGE).value_at(LEFT + 2556, TOP - 2554),
    "its scalars": lambda col: wf.conv2d(col, EDGE).sum(axis="pixels"),
    "percentiles of it": lambda col: wf.conv2d(col[0], EDGE).percentile(12.5, axis="pixels"),
    "of what hides": lambda col: wf.conv2d(col[0].getmask(), EDGE),
    "of a fill": lambda col: wf.conv2d(
        col[0].pick_bands("none", True).replace_empty_with(2, mask=False, bandinfo={"v": {}}), EDGE
    ),
    "a filter by it": lambda col: col.filter(lambda img: wf.conv2d(img, EDGE).max(axis=None) > 11).mosaic(),
}
each_program = pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)


def flat(result):
    """Every array and number of a result, in order."""
    if isinstance(result, (list, tuple, dict)):
        items = result.values() if isinstance(result, dict) else result
        return [part for item in items for part in flat(item)]
    if hasattr(result, "ndarray"):
        return [result.ndarray.filled(-9999), np.ma.getmaskarray(result.ndarray)]
    return [result]


def cut_by_triangle(context: AOI) -> AOI:
    """The context within a triangle across it, whose corners lie outside."""
    ring = [[14.99, 45.13], [15.1, 45.1], [15.03, 45.16], [14.99, 45.13]]
    return context.assign(geometry={"type": "Polygon", "coordinates": [ring]})


def in_blocks(program, context, monkeypatch):
    """The result of a program that is run in blocks of 256 pixels."""
    monkeypatch.setattr("descartes_flow.engine.compute.run_plan", blocks.run_blocks)
    monkeypatch.setattr(settings, "block_size", 256)
    return wf.compute(program, context, cache=False)


@each_program
@pytest.mark.parametrize("cut", [False, True], ids=["all of it", "a triangle"])
def test_blocks_equal_the_whole_bit_for_bit(col, monkeypatch, program, cut):
    context = cut_by_triangle(WHOLE) if cut else WHOLE
    whole = wf.compute(program(col), context, cache=False)

    pieced = in_blocks(program(col), context, monkeypatch)
    for one, other in zip(flat(whole), flat(pieced), strict=True):
        np.testing.assert_array_equal(one, other)


OF_THE_AREA = (
    *("of a scale from the area", "its scale", "of an anomaly"),
    *("a pixel of it", "its scalars", "percentiles of it", "a filter by it"),
)
LOCAL = set(PROGRAMS) - {*OF_THE_AREA, "a collection", "in a map"}


@pytest.mark.parametrize("name", sorted(LOCAL))
@pytest.mark.parametrize(("rows", "cols"), [(100, 100), (1, 1), (1, 37)])
def test_any_part_of_the_area_equals_that_part_of_the_whole(col, name, rows, cols):
    program = PROGRAMS[name](col)
    whole = program.compute(area(230, 230, row=200, col=100)).ndarray

    for row, left in [(0, 0), (48, 51), (129, 100)]:
        part = program.compute(area(rows, cols, row=200 + row, col=100 + left)).ndarray
        there = whole[:, row : row + rows, left : left + cols]
        np.testing.assert_array_equal(np.ma.getmaskarray(part), np.ma.getmaskarray(there))
        np.testing.assert_allclose(part.filled(0), there.filled(0), rtol=0, atol=1e-6)


def drawn(proxy, grid):
    """Values of an Image as a tile has them, 0 where masked."""
    runner = default_runner()
    _, (data, mask) = image_pixels(bind_program(proxy._node, grid, runner), grid, runner)
    return data if mask is None else np.where(mask, 0, data)


@pytest.mark.parametrize("name", ["odd", "nested", "of a mosaic, with itself", "of a composite by a band"])
def test_tiles_join_to_the_whole(col, name):
    program, zoom = PROGRAMS[name](col), 13
    x, y = 4438, 2942
    first = tile_grid(Tile(x=x, y=y, z=zoom))
    whole = drawn(program, first.window(0, 0, 256, 512))

    joined = np.concatenate([drawn(program, tile_grid(Tile(x=x + i, y=y, z=zoom))) for i in (0, 1)], axis=2)
    assert np.count_nonzero(whole[:, :, 256]) > 10
    np.testing.assert_allclose(joined, whole, rtol=0, atol=1e-6)


@pytest.mark.parametrize("tile", [Tile(x=0, y=0, z=0), Tile(x=7, y=0, z=3), Tile(x=0, y=7, z=3)])
def test_a_tile_at_the_edge_of_the_world_has_its_border_too(col, tile):
    composite = wf.conv2d(col.mosaic(), EDGE)

    assert bind_program(composite._node, tile_grid(tile), default_runner()).value.is_empty == (tile.z > 0)
    assert drawn(wf.conv2d(wf.Image.from_id("test:s0"), EDGE), tile_grid(tile)).shape == (2, 256, 256)


def convolved(data, hidden, weights):
    """Sums written out: of the weights, flipped, over an array beyond which everything counts as 0."""
    rows, cols = weights.shape
    found = np.zeros(data.shape)
    for (i, j), (m, n) in ((at, k) for at in np.ndindex(data.shape) for k in np.ndindex(weights.shape)):
        y, x = i + rows // 2 - m, j + cols // 2 - n
        if 0 <= y < data.shape[0] and 0 <= x < data.shape[1] and not hidden[y, x]:
            found[i, j] += weights[m, n] * data[y, x]
    return np.ma.array(found, mask=hidden)


@pytest.mark.parametrize("dims", [(1, 1), (3, 3), (1, 4), (2, 2), (5, 2), (7, 9), (12, 1)])
def test_each_pixel_is_the_sum_of_its_neighbours_times_the_flipped_weights(scenes, dims):
    noise = np.random.default_rng(3)
    values, weights = noise.normal(size=(6, 8)), noise.normal(size=dims)
    values[noise.random(values.shape) < 0.2] = NAN
    kernel = wf.Kernel(dims, weights.ravel())

    whole = wf.conv2d(scenes.image("a", {"x": values}), kernel)
    wanted = convolved(np.nan_to_num(values), np.isnan(values), weights)
    for context, part in ((area(6, 8), np.s_[:, :]), (area(3, 2, row=2, col=5), np.s_[2:5, 5:7])):
        found = whole.compute(context).ndarray[0]
        np.testing.assert_array_equal(np.ma.getmaskarray(found), wanted[part].mask)
        np.testing.assert_allclose(found.filled(0), wanted[part].filled(0), rtol=1e-13, atol=1e-13)


ROW = wf.Kernel((1, 3), [1, 1, 1])


def test_pixels_beyond_the_area_are_read_and_those_beyond_the_scene_are_nothing(scenes):
    img = scenes.image("a", {"x": [[1, 10, 100, 1000]]})

    assert pixels(wf.conv2d(img, ROW).compute(area(1, 2, col=1))) == [[[111, 1110]]]
    assert pixels(wf.conv2d(img, ROW).compute(area(1, 4))) == [[[11, 111, 1110, 1100]]]


def test_what_the_geometry_excludes_is_nothing_to_a_neighbour(scenes):
    """The middle two of four pixels of 10 m are inside."""
    img = scenes.image("a", {"x": [[1, 10, 100, 1000]]})
    ring = [(LEFT + x, TOP - y) for x, y in ((12, 1), (28, 1), (28, 9), (12, 9), (12, 1))]
    context = area(1, 4).assign(geometry=in_degrees(ring))

    assert pixels(wf.conv2d(img, ROW).compute(context)) == [[[None, 110, 110, None]]]
    assert pixels(
        wf.conv2d(img, ROW).compute(context.assign(bounds=(LEFT + 10, TOP - 10, LEFT + 20, TOP)))
    ) == [[[110]]]


def test_a_zero_weight_leaves_its_pixel_out_even_where_it_is_infinite(scenes):
    img = scenes.image("a", {"x": [[1, np.inf, 3, -np.inf, 5]]})

    assert pixels(wf.conv2d(img, wf.Kernel((1, 3), [1, 0, 0])).compute(area(1, 5))) == [
        [[np.inf, 3, -np.inf, 5, 0]]
    ]
    assert pixels(wf.conv2d(img, ROW).compute(area(1, 5))) == [[[np.inf, np.inf, None, -np.inf, -np.inf]]]


def test_a_scene_that_meets_only_the_border_counts_for_a_composite(scenes):
    """The area ends at the second pixel; the third has no scene, the fourth has one of its own."""
    scenes.add("left", {"x": [[1, 10]]}, date="2020-06-01")
    scenes.add("right", {"x": [[100, 1000]]}, col=3, date="2020-06-02")
    col, wide = wf.ImageCollection.from_id("test"), wf.Kernel((1, 5), [1] * 5)

    assert pixels(wf.conv2d(col.mosaic(), wide).compute(area(1, 2))) == [[[11, 111]]]
    assert pixels(wf.conv2d(col, wide).compute(area(1, 2))) == [[[[11, 11]]]]
    assert pixels(wf.conv2d(col, wide).max(axis="images").compute(area(1, 2))) == [[[11, 11]]]


def test_scalars_are_of_the_area_also_below_and_beside_a_convolution(scenes):
    """The border holds 1000, which must not become the maximum of 10."""
    img = scenes.image("a", {"x": [[5, 10, 1000]]})
    scaled = wf.conv2d(img.scale_values(0, 1, domain_min=0), ROW)

    assert pixels(scaled.compute(area(1, 2))) == [[[1.5, 101.5]]]
    assert wf.conv2d(img, ROW).max(axis=None).compute(area(1, 2)) == 1015
    assert pixels((wf.conv2d(img, ROW) - img.max(axis=None)).compute(area(1, 2))) == [[[5, 1005]]]


def test_a_value_kept_for_a_larger_window_is_not_taken_for_that_area(scenes):
    """The mean of the area is behind the composite: on a window of the same pixels it is another one."""
    img = scenes.image("a", {"x": [[0, 2, 4, 1000]]})
    centred = wf.ImageCollection([img - img.mean(axis=None)]).mosaic()
    VALUES.clear()

    assert pixels(wf.conv2d(centred, ROW).compute(area(1, 2, col=1))) == [[[-3, 997]]]
    assert pixels(centred.compute(area(1, 4))) == [[[-251.5, -249.5, -247.5, 748.5]]]
    assert pixels(wf.conv2d(centred, ROW).compute(area(1, 2, col=1))) == [[[-3, 997]]]


def test_a_plan_reaches_only_as_far_as_its_kernels_together(col):
    img = col[0]
    deep = bound(wf.conv2d(wf.conv2d(img, EVEN) + img, EDGE) + col.max(axis=None), WHOLE).plan
    reached = dict(zip(steps_of(deep), pads_of(deep), strict=True))

    assert reached["ReadBands"] == (3, 2)
    assert set(pads_of(bound(col.median(axis="images") + img, WHOLE).plan)) == {(0, 0)}
    assert border_of_composites(deep) == (0, 0)
    assert border_of_composites(bound(wf.conv2d(col.mosaic(), EVEN), WHOLE).plan) == (2, 1)


def test_a_band_is_read_once_although_it_is_wanted_on_two_windows(col):
    reads = CountedReads()
    plan = bound(col[0].pick_bands("x") + wf.conv2d(col[0].pick_bands("x"), EDGE), WHOLE).plan

    run(plan, area(50, 50), reads)
    assert reads.bands == ["x"]


def in_degrees(ring):
    """A polygon of metres as GeoJSON."""
    to_degrees = Transformer.from_crs(UTM, "EPSG:4326", always_xy=True)
    return {"type": "Polygon", "coordinates": [[list(to_degrees.transform(x, y)) for x, y in ring]]}


def test_a_run_that_nobody_waits_for_ends_before_all_images_are_convolved():
    grid = area(4, 5).grid()
    step = Convolve(0, np.ones((3, 3)), images=3, bands=1)
    runner, asked = default_runner(), []
    runner.cancelled = lambda: len(asked) == 2 or asked.append("once more")
    values = Pixels(np.ones((3, 1, 4 + 2, 5 + 2)), None)

    with pytest.raises(JobCancelled):
        step.run([values], _Window(runner, grid))
    runner.cancelled = lambda: False
    assert step.run([values], _Window(runner, grid)).data.tolist() == np.full((3, 1, 4, 5), 9.0).tolist()
