"""What is kept between runs, for how long, and what never is."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import descartes_flow as wf
from descartes_flow import io
from descartes_flow._settings import settings
from descartes_flow.engine import caches
from descartes_flow.engine.caches import SingleFlightCache
from descartes_flow.engine.compute import compute_node, default_runner
from descartes_flow.engine.run import VALUES, Runner
from descartes_flow.errors import JobCancelled, ReadError
from tests.engine.programs import CountedReads
from tests.scenes import area, pixels


def counted(proxy, context, **options) -> tuple[object, list[str]]:
    """The result of a proxy, and the bands that were asked for."""
    reads = CountedReads()
    return compute_node(proxy._node, context, Runner(reads, **options)), reads.bands


@pytest.fixture
def col(scenes):
    return scenes.collection({"x": [[1, 2]], "y": [[3, 4]]}, {"x": [[5, 6]], "y": [[7, 8]]})


def test_the_second_compute_reads_nothing(col):
    program = col.median(axis="images")
    first, reads = counted(program, area(1, 2))

    again, more = counted(program, area(1, 2))
    assert (sorted(reads), more) == (["x", "x", "y", "y"], [])
    assert again == first


def test_decoded_blocks_serve_another_area_without_another_read(col):
    col.mosaic().compute(area(1, 2))
    reads = io.BLOCKS.reads

    col.mosaic().compute(area(1, 1))
    assert (reads, io.BLOCKS.reads) == (4, 4)


def test_a_changed_parameter_computes_only_what_depends_on_it(col):
    factor = wf.parameter("factor", wf.Float)
    program = col.median(axis="images") * factor
    VALUES.clear()
    made = VALUES.computed

    assert pixels(program.compute(area(1, 2), factor=2)) == [[[6, 8]], [[10, 12]]]
    assert VALUES.computed - made == 1  # the composite
    assert pixels(program.compute(area(1, 2), factor=3)) == [[[9, 12]], [[15, 18]]]
    assert VALUES.computed - made == 1


def test_without_the_cache_everything_is_made_anew_and_nothing_kept(col):
    program = col.median(axis="images")

    for _ in range(2):
        assert sorted(counted(program, area(1, 2), use_cache=False)[1]) == ["x", "x", "y", "y"]
    assert VALUES.bytes == 0
    program.compute(area(1, 2), cache=False)
    assert VALUES.bytes == 0


def test_results_are_the_users_own(col):
    program = col.pick_bands("x").mosaic()
    program.compute(area(1, 2)).ndarray[...] = 99

    assert pixels(program.compute(area(1, 2))) == [[[5, 6]]]


def test_a_changed_file_is_read_again_after_it_was_added_again(scenes):
    img = scenes.image("a", {"x": [[1]]})
    assert pixels(img.compute(area(1, 1))) == [[[1]]]

    scenes.add("a", {"x": [[2]]})
    assert pixels(img.compute(area(1, 1))) == [[[2]]]


def test_a_degraded_value_is_never_kept(col, scenes):
    program = col.max(axis="images")
    scenes.files["test:s01", "x"].unlink()

    hurt = program.compute(area(1, 2), on_error="skip")
    assert pixels(hurt) == [[[1, 2]], [[7, 8]]]
    assert [(issue.item, issue.band) for issue in hurt.issues] == [("test:s01", "x")]
    assert program.compute(area(1, 2), on_error="skip").issues != []
    scenes.add("s01", {"x": [[5, 6]], "y": [[7, 8]]}, date="2020-06-02", number=1)
    healed = program.compute(area(1, 2), on_error="skip")
    assert (pixels(healed), healed.issues) == ([[[5, 6]], [[7, 8]]], [])


def test_a_degraded_composite_is_read_again_even_where_the_files_identity_is_unchanged(col):
    """The reader fails once, as a network may; the program, its plan and its keys stay the same."""
    failures = [ReadError("test:s01", "x", "connection lost")]

    def read(source, grid, resampling, out):
        if source.item == "test:s01" and source.band == "x" and failures:
            raise failures.pop()
        return io.read_band(source, grid, resampling, out)

    program, context = col.max(axis="images"), area(1, 2)
    hurt = compute_node(program._node, context, Runner(read, skip_errors=True))
    healed = compute_node(program._node, context, Runner(read, skip_errors=True))
    assert (pixels(hurt)[0], len(hurt.issues)) == ([[1, 2]], 1)
    assert (pixels(healed)[0], healed.issues) == ([[5, 6]], [])


def test_what_one_run_skips_another_run_that_may_not_skip_fails_on(col, scenes):
    scenes.files["test:s01", "x"].unlink()
    col.max(axis="images").compute(area(1, 2), on_error="skip")

    with pytest.raises(ReadError, match="'x' of 'test:s01'"):
        col.max(axis="images").compute(area(1, 2))


@pytest.fixture
def somebody_waits(monkeypatch) -> threading.Event:
    """Set as soon as a thread waits for a value that another one makes."""
    event, wait = threading.Event(), caches.wait
    monkeypatch.setattr(caches, "wait", lambda futures: event.set() or wait(futures))
    return event


def test_two_runs_at_once_read_once(col, somebody_waits):
    reads = CountedReads()

    def slow(source, grid, resampling, out):
        assert somebody_waits.wait(10)
        return reads(source, grid, resampling, out)

    def run():
        return compute_node(col.mean(axis="images")._node, area(1, 2), Runner(slow))

    with ThreadPoolExecutor(2) as pool:
        first, second = (future.result(20) for future in [pool.submit(run), pool.submit(run)])
    assert sorted(reads.bands) == ["x", "x", "y", "y"]
    assert first == second


def test_a_run_that_waits_for_one_that_is_cancelled_makes_the_value_itself(col, somebody_waits):
    started, stop = threading.Event(), threading.Event()

    def slow(source, grid, resampling, out):
        started.set()
        stop.wait(10)
        return io.read_band(source, grid, resampling, out)

    program = col.mean(axis="images")._node
    with ThreadPoolExecutor(2) as pool:
        doomed = pool.submit(compute_node, program, area(1, 2), Runner(slow, cancelled=stop.is_set))
        assert started.wait(10)
        waiting = pool.submit(compute_node, program, area(1, 2), default_runner())
        assert somebody_waits.wait(10)
        stop.set()
        with pytest.raises(JobCancelled):
            doomed.result(20)
        assert pixels(waiting.result(20)) == [[[3, 4]], [[5, 6]]]


def test_the_cache_of_values_stays_below_its_limit(col, monkeypatch):
    monkeypatch.setattr(settings, "value_cache_bytes", 3000)

    for size in range(1, 12):
        col.mean(axis="images").compute(area(size, size))
        assert VALUES.bytes <= 3000
    assert VALUES.bytes > 0


def test_the_least_recently_used_value_goes_first():
    cache: SingleFlightCache[str] = SingleFlightCache(lambda: 4, len)

    for key in ("a", "b"):
        cache.get(key, lambda key=key: key * 2)
    cache.get("a", lambda: "never")
    cache.get("c", lambda: "cc")
    assert cache.get("a", lambda: "gone") == "aa"
    assert cache.get("b", lambda: "new") == "new"
    assert cache.bytes <= 4


def test_a_value_larger_than_the_cache_is_handed_on_and_not_kept():
    cache: SingleFlightCache[str] = SingleFlightCache(lambda: 4, len)

    assert cache.get("a", lambda: "long enough") == "long enough"
    assert cache.bytes == 0
    assert cache.get("a", lambda: "b") == "b"


def test_an_error_reaches_all_who_wait_and_is_not_kept(somebody_waits):
    cache: SingleFlightCache[str] = SingleFlightCache(lambda: 9, len)
    started = threading.Event()

    def failing() -> str:
        started.set()
        assert somebody_waits.wait(10)
        raise ValueError("no")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get, "a", failing)
        assert started.wait(10)
        second = pool.submit(cache.get, "a", lambda: "never")
        errors = [future.exception(10) for future in (first, second)]
    assert [str(error) for error in errors] == ["no", "no"]
    assert cache.get("a", lambda: "fine") == "fine"
