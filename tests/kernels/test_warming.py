import subprocess
import sys
import threading

import numba.core.caching
import pytest

from descartes_flow import kernels
from descartes_flow.kernels import warming
from tests.render.test_workers import until
from tests.source_tree import REPOSITORY


def test_warming_again_starts_nothing():
    before = threading.active_count()
    kernels.warm()

    assert threading.active_count() == before


def test_waiting_loads_all_kernels():
    kernels.wait()

    assert kernels.ready()


def test_a_program_that_ends_at_once_ends_quietly():
    run = subprocess.run(
        [sys.executable, "-c", "from descartes_flow import kernels; kernels.warm()"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, "")


def test_what_is_short_comes_first_and_then_says_so(doubled):
    kernels.warm(within=3600)
    assert doubled.compiled is None

    kernels.warm()
    until(kernels.ready)


def test_what_is_expected_but_never_comes_is_not_waited_for_longer(doubled):
    kernels.warm(within=0.01)

    until(kernels.ready)


@pytest.fixture
def doubled(monkeypatch) -> kernels.Kernel:
    """The only kernel, not compiled yet."""
    kernel = kernels.Kernel(lambda x: x + x, "f8(f8)", reads=0)
    monkeypatch.setattr(warming, "KERNELS", (kernel,))
    monkeypatch.setattr(warming, "_thread", None)
    monkeypatch.setattr(warming, "_now", threading.Event())
    return kernel


def test_where_nothing_can_be_written_kernels_are_compiled_all_the_same(doubled, monkeypatch):
    monkeypatch.setattr(numba.core.caching.CacheImpl, "_locator_classes", [])
    kernels.wait()

    assert doubled.run(2.0) == 4.0


def test_a_numba_that_cannot_be_imported_is_told_once(doubled, monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "numba", None)
    kernels.wait()
    kernels.wait()

    assert doubled.compiled is None
    assert [record.message.split(",")[0] for record in caplog.records] == ["numba cannot be used"]


def test_only_what_is_wanted_is_waited_for(doubled, monkeypatch):
    later, held = kernels.Kernel(lambda x: x * 3.0, "f8(f8)", reads=0), threading.Event()
    monkeypatch.setattr(later, "compile", lambda: held.wait(60))
    monkeypatch.setattr(warming, "KERNELS", (doubled, later))
    kernels.wait([doubled])

    assert doubled.run(2.0) == 4.0
    assert later.compiled is None
    held.set()
