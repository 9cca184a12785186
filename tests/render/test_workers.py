"""Worker processes: real ones, which hang, crash and are killed."""

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from descartes_flow import errors
from descartes_flow._settings import settings
from descartes_flow.errors import DescartesFlowError, JobCancelled, JobInvalid, JobTerminated
from descartes_flow.render.workers import pool as pool_module
from descartes_flow.render.workers import slot as slot_module
from descartes_flow.render.workers.order import Notice, Order, fulfil, share
from descartes_flow.render.workers.pool import WorkerPool
from tests.render.rogues import (
    Bug,
    Calm,
    Chatter,
    CountMade,
    Crash,
    CrashOnce,
    Hang,
    Pause,
    ReadSettings,
    Refusal,
    order,
)
from tests.source_tree import REPOSITORY

PATIENCE = 60.0


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


def grey(body: bytes) -> int:
    """The one grey of a tile."""
    (value,) = np.unique(np.asarray(Pillow.open(io.BytesIO(body)).convert("L")))
    return int(value)


def never() -> bool:
    return False


@pytest.fixture
def pool(monkeypatch) -> Iterator[WorkerPool]:
    """A pool of one worker."""
    monkeypatch.setattr(settings, "worker_processes", 1)
    made = WorkerPool()
    yield made
    made.close()


@pytest.fixture
def later() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


@pytest.fixture
def draw(pool):
    """Have the pool carry out an order: the grey that it drew."""

    def drawn(made: Order, place: int = 0, cancelled: Callable[[], bool] = never) -> int:
        return grey(pool.draw(made, place, cancelled).body)

    return drawn


def workers_in(folder: Path) -> set[int]:
    """Processes that have begun a step with this folder."""
    return {int(file.name) for file in folder.iterdir() if file.name.isdigit()}


def test_a_worker_draws_what_the_kernel_would(pool, tmp_path):
    made = order(Calm(tmp_path))

    drawn = pool.draw(made, 0, never)

    assert workers_in(tmp_path) == set(pool.pids())
    assert os.getpid() not in pool.pids()
    assert drawn == fulfil(made, never)


def test_one_worker_carries_out_one_order_after_the_other(pool, draw, tmp_path):
    assert [draw(order(Calm(tmp_path)), place) for place in range(3)] == [7, 7, 7]
    assert workers_in(tmp_path) == set(pool.pids())


def test_there_are_as_many_workers_as_the_setting_says(pool, draw, later, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "worker_processes", 2)
    running = [later.submit(draw, order(Hang(tmp_path)), 0) for _ in range(3)]

    until(lambda: len(workers_in(tmp_path)) == 2)

    assert len(pool.pids()) == 2
    (tmp_path / "go").touch()
    assert [tile.result(PATIENCE) for tile in running] == [3, 3, 3]
    assert workers_in(tmp_path) == set(pool.pids())


def test_orders_of_one_place_go_to_one_worker(pool, draw, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "worker_processes", 2)
    even, odd = tmp_path / "even", tmp_path / "odd"
    even.mkdir()
    odd.mkdir()

    for place in range(6):
        draw(order(Calm(odd if place % 2 else even)), place)

    assert len(workers_in(even)) == len(workers_in(odd)) == 1
    assert workers_in(even) != workers_in(odd)


def test_prepared_workers_wait_for_the_first_tile(pool, draw, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "worker_processes", 2)
    pool.prepare()
    ready = pool.pids()
    draw(order(Calm(tmp_path)))

    assert len(ready) == 2
    assert workers_in(tmp_path) < set(ready)


def test_a_worker_gets_its_share_of_threads_and_memory(pool, draw, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "threads", 6)
    monkeypatch.setattr(settings, "block_cache_bytes", 600)
    made = order(ReadSettings(tmp_path))
    shared = Order(made.plan, made.bands, made.grid, made.style, share(2))

    assert draw(shared) == 3
    assert (share(2)["block_cache_bytes"], share(1)["block_cache_bytes"]) == (300, 600)
    assert settings.threads == 6


def test_a_tile_whose_worker_is_killed_is_made_by_a_fresh_one(pool, draw, later, tmp_path):
    running = later.submit(draw, order(Hang(tmp_path)))
    until(lambda: workers_in(tmp_path))
    (first,) = workers_in(tmp_path)

    os.kill(first, signal.SIGKILL)
    until(lambda: len(workers_in(tmp_path)) == 2)
    (tmp_path / "go").touch()

    assert running.result(PATIENCE) == 3
    assert set(pool.pids()) == workers_in(tmp_path) - {first}
    assert pool.crashes == 1


