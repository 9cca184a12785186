"""Loops call plain functions of other files, and know when those have changed."""

import os
import subprocess
import sys
from pathlib import Path

from tests.source_tree import REPOSITORY

LOOP = """
from descartes_flow.kernels.kernel import Kernel
from rule import STEP, further

def loop(x):
    return further(x) + STEP

kernel = Kernel(loop, "f8(f8)", reads=0)
kernel.compile()
print(kernel.run(1.0), sum(kernel.compiled.stats.cache_hits.values()))
"""

RULE = """
STEP = {step}

def times(x):
    return x * {factor}

def further(x):
    return times(x)
"""


def run(folder: Path) -> str:
    environment = {
        **os.environ,
        "NUMBA_CACHE_DIR": str(folder / "kept"),
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(folder)]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "loops.py"]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_a_loop_is_compiled_anew_when_what_it_takes_from_elsewhere_changes(tmp_path: Path):
    (tmp_path / "loops.py").write_text(LOOP)
    found = []
    for factor, step in ((2, 10), (2, 10), (3, 10), (3, 20)):
        rule = RULE.format(factor=factor, step=step)
        (tmp_path / "rule.py").write_text(rule)
        found.append(run(tmp_path))

    assert found == ["12.0 0", "12.0 1", "13.0 0", "23.0 0"]
