"""The plan is real: plain data that names what is read, goes through bytes, and runs where no catalog is."""

import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

import descartes_flow as wf
from descartes_flow.engine.plan import Plan
from descartes_flow.ops.registry import OPERATIONS
from tests.engine.programs import CountedReads, bands_read, bound, run, steps_of
from tests.scenes import area, pixels

BANDS = {f"b{number:02}": [[number + 1.0, 2.0], [3.0, 4.0]] for number in range(1, 14)}


@pytest.fixture
def img(scenes):
    """One scene of 13 bands."""
    return scenes.image("a", BANDS)


def series(scenes, length: int) -> wf.ImageCollection:
    """Scenes of three bands: nir, red and a cloud flag."""
    return scenes.collection(
        *({"nir": [[n, 2, 3]], "red": [[1, n, 1]], "cloud": [[n % 2, 0, 1]]} for n in range(length)),
        product=f"series{length}",
    )


def test_an_index_reads_two_bands_of_thirteen(img):
    nir, red = img.unpack_bands("b08 b04")
    plan = bound(wf.normalized_difference(nir, red), area()).plan

    assert sorted(bands_read(plan)) == [("test:a", "b04"), ("test:a", "b08")]
    assert steps_of(plan) == ["ReadBands", "TakeBands", "TakeBands", "sub", "add", "div"]
    reads = CountedReads()
    (values,) = run(plan, area(), reads)
    assert sorted(reads.bands) == ["b04", "b08"]
    assert values.data[0, 0, 0, 0] == (9 - 5) / (9 + 5)


def test_a_masked_median_reads_its_bands_once_and_is_one_step_for_all_images(scenes):
    col = series(scenes, 5)
    clear = col.pick_bands("nir red").mask(col.pick_bands("cloud") > 0)
    plan = bound(clear.median(axis="images"), area(1, 3)).plan

    assert steps_of(plan) == ["ReadBands", "TakeBands", "TakeBands", "gt", "Hide", "median"]
    assert len(bands_read(plan)) == 15
    assert len(set(bands_read(plan))) == 15


def test_bands_and_images_that_nothing_uses_are_not_read(scenes):
    col = series(scenes, 5)

    plan = bound(col[3:].pick_bands("red").max(axis="images"), area(1, 3)).plan
    assert bands_read(plan) == [("series5:s03", "red"), ("series5:s04", "red")]
    plan = bound((col + 1)[2].pick_bands("nir"), area(1, 3)).plan
    assert bands_read(plan) == [("series5:s02", "nir")]
    plan = bound(col.mean(axis="bands")[0], area(1, 3)).plan
    assert [band for _, band in bands_read(plan)] == ["nir", "red", "cloud"]


def test_equal_work_is_one_step_wherever_it_was_written(img):
    twice = (img.pick_bands("b01") + 1) * (img.pick_bands("b01") + 1)

    assert steps_of(bound(twice, area()).plan).count("add") == 1
    assert steps_of(bound(wf.List[wf.Image]([img + 1, img + 1]), area()).plan).count("add") == 1


def test_equal_programs_have_equal_plans_and_others_have_not(img):
    def key(image) -> bytes:
        return bound(image, area()).plan.key

    assert key(img.pick_bands("b01") + 1) == key(img.pick_bands("b01") + 1)
    others = [img.pick_bands("b01") + 2, img.pick_bands("b02") + 1, img.pick_bands("b01") - 1]
    assert len({key(img.pick_bands("b01") + 1), *map(key, others)}) == 4


def test_the_plan_depends_on_the_scenes_that_meet_the_area(scenes):
    scenes.add("near", {"x": [[1]]})
    scenes.add("far", {"x": [[1]]}, row=50)
    top = wf.ImageCollection.from_id("test").mosaic()

    small, large = bound(top, area(1, 1)).plan, bound(top, area(60, 1)).plan
    assert (len(bands_read(small)), len(bands_read(large))) == (1, 2)
    assert small.key != large.key


