"""When a run fails it says which operation, which line, which scene; nothing hangs and nothing is lost."""

import inspect
import threading

import pytest

import descartes_flow as wf
from descartes_flow.engine.compute import compute_node
from descartes_flow.engine.run import Runner
from descartes_flow.errors import JobCancelled, JobComputeError, JobInvalid, ReadError, StaleSourceError
from descartes_flow.io import read_band
from tests.scenes import area, pixels

HERE = area(1, 2)


@pytest.fixture
def col(scenes):
    return scenes.collection({"x": [[1, 2]], "y": [[3, 4]]}, {"x": [[5, 6]], "y": [[7, 8]]})


def line_here() -> int:
    """Number of the line that calls this."""
    frame = inspect.currentframe()
    assert frame is not None and frame.f_back is not None
    return frame.f_back.f_lineno


def test_an_error_while_binding_names_the_operation_and_the_users_line(col):
    picked, line = col.pick_bands("nothing"), line_here()

    with pytest.raises(JobInvalid) as failure:
        (picked + 1).max(axis="images").compute(HERE)
    assert failure.value.message == (
        f"pick_bands (test_failures.py:{line}): no band 'nothing'; the bands are 'x', 'y'"
    )


def test_an_error_while_running_names_the_operation_and_the_users_line(col):
    broken, line = col[0] & 1, line_here()

    with pytest.raises(JobInvalid) as failure:
        broken.max(axis=None).compute(HERE)
    assert failure.value.message.startswith(
        f"and (test_failures.py:{line}): and does not work on values of float64"
    )
    assert failure.value.code == "ERROR_TYPING"


def test_an_error_inside_a_function_names_the_line_in_the_function(col):
    def body(img):
        return img.properties["nothing"]

    with pytest.raises(
        JobInvalid, match=r"get \(test_failures\.py:\d+\): image 'test:s00' has no property 'nothing'"
    ):
        col.map(body).compute(HERE)


def test_an_operation_by_need_names_itself_too(col):
    none = col[0].pick_bands("none", True)
    filled, line = none.replace_empty_with(1, bandinfo=wf.Any({})), line_here()

    with pytest.raises(
        JobInvalid, match=rf"Image.replace_empty_with \(test_failures\.py:{line}\): .*for each band, like"
    ):
        filled.compute(HERE)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: wf.Image.from_id("nobody:nothing"), "no image 'nobody:nothing' in the catalog"),
        (lambda: wf.ImageCollection.from_id("nobody"), "there is no product 'nobody'"),
        (lambda: wf.Image.from_id(wf.Str("nobody:") + "x"), "no image 'nobody:x'"),
    ],
)
def test_an_unknown_id_is_named_when_it_is_computed(scenes, make, message):
    with pytest.raises(JobInvalid, match=message):
        make().compute(HERE)


@pytest.mark.parametrize("resampler", ["nearest", "NEAR", ""])
def test_an_unknown_resampler_is_refused_at_once(resampler):
    with pytest.raises(ValueError, match=f"Unknown resampler type: '{resampler}'; known: near, bilinear"):
        wf.Image.from_id("a:b", resampler=resampler)


def test_a_missing_file_names_the_scene_and_the_band(col, scenes):
    scenes.files["test:s01", "y"].unlink()

    with pytest.raises(ReadError) as failure:
        (col + 1).max(axis="images").compute(HERE)
    assert (failure.value.item, failure.value.band) == ("test:s01", "y")
    assert str(failure.value).startswith("band 'y' of 'test:s01' cannot be read: ")


def test_a_read_that_a_filter_needs_fails_with_the_same_error(col, scenes):
    scenes.files["test:s01", "y"].unlink()

    with pytest.raises(ReadError, match="'y' of 'test:s01'"):
        col.filter(lambda img: img.max(axis=None) > 1).length().compute(HERE)
    with pytest.raises(ReadError, match="'y' of 'test:s01'"):
        wf.ifelse(col.max(axis=None) > 1, 1, 2).compute(HERE)


@pytest.mark.parametrize("content", [b"", b"not a tiff", None], ids=["empty", "other", "cut"])
def test_a_corrupt_file_names_the_scene_and_the_band(col, scenes, content):
    path = scenes.files["test:s00", "x"]
    path.write_bytes(path.read_bytes()[:-8] if content is None else content)

    with pytest.raises(ReadError, match="band 'x' of 'test:s00' cannot be read"):
        col.mosaic().compute(HERE)


def test_a_file_that_changed_since_it_was_added_says_so(col, scenes):
    path = scenes.files["test:s00", "x"]
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(StaleSourceError, match="'x' of 'test:s00'"):
        col.mosaic().compute(HERE)


def test_what_cannot_be_read_may_be_skipped_and_is_listed(col, scenes):
    scenes.files["test:s00", "x"].unlink()
    scenes.files["test:s01", "y"].write_bytes(b"not a tiff")

    result = col.compute(HERE, on_error="skip")
    assert pixels(result) == [[[[None, None]], [[3, 4]]], [[[5, 6]], [[None, None]]]]
    assert {(issue.item, issue.band) for issue in result.issues} == {("test:s00", "x"), ("test:s01", "y")}
    assert pixels(col.mosaic().compute(HERE, on_error="skip")) == [[[5, 6]], [[3, 4]]]


def test_without_a_context_imagery_says_that_it_needs_one(col):
    for proxy in (col, col[0] + 1, wf.Image.from_id("test:s00"), col.length()):
        with pytest.raises(JobInvalid, match="this needs a GeoContext"):
            proxy.compute()


def test_a_cancelled_run_ends_before_the_next_step(col):
    done: list[int] = []

    def read(source, grid, resampling, out):
        done.append(1)
        return read_band(source, grid, resampling, out)

    runner = Runner(read, cancelled=lambda: len(done) >= 1, use_cache=False)
    with pytest.raises(JobCancelled, match="the run was cancelled"):
        compute_node((col + 1).max(axis="images")._node, HERE, runner)
    assert 1 <= len(done) < 4 + 1


def test_a_run_cancelled_while_a_filter_reads_is_cancelled_and_not_invalid(col):
    stop = threading.Event()

    def read(source, grid, resampling, out):
        stop.set()
        return read_band(source, grid, resampling, out)

    program = col.filter(lambda img: img.max(axis=None) > 1).length()
    with pytest.raises(JobCancelled):
        compute_node(program._node, HERE, Runner(read, cancelled=stop.is_set, use_cache=False))


def test_a_run_cancelled_before_it_begins_reads_nothing(col):
    def read(source, grid, resampling, out):
        raise AssertionError("read although cancelled")

    with pytest.raises(JobCancelled):
        compute_node(col.mosaic()._node, HERE, Runner(read, cancelled=lambda: True))


def test_an_error_of_a_kernel_that_nobody_foresaw_is_not_hidden(col, monkeypatch):
    from descartes_flow.ops.registry import OPERATIONS

    def broken(*arguments):
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(OPERATIONS["add"], "kernel", broken)
    with pytest.raises(JobComputeError, match="RuntimeError: a bug of ours") as caught:
        (col[0] + 1).compute(HERE)
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_a_parameter_without_a_value_is_named():
    with pytest.raises(TypeError, match="missing values for the parameters x"):
        (wf.parameter("x", wf.Int) + 1).compute()


def test_every_failure_of_a_run_is_one_error_with_its_message(col):
    with pytest.raises(JobComputeError) as failure:
        col[7].compute(HERE)

    assert str(failure.value) == failure.value.message
    assert failure.value.code == "ERROR_INVALID"
