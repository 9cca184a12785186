"""A large area is computed in blocks, and every block holds what the whole would: bit for bit."""

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow._settings import settings
from descartes_flow.engine import blocks
from descartes_flow.engine.compute import default_runner
from descartes_flow.engine.run import VALUES, Runner
from descartes_flow.errors import JobOOM, ReadError
from descartes_flow.io import read_band
from tests.engine.programs import bound
from tests.scenes import NAN, area, pixels

ROWS, COLS = 600, 700
WHOLE = area(ROWS, COLS)


@pytest.fixture
def col(scenes):
    """Three scenes of noise with holes, one of them on a grid of its own."""
    noise = np.random.default_rng(7)
    for number in range(3):
        bands = {name: noise.normal(size=(ROWS, COLS)) for name in ("x", "y")}
        bands["x"][noise.random((ROWS, COLS)) < 0.2] = NAN
        pixel = 10 if number < 2 else 7.3
        scenes.add(f"s{number}", bands, date=f"2020-06-0{number + 1}", number=number, pixel=pixel)
    return wf.ImageCollection.from_id("test")


PROGRAMS = {
    "an image": lambda col: col[0],
    "bilinear": lambda col: wf.ImageCollection.from_id("test", resampler="bilinear").mosaic(),
    "arithmetic": lambda col: (col[0] + col[2]) / 3,
    "a composite": lambda col: col.median(axis="images"),
    "a collection": lambda col: col.map(lambda img: img.pick_bands("x") * img.properties["number"]),
    "a masked composite": lambda col: col.mask(col.pick_bands("x").getmask()).mean(axis="images"),
    "scalars": lambda col: col.mean(axis="pixels"),
    "every scalar": lambda col: [
        col.reduction(name, axis=None) for name in ("min", "max", "sum", "std", "median", "count")
    ],
    "pixels after a scalar": lambda col: col[0] - col[0].mean(axis=None),
    "a scale from the area": lambda col: col.scale_values(0, 1).max(axis="images"),
    "a scale of a scale": lambda col: (col.scale_values(0, 1) * col).scale_values(-1, 1).mean(axis="images"),
    "a scalar of a scale": lambda col: (col[0] - col[0].min(axis=None)).std(axis=None),
    "colours": lambda col: col[1].pick_bands("y").colormap("magma"),
    "images and scalars": lambda col: (col[0].pick_bands("x"), col[0].sum(axis="pixels"), wf.Int(3)),
    "a fill": lambda col: (
        col[0].pick_bands("none", True).replace_empty_with(2, mask=False, bandinfo={"v": {}})
    ),
    "a filter by pixels": lambda col: col.filter(lambda img: img.max(axis=None) > 4.4).count(axis="images"),
}


