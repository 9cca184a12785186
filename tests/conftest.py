"""What every test may ask for, and the rule that CI skips neither imagery nor the browser."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NEVER_SKIPPED_IN_CI = ("browser", "imagery")


def pytest_configure(config: pytest.Config) -> None:
    # Before the package is imported: no test, and no process that it starts, may touch the user's catalog.
    home = tempfile.TemporaryDirectory(prefix="descartes-flow-tests-")
    config.add_cleanup(home.cleanup)
    os.environ["DESCARTES_FLOW_HOME"] = home.name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "imagery" in getattr(item, "fixturenames", ()):
            item.add_marker("imagery")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        needed = [name for name in NEVER_SKIPPED_IN_CI if item.get_closest_marker(name)]
        if needed:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: CI may not skip a test marked {needed}.\n{call.excinfo.value}"
    return report


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """All tests run with the compiled kernels, whenever these would have been loaded."""
    from descartes_flow import kernels

    kernels.wait()


@pytest.fixture(scope="session")
def imagery() -> Path:
    """Folder of the real imagery; its ``manifest.json`` says what is there."""
    folder = os.environ.get("DESCARTES_FLOW_TEST_DATA")
    if not folder:
        pytest.skip(
            "no real imagery: set DESCARTES_FLOW_TEST_DATA to the folder that holds its manifest.json"
        )
    if not (Path(folder) / "manifest.json").is_file():
        pytest.fail(f"DESCARTES_FLOW_TEST_DATA={folder!r} holds no manifest.json")
    return Path(folder).resolve()


@contextmanager
def _plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from descartes_flow import kernels

    with monkeypatch.context() as patch:
        for kernel in kernels.KERNELS:
            patch.setattr(kernel, "compiled", None)
        yield


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """``with plain():`` runs what is inside without compiled loops."""
    return lambda: _plain(monkeypatch)