def test_a_tile_that_crashes_its_worker_once_is_made(pool, draw, tmp_path):
    assert draw(order(CrashOnce(tmp_path))) == 9
    assert pool.crashes == 1


def test_a_tile_that_crashes_every_worker_says_so_and_the_next_one_is_made(pool, draw, tmp_path):
    with pytest.raises(
        JobTerminated, match=r"made this tile died \(SIGSEGV\), and so did a second one"
    ) as raised:
        draw(order(Crash(tmp_path)))

    assert "wf.settings.worker_processes = 0" in raised.value.message
    assert len(workers_in(tmp_path)) == pool.crashes == 2
    assert draw(order(Calm(tmp_path))) == 7


def test_crash_upon_crash_starts_no_more_workers(pool, draw, tmp_path, monkeypatch):
    monkeypatch.setattr(pool_module, "CRASHES", 2)
    pool.reset()
    with pytest.raises(JobTerminated, match="a second one"):
        draw(order(Crash(tmp_path)))

    with pytest.raises(JobTerminated, match="worker processes died 2 times within 60 seconds"):
        draw(order(Calm(tmp_path)))
    assert pool.crashes == 2
    assert pool.pids() == []


def test_a_worker_that_was_killed_while_it_had_nothing_to_do_is_replaced(pool, draw, tmp_path):
    draw(order(Calm(tmp_path)))
    (first,) = pool.pids()

    os.kill(first, signal.SIGKILL)
    until(lambda: pool.pids() == [])

    assert draw(order(Calm(tmp_path))) == 7
    assert pool.pids() not in ([], [first])


def test_a_cancelled_order_ends_at_its_next_step_and_its_worker_stays(
    pool, draw, later, tmp_path, monkeypatch
):
    monkeypatch.setattr(slot_module, "GRACE", PATIENCE)
    cancelled = threading.Event()
    after = tmp_path / "after"
    after.mkdir()
    pauses = [Pause(tmp_path) for _ in range(3_000)]
    running = later.submit(draw, order(*pauses, Calm(after)), 0, cancelled.is_set)
    until(lambda: workers_in(tmp_path))

    cancelled.set()

    with pytest.raises(JobCancelled):
        running.result(PATIENCE)
    assert workers_in(after) == set()
    assert draw(order(Calm(after))) == 7
    assert workers_in(after) == workers_in(tmp_path)
    assert pool.crashes == 0


def test_a_worker_that_takes_no_notice_of_a_cancelled_order_is_ended(
    pool, draw, later, tmp_path, monkeypatch
):
    monkeypatch.setattr(slot_module, "GRACE", 0.0)
    cancelled = threading.Event()
    running = later.submit(draw, order(Hang(tmp_path)), 0, cancelled.is_set)
    until(lambda: workers_in(tmp_path))

    cancelled.set()

    with pytest.raises(JobCancelled):
        running.result(PATIENCE)
    assert pool.crashes == 0
    assert draw(order(Calm(tmp_path))) == 7
    assert len(workers_in(tmp_path)) == 2


def test_an_order_that_is_cancelled_while_it_waits_for_a_worker_is_given_up(pool, draw, later, tmp_path):
    running = later.submit(draw, order(Hang(tmp_path)))
    until(lambda: workers_in(tmp_path))
    cancelled = threading.Event()
    waiting = later.submit(draw, order(Calm(tmp_path)), 0, cancelled.is_set)

    cancelled.set()

    with pytest.raises(JobCancelled):
        waiting.result(PATIENCE)
    (tmp_path / "go").touch()
    assert running.result(PATIENCE) == 3


def test_what_a_library_prints_does_no_harm(draw, tmp_path):
    assert draw(order(Chatter(tmp_path))) == 5


def test_an_error_of_an_order_reaches_the_kernel(pool, draw, tmp_path):
    with pytest.raises(JobInvalid, match="no such band"):
        draw(order(Refusal(tmp_path)))
    assert draw(order(Calm(tmp_path))) == 7
    assert pool.crashes == 0


def test_a_bug_reaches_the_kernel_with_the_workers_traceback(pool, draw, tmp_path):
    with pytest.raises(RuntimeError, match=r"(?s)^in a worker process:\nTraceback.*division by zero"):
        draw(order(Bug(tmp_path)))
    assert draw(order(Calm(tmp_path))) == 7
    assert pool.crashes == 0


