import subprocess
import sys
import threading

from descartes_flow import kernels
from descartes_flow._settings import settings
from descartes_flow.render.warming import warm
from descartes_flow.render.workers.pool import WORKERS
from tests.render.test_workers import until
from tests.source_tree import REPOSITORY


def warming_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "descartes-flow-warming"]


def test_once_the_kernels_are_there_nothing_is_begun():
    kernels.wait()
    before = threading.enumerate()

    warm()

    assert threading.enumerate() == before


def test_worker_processes_are_started_where_tiles_come_from_them(monkeypatch):
    monkeypatch.setattr(settings, "worker_processes", 1)

    warm()
    until(lambda: len(WORKERS.pids()) == 1 and warming_threads() == [])
    (worker,) = WORKERS.pids()
    warm()
    until(lambda: warming_threads() == [])

    assert WORKERS.pids() == [worker]
    monkeypatch.setattr(settings, "worker_processes", 0)
    until(lambda: WORKERS.pids() == [])


def test_a_worker_that_cannot_be_started_is_not_the_layers_problem(monkeypatch, caplog):
    monkeypatch.setattr(settings, "worker_processes", 1)
    monkeypatch.setattr(sys, "executable", "/no/such/interpreter")
    caplog.set_level("INFO")

    warm()
    until(lambda: "a worker process cannot be started" in caplog.text and warming_threads() == [])

    assert WORKERS.pids() == []


def test_a_fresh_process_ends_cleanly_although_it_has_only_just_begun_to_get_ready():
    code = """
from descartes_flow.render.warming import warm
warm()
"""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=REPOSITORY, capture_output=True, timeout=60
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_getting_ready_loads_the_kernels():
    code = """
import sys, threading
from descartes_flow import kernels
from descartes_flow.render.warming import warm
before = set(sys.modules)
warm()
for thread in threading.enumerate():
    if thread is not threading.main_thread():
        thread.join()
print(kernels.ready(), "numba" in set(sys.modules) - before)
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, timeout=110
    )

    assert ended.stdout == "True True\n"
