"""JupyterLab and Chromium for the tests of this folder; one server and one browser for all of them."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.lab import Lab
from tests.browser.notebook import Notebook

HERE = Path(__file__).parent
CHROMIUM_FLAGS = [
    "--no-sandbox",  # a container's root user cannot have Chromium's own sandbox
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",  # a screenshot's colours are those that the tile server sent
    # Tests see this machine only: no basemap or news of the internet comes in between.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.timeout(240))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser: ``$CHROMIUM``, or Debian's."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not os.access(path, os.X_OK):
        pytest.skip(f"no Chromium at {path}: install the package `chromium`, or set CHROMIUM to its path")
    return path


@pytest.fixture(scope="session")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab(tmp_path_factory.mktemp("lab"))
    yield lab
    lab.stop()


# Playwright keeps an event loop in this thread; it must have ended when tests elsewhere run one of their own.
@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, device_scale_factor=1)
    yield context.new_page()
    context.close()


@pytest.fixture
def open_notebook(
    lab: Lab, page: Page, request: pytest.FixtureRequest
) -> Iterator[Callable[[Path | Sequence[str]], Notebook]]:
    """Open a copy of a notebook file, or one made of the given cells, under a name that no other test has."""
    stem = re.sub(r"\W+", "_", request.node.name)

    def open_(source: Path | Sequence[str]) -> Notebook:
        number = sum(1 for _ in lab.notebooks.glob(f"{stem}-*.ipynb"))
        return Notebook.open(lab, page, f"{stem}-{number}.ipynb", source)

    yield open_
    for session in lab.api("sessions"):
        lab.api(f"sessions/{session['id']}", method="DELETE")  # and the kernel with it


@pytest.fixture
def pictures(tmp_path: Path):
    """Keeps screenshots where pytest keeps the test's folder, to be looked at."""

    def keep(notebook: Notebook, name: str) -> None:
        notebook.screenshot(tmp_path / f"{name}.png")

    return keep