def test_workers_forget_what_they_keep_when_they_are_told_to(pool, draw, tmp_path):
    before = [draw(order(CountMade(tmp_path))) for _ in range(2)]

    pool.tell(Notice.CLEAR)

    assert (before, draw(order(CountMade(tmp_path)))) == ([1, 1], 2)


@pytest.mark.parametrize(
    "error",
    [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)],
    ids=lambda kind: kind.__name__,
)
def test_every_error_goes_from_process_to_process(error: type[DescartesFlowError]):
    wanted = 3 if issubclass(error, errors.ReadError) else 1
    raised = error(*("said",) * wanted)

    copy = pickle.loads(pickle.dumps(raised))

    assert type(copy) is error
    assert (str(copy), copy.args, vars(copy)) == (str(raised), raised.args, vars(raised))


def test_workers_end_when_the_setting_goes_to_0(pool, draw, tmp_path, monkeypatch):
    draw(order(Calm(tmp_path)))

    monkeypatch.setattr(settings, "worker_processes", 0)

    until(lambda: pool.pids() == [] and pool._slots == [])
    until(lambda: not any(thread.name == "tile-keeper" for thread in threading.enumerate()))
    monkeypatch.setattr(settings, "worker_processes", 1)
    assert draw(order(Calm(tmp_path))) == 7


def test_a_closed_pool_ends_its_workers_in_the_middle_of_an_order(pool, draw, later, tmp_path):
    running = later.submit(draw, order(Hang(tmp_path)))
    until(lambda: workers_in(tmp_path))

    pool.close()

    with pytest.raises(JobCancelled):
        running.result(PATIENCE)
    assert pool.pids() == []


SCRIPT = """
import sys, threading
from pathlib import Path
import descartes_flow as wf
from descartes_flow.render.workers.pool import WORKERS
from tests.render.rogues import Calm, Hang, order

print("the script runs")
folder = Path(sys.argv[1])
wf.settings.worker_processes = 1
WORKERS.draw(order(Calm(folder)), 0, lambda: False)
"""


def run_script(folder: Path, rest: str, how: str) -> subprocess.Popen[bytes]:
    """A script in a process of its own; its stderr ends when it and its workers have ended."""
    script = folder / "script.py"
    script.write_text(SCRIPT + rest)
    argument = {"file": [str(script)], "stdin": ["-"], "text": ["-c", SCRIPT + rest]}[how]
    with script.open() as source:
        return subprocess.Popen(
            [sys.executable, *argument, str(folder)],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


@pytest.mark.parametrize("how", ["file", "stdin", "text"])
def test_a_script_without_a_guard_is_run_once_and_its_workers_end_with_it(tmp_path, how):
    said, complaints = run_script(tmp_path, "", how).communicate(timeout=PATIENCE)

    assert said.split(b"\n") == [b"the script runs", b""]
    assert complaints == b""
    assert len(workers_in(tmp_path)) == 1


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_when_the_kernel_is_killed_even_in_the_middle_of_an_order(tmp_path, end):
    rest = """
print("ready", flush=True)
busy = folder / "busy"
busy.mkdir()
WORKERS.draw(order(Hang(busy)), 0, lambda: False)
"""
    kernel = run_script(tmp_path, rest, "file")
    until(lambda: (tmp_path / "busy").is_dir() and workers_in(tmp_path / "busy"))

    kernel.send_signal(end)
    kernel.communicate(timeout=PATIENCE)  # the worker holds the other end of stderr

    assert kernel.returncode == -end


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_leaves_the_workers_of_its_parent_alone(tmp_path):
    rest = """
import os
child = os.fork()
if child == 0:
    forked = folder / "forked"
    forked.mkdir()
    assert WORKERS.pids() == []
    WORKERS.draw(order(Calm(forked)), 0, lambda: False)
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0
WORKERS.draw(order(Calm(folder)), 0, lambda: False)
"""
    script = run_script(tmp_path, rest, "file")
    _, complaints = script.communicate(timeout=PATIENCE)

    assert (script.returncode, complaints) == (0, b"")
    assert len(workers_in(tmp_path)) == len(workers_in(tmp_path / "forked")) == 1
    assert workers_in(tmp_path) != workers_in(tmp_path / "forked")