def flat(result):
    """Every array and number of a result, in order."""
    if isinstance(result, (list, tuple)):
        return [part for item in result for part in flat(item)]
    if isinstance(result, dict):
        return [part for item in result.values() for part in flat(item)]
    if hasattr(result, "ndarray"):
        return [result.ndarray.filled(-9999), np.ma.getmaskarray(result.ndarray)]
    return [result]


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_blocks_equal_the_whole_bit_for_bit(col, monkeypatch, program):
    whole = wf.compute(program(col), WHOLE, cache=False)
    cuts = []
    monkeypatch.setattr(
        "descartes_flow.engine.compute.run_plan",
        lambda runner, plan, grid: cuts.append(1) or blocks.run_blocks(runner, plan, grid),
    )
    monkeypatch.setattr(settings, "block_size", 256)

    pieced = wf.compute(program(col), WHOLE, cache=False)
    assert cuts
    for one, other in zip(flat(whole), flat(pieced), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_large_area_is_cut_and_a_small_one_is_not(col, monkeypatch):
    cuts = []
    run_blocks = blocks.run_blocks
    monkeypatch.setattr(blocks, "run_blocks", lambda *args: cuts.append(1) or run_blocks(*args))

    monkeypatch.setattr(settings, "block_size", 300)
    col[0].compute(area(300, 300))
    assert cuts == []
    monkeypatch.setattr(settings, "block_size", 128)
    col[0].compute(area(600, 300))
    assert cuts == [1]
    monkeypatch.setattr(settings, "block_size", 1024)
    monkeypatch.setattr(settings, "memory_bytes", 100 * 600 * 700)
    col.max(axis="images").compute(WHOLE)
    assert cuts == [1, 1]


def test_blocks_are_as_small_as_memory_wants_them(col, monkeypatch):
    """Three images of two bands and their composite are 8 layers, 64 bytes for each pixel."""
    plan = bound(col.max(axis="images"), WHOLE).plan
    monkeypatch.setattr(settings, "threads", 2)

    monkeypatch.setattr(settings, "memory_bytes", 8 * 2 * 64 * 512 * 512)
    assert blocks.block_side(plan) == 512
    monkeypatch.setattr(settings, "memory_bytes", 8 * 2 * 64 * 512 * 512 - 1)
    assert blocks.block_side(plan) == 256
    monkeypatch.setattr(settings, "memory_bytes", 1)
    assert blocks.block_side(plan) == 256


def test_what_is_computed_in_one_go_needs_no_memory_for_its_scenes(scenes):
    bands = {"x": np.ones((40, 40))}
    for number in range(3):
        scenes.add(f"s{number}", bands, date=f"2020-06-0{number + 1}")
    images = wf.ImageCollection.from_id("test")

    assert blocks._depth(bound(images.median(axis="images"), area(40, 40)).plan) == 1
    assert blocks._depth(bound(images.max(axis="images"), area(40, 40)).plan) == 4


def test_no_more_blocks_run_at_once_than_fit_into_memory(col, monkeypatch):
    plan = bound(col.max(axis="images"), WHOLE).plan
    expected = blocks.run_blocks(default_runner(), plan, WHOLE.grid())
    monkeypatch.setattr(settings, "memory_bytes", 64 * 256 * 256)
    running, most = [], []
    run = Runner.run

    def counted(*args):
        running.append(1)
        most.append(len(running))
        try:
            return run(*args)
        finally:
            running.pop()

    monkeypatch.setattr(Runner, "run", counted)

    (pieced,) = blocks.run_blocks(Runner(read_band, use_cache=False), plan, WHOLE.grid())
    assert most == [1] * 9  # 600 x 700 pixels are 3 x 3 blocks
    np.testing.assert_array_equal(pieced.data, expected[0].data)


def test_a_value_of_a_block_is_not_taken_for_the_value_of_a_small_area(col, monkeypatch):
    """The scale of the whole area is not the scale of its first block."""
    program = col.scale_values(0, 1).mean(axis="images")
    corner = area(256, 256)
    expected = program.compute(corner, cache=False)

    monkeypatch.setattr(settings, "block_size", 256)
    blocks.run_blocks(default_runner(), bound(program, WHOLE).plan, WHOLE.grid())
    assert program.compute(corner) == expected
    VALUES.clear()
    program.compute(corner)
    (pieced,) = blocks.run_blocks(default_runner(), bound(program, WHOLE).plan, WHOLE.grid())
    np.testing.assert_array_equal(pieced.data[0], program.compute(WHOLE, cache=False).ndarray.data)


def test_stitched_contexts_equal_one_that_spans_them(col):
    program = col.median(axis="images") + col[2]
    whole = program.compute(area(200, 200)).ndarray

    for row in (0, 100):
        for col_off in (0, 100):
            part = program.compute(area(100, 100, row=row, col=col_off)).ndarray
            there = whole[:, row : row + 100, col_off : col_off + 100]
            np.testing.assert_array_equal(part.mask, there.mask)
            np.testing.assert_allclose(part.filled(0), there.filled(0), rtol=0, atol=1e-6)


def test_a_result_that_cannot_be_held_is_refused_before_anything_is_read(scenes, monkeypatch):
    img = scenes.image("a", {"x": [[1, 2]]})
    for path in scenes.files.values():
        path.unlink()
    monkeypatch.setattr(settings, "memory_bytes", 9 * 1000 * 1000 - 1)

    with pytest.raises(JobOOM, match=r"1 bands of 1000 x 1000 pixels.*settings\.memory_bytes.*a coarser"):
        img.compute(area(1000, 1000))


def test_a_scalar_of_a_large_area_needs_no_memory_for_it(scenes, monkeypatch):
    img = scenes.image("a", {"x": [[1, 2], [3, 4]]})
    monkeypatch.setattr(settings, "memory_bytes", 1_000_000)

    assert img.sum(axis=None).compute(area(1500, 1500)) == 10
    assert img.median(axis="pixels").compute(area(1500, 1500)) == {"x": 2.5}


def test_an_error_in_a_block_ends_the_run(col, scenes, monkeypatch):
    scenes.files["test:s1", "x"].write_bytes(b"no longer a file of pixels")
    monkeypatch.setattr(settings, "block_size", 128)

    with pytest.raises(ReadError, match="'x' of 'test:s1'"):
        col.median(axis="images").compute(WHOLE)


def test_a_window_sums_the_cells_it_shares_with_the_whole_alike(scenes):
    """Hand-computed: 300 x 300 ones, cut at pixel 256 into four cells."""
    img = scenes.image("ones", {"x": np.ones((300, 300))})

    assert img.sum(axis=None).compute(area(300, 300)) == 90_000
    assert img.mean(axis=None).compute(area(300, 300)) == 1
    assert pixels((img - img.mean(axis=None)).max(axis="bands").compute(area(1, 1))) == [[[0]]]
