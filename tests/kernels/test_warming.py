import subprocess
import sys
import threading

from descartes_flow import kernels
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