def counted_kernels(monkeypatch) -> dict[str, int]:
    """How often each kernel is called from now on."""
    calls: dict[str, int] = {}

    def counting(name, kernel):
        def counted(*args):
            calls[name] = calls.get(name, 0) + 1
            return kernel(*args)

        return counted

    for name, operation in OPERATIONS.items():
        if operation.kernel is not None:
            monkeypatch.setattr(operation, "kernel", counting(name, operation.kernel))
    return calls


@pytest.mark.parametrize("length", [5, 24])
def test_a_mapped_index_takes_the_same_kernel_calls_however_many_images_there_are(
    scenes, monkeypatch, length
):
    col = series(scenes, length)

    def index(img):
        nir, red = img.unpack_bands("nir red")
        return (nir - red) / (nir + red + 0.5)

    composite = col.map(index).median(axis="images")
    calls = counted_kernels(monkeypatch)

    composite.compute(area(1, 3), cache=False)
    assert calls == {"sub": 1, "add": 2, "div": 1, "median": 1}


def test_a_plan_holds_no_function_and_no_proxy(img, scenes):
    col = series(scenes, 3)
    program = (
        col.map(lambda i: i.pick_bands("red") * i.properties["number"]).scale_values(0, 1).max(axis="images")
    )
    plan = bound(program, area(1, 3)).plan

    content = plan.to_bytes()
    named = [
        name for name in (b"Binder", b"Scope", b"Node", b"Closure", b"Raster", b"CatalogScene", b"<lambda>")
    ]
    assert [name for name in named if name in content] == []
    again = Plan.from_bytes(content)
    assert (again.keys, again.outputs, again.key) == (plan.keys, plan.outputs, plan.key)
    assert pickle.loads(pickle.dumps(again)).key == plan.key


def test_a_plan_runs_in_another_process_that_has_no_catalog(scenes, tmp_path):
    col = series(scenes, 5)
    clear = col.mask(col.pick_bands("cloud") > 0).pick_bands("nir red")
    program = clear.scale_values(0, 10).median(axis="images")
    (tmp_path / "plan").write_bytes(bound(program, area(1, 3)).plan.to_bytes())
    (tmp_path / "grid").write_bytes(pickle.dumps(area(1, 3).grid()))
    code = (
        "import pickle, sys, numpy as np\n"
        "from descartes_flow.engine.plan import Plan\n"
        "from descartes_flow.engine.run import Runner\n"
        "from descartes_flow.io import read_band\n"
        "plan = Plan.from_bytes(open('plan', 'rb').read())\n"
        "(found,) = Runner(read_band).run(plan, pickle.loads(open('grid', 'rb').read()))\n"
        "np.savez('found', data=found.data, mask=found.mask)\n"
        "sys.exit('catalog' if 'descartes_flow.catalog.store' in sys.modules else 0)\n"
    )
    home = tmp_path / "nowhere"
    environment = {**os.environ, "DESCARTES_FLOW_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, timeout=60)

    found, here = np.load(tmp_path / "found.npz"), program.compute(area(1, 3))
    np.testing.assert_array_equal(found["data"][0], here.ndarray.data)
    np.testing.assert_array_equal(found["mask"][0], here.ndarray.mask)
    assert here.ndarray.mask[0, 0].tolist() == [False, False, True]
    assert not home.exists()


def test_errors_of_a_plan_in_another_process_still_name_the_users_line(img):
    program = wf.ImageCollection([img.pick_bands("b01")]).mosaic() & 1
    plan = Plan.from_bytes(bound(program, area()).plan.to_bytes())

    with pytest.raises(wf.errors.JobInvalid, match=r"and \(test_plan\.py:\d+\)"):
        run(plan, area())


def test_several_results_are_computed_together_and_share_their_reads(img):
    one, two = wf.compute([img.pick_bands("b01"), img.pick_bands("b01 b02")], area())

    assert (pixels(one)[0], len(pixels(two))) == (pixels(two)[0], 2)
    plan = bound(wf.proxify([img.pick_bands("b01"), img.pick_bands("b01 b02")]), area()).plan
    assert [band for _, band in bands_read(plan)] == ["b01", "b02"]
