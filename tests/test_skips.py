"""The rule of tests/conftest.py: CI fails where another machine skips."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source_tree import REPOSITORY

TESTS = """
import pytest

@pytest.mark.browser
def test_in_a_browser():
    pytest.skip("no Chromium")

def test_on_imagery(imagery):
    assert imagery.is_dir()

def test_that_may_always_be_skipped():
    pytest.skip("wrong platform")
"""


@pytest.fixture
def summary_of_a_run(tmp_path: Path):
    """Last line that pytest prints about TESTS, without imagery and with ``CI`` as given."""
    file = tmp_path / "test_skipping.py"
    file.write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(REPOSITORY / "pyproject.toml")]
    command += ["-p", "tests.conftest", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", str(file)]
    kept = {name: value for name, value in os.environ.items() if name != "DESCARTES_FLOW_TEST_DATA"}

    def run(ci: str) -> str:
        environment = kept | {"CI": ci}
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True)
        return done.stdout.strip().splitlines()[-1]

    return run


def test_a_skip_of_browser_or_imagery_fails_in_ci(summary_of_a_run):
    assert summary_of_a_run(ci="true").startswith("1 failed, 1 skipped, 1 error")


def test_elsewhere_it_is_a_skip(summary_of_a_run):
    assert summary_of_a_run(ci="").startswith("3 skipped")
